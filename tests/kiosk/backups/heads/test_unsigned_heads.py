"""A file among the heads of a home that no key of the home signed: it counts as no signed head."""

import shutil
from pathlib import Path

import pytest

from domain.log.checkpoint import parse_proved_head
from domain.log.signed_note import SignedNote, sign_text
from domain.log.signing import SigningKey
from kiosk.backups.heads.head_notes import list_log_keys
from kiosk.home import Home
from kiosk.notices.texts import write_head
from tests.kiosk.backups.heads.conftest import CARD, Office
from tests.kiosk.status.conftest import run_check
from tests.support.kiosk_program import ProgramResult, line, run_kiosk, write_batch


def tap(office: Office, at: str) -> None:
    batch = write_batch(office.folder / "batch.jsonl", line("tap", at, card=CARD))
    assert run_kiosk("apply", batch, "--home", office.home).status == 0


def prove(office: Office, older: Path) -> ProgramResult:
    return run_kiosk("prove", "--from", older, "--home", office.home)


def read_proof(ended: ProgramResult) -> tuple[int, int, int]:
    """From which position on, up to which one, and how many signed it: each once, or also with the instant."""
    proved = parse_proved_head(ended.out)
    return proved.old, proved.checkpoint.head.position, len({line.name for line in proved.note.lines})


def test_a_proof_by_a_head_without_a_signature_keeps_no_night_from_signing(office: Office) -> None:
    """It stands at the very position that the night signs."""
    tap(office, "2026-11-19T12:01")
    proof = prove(office, office.cosigned)
    assert "nobody has signed the head of this proof yet" in proof.err
    (office.home / "heads" / "asked.txt").write_text(proof.out)
    assert run_check(office.home, "signed_heads").detail.startswith("signed up to position 7;")

    office.sign()
    assert run_check(office.home, "signed_heads").detail.startswith("signed up to position 8;")
    assert (office.look().status, office.read_position()) == (0, 8)
    assert read_proof(prove(office, office.home / "heads")) == (8, 8, 1)


def plant(office: Office, position: int, keys: list[Path]) -> Path:
    """A head of the future, signed by strangers."""
    last = parse_proved_head(office.list_heads()[-1].read_text())
    text = last.note.text.replace("\n7\n", f"\n{position}\n")
    lines = [sign_text(SigningKey.create(key), last.checkpoint.name, text) for key in keys]
    file = office.home / "heads" / f"{last.checkpoint.log_id.hex}-{position:012}.txt"
    file.write_text(last._replace(note=SignedNote(text, [*last.note.lines, *lines])).format())
    return file


@pytest.mark.parametrize("strangers", [0, 1])
def test_a_forged_head_is_the_last_one_for_nobody(office: Office, tmp_path: Path, strangers: int) -> None:
    """Neither for the night nor for `status`, `prove` and the mail; `verify` compares it, and says so."""
    forged = plant(office, 99, [tmp_path / "stranger.key"][:strangers])
    for position in (97, 98):
        plant(office, position, [])
    assert run_check(office.home, "signed_heads").detail.startswith("signed up to position 7;")
    assert read_proof(prove(office, office.home / "heads")) == (7, 7, 1)
    with Home.open(office.home) as home:
        mailed = write_head(home, home.clock.now().date(), "a@example.org")
    assert mailed
    assert "7:" in mailed.text
    assert "99:" not in mailed.text

    office.sign("2026-11-19T12:01")
    assert (office.look().status, office.read_position()) == (0, 8)
    ended = run_kiosk("verify", "--home", office.home)
    assert (ended.status, "ends at position 8 and had reached" in ended.err) == (1, True)
    assert forged.exists()


def test_a_folder_of_a_witness_is_proved_from_what_it_co_signed(office: Office) -> None:
    forged = plant(office, 99, [])
    shutil.move(forged, office.cosigned)
    assert read_proof(prove(office, office.cosigned)) == (7, 7, 1)


def test_a_lost_file_of_keys_is_written_again_and_the_heads_go_on(office: Office) -> None:
    before = office.list_heads()[-1].read_text()
    (office.home / "heads" / "keys.txt").unlink()
    check = run_check(office.home, "signed_heads")
    assert "none that a key in keys.txt there signed" in check.detail

    assert office.sign().read_text() == before
    assert len(list_log_keys(office.home / "heads")) == 1
    assert (office.sign("2026-11-19T12:01"), office.look().status, office.read_position())[1:] == (0, 8)
