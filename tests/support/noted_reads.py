"""Which streams a log asks its store for."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from domain.log.event_log import EventLog


@contextmanager
def noting_reads(log: EventLog) -> Iterator[list[UUID]]:
    """The streams that the store is asked for."""
    recorder, asked = log._recorder, list[UUID]()
    read_stream, read_last_versions = recorder.read_stream, recorder.read_last_versions
    recorder.read_stream = lambda stream, after: asked.append(stream) or read_stream(stream, after)
    recorder.read_last_versions = lambda streams: asked.extend(streams) or read_last_versions(streams)
    yield asked
    del recorder.read_stream, recorder.read_last_versions
