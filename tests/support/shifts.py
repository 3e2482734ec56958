"""Ann's shift on a Thursday morning, and what may have become of it."""

from collections.abc import Callable

from domain.model.planned_period import Plan
from domain.model.shift import Shift
from tests.support.given_when_then import Given, given
from tests.support.people import ANN, BEN, CATEGORY, NOTE, act, local_time

NINE, NOON = local_time("2026-11-19 09:00"), local_time("2026-11-19 12:00")
BEFORE = act("2026-11-18 20:00")
LAST_SECOND = act("2026-11-19 08:59:59")
AT_START = act("2026-11-19 09:00:00")
AFTER = act("2026-11-19 12:00:01")

Step = Callable[[Shift], None]


def shift() -> Shift:
    return Shift.schedule("S1", Plan(NINE, NOON, CATEGORY, "front", "引導"), BEFORE)


def anns_shift(*steps: Step) -> Given[Shift]:
    return given(shift(), lambda shift: shift.assign(ANN, BEFORE), *steps)


def request_anns_leave(shift: Shift) -> None:
    shift.request_leave(ANN, None, BEFORE)


def excuse_ann(shift: Shift) -> None:
    shift.excuse_absence(ANN, NOTE, AFTER)


def cancel_shift(shift: Shift) -> None:
    shift.cancel(NOTE, BEFORE)


def hand_over_to_ben(shift: Shift) -> None:
    shift.hand_over(ANN, BEN, BEFORE, None, retroactive=False)
