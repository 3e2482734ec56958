"""The folder of a witness: its own, of one name, and what is said where something in it was lost or damaged."""

import shutil

import pytest

from domain.log.signed_note import parse_key
from tests.kiosk.backups.heads.conftest import Office
from tests.support.kiosk_program import run_kiosk


@pytest.mark.parametrize("name", ["keys.txt", "trusted.txt"])
@pytest.mark.parametrize("length", [0, 40])
def test_a_file_of_keys_of_its_own_that_was_cut_off_is_said_and_nothing_is_written(
    office: Office, name: str, length: int
) -> None:
    own = office.annex / name
    own.write_bytes(own.read_bytes()[:length])
    office.sign("2026-11-19T12:01")
    for words in ((), ("--trust", office.share / "keys.txt")):
        ended = office.look(*words)
        assert (ended.status, ended.out, ended.err.count("\n")) == (1, "", 1)
        assert f"{own} was damaged or changed" in ended.err
    assert (len(own.read_bytes()), office.read_position()) == (length, 7)


def test_a_witness_whose_key_is_lost_or_damaged_makes_no_other_one(office: Office) -> None:
    """Who checks its signatures knows the old one alone."""
    key = office.annex / "witness.key"
    key.write_text("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n")
    damaged = office.look()
    assert (damaged.status, f"{key} is not the private key" in damaged.err) == (1, True)
    key.unlink()
    lost = office.look()
    assert (lost.status, f"{key} is missing" in lost.err, key.exists()) == (1, True, False)


def test_the_folder_of_a_witness_is_its_own(office: Office) -> None:
    """Its key would stand where everybody reads, and its public one among those of the log."""
    before = sorted(office.share.rglob("*"))
    for folder in ("share", "home"):
        ended = office.look(folder=folder)
        assert (ended.status, "a folder of its own" in ended.err) == (2, True)
    assert sorted(office.share.rglob("*")) == before
    shutil.copy(office.share / "keys.txt", office.annex / "keys-of-the-office.txt")
    assert office.look("--trust", office.annex / "keys-of-the-office.txt").status == 0


def test_the_folder_of_a_witness_has_one_name(office: Office) -> None:
    """Under another one it would hand back heads that no key of that name signed."""
    office.sign("2026-11-19T12:01")
    before = {file: file.read_bytes() for file in office.folder.rglob("*") if file.is_file()}
    for words in (("--name", "other"), ("--name", "witness", "--trust", office.share / "keys.txt")):
        ended = office.look(*words)
        assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
        assert f"{office.annex} is the folder of the witness annex: write `--name annex`" in ended.err
    assert {file: file.read_bytes() for file in office.folder.rglob("*") if file.is_file()} == before
    assert (office.look().status, office.read_position()) == (0, 8)


def test_a_folder_with_a_second_name_of_an_earlier_program_hands_back_what_it_signed(office: Office) -> None:
    """By the first name, under which its heads are signed."""
    key = parse_key((office.annex / "keys.txt").read_text())
    with (office.annex / "keys.txt").open("a") as keys:
        keys.write(f"{key._replace(name='witness/witness').format()}\n")
    assert office.look("--name", "witness").status == 2
    office.sign("2026-11-19T12:01")
    assert (office.look().status, office.read_position()) == (0, 8)
    by_witness = ("--signed-by", office.cosigned / "keys.txt")
    assert run_kiosk("verify", "--heads", office.cosigned, *by_witness, "--home", office.home).status == 0


def test_a_witness_that_lost_its_own_file_of_keys_takes_no_other_name(office: Office) -> None:
    (office.annex / "keys.txt").unlink()
    assert "was damaged or changed" in office.look("--name", "other").err
    assert not (office.annex / "keys.txt").exists()
    assert office.look().status == 0
