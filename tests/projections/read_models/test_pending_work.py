"""What needs a person: each kind is listed with what is behind it, until an event settles it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple, get_args
from uuid import UUID

import pytest

from domain.ids import shift_stream
from domain.model.acknowledgements import (
    MOST_EVENTS,
    SETTLED_BY,
    AcknowledgedKind,
    AlreadyAcknowledged,
    NeedsOwnCommand,
    NotPending,
)
from domain.model.visits import DESK
from domain.policy import Policies
from domain.use_cases.check_in import Door
from domain.use_cases.unit_rules import UnitRules
from projections.engine.as_of import views_as_of
from projections.engine.rebuild import replay
from projections.engine.views import Views
from projections.read_models import contradicted_closings
from projections.read_models.day_filter import DayFilter
from projections.read_models.pending_work import (
    _QUERIES,
    _UNMATCHED,
    KINDS,
    PendingKind,
    PendingRow,
    count_pending,
    list_pending,
)
from tests.support.desk_commands import card_token_of
from tests.support.fake_machine import FakeMachine
from tests.support.office import ENTRANCE, Office, assert_refused
from tests.support.people import ANN, BEN, CAT, local_second
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

DAY = "2026-11-19"
FOUND_CARD = "f" * 32
Step = Callable[[Office], object]


def list_of(office: Office, day_filter: DayFilter | None = None, views: Views | None = None) -> list[PendingRow]:
    policies = UnitRules(office.log).load().policies
    return list_pending(views or office.current_views(), office.log, policies, day_filter or DayFilter())


def look_next_day(office: Office) -> list[PendingRow]:
    return list_of(office.at("2026-11-20 10:00"))


def roster(office: Office) -> Office:
    """Ann is on the roster from 9 to 12."""
    office.at("2026-11-01 08:00").schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN)
    return office


# --- One of each, and what settles it ---


def forget_check_out(office: Office) -> None:
    office.tap(ANN, f"{DAY} 09:00")


def leave_without_arrival(office: Office) -> None:
    office.tap(ANN, f"{DAY} 12:00", direction="out")


def contradict_closing(office: Office) -> None:
    """The same arrival, read 20 seconds earlier at another door."""
    forget_check_out(office)
    office.at("2026-11-20 08:00").close_visit(ANN, f"{DAY} 09:00", "12:00")
    office.tap(ANN, f"{DAY} 08:59:40", recorded="2026-11-20 09:00")


def raise_case(office: Office) -> None:
    office.at("2026-11-10 09:00").assess(ANN, "2026-06-30", 55)
    office.at("2026-11-20 09:00").reconcile(DAY)


def doubt_clock(office: Office) -> tuple[Door, FakeMachine]:
    """The clock of the entrance is a day behind, and says that it follows nothing."""
    office.at(f"{DAY} 10:00")
    machine = FakeMachine(f"{DAY} 09:00", timedelta(days=1))
    door = Door(office.log, ENTRANCE, machine)
    door.record_tap(card_token_of(ANN), "front")
    return door, machine


def hide_event(office: Office) -> None:
    insert_undecodable(office.log, shift_stream("X"), UNKNOWN_TOPIC)


def miss_duty(office: Office) -> None:
    roster(office)


def ask_late_for_leave(office: Office) -> None:
    """It says that it was asked for before the start, and reached the log after it."""
    roster(office).at(f"{DAY} 08:00", f"{DAY} 09:00").request_leave("AM", ANN)


def come_without_duty(office: Office) -> None:
    office.tap(ANN, f"{DAY} 14:00")
    office.tap(ANN, f"{DAY} 16:00")


def tap_revoked_card(office: Office) -> None:
    office.at("2026-11-18 09:00").revoke(ANN)
    office.tap(ANN, f"{DAY} 09:00")


def tap_unknown_card(office: Office) -> None:
    for at in ("09:00", "09:05"):
        office.tap(FOUND_CARD, f"{DAY} {at}")
    office.tap("e" * 32, f"{DAY} 10:00")
    office.at(f"{DAY} 11:00").issue(BEN, "e" * 32)


def come_uninsured(office: Office) -> None:
    """On a roster, so that nothing else needs a person; Ben's insurance is the first that the unit has recorded."""
    roster(office).insure(BEN, since=DAY)
    office.tap(ANN, f"{DAY} 09:00")
    office.tap(ANN, f"{DAY} 12:00")


class Case(NamedTuple):
    """How something comes to need a person, and the ways in which it is settled."""

    happen: Step
    settle: tuple[Step, ...]


def decide_absence(office: Office) -> None:
    """A policy that raises a case at the first absence; a person decides it."""
    office.at("2026-11-20 10:00").adopt_policy("2026-11-01", absence_threshold=1)
    office.reconcile(DAY)
    office.decide(ANN, "R-050")


def decide_leave(office: Office) -> None:
    """The same of leave."""
    office.at("2026-11-20 10:00").adopt_policy("2026-11-01", leave_threshold=1)
    office.reconcile(DAY)
    office.decide(ANN, "R-051")


CASES: dict[PendingKind, Case] = {
    "no_check_out": Case(
        forget_check_out,
        (
            lambda office: office.close_visit(ANN, f"{DAY} 09:00", "12:00"),
            lambda office: office.void_visit(ANN, f"{DAY} 09:00"),
        ),
    ),
    "unmatched": Case(leave_without_arrival, (lambda office: office.add_visit(ANN, f"{DAY} 09:00", f"{DAY} 12:01"),)),
    "contradicted": Case(contradict_closing, (lambda office: office.void_visit(ANN, f"{DAY} 08:59:40"),)),
    "case": Case(raise_case, (lambda office: office.decide(ANN, "R-052"),)),
    "uninsured": Case(
        come_uninsured,
        (
            lambda office: office.insure(ANN, since=DAY),
            lambda office: office.void_visit(ANN, f"{DAY} 09:00"),
        ),
    ),
    "absent": Case(miss_duty, (lambda office: office.excuse_absence("AM", ANN), decide_absence)),
    "late_leave": Case(
        ask_late_for_leave,
        (
            lambda office: office.withdraw_leave("AM", ANN),
            decide_leave,
        ),
    ),
    "unscheduled": Case(
        come_without_duty,
        (
            lambda office: office.schedule_shift("PM", f"{DAY} 14:00", "16:00", ANN),
            lambda office: office.annotate_misuse(ANN, f"{DAY} 14:00"),
        ),
    ),
    "refused": Case(tap_revoked_card, (lambda office: office.add_visit(ANN, f"{DAY} 09:00", f"{DAY} 12:00"),)),
    "unknown_card": Case(tap_unknown_card, (lambda office: office.issue(CAT, FOUND_CARD),)),
}
WAYS = [
    pytest.param(kind, settle, id=f"{kind} {number}")
    for kind, case in CASES.items()
    for number, settle in enumerate(case.settle, 1)
]


@pytest.mark.parametrize(("kind", "settle"), WAYS)
def test_what_needs_a_person_is_listed_until_it_is_settled(office: Office, kind: PendingKind, settle: Step) -> None:
    CASES[kind].happen(office)
    assert kind in count_pending(look_next_day(office))
    settle(office)
    assert kind not in count_pending(list_of(office))


def test_a_clock_that_is_put_right_is_no_doubt_any_more(office: Office) -> None:
    door, machine = doubt_clock(office)
    (row,) = [one for one in list_of(office) if one.kind == "clock"]
    assert (row.kind, row.day, row.taps, row.since) == ("clock", None, 1, local_second("2026-11-18 09:00"))
    assert row.events == [office.log.head().position]
    machine.advance_to(f"{DAY} 09:30").synchronise_clock()
    door.clock_monitor.rate(machine.read())
    door.clock_monitor.record_changes()
    assert "clock" not in count_pending(list_of(office.at(f"{DAY} 10:30")))


def test_an_unreadable_event_stays_until_a_program_reads_it(office: Office) -> None:
    hide_event(office)
    (row,) = look_next_day(office)
    assert (row.kind, row.day, row.reason) == ("unreadable", None, "unknown name")
    assert (row.since, row.events) == (local_second(f"{DAY} 09:00"), [office.log.head().position])


# --- What is right as it is ---

LEFT_AS_IT_IS = [kind for kind in KINDS if kind in get_args(AcknowledgedKind)]


def happen(office: Office, kind: PendingKind) -> PendingRow:
    """Something of this kind needs a person, the next day."""
    (hide_event if kind == "unreadable" else CASES[kind].happen)(office)
    return next(row for row in look_next_day(office) if row.kind == kind)


def answer_everything(office: Office) -> list[object]:
    """Visits, duties, hours, absences."""
    return [office.list_visits(), office.list_duties(), office.list_hours(), office.list_absences()]


@pytest.mark.parametrize("kind", LEFT_AS_IT_IS)
def test_what_is_acknowledged_needs_no_person_and_is_as_it_was(office: Office, kind: PendingKind) -> None:
    """R-121; and once that is taken back, it is listed again."""
    row = happen(office, kind)
    before = answer_everything(office)
    office.acknowledge(row)
    assert (row in list_of(office), answer_everything(office)) == (False, before)
    assert replay(office.log, office.current_views()).differences == []
    office.retract(office.log.head().position)
    assert (row in list_of(office), answer_everything(office)) == (True, before)
    assert replay(office.log, office.current_views()).differences == []


def test_a_case_and_a_clock_need_a_command_of_their_own(office: Office) -> None:
    assert {*KINDS} - {*LEFT_AS_IT_IS} == {*SETTLED_BY}
    case = happen(office, "case")
    assert_refused(office, lambda office: office.acknowledge(case), NeedsOwnCommand("case", "decide_exit"))
    doubt_clock(office)
    (clock,) = [row for row in list_of(office) if row.kind == "clock"]
    assert_refused(office, lambda office: office.acknowledge(clock), NeedsOwnCommand("clock", "correct_clock"))


@pytest.mark.parametrize(("kind", "card"), [("refused", ANN), ("unknown_card", FOUND_CARD)])
def test_a_refused_tap_that_comes_later_is_listed_alone(office: Office, kind: PendingKind, card: UUID | str) -> None:
    office.acknowledge(happen(office, kind))
    office.tap(card, f"{DAY} 15:00", recorded="2026-11-20 10:00")
    (row,) = [row for row in list_of(office) if row.kind == kind]
    assert (row.taps, row.events) == (1, [office.log.head().position])


def test_a_visit_that_has_other_events_is_listed_again(office: Office) -> None:
    office.acknowledge(happen(office, "unscheduled"))
    office.tap(ANN, f"{DAY} 15:00", recorded="2026-11-20 10:00")  # which ends the visit an hour earlier
    assert count_pending(list_of(office)) == {"no_check_out": 1, "unscheduled": 1}


def test_what_has_become_something_else_is_listed_again(office: Office) -> None:
    """Acknowledged as presence outside the roster, the same tap is another matter without its check-out."""
    forget_check_out(office)
    office.at("2026-11-20 10:00").close_visit(ANN, f"{DAY} 09:00", "12:00")
    closed = office.log.head().position
    (unscheduled,) = list_of(office)
    office.acknowledge(unscheduled)
    office.retract(closed)
    assert count_pending(list_of(office)) == {"no_check_out": 1}


def test_what_was_not_seen_as_it_is_cannot_be_acknowledged(office: Office) -> None:
    """A tap came meanwhile, or it is of another volunteer, or of another kind."""
    seen = happen(office, "refused")
    office.tap(ANN, f"{DAY} 15:00", recorded="2026-11-20 10:00")
    (both,) = [row for row in list_of(office) if row.kind == "refused"]
    others = [both._replace(volunteer=who) for who in (BEN, CAT, None)]
    for row in [seen, *others, both._replace(kind="unscheduled"), both._replace(events=[*both.events, 1])]:
        assert_refused(office, lambda office, row=row: office.acknowledge(row), NotPending(row.kind))
    office.acknowledge(both)
    again = AlreadyAcknowledged("refused", office.log.head().position)
    assert_refused(office, lambda office: office.acknowledge(both), again)


def test_a_row_of_more_events_than_it_names_is_acknowledged_whole(office: Office) -> None:
    tap_revoked_card(office)
    for minute in range(1, MOST_EVENTS + 1):
        office.tap(ANN, f"{DAY} 09:{minute:02}")
    (row,) = look_next_day(office)
    assert (row.taps, len(row.events)) == (MOST_EVENTS + 1, MOST_EVENTS)
    office.acknowledge(row)
    assert list_of(office) == []


def test_one_absence_of_a_shift_is_not_the_other(office: Office) -> None:
    """A change of the shift is the last event behind both."""
    office.at("2026-11-01 08:00").schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN, BEN)
    office.change_shift("AM", f"{DAY} 09:30", f"{DAY} 12:00")
    ann, ben = look_next_day(office)
    assert ann.events == ben.events
    office.acknowledge(ann)
    assert list_of(office) == [ben]


def test_an_uninsured_volunteer_checks_in_all_the_same(office: Office) -> None:
    """R-071 Amb: the evidence is kept, and a person is told as soon as the volunteer is there."""
    office.at(f"{DAY} 08:00").insure(BEN, since=DAY)
    assert office.tap(ANN, f"{DAY} 09:00").outcome == "checked_in"
    assert office.tap(BEN, f"{DAY} 09:01").outcome == "checked_in"
    (row,) = [one for one in list_of(office) if one.kind == "uninsured"]
    assert (row.volunteer, row.events) == (ANN, [office.log.head().position - 1])


def test_a_unit_without_any_insurance_on_file_is_not_reminded_of_it(office: Office) -> None:
    """R-071; nor of the days before its first cover."""
    for day in ("2026-11-18", DAY):
        office.tap(ANN, f"{day} 09:00")
    assert "uninsured" not in count_pending(list_of(office))
    office.at(f"{DAY} 10:00").insure(BEN, since=DAY)
    assert [str(row.day) for row in list_of(office) if row.kind == "uninsured"] == [DAY]


def test_the_days_between_two_covers_are_not_insured(office: Office) -> None:
    """R-071: each boundary a pair."""
    office.at("2026-11-01 08:00").insure(ANN, since="2026-11-02", until="2026-11-04")
    office.insure(ANN, since="2026-11-07")
    for day in range(2, 9):
        office.tap(ANN, f"2026-11-0{day} 09:00")
    assert [row.day and row.day.day for row in list_of(office) if row.kind == "uninsured"] == [5, 6]
    only = DayFilter(date(2026, 11, 6), date(2026, 11, 30))
    assert [row.day and row.day.day for row in list_of(office, only) if row.kind == "uninsured"] == [6]


def test_a_departure_after_the_acknowledgement_makes_it_nothing_else(office: Office) -> None:
    roster(office).insure(BEN, since=DAY)
    office.tap(ANN, f"{DAY} 09:00")
    (row,) = [one for one in list_of(office) if one.kind == "uninsured"]
    office.acknowledge(row)
    office.tap(ANN, f"{DAY} 12:00")
    assert list_of(office) == []


# --- What a row says ---


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("no_check_out", {"check_in": f"{DAY} 09:00", "since": f"{DAY} 09:00", "kiosk": "entrance"}),
        ("unmatched", {"since": f"{DAY} 12:00", "kiosk": "entrance"}),
        ("contradicted", {"check_in": f"{DAY} 09:00", "since": f"{DAY} 09:00"}),
        ("case", {"since": "2026-11-20 09:00", "rule": "R-052"}),
        ("uninsured", {"check_in": f"{DAY} 09:00", "since": f"{DAY} 09:00"}),
        ("absent", {"shift": "AM", "since": f"{DAY} 12:00"}),
        ("late_leave", {"shift": "AM", "since": f"{DAY} 09:00"}),
        ("unscheduled", {"check_in": f"{DAY} 14:00", "since": f"{DAY} 14:00", "kiosk": "entrance"}),
        ("refused", {"since": f"{DAY} 09:00", "kiosk": "entrance", "taps": 1, "reason": "revoked_card"}),
        (
            "unknown_card",
            {"volunteer": None, "since": f"{DAY} 09:00", "kiosk": "entrance", "taps": 2, "reason": "unknown_card"},
        ),
    ],
)
def test_a_row_says_of_whom_of_what_and_since_when(office: Office, kind: PendingKind, row: dict[str, object]) -> None:
    CASES[kind].happen(office)
    (found,) = [one for one in look_next_day(office) if one.kind == kind]
    instants = {name: local_second(str(row[name])) for name in ("since", "check_in") if name in row}
    expected = {"kind": kind, "day": date(2026, 11, 19), "volunteer": ANN, **row, **instants}
    shown = {name: value for name, value in found._asdict().items() if value is not None and name != "events"}
    assert shown == {name: value for name, value in expected.items() if value is not None}


@pytest.mark.parametrize(
    ("kind", "events"),
    [
        ("no_check_out", ["attendance.checked-in"]),
        ("unmatched", ["attendance.tap-unmatched"]),
        ("contradicted", ["corrections.visit-closed"]),
        ("case", ["exit-case.raised"]),
        ("absent", ["shift.assigned"]),
        ("late_leave", ["shift.leave-requested"]),
        ("unscheduled", ["attendance.checked-in", "attendance.checked-out"]),
        ("refused", ["refused-taps.tap-refused"]),
        ("unknown_card", ["refused-taps.tap-refused"] * 2),
    ],
)
def test_a_row_names_the_events_behind_it(office: Office, kind: PendingKind, events: list[str]) -> None:
    CASES[kind].happen(office)
    (found,) = [one for one in look_next_day(office) if one.kind == kind]
    assert [office.log.read_rows(position - 1, 1)[0][3] for position in found.events] == events


# --- The edges ---


def test_every_kind_has_a_case_here() -> None:
    assert {*CASES, "clock", "unreadable"} == set(KINDS)


@pytest.mark.parametrize(("at", "listed"), [("2026-11-20 03:59:59", False), ("2026-11-20 04:00:00", True)])
def test_a_check_out_is_forgotten_when_the_service_day_is_over(office: Office, at: str, listed: bool) -> None:
    forget_check_out(office)
    assert ("no_check_out" in count_pending(list_of(office.at(at)))) == listed


@pytest.mark.parametrize(("recorded", "listed"), [("08:59:59", False), ("09:00:00", True)])
def test_leave_is_late_from_the_start_of_the_duty_on(office: Office, recorded: str, listed: bool) -> None:
    """R-044, by when it reached the log."""
    roster(office).at(f"{DAY} 08:00", f"{DAY} {recorded}").request_leave("AM", ANN)
    assert ("late_leave" in count_pending(look_next_day(office))) == listed


@pytest.mark.parametrize(("came", "listed"), [("09:10:00", False), ("09:10:01", True)])
def test_who_comes_in_with_another_card_was_not_refused_for_good(office: Office, came: str, listed: bool) -> None:
    tap_revoked_card(office)
    office.at(f"{DAY} 09:01").issue(ANN, FOUND_CARD)
    office.tap(FOUND_CARD, f"{DAY} {came}")
    assert ("refused" in count_pending(look_next_day(office))) == listed


def test_a_decided_case_settles_the_absences_that_it_counted_and_no_other_of_that_day(office: Office) -> None:
    roster(office)
    decide_absence(office)
    office.schedule_shift("PM", f"{DAY} 14:00", "16:00", ANN)
    assert [(row.kind, row.shift) for row in list_of(office)] == [("absent", "PM")]


@pytest.mark.parametrize(("evidence", "listed"), [(DAY, False), ("2026-11-18", True)])
def test_a_case_of_version_0_1_settles_the_absences_of_its_dates(office: Office, evidence: str, listed: bool) -> None:
    """It does not say of which duties they were."""
    miss_duty(office)
    decide_absence(office)
    views = office.current_views()
    list(views.rows("UPDATE cases SET shifts = NULL, evidence = json_array(?)", (evidence,)))
    assert ("absent" in count_pending(list_pending(views, office.log, Policies()))) == listed


def test_what_is_retracted_comes_back(office: Office) -> None:
    forget_check_out(office)
    office.at("2026-11-20 10:00").close_visit(ANN, f"{DAY} 09:00", "12:00")
    assert "no_check_out" not in count_pending(list_of(office))
    office.retract(office.log.head().position)
    assert "no_check_out" in count_pending(list_of(office))


@pytest.mark.parametrize(("first", "last", "found"), [(19, 19, 1), (20, 20, 0), (18, 18, 0), (1, 30, 1)])
def test_days_and_volunteers_narrow_it(office: Office, first: int, last: int, found: int) -> None:
    miss_duty(office)
    office.at("2026-11-20 10:00")
    key = {who: office.current_views().find_key(who) for who in (ANN, BEN)}
    for who, expected in ((None, found), (ANN, found), (BEN, 0)):
        day_filter = DayFilter(date(2026, 11, first), date(2026, 11, last), who and key[who])
        assert len(list_of(office, day_filter)) == expected


def test_it_is_read_as_of_a_recorded_instant(office: Office) -> None:
    forget_check_out(office)
    office.at("2026-11-20 10:00").close_visit(ANN, f"{DAY} 09:00", "12:00")
    for as_of, kinds in (("2026-11-20 09:59:59", {"no_check_out": 1}), ("2026-11-20 10:00:00", {"unscheduled": 1})):
        with views_as_of(office.log, local_second(as_of), local_second(as_of)) as past:
            assert count_pending(list_of(office, views=past)) == kinds


def test_no_query_reads_all_days(office: Office) -> None:
    """The few rows are found by an index of their own, and what belongs to each by its key."""
    steps: list[str] = []
    for query in [*_QUERIES.values(), _UNMATCHED, contradicted_closings._QUERY]:
        plan = office.current_views().rows(
            "EXPLAIN QUERY PLAN " + query.format(where=DayFilter().where), {**DayFilter().values, "desk": DESK}
        )
        steps += [row[3] for row in plan]
    scans = [step for step in steps if step.startswith("SCAN") and not step.split()[1].startswith(SMALL)]
    assert scans == [step for step in steps if "s_of_day (day>" in step] == []
    assert sum("duties_absent" in step or "visits_without_check_out" in step for step in steps) == 2


SMALL = ("l", "one", "corrections", "(subquery")
"""Leaves that came late, the evidence of a case, what the desk corrected, and what a subquery has already found."""
