"""Lines about meetings and training sessions: when, for whom, who was there (R-033, R-047, R-073, R-116)."""

from typing_extensions import override

from devices.faults import ShortText
from domain.model.unit_session import SessionKind, SessionPlan
from kiosk.batch.command import BatchCommand, CommandContext, SignedCommand, UnusableLine
from kiosk.batch.fields import FreeText, Identifier, Instant
from kiosk.batch.trainings import TrainingHours
from kiosk.home import Home
from kiosk.trainings.requirements import TrainingKind
from kiosk.words.errors import BatchText
from kiosk.words.trainings import TrainingsText


class ScheduleSession(BatchCommand, tag="schedule_session"):
    """A meeting or a training session is announced, for all volunteers or for those listed."""

    session: Identifier
    kind: SessionKind
    title: ShortText
    start: Instant
    end: Instant
    volunteers: list[Identifier] | None = None
    training: TrainingKind | None = None
    category: ShortText | None = None
    hours: TrainingHours | None = None
    chair: FreeText | None = None
    """Who takes the chair (R-116)."""

    @override
    def run(self, context: CommandContext) -> None:
        self._demand_training_fields()
        context.demand_nameless(self.session, self.title, self.category)
        listed = None if self.volunteers is None else context.find_volunteers(self.volunteers)
        span = (self.start.utc, self.end.utc)
        plan = SessionPlan(self.kind, self.title, *span, listed, self.training, self.category, self.hours)
        chair = context.keep_note_if_any(self.chair)
        context.home.desk.schedule_session(self.session, plan, chair, context.act)

    def _demand_training_fields(self) -> None:
        if (self.kind == "training") != (self.training is not None):
            raise UnusableLine(TrainingsText.TRAINING_OF_SESSION.fill())
        if self.training is None and (self.category is not None or self.hours is not None):
            raise UnusableLine(TrainingsText.TRAINING_OF_SESSION.fill())
        if self.training == "special" and self.category is None:
            raise UnusableLine(BatchText.CATEGORY_MISSING.fill())


class CancelSession(BatchCommand, tag="cancel_session"):
    """A session does not take place."""

    session: Identifier
    reason: FreeText

    @override
    def run(self, context: CommandContext) -> None:
        context.home.desk.cancel_session(self.session, context.keep_note(self.reason), context.act)


class AddSessionAttendance(SignedCommand, tag="add_session_attendance"):
    """A volunteer was at a session though no tap says so (R-121)."""

    session: Identifier
    volunteer: Identifier

    @override
    def run(self, context: CommandContext) -> None:
        volunteer_id, note = context.find_volunteer(self.volunteer), context.keep_note(self.reason)
        context.home.desk.add_session_attendance(self.session, volunteer_id, note, context.act)


class CompleteSessionTraining(BatchCommand, tag="complete_session_training"):
    """The training of a session is on file for everybody who was there, or for those of them who are listed (R-073)."""

    session: Identifier
    volunteers: list[Identifier] | None = None

    @override
    def prepare(self, home: Home) -> None:
        from kiosk.acknowledgement import prepare_views  # noqa: PLC0415 - loads the read models, which few batches need

        prepare_views(home)

    @override
    def run(self, context: CommandContext) -> str:
        from kiosk.session_training import record_session_training  # noqa: PLC0415 - the same

        listed = None if self.volunteers is None else context.find_volunteers(self.volunteers)
        count = record_session_training(context.home, self.session, listed, context.act)
        return TrainingsText.SESSION_TRAINING_RECORDED.fill(count=count)
