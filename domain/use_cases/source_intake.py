"""Events of other logs are taken into this one: each once, in their order, proved and of their own streams only.

Rule: the position in the source decides. What is known already is acknowledged again and not stored; what would leave a
gap is sent back for. What contradicts an earlier proof of the source raises an alarm, which is in the log before the
source learns of it; what merely does not prove itself is refused and raises none.
"""

from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import NoReturn
from uuid import UUID

from domain.act import Act, Note
from domain.clock import Clock
from domain.ids import SYSTEM, kiosk_register_stream
from domain.log.chain import GENESIS, Head
from domain.log.chain_walk import Verdict
from domain.log.errors import Conflict, LogError
from domain.log.event_log import EventLog
from domain.log.event_rows import LAST_POSITION, PAGE
from domain.log.gc_pause import PausedCollection
from domain.log.signing import SignedHead, is_head_signed
from domain.log.source_heard import SourceHeard, hear_source
from domain.log.source_messages import Greeting, SourceBatch
from domain.log.source_rows import Origin, SourceLink, SourceRow, page_taken, walk_source
from domain.log.stream_ownership import find_foreign_row, find_writer_of_stored
from domain.model.kiosk_register import Alarm, AlarmKind, KioskRegister, Source
from domain.source_errors import (
    KeyNotValid,
    NotSigned,
    SourceBehind,
    SourceStopped,
    TooMuchAtOnce,
    UnknownSource,
)
from domain.use_cases.clock_correction import name_days_of_late_taps
from domain.use_cases.unit_rules import UnitRules


class SourceIntake:
    """The use cases of a log that takes from others. Raises: SourceRefused, DomainError, LogError."""

    def __init__(self, log: EventLog, clock: Clock) -> None:
        self._log = log
        self._clock = clock
        self._rules = UnitRules(log)
        self._register = KioskRegister.of_home()

    # --- At the desk ---

    def join(self, kiosk: str, log_id: UUID, public_key: bytes, own_kiosks: Collection[str], act: Act) -> None:
        """Take the log of a kiosk from now on; `own_kiosks` write to this log themselves.

        Raises: KioskNameTaken, LogJoined.
        """
        with self._changing() as register:
            register.join(kiosk, log_id, public_key, own_kiosks, act)

    def revoke(self, log_id: UUID, note: Note | None, act: Act) -> None:
        """Take nothing more that the key of a source signs. Raises: NoSuchSource."""
        with self._changing() as register:
            register.revoke(log_id, note, act)

    def settle_alarm(self, log_id: UUID, note: Note, act: Act) -> None:
        """Hear a stopped source again, for a reason. Raises: NoSuchSource, NoOpenAlarm."""
        with self._changing() as register:
            register.settle_alarm(log_id, note, act)

    @contextmanager
    def _changing(self) -> Generator[KioskRegister]:
        """The register, stored at the end; where that fails it is read anew, for its events are pending still."""
        with self._log.writing():
            try:
                yield self.load_register()
                self._log.append(self._register)
            except LogError:
                self._register = KioskRegister.of_home()
                raise

    def load_register(self) -> KioskRegister:
        """The sources as the log has them now."""
        return self._log.catch_up(self._register)

    def verify(self, log_id: UUID) -> Verdict:
        """Prove the own chain of a source again, and what it signed. Raises: NoSuchSource, CannotRead."""
        key = self.load_register().find(log_id).public_key
        taken = page_taken(lambda after: self._log.sources.read_events(log_id, after, PAGE))
        return walk_source(taken, lambda head, mark: is_head_signed(key, SignedHead(log_id, head, mark)))

    def find_event_without_row(self) -> tuple[str, int] | None:
        """The first event in a stream of a kiosk, behind its join, beside which no row stands: the kiosk, its position.

        Each such event was taken, so the row was removed, or the event was written here. Raises: CannotRead.
        """
        joined = {
            entry.event.kiosk: entry.position
            for entry in self._log.read_stream_lenient(kiosk_register_stream())
            if isinstance(entry.event, KioskRegister.KioskJoined)
        }
        days, after = self._rules.load().days, min(joined.values(), default=LAST_POSITION)
        while rows := self._log.read_rows(after):
            received = self._log.find_received(rows)  # after the events: both are added at once
            for row in rows:
                kiosk = None if row[0] in received else find_writer_of_stored(row, joined, days)
                if kiosk is not None and joined[kiosk] < row[0]:
                    return kiosk, row[0]
            after = rows[-1][0]
        return None

    # --- For a source ---

    def find_held(self, log_id: UUID) -> int:
        """How far the log of a source is held: where it goes on. Raises: UnknownSource, KeyNotValid."""
        self._find_source(log_id)
        return self._log.sources.find_head(log_id).position

    def greet(self, greeting: Greeting, answer: int) -> Head:
        """A source is heard again; what is held of it. `answer`: what `find_held` said of it for this greeting.

        Raises: UnknownSource, KeyNotValid, NotSigned, SourceStopped.
        """
        with self._log.writing():
            source = self._find_greeted(greeting)
            position = min(answer, greeting.head.position)
            if not greeting.is_signed(source.public_key) or greeting.held.position != position:
                raise NotSigned(source.log_id)
            held = self._log.sources.find_head(source.log_id)
            if alarm := self._judge_greeting(source, greeting, answer, held):
                self._stop(source, alarm)
            _demand_running(source)
            self._hear(source, greeting.head, held, is_end=True)
            return held

    def take(self, batch: SourceBatch) -> Head:
        """Store what is new in a batch; what is held of the source then.

        Raises: UnknownSource, KeyNotValid, TooMuchAtOnce, NotSigned, SourceStopped, SourceBehind.
        """
        with self._log.writing(), PausedCollection():
            source = self._find_source(batch.end.log_id)
            if batch.is_too_much:
                raise TooMuchAtOnce(source.log_id)
            chains = batch.find_chains(source.public_key)
            if chains is None:
                raise NotSigned(source.log_id)
            _demand_running(source)
            held = self._log.sources.find_head(source.log_id)
            if batch.after > held.position:
                raise SourceBehind(source.log_id, held.position)
            common = min(batch.end.head.position, held.position)
            if chains[common - batch.after] != self._find_chain(source, common):
                self._stop(source, Alarm("forked", held.position, batch.end.head.position))
            now_held = max(held, batch.end.head, key=lambda head: head.position)
            if now_held == held:
                self._hear(source, batch.end.head, held, is_end=not batch.rows)
            else:
                self._store(source, batch, chains, held)
            return now_held

    # --- Whose it is ---

    def _find_source(self, log_id: UUID) -> Source:
        source = self.load_register().sources.get(log_id)
        if source is None:
            raise UnknownSource(log_id)
        if source.is_revoked:
            raise KeyNotValid(log_id)
        return source

    def _find_greeted(self, greeting: Greeting) -> Source:
        """By its name in force; a restored log by the last of its names that joined."""
        joined = self.load_register().sources
        known = [name for name in greeting.names if name in joined]
        if not known:
            raise UnknownSource(greeting.names[-1] if greeting.names else UUID(int=0))
        return self._find_source(known[-1])

    # --- What contradicts it ---

    def _judge_greeting(self, source: Source, greeting: Greeting, answer: int, held: Head) -> Alarm | None:
        """What a greeting says against its source. A source that is stopped is judged only for a second line."""
        reached = greeting.head.position
        if greeting.held.chain == self._find_chain(source, greeting.held.position):
            if source.alarm is not None and source.alarm.kind == "forked" and answer == held.position < reached:
                return Alarm("clone", held.position, reached)
            kind: AlarmKind | None = "went_back" if reached < answer else None
        else:
            kind = "forked"
        if source.alarm is not None:
            return None
        if greeting.names[-1] != source.log_id:
            return Alarm("restored", held.position, reached, str(greeting.names[-1]))
        return Alarm(kind, held.position, reached) if kind else None

    def _find_chain(self, source: Source, position: int) -> bytes | None:
        return self._log.sources.find_chain(source.log_id, position) if position else GENESIS

    def _stop(self, source: Source, alarm: Alarm) -> NoReturn:
        now = self._clock.now()
        with self._changing() as register:
            register.raise_alarm(source.log_id, alarm, Act(now, SYSTEM, now))
        raise SourceStopped(source.log_id, alarm.kind)

    # --- Hearing it ---

    def list_heard(self) -> Mapping[UUID, SourceHeard]:
        """What is known of each source that was heard, by the name under which it joined. Raises: CannotRead."""
        return {heard.source: heard for heard in self._log.sources.list_heard()}

    def _hear(self, source: Source, shown: Head, held: Head, *, is_end: bool) -> None:
        known = self.list_heard().get(source.log_id)
        heard = hear_source(known, source.log_id, self._clock.now(), shown, held, is_end=is_end)
        if heard.is_news(known):
            self._log.write_heard(heard)

    # --- Storing it ---

    def _store(self, source: Source, batch: SourceBatch, chains: Sequence[bytes], held: Head) -> None:
        first = held.position - batch.after
        rows, links = batch.rows[first:], chains[first + 1 :]
        days = self._rules.load().days
        foreign = find_foreign_row(rows, source.kiosk, days)
        if foreign is not None:
            self._stop_at(source, rows, foreign, held)
        marks = [*(None for _ in rows[1:]), batch.end.signature]
        positions = range(held.position + 1, held.position + 1 + len(rows))
        placed = [*map(SourceLink._make, zip(positions, links, marks, strict=True))]
        end = batch.end.head
        known = self.list_heard().get(source.log_id)
        heard = hear_source(known, source.log_id, self._clock.now(), end, end, is_end=False)
        name_days_of_late_taps(self._log, rows, days, self._clock.now())
        try:
            self._log.append_taken(rows, Origin(placed, heard))
        except Conflict as occupied:
            places = [(row.stream, row.version) for row in rows]
            self._stop_at(source, rows, places.index((occupied.stream, occupied.version)), held)

    def _stop_at(self, source: Source, rows: Sequence[SourceRow], index: int, held: Head) -> NoReturn:
        detail = rows[index].topic[:80]
        self._stop(source, Alarm("not_yours", held.position, held.position + 1 + index, detail))


def _demand_running(source: Source) -> None:
    if source.alarm is not None:
        raise SourceStopped(source.log_id, source.alarm.kind)
