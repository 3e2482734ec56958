"""Lines about trainings: each that was attended, and from when on it is complete (R-002 to R-004)."""

from typing import Annotated

from msgspec import Meta
from typing_extensions import override

from devices.faults import ShortText
from domain.model.training import Requirement, Training
from kiosk.batch.command import BatchCommand, CommandContext, UnusableLine
from kiosk.batch.fields import Day, FreeText, Identifier, Instant
from kiosk.trainings.requirements import Module, TrainingKind
from kiosk.words.errors import BatchText
from kiosk.words.trainings import TrainingsText

MOST_TRAINING_HOURS = 10_000
"""Hours of one training: more than five years of full days."""

TrainingHours = Annotated[float, Meta(ge=0, le=MOST_TRAINING_HOURS)]


class CompleteTraining(BatchCommand, tag="complete_training"):
    """A training is on file: whole, or a session of one that is complete when all of them are (R-003, R-004)."""

    volunteer: Identifier
    kind: TrainingKind
    category: ShortText | None = None
    on: Day | None = None
    completed_at: Instant | None = None
    hours: TrainingHours | None = None
    """None: it is complete."""
    modules: Annotated[list[Module], Meta(min_length=1)] | None = None
    """Of basic training, those that were done; None: all of them."""
    certificate: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> str | None:
        volunteer_id = context.find_volunteer(self.volunteer)
        context.demand_nameless(self.category)
        training, home = self._build_training(), context.home
        requirement = home.training_requirements.find_requirement(training.kind, training.category)
        note = context.keep_note_if_any(self.certificate)
        is_complete = home.desk.complete_training(volunteer_id, training, note, context.act, requirement)
        return None if is_complete else explain_incomplete(requirement)

    def _build_training(self) -> Training:
        if (self.on is None) == (self.completed_at is None):
            raise UnusableLine(BatchText.TRAINING_NEEDS_ONE_DATE.fill())
        if self.kind == "special" and self.category is None:
            raise UnusableLine(BatchText.CATEGORY_MISSING.fill())
        if self.modules and self.kind != "basic":
            raise UnusableLine(TrainingsText.MODULES_OF_BASIC_ONLY.fill())
        on, completed_at = self.on and self.on.day.isoformat(), self.completed_at and self.completed_at.utc
        return Training(self.kind, self.category, on, completed_at, self.hours, tuple(self.modules or ()))


def explain_incomplete(requirement: Requirement) -> str:
    """The remark on a session with which its training is not complete yet."""
    if requirement.modules:
        return TrainingsText.MODULES_MISSING.fill(modules=", ".join(sorted(requirement.modules)))
    return TrainingsText.NOT_COMPLETE.fill(needed=f"{requirement.hours:g}")
