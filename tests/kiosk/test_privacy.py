"""Nobody's name is in the log: not a volunteer's, not a coordinator's, nothing that was written about anybody."""

from pathlib import Path

import pytest

from kiosk.home import Home
from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import ENROL_ANN, ISSUE_ANNS_CARD, OPEN_UNIT, SCHEDULE_ANNS_SHIFT, line

NOT_FOR_THE_LOG = (
    "王小明",
    "1950-02-03",
    "V001",
    "林主任",
    "her mother is in hospital",
    "seen leaving by the neighbour",
    "certificate 4711",
    "04C0FFEE000001",
)

A_DAY = (
    OPEN_UNIT,
    {**ENROL_ANN, "name": "王小明", "birth_date": "1950-02-03", "by": "林主任"},
    {**ISSUE_ANNS_CARD, "card": "04C0FFEE000001"},
    line("complete_training", volunteer="V001", kind="basic", on="2024-01-10", certificate="certificate 4711"),
    SCHEDULE_ANNS_SHIFT,
    line("request_leave", "2026-11-02T09:00", volunteer="V001", shift="S1", reason="her mother is in hospital"),
    line("tap", card="04C0FFEE000001"),
    line("tap", "2026-11-20T09:00", card="04C0FFEE000001"),
    line(
        "close_visit",
        "2026-11-20T10:00",
        volunteer="V001",
        check_in="2026-11-19T09:00",
        check_out="2026-11-19T12:00",
        reason="seen leaving by the neighbour",
        by="林主任",
    ),
)


def read_home_bytes(home: Path, *names: str) -> bytes:
    """Everything in the files whose names begin so, the WAL included."""
    return b"".join(file.read_bytes() for file in home.iterdir() if file.name.startswith(names))


def list_spellings(text: str) -> set[bytes]:
    """A text as it could stand in a file."""
    escaped = text.encode("unicode_escape")
    return {text.encode(), text.lower().encode(), escaped, escaped.upper(), text.encode("utf-16-le")}


@pytest.fixture
def home_after_a_day(simulation: Path, apply: Apply) -> Path:
    """A home in which all of it was said."""
    ended = apply(simulation, *A_DAY)
    assert (ended.status, ended.err) == (0, "")
    return simulation


@pytest.mark.parametrize("said", NOT_FOR_THE_LOG)
def test_the_log_does_not_hold_it(home_after_a_day: Path, said: str) -> None:
    log = read_home_bytes(home_after_a_day, "log.db")
    assert [spelling for spelling in list_spellings(said) if spelling in log] == []


@pytest.mark.parametrize("said", NOT_FOR_THE_LOG[:-1])
def test_the_people_store_holds_it(home_after_a_day: Path, said: str) -> None:
    assert said.encode() in read_home_bytes(home_after_a_day, "people.db")


def test_a_card_number_is_in_no_file(home_after_a_day: Path) -> None:
    everything = read_home_bytes(home_after_a_day, "")
    assert [spelling for spelling in list_spellings("04C0FFEE000001") if spelling in everything] == []
    assert bytes.fromhex("04C0FFEE000001") not in everything


def test_the_log_is_read_while_it_is_written(home_after_a_day: Path) -> None:
    with Home.open(home_after_a_day) as home:
        home.people.ensure_actor("somebody new")
        assert b"somebody new" not in read_home_bytes(home_after_a_day, "log.db")
        assert b"somebody new" in read_home_bytes(home_after_a_day, "people.db")
