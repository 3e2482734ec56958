"""What the log of a unit in PostgreSQL keeps of its sources: the tables `taken` and `heard`.

Rule: its rows are added in the transaction of the events beside which they stand. How far a source is held follows from
its last row; nothing else says so, and nothing can disagree. `heard` says how far a source went when it last spoke.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import psycopg

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.errors import RowsNotKept
from domain.log.postgresql import queries
from domain.log.postgresql.pool import ConnectionPool
from domain.log.source_heard import SourceHeard, count_microseconds, read_microseconds
from domain.log.source_rows import Origin, TakenEvent, TakenRow

PAGE = 2_000
"""Rows read at once."""


class PostgreSQLSources:
    """The sources of one unit."""

    def __init__(self, reader: ConnectionPool, unit_no: int) -> None:
        self._reader = reader
        self._unit_no = unit_no

    def insert(self, connection: psycopg.Connection, first: int, origin: Origin) -> None:
        """Rows beside the events from position `first` on, and what is known of their source, in their transaction.

        Raises: RowsNotKept, psycopg.Error.
        """
        positions = [*range(first, first + len(origin.links))]
        columns = [list(column) for column in zip(*origin.links, strict=True)]
        about = (positions, origin.source, count_microseconds(origin.received))
        if connection.execute(queries.ADD_TAKEN, (self._unit_no, *about, *columns)).rowcount != len(positions):
            raise RowsNotKept(self._reader.address)
        connection.execute(queries.WRITE_HEARD, (self._unit_no, *origin.heard.list_columns()))

    def find_head(self, source: UUID) -> Head:
        """How far the log of a source was taken."""
        found = self._reader.rows(queries.SOURCE_HEAD, (self._unit_no, source))
        return next((Head(*row) for row in found), EMPTY_HEAD)

    def find_chain(self, source: UUID, position: int) -> bytes | None:
        """The chain of a source at a position that was taken; None at any other."""
        found = self._reader.rows(queries.SOURCE_CHAIN_AT, (self._unit_no, source, position))
        return next((chain for (chain,) in found), None)

    def read_events(self, source: UUID, after: int, limit: int) -> list[TakenEvent]:
        """At most `limit` events of a source behind a position of it, in its order; a row without one has no bytes."""
        return [
            TakenEvent(*row) for row in self._reader.rows(queries.SOURCE_EVENTS, (self._unit_no, source, after, limit))
        ]

    def list_names(self) -> list[str]:
        """Every source of which rows stand here."""
        return [source for (source,) in self._reader.rows(queries.SOURCE_NAMES, (self._unit_no,))]

    def find_received(self, first: int, last: int) -> Mapping[int, datetime]:
        """When each event between two positions was taken; those alone that were."""
        found = self._reader.rows(queries.RECEIVED, (self._unit_no, first, last))
        return {position: read_microseconds(received) for position, received in found}

    def list_heard(self) -> list[SourceHeard]:
        """What is known of each source that was heard."""
        return [SourceHeard.build(*row) for row in self._reader.rows(queries.HEARD, (self._unit_no,))]

    def find_positions(self, source: UUID, after: int, upto: int) -> set[int]:
        """Where in this log events of a source stand, behind a position up to another."""
        found = self._reader.rows(queries.SOURCE_POSITIONS, (self._unit_no, source, after, upto))
        return {position for (position,) in found}

    def read_rows(self, upto: int) -> Iterator[Sequence[TakenRow]]:
        """The rows of all sources beside events up to a position, in batches."""
        after = 0
        while rows := [TakenRow(*row) for row in self._reader.rows(queries.TAKEN, (self._unit_no, after, upto, PAGE))]:
            yield rows
            after = rows[-1].position
