"""Corrections on a home: who may correct, what a correction would change, and the command that makes it.

Rule: a correction goes to the desk exactly as the line of a batch would: the reason into the people store first, then
one use case of `domain.use_cases.desk`; a refusal removes the reason again and is recorded.
"""

from collections.abc import Mapping
from uuid import UUID

from typing_extensions import override

from domain.act import Act, Note
from domain.clock import Clock
from domain.errors import DomainError
from domain.spans import Second, instant, second
from kiosk.accounts.coordinators import Coordinators
from kiosk.accounts.pins import Pin
from kiosk.act_builder import ActBuilder
from kiosk.effects import Effect, ShownWhatIf
from kiosk.home import Home
from kiosk.refusals import UnknownNumber
from kiosk.roster.corrections.corrections import CorrectionService, Trial
from kiosk.roster.day.source import mask_actor
from kiosk.roster.view_model import DayView, Person
from kiosk.text.masking import mask
from kiosk.text.sanitise import sanitise
from kiosk.views_repair import run_repaired
from kiosk.words.refusals import format_refusal
from projections.read_models.settlements import Arriving, Closing, Correction, Excusing, Voiding

COMMANDS: Mapping[type, str] = {
    Arriving: "add_visit",
    Closing: "close_visit",
    Excusing: "excuse_absence",
    Voiding: "void_visit",
}
"""The commands of a batch that make the same corrections."""


class HomeCorrectionService(CorrectionService):
    """Corrects the days of one home. Its calls must not run while the home is read for the screen."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """`clock` runs even in a simulation."""
        self._home = home
        self._coordinators = Coordinators(home, clock)

    # --- The coordinator ---

    @override
    def list_coordinators(self) -> dict[UUID, str]:
        return {actor: mask_actor(self._home, name) for actor, name in self._coordinators.list_names().items()}

    @override
    def check_lockout(self, actor: UUID) -> None:
        self._coordinators.check_lockout(actor)

    @override
    def authenticate(self, actor: UUID, pin: Pin) -> bool:
        return self._coordinators.authenticate(actor, pin)

    # --- The correction ---

    @override
    def find_volunteer(self, number: str) -> UUID:
        people = self._home.people
        found = people.find_id(people.resolve_typed_number(number))
        found = found or people.find_id(people.find_similar_number(number) or "")
        if found is None:
            raise UnknownNumber(number)
        return found

    @override
    def now(self) -> Second:
        return second(self._coordinators.now())

    @override
    def preview(self, day: DayView, correction: Correction) -> Effect:
        from kiosk.what_if import foresee_correction  # noqa: PLC0415 - loads each command; the first rows need none

        return run_repaired(self._home, lambda: foresee_correction(self._home, day.volunteer, day.date, correction))

    @override
    def foresee(self, day: DayView, trial: Trial, by: UUID) -> ShownWhatIf:
        from kiosk.what_if import foresee  # noqa: PLC0415 - the same

        with Home.open(self._home.path) as home:  # connections of its own: the screen goes on meanwhile
            found = foresee(home, lambda copy: _try_out(copy, day.volunteer, trial, by))
            subjects = (effect.subject for effect in found.effects)
            return ShownWhatIf(found, {who: _label(home, who) for who in subjects if isinstance(who, UUID)})

    @override
    def apply(self, volunteer_id: UUID, correction: Correction, reason: str, by: UUID) -> None:
        act = self._coordinators.build_act(by)
        with self._home.log.writing():
            note = self._home.people.keep_note(reason, self._home.log.next_position())
            try:
                self._call_desk(volunteer_id, correction, note, act)
            except DomainError as refusal:
                self._home.people.drop_note(note)
                self._home.desk.record_refusal(COMMANDS[type(correction)], refusal, act)
                raise

    def _call_desk(self, volunteer_id: UUID, correction: Correction, note: Note, act: Act) -> None:
        desk = self._home.desk
        match correction:
            case Closing(check_in, check_out):
                desk.close_visit(volunteer_id, (instant(check_in), instant(check_out)), note, act)
            case Arriving(check_in):
                desk.add_arrival(volunteer_id, instant(check_in), note, act)
            case Voiding(check_in):
                desk.void_visit(volunteer_id, instant(check_in), note, act)
            case Excusing(shift):
                desk.excuse_absence(shift, volunteer_id, note, act)

    @override
    def format_refusal(self, refusal: DomainError, sentences: Mapping[str, str]) -> str:
        return format_refusal(refusal, self._home.people.find_number, self._home.zone, sentences)


def _try_out(copy: Home, volunteer: UUID, trial: Trial, by: UUID) -> None:
    act, desk = ActBuilder(copy).build_act(by), copy.desk
    with copy.log.writing():
        note = copy.people.keep_note("-", copy.log.next_position())
        match trial.subject:
            case str(shift) if trial.kind == "move":
                desk.change_shift(shift, instant(trial.start), instant(trial.end), act, long=True)
            case str(shift):
                desk.cancel_shift(shift, note, act)
            case check_in:
                desk.void_visit(volunteer, instant(check_in), note, act)


def _label(home: Home, volunteer: UUID) -> str:
    name, number = home.people.find_name(volunteer), home.people.find_number(volunteer)
    masked = mask(name, home.settings.masking) if name else ""
    return Person(sanitise(number or ""), sanitise(masked)).label
