"""Rows in and out of the log of one unit in PostgreSQL: add in a chain, read on, read to verify.

Rule: an append is one transaction. It locks the unit's row, so positions have no gap and become visible in their order,
also beside other writers of the database; the writer's lock around it keeps true what a command has decided by.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import LiteralString, NamedTuple, cast
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import StoredEvent
from psycopg import errors

from domain.log.chain import EMPTY_HEAD, Head, compute_leaf, compute_link
from domain.log.chain_walk import LogFault, StoredRow
from domain.log.copying import write_copy
from domain.log.errors import Conflict, LogDamaged, LogError, LogIsReadOnly, OutcomeUnknown, RowsNotKept, ServerFailed
from domain.log.event_rows import LAST_POSITION, EventRow
from domain.log.head_file import KeptHead
from domain.log.postgresql import queries
from domain.log.postgresql.connection import (
    SAFE_SETTINGS,
    SeenHead,
    demand_no_warning,
    demand_safe_settings,
    explain,
    find_guard_difference,
    translate_write_error,
)
from domain.log.postgresql.pool import Server
from domain.log.postgresql.sources import PostgreSQLSources
from domain.log.postgresql.unit_lock import UnitLock
from domain.log.recorder import FIRST_POSSIBLE, MOST_GROWTH, Growth, list_subqueries
from domain.log.scratch import hold_views_folder
from domain.log.source_heard import SourceHeard
from domain.log.source_rows import Origin


class _Row(NamedTuple):
    position: int
    stream: UUID
    version: int
    topic: str
    state: bytes
    chain: bytes


class PostgreSQLRecorder:
    """The log of one unit. Who reads borrows another connection than who writes: no reader waits for a writer."""

    log_id: UUID
    """The name in force, once `load_name` has found out."""

    def __init__(
        self, server: Server, unit_no: int, folder: Path, *, timeout: float, read_only: bool, held: ExitStack
    ) -> None:
        """`folder` is for what is derived from the log on this machine; `held` lets go of the server."""
        reader = server.reader
        self.place = reader.address
        self.read_only = read_only
        self.reserve = None
        self.sources = PostgreSQLSources(reader, unit_no)
        self._reader = reader
        self._unit_no = unit_no
        self._folder = folder
        self._lock = UnitLock(server.writer, unit_no, timeout)
        self._held = held
        self._seen = SeenHead(reader.address)

    def hold_views_folder(self, *, in_memory: bool) -> AbstractContextManager[Path]:
        """A scratch folder in the home. Raises: CannotWrite."""
        return hold_views_folder(self._folder, 0, read_only=in_memory or self.read_only)

    def copy_to(self, into: Path) -> None:
        """Write the log as it is now to a new SQLite file. Raises: CannotRead, CannotWrite."""
        heard = self.sources.list_heard()  # before the events: of what it says that it is held, nothing is missing
        upto = self.last_given()
        write_copy(into, self.list_names(), self.read_raw(upto), self.sources.read_rows(upto), heard)

    def close(self) -> None:
        """Let go of the server: the last log of this process that does closes its connections."""
        self._held.close()

    # --- Adding ------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Generator[None]:
        """Hold the writer's lock of the unit. Raises: LogBusy, CannotConnect, LogIsReadOnly."""
        with self._hold():
            yield

    def is_writing(self) -> bool:
        """This thread holds the writer's lock."""
        return self._lock.is_mine()

    def limit_wait(self, seconds: float) -> None:
        """From now on wait at most so long for the writer's lock."""
        self._lock.timeout = seconds

    def insert_events(self, stored_events: Sequence[StoredEvent], origin: Origin | None = None) -> Sequence[int]:
        """All or none; their positions. Where the answer was lost, the log is asked what became of them.

        Raises: Conflict, CannotWrite, OutcomeUnknown, LogBusy, RowsNotKept.
        """
        rows: list[_Row] = []
        with self._hold() as connection, demand_no_warning(connection, self.place):
            try:
                with connection.transaction():
                    rows += self._chain_rows(connection, stored_events)
                    self._insert_rows(connection, rows)
                    if origin:
                        self.sources.insert(connection, rows[0].position, origin)
            except errors.UniqueViolation as refused:
                raise self._find_conflict(connection, stored_events) from refused
            except psycopg.Error as refused:
                if not connection.closed:
                    raise translate_write_error(self.place, refused) from refused
                self._demand_stored(rows, refused)
        self._seen.note(Head(rows[-1].position, rows[-1].chain))
        return [row.position for row in rows]

    def write_heard(self, heard: SourceHeard) -> None:
        """Keep what is known of a source."""
        self._write(queries.WRITE_HEARD, (self._unit_no, *heard.list_columns()))

    def renew_name(self, log_id: UUID | None = None) -> UUID:
        """A new log_id, or this one, in force from now on."""
        log_id = log_id or uuid4()
        self._write(queries.RENAME, (log_id, self._unit_no))
        self.log_id = log_id
        return log_id

    def probe(self) -> None:
        """Commit the head that stands there already: a real write, flushed like that of an event."""
        self._write(queries.PROBE, (self._unit_no,))

    def _hold(self) -> AbstractContextManager[psycopg.Connection]:
        if self.read_only:
            raise LogIsReadOnly(self.place)
        return self._lock.hold()

    def _chain_rows(self, connection: psycopg.Connection, stored_events: Sequence[StoredEvent]) -> list[_Row]:
        """The events as rows behind the head, which stays where it is until the end of the transaction."""
        seen = self._seen.head
        found = connection.cursor(binary=True).execute(queries.LOCK_UNIT, (seen.position, self._unit_no)).fetchone()
        if found is None:
            raise LogDamaged(self.place, "its unit is gone")
        position, chain, held, *settings = found
        self._seen.demand_held(seen, held)
        demand_safe_settings([*zip(SAFE_SETTINGS, settings, strict=True)], self.place)
        rows: list[_Row] = []
        for number, event in enumerate(stored_events, position + 1):
            stream = cast("UUID", event.originator_id)
            version, topic, state = event.originator_version, event.topic, event.state
            leaf = compute_leaf(number, stream.hex.encode(), version, topic.encode(), state)
            chain = compute_link(chain, leaf)
            rows.append(_Row(number, stream, version, topic, state, chain))
        return rows

    def _insert_rows(self, connection: psycopg.Connection, rows: Sequence[_Row]) -> None:
        """Raises: RowsNotKept where a foreign trigger or rule has swallowed one."""
        columns = [list(column) for column in zip(*rows, strict=True)]
        end = rows[-1]
        if connection.execute(queries.ADD, (end.position, end.chain, self._unit_no, *columns)).rowcount != len(rows):
            raise RowsNotKept(self.place)

    def _find_conflict(self, connection: psycopg.Connection, stored_events: Sequence[StoredEvent]) -> LogError:
        """The first event whose version stands already, in the log or earlier in the batch."""
        versions = [(cast("UUID", event.originator_id), event.originator_version) for event in stored_events]
        columns = [list(column) for column in zip(*versions, strict=True)]
        known = {*connection.cursor(binary=True).execute(queries.VERSIONS, (self._unit_no, *columns)).fetchall()}
        for stream, version in versions:
            if (stream, version) in known:
                return Conflict(stream, version)
            known.add((stream, version))
        return LogDamaged(self.place, "it holds positions that it has not given")

    def _demand_stored(self, rows: Sequence[_Row], lost: psycopg.Error) -> None:
        """Ask over a new session: by then the lost one has committed or not, and its chain hash says which.

        What is stored may not be on a synchronous standby yet: a commit behind it waits for that.
        Raises: ServerFailed, where nothing is stored; OutcomeUnknown, where the server cannot be asked.
        """
        try:
            self._lock.take_again()
            is_stored = bool(rows) and self.find_chain(rows[-1].position) == rows[-1].chain
            if is_stored:
                self.probe()
        except LogError as refused:
            raise OutcomeUnknown(self.place, explain(lost)) from refused
        if not is_stored:
            raise ServerFailed(self.place, explain(lost)) from lost

    def _write(self, query: LiteralString, values: Sequence[object]) -> None:
        with self._hold() as connection, demand_no_warning(connection, self.place):
            try:
                moved = connection.execute(query, values).rowcount
            except psycopg.Error as refused:
                if connection.closed:
                    raise OutcomeUnknown(self.place, explain(refused)) from refused
                raise translate_write_error(self.place, refused) from refused
        if moved != 1:
            raise RowsNotKept(self.place)

    # --- Reading -----------------------------------------------------------------------------

    def load_name(self) -> None:
        """Find out how the log is called. Raises: LogDamaged."""
        self.log_id = self.list_names()[-1]

    def list_names(self) -> list[UUID]:
        """Every log_id that the log has had; the last is in force."""
        names = [log_id for (log_id,) in self._reader.rows(queries.NAMES, (self._unit_no,))]
        if not names:
            raise LogDamaged(self.place, "its unit has no name")
        return names

    def head(self) -> Head:
        """The last event there is."""
        seen = self._seen.head
        found = self._reader.rows(queries.HEAD, (self._unit_no, seen.position, self._unit_no))
        head, held = (Head(*found[0][:2]), found[0][2]) if found else (EMPTY_HEAD, None)
        self._seen.demand_held(seen, held)
        self._seen.note(head)
        return head

    def last_given(self) -> int:
        """The last position that was ever given; 0 when none was."""
        ((position,),) = self._reader.rows(queries.LAST_GIVEN, (self._unit_no,))
        return position

    def read_growth(self, after: int) -> Growth:
        """The streams that grew behind a position."""
        rows = self._reader.rows(queries.GROWTH, (self._unit_no, self._unit_no, after, MOST_GROWTH + 1))
        return Growth.build(self.log_id, rows)

    def chain_at(self, position: int) -> bytes:
        """The chain hash of one event."""
        ((chain,),) = self._reader.rows(queries.CHAIN_AT, (self._unit_no, position))
        return chain

    def find_chain(self, position: int) -> bytes | None:
        """The chain hash at a position; None where no event stands."""
        return next((chain for (chain,) in self._reader.rows(queries.CHAIN_AT, (self._unit_no, position))), None)

    def find_position(self, chain: bytes, before: int) -> int | None:
        """The last position below `before` with a chain hash; None where no event has it."""
        found = self._reader.rows(queries.POSITION_OF, (self._unit_no, chain, before))
        return next((position for (position,) in found), None)

    def find_positions(self, chains: Sequence[bytes]) -> dict[bytes, int]:
        """Where those of some chain hashes stand that an event has: one pass over the log."""
        found = self._reader.rows(queries.WITH_CHAIN, (self._unit_no, [*chains])) if chains else []
        return dict(found)

    def read_stream(self, stream: UUID, after: int) -> list[EventRow]:
        """The events of a stream above a version."""
        return self._reader.rows(queries.STREAM, (self._unit_no, stream, after))

    def read_topic(self, topic: str) -> list[EventRow]:
        """The events of one stored name: one pass over the log."""
        return self._reader.rows(queries.TOPIC, (self._unit_no, topic))

    def read_last_versions(self, streams: Sequence[UUID]) -> Sequence[int]:
        """The version of the last event of each stream, in their order; 0 where there is none."""
        values = [value for stream in streams for value in (self._unit_no, stream)]
        return self._reader.rows(list_subqueries(queries.LAST_VERSION, len(streams)), values)[0]

    def read_onward(self, after: int, limit: int, upto: int = LAST_POSITION) -> list[EventRow]:
        """At most `limit` events behind position `after`, none behind `upto`."""
        return self._reader.rows(queries.ONWARD, (self._unit_no, after, upto, limit))

    # --- Verifying ---------------------------------------------------------------------------

    def read_raw(self, upto: int, batch: int = 2_000, start: int = FIRST_POSSIBLE) -> Iterator[list[StoredRow]]:
        """All rows from one position to another, undecoded, in batches."""
        while rows := self._reader.rows(queries.RAW, (self._unit_no, start, upto, batch)):
            yield rows
            start = rows[-1][0] + 1

    def find_damage(self) -> LogFault | None:
        """What is wrong with the triggers, or with the head in the unit's row. Raises: CannotRead, LogDamaged."""
        if difference := find_guard_difference(self._reader.rows(queries.GUARDS)):
            return difference
        return LogFault("head_moved") if self._reader.rows(queries.WRONG_HEAD, (self._unit_no,)) else None

    def read_kept_head(self) -> KeptHead | None:
        """None: a restore of the database would restore it too. Heads are kept in homes and reports."""
        return None

    def keep_verified_head(self, verified: Head) -> None:
        """Nothing: the home keeps its last verification."""
