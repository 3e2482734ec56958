"""Whose days an event bears on: every day whose explanation cites it, also where a visit runs over the turn."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.calendar import TAIPEI
from domain.log.event_rows import Entry
from domain.model.attendance import TapEvent
from domain.model.corrections import Corrections
from domain.model.service_event import ServiceEvent
from domain.model.shift import Shift
from kiosk.statements.explained_day import ExplanationFormatter, NameLookup
from kiosk.words.statements_en import EXPLAINED
from projections.read_models.audit_trail import list_audit_trail
from projections.read_models.event_days import list_event_days
from projections.read_models.explanation import explain
from tests.support.office import Office
from tests.support.people import ANN, BEN

MONTH = [date(2026, 11, day) for day in range(1, 31)]


def find_days(office: Office, position: int, whose: UUID = ANN) -> list[date]:
    """The days of the month on which the event at a position bears, for a volunteer."""
    ((_, event),) = office.log.read_entries_lenient(position - 1, 1, position)
    stream = office.log.read_stream_lenient(event.originator_id)
    views = office.current_views()
    found = list_event_days(views, views.load_unit().days, office.log, Entry(position, event), stream)
    spans = [(one.first or MONTH[0], one.last or MONTH[-1]) for one in found if one.volunteer in (None, whose)]
    return [day for day in MONTH if any(first <= day <= last for first, last in spans)]


def find_days_of(office: Office, kind: type, whose: UUID = ANN) -> list[int]:
    """Of the last event of a kind, as days of the month."""
    positions = [one.position for one in office.log.read_entries(limit=10_000) if isinstance(one.event, kind)]
    return [day.day for day in find_days(office, positions[-1], whose)]


def list_cited(office: Office, whose: UUID, day: date) -> set[int]:
    """The events that stand in the lines of an explained day."""
    views = office.current_views()
    key = views.find_key(whose)
    assert key is not None
    found = explain(views, key, day)
    formatter = ExplanationFormatter(EXPLAINED, NameLookup(str, str, None), TAIPEI)
    lines = formatter.format_lines(found, list_audit_trail(office.log, whose, found))
    return {position for one in lines for position in one.events}


@pytest.fixture
def early(office: Office) -> Office:
    """Ann comes on the 19th at 03:55, before the turn of the service day, for a duty at 04:15 behind it."""
    office.at("2026-11-01 08:00").schedule_shift("EARLY", "2026-11-19 04:15", "08:00", ANN)
    office.tap(ANN, "2026-11-19 03:55")
    return office.at("2026-11-19 12:00")


def test_a_tap_before_the_turn_bears_on_the_day_behind_it_whose_duty_it_is_for(early: Office) -> None:
    assert find_days_of(early, TapEvent) == [18, 19]


@pytest.mark.parametrize(("start", "days"), [("04:15", [18, 19]), ("09:00", [18])])
def test_without_a_duty_that_it_reaches_it_bears_on_its_own_day_alone(
    office: Office, start: str, days: list[int]
) -> None:
    office.at("2026-11-01 08:00").schedule_shift("S1", f"2026-11-19 {start}", "10:00", ANN)
    office.tap(ANN, "2026-11-19 03:50")
    assert find_days_of(office.at("2026-11-20 12:00"), TapEvent) == days


def test_a_correction_that_takes_such_a_visit_away_bears_on_the_days_that_show_it(early: Office) -> None:
    early.void_visit(ANN, "2026-11-19 03:55")
    voided = find_days_of(early, Corrections.VisitVoided)
    shown = [day.day for day in MONTH if list_cited(early, ANN, day) & {early.log.head().position}]
    assert voided == shown
    assert 18 in voided


def test_the_duty_behind_the_turn_bears_on_the_day_of_the_visit_too(early: Office) -> None:
    """A stretch of the visit names the duty, on the 18th as on the 19th."""
    early.close_visit(ANN, "2026-11-19 03:55", "2026-11-19 08:00")
    assert find_days_of(early, Shift.Assigned) == [18, 19]


def test_an_event_for_all_bears_on_the_day_before_for_the_one_whose_visit_reaches_into_it(office: Office) -> None:
    office.at("2026-11-01 08:00").schedule_event("Fair", "2026-11-19 04:30", "06:00")
    office.tap(ANN, "2026-11-19 03:50")
    office.tap(BEN, "2026-11-19 04:25")
    office.tap(BEN, "2026-11-19 05:00")
    office.tap(ANN, "2026-11-19 05:00", direction="out")
    office.at("2026-11-19 12:00").close_visit(ANN, "2026-11-19 03:50", "2026-11-19 05:00")
    assert [find_days_of(office, ServiceEvent.Created, whose) for whose in (ANN, BEN)] == [[18, 19], [19]]


def test_every_day_that_cites_an_event_is_named_by_it(office: Office) -> None:
    office.at("2026-11-01 08:00").schedule_shift("NIGHT", "2026-11-20 22:00", "2026-11-21 06:00", ANN)
    office.schedule_shift("MORNING", "2026-11-21 07:00", "09:00", ANN)
    office.schedule_shift("MOVED", "2026-11-16 09:00", "12:00", ANN)
    for at in ("11-20 21:50", "11-21 03:00", "11-21 04:30", "11-21 04:30:20", "11-21 08:00"):
        office.tap(ANN, f"2026-{at}")
    office.at("2026-11-24 09:00").add_visit(ANN, "2026-11-23 03:00", "2026-11-23 04:30")
    office.excuse_absence("MOVED", ANN)
    office.change_shift("MOVED", "2026-11-23 04:10", "06:00")
    office.swap("MOVED", ANN, BEN, retroactive=True)
    for whose in (ANN, BEN):
        for day in (date(2026, 11, 14) + timedelta(days=offset) for offset in range(12)):
            for position in list_cited(office, whose, day):
                assert day in find_days(office, position, whose), (position, whose, day)


def test_what_was_recorded_of_a_shift_went_with_it_to_the_day_to_which_it_was_moved(office: Office) -> None:
    """The move itself bears on both days."""
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-05 09:00", "12:00", ANN)
    office.at("2026-11-06 09:00").excuse_absence("S1", ANN)
    office.change_shift("S1", "2026-11-07 09:00", "12:00")
    assert find_days_of(office, Shift.AbsenceExcused) == [7]
    assert find_days_of(office, Shift.Changed) == [5, 6, 7]
