"""What happens on one day of the season: at the desk, at the door, and in the neighbourhood.

Chance is seeded by day and duty: whatever is asked first, the same people are late.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from kiosk.demo.office import ABSENT_MINDED, FLEXIBLE, FORGETFUL, NEW_IMMIGRANTS, ROSTERED, Duty, Line, Person, line
from kiosk.demo.season import LAST_SLOT, Place, Season, clock
from kiosk.demo.story import STRANGERS_CARD, tap

Fate = Literal["comes", "late", "very late", "early", "forgets", "absent", "leave", "cancelled", "cardless"]

IN_STORE: dict[tuple[int, int], Fate] = {
    (Place.ILL, 3): "absent",
    (Place.CARDLESS, 2): "cardless",
    (Place.CANCELLED, 4): "cancelled",
    (Place.LEAVE, 1): "leave",
    (Place.GIVEN, 0): "comes",
    (Place.TAKEN, 0): "comes",
    (Place.TAKEN, LAST_SLOT): "comes",
}
"""By place in the cycle and slot of the day."""
TODAY: tuple[Fate, ...] = ("comes", "late", "very late", "comes", "late", "comes")
"""Of the last day, by slot."""
CHANCES: tuple[tuple[Fate, float], ...] = (
    ("absent", 0.008),
    ("leave", 0.02),
    ("early", 0.03),
    ("forgets", 0.05),
    ("late", 0.12),
)
AGAIN, STRANGER = 0.06, 0.1
"""Share of arrivals that tap twice, and of days on which an unknown card is presented."""
WRITTEN_AHEAD = timedelta(days=7)
"""How early the roster of a day is written."""


# --- The desk ---


def rosters(season: Season, since: date, until: date, at: datetime) -> Iterator[Line]:
    """The rosters of the days from `since` up to but not including `until`, their leaves and the events among them."""
    for day in season.days:
        if since <= day < until:
            yield from _roster_of(season, day, at)


def _roster_of(season: Season, day: date, at: datetime) -> Iterator[Line]:
    for slot, duty in enumerate(season.duties(day)):
        span = {"start": duty.start.isoformat(), "end": duty.end.isoformat()}
        yield line("schedule_shift", at, shift=duty.shift, volunteers=[duty.person.number], post=duty.post, **span)
        if fate(season, duty, slot) == "leave":
            asked = at + timedelta(minutes=20)
            yield line("request_leave", asked, volunteer=duty.person.number, shift=duty.shift, reason="返鄉探親")
    if season.holds_event(day):
        span = {"start": clock(day, 9).isoformat(), "end": clock(day, 12).isoformat()}
        numbers = [person.number for person in _helpers(day)]
        yield line("schedule_event", at, event=f"社區服務日-{day:%y%m%d}", volunteers=numbers, **span)


def at_the_desk(season: Season, day: date) -> Iterator[Line]:
    """What the coordinator enters on a working day without having read anything."""
    cycle, place = season.position(day)
    following = next((later for later in season.working if later > day), None)
    if following:
        yield from rosters(season, day + WRITTEN_AHEAD, following + WRITTEN_AHEAD, clock(day, 16, 50))
    yield from _of_the_place(season, day, cycle, place)
    pair = season.swap(cycle)
    if pair and place == Place.AGREED:
        given, taken = pair
        swap = {"from": given.person.number, "to": taken.person.number, "return_shift": taken.shift}
        yield line("swap", clock(day, 17, 15), shift=given.shift, **swap)


def _of_the_place(season: Season, day: date, cycle: int, place: int) -> Iterator[Line]:
    duties, whom = list(season.duties(day)), season.suspended(cycle)
    match place:
        case Place.EXCUSED if before := season.at(cycle, Place.ILL):
            ill = list(season.duties(before))[3]
            facts = {"volunteer": ill.person.number, "shift": ill.shift}
            yield line("excuse_absence", clock(day, 9, 20), reason="急診，補附證明", **facts)
        case Place.LOST:
            yield line("issue_card", clock(day, 10), volunteer=ROSTERED[cycle % 12].number, card=lost_card(cycle))
            yield line("revoke_card", clock(day, 10, 5), card=lost_card(cycle), reason="遺失")
        case Place.CARDLESS:
            came = {"check_in": clock(day, 8, 26).isoformat(), "check_out": clock(day, 11, 31).isoformat()}
            yield line("add_visit", clock(day, 11, 50), volunteer=duties[2].person.number, reason="忘了帶卡", **came)
        case Place.SUSPENDED:
            yield line("suspend", clock(day, 8), volunteer=whom.number, **{"from": day.isoformat()})
        case Place.CANCELLED:
            yield line("cancel_shift", clock(day, 8, 40), shift=duties[4].shift, reason="系統維護")
        case Place.RESUMED if season.at(cycle, Place.SUSPENDED):
            yield line("resume", clock(day, 8), volunteer=whom.number, on=day.isoformat())
        case _:
            return


# --- The door ---


def at_the_door(season: Season, day: date) -> Iterator[Line]:
    """Every tap of a day."""
    if season.holds_event(day):
        yield from _in_the_neighbourhood(day)
    if day in season.closed:
        return
    for slot, duty in enumerate(season.duties(day)):
        yield from _taps_of(season, duty, fate(season, duty, slot))
    yield from _others(season, day)


def fate(season: Season, duty: Duty, slot: int) -> Fate:
    """What becomes of a duty."""
    day = duty.start.date()
    place = season.position(day)[1]
    if day == season.last:
        return (*TODAY, "comes")[slot]
    if season.is_suspended(season.who_comes(duty), day):
        return "cancelled"
    if duty.person is ABSENT_MINDED:
        return "absent"
    if (place, slot) in IN_STORE:
        return IN_STORE[place, slot]
    drawn = _chance(duty.shift).random()
    for what, share in CHANCES:
        if drawn < share:
            return what
        drawn -= share
    return "comes"


def _taps_of(season: Season, duty: Duty, what: Fate) -> Iterator[Line]:
    if what in ("absent", "leave", "cancelled", "cardless"):
        return
    chance, card = _chance(f"{duty.shift} at the door"), season.who_comes(duty).card
    arrived = duty.start + timedelta(seconds=chance.randint(*ARRIVES.get(what, (-900, -60))))
    yield tap(arrived, card)
    if chance.random() < AGAIN:
        yield tap(arrived + timedelta(seconds=chance.randint(3, 40)), card)
    if what != "forgets":
        yield tap(
            duty.end + timedelta(seconds=chance.randint(*((-2400, -900) if what == "early" else (30, 900)))), card
        )


ARRIVES: dict[Fate, tuple[int, int]] = {"late": (660, 1500), "very late": (7200, 7500)}
"""Seconds after the start of the duty, at least and at most."""


def _others(season: Season, day: date) -> Iterator[Line]:
    """Who comes without a duty, and what is presented that counts for nothing."""
    chance, (cycle, place) = _chance(f"{day} others"), season.position(day)
    if day.isoweekday() in (2, 4) or day == season.last:
        yield tap(clock(day, 9, chance.randint(0, 50)), FLEXIBLE.card)
        yield tap(clock(day, 11, chance.randint(0, 50)), FLEXIBLE.card)
    if chance.random() < STRANGER or day == season.last:
        yield tap(clock(day, 10, chance.randint(0, 15)), STRANGERS_CARD)
    if day == season.last:
        yield tap(clock(day, 10, 20), NEW_IMMIGRANTS[1].card)
    if place == Place.FORGOTTEN:
        yield tap(clock(day, 9, 5), FORGETFUL.card)
    if place == Place.TRIES and season.at(cycle, Place.SUSPENDED):
        yield tap(clock(day, 9, 15), season.suspended(cycle).card)
    if place == Place.FOUND and season.at(cycle, Place.LOST):
        yield tap(clock(day, 10, 40), lost_card(cycle))


def _in_the_neighbourhood(day: date) -> Iterator[Line]:
    for person in _helpers(day)[:-1]:
        chance = _chance(f"{day} {person.number}")
        yield tap(clock(day, 9) + timedelta(seconds=chance.randint(-900, 300)), person.card)
        yield tap(clock(day, 12) + timedelta(seconds=chance.randint(0, 900)), person.card)


def _helpers(day: date) -> list[Person]:
    """Who is asked to the day in the neighbourhood; the last of them never comes, which no rule minds."""
    return _chance(f"{day} helpers").sample(ROSTERED, 5)


def lost_card(cycle: int) -> str:
    """The card that is lost in a cycle."""
    return f"E:0100BADC{cycle + 0x40:02X}"


def _chance(of: str) -> random.Random:
    return random.Random(of)  # noqa: S311 - a story to repeat, not a secret
