"""A person who was erased comes back with no backup: a restore and a drill erase again."""

from pathlib import Path

import pytest

from kiosk.backups.backup import back_up
from kiosk.backups.folder import list_backups
from kiosk.erasure.ledger import read_ledger
from kiosk.home import Home
from tests.kiosk.conftest import Apply, list_topics, read_head
from tests.kiosk.erasure.conftest import (
    ANN,
    ENDED,
    NIGHT,
    OF_THE_PERSON,
    THE_NEXT_DAY,
    erase,
    list_texts_found,
    run_read_commands,
    sentence,
)
from tests.support.kiosk_program import (
    ProgramResult,
    run_kiosk,
)


@pytest.fixture
def backup(serving: Path, tmp_path: Path) -> Path:
    """A backup in which Ann still serves."""
    with Home.open(serving) as opened:
        return back_up(opened, tmp_path / "usb", 14, NIGHT)[0]


def erased_again(ended: ProgramResult) -> str:
    assert (ended.status, ended.err) == (0, "")
    return next(told for told in ended.out.splitlines() if told.startswith("erased"))


@pytest.mark.parametrize("left", ["the folder beside the backup", "the lost home", "nothing but a ledger"])
def test_an_older_backup_brings_no_erased_volunteer_back(
    serving: Path, backup: Path, tmp_path: Path, apply: Apply, left: str
) -> None:
    apply(serving, ENDED)
    apply(serving, THE_NEXT_DAY)
    erase(serving)
    options: list[str | Path] = []
    if left == "the folder beside the backup":
        assert run_kiosk("backup", backup.parent, "--home", serving).status == 0
    else:
        options = ["--from-home", serving]
    if left == "nothing but a ledger":
        for file in serving.iterdir():
            if file.is_file() and file.name != "erasures.jsonl":
                file.unlink()
    new = tmp_path / "new"
    told = erased_again(run_kiosk("restore", backup, "--to", new, *options))
    assert told == "erased   1 again, whom the backup still knew"
    run_read_commands(new)
    assert (list_texts_found(new, *OF_THE_PERSON), list_topics(new)[-1]) == ([], "volunteer.person-erased")
    assert list(read_ledger(new)) == [ANN]
    assert run_kiosk("verify", "--home", new).status == 0
    assert "agreement has ended" in run_kiosk("tap", "04000000000001", "--at", "2026-12-03T10:00", "--home", new).out


def test_a_backup_made_afterwards_carries_the_ledger_and_needs_nothing_again(home: Path, tmp_path: Path) -> None:
    erase(home)
    assert run_kiosk("backup", tmp_path / "usb", "--home", home).status == 0
    (made,) = list_backups(tmp_path / "usb")
    ledgers = [(folder / "erasures.jsonl").read_bytes() for folder in (home, made, made.parent)]
    assert ledgers == [ledgers[0]] * 3
    assert erased_again(run_kiosk("restore", made, "--to", tmp_path / "new")).startswith("erased   0 again")
    assert run_read_commands(tmp_path / "new") == run_read_commands(home)


def test_a_ledger_altered_in_a_backup_is_found(home: Path, tmp_path: Path) -> None:
    erase(home)
    run_kiosk("backup", tmp_path / "usb", "--home", home)
    (made,) = list_backups(tmp_path / "usb")
    (made / "erasures.jsonl").write_bytes(b"")
    ended = run_kiosk("restore", made, "--to", tmp_path / "new")
    assert (ended.status, "erasures.jsonl was altered" in sentence(ended)) == (1, True)


def test_a_drill_erases_again_in_its_scratch_folder(serving: Path, backup: Path, apply: Apply) -> None:
    apply(serving, ENDED)
    apply(serving, THE_NEXT_DAY)
    erase(serving)
    before = read_head(serving)
    assert (
        erased_again(run_kiosk("restore", "--drill", "--home", serving))
        == "erased   1 again, whom the backup still knew"
    )
    assert read_head(serving) == before
