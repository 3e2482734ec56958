"""Kiosks of an office that record in a log of their own, hear of the others when they are reached, and send then."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.act import Act
from domain.clock import OK, Reading, SimulatedClock
from domain.log.chain import GENESIS, Head
from domain.log.event_log import EventLog
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.signing import SigningKey
from domain.log.source_heard import SourceHeard
from domain.log.source_messages import build_batch
from domain.log.source_rows import Origin, SourceLink, SourceRow, compute_chains
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.model.kiosk_clock import BootsPutRight, KioskClock
from domain.use_cases.check_in import Door, TapAnswer
from domain.use_cases.kiosk_place import KioskPlace
from domain.use_cases.source_intake import SourceIntake
from tests.support.people import COORDINATOR


class OfficeKiosk:
    """A kiosk with its door. What it holds of the office is in one log with its own events, which it counts apart."""

    def __init__(self, name: str, others: Sequence[str], folder: Path) -> None:
        self.name = name
        self.log_id = uuid5(COORDINATOR, name)
        self.key = SigningKey(Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest()))
        self.rows: list[SourceRow] = []
        """Its own events."""
        create_sqlite_log(folder / f"{name}.db", REGISTERED_NAMES).close()
        self.log = open_sqlite_log(folder / f"{name}.db", REGISTERED_NAMES, on_trial=True)
        self.door = Door(self.log, KioskPlace(name, others), SimulatedClock())
        self._streams: set[str] = set()
        self._copied = 0
        """How far it has copied the log of the office."""

    def join(self, intake: SourceIntake, act: Act) -> None:
        intake.join(self.name, self.log_id, self.key.public, (), act)

    def pull(self, office: EventLog, upto: int | None = None) -> None:
        """Hear what the office has recorded and taken since, up to a position."""
        rows = office.read_rows(self._copied, 100_000, upto)
        heard = SourceHeard(office.log_id, datetime.fromisoformat("2026-01-01T00:00:00Z"), Head(1, GENESIS), None)
        foreign = [row for row in rows if row[1] not in self._streams]
        links = [SourceLink(row[0], GENESIS, None) for row in foreign]
        if foreign:
            self.log.append_taken([SourceRow(UUID(row[1]), *row[2:]) for row in foreign], Origin(links, heard))
        self._copied = rows[-1][0] if rows else self._copied

    def tap(self, token: str, at: datetime, reading: Reading | None = None) -> TapAnswer:
        """A card is held to its reader."""
        before = self.log.head().position
        answer = self.door.record_tap(token, "front", None, reading or SimulatedClock(at).read(), at)
        self.keep_own(before)
        return answer

    def keep_own(self, before: int) -> None:
        """What stands behind a position is its own."""
        for row in self.log.read_rows(before, 1_000):
            self._streams.add(row[1])
            self.rows.append(SourceRow(UUID(row[1]), *row[2:]))

    def measure_clock(self, boot: str, behind: timedelta, now: datetime) -> None:
        """It learns by how much its clock was behind."""
        before = self.log.head().position
        clock = self.log.catch_up(KioskClock.of(self.name, boot))
        until_ns = 10**18
        clock.record_measurement(self.name, int(behind.total_seconds()), Reading(now, OK, boot, until_ns), now)
        named = self.log.catch_up(BootsPutRight.of(self.name, self.name, now.date()))
        named.record_boot(self.name, boot, now, now)
        self.log.append(clock, named)
        self.keep_own(before)

    def push(self, intake: SourceIntake, most: int = 500) -> None:
        """Send at most so many of the events that are not held yet."""
        held = intake.find_held(self.log_id)
        chains = compute_chains(0, GENESIS, islice(self.rows, held))
        intake.take(build_batch(self.key, self.log_id, held, chains[-1], self.rows[held : held + most]))

    def close(self) -> None:
        self.log.close()
