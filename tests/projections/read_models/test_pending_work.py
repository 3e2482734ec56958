"""What needs a person: each kind is listed with what is behind it, until an event settles it."""

from datetime import date

import pytest

from projections.read_models.pending_work import (
    PendingKind,
    count_pending,
)
from tests.projections.read_models.pending_cases import (
    CASES,
    DAY,
    Step,
    doubt_clock,
    hide_event,
    list_of,
    look_next_day,
)
from tests.support.office import Office
from tests.support.people import ANN, local_second

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


# --- What a row says ---


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("no_check_out", {"check_in": f"{DAY} 09:00", "since": f"{DAY} 09:00", "kiosk": "entrance"}),
        ("unmatched", {"since": f"{DAY} 12:00", "kiosk": "entrance"}),
        ("contradicted", {"check_in": f"{DAY} 09:00", "check_out": f"{DAY} 12:00", "since": f"{DAY} 09:00"}),
        ("case", {"since": "2026-11-20 09:00", "rule": "R-052"}),
        ("uninsured", {"check_in": f"{DAY} 09:00", "since": f"{DAY} 09:00"}),
        ("absent", {"shift": "AM", "since": f"{DAY} 12:00"}),
        ("late_leave", {"shift": "AM", "since": f"{DAY} 09:00"}),
        (
            "unscheduled",
            {"check_in": f"{DAY} 14:00", "check_out": f"{DAY} 16:00", "since": f"{DAY} 14:00", "kiosk": "entrance"},
        ),
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
    instants = {name: local_second(str(row[name])) for name in ("since", "check_in", "check_out") if name in row}
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
