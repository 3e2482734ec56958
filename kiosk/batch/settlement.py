"""Lines that settle what needs a person: acknowledged as right, decided, or taken back, with author and reason."""

from typing import Annotated, Literal

from msgspec import Meta
from typing_extensions import override

from devices.faults import ShortText
from domain.log.event_rows import LAST_POSITION
from domain.model.acknowledgements import AcknowledgedKind
from domain.model.pending_row import MOST_EVENTS, SeenRow
from kiosk.batch.command import CommandContext, SignedCommand
from kiosk.batch.fields import Day, Identifier
from kiosk.home import Home

Position = Annotated[int, Meta(ge=1, le=LAST_POSITION)]
"""Where the log holds an event."""


class Acknowledge(SignedCommand, tag="acknowledge"):
    """What needs a person is right as it is (R-121): `kind`, `volunteer` and `events` as `kiosk pending` shows them."""

    kind: AcknowledgedKind | Literal["case", "clock"]
    events: Annotated[list[Position], Meta(min_length=1, max_length=MOST_EVENTS)]
    volunteer: Identifier | None = None
    """None where the row has none."""

    @override
    def prepare(self, home: Home) -> None:
        from kiosk.acknowledgement import prepare_views  # noqa: PLC0415 - loads the read models, which few batches need

        prepare_views(home)

    @override
    def run(self, context: CommandContext) -> None:
        from kiosk.acknowledgement import acknowledge_pending  # noqa: PLC0415 - the same

        volunteer_id = None if self.volunteer is None else context.find_volunteer(self.volunteer)
        row = SeenRow(self.kind, volunteer_id, self.events)
        acknowledge_pending(context.home, row, context.keep_note(self.reason), context.act)


class ReportMisconduct(SignedCommand, tag="report_misconduct"):
    """A person states what a volunteer did on a day (R-054): a case waits for a decision."""

    volunteer: Identifier
    on: Day

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note(self.reason)
        context.home.desk.report_misconduct(volunteer_id, self.on.day, note, context.act)


class Counsel(SignedCommand, tag="counsel"):
    """A talk with a volunteer about a case that waits for a decision (R-055); `reason` says what was agreed."""

    volunteer: Identifier
    rule: ShortText

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note(self.reason)
        context.home.desk.counsel(volunteer_id, self.rule, note, context.act)


class DecideExit(SignedCommand, tag="decide_exit"):
    """The decision on a case that a rule raised (R-050 to R-054)."""

    volunteer: Identifier
    rule: ShortText
    decision: Literal["keep", "reassign", "not_renew", "terminate"]

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id = context.find_volunteer(self.volunteer)
        context.home.desk.decide_exit(
            volunteer_id, self.rule, self.decision, context.keep_note(self.reason), context.act
        )


class Retract(SignedCommand, tag="retract"):
    """A correction, an entry of a ledger or a decision counts as if it had not been made (R-121)."""

    event: Position

    @override
    def run(self, context: CommandContext) -> None:
        home, note = context.home, context.keep_note(self.reason)
        home.desk.retract(self.event, note, context.act, home.training_requirements.find_requirement)
