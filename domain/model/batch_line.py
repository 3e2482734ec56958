"""A line of a batch that was given a key, once it is carried out: run again, it changes nothing."""

from uuid import UUID

from eventsourcing.domain import Aggregate, event

from domain.act import Act
from domain.model.streams import DeskStream


class BatchLine(DeskStream):
    """One such line; its stream is named for its key. Its event stands in the transaction of what the line did."""

    TOPIC = "batch-line"

    class Created(Aggregate.Created):
        """The line was carried out."""

        TOPIC = "batch-line.carried-out"
        command: str
        digest: str
        """Keyed hash of what the line says, hex: another line with the same key is not taken for it."""

    @classmethod
    def carry_out(cls, stream: UUID, command: str, digest: str, act: Act) -> "BatchLine":
        """A line that is being carried out."""
        return cls._create(cls.Created, id=stream, command=command, digest=digest, **act.build_fields())

    @event(Created)
    def __init__(self, digest: str) -> None:
        self.digest = digest
