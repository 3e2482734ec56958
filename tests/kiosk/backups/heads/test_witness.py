"""A witness co-signs what extends what it saw; one that was away, that lies, or that was restored is found and said."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from domain.clock import MachineClock
from domain.log.checkpoint import name_log, parse_proved_head
from domain.log.errors import CannotWriteKey
from domain.log.signed_note import NoteKey, cosign_text, parse_key, sign_text
from domain.log.signing import SigningKey
from kiosk.home import Home
from kiosk.words.log_errors import explain_log_error
from tests.kiosk.backups.heads.conftest import Office
from tests.kiosk.status.conftest import run_check
from tests.support.kiosk_program import run_kiosk
from tests.support.tampering import chain_again, cut_off_with_its_count, open_unguarded

READ_NO_KEYS = "cannot be read ({}): name the file keys.txt that stood beside the heads"
SIGNED_AT = datetime(2026, 11, 20, tzinfo=UTC)


def test_a_witness_co_signs_what_extends_the_last_and_hands_it_back(office: Office) -> None:
    key = parse_key((office.annex / "keys.txt").read_text())
    heads = [parse_proved_head(file.read_text()) for file in office.list_cosigned()]
    assert [head.checkpoint.head.position for head in heads] == [6, 7]
    for head, file in zip(heads, office.list_heads(), strict=True):
        found = key.find_instant(head.note)
        assert found
        assert abs(found - MachineClock().now()) < timedelta(minutes=10)
        assert head.note.lines[0] == parse_proved_head(file.read_text()).note.lines[0]
        assert (office.cosigned / file.name).read_bytes() == (office.annex / "heads" / file.name).read_bytes()
    by_witness = ("--signed-by", office.annex / "keys.txt")
    assert run_kiosk("verify", "--heads", office.cosigned, *by_witness, "--home", office.home).status == 0
    assert run_kiosk("verify", "--heads", office.share, *by_witness, "--home", office.home).status == 1
    ended = office.look()
    assert (ended.status, ended.out.endswith(": co-signed up to position 7\n")) == (0, True)


def test_a_log_that_nobody_trusts_is_not_co_signed(office: Office) -> None:
    ended = office.look(folder="other")
    assert (ended.status, ended.err.count("\n")) == (1, 2)
    assert "that this witness does not trust" in ended.err


def test_a_witness_that_was_away_catches_up_and_the_office_sees_it_missing(office: Office) -> None:
    office.sign("2026-11-19T12:01")
    office.sign("2026-11-20T08:58")
    assert run_check(office.home, "signed_heads").detail.startswith("signed up to position 9; also in")
    office.sign("2026-11-20T12:01")
    assert "the witness annex co-signed nothing behind position 7" in run_check(office.home, "signed_heads").detail
    assert office.look().status == 0
    assert office.read_position() == 10
    assert "annex" not in run_check(office.home, "signed_heads").detail


def test_heads_that_the_witness_did_not_sign_in_its_folder_hide_no_absence(office: Office) -> None:
    for at in ("2026-11-19T12:01", "2026-11-20T08:58", "2026-11-20T12:01"):
        shutil.copy(office.sign(at), office.cosigned)
    assert "the witness annex co-signed nothing behind position 7" in run_check(office.home, "signed_heads").detail
    with (office.cosigned / "keys.txt").open("a") as keys:
        keys.write((office.share / "keys.txt").read_text())
    assert "the witness annex co-signed nothing behind position 7" in run_check(office.home, "signed_heads").detail


def test_a_file_that_it_did_not_sign_keeps_no_head_of_the_witness_out_of_its_folder(office: Office) -> None:
    head = office.sign("2026-11-19T12:01")
    for content in (head.read_text(), "kiosk/"):
        (office.cosigned / head.name).write_text(content)
        assert office.look().status == 0
        assert (office.cosigned / head.name).read_bytes() == (office.annex / "heads" / head.name).read_bytes()


def test_a_head_without_its_proof_waits_for_one(office: Office) -> None:
    last = office.list_cosigned()[-1]
    gone = office.sign("2026-11-19T12:01")
    office.sign("2026-11-20T08:58")
    gone.unlink()
    ended = office.look()
    assert (ended.status, ended.err.count("\n")) == (1, 1)
    assert "ask for `kiosk prove --from`" in ended.err
    assert office.read_position() == 7
    (office.share / "asked.txt").write_text(run_kiosk("prove", "--from", last, "--home", office.home).out)
    assert office.look().status == 0
    assert office.read_position() == 9


# --- Another way ---


def make_again(office: Office) -> None:
    with open_unguarded(office.home / "log.db") as tool:
        tool.execute("UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE position = 5")
        chain_again(tool)


def cut_off(office: Office) -> None:
    with open_unguarded(office.home / "log.db") as tool:
        cut_off_with_its_count(tool, 6)


@pytest.mark.parametrize("tamper", [make_again, cut_off])
def test_an_attacker_with_the_whole_machine_gets_no_head_of_another_log_co_signed(
    office: Office, tamper: Callable[[Office], None]
) -> None:
    """With the key, and nothing left in the home or the shared folder that knows better."""
    tamper(office)
    for file in (*office.share.glob("*.txt"), *(office.home / "heads").glob("*.txt"), office.home / "log.head"):
        file.unlink()
    shutil.rmtree(office.cosigned)
    forged = office.sign("2026-11-19T09:30") if tamper is cut_off else office.sign()
    ended = office.look()
    assert (ended.status, ended.err.count("\n")) == (1, 1)
    assert "does not extend the one that was co-signed at position 7" in ended.err or "brings no proof" in ended.err
    assert str(forged) in ended.err
    assert office.read_position() == 7
    kept = office.annex / "heads"
    assert run_kiosk("verify", "--heads", kept, "--home", office.home).status == 1


def test_a_forged_proof_is_another_way(office: Office) -> None:
    file = office.sign("2026-11-19T12:01")
    good = parse_proved_head(file.read_text())
    file.unlink()
    (office.share / "forged.txt").write_text(good._replace(proof=[bytes(32), *good.proof[1:]]).format())
    ended = office.look()
    assert (ended.status, "forged.txt: the head does not extend" in ended.err) == (1, True)
    assert office.read_position() == 7


def test_a_head_that_nobody_signed_or_a_stranger_is_passed_over_and_said(office: Office, tmp_path: Path) -> None:
    good = parse_proved_head(office.sign("2026-11-19T12:01").read_text())
    stranger = sign_text(SigningKey.create(tmp_path / "k"), good.checkpoint.name, good.note.text)
    for name, lines in (("a.txt", []), ("b.txt", [stranger])):
        (office.share / name).write_text(good._replace(note=good.note._replace(lines=lines)).format())
    (office.share / "c.txt").write_text("kiosk/")
    ended = office.look()
    assert (ended.status, ended.err.count("\n"), ended.err.count("not signed by a key")) == (1, 3, 2)
    assert "c.txt is no signed head" in ended.err
    assert office.read_position() == 8


def test_the_key_of_another_log_that_is_trusted_too_signs_for_its_own_log_alone(office: Office) -> None:
    """Else one office could have a head co-signed as that of another."""
    good = parse_proved_head(office.sign("2026-11-19T12:01").read_text())
    key, name = SigningKey.create(office.folder / "k"), name_log(uuid4())
    (office.folder / "keys.txt").write_text(NoteKey(name, key.public).format())
    signed = good.note._replace(lines=[sign_text(key, name, good.note.text)])
    office.list_heads()[-1].write_text(good._replace(note=signed).format())
    ended = office.look("--trust", office.folder / "keys.txt")
    assert (ended.status, ended.err.count("not signed by a key"), office.read_position()) == (1, 1, 7)
    by_it = ("--signed-by", office.folder / "keys.txt", "--home", office.home)
    assert run_kiosk("verify", "--heads", office.list_heads()[-1], *by_it).status == 1


# --- A witness that lies, and one that was restored ---


def test_a_witness_that_co_signs_another_log_is_found_by_the_night(office: Office) -> None:
    head = parse_proved_head(office.list_heads()[-1].read_text())
    text = head.note.text.replace("\n7\n", "\n99\n")
    line = cosign_text(SigningKey.load(office.annex / "witness.key"), "witness/annex", text, SIGNED_AT)
    (office.cosigned / "lie.txt").write_text(head.note._replace(text=text, lines=[line]).format())
    ended = run_kiosk("reconcile", "--home", office.home)
    assert (ended.status, ended.err.count("\n")) == (1, 1)
    assert f"the head in {office.cosigned / 'lie.txt'}: it ends at position 7" in ended.err


def test_a_witness_that_was_restored_knows_again_what_it_co_signed(office: Office) -> None:
    office.list_cosigned()[-1].unlink()
    office.sign("2026-11-19T12:01")
    ended = office.look()
    assert (ended.status, ended.err.count("\n")) == (1, 1)
    assert "co-signed position 7 and knew of 6 only: its folder was restored" in ended.err
    assert (office.look().status, office.read_position()) == (0, 8)


def test_what_another_key_wrote_into_the_folder_of_the_witness_is_not_taken_for_its_own(
    office: Office, tmp_path: Path
) -> None:
    head = parse_proved_head(office.list_heads()[-1].read_text())
    text = head.note.text.replace("\n7\n", "\n99\n")
    key = SigningKey.create(tmp_path / "k")
    line = cosign_text(key, "witness/annex", text, SIGNED_AT)
    (office.cosigned / "lie.txt").write_text(head.note._replace(text=text, lines=[line]).format())
    assert (office.look().status, office.read_position()) == (0, 7)


def test_a_restored_log_has_another_name_that_a_person_must_trust(office: Office) -> None:
    with Home.open(office.home) as home:
        home.log.renew_identity()
    office.sign()
    ended = office.look()
    assert (ended.status, "it may be a log that was restored" in ended.err) == (1, True)
    assert office.look("--trust", office.share / "keys.txt").status == 0


# --- Two of one name ---


def test_a_second_witness_of_one_name_leaves_the_folder_of_the_first_alone(office: Office) -> None:
    """Given two machines with one name, when both look at one share, then each head is co-signed by the first."""
    office.sign("2026-11-19T12:01")
    trusting = ("--trust", office.share / "keys.txt")
    second = [office.look(*words, folder="second machine") for words in (trusting, ())]
    assert [(ended.status, ended.err.count("\n")) for ended in second] == [(1, 1)] * 2
    assert f"{office.cosigned} is of another witness that is called annex too" in second[0].err
    assert office.look().status == 0
    assert read_files(office.cosigned) == {
        file.name: file.read_text() for file in (*office.list_cosigned(), office.annex / "keys.txt")
    }


def test_a_second_witness_of_another_name_has_a_folder_of_its_own(office: Office) -> None:
    ended = office.look("--name", "court", "--trust", office.share / "keys.txt", folder="court")
    assert (ended.status, ended.err) == (0, "")
    assert (office.share / "cosigned-court" / "keys.txt").exists()
    assert office.look().status == 0


def read_files(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir()}


# --- Bad input ---


def test_what_a_witness_cannot_use_is_said(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for words, why, status in (
        (("--trust", tmp_path / "file"), "holds no key", 2),
        (("--trust", tmp_path / "nowhere"), READ_NO_KEYS.format("No such file or directory"), 2),
        (("--trust", office.share), READ_NO_KEYS.format("Is a directory"), 2),
        (("--name", "../x"), "small letters, digits and hyphens", 2),
        ((tmp_path / "nowhere",), "cannot be read", 1),
        (("--state", tmp_path / "file"), "cannot be written", 1),
    ):
        ended = office.look(*words)
        assert (ended.status, why in ended.err, "Traceback" in ended.err) == (status, True, False), ended
    with pytest.raises(CannotWriteKey) as refused:
        SigningKey.create(tmp_path / "nowhere" / "witness.key")
    assert "event log" not in explain_log_error(refused.value)
    (office.annex / "witness.key").chmod(0o644)
    ended = office.look()
    assert (ended.status, "chmod 600" in ended.err) == (1, True)


def test_a_share_that_is_not_mounted_is_said(office: Office, tmp_path: Path) -> None:
    """Its folder is there, and empty but for what a person put there."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "README.txt").write_text("Mount the share here.\n")
    for words in ((tmp_path / "empty",), (tmp_path / "empty", "--trust", office.share / "keys.txt")):
        ended = office.look(*words)
        assert (ended.status, ended.err.count("\n")) == (1, 1)
        assert f"{tmp_path / 'empty'} holds no signed head: look whether the share is mounted" in ended.err
        assert ended.out.endswith(": co-signed up to position 7\n")


def test_a_note_of_a_person_beside_the_heads_is_none_of_them(office: Office) -> None:
    (office.share / "README.txt").write_text("Ask Ms Lin.\n")
    assert (office.look().status, office.look().err) == (0, "")


@pytest.mark.parametrize(("old", "new"), [("kiosk/", ""), ("\n7\n", "\n8\n")])
def test_a_witness_whose_last_head_is_damaged_co_signs_no_other_one(office: Office, old: str, new: str) -> None:
    """Even where nothing else tells what it co-signed: the next head would be its first."""
    shutil.rmtree(office.cosigned)
    for file in office.list_cosigned():
        file.write_text(file.read_text().replace(old, new))
    before = office.list_cosigned()
    make_again(office)
    for file in (*office.share.glob("*0*.txt"), *(office.home / "heads").glob("*.txt"), office.home / "log.head"):
        file.unlink()
    office.sign()
    ended = office.look()
    assert (ended.status, ended.err.count("\n"), "was damaged or changed" in ended.err) == (1, 1, True), ended
    assert (office.cosigned.exists(), office.list_cosigned()) == (False, before)


def test_a_key_of_a_witness_is_no_key_of_a_log(office: Office) -> None:
    ended = office.look("--trust", office.annex / "keys.txt")
    assert (ended.status, "holds no key" in ended.err) == (2, True)
    key = parse_key((office.annex / "keys.txt").read_text())
    assert NoteKey(key.name, key.public) != key
