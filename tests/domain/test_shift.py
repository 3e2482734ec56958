"""A shift and who is responsible for it: every refusal at the boundary and on its other side."""

from collections.abc import Callable

import pytest

from domain.errors import (
    AlreadyOnLeave,
    AlreadyResponsible,
    DomainError,
    EndsBeforeStart,
    NotOnLeave,
    NotResponsible,
    ShiftCancelled,
    ShiftStarted,
)
from domain.shift import Plan, Shift
from tests.support.cast import ANN, BEN, CAT, CATEGORY, NOTE, act, local
from tests.support.given import Given, given

NINE, NOON = local("2026-11-19 09:00"), local("2026-11-19 12:00")
BEFORE = act("2026-11-18 20:00")
LAST_SECOND = act("2026-11-19 08:59:59")
AT_START = act("2026-11-19 09:00:00")
AFTER = act("2026-11-19 12:00:01")

Step = Callable[[Shift], None]


def shift() -> Shift:
    return Shift.schedule("S1", Plan(NINE, NOON, CATEGORY, "front", "引導"), BEFORE)


def anns_shift(*steps: Step) -> Given[Shift]:
    return given(shift(), lambda shift: shift.assign(ANN, BEFORE), *steps)


def on_leave(shift: Shift) -> None:
    shift.request_leave(ANN, None, BEFORE)


def excused(shift: Shift) -> None:
    shift.excuse_absence(ANN, NOTE, AFTER)


def cancelled(shift: Shift) -> None:
    shift.cancel(NOTE, BEFORE)


def handed_to_ben(shift: Shift) -> None:
    shift.hand_over(ANN, BEN, BEFORE, None, retroactive=False)


# --- On the roster ---


def test_a_shift_says_when_and_for_what() -> None:
    (scheduled,) = shift().collect_events()
    assert isinstance(scheduled, Shift.Created)
    assert (scheduled.shift, scheduled.start, scheduled.end) == ("S1", NINE, NOON)
    assert (scheduled.category, scheduled.post, scheduled.item) == (CATEGORY, "front", "引導")


@pytest.mark.parametrize("end", ["2026-11-19 09:00:00", "2026-11-19 08:59:59"])
def test_a_shift_ends_after_it_begins(end: str) -> None:
    with pytest.raises(EndsBeforeStart) as refused:
        Shift.schedule("S1", Plan(NINE, local(end)), BEFORE)
    assert vars(refused.value) == {"start": NINE, "end": local(end)}
    assert Shift.schedule("S1", Plan(NINE, local("2026-11-19 09:00:01")), BEFORE).people == {}


def test_somebody_is_made_responsible() -> None:
    given(shift()).when(lambda shift: shift.assign(ANN, BEFORE)).then(Shift.Assigned, shift="S1", volunteer_id=ANN)


@pytest.mark.parametrize("since", [[], [on_leave], [excused]])
def test_nobody_is_assigned_twice(since: list[Step]) -> None:
    """Not on leave and not excused either: the duty is theirs."""
    anns_shift(*since).when(lambda shift: shift.assign(ANN, BEFORE)).then_refused(AlreadyResponsible(ANN, "S1"))


def test_somebody_who_gave_the_shift_away_can_be_assigned_again() -> None:
    anns_shift(handed_to_ben).when(lambda shift: shift.assign(ANN, BEFORE)).then(Shift.Assigned, volunteer_id=ANN)


def test_a_shift_is_moved_even_after_it_began() -> None:
    """R-020: a coordinator extends a shift whose work ran late."""
    anns_shift().when(lambda shift: shift.change(NINE, local("2026-11-19 13:00"), AFTER)).then(
        Shift.Changed, start=NINE, end=local("2026-11-19 13:00")
    )


def test_a_shift_is_not_moved_to_end_before_it_begins() -> None:
    anns_shift().when(lambda shift: shift.change(NOON, NINE, BEFORE)).then_refused(EndsBeforeStart(NOON, NINE))


def test_the_start_that_refuses_is_the_one_in_force() -> None:
    """R-044: a shift that was moved to ten starts at ten."""
    moved = anns_shift(lambda shift: shift.change(local("2026-11-19 10:00"), NOON, BEFORE))
    moved.when(lambda shift: shift.request_leave(ANN, None, AT_START)).then(Shift.LeaveRequested)
    moved.when(lambda shift: shift.request_leave(ANN, None, act("2026-11-19 10:00"))).then_refused(
        ShiftStarted("S1", local("2026-11-19 10:00"))
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


# --- Whose duty it is ---


@pytest.mark.parametrize(
    "ask",
    [
        lambda shift: shift.unassign(BEN, BEFORE),
        lambda shift: shift.request_leave(BEN, None, BEFORE),
        lambda shift: shift.excuse_absence(BEN, NOTE, AFTER),
        lambda shift: shift.hand_over(BEN, CAT, BEFORE, None, retroactive=False),
    ],
    ids=["unassign", "leave", "excuse", "hand over"],
)
def test_only_those_responsible_can_leave_a_duty(ask: Step) -> None:
    anns_shift().when(ask).then_refused(NotResponsible(BEN, "S1"))


@pytest.mark.parametrize(
    "ask",
    [
        lambda shift: shift.unassign(ANN, BEFORE),
        lambda shift: shift.request_leave(ANN, None, BEFORE),
        lambda shift: shift.excuse_absence(ANN, NOTE, AFTER),
        lambda shift: shift.hand_over(ANN, CAT, BEFORE, None, retroactive=False),
    ],
    ids=["unassign", "leave", "excuse", "hand over"],
)
def test_who_gave_a_duty_away_is_no_longer_responsible(ask: Step) -> None:
    """R-043: neither leave nor absence, and nothing to give away."""
    anns_shift(handed_to_ben).when(ask).then_refused(NotResponsible(ANN, "S1"))


def test_who_took_a_duty_over_can_take_leave_from_it() -> None:
    """R-043: it is Ben's leave, not Ann's."""
    anns_shift(handed_to_ben).when(lambda shift: shift.request_leave(BEN, None, BEFORE)).then(
        Shift.LeaveRequested, volunteer_id=BEN
    )


@pytest.mark.parametrize(
    "since", [[], [lambda shift: shift.request_leave(BEN, None, BEFORE)]], ids=["responsible", "on leave"]
)
def test_a_shift_is_not_handed_to_somebody_who_has_it(since: list[Step]) -> None:
    both = anns_shift(lambda shift: shift.assign(BEN, BEFORE), *since)
    both.when(lambda shift: shift.hand_over(ANN, BEN, BEFORE, None, retroactive=False)).then_refused(
        AlreadyResponsible(BEN, "S1")
    )


def test_a_shift_is_not_handed_to_oneself() -> None:
    anns_shift().when(lambda shift: shift.hand_over(ANN, ANN, BEFORE, None, retroactive=False)).then_refused(
        AlreadyResponsible(ANN, "S1")
    )


def test_a_shift_can_come_back_to_who_gave_it_away() -> None:
    anns_shift(handed_to_ben).when(lambda shift: shift.hand_over(BEN, ANN, BEFORE, None, retroactive=False)).then(
        Shift.HandedOver, giver=BEN, taker=ANN
    )


def test_somebody_on_leave_can_still_find_a_substitute() -> None:
    """R-043: then it is no leave."""
    anns_shift(on_leave).when(lambda shift: shift.hand_over(ANN, BEN, BEFORE, None, retroactive=False)).then(
        Shift.HandedOver, giver=ANN, taker=BEN, retroactive=False
    )


def test_somebody_taken_off_is_not_on_the_shift_at_all() -> None:
    taken_off = anns_shift(lambda shift: shift.unassign(ANN, BEFORE))
    taken_off.when(lambda shift: shift.unassign(ANN, BEFORE)).then_refused(NotResponsible(ANN, "S1"))
    taken_off.when(lambda shift: shift.assign(ANN, BEFORE)).then(Shift.Assigned)


# --- Leave and excuses (R-044, R-045) ---


def test_leave_is_asked_once() -> None:
    """R-044."""
    anns_shift(on_leave).when(lambda shift: shift.request_leave(ANN, None, BEFORE)).then_refused(
        AlreadyOnLeave(ANN, "S1")
    )


def test_leave_can_be_taken_back() -> None:
    """R-044: after which it can be asked again."""
    anns_shift(on_leave).when(lambda shift: shift.withdraw_leave(ANN, BEFORE)).then(
        Shift.LeaveWithdrawn, volunteer_id=ANN
    )
    anns_shift(on_leave, lambda shift: shift.withdraw_leave(ANN, BEFORE)).when(on_leave).then(Shift.LeaveRequested)


@pytest.mark.parametrize("since", [[], [excused], [handed_to_ben]])
def test_only_leave_can_be_taken_back(since: list[Step]) -> None:
    anns_shift(*since).when(lambda shift: shift.withdraw_leave(ANN, BEFORE)).then_refused(NotOnLeave(ANN, "S1"))


def test_an_absence_is_excused_with_a_reason() -> None:
    """R-045, decision 7: by a coordinator, after the start."""
    anns_shift().when(excused).then(Shift.AbsenceExcused, volunteer_id=ANN, note=NOTE.id, by=AFTER.by)


@pytest.mark.parametrize("since", [on_leave, excused])
def test_what_is_leave_already_needs_no_excuse(since: Step) -> None:
    anns_shift(since).when(excused).then_refused(AlreadyOnLeave(ANN, "S1"))


# --- Called off ---


def test_a_shift_is_called_off_for_a_reason() -> None:
    anns_shift().when(cancelled).then(Shift.Cancelled, note=NOTE.id)


@pytest.mark.parametrize(
    "ask",
    [
        cancelled,
        lambda shift: shift.assign(BEN, BEFORE),
        lambda shift: shift.change(NINE, NOON, BEFORE),
        handed_to_ben,
    ],
    ids=["cancel", "assign", "change", "hand over"],
)
def test_nobody_can_be_made_responsible_for_a_shift_that_was_called_off(ask: Step) -> None:
    anns_shift(cancelled).when(ask).then_refused(ShiftCancelled("S1"))


def test_a_refusal_says_which_rule_in_its_type_and_who_in_its_fields() -> None:
    refusal: DomainError = NotResponsible(BEN, "S1")
    assert vars(refusal) == {"volunteer_id": BEN, "name": "S1"}
