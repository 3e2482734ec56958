"""The day that is played: cards held to the reader of the entrance, one after the other."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from devices.protocols.decoder import CardNumber
from devices.protocols.em4100 import encode
from kiosk.demo.office import FLEXIBLE, FORGETFUL, NEW_IMMIGRANTS, Month
from kiosk.demo.story import LOST_CARD, STRANGERS_CARD
from kiosk.words.demo import DemoText


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
        _build_step(early, morning.person.card, DemoText.ARRIVES_MORNING.fill(number=morning.person.number)),
        _build_step(
            early + timedelta(seconds=20),
            morning.person.card,
            DemoText.TAPS_AGAIN_SURE.fill(number=morning.person.number),
        ),
        _build_step(
            _local_time(day, 8, 41), FORGETFUL.card, DemoText.COMES_THEY_FORGOT_SIGN_OUT.fill(number=FORGETFUL.number)
        ),
        _build_step(_local_time(day, 9, 2), STRANGERS_CARD, DemoText.SOMEBODY_CARD_NOBODY_KNOWS),
        _build_step(_local_time(day, 9, 10), visitor.card, DemoText.LOOKS_NO_DUTY_TODAY.fill(number=visitor.number)),
        _build_step(_local_time(day, 9, 30), FLEXIBLE.card, DemoText.WHO_SERVES_WHEN_TIME.fill(number=FLEXIBLE.number)),
        _build_step(_local_time(day, 10, 5), LOST_CARD, DemoText.CARD_REPORTED_LOST),
        _build_step(morning.end + timedelta(minutes=3), morning.person.card, f"{morning.person.number} goes home"),
        _build_step(
            _local_time(day, 11, 45), FORGETFUL.card, DemoText.GOES_SIGNS_OUT_TIME.fill(number=FORGETFUL.number)
        ),
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
