"""The key in a bundle of evidence: the one that signed its head, in one form, whatever else stands in `keys.txt`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.log.signed_note import COSIGNATURE, NoteKey
from tests.kiosk.evidence.conftest import THEN, check, make, read, tap, write_manifest
from tests.support.kiosk_program import run_kiosk

STRANGER = bytes(range(32))
WRITTEN: dict[str, Callable[[str], str]] = {
    "remark": lambda keys: f"# compared with Ms Lin on the 22nd\n{keys}",
    "mark of UTF-8": lambda keys: f"\ufeff{keys}",
    "empty lines": lambda keys: f"\n \n{keys}\n\n",
    "ends of lines": lambda keys: keys.replace("\n", "\r\n"),
    "spaces": lambda keys: keys.replace("\n", " \t\n"),
    "no end": lambda keys: keys.rstrip("\n"),
    "twice": lambda keys: keys * 2,
    "another log": lambda keys: f"{NoteKey('kiosk/other', STRANGER).format()}\n{keys}",
    "a witness": lambda keys: f"{keys}{NoteKey('witness/annex', STRANGER, COSIGNATURE).format()}\n",
}


@pytest.mark.parametrize("written", WRITTEN)
def test_however_keys_are_written_the_bundle_has_the_same_bytes(
    copied: Path, archive: Path, tmp_path: Path, written: str
) -> None:
    keys = copied / "heads" / "keys.txt"
    keys.write_bytes(WRITTEN[written](keys.read_text()).encode())
    assert run_kiosk("verify", "--heads", copied / "heads", "--signed-by", keys, "--home", copied).status == 0
    assert make(copied, tmp_path / "again.zip", "--as-of", THEN).status == 0
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


@pytest.mark.parametrize("written", WRITTEN)
def test_the_verifier_reads_keys_as_the_program_does(folder: Path, written: str) -> None:
    """Those of a bundle that another version made."""
    keys = folder / "keys.txt"
    keys.write_bytes(WRITTEN[written](keys.read_text()).encode())
    write_manifest(folder)
    assert check(folder)[0] == 0


@pytest.mark.parametrize("written", ["kiosk/1f0c2d3e", "x+00000000+AAAA", " # a remark with a space before it"])
def test_a_line_that_is_no_key_is_said_of_the_file_of_keys(folder: Path, written: str) -> None:
    with (folder / "keys.txt").open("a") as keys:
        keys.write(f"{written}\n")
    write_manifest(folder)
    status, said = check(folder)
    assert (status, said.splitlines()[0]) == (1, "WRONG  keys.txt has another form than that of a bundle")


def test_a_key_whose_id_is_that_of_another_one_is_none(folder: Path) -> None:
    keys = folder / "keys.txt"
    name, _, encoded = keys.read_text().split("+", 2)
    keys.write_text(f"{name}+{NoteKey(name, STRANGER).key_id.hex()}+{encoded}")
    write_manifest(folder)
    assert "keys.txt has another form" in check(folder)[1]


def test_with_a_key_of_later_the_same_instant_makes_the_same_bytes(copied: Path, archive: Path, tmp_path: Path) -> None:
    (copied / "head.key").unlink()
    tap(copied, 23, 24)
    assert run_kiosk("reconcile", "--home", copied).status == 0
    tap(copied, 25)
    earlier, later = (copied / "heads" / "keys.txt").read_text().splitlines()
    assert make(copied, tmp_path / "again.zip", "--as-of", THEN).status == 0
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    assert make(copied, tmp_path / "of-today.zip").status == 0
    assert (read(archive, "keys.txt"), read(tmp_path / "of-today.zip", "keys.txt")) == (f"{earlier}\n", f"{later}\n")
    assert check(tmp_path / "of-today.zip")[0] == 0
