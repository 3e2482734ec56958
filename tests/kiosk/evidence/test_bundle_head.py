"""The signed head in a bundle of evidence: the last one of a night, with the lines of witnesses that signed by then."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from domain.log.checkpoint import ProvedHead, parse_proved_head
from domain.log.proofs import find_roots
from domain.log.signed_note import COSIGNATURE, NoteKey, SignedNote, cosign_text, sign_text
from domain.log.signing import SigningKey
from kiosk.backups.folder import list_backups
from kiosk.backups.heads.head_notes import add_key
from kiosk.backups.heads.signed_heads import load_key, sign_head
from kiosk.home import Home
from tests.kiosk.evidence.conftest import BEHIND_IT, BY_THEN, THEN, check, make, read, tap
from tests.support.fixed_clock import FixedClock
from tests.support.kiosk_program import run_kiosk


def read_night(home: Path) -> ProvedHead:
    (file,) = (home / "heads").glob("*-*.txt")
    return parse_proved_head(file.read_text())


@pytest.mark.parametrize("signer", ["nobody", "a stranger", "the home, over another tree"])
def test_a_head_that_is_none_of_the_log_is_not_taken_in_place_of_the_one_of_a_night(
    copied: Path, archive: Path, tmp_path: Path, signer: str
) -> None:
    """It goes one event further, and has the chain of the log there."""
    night, is_own = read_night(copied).checkpoint, signer.startswith("the home")
    with Home.open(copied) as opened:
        position = night.head.position + 1
        head = night.head._replace(position=position, chain=opened.log.chain_at(position))
        root = night.root if is_own else find_roots(opened.log, [position])[position]
        key = load_key(opened) if is_own else SigningKey.create(tmp_path / "stranger.key")
    text = night._replace(head=head, root=root).format()
    lines = [] if signer == "nobody" else [sign_text(key, night.name, text)]
    planted = copied / "heads" / "planted.txt"
    planted.write_text(SignedNote(text, lines).format())
    os.utime(planted, (0, 0))  # it was there by then
    assert make(copied, tmp_path / "again.zip", "--as-of", THEN).status == 0
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def cosign(home: Path, name: str, at: datetime, *, keeps_key: bool = True) -> NoteKey:
    """What a witness leaves beside the heads."""
    night, beside = read_night(home), home / "heads" / f"cosigned-{name}"
    secret = SigningKey.create(home.with_name(f"{name}.key"))
    key = NoteKey(f"witness/{name}", secret.public, COSIGNATURE)
    line = cosign_text(secret, key.name, night.note.text, at)
    beside.mkdir()
    (beside / "head.txt").write_text(night._replace(note=night.note.add(line)).format())
    if keeps_key:
        add_key(beside, key)
    return key


def test_every_witness_that_had_signed_by_then_stands_under_it(copied: Path, tmp_path: Path) -> None:
    keys = [cosign(copied, name, BY_THEN) for name in ("south", "annex")]
    late, unknown = cosign(copied, "late", BEHIND_IT), cosign(copied, "unknown", BY_THEN, keeps_key=False)
    assert make(copied, tmp_path / "again.zip", "--as-of", THEN).status == 0
    head = parse_proved_head(read(tmp_path / "again.zip", "head.txt"))
    assert [line.name for line in head.note.lines] == [head.checkpoint.name, "witness/annex", "witness/south"]
    assert [key.has_signed(head.note) for key in (*keys, late, unknown)] == [True, True, False, False]
    assert check(tmp_path / "again.zip")[0] == 0


def sign_last(home: Path, at: datetime) -> Path:
    """The file of the head behind the last event, signed at an instant."""
    with Home.open(home) as opened:
        opened.use_clock(FixedClock(at))
        sign_head(opened)
    return max((home / "heads").glob("*-*.txt"))


@pytest.mark.parametrize("dated", [0, 2**32], ids=["an early file", "a late file"])
@pytest.mark.parametrize(("signed_at", "counts"), [(BY_THEN, True), (BEHIND_IT, False)], ids=["by then", "behind it"])
def test_a_head_behind_the_last_event_is_taken_where_it_was_signed_by_then_whatever_date_its_file_has(
    copied: Path, tmp_path: Path, signed_at: datetime, dated: int, *, counts: bool
) -> None:
    file = sign_last(copied, signed_at)
    os.utime(file, (dated, dated))
    assert make(copied, tmp_path / "again.zip", "--as-of", THEN).status == 0
    taken = parse_proved_head(read(tmp_path / "again.zip", "head.txt"))
    assert (taken.checkpoint == parse_proved_head(file.read_text()).checkpoint) == counts
    assert [line.name for line in taken.note.lines] == [taken.checkpoint.name], "with the instant the bytes may differ"
    assert check(tmp_path / "again.zip")[0] == 0


def test_a_head_that_does_not_say_when_it_was_signed_is_none_behind_the_last_event(
    copied: Path, archive: Path, tmp_path: Path
) -> None:
    """As an earlier version of the program wrote it."""
    file = sign_last(copied, BY_THEN)
    head = parse_proved_head(file.read_text())
    file.write_text(head._replace(note=head.note._replace(lines=head.note.lines[:1])).format())
    assert make(copied, tmp_path / "again.zip", "--as-of", THEN).status == 0
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_a_copied_home_and_a_restored_one_find_it_as_the_home_did(copied: Path, tmp_path: Path) -> None:
    """Also in a folder that was away when it was signed, and got it later."""
    with (copied / "kiosk.toml").open("a") as settings:
        settings.write(f'\n[heads]\nfolders = ["{tmp_path}/kept"]\n')
    last = sign_last(copied, BY_THEN).read_text().partition("\n\n")[2].splitlines()[:4]
    assert make(copied, tmp_path / "first.zip", "--as-of", THEN).status == 0
    assert read(tmp_path / "first.zip", "head.txt").splitlines()[:4] == last
    (tmp_path / "kept").mkdir()
    shutil.copytree(copied, tmp_path / "copy", copy_function=shutil.copy)
    tap(copied, 23)  # the clock of a simulation stands at its last event
    assert run_kiosk("reconcile", "--home", copied).err == ""
    assert run_kiosk("backup", tmp_path / "usb", "--home", copied).status == 0
    (backup,) = list_backups(tmp_path / "usb")
    assert run_kiosk("restore", backup, "--to", tmp_path / "restored").status == 0
    for home in ("copy", "restored"):
        assert make(tmp_path / home, tmp_path / f"{home}.zip", "--as-of", THEN).status == 0
        assert (tmp_path / f"{home}.zip").read_bytes() == (tmp_path / "first.zip").read_bytes(), home
