"""Events that this program cannot read, rightly chained: as a newer program, a merged log or a slip may leave them."""

from uuid import UUID

import msgspec
from eventsourcing.persistence import StoredEvent

from domain.log.event_log import EventLog

PRIVATE_TEXT = "what nobody may read in a message"
UNKNOWN_TOPIC = "attendance.tap-blessed"
"""A name that is on no list."""


def insert_undecodable(log: EventLog, stream: UUID, topic: str, state: bytes | None = None, **fields: object) -> int:
    """Write an event at the end of a stream past everything that checks it; its position."""
    recorder = log._recorder
    facts = {"timestamp": "2026-11-19T01:00:00Z", "secret": PRIVATE_TEXT, **fields}
    state = msgspec.json.encode(facts) if state is None else state
    version = log.find_version(stream) + 1
    stored = StoredEvent(originator_id=stream, originator_version=version, topic=topic, state=state)
    (position,) = recorder.insert_events([stored])
    return position
