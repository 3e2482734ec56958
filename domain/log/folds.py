"""What a stream makes of an aggregate: strictly, or past every event that cannot be decoded or applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventsourcing.domain import EventSourcingError

from domain.log.errors import UnknownName, Unreadable, WrongStream
from domain.log.lenient import UndecodableEvent, describe_unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from eventsourcing.domain import Aggregate, AggregateEvent

    from domain.log.event_rows import Entry, EventRow

FOLD_ERRORS = (EventSourcingError, AssertionError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
"""What a fold raises over an event that was decoded and yet cannot be."""


def fold_strict(entries: Iterable[Entry], aggregate: Aggregate | None, stream: UUID) -> Aggregate | None:
    """The aggregate that a stream makes of another. Raises: WrongStream where one of its events cannot be."""
    try:
        for _, event in entries:
            aggregate = event.mutate(aggregate)
    except (EventSourcingError, AssertionError) as refused:
        raise WrongStream(stream, str(refused) or "its first event does not begin it") from refused
    except FOLD_ERRORS as refused:
        raise WrongStream(stream, f"one of its events cannot be: {type(refused).__name__}") from refused
    return aggregate


def fold_lenient(
    read: Callable[[EventRow], AggregateEvent], aggregate: Aggregate | None, rows: Iterable[EventRow]
) -> tuple[Aggregate | None, list[UndecodableEvent]]:
    """What the rows make of an aggregate, and those of which nothing could be made."""
    passed: list[UndecodableEvent] = []
    for row in rows:
        try:
            aggregate = read(row).mutate(aggregate)
            continue  # nearly always
        except (UnknownName, Unreadable) as refused:
            passed.append(describe_unreadable(row, refused))
        except FOLD_ERRORS:
            passed.append(describe_unfit(row))
        if aggregate is not None:
            aggregate.version = row[2]
    return aggregate, passed


def describe_unfit(row: EventRow) -> UndecodableEvent:
    """What is said of an event that was read, and that a fold could not take in."""
    return UndecodableEvent(*row[:4], "impossible")
