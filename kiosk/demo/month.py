"""The month before the day that is played: a swap, a leave, late arrivals, a forgotten check-out.

Rule: the same at every run, because random numbers are seeded by the date.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from kiosk.demo.office import (
    ABSENT_MINDED,
    FLEXIBLE,
    FORGETFUL,
    ROSTERED,
    BatchLine,
    Duty,
    Month,
    build_line,
)

SWAP_DAY, LEAVE_DAY = 2, 5
"""The working days, counted from 0, of the swap and of the leave."""
LATE_SHARE = 0.15
"""Share of arrivals that are late."""


def list_month_lines(month: Month) -> Iterator[BatchLine]:
    """All lines of the working days before the last, in order of time, reconciled every night."""
    duties = list(month.list_duties())
    yield from _list_arrangements(month, duties)
    for day in month.days[:-1]:
        yield from sorted(_list_day_taps(day, month, duties), key=lambda line: line["at"])
        night = datetime.combine(day, time(4, 30)) + timedelta(days=1)
        yield {"do": "reconcile", "at": night.isoformat(), "date": day.isoformat()}


def _list_arrangements(month: Month, duties: list[Duty]) -> Iterator[BatchLine]:
    """A swap and a leave, both agreed in time (R-042, R-044), and a lost card."""
    evening = datetime.combine(month.days[0], time(18)) - timedelta(days=1)
    given, taken = _find_swapped_mornings(month, duties)
    yield build_line(
        "swap",
        evening,
        shift=given.shift,
        **{"from": given.person.number, "to": taken.person.number},
        return_shift=taken.shift,
    )
    away = _select_day(duties, month.days[LEAVE_DAY])[0]
    yield build_line("request_leave", evening, volunteer=away.person.number, shift=away.shift, reason="返鄉探親")
    yield build_line("issue_card", evening, volunteer=ROSTERED[0].number, card=LOST_CARD)
    yield build_line("revoke_card", evening + timedelta(minutes=1), card=LOST_CARD, reason="遺失")


LOST_CARD = "E:0100BADCA1"
STRANGERS_CARD = "E:0100FACADE"


def _find_swapped_mornings(month: Month, duties: list[Duty]) -> tuple[Duty, Duty]:
    """The two duties that are swapped."""
    return _select_day(duties, month.days[SWAP_DAY])[0], _select_day(duties, month.days[SWAP_DAY + 1])[0]


def _select_day(duties: list[Duty], day: date) -> list[Duty]:
    return [duty for duty in duties if duty.start.date() == day]


def _list_day_taps(day: date, month: Month, duties: list[Duty]) -> Iterator[BatchLine]:
    chance = random.Random(day.toordinal())  # noqa: S311 - repeatable, not a secret
    given, taken = _find_swapped_mornings(month, duties)
    on_leave = _select_day(duties, month.days[LEAVE_DAY])[0]
    for duty in _select_day(duties, day):
        person = {given.shift: taken.person, taken.shift: given.person}.get(duty.shift, duty.person)
        if person is not ABSENT_MINDED and duty.shift != on_leave.shift:
            late = chance.random() < LATE_SHARE
            arrived = duty.start + timedelta(seconds=chance.randint(660, 1500) if late else chance.randint(-900, -60))
            yield build_tap(arrived, person.card)
            yield build_tap(duty.end + timedelta(seconds=chance.randint(30, 900)), person.card)
    if day.isoweekday() in (2, 4):
        yield build_tap(datetime.combine(day, time(9, chance.randint(0, 50))), FLEXIBLE.card)
        yield build_tap(datetime.combine(day, time(11, chance.randint(0, 50))), FLEXIBLE.card)
    if day == month.days[-2]:
        yield build_tap(datetime.combine(day, time(9, 5)), FORGETFUL.card)


def build_tap(at: datetime, card: str) -> BatchLine:
    """A card is held to the reader at the entrance."""
    return {"do": "tap", "at": at.isoformat(), "card": card, "reader": "door"}
