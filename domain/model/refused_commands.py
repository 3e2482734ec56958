"""The commands of the desk that a rule refused on one service day: for the auditor."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from domain.act import Act
from domain.errors import DomainError
from domain.ids import refused_commands_stream
from domain.model.streams import StandingStream, StreamEvent


class RefusedCommands(StandingStream):
    """The refusals of one service day."""

    TOPIC = "refused-commands"

    class CommandRefused(StreamEvent):
        """A command and the rule that said no, by their names."""

        TOPIC = "refused-commands.command-refused"
        command: str
        refusal: str
        at: datetime
        by: UUID

    @classmethod
    def of(cls, day: date) -> Self:
        """The refusals of a service day, not yet read."""
        return cls.at_version_zero(refused_commands_stream(day))

    def refuse(self, command: str, refusal: DomainError, act: Act) -> None:
        """Write a refusal down."""
        name = type(refusal).__name__
        self.trigger_event(self.CommandRefused, command=command, refusal=name, **act.build_fields())
