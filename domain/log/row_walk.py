"""All events of a log as they are stored: for what knows them by their stored names, and loads no kind of stream."""

from collections.abc import Iterator

from domain.log.event_log import EventLog
from domain.log.event_rows import PAGE, EventRow


def walk_rows(log: EventLog, after: int = 0) -> Iterator[EventRow]:
    """Every event behind a position as it is stored, in order, page by page. Raises: CannotRead."""
    while rows := log.read_rows(after, PAGE):
        yield from rows
        after = rows[-1][0]
