"""A witness says where a log shows no head any more that goes as far as what was co-signed: it may go another way."""

import shutil
from pathlib import Path

import pytest

from tests.kiosk.backups.heads.conftest import Office, Site
from tests.support.kiosk_program import ProgramResult
from tests.support.tampering import cut_off_with_its_count, open_unguarded

WENT_BACK = "no head that is shown of this log goes further, and position {} was co-signed"


@pytest.fixture
def older(office: Office, tmp_path: Path) -> Path:
    """A folder with the heads as far as 7; in the share, and co-signed, they go to 8."""
    shutil.copytree(office.share, tmp_path / "older", ignore=shutil.ignore_patterns("cosigned-*"))
    office.sign("2026-11-20T08:58")
    assert office.look().status == 0
    assert office.read_position() == 8
    return tmp_path / "older"


def look_at(office: Office, *places: Path) -> ProgramResult:
    """A look at these places, and not at the share."""
    office.share = places[-1]
    return office.look(*places[:-1])


@pytest.mark.parametrize(("kept", "length"), [(7, 8), (6, 7)])
def test_a_log_that_was_cut_off_and_signed_on_is_said_while_it_is_shorter_than_what_was_co_signed(
    office: Office, kept: int, length: int
) -> None:
    office.sign("2026-11-20T08:58")
    office.sign("2026-11-20T12:01")
    assert office.look().status == 0
    assert office.read_position() == 9
    with open_unguarded(office.home / "log.db") as tool:
        cut_off_with_its_count(tool, kept)
    for file in (*office.list_heads(), *(office.home / "heads").glob("*-*.txt"), office.home / "log.head"):
        file.unlink()
    shutil.rmtree(office.cosigned)
    forged = office.sign("2026-11-19T09:30")
    assert forged.name.endswith(f"{length}.txt")
    ended = office.look()
    assert (ended.status, f"{forged}: {WENT_BACK.format(9)}" in ended.err) == (1, True)
    assert office.read_position() == 9


def test_the_last_head_that_was_deleted_from_the_folder_is_missed(office: Office) -> None:
    last = office.list_heads()[-1]
    assert office.look().status == 0
    last.unlink()
    ended = office.look()
    assert (ended.status, WENT_BACK.format(7) in ended.err) == (1, True)


def test_of_several_folders_the_one_that_goes_furthest_counts(office: Office, older: Path) -> None:
    share = office.share
    ended = look_at(office, share, older)
    assert (ended.status, ended.err) == (0, "")
    ended = look_at(office, older)
    assert (ended.status, WENT_BACK.format(8) in ended.err) == (1, True)


def test_a_head_that_nobody_signed_does_not_hide_that_the_log_went_back(office: Office, older: Path) -> None:
    last = office.list_heads()[-1]
    unsigned, empty, _ = last.read_text().rpartition("\n\n")
    (older / last.name).write_text(f"{unsigned}{empty}")
    ended = look_at(office, older)
    assert ended.status == 1
    assert WENT_BACK.format(8) in ended.err


def test_a_folder_that_cannot_be_reached_is_named_beside_the_older_one(office: Office, older: Path) -> None:
    """The later heads may stand there: the sentence about the older folder says to look whether one is missing."""
    share = office.share
    shutil.rmtree(share)
    ended = look_at(office, share, older)
    assert ended.status == 1
    assert f"{share} cannot be read" in ended.err
    assert "stand in a folder that is not shown" in ended.err


def test_a_log_of_which_no_head_is_shown_is_not_asked_for(office: Office, other: Site) -> None:
    """The folders of several units may be looked at one after another."""
    heads = other.home / "heads"
    ended = look_at(office, Path("--trust"), heads / "keys.txt", heads)
    assert (ended.status, ended.err) == (0, "")
