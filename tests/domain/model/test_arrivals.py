"""R-036: a volunteer came without the card, and the desk recorded the arrival; what the taps around it mean."""

from collections.abc import Callable
from datetime import date, time

import pytest

from domain.calendar import TAIPEI, ServiceDays
from domain.errors import InTheFuture, VisitClosedAlready, VisitsOverlap
from domain.model.corrections import Corrections
from domain.model.visit_building import build_visits
from domain.model.visits import (
    Annulment,
    AssertedArrival,
    AssertedVisit,
    DayCorrections,
    Direction,
    Meaning,
    Tap,
    TapInterpreter,
    Visit,
)
from domain.policy import Policies
from domain.spans import Second, instant
from tests.support.given_when_then import Given, given
from tests.support.people import ANN, NOTE, act, local_second, local_time

DAYS = ServiceDays(TAIPEI, [(date.min, time(4))])
POSITION = 90
NOVEMBER_19 = date(2026, 11, 19)
NINE, NOON = local_time("2026-11-19 09:00"), local_time("2026-11-19 12:00")


def at(text: str) -> Second:
    """`09:00` on 19 November 2026; `+03:59` on the date after it."""
    return local_second(f"2026-11-20 {text[1:]}" if text.startswith("+") else f"2026-11-19 {text}")


def tap(text: str, direction: Direction | None = None) -> Tap:
    return Tap(at(text), 0, "entrance", 0, 1, 1, direction)


def arriving(text: str, **more: object) -> DayCorrections:
    return DayCorrections(arrivals=[AssertedArrival(at(text), 1, POSITION)], **more)


def clock(second: Second) -> str:
    local = instant(second).astimezone(TAIPEI)
    return local.strftime("+%H:%M" if local.day == 20 else "%H:%M")


def stays(corrections: DayCorrections, *taps: Tap) -> list[tuple[str, str | None]]:
    """The visits that are not void, as local times."""
    visits = build_visits(sorted(taps), corrections, DAYS, Policies())
    return [(clock(v.check_in), v.check_out and clock(v.check_out)) for v in visits if not v.void]


def meanings(corrections: DayCorrections, *taps: Tap) -> list[Meaning]:
    interpreter = TapInterpreter(DAYS, Policies(), corrections)
    return [interpreter.interpret(one) for one in taps]


# --- With the taps around it ---


def test_an_arrival_begins_a_visit_of_the_desk_that_has_no_end() -> None:
    (visit,) = build_visits([], arriving("09:00"), DAYS, Policies())
    assert (visit.check_in, visit.check_out, visit.kiosk) == (at("09:00"), None, "desk")
    assert (visit.corrected, visit.positions) == (True, [POSITION])


@pytest.mark.parametrize(("arrival", "begins"), [("11:00", True), ("10:59:59", False)])
def test_an_arrival_at_the_end_of_a_visit_that_was_closed_begins_another(arrival: str, *, begins: bool) -> None:
    """A second before it, that visit covers it."""
    corrections = arriving(arrival, closings={at("09:00"): AssertedVisit(at("09:00"), at("11:00"))})
    next_visit = ("11:00", "12:00") if begins else ("12:00", None)
    assert stays(corrections, tap("09:00"), tap("12:00")) == [("09:00", "11:00"), next_visit]


def test_the_next_tap_ends_the_visit_and_the_one_after_it_begins_another() -> None:
    """The card was found."""
    assert meanings(arriving("09:00"), tap("12:00"), tap("13:00")) == ["checked_out", "checked_in"]
    assert stays(arriving("09:00"), tap("12:00"), tap("13:00")) == [("09:00", "12:00"), ("13:00", None)]


@pytest.mark.parametrize(("tapped", "meaning"), [("09:00:59", "repeated"), ("09:01:00", "checked_out")])
def test_a_tap_within_a_minute_of_the_arrival_changes_nothing(tapped: str, meaning: Meaning) -> None:
    """Decision 9."""
    assert meanings(arriving("09:00"), tap(tapped)) == [meaning]


def test_an_arrival_lies_between_the_taps_before_and_after_it() -> None:
    corrected = arriving("13:00")
    assert meanings(corrected, tap("09:00"), tap("12:00"), tap("17:00")) == ["checked_in", "checked_out", "checked_out"]


def test_an_arrival_of_a_volunteer_who_was_in_changes_nothing() -> None:
    """A tap from another kiosk comes late: they had tapped at 08:58 after all."""
    assert stays(arriving("09:00"), tap("08:58"), tap("12:00")) == [("08:58", "12:00")]


def test_the_turn_of_the_service_day_leaves_the_visit_open() -> None:
    """Decision 8: the tap after it is of another day; the day before is closed at the desk."""
    assert stays(arriving("09:00"), tap("+03:59")) == [("09:00", "+03:59")]
    assert stays(arriving("09:00"), tap("+04:00")) == [("09:00", None), ("+04:00", None)]
    assert stays(arriving("+04:00"), tap("09:00"), tap("+05:00")) == [("09:00", None), ("+04:00", "+05:00")]


def test_a_reader_that_is_fixed_to_departures_ends_the_visit() -> None:
    assert meanings(arriving("09:00"), tap("12:00", "out")) == ["checked_out"]


def test_the_desk_closes_the_visit_and_taps_within_it_are_absorbed() -> None:
    closing = {at("09:00"): AssertedVisit(at("09:00"), at("12:00"), 2)}
    corrected = arriving("09:00", closings=closing)
    assert meanings(corrected, tap("11:00"), tap("12:00:01")) == ["repeated", "checked_in"]
    assert stays(corrected) == [("09:00", "12:00")]


def test_a_visit_that_was_voided_ends_with_it_and_an_arrival_after_it_stands() -> None:
    """R-007: the wrong volunteer was entered, then the right time."""
    void = Annulment(at("09:00"), "voided", 2, at=at("09:05"))
    assert stays(arriving("09:00", annulments=[void]), tap("12:00")) == [("12:00", None)]
    again = DayCorrections(
        arrivals=[AssertedArrival(at("09:00"), 1), AssertedArrival(at("09:10"), 3)], annulments=[void]
    )
    assert stays(again, tap("12:00")) == [("09:10", "12:00")]


def test_an_arrival_after_a_void_visit_that_began_in_the_same_second_stands() -> None:
    void = Annulment(at("09:00"), "voided", 0, at=at("08:59"))
    assert stays(arriving("09:00", annulments=[void]), tap("12:00")) == [("09:00", "12:00")]


# --- What the desk may record ---


def visit(check_in: str, check_out: str | None, **more: object) -> Visit:
    day = DAYS.ordinal(at(check_in))
    return Visit(day, at(check_in), None if check_out is None else at(check_out), "entrance", [1], **more)


def recording(*visits: Visit, recorded: str = "2026-11-19 09:00") -> Callable[[Corrections], None]:
    arrival = NINE, NOVEMBER_19.toordinal()
    return lambda day: day.add_arrival(ANN, arrival, iter(visits), NOTE, act(recorded))


def anns_day(*steps: Callable[[Corrections], None]) -> Given[Corrections]:
    return given(Corrections.of(ANN, NOVEMBER_19), *steps)


def test_an_arrival_is_recorded_with_author_and_reason() -> None:
    anns_day().when(recording()).then(
        Corrections.ArrivalAdded, volunteer_id=ANN, check_in=NINE, note=NOTE.id, note_digest=NOTE.digest
    )


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        pytest.param(visit("08:00", None), True, id="they are in"),
        pytest.param(visit("08:00", None, void="voided"), False, id="that visit is void"),
        pytest.param(visit("08:00", "08:59:59"), False, id="they left a second before"),
        pytest.param(visit("08:00", "09:00"), True, id="they left in that second"),
        pytest.param(visit("10:00", "11:00"), True, id="they come again later on that day"),
        pytest.param(visit("10:00", None), True, id="they are in since later"),
        pytest.param(visit("+04:00", "+05:00"), False, id="they come on the next service day"),
    ],
)
def test_an_arrival_is_the_last_visit_of_its_day(other: Visit, refused: bool) -> None:
    made = anns_day().when(recording(other))
    if refused:
        made.then_refused(VisitsOverlap(ANN, NINE, instant(other.check_in)))
    else:
        made.then(Corrections.ArrivalAdded)


def test_nobody_arrives_in_the_future() -> None:
    """Up to the second in which it is written down."""
    early = local_time("2026-11-19 08:59:59")
    anns_day().when(recording(recorded="2026-11-19 08:59:59")).then_refused(InTheFuture(NINE, early))


def test_an_arrival_that_the_desk_closed_is_voided_and_not_taken_back() -> None:
    """What was closed asserts both ends: without its beginning it would stand alone."""

    def close(day: Corrections) -> None:
        day.close(ANN, (NINE, NOON), [visit("09:00", None)], NOTE, act("2026-11-19 12:00"))

    def take_back(day: Corrections) -> None:
        day.retract(7, day.made[0], [], NOTE, act("2026-11-19 13:00"))

    anns_day(recording()).when(take_back).then(Corrections.Retracted, retracted=7)
    anns_day(recording(), close).when(take_back).then_refused(VisitClosedAlready(ANN, NINE, NOON))
