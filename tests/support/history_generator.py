"""A seeded generator of years of volunteer life, straight into a log: for benchmarks and long runs.

Two half-day shifts a working day and post, two taps a duty, some late, some without check-out, some absent. All
events are those that the use cases would have written, appended many at once so that a year takes seconds.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.act import Act
from domain.calendar import TAIPEI
from domain.clock import SIMULATION_BEGINS, Reading
from domain.ids import SYSTEM, simulated_volunteer_id
from domain.log.chain import EMPTY_HEAD
from domain.log.event_log import EventLog
from domain.model.attendance import Attendance, CardReadAtKiosk
from domain.model.card import Card
from domain.model.planned_period import Plan
from domain.model.shift import Shift
from domain.model.training import Training
from domain.model.unit import Unit, UnitFacts
from domain.model.volunteer import Volunteer

CATEGORY = "戶政"
HALF_DAYS = ((9, 12), (14, 17))
PLANNED_AHEAD = 10
"""Days of life between the planning of a roster and its day."""
STREAMS_PER_APPEND = 2_000
"""Streams appended in one transaction."""


def volunteer_number(index: int) -> str:
    """V00001 and so on."""
    return f"V{index + 1:05d}"


def create_unit(log: EventLog, volunteers: int, since: date) -> list[UUID]:
    """A unit with trained volunteers who each hold a card; their ids. The log may be new, or that of a new home."""
    at = _local_time(since, 8) - timedelta(days=30)
    act = Act(at, SYSTEM, at)
    if log.head() == EMPTY_HEAD:
        log.append(Unit.make_home("Asia/Taipei", SIMULATION_BEGINS, simulation=True))
    unit = log.load(Unit, Unit.make_home("Asia/Taipei", at, simulation=True).id)
    assert unit is not None
    unit.open(UnitFacts("大里戶政事務所", "public", CATEGORY, None), act)
    log.append(unit)
    ids = [simulated_volunteer_id(volunteer_number(index)) for index in range(volunteers)]
    _append(log, (stream for index, who in enumerate(ids) for stream in _person_streams(index, who, act)))
    return ids


def _person_streams(index: int, who: UUID, act: Act) -> Iterator[Aggregate]:
    person = Volunteer.enrol(who, "rostered", act.at.date(), act)
    for kind, category in (("basic", None), ("special", CATEGORY)):
        person.complete_training(Training(kind, category, act.at.date().isoformat(), None, None), None, act)
    yield person
    yield Card.issue(f"{index:032x}", "A", who, act)


def generate_days(log: EventLog, ids: list[UUID], days: list[date], duties_a_day: int, seed: int = 1) -> None:
    """Roster and taps of these days: 4 events a duty, less where nobody came.

    All is written down in order: a roster on the evening ten of these days before, or before the first of them.
    """
    chance = random.Random(seed)  # noqa: S311 - a repeatable story, not a secret
    for day in days[:PLANNED_AHEAD]:
        _append(log, _generate_shifts(day, ids, duties_a_day, chance, _local_time(days[0] - timedelta(days=1), 20)))
    for number, day in enumerate(days):
        _append(log, _generate_taps(day, ids, duties_a_day, chance, log.head().position))
        for later in days[number + PLANNED_AHEAD : number + PLANNED_AHEAD + 1]:
            _append(log, _generate_shifts(later, ids, duties_a_day, chance, _local_time(day, 20)))


def generate_roster(
    log: EventLog, ids: list[UUID], day: date, duties: int, seed: int = 1, planned: date | None = None
) -> list[UUID]:
    """The roster of a day on which nobody has come yet, written on `planned` or some days before; who is on duty."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable story, not a secret
    at = _local_time(planned, 8) if planned else _local_time(day, 8) - timedelta(days=chance.randint(5, 20))
    _append(log, _generate_shifts(day, ids, duties, chance, at))
    return [who for _, who, _ in _list_duties(day, ids, duties)]


def working_days(since: date, count: int) -> list[date]:
    """So many Mondays to Fridays."""
    days = (since + timedelta(days=offset) for offset in range(count * 2))
    return [day for day in days if day.isoweekday() < 6][:count]


def _list_duties(day: date, ids: list[UUID], duties: int) -> list[tuple[int, UUID, tuple[int, int]]]:
    first = day.toordinal() * duties
    return [(n, ids[(first + n) % len(ids)], HALF_DAYS[n % 2]) for n in range(duties)]


def _generate_shifts(
    day: date, ids: list[UUID], duties: int, chance: random.Random, at: datetime
) -> Iterator[Aggregate]:
    act = Act(at, SYSTEM, at)
    for n, who, (start, end) in _list_duties(day, ids, duties):
        shift = Shift.schedule(f"{day:%Y%m%d}-{n}", Plan(_local_time(day, start), _local_time(day, end), CATEGORY), act)
        shift.assign(who, act)
        yield shift


def _generate_taps(day: date, ids: list[UUID], duties: int, chance: random.Random, seq: int) -> Iterator[Aggregate]:
    streams: dict[UUID, Attendance] = {}
    for _, who, (start, end) in _list_duties(day, ids, duties):
        fate = chance.random()
        if fate < 0.03:
            continue
        seen = [_local_time(day, start) + timedelta(seconds=chance.randint(-900, 600 if fate < 0.9 else 3000))]
        if fate > 0.06:
            seen.append(_local_time(day, end) + timedelta(seconds=chance.randint(-60, 900)))
        stream = streams.setdefault(who, Attendance.of(who, day, "entrance"))
        for at, meaning in zip(seen, ("checked_in", "checked_out"), strict=False):
            seq += 1
            reading = Reading(at, "simulated", "simulation", 0)
            sighting = CardReadAtKiosk(who.hex, "entrance", "entrance", None, seq, reading)
            stream.record(meaning, who, sighting, at)
    yield from streams.values()


def _append(log: EventLog, streams: Iterator[Aggregate]) -> None:
    waiting: list[Aggregate] = []
    for stream in streams:
        waiting.append(stream)
        if len(waiting) == STREAMS_PER_APPEND:
            log.append(*waiting)
            waiting.clear()
    log.append(*waiting)


def _local_time(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), TAIPEI).astimezone(UTC)
