"""At the instant of an arrival the entrance says what duties, live roster and playback say of it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from domain.spans import Second
from kiosk.entrance.service import TapResult
from kiosk.home import Home
from projections.playback.day_state import DayState
from projections.playback.initial_state import load_events, load_initial_state
from projections.playback.log_range import load_log_range
from projections.playback.seekable_views import seekable_views
from projections.projectors.unit_rules import read_unit
from projections.read_models.duties import list_duties
from projections.read_models.live_roster import ATTENDED_STATES, build_live_roster
from tests.kiosk.conftest import Apply
from tests.support.home_entrance import (
    ANNS_CARD_NUMBER,
    LANS_CARD_NUMBER,
    NAMELESS_CARD_NUMBER,
    OFFICE_LINES,
    HomeEntrance,
    onboarding_lines,
)
from tests.support.kiosk_program import line
from tests.support.people import local_second

EVES_CARD_NUMBER = "04000000000004"
TODAY = "2026-11-19"
Line = dict[str, Any]


def grace(minutes: int) -> Line:
    """The grace in force on the day."""
    return line("adopt_policy", "2026-11-01T08:00", effective_from="2026-11-02", grace_minutes_in=minutes)


def event(**fields: Any) -> Line:
    """An event on the day from 13 to 14."""
    span = {"start": f"{TODAY}T13:00", "end": f"{TODAY}T14:00"}
    return line("schedule_event", "2026-11-01T09:00", event="E1", **span, **fields)


@pytest.fixture
def after(simulation: Path, apply: Apply) -> Iterator[Callable[..., HomeEntrance]]:
    """The entrance after some lines were carried out."""
    homes: list[Home] = []

    def opened(*lines: Line) -> HomeEntrance:
        done = apply(simulation, *OFFICE_LINES, *onboarding_lines("V004", EVES_CARD_NUMBER, "event"), *lines)
        assert done.err == ""
        homes.append(Home.open(simulation))
        return HomeEntrance(homes[0])

    yield opened
    for home in homes:
        home.close()


class Answer(NamedTuple):
    """What the answers say of Ann's duty, and of the presence of the volunteer who tapped."""

    attended: bool
    late: int
    unplanned: bool


def _ask_entrance(result: TapResult) -> Answer:
    """Of an arrival."""
    attended = result.duty is not None and not {"early", "off_roster"} & set(result.remarks)
    return Answer(attended, result.minutes_off if "late" in result.remarks else 0, "off_roster" in result.remarks)


def _ask_roster(home: Home, now: Second, volunteer_id: UUID) -> Answer:
    unit = read_unit(home.log, None)
    roster = build_live_roster(home.views, home.log, unit.days, unit.policies, now)
    (duty,) = [entry for entry in roster.entries if entry.slot and entry.slot.shift == "S1"]
    attended = duty.state in ATTENDED_STATES
    unplanned = any(entry.volunteer == volunteer_id and entry.kind == "unplanned" for entry in roster.entries)
    assert {slot.shift for slot in roster.uncovered} == ({"S1"} if not attended and duty.state == "late" else set())
    return Answer(attended, duty.late_minutes if attended else 0, unplanned)


def _ask_duties(home: Home) -> tuple[bool, int]:
    (duty,) = [row for row in list_duties(home.views) if row.shift == "S1"]
    return duty.outcome in ("attended", "no_check_out"), duty.late_minutes


def _ask_playback(home: Home, now: Second, volunteer_id: UUID) -> tuple[set[str], bool]:
    """The kinds of alerts, and whether the duty is uncovered."""
    unit, day = read_unit(home.log, None), date.fromisoformat(TODAY).toordinal()
    log_range = load_log_range(home.log, unit.days.start(day) - 1, now)
    with seekable_views(home.log, log_range, range(day - 1, day + 2)) as views:
        views.seek(log_range.first)
        events = load_events(home.log, log_range)
        state = DayState(day, unit, load_initial_state(views, day, unit.days.start(day), events))
        for _, happened in events:
            state.apply(happened)
    return {kind for kind, _ in state.list_alerts(volunteer_id, now)}, state.is_uncovered("S1", now)


EARLY = Answer(attended=False, late=0, unplanned=False)
"""Before the early window; an open visit may yet count, once it is closed (decision 5)."""
IN_TIME = Answer(attended=True, late=0, unplanned=False)


def late(minutes: int) -> Answer:
    """The duty is attended, and its volunteer was late by so much."""
    return Answer(attended=True, late=minutes, unplanned=False)


@pytest.mark.parametrize(
    ("minutes", "taps", "answer"),
    [
        (0, ["09:00:00"], IN_TIME),
        (0, ["09:00:30"], IN_TIME),
        (0, ["09:00:59"], IN_TIME),
        (0, ["09:01:00"], late(1)),
        (10, ["09:10:00"], IN_TIME),
        (10, ["09:10:01"], late(10)),
        (10, ["11:59:59"], late(179)),
        (10, ["07:30:00"], EARLY),
        (10, ["08:29:59"], EARLY),
        (10, ["08:30:00"], IN_TIME),
        (10, ["07:30:00", "08:00:00", "09:20:00"], late(20)),
        (10, ["07:30:00", "09:05:00", "09:20:00"], IN_TIME),
        (10, ["08:55:00", "10:00:00", "10:30:00"], IN_TIME),
    ],
)
def test_all_four_say_the_same_of_an_arrival(
    after: Callable[..., HomeEntrance], minutes: int, taps: list[str], answer: Answer
) -> None:
    """R-020, decision 5: whole minutes once the grace is over; the visits that count for the duty, and no others.

    A volunteer who comes before the early window is in: the roster, which shows who is missing, has them as `here`.
    """
    entrance = after(grace(minutes))
    result = [entrance.tap(at) for at in taps][-1]
    home, now = entrance.home, local_second(f"{TODAY} {taps[-1]}")
    volunteer_id = _find_volunteer(home, "V001")
    assert _ask_entrance(result) == answer
    assert _ask_roster(home, now, volunteer_id) == (IN_TIME if answer == EARLY else answer)
    assert _ask_duties(home) == (answer.attended, answer.late)
    assert _ask_playback(home, now, volunteer_id) == ({"late"} if answer.late else set(), False)


def test_a_late_volunteer_is_told_at_the_first_arrival_only_and_stays_late(after: Callable[..., HomeEntrance]) -> None:
    """The entrance speaks of this arrival, the others of the duty."""
    entrance = after()
    results = [entrance.tap(at) for at in ("09:20", "10:00", "10:30")]
    now, volunteer_id = local_second(f"{TODAY} 10:30"), _find_volunteer(entrance.home, "V001")
    assert [_ask_entrance(results[at]).late for at in (0, 2)] == [20, 0]
    assert _ask_roster(entrance.home, now, volunteer_id) == late(20)
    assert _ask_duties(entrance.home) == (True, 20)
    assert _ask_playback(entrance.home, now, volunteer_id) == ({"late"}, False)


def test_an_excused_absence_may_still_be_served(after: Callable[..., HomeEntrance]) -> None:
    """R-045: excused at nine, there at half past, and the duty is hers at the door too when she comes too early."""
    excuse = line("excuse_absence", f"{TODAY}T07:00", shift="S1", volunteer="V001", reason="ill", by="C1")
    entrance = after(excuse)
    early = entrance.tap("07:30")
    assert (_ask_entrance(early), _ask_duties(entrance.home)) == (EARLY, (False, 0))
    entrance.tap("08:00")
    assert _ask_entrance(entrance.tap("08:50")) == IN_TIME
    assert _ask_duties(entrance.home) == (True, 0)


@pytest.mark.parametrize(
    ("card", "number", "events", "at", "unplanned"),
    [
        (NAMELESS_CARD_NUMBER, "V003", [], "10:00:00", True),
        (LANS_CARD_NUMBER, "V002", [], "10:00:00", False),
        (EVES_CARD_NUMBER, "V004", [], "10:00:00", True),
        (EVES_CARD_NUMBER, "V004", [event()], "12:30:00", False),
        (EVES_CARD_NUMBER, "V004", [event()], "13:00:00", False),
        (EVES_CARD_NUMBER, "V004", [event()], "13:59:59", False),
        (EVES_CARD_NUMBER, "V004", [event()], "14:00:00", True),
        (NAMELESS_CARD_NUMBER, "V003", [event(volunteers=["V003"])], "13:00:00", False),
        (NAMELESS_CARD_NUMBER, "V003", [event(volunteers=["V001"])], "13:00:00", True),
        (NAMELESS_CARD_NUMBER, "V003", [event(volunteers=[])], "13:00:00", True),
        (ANNS_CARD_NUMBER, "V001", [], "12:00:00", True),
        (ANNS_CARD_NUMBER, "V001", [], "11:59:59", False),
    ],
)
def test_all_say_the_same_of_who_needs_a_duty(
    after: Callable[..., HomeEntrance], card: str, number: str, events: list[Line], at: str, unplanned: bool
) -> None:
    """R-023, R-024, R-026: presence needs a duty, an event to which one is invited, or a flexible service."""
    entrance = after(*events)
    result = entrance.tap(at, card)
    now, volunteer_id = local_second(f"{TODAY} {at}"), _find_volunteer(entrance.home, number)
    assert _ask_entrance(result).unplanned == unplanned
    assert _ask_roster(entrance.home, now, volunteer_id).unplanned == unplanned
    assert ("without_duty" in _ask_playback(entrance.home, now, volunteer_id)[0]) == unplanned


def test_a_night_shift_is_a_duty_on_both_sides_of_the_days_end(after: Callable[..., HomeEntrance]) -> None:
    """Decision 8: the day ends at four, the duty at six; an arrival between them needs no other duty."""
    span = {"start": "2026-11-18T22:00", "end": f"{TODAY}T06:00"}
    shift = line("schedule_shift", "2026-11-01T08:00", shift="N", **span, volunteers=["V003"])
    entrance = after(shift)
    entrance.tap("2026-11-18 21:55", NAMELESS_CARD_NUMBER)
    entrance.tap("2026-11-19 03:00", NAMELESS_CARD_NUMBER)
    result = entrance.tap("2026-11-19 05:30", NAMELESS_CARD_NUMBER)
    now, volunteer_id = local_second("2026-11-19 05:30"), _find_volunteer(entrance.home, "V003")
    assert (result.duty, result.remarks) == ("22:00-06:00", ())
    assert not _ask_roster(entrance.home, now, volunteer_id).unplanned
    assert _ask_playback(entrance.home, now, volunteer_id)[0] == set()
    (duty,) = [row for row in list_duties(entrance.home.views) if row.shift == "N"]
    assert (duty.outcome, duty.late_minutes) == ("attended", 0)


def _find_volunteer(home: Home, number: str) -> UUID:
    found = home.people.find_id(number)
    assert found is not None
    return found
