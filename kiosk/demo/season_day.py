"""One day of the season: the coordinator's lines, the taps at the entrance, and an event in the neighbourhood.

Rule: random numbers are seeded by day and duty, so that the order of the calls changes nothing.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from kiosk.demo.office import (
    ABSENT_MINDED,
    FLEXIBLE,
    FORGETFUL,
    NEW_IMMIGRANTS,
    ROSTERED,
    BatchLine,
    Duty,
    Person,
    build_line,
)
from kiosk.demo.season import LAST_SLOT, CycleDay, Season, local_time

Behaviour = Literal[
    "comes", "taps twice", "late", "very late", "early", "forgets", "absent", "leave", "cancelled", "cardless"
]
STRANGERS_CARD = "E:0100FACADE"

SCRIPTED_BEHAVIOURS: dict[tuple[int, int], Behaviour] = {
    (CycleDay.ILL, 3): "absent",
    (CycleDay.CARDLESS, 2): "cardless",
    (CycleDay.CANCELLED, 4): "cancelled",
    (CycleDay.LEAVE, 1): "leave",
    (CycleDay.GIVEN, 0): "comes",
    (CycleDay.TAKEN, 0): "comes",
    (CycleDay.TAKEN, LAST_SLOT): "comes",
}
"""By place in the cycle and slot of the day."""
LAST_DAY_BEHAVIOURS: tuple[Behaviour, ...] = ("taps twice", "late", "very late", "comes", "late", "comes")
"""Of the last day, by slot."""
CHANCES: tuple[tuple[Behaviour, float], ...] = (
    ("absent", 0.008),
    ("leave", 0.02),
    ("early", 0.03),
    ("forgets", 0.05),
    ("late", 0.12),
)
REPEAT_SHARE, STRANGER_SHARE = 0.06, 0.1
"""Share of arrivals that tap twice, and of days on which an unknown card is presented."""
ROSTER_LEAD = timedelta(days=7)
"""How early the roster of a day is written."""


# --- The coordinator ---


def list_rosters(season: Season, since: date, until: date, at: datetime) -> Iterator[BatchLine]:
    """The rosters of the days from `since` up to but not including `until`, their leaves and the events among them."""
    for day in season.days:
        if since <= day < until:
            yield from _list_day_roster(season, day, at)


def _list_day_roster(season: Season, day: date, at: datetime) -> Iterator[BatchLine]:
    for slot, duty in enumerate(season.list_duties(day)):
        span = {"start": duty.start.isoformat(), "end": duty.end.isoformat()}
        yield build_line(
            "schedule_shift", at, shift=duty.shift, volunteers=[duty.person.number], post=duty.post, **span
        )
        if choose_behaviour(season, duty, slot) == "leave":
            requested = at + timedelta(minutes=20)
            yield build_line(
                "request_leave", requested, volunteer=duty.person.number, shift=duty.shift, reason="返鄉探親"
            )
    if season.has_event(day):
        span = {"start": local_time(day, 9).isoformat(), "end": local_time(day, 12).isoformat()}
        numbers = [person.number for person in _choose_helpers(day)]
        yield build_line("schedule_event", at, event=f"社區服務日-{day:%y%m%d}", volunteers=numbers, **span)


def list_desk_lines(season: Season, day: date) -> Iterator[BatchLine]:
    """The coordinator's planned lines of a working day: rosters, the events of the cycle, a swap."""
    cycle, place = season.position(day)
    following = next((later for later in season.working if later > day), None)
    if following:
        yield from list_rosters(season, day + ROSTER_LEAD, following + ROSTER_LEAD, local_time(day, 16, 50))
    yield from _list_cycle_lines(season, day, cycle, place)
    pair = season.find_swap(cycle)
    if pair and place == CycleDay.AGREED:
        given, taken = pair
        swap = {"from": given.person.number, "to": taken.person.number, "return_shift": taken.shift}
        yield build_line("swap", local_time(day, 17, 15), shift=given.shift, **swap)


def _list_cycle_lines(season: Season, day: date, cycle: int, place: int) -> Iterator[BatchLine]:
    duties, suspended = list(season.list_duties(day)), season.find_suspended(cycle)
    match place:
        case CycleDay.EXCUSED if ill_day := season.find_day(cycle, CycleDay.ILL):
            ill = list(season.list_duties(ill_day))[3]
            facts = {"volunteer": ill.person.number, "shift": ill.shift}
            yield build_line("excuse_absence", local_time(day, 9, 20), reason="急診，補附證明", **facts)
        case CycleDay.LOST:
            yield build_line(
                "issue_card", local_time(day, 10), volunteer=ROSTERED[cycle % 12].number, card=build_lost_card(cycle)
            )
            yield build_line("revoke_card", local_time(day, 10, 5), card=build_lost_card(cycle), reason="遺失")
        case CycleDay.CARDLESS:
            visit = {"check_in": local_time(day, 8, 26).isoformat(), "check_out": local_time(day, 11, 31).isoformat()}
            yield build_line(
                "add_visit", local_time(day, 11, 50), volunteer=duties[2].person.number, reason="忘了帶卡", **visit
            )
        case CycleDay.SUSPENDED:
            yield build_line("suspend", local_time(day, 8), volunteer=suspended.number, **{"from": day.isoformat()})
        case CycleDay.CANCELLED:
            yield build_line("cancel_shift", local_time(day, 8, 40), shift=duties[4].shift, reason="系統維護")
        case CycleDay.RESUMED if season.find_day(cycle, CycleDay.SUSPENDED):
            yield build_line("resume", local_time(day, 8), volunteer=suspended.number, on=day.isoformat())
        case _:
            return


# --- The entrance ---


def list_taps(season: Season, day: date) -> Iterator[BatchLine]:
    """Every tap of a day."""
    if season.has_event(day):
        yield from _list_event_taps(day)
    if day in season.closed:
        return
    for slot, duty in enumerate(season.list_duties(day)):
        yield from _list_duty_taps(season, duty, choose_behaviour(season, duty, slot))
    yield from _list_other_taps(season, day)


def choose_behaviour(season: Season, duty: Duty, slot: int) -> Behaviour:
    """How a duty is kept."""
    day = duty.start.date()
    place = season.position(day)[1]
    if day == season.last:
        return (*LAST_DAY_BEHAVIOURS, "comes")[slot]
    if season.is_suspended(season.find_attendee(duty), day):
        return "cancelled"
    if duty.person is ABSENT_MINDED:
        return "absent"
    if (place, slot) in SCRIPTED_BEHAVIOURS:
        return SCRIPTED_BEHAVIOURS[place, slot]
    drawn = _seed_random(duty.shift).random()
    for behaviour, share in CHANCES:
        if drawn < share:
            return behaviour
        drawn -= share
    return "comes"


def _list_duty_taps(season: Season, duty: Duty, behaviour: Behaviour) -> Iterator[BatchLine]:
    if behaviour in ("absent", "leave", "cancelled", "cardless"):
        return
    chance, card = _seed_random(f"{duty.shift} at the door"), season.find_attendee(duty).card
    arrived = duty.start + timedelta(seconds=chance.randint(*ARRIVAL_SECONDS.get(behaviour, (-900, -60))))
    yield build_tap(arrived, card)
    if chance.random() < REPEAT_SHARE or behaviour == "taps twice":
        yield build_tap(arrived + timedelta(seconds=chance.randint(3, 40)), card)
    if behaviour != "forgets":
        yield build_tap(
            duty.end + timedelta(seconds=chance.randint(*((-2400, -900) if behaviour == "early" else (30, 900)))), card
        )


ARRIVAL_SECONDS: dict[Behaviour, tuple[int, int]] = {"late": (660, 1500), "very late": (7200, 7500)}
"""Seconds after the start of the duty, at least and at most."""


def _list_other_taps(season: Season, day: date) -> Iterator[BatchLine]:
    """Taps of volunteers without a duty, and of unknown, suspended and lost cards."""
    chance, (cycle, place) = _seed_random(f"{day} others"), season.position(day)
    if day.isoweekday() in (2, 4) or day == season.last:
        yield build_tap(local_time(day, 9, chance.randint(0, 50)), FLEXIBLE.card)
        left = local_time(day, 11, chance.randint(0, 50))
        if day != season.last:  # then the sign-out is forgotten
            yield build_tap(left, FLEXIBLE.card)
    if chance.random() < STRANGER_SHARE or day == season.last:
        yield build_tap(local_time(day, 10, chance.randint(0, 15)), STRANGERS_CARD)
    if day == season.last:
        yield from _list_last_day_taps(season, day)
    if place == CycleDay.FORGOTTEN:
        yield build_tap(local_time(day, 9, 5), FORGETFUL.card)
    if place == CycleDay.TRIES and season.find_day(cycle, CycleDay.SUSPENDED):
        yield build_tap(local_time(day, 9, 15), season.find_suspended(cycle).card)
    if place == CycleDay.FOUND and season.find_day(cycle, CycleDay.LOST):
        yield build_tap(local_time(day, 10, 40), build_lost_card(cycle))


def _list_last_day_taps(season: Season, day: date) -> Iterator[BatchLine]:
    """What else is to be seen on the day that is played: a visitor, a forgotten sign-out, a lost card."""
    yield build_tap(local_time(day, 8, 41), FORGETFUL.card)
    yield build_tap(local_time(day, 11, 45), FORGETFUL.card)
    yield build_tap(local_time(day, 10, 20), NEW_IMMIGRANTS[1].card)
    yield build_tap(local_time(day, 12), NEW_IMMIGRANTS[1].card)
    if season.find_day(0, CycleDay.LOST):
        yield build_tap(local_time(day, 10, 5), build_lost_card(0))


def _list_event_taps(day: date) -> Iterator[BatchLine]:
    for person in _choose_helpers(day)[:-1]:
        chance = _seed_random(f"{day} {person.number}")
        yield build_tap(local_time(day, 9) + timedelta(seconds=chance.randint(-900, 300)), person.card)
        yield build_tap(local_time(day, 12) + timedelta(seconds=chance.randint(0, 900)), person.card)


def _choose_helpers(day: date) -> list[Person]:
    """The volunteers of the day in the neighbourhood; the last of them never comes, which no rule forbids."""
    return _seed_random(f"{day} helpers").sample(ROSTERED, 5)


def build_tap(at: datetime, card: str) -> BatchLine:
    """A card is held to the reader at the entrance."""
    return {"do": "tap", "at": at.isoformat(), "card": card, "reader": "door"}


def build_lost_card(cycle: int) -> str:
    """The number of the card that is lost in a cycle."""
    return f"E:0100BADC{cycle + 0x40:02X}"


def _seed_random(subject: str) -> random.Random:
    return random.Random(subject)  # noqa: S311 - repeatable, not a secret
