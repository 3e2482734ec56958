"""Whose duty a shift is: swaps (R-025, R-042, R-043), leave (R-044), excuses (R-045)."""

import pytest

from domain.errors import AlreadyOnLeave, AlreadyResponsible, NotOnLeave, NotResponsible
from domain.model.shift import Shift
from tests.support.people import ANN, BEN, CAT, NOTE
from tests.support.shifts import AFTER, BEFORE, Step, anns_shift, excuse_ann, hand_over_to_ben, request_anns_leave

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
    anns_shift(hand_over_to_ben).when(ask).then_refused(NotResponsible(ANN, "S1"))


def test_who_took_a_duty_over_can_take_leave_from_it() -> None:
    """R-043: it is Ben's leave, not Ann's."""
    anns_shift(hand_over_to_ben).when(lambda shift: shift.request_leave(BEN, None, BEFORE)).then(
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
    anns_shift(hand_over_to_ben).when(lambda shift: shift.hand_over(BEN, ANN, BEFORE, None, retroactive=False)).then(
        Shift.HandedOver, giver=BEN, taker=ANN
    )


def test_somebody_on_leave_can_still_find_a_substitute() -> None:
    """R-043: then it is no leave."""
    anns_shift(request_anns_leave).when(lambda shift: shift.hand_over(ANN, BEN, BEFORE, None, retroactive=False)).then(
        Shift.HandedOver, giver=ANN, taker=BEN, retroactive=False
    )


def test_somebody_taken_off_is_not_on_the_shift_at_all() -> None:
    taken_off = anns_shift(lambda shift: shift.unassign(ANN, BEFORE))
    taken_off.when(lambda shift: shift.unassign(ANN, BEFORE)).then_refused(NotResponsible(ANN, "S1"))
    taken_off.when(lambda shift: shift.assign(ANN, BEFORE)).then(Shift.Assigned)


# --- Leave and excuses (R-044, R-045) ---


def test_leave_is_asked_once() -> None:
    """R-044."""
    anns_shift(request_anns_leave).when(lambda shift: shift.request_leave(ANN, None, BEFORE)).then_refused(
        AlreadyOnLeave(ANN, "S1")
    )


def test_leave_can_be_taken_back() -> None:
    """R-044: after which it can be asked again."""
    anns_shift(request_anns_leave).when(lambda shift: shift.withdraw_leave(ANN, BEFORE)).then(
        Shift.LeaveWithdrawn, volunteer_id=ANN
    )
    anns_shift(request_anns_leave, lambda shift: shift.withdraw_leave(ANN, BEFORE)).when(request_anns_leave).then(
        Shift.LeaveRequested
    )


@pytest.mark.parametrize("since", [[], [excuse_ann], [hand_over_to_ben]])
def test_only_leave_can_be_taken_back(since: list[Step]) -> None:
    anns_shift(*since).when(lambda shift: shift.withdraw_leave(ANN, BEFORE)).then_refused(NotOnLeave(ANN, "S1"))


def test_an_absence_is_excused_with_a_reason() -> None:
    """R-045, decision 7: by a coordinator, after the start."""
    anns_shift().when(excuse_ann).then(Shift.AbsenceExcused, volunteer_id=ANN, note=NOTE.id, by=AFTER.by)


@pytest.mark.parametrize("since", [request_anns_leave, excuse_ann])
def test_what_is_leave_already_needs_no_excuse(since: Step) -> None:
    anns_shift(since).when(excuse_ann).then_refused(AlreadyOnLeave(ANN, "S1"))
