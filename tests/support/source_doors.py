"""Kiosks that join a log: what each has written to a log of its own, and the batches that it sends."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import cast
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from eventsourcing.domain import Aggregate

from domain.act import Act
from domain.calendar import TAIPEI, ServiceDays
from domain.clock import Reading
from domain.log.chain import GENESIS, Head
from domain.log.event_log import EventLog
from domain.log.mapper import NamedEventMapper
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.signing import SigningKey
from domain.log.source_messages import Greeting, SourceBatch, build_batch, build_greeting
from domain.log.source_rows import SourceRow, compute_chains
from domain.model.attendance import Attendance, CardReadAtKiosk
from domain.model.unit import Unit
from domain.spans import second
from domain.use_cases.source_intake import SourceIntake
from tests.support.fixed_clock import FixedClock
from tests.support.log_stores import LogStore
from tests.support.people import ANN, BEN, CAT, COORDINATOR, local_time

NINE = local_time("2026-11-19 09:00")
ACT = Act(NINE, COORDINATOR, NINE)
NONCE = b"this one time"
PEOPLE = (ANN, BEN, CAT)
_MAPPER = NamedEventMapper(REGISTERED_NAMES)


def pack(*aggregates: Aggregate) -> list[SourceRow]:
    """The pending events of streams, as a log stores them."""
    stored = [_MAPPER.to_stored_event(event) for aggregate in aggregates for event in aggregate.collect_events()]
    return [SourceRow(cast("UUID", one.originator_id), one.originator_version, one.topic, one.state) for one in stored]


class SourceDoor:
    """A kiosk with its log in memory. The same name and number have the same key and write the same events."""

    def __init__(self, kiosk: str, number: int = 0, people: Sequence[UUID] = PEOPLE) -> None:
        """`people` tap in turn."""
        self.kiosk = kiosk
        self.people = people
        self.log_id = uuid5(COORDINATOR, f"{kiosk}/{number}")
        self.names = [self.log_id]
        self.key = SigningKey(Ed25519PrivateKey.from_private_bytes(self.log_id.bytes * 2))
        self.rows: list[SourceRow] = []
        self._taps: dict[UUID, Attendance] = {}

    def tap(self, count: int = 1, *, minute: int = 0) -> None:
        """So many taps more, one a minute; another first `minute` makes other events of them."""
        for number in range(len(self.rows), len(self.rows) + count):
            at = NINE + timedelta(minutes=number + minute)
            who = self.people[number % len(self.people)]
            day = ServiceDays(TAIPEI, [(at.date(), NINE.time().replace(hour=4))]).of(at)
            stream = self._taps.setdefault(who, Attendance.of(who, day, self.kiosk))
            reading = Reading(at, "ok", "boot", second(at) * 10**9)
            stream.record(
                "checked_in", who, CardReadAtKiosk("card", "front", self.kiosk, None, number + 1, reading), at
            )
            self.rows += pack(stream)

    @property
    def chains(self) -> list[bytes]:
        """The chain before the first event, and behind each."""
        return compute_chains(0, GENESIS, self.rows)

    @property
    def head(self) -> Head:
        return Head(len(self.rows), self.chains[-1])

    def go_back(self, to: int) -> "SourceDoor":
        """Its files of an earlier time."""
        earlier = SourceDoor(self.kiosk)
        earlier.log_id, earlier.key, earlier.names = self.log_id, self.key, [*self.names]
        earlier.tap(to)
        assert earlier.rows == self.rows[:to]
        return earlier

    def build_batch(self, after: int = 0, end: int | None = None) -> SourceBatch:
        """Its events behind a position, up to another."""
        return build_batch(self.key, self.log_id, after, self.chains[after], self.rows[after:end])

    def build_beat(self) -> SourceBatch:
        """A sign of life: there is nothing more to send."""
        return self.build_batch(len(self.rows))

    def build_greeting(self, told: int) -> Greeting:
        """A greeting of a kiosk that was told how far it is held."""
        known = min(told, len(self.rows))
        return build_greeting(self.key, NONCE, self.names, Head(known, self.chains[known]), self.head)

    def replace_row(self, batch: SourceBatch, index: int, row: SourceRow) -> SourceBatch:
        """A batch with another event in it, signed as if it were the kiosk's."""
        rows = [*batch.rows[:index], row, *batch.rows[index + 1 :]]
        return build_batch(self.key, self.log_id, batch.after, batch.chain_after, rows)


class Hub:
    """A log that takes from kiosks."""

    def __init__(self, log: EventLog) -> None:
        self.log = log
        self.clock = FixedClock(NINE)
        self.intake = SourceIntake(log, self.clock)

    def admit(self, *doors: SourceDoor) -> None:
        """Kiosks join."""
        for door in doors:
            self.intake.join(door.kiosk, door.log_id, door.key.public, (), ACT)

    def greet(self, door: SourceDoor) -> Head:
        """A kiosk is told how far it is held, and greets."""
        told = self.intake.find_held(door.log_id)
        return self.intake.greet(door.build_greeting(told), told)

    def list_taken(self, door: SourceDoor) -> Sequence[SourceRow]:
        """What the log holds of a kiosk, in the order of the kiosk."""
        found = self.log.sources.read_events(door.log_id, 0, 10_000)
        return [SourceRow(UUID(one.stream), one.version, one.topic, one.state) for one in found]

    def prove(self, *doors: SourceDoor) -> None:
        """Each event of each kiosk stands here once, in order, and all chains fit."""
        assert self.log.verify().whole
        for door in doors:
            assert self.list_taken(door) == door.rows
            assert self.intake.verify(door.log_id) == (len(door.rows), door.head, None, None)


@contextmanager
def open_hub(store: LogStore, *, is_new: bool = True, simulation: bool = True) -> Iterator[Hub]:
    """A hub in a store."""
    log = store.create(REGISTERED_NAMES) if is_new else store.open(REGISTERED_NAMES)
    if is_new:
        log.append(Unit.make_home("Asia/Taipei", NINE, simulation=simulation))
    try:
        yield Hub(log)
    finally:
        log.close()


def flip_byte(batch: SourceBatch) -> SourceBatch:
    """A batch of which one byte was changed on the way."""
    first = batch.rows[0]
    return replace(batch, rows=[first._replace(state=b"[" + first.state[1:]), *batch.rows[1:]])
