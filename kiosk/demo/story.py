"""What happened in the month before the day that is played: swaps, leaves, latecomers, somebody who forgot.

The same for every run of a month: chance is seeded by the date.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from kiosk.demo.office import (
    ABSENT_MINDED,
    FLEXIBLE,
    FORGETFUL,
    ROSTERED,
    Duty,
    Line,
    Month,
    line,
)

SWAPPED, ON_LEAVE = 2, 5
"""The working days, counted from 0, of the swap and of the leave."""
LATE = 0.15
"""Share of arrivals that are late."""


def story(month: Month) -> Iterator[Line]:
    """All lines of the working days before the last, in the order in which they happened, settled every night."""
    duties = list(month.duties())
    yield from _arrangements(month, duties)
    for day in month.days[:-1]:
        yield from sorted(_taps(day, month, duties), key=lambda said: said["at"])
        night = datetime.combine(day, time(4, 30)) + timedelta(days=1)
        yield {"do": "reconcile", "at": night.isoformat(), "date": day.isoformat()}


def _arrangements(month: Month, duties: list[Duty]) -> Iterator[Line]:
    """A swap and a leave, both agreed in time (R-042, R-044), and a card that was lost."""
    evening = datetime.combine(month.days[0], time(18)) - timedelta(days=1)
    given, taken = _mornings(month, duties)
    yield line(
        "swap",
        evening,
        shift=given.shift,
        **{"from": given.person.number, "to": taken.person.number},
        return_shift=taken.shift,
    )
    away = _of_day(duties, month.days[ON_LEAVE])[0]
    yield line("request_leave", evening, volunteer=away.person.number, shift=away.shift, reason="返鄉探親")
    yield line("issue_card", evening, volunteer=ROSTERED[0].number, card=LOST_CARD)
    yield line("revoke_card", evening + timedelta(minutes=1), card=LOST_CARD, reason="遺失")


LOST_CARD = "E:0100BADCA1"
STRANGERS_CARD = "E:0100FACADE"


def _mornings(month: Month, duties: list[Duty]) -> tuple[Duty, Duty]:
    """The two duties that are swapped."""
    return _of_day(duties, month.days[SWAPPED])[0], _of_day(duties, month.days[SWAPPED + 1])[0]


def _of_day(duties: list[Duty], day: date) -> list[Duty]:
    return [duty for duty in duties if duty.start.date() == day]


def _taps(day: date, month: Month, duties: list[Duty]) -> Iterator[Line]:
    chance = random.Random(day.toordinal())  # noqa: S311 - a story to repeat, not a secret
    given, taken = _mornings(month, duties)
    on_leave = _of_day(duties, month.days[ON_LEAVE])[0]
    for duty in _of_day(duties, day):
        person = {given.shift: taken.person, taken.shift: given.person}.get(duty.shift, duty.person)
        if person is not ABSENT_MINDED and duty.shift != on_leave.shift:
            late = chance.random() < LATE
            arrived = duty.start + timedelta(seconds=chance.randint(660, 1500) if late else chance.randint(-900, -60))
            yield tap(arrived, person.card)
            yield tap(duty.end + timedelta(seconds=chance.randint(30, 900)), person.card)
    if day.isoweekday() in (2, 4):
        yield tap(datetime.combine(day, time(9, chance.randint(0, 50))), FLEXIBLE.card)
        yield tap(datetime.combine(day, time(11, chance.randint(0, 50))), FLEXIBLE.card)
    if day == month.days[-2]:
        yield tap(datetime.combine(day, time(9, 5)), FORGETFUL.card)


def tap(at: datetime, card: str) -> Line:
    """A card is held to the reader at the door."""
    return {"do": "tap", "at": at.isoformat(), "card": card, "reader": "door"}
