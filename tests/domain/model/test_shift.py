"""A shift on the roster, and what is refused once it has started or was called off; each boundary as a pair."""

from collections.abc import Callable

import pytest

from domain.errors import (
    AlreadyResponsible,
    EndsBeforeStart,
    ShiftCancelled,
    ShiftStarted,
)
from domain.model.planned_period import Plan, ShiftTooLong
from domain.model.shift import Shift
from tests.support.given_when_then import given
from tests.support.people import ANN, BEN, CATEGORY, NOTE, act, local_time
from tests.support.shifts import (
    AFTER,
    AT_START,
    BEFORE,
    LAST_SECOND,
    NINE,
    NOON,
    Step,
    anns_shift,
    cancel_shift,
    excuse_ann,
    hand_over_to_ben,
    request_anns_leave,
    shift,
)

# --- On the roster ---


def test_a_shift_says_when_and_for_what() -> None:
    (scheduled,) = shift().collect_events()
    assert isinstance(scheduled, Shift.Created)
    assert (scheduled.shift, scheduled.start, scheduled.end) == ("S1", NINE, NOON)
    assert (scheduled.category, scheduled.post, scheduled.item) == (CATEGORY, "front", "引導")


@pytest.mark.parametrize("end", ["2026-11-19 09:00:00", "2026-11-19 08:59:59"])
def test_a_shift_ends_after_it_begins(end: str) -> None:
    with pytest.raises(EndsBeforeStart) as refused:
        Shift.schedule("S1", Plan(NINE, local_time(end)), BEFORE)
    assert vars(refused.value) == {"start": NINE, "end": local_time(end)}
    assert Shift.schedule("S1", Plan(NINE, local_time("2026-11-19 09:00:01")), BEFORE).people == {}


def test_a_shift_lasts_a_day_at_most_unless_its_length_is_confirmed() -> None:
    """A mistyped year."""
    longest, longer = local_time("2026-11-20 09:00:00"), local_time("2026-11-20 09:00:01")
    assert Shift.schedule("S1", Plan(NINE, longest), BEFORE).end == longest
    with pytest.raises(ShiftTooLong) as refused:
        Shift.schedule("S1", Plan(NINE, longer), BEFORE)
    assert vars(refused.value) == {"name": "S1", "start": NINE, "end": longer}
    assert Shift.schedule("S1", Plan(NINE, longer, long=True), BEFORE).end == longer


def test_a_shift_is_not_extended_beyond_a_day_unless_that_is_confirmed() -> None:
    longest, longer = local_time("2026-11-20 09:00:00"), local_time("2026-11-20 09:00:01")
    extended = anns_shift().when
    extended(lambda shift: shift.change(NINE, longest, BEFORE)).then(Shift.Changed, start=NINE, end=longest)
    extended(lambda shift: shift.change(NINE, longer, BEFORE)).then_refused(ShiftTooLong("S1", NINE, longer))
    extended(lambda shift: shift.change(NINE, longer, BEFORE, long=True)).then(Shift.Changed, start=NINE, end=longer)


def test_somebody_is_made_responsible() -> None:
    given(shift()).when(lambda shift: shift.assign(ANN, BEFORE)).then(Shift.Assigned, shift="S1", volunteer_id=ANN)


@pytest.mark.parametrize("since", [[], [request_anns_leave], [excuse_ann]])
def test_nobody_is_assigned_twice(since: list[Step]) -> None:
    """Not on leave and not excused either: the duty is theirs."""
    anns_shift(*since).when(lambda shift: shift.assign(ANN, BEFORE)).then_refused(AlreadyResponsible(ANN, "S1"))


def test_somebody_who_gave_the_shift_away_can_be_assigned_again() -> None:
    anns_shift(hand_over_to_ben).when(lambda shift: shift.assign(ANN, BEFORE)).then(Shift.Assigned, volunteer_id=ANN)


def test_a_shift_is_moved_even_after_it_began() -> None:
    """R-020: a coordinator extends a shift whose work ran late."""
    anns_shift().when(lambda shift: shift.change(NINE, local_time("2026-11-19 13:00"), AFTER)).then(
        Shift.Changed, start=NINE, end=local_time("2026-11-19 13:00")
    )


def test_a_shift_is_not_moved_to_end_before_it_begins() -> None:
    anns_shift().when(lambda shift: shift.change(NOON, NINE, BEFORE)).then_refused(EndsBeforeStart(NOON, NINE))


def test_the_start_that_refuses_is_the_one_in_force() -> None:
    """R-044: a shift that was moved to ten starts at ten."""
    moved = anns_shift(lambda shift: shift.change(local_time("2026-11-19 10:00"), NOON, BEFORE))
    moved.when(lambda shift: shift.request_leave(ANN, None, AT_START)).then(Shift.LeaveRequested)
    moved.when(lambda shift: shift.request_leave(ANN, None, act("2026-11-19 10:00"))).then_refused(
        ShiftStarted("S1", local_time("2026-11-19 10:00"))
    )


# --- What is refused once the shift has started ---

ASKED_BEFORE_THE_START: dict[str, tuple[Callable[..., None], type]] = {
    "unassign": (lambda shift, at: shift.unassign(ANN, at), Shift.Unassigned),
    "leave": (lambda shift, at: shift.request_leave(ANN, NOTE, at), Shift.LeaveRequested),
    "hand over": (lambda shift, at: shift.hand_over(ANN, BEN, at, None, retroactive=False), Shift.HandedOver),
}


@pytest.mark.parametrize(("ask", "happens"), ASKED_BEFORE_THE_START.values(), ids=ASKED_BEFORE_THE_START.keys())
def test_until_the_last_second_the_roster_can_change(ask: Callable[..., None], happens: type) -> None:
    """R-025, R-044, decision 7."""
    anns_shift().when(lambda shift: ask(shift, LAST_SECOND)).then(happens)


@pytest.mark.parametrize("ask", [ask for ask, _ in ASKED_BEFORE_THE_START.values()], ids=ASKED_BEFORE_THE_START.keys())
def test_from_the_start_on_the_roster_is_a_fact(ask: Callable[..., None]) -> None:
    """R-025, R-044, decision 7."""
    anns_shift().when(lambda shift: ask(shift, AT_START)).then_refused(ShiftStarted("S1", NINE))


def test_what_was_asked_in_time_may_be_written_down_later() -> None:
    """R-044: rules read when it happened."""
    told_late = act("2026-11-19 08:59:59", recorded="2026-11-20 10:00")
    anns_shift().when(lambda shift: shift.request_leave(ANN, None, told_late)).then(
        Shift.LeaveRequested, at=told_late.at, timestamp=told_late.recorded
    )


def test_a_swap_can_be_recorded_backwards_when_it_says_so() -> None:
    """R-025: marked retroactive."""
    anns_shift().when(lambda shift: shift.hand_over(ANN, BEN, AFTER, NOTE, retroactive=True)).then(
        Shift.HandedOver, giver=ANN, taker=BEN, retroactive=True, note=NOTE.id
    )


# --- Called off ---


def test_a_shift_is_called_off_for_a_reason() -> None:
    anns_shift().when(cancel_shift).then(Shift.Cancelled, note=NOTE.id)


@pytest.mark.parametrize(
    "ask",
    [
        cancel_shift,
        lambda shift: shift.assign(BEN, BEFORE),
        lambda shift: shift.change(NINE, NOON, BEFORE),
        hand_over_to_ben,
    ],
    ids=["cancel", "assign", "change", "hand over"],
)
def test_nobody_can_be_made_responsible_for_a_shift_that_was_called_off(ask: Step) -> None:
    anns_shift(cancel_shift).when(ask).then_refused(ShiftCancelled("S1"))
