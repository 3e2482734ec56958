"""Every minute is explained, and the explanation adds up to what the statements say (R-126)."""

from datetime import date
from typing import get_args

import pytest

from domain.model.corrections import Corrections
from domain.model.shift import Shift
from projections.evaluation.reasons import RULES, Reason
from projections.read_models.explanation import Explanation, explain
from tests.support.office import Office
from tests.support.people import ANN, BEN

DAY = date(2026, 11, 19)


def explained(office: Office, day: date = DAY) -> Explanation:
    views = office.current_views()
    key = views.find_key(ANN)
    assert key is not None
    return explain(views, key, day)


def position_of(office: Office, kind: type) -> int:
    return next(entry.position for entry in office.log.read_entries(limit=10_000) if isinstance(entry.event, kind))


@pytest.fixture
def busy(office: Office) -> Office:
    """Ann serves a shift and an event, with a break, and stays too long."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.schedule_event("Fair", "2026-11-19 11:00", "15:00")
    for at in ("08:50", "10:00:30", "10:10", "15:30"):
        office.tap(ANN, f"2026-11-19 {at}")
    return office


def test_the_stretches_of_each_visit_cover_it_and_add_up(busy: Office) -> None:
    told = explained(busy)
    visits = busy.list_visits()
    assert told.credited_minutes == sum(visit.credited_minutes for visit in visits)
    for visit in visits:
        inside = [s for s in told.stretches if visit.check_in <= s.start < (visit.check_out or 0)]
        assert [inside[0].start, *(s.end for s in inside)] == [*(s.start for s in inside), visit.check_out]


def test_each_stretch_names_its_rule_and_what_it_is_credited_to(busy: Office) -> None:
    told = [(stretch.credited, stretch.rule, stretch.duty) for stretch in explained(busy).stretches]
    assert told == [
        (False, "R-024", None),
        (True, "R-020", "AM"),
        (True, "R-020", "AM"),
        (True, "R-023", "Fair"),
        (False, "R-024", None),
    ]


def test_the_events_behind_a_credited_stretch_are_its_taps_and_its_assignment(busy: Office) -> None:
    stretch = explained(busy).stretches[1]
    assert position_of(busy, Shift.Assigned) in stretch.events
    assert len(stretch.events) == 3


def test_a_correction_stands_behind_what_it_changed(office: Office) -> None:
    """R-035: the check-out that a coordinator gave."""
    office.tap(ANN, "2026-11-19 09:00")
    office.at("2026-11-20 09:00").close_visit(ANN, "2026-11-19 09:00", "2026-11-19 12:00")
    (stretch,) = explained(office).stretches
    assert position_of(office, Corrections.VisitClosed) in stretch.events


def test_a_day_without_events_is_explained_as_empty(office: Office) -> None:
    """A person who never came, and another person's day."""
    office.tap(BEN, "2026-11-19 09:00")
    assert explained(office).stretches == []
    assert explained(office, date(2027, 1, 1)).credited_minutes == 0


def test_every_reason_has_a_rule() -> None:
    assert set(RULES) == set(get_args(Reason))
    assert all(rule.startswith("R-") for rule in RULES.values())


def test_the_visits_add_up_to_the_day(busy: Office) -> None:
    told = explained(busy)
    assert [visit.minutes for visit in told.visits] == [60, 290]
    assert told.credited_minutes == 350


def test_every_tap_says_what_it_meant(office: Office) -> None:
    """In, again within the minute, out; and one that was refused because the service was suspended."""
    for at in ("09:00", "09:00:30", "12:00"):
        office.tap(ANN, f"2026-11-19 {at}")
    office.suspend(ANN, "2026-11-19")
    office.tap(ANN, "2026-11-19 15:00")
    told = explained(office).taps
    assert [tap.outcome for tap in told] == ["checked_in", "repeated", "checked_out", "suspended"]
    assert all(tap.position for tap in told)


def test_taps_of_one_second_stand_in_the_order_in_which_they_happened(office: Office) -> None:
    """With their fractions of a second: the repetition came before the departure."""
    for at in ("09:00:00.900000", "09:01:00.000000", "09:01:00.900000"):
        office.tap(ANN, f"2026-11-19 {at}")
    views = office.current_views()
    key = views.find_key(ANN)
    assert key is not None
    found = explain(views, key, date(2026, 11, 19))
    assert [tap.outcome for tap in found.taps] == ["checked_in", "repeated", "checked_out"]
