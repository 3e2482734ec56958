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
from kiosk.roster.day.source import mask_actor
from kiosk.roster.view_model import DayView
from kiosk.words.refusals import format_refusal
from kiosk.words.staff_words import CorrectionKind
from projections.evaluation.attendance_state import is_attendance_of
from projections.evaluation.outcomes import DutyResult
from projections.read_models.explanation import ExplainedVisit, Explanation
from projections.read_models.what_if import Closing, Correction, Effect, Excusing, Voiding, preview_correction

COMMANDS: Mapping[type, str] = {Closing: "close_visit", Excusing: "excuse_absence", Voiding: "void_visit"}
"""What a batch calls them."""


class CorrectionService:
    """Settles days of one home. Nothing of it may run at the same time as a look at the home."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """`clock` runs even in a simulation."""
        self._home = home
        self._coordinators = Coordinators(home, clock)

    # --- Who ---

    def list_coordinators(self) -> dict[UUID, str]:
        """Everybody who may settle, with masked names. Raises: Mistake."""
        return {actor: mask_actor(self._home, name) for actor, name in self._coordinators.list_names().items()}

    def check_lockout(self, actor: UUID) -> None:
        """Whether a PIN may be tried now. Raises: DomainError, LogError."""
        self._coordinators.check_lockout(actor)

    def authenticate(self, actor: UUID, pin: Pin) -> bool:
        """Whether the PIN is theirs; takes a tenth of a second. Raises: DomainError, LogError, Mistake."""
        return self._coordinators.authenticate(actor, pin)

    # --- What ---

    def now(self) -> Second:
        """What time it is."""
        return second(self._coordinators.now())

    def preview(self, day: DayView, correction: Correction) -> Effect:
        """What would change. Raises: LogError, Mistake."""
        views = self._home.views
        views.catch_up(None if self._home.simulation else self._home.now_second())
        key = views.find_key(day.volunteer)
        assert key is not None, "a day without a volunteer is not settled"  # noqa: S101 - a programming error
        return preview_correction(views, key, day.date, correction)

    def apply(self, who: UUID, correction: Correction, reason: str, by: UUID) -> None:
        """Do it. Raises: DomainError, and the refusal is written down; LogError, Mistake."""
        act = self._coordinators.build_act(by)
        note = self._home.people.keep_note(reason)
        try:
            self._call_desk(who, correction, note, act)
        except DomainError as refusal:
            self._home.people.drop_note(note)
            self._home.desk.record_refusal(COMMANDS[type(correction)], refusal, act)
            raise

    def _call_desk(self, who: UUID, correction: Correction, note: Note, act: Act) -> None:
        desk = self._home.desk
        match correction:
            case Closing(check_in, check_out):
                desk.close_visit(who, (instant(check_in), instant(check_out)), note, act)
            case Voiding(check_in):
                desk.void_visit(who, instant(check_in), note, act)
            case Excusing(shift):
                desk.excuse_absence(shift, who, note, act)

    def format_refusal(self, refusal: DomainError, sentences: Mapping[str, str]) -> str:
        """Why a rule said no, in the language of these sentences."""
        return format_refusal(refusal, self._home.people.find_number, self._home.zone, sentences)


# --- What of a day can be settled ---


def list_candidates(kind: CorrectionKind, found: Explanation) -> Sequence[ExplainedVisit | DutyResult]:
    """The visits or duties of an explained day that a settlement of a kind can be about."""
    match kind:
        case "close":
            return [visit for visit in found.visits if visit.visit.check_out is None and not visit.visit.void]
        case "void":
            return [visit for visit in found.visits if not visit.visit.void]
        case "excuse":
            return [duty for duty in found.duties if duty.outcome == "absent"]


def build_correction(candidate: ExplainedVisit | DutyResult, check_out: Second | None) -> Correction:
    """What a settlement corrects; with `check_out` it closes a visit."""
    if isinstance(candidate, DutyResult):
        return Excusing(candidate.assignment.shift)
    check_in = candidate.visit.check_in
    return Voiding(check_in) if check_out is None else Closing(check_in, check_out)


def suggest_end(visit: ExplainedVisit, found: Explanation, now: Second) -> Second | None:
    """When a visit without check-out ended in all likelihood: with the last duty that it counts for, if it is over."""
    policy = found.unit.policies.on(visit.visit.day)
    came = [duty.assignment for duty in found.duties if duty.outcome in ("attended", "no_check_out")]
    ends = [assignment.end for assignment in came if is_attendance_of(visit.visit, assignment, policy)]
    return min(max(ends), now) if ends else None
