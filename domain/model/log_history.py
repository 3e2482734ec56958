"""What became of the log itself: the restores that it went through, each with the name that it has had since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from domain.act import Act
from domain.ids import log_history_stream
from domain.model.streams import StandingStream, StreamEvent


@dataclass(frozen=True, slots=True)
class BackupEnd:
    """The end of the log in the backup that it was restored from."""

    position: int
    """Of the last event; 0 where there is none."""
    chain: str
    """The chain hash there, hex."""
    made_at: datetime
    """When the backup was made, by its machine's clock."""


class LogHistory(StandingStream):
    """The restores of one log."""

    TOPIC = "log-history"

    class Restored(StreamEvent):
        """The log was restored from a backup. What the backup did not hold is gone from it, and was there once."""

        TOPIC = "log-history.restored"
        log_id: UUID
        """Its name from here on."""
        position: int
        """Of the last event in the backup."""
        chain: str
        """The chain hash there, hex."""
        made_at: datetime
        at: datetime
        by: UUID

    @classmethod
    def unread(cls) -> Self:
        """The history, not yet read."""
        return cls.at_version_zero(log_history_stream())

    def record_restore(self, log_id: UUID, backup: BackupEnd, act: Act) -> None:
        """Record a restore, and the name that it gave to the log."""
        facts = {"position": backup.position, "chain": backup.chain, "made_at": backup.made_at}
        self.trigger_event(self.Restored, log_id=log_id, **facts, **act.build_fields())
