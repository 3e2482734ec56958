"""What the nightly job verifies of a log that is too large to be walked from its first event each night."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.clock import MachineClock
from domain.log.event_log import EventLog
from kiosk.backups.heads.comparison import demand_whole_log
from kiosk.backups.heads.last_verification import (
    VERIFICATION_FILE,
    WHOLE_EVERY,
    VerificationRecord,
    read_last_verification,
    was_whole_verified,
)
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.people_check import PeopleFault, PeopleVerdict
from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import ANNS_UNIT_LINES, line
from tests.support.tampering import chain_again, open_unguarded

SMALL = 2
"""Events; the homes below have more."""
EARLY = 3
"""The position of an event that was verified long ago."""


@pytest.fixture
def home(real_home: Path, apply: Apply) -> Path:
    """A home with more events than a night verifies, all of which were verified an hour ago."""
    assert apply(real_home, *ANNS_UNIT_LINES).status == 0
    verify_at_night(real_home)
    record = read_record(real_home)
    write_record(real_home, msgspec.structs.replace(record, at=record.at - HOUR, whole_at=record.at - HOUR))
    assert apply(real_home, enrol("V777")).status == 0
    return real_home


HOUR = timedelta(hours=1)


def enrol(number: str) -> dict[str, Any]:
    when = {"agreement_from": "2024-02-02"}
    return line("enrol_volunteer", "2024-02-02T08:00", volunteer=number, mode="flexible", **when)


def verify_at_night(home: Path, people: PeopleVerdict | None = None) -> int:
    """How often the people store was compared."""
    compared = [PeopleVerdict() if people is None else people]
    with open_log(home) as log:
        demand_whole_log(log, home, compared.pop, small=SMALL)
    return 1 - len(compared)


@contextmanager
def open_log(home: Path) -> Iterator[EventLog]:
    with Home.open(home) as opened:
        yield opened.log


def read_record(home: Path) -> VerificationRecord:
    record = read_last_verification(home)
    assert record is not None
    return record


def write_record(home: Path, record: VerificationRecord) -> None:
    (home / VERIFICATION_FILE).write_bytes(msgspec.json.encode(record))


def edit(home: Path, position: int, then: Callable[..., None] | None = None) -> None:
    with open_unguarded(home / "log.db") as tool:
        tool.execute("UPDATE stored_events SET state = x'7b7d' WHERE position = ?", (position,))
        if then:
            then(tool)


def test_only_what_followed_the_last_verification_is_walked(home: Path) -> None:
    """What is altered before it is found within a week, and what stands behind it this night."""
    whole_at = read_record(home).whole_at
    edit(home, EARLY)
    assert verify_at_night(home) == 0
    record = read_record(home)
    assert (record.ok, record.whole_at, was_whole_verified(home)) == (True, whole_at, False)
    with open_log(home) as log:
        assert record.events == log.head().position


def test_the_night_goes_on_from_the_night_before(home: Path, apply: Apply) -> None:
    verify_at_night(home)
    reached = read_record(home).events
    assert apply(home, enrol("V778")).status == 0
    edit(home, reached + 1)
    with pytest.raises(UserError, match="nothing was settled"):
        verify_at_night(home)
    assert not read_record(home).ok


def test_a_log_that_was_chained_again_is_found_by_the_head_that_was_verified(home: Path) -> None:
    edit(home, EARLY, chain_again)
    (home / "log.head").unlink()
    with pytest.raises(UserError, match="nothing was settled"):
        verify_at_night(home)


@pytest.mark.parametrize(
    ("age", "finds"), [(WHOLE_EVERY - HOUR, False), (WHOLE_EVERY, True), (-HOUR, True)], ids=["week", "over", "ahead"]
)
def test_once_a_week_the_whole_is_walked(home: Path, age: timedelta, finds: bool) -> None:
    """Also where the clock went back behind the last time."""
    record, now = read_record(home), MachineClock().now()
    write_record(home, msgspec.structs.replace(record, at=now - max(age - HOUR, -HOUR), whole_at=now - age))
    edit(home, EARLY)
    if not finds:
        assert verify_at_night(home) == 0
        return
    with pytest.raises(UserError, match="nothing was settled"):
        verify_at_night(home)


def test_what_was_wrong_is_looked_at_again_the_next_night(home: Path) -> None:
    """A row of the people store that was put right is no fault any more."""
    write_record(home, msgspec.structs.replace(read_record(home), people_faults=1))
    assert verify_at_night(home, PeopleVerdict([PeopleFault("person", 2)])) == 1
    assert verify_at_night(home) == 1
    assert read_record(home).people_faults == 0


def test_a_record_of_an_older_program_begins_a_week(home: Path) -> None:
    write_record(home, msgspec.structs.replace(read_record(home), whole_at=None))
    assert verify_at_night(home) == 1
    assert read_record(home).whole_at is not None
    assert was_whole_verified(home)
