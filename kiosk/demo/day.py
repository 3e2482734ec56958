"""The day that is played: cards held to the reader of the entrance, one after the other."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from devices.protocols.decoder import CardNumber
from devices.protocols.em4100 import encode
from kiosk.demo.office import FLEXIBLE, FORGETFUL, NEW_IMMIGRANTS, Month
from kiosk.demo.story import LOST_CARD, STRANGERS_CARD


class Step(NamedTuple):
    """At a local time, these bytes come from the reader."""

    at: datetime
    frame: bytes
    who: str
    """For the reader of the demonstration's lines; the program does not see it."""


def list_steps(month: Month) -> list[Step]:
    """What happens at the door on the last working day of the month, in order."""
    day = month.last
    morning, afternoon = [duty for duty in month.list_duties() if duty.start.date() == day][:2]
    visitor = NEW_IMMIGRANTS[0]
    early = morning.start - timedelta(minutes=8)
    return [
        _build_step(early, morning.person.card, f"{morning.person.number} arrives for the morning"),
        _build_step(
            early + timedelta(seconds=20), morning.person.card, f"{morning.person.number} taps again, to be sure"
        ),
        _build_step(
            _local_time(day, 8, 41), FORGETFUL.card, f"{FORGETFUL.number} comes; they forgot to sign out last time"
        ),
        _build_step(_local_time(day, 9, 2), STRANGERS_CARD, "somebody with a card that nobody knows"),
        _build_step(_local_time(day, 9, 10), visitor.card, f"{visitor.number} looks in, with no duty today"),
        _build_step(_local_time(day, 9, 30), FLEXIBLE.card, f"{FLEXIBLE.number}, who serves when there is time"),
        _build_step(_local_time(day, 10, 5), LOST_CARD, "a card that was reported lost"),
        _build_step(morning.end + timedelta(minutes=3), morning.person.card, f"{morning.person.number} goes home"),
        _build_step(_local_time(day, 11, 45), FORGETFUL.card, f"{FORGETFUL.number} goes, and signs out this time"),
        _build_step(_local_time(day, 12, 0), visitor.card, f"{visitor.number} goes"),
        _build_step(
            afternoon.start + timedelta(minutes=17), afternoon.person.card, f"{afternoon.person.number} is late"
        ),
        _build_step(
            afternoon.end + timedelta(minutes=4), afternoon.person.card, f"{afternoon.person.number} goes home"
        ),
    ]


def _build_step(at: datetime, card: str, who: str) -> Step:
    return Step(at, encode(CardNumber.parse(card).raw), who)


def _local_time(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute))
