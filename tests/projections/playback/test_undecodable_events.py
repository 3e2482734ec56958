"""A past day is played past events that cannot be read: one of them stops nobody."""

from datetime import date
from uuid import uuid4

import pytest

from domain.spans import second
from domain.use_cases.unit_rules import UnitRules
from projections.playback.log_range import find_nearest_tapped_days, load_log_range
from tests.support.office import Office
from tests.support.people import ANN, local_time
from tests.support.undecodable_events import insert_undecodable

THE_DAY_BEFORE, THE_DAY = date(2026, 11, 18).toordinal(), date(2026, 11, 19).toordinal()
BAD = {
    "no bytes of JSON": b"junk",
    "no instants": b"{}",
    "instants without an offset": b'{"timestamp":"2026-11-19T01:00:00","at":"2026-11-19T01:00:00"}',
}


@pytest.fixture(params=BAD)
def tapped(office: Office, request: pytest.FixtureRequest) -> Office:
    """Ann has tapped on the 19th, and something with the name of a tap stands behind it."""
    office.tap(ANN, "2026-11-19 09:00")
    insert_undecodable(office.log, uuid4(), "attendance.checked-in", BAD[request.param])
    return office


def test_the_nearest_day_with_taps_is_found(tapped: Office) -> None:
    days = UnitRules(tapped.log).load().days
    assert find_nearest_tapped_days(tapped.log, days, THE_DAY_BEFORE) == (None, THE_DAY)


def test_what_says_no_instant_was_known_ever_since(tapped: Office) -> None:
    at = second(local_time("2026-11-19 09:00"))
    last = tapped.log.head().position
    recorded = [event.position for event in load_log_range(tapped.log, at - 60, at + 60).events]
    assert (last in recorded, last - 1 in recorded) == (False, True)
