"""Every minute is explained, and the explanation adds up to what the statements say (R-126)."""

from datetime import date
from typing import get_args

import pytest

from domain.calendar import TAIPEI
from domain.model.corrections import Corrections
from domain.model.shift import Shift
from domain.spans import instant
from projections.evaluation.reasons import PARAMETER_RULES, RULES, CreditParameter, Reason
from projections.read_models.audit_trail import list_audit_trail
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
    assert set(PARAMETER_RULES) == set(get_args(CreditParameter))
    assert all(rule.startswith("R-") for rule in (*RULES.values(), *PARAMETER_RULES.values()))


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


# --- What a policy credits beyond presence in a window ---


def list_credited(office: Office) -> list[tuple[str, str, str, str | None]]:
    return [
        (format_local(one.start), format_local(one.end or 0), one.rule, one.parameter)
        for one in explained(office).stretches
        if one.credited
    ]


def format_local(at: int) -> str:
    return f"{instant(at).astimezone(TAIPEI):%H:%M}"


def serve_shift(office: Office, *taps: str, **policy: object) -> Office:
    office.at("2026-11-01 08:00").adopt_policy("2026-11-01", **policy)
    office.schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    for at in taps:
        office.tap(ANN, f"2026-11-19 {at}")
    return office


@pytest.mark.parametrize(("arrives", "begins"), [("09:08", "09:00"), ("09:11", "09:11")])
def test_the_minutes_of_the_grace_are_explained_and_not_those_of_who_comes_too_late(
    office: Office, arrives: str, begins: str
) -> None:
    """R-020: within ten minutes the policy credits from the scheduled start."""
    grace = "credit_from_scheduled_start_within_grace"
    serve_shift(office, arrives, "12:10", credit_from_scheduled_start_within_grace=True)
    late = [("09:00", arrives, "R-020", grace)] if begins != arrives else []
    assert list_credited(office) == [*late, (arrives, "12:00", "R-020", None)]
    assert explained(office).credited_minutes == (180 if late else 169)


def test_what_lies_outside_of_a_shift_and_counts_names_the_parameter_and_the_shift(office: Office) -> None:
    """R-020: `cap_to_shift` off."""
    serve_shift(office, "08:40", "12:30", cap_to_shift=False)
    assert list_credited(office) == [
        ("08:40", "09:00", "R-020", "cap_to_shift"),
        ("09:00", "12:00", "R-020", None),
        ("12:00", "12:30", "R-020", "cap_to_shift"),
    ]
    assigned = position_of(office, Shift.Assigned)
    assert [assigned in one.events for one in explained(office).stretches] == [True] * 3


def test_what_is_credited_without_a_departure_names_the_parameter(office: Office) -> None:
    """R-035."""
    serve_shift(office, "08:50", missing_checkout_credit="shift_end").at("2026-11-20 09:00")
    assert list_credited(office) == [("09:00", "12:00", "R-035", "missing_checkout_credit")]


# --- Presence over the turn of the service day ---


@pytest.fixture
def early(office: Office) -> Office:
    """Ann comes at 03:55, before the turn, for a duty at 04:15 behind it; the desk closes the visit."""
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-19 04:15", "08:00", ANN)
    office.tap(ANN, "2026-11-19 03:55")
    office.at("2026-11-19 12:00").close_visit(ANN, "2026-11-19 03:55", "2026-11-19 08:00")
    return office


def test_minutes_are_explained_on_the_day_of_the_duty_as_hours_say(early: Office) -> None:
    before, after = explained(early, date(2026, 11, 18)), explained(early)
    assert (before.credited_minutes, after.credited_minutes) == (0, 225)
    assert [visit.minutes_elsewhere for visit in (*before.visits, *after.visits)] == [{DAY: 225}, {}]
    assert [one.counts_on for one in before.stretches if one.credited] == [DAY]


def test_the_tap_and_the_correction_stand_on_the_day_of_the_duty_too(early: Office) -> None:
    found = explained(early)
    assert [(format_local(tap.at), tap.outcome) for tap in found.taps] == [("03:55", "checked_in")]
    assert position_of(early, Corrections.VisitClosed) in found.stretches[-1].events
    assert [entry.kind for entry in list_audit_trail(early.log, ANN, found)] == ["closed"]


def test_a_visit_that_serves_two_days_has_on_each_what_counts_there(office: Office) -> None:
    """Every part is in the hours of its day, and both are in the visit."""
    office.at("2026-11-01 08:00").schedule_shift("N1", "2026-11-19 22:00", "2026-11-20 06:00", ANN)
    office.schedule_shift("N2", "2026-11-20 07:00", "09:00", ANN)
    office.tap(ANN, "2026-11-19 21:55")
    office.at("2026-11-20 12:00").close_visit(ANN, "2026-11-19 21:55", "2026-11-20 09:00")
    (visit,) = office.list_visits()
    days = [explained(office, date(2026, 11, day)) for day in (18, 19, 20, 21)]
    assert [day.credited_minutes for day in days] == [0, 480, 120, 0]
    assert sum(day.credited_minutes for day in days) == visit.credited_minutes


@pytest.mark.parametrize(("arrives", "shown"), [("03:45", 1), ("03:44", 0)])
def test_an_open_visit_by_which_a_duty_is_attended_is_shown_on_its_day(
    office: Office, arrives: str, shown: int
) -> None:
    """Decision 5: it began in time; what decides the outcome is there, though no minute counts."""
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-19 04:15", "08:00", ANN)
    office.tap(ANN, f"2026-11-19 {arrives}")
    found = explained(office.at("2026-11-20 12:00"))
    assert (len(found.visits), len(found.taps)) == (shown, shown)


@pytest.mark.parametrize(("arrives", "end"), [("03:45", "08:00"), ("03:44", None)])
def test_a_visit_without_a_departure_has_its_worth_and_the_end_of_its_duty_on_each_day(
    office: Office, arrives: str, end: str | None
) -> None:
    """R-035: the duty is behind the turn of the service day, and so is what counts."""
    office.at("2026-11-01 08:00").adopt_policy("2026-11-01", missing_checkout_credit="shift_end")
    office.schedule_shift("S1", "2026-11-19 04:15", "08:00", ANN)
    office.tap(ANN, f"2026-11-19 {arrives}")
    office.at("2026-11-20 12:00")
    visits = [one for day in (date(2026, 11, 18), DAY) for one in explained(office, day).visits]
    ends = [one.last_duty_end and format_local(one.last_duty_end) for one in visits]
    assert (ends, [one.minutes_in_all for one in visits]) == (([end] * 2, [225] * 2) if end else ([None], [0]))


def test_a_void_visit_is_shown_on_the_day_of_the_duty_that_is_absent_for_it(early: Office) -> None:
    early.at("2026-11-19 13:00").void_visit(ANN, "2026-11-19 03:55")
    found = explained(early)
    assert [(duty.outcome, visit.status) for duty, visit in zip(found.duties, found.visits, strict=True)] == [
        ("absent", "void")
    ]
    assert [entry.kind for entry in list_audit_trail(early.log, ANN, found)] == ["closed", "voided"]
