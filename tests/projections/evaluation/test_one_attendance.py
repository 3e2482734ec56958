"""Whether a volunteer came, and how late, is one answer: duties, live roster, playback and presence give the same.

But for one rule: a volunteer who is in since before the early window of a duty is `here` in roster and playback, which
show who is missing now; duties and presence give the outcome, for which an open visit counts once it is closed
(decision 5).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.policy import Policy
from domain.spans import Second
from projections.engine.views import Views
from projections.evaluation.attendance_state import compute_late_minutes, find_current, is_attendance_of
from projections.evaluation.facts import UnitInForce
from projections.playback.day_state import DayState
from projections.playback.initial_state import load_events, load_initial_state
from projections.playback.log_range import load_log_range
from projections.playback.seekable_views import seekable_views
from projections.projectors.unit_rules import read_unit
from projections.read_models.duties import DutyRow, list_duties, list_uncovered_shifts
from projections.read_models.live_roster import ATTENDED_STATES, LiveRoster, build_live_roster
from projections.read_models.presence import list_present
from projections.read_models.visits import VisitRow, list_visits
from tests.faults.result_table import LONG
from tests.projections.playback.test_seekable_views import DAY, DAYS, FIRST, LAST
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, NOTE, local_second, local_time

TODAY, TOMORROW = "2026-11-19", "2026-11-20"
FLEX, EVE = UUID("60000000-0000-4000-8000-000000000007"), UUID("70000000-0000-4000-8000-000000000008")
DAN = UUID("80000000-0000-4000-8000-000000000009")
EVERYBODY = (ANN, BEN, CAT, DAN, FLEX, EVE)
GRACES = ({"grace_minutes_in": 0}, {"grace_minutes_in": 10}, {"grace_minutes_in": 10, "grace_minutes_out": 15})
MOMENTS = tuple(
    f"{TODAY} {at}"
    for at in (
        *(
            "03:55:00",
            "04:00:00",
            "04:15:00",
            "05:30:00",
            "06:00:00",
            "06:30:00",
            "07:30:00",
            "08:29:59",
            "08:30:00",
            "08:58:00",
            "09:00:00",
            "09:00:30",
        ),
        *("09:00:59", "09:01:00", "09:10:00", "09:10:01", "10:00:00", "10:30:00", "11:45:00", "11:59:59", "12:00:00"),
        *("12:30:00", "13:30:00", "14:00:00", "16:59:59", "17:00:00", "17:29:59", "17:30:00", "18:00:00", "19:59:59"),
        *("20:00:00", "21:30:00", "22:00:00", "23:59:59"),
    )
)
"""Every boundary of a duty and the second beside it, and times between."""

Happening = Callable[[Office], object]
HAPPENINGS: tuple[Happening, ...] = (
    *(lambda office, who=who: office.tap(who) for who in (*EVERYBODY, ANN, ANN, BEN)),
    *(lambda office, who=who: office.tap(who, direction="in") for who in (ANN, BEN)),
    lambda office: office.request_leave("PM", ANN),
    lambda office: office.swap("PM", ANN, CAT),
    lambda office: office.excuse_absence("AM", ANN),
    lambda office: office.assign("AM", BEN),
    lambda office: office.change_shift("PM", f"{TODAY} 15:00", "17:30"),
    lambda office: office.schedule_event("All", f"{TODAY} 08:00", "10:00"),
    lambda office: office.void_visit(ANN, f"{TODAY} 09:00"),
    lambda office: office.add_visit(ANN, f"{TODAY} 08:00", "09:00:01"),
    *(
        lambda office, who=who: office.desk.add_arrival(who, office.act.at, NOTE, office.act)
        for who in (ANN, CAT, FLEX)
    ),
    lambda office: office.close_visit(BEN, "2026-11-18 22:30", f"{TODAY} 09:00:30"),
    lambda office: office.close_visit(ANN, f"{TODAY} 07:30", "09:30"),
)


def _open_office(folder: Path, grace: dict[str, int]) -> Office:
    """Ann by day, Ben at night and by day, Dan at night only, Cat at dawn and at night, two who need no shift."""
    office = Office(folder, ANN, BEN, CAT, DAN)
    office.onboard(FLEX, "flexible")
    office.onboard(EVE, "event")
    office.at("2026-11-01 08:00").adopt_policy("2026-11-02", **grace)
    office.schedule_shift("AM", f"{TODAY} 09:00", "12:00", ANN)
    office.schedule_shift("PM", f"{TODAY} 14:00", "17:00", ANN)
    office.schedule_shift("BENS", f"{TODAY} 09:00", "12:00", BEN)
    office.schedule_shift("DAWN", f"{TODAY} 04:15", "06:00", CAT)
    office.schedule_shift("LAST", "2026-11-18 22:00", f"{TODAY} 06:00", BEN, DAN)
    office.schedule_shift("NIGHT", f"{TODAY} 22:00", f"{TOMORROW} 06:00", CAT)
    office.schedule_event("Fair", f"{TODAY} 18:00", "20:00", EVE)
    return office


@settings(max_examples=140 if LONG else 15, deadline=None)
@given(
    st.sampled_from(GRACES),
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(MOMENTS), st.sampled_from(HAPPENINGS)), max_size=10),
)
def test_every_read_model_gives_the_same_answer_at_every_boundary(
    grace: dict[str, int], in_overnight: bool, happenings: list[tuple[str, Happening]]
) -> None:
    with TemporaryDirectory() as folder:
        office = _open_office(Path(folder), grace)
        if in_overnight:
            office.tap(BEN, "2026-11-18 22:30")
        for at, happens in sorted(happenings, key=lambda happening: happening[0]):
            with suppress(DomainError):
                happens(office.at(at))
        for views, unit, day, now in _walk(office):
            roster = build_live_roster(views, office.log, unit.days, unit.policies, now)
            policy = unit.policies.on(DAY)
            present = {row.volunteer: row.since for row in list_present(views, unit.days, unit.policies, now)}
            _assert_roster_and_duties_agree(roster, list(list_duties(views)), present, policy, now)
            assert _list_alerts_of_playback(day, now) == _list_alerts_of_roster(roster, now)
            _assert_queries_agree(views, unit, policy, now)
        office.close_down()


def test_of_one_visit_over_two_duties_the_roster_shows_who_is_in_and_the_duties_what_counts(tmp_path: Path) -> None:
    """Decision 5: the visit began before the window of the afternoon, so its outcome waits for the departure."""
    office = _open_office(tmp_path, {})
    office.tap(ANN, f"{TODAY} 08:58")
    answers: dict[Second, tuple[object, ...]] = {}
    for views, unit, day, now in _walk(office):
        roster = build_live_roster(views, office.log, unit.days, unit.policies, now)
        live = [(e.state, e.slot in roster.uncovered) for e in roster.entries if e.slot and e.slot.shift == "PM"]
        outcomes = [row.outcome for row in list_duties(views) if row.shift == "PM"]
        duty_now = [row.duty for row in list_present(views, unit.days, unit.policies, now) if row.volunteer == ANN]
        answers[now] = (live, set(day.list_alerts(ANN, now)), day.is_uncovered("PM", now), outcomes, duty_now)
    at = {
        moment: answers[local_second(f"{TODAY} {moment}")]
        for moment in ("12:30:00", "14:00:00", "17:00:00", "17:30:00")
    }
    assert at == {
        "12:30:00": ([("expected", False)], set(), False, ["upcoming"], [None]),
        "14:00:00": ([("here", False)], set(), False, ["upcoming"], [None]),
        "17:00:00": ([("here", False)], set(), False, ["absent"], [None]),
        "17:30:00": ([("no_check_out", False)], {("forgotten", "")}, False, ["absent"], [None]),
    }
    office.close_down()


def _walk(office: Office) -> Iterator[tuple[Views, UnitInForce, DayState, Second]]:
    """The read models and the playback of the day at every moment of it."""
    log_range = load_log_range(office.log, FIRST, LAST)
    with seekable_views(office.log, log_range, DAYS) as views:
        views.seek(log_range.first)
        events, unit = load_events(office.log, log_range), read_unit(office.log, log_range.first)
        day = DayState(DAY, unit, load_initial_state(views, DAY, unit.days.start(DAY), events))
        for now in sorted({*map(local_second, MOMENTS[1:]), *(at for at, _ in events)}):
            while events and events[0][0] <= now:
                day.apply(events.pop(0)[1])
            views.seek(now)
            yield views, unit, day, now


STATES = {
    "upcoming": {"expected", "late"},
    "attended": {"here", "left", "no_check_out"},
    "no_check_out": {"no_check_out"},
    "leave": {"on_leave"},
    "swapped_away": {"handed_over"},
    "cancelled": {"cancelled"},
    "absent": {"absent"},
}
"""What the roster may call an outcome."""
ATTENDED = ("attended", "no_check_out")


def _assert_roster_and_duties_agree(
    roster: LiveRoster, duties: list[DutyRow], present: Mapping[UUID, Second], policy: Policy, now: Second
) -> None:
    early = policy.checkin_window_before_start_min * 60
    rows = {(row.shift, row.volunteer): row for row in duties if row.date.toordinal() == DAY}
    entries = {(e.slot.shift, e.volunteer): e for e in roster.entries if e.slot and e.volunteer}
    assert rows.keys() == entries.keys()
    for key, row in rows.items():
        entry = entries[key]
        if row.outcome not in ATTENDED and entry.state in ATTENDED_STATES:
            assert entry.at == present[row.volunteer] < row.start - early, (key, entry, row)
        else:
            assert entry.state in STATES[row.outcome], (key, entry, row)
        by_now = compute_late_minutes(now, row.start, policy) if entry.state == "late" else 0
        assert entry.late_minutes == row.late_minutes + by_now
        assert (entry.state == "late") <= (by_now > 0)


def _list_alerts_of_roster(roster: LiveRoster, now: Second) -> set[tuple[str, str, UUID | None]]:
    alerts: set[tuple[str, str, UUID | None]] = {
        ("uncovered", slot.shift, None) for slot in roster.uncovered if slot.start <= now
    }
    for entry in roster.entries:
        shift = entry.slot.shift if entry.slot else ""
        if entry.late_minutes and entry.state != "late":
            alerts.add(("late", shift, entry.volunteer))
        if entry.state == "absent":
            alerts.add(("absent", shift, entry.volunteer))
        if entry.state == "no_check_out":
            alerts.add(("forgotten", "", entry.volunteer))
        if (entry.state, entry.kind) == ("here", "unplanned"):
            alerts.add(("without_duty", "", entry.volunteer))
    return alerts


def _list_alerts_of_playback(day: DayState, now: Second) -> set[tuple[str, str, UUID | None]]:
    alerts: set[tuple[str, str, UUID | None]] = {
        ("uncovered", shift, None) for shift in day.slots if day.is_uncovered(shift, now)
    }
    return alerts | {(kind, shift, who) for who in EVERYBODY for kind, shift in day.list_alerts(who, now)}


def _assert_queries_agree(views: Views, unit: UnitInForce, policy: Policy, now: Second) -> None:
    """The queries give what the pure functions give for the same visits."""
    visits = [visit for visit in list_visits(views) if visit.status != "void" and visit.check_in <= now]
    duties = [row for row in list_duties(views) if row.outcome not in ("swapped_away", "cancelled", "leave")]
    start = unit.days.start(DAY)
    current = {who: find_current([v for v in visits if v.volunteer == who], now, start) for who in EVERYBODY}
    present = {row.volunteer: (row.since, row.duty) for row in list_present(views, unit.days, unit.policies, now)}
    assert present == {
        who: (visit.check_in, _find_duty(visit, duties, policy, now)) for who, visit in current.items() if visit
    }
    uncovered = {slot.shift for slot in list_uncovered_shifts(views, local_time(f"{TODAY} 12:00").date())}
    of_today = [row for row in duties if row.date.toordinal() == DAY]
    covered = {row.shift for row in of_today for visit in visits if _attends(visit, row, policy)}
    assert not covered & uncovered
    assert {row.shift for row in of_today} - covered <= uncovered


def _attends(visit: VisitRow, row: DutyRow, policy: Policy) -> bool:
    """Also a visit that began the day before, in the early window of a duty just after the turn of the day."""
    return visit.volunteer == row.volunteer and is_attendance_of(visit, row, policy)


def _find_duty(visit: VisitRow, duties: list[DutyRow], policy: Policy, now: Second) -> str | None:
    early = policy.checkin_window_before_start_min * 60
    of_visit = (row for row in duties if row.volunteer == visit.volunteer and is_attendance_of(visit, row, policy))
    return next((row.shift for row in of_visit if row.start - early <= now < row.end), None)
