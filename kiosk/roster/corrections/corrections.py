"""What a coordinator may settle at the roster, and how it is done.

Rule: it goes to the desk exactly as the line of a batch would: the reason into the people store first, then one use
case of `domain.use_cases.desk`; a refusal takes the reason back and is written down.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.act import Act, Note
from domain.clock import Clock
from domain.errors import DomainError
from domain.spans import Second, instant, second
from kiosk.coordinators import Coordinators
from kiosk.home import Home
from kiosk.pins import Pin
from kiosk.roster.day.source import DaySeen, masked_actor
from kiosk.words.refusals import sentence_for
from kiosk.words.settling_words import Kind
from projections.evaluation.outcomes import Duty, counts_for
from projections.read_models.explanation import ExplainedVisit, Explanation
from projections.read_models.what_if import Closing, Correction, Effect, Excusing, Voiding, what_if

COMMANDS: Mapping[type, str] = {Closing: "close_visit", Excusing: "excuse_absence", Voiding: "void_visit"}
"""What a batch calls them."""


class Settlements:
    """Settles days of one home. Nothing of it may run at the same time as a look at the home."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """`clock` runs even in a simulation."""
        self._home = home
        self._coordinators = Coordinators(home, clock)

    # --- Who ---

    def coordinators(self) -> dict[UUID, str]:
        """Everybody who may settle, with masked names. Raises: Mistake."""
        return {actor: masked_actor(self._home, name) for actor, name in self._coordinators.names().items()}

    def refuse_try(self, actor: UUID) -> None:
        """Whether a PIN may be tried now. Raises: DomainError, LogError."""
        self._coordinators.refuse_try(actor)

    def is_proved(self, actor: UUID, pin: Pin) -> bool:
        """Whether the PIN is theirs; takes a tenth of a second. Raises: DomainError, LogError, Mistake."""
        return self._coordinators.is_proved(actor, pin)

    # --- What ---

    def now(self) -> Second:
        """What time it is."""
        return second(self._coordinators.now())

    def effect(self, day: DaySeen, correction: Correction) -> Effect:
        """What would change. Raises: LogError, Mistake."""
        views = self._home.views
        views.catch_up(None if self._home.simulation else self._home.now_second())
        key = views.key_of(day.who)
        assert key is not None, "a day without a volunteer is not settled"  # noqa: S101 - a programming error
        return what_if(views, key, day.date, correction)

    def carry_out(self, who: UUID, correction: Correction, reason: str, by: UUID) -> None:
        """Do it. Raises: DomainError, and the refusal is written down; LogError, Mistake."""
        act = self._coordinators.act(by)
        note = self._home.people.note(reason)
        try:
            self._ask_the_desk(who, correction, note, act)
        except DomainError as refusal:
            self._home.people.drop(note)
            self._home.desk.refused(COMMANDS[type(correction)], refusal, act)
            raise

    def _ask_the_desk(self, who: UUID, correction: Correction, note: Note, act: Act) -> None:
        desk = self._home.desk
        match correction:
            case Closing(check_in, check_out):
                desk.close_visit(who, (instant(check_in), instant(check_out)), note, act)
            case Voiding(check_in):
                desk.void_visit(who, instant(check_in), note, act)
            case Excusing(shift):
                desk.excuse_absence(shift, who, note, act)

    def sentence_for(self, refusal: DomainError, sentences: Mapping[str, str]) -> str:
        """Why a rule said no, in the language of these sentences."""
        return sentence_for(refusal, self._home.people.number_of, self._home.zone, sentences)


# --- What of a day can be settled ---


def candidates(kind: Kind, found: Explanation) -> Sequence[ExplainedVisit | Duty]:
    """The visits or duties of an explained day that a settlement of a kind can be about."""
    match kind:
        case "close":
            return [visit for visit in found.visits if visit.visit.check_out is None and not visit.visit.void]
        case "void":
            return [visit for visit in found.visits if not visit.visit.void]
        case "excuse":
            return [duty for duty in found.duties if duty.outcome == "absent"]


def correction_of(candidate: ExplainedVisit | Duty, check_out: Second | None) -> Correction:
    """What a settlement corrects; with `check_out` it closes a visit."""
    if isinstance(candidate, Duty):
        return Excusing(candidate.assignment.shift)
    check_in = candidate.visit.check_in
    return Voiding(check_in) if check_out is None else Closing(check_in, check_out)


def proposed_end(visit: ExplainedVisit, found: Explanation, now: Second) -> Second | None:
    """When a visit without check-out ended in all likelihood: with the last duty that it counts for, if it is over."""
    policy = found.unit.policies.on(visit.visit.day)
    came = [duty.assignment for duty in found.duties if duty.outcome in ("attended", "no_check_out")]
    ends = [assignment.end for assignment in came if counts_for(visit.visit, assignment, policy)]
    return min(max(ends), now) if ends else None
