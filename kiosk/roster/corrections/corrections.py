"""Which corrections a coordinator can make at the roster, and what their dialog needs of a service that makes them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.spans import Second, second
from kiosk.accounts.pins import Pin
from kiosk.batch.fields import parse_utc_instant
from kiosk.effects import Effect, ShownWhatIf
from kiosk.roster.view_model import DayView
from kiosk.words.staff_words import CorrectionKind
from kiosk.words.trials import TrialKind
from projections.evaluation.outcomes import DutyResult
from projections.read_models.explanation import ExplainedVisit, Explanation
from projections.read_models.settlements import Closing, Correction, Excusing, Voiding


class Trial(NamedTuple):
    """What is tried: a visit that is void, a shift that has other times or is cancelled."""

    kind: TrialKind
    subject: Second | str
    """When the visit began, or the shift."""
    start: Second = 0
    """Of a shift that would be moved."""
    end: Second = 0


class CorrectionService(Protocol):
    """Authenticates coordinators, previews and makes corrections. Called from a thread, one call at a time."""

    def list_coordinators(self) -> dict[UUID, str]:
        """Those with a PIN, by their ids as actors; names are masked. Raises: UserError."""
        ...

    def check_lockout(self, actor: UUID) -> None:
        """Check that a PIN may be tried now. Raises: DomainError where the next try has to wait, LogError."""
        ...

    def authenticate(self, actor: UUID, pin: Pin) -> bool:
        """Check and record a PIN; takes a tenth of a second. Raises: DomainError, LogError, UserError."""
        ...

    def find_volunteer(self, number: str) -> UUID:
        """The volunteer with a number, also typed in wide or small letters. Raises: UnknownNumber, UserError."""
        ...

    def now(self) -> Second:
        """The time at which a correction would be recorded."""
        ...

    def preview(self, day: DayView, correction: Correction) -> Effect:
        """What a correction would change; nothing is written. Raises: LogError, UserError."""
        ...

    def foresee(self, day: DayView, trial: Trial, by: UUID) -> ShownWhatIf:
        """What would change if something were different; takes seconds, and may be called beside all others.

        Raises: DomainError where a rule would refuse, LogError, UserError.
        """
        ...

    def apply(self, volunteer_id: UUID, correction: Correction, reason: str, by: UUID) -> None:
        """Make a correction. Raises: DomainError, after the refusal was recorded; LogError, UserError."""
        ...

    def format_refusal(self, refusal: DomainError, sentences: Mapping[str, str]) -> str:
        """The sentence for a refusal, in the language of `sentences`, with numbers and local times."""
        ...


# --- What of a day can be corrected ---


def list_candidates(kind: CorrectionKind, explanation: Explanation) -> Sequence[ExplainedVisit | DutyResult]:
    """The visits or duties of an explained day that a correction of a kind can be about."""
    match kind:
        case "close":
            return [visit for visit in explanation.visits if visit.visit.check_out is None and not visit.visit.void]
        case "void":
            return [visit for visit in explanation.visits if not visit.visit.void]
        case "excuse":
            return [duty for duty in explanation.duties if duty.outcome == "absent"]


def build_correction(candidate: ExplainedVisit | DutyResult, check_out: Second | None) -> Correction:
    """The correction of a visit or duty: a visit is closed at `check_out`, and voided where that is None."""
    if isinstance(candidate, DutyResult):
        return Excusing(candidate.assignment.shift)
    check_in = candidate.visit.check_in
    return Voiding(check_in) if check_out is None else Closing(check_in, check_out)


def suggest_end(visit: ExplainedVisit, now: Second) -> Second | None:
    """The most likely end of a visit without check-out: that of the last duty it counts for, but not after now."""
    return None if visit.last_duty_end is None else min(visit.last_duty_end, now)


TIME = re.compile(r"([0-9]{1,2}):?([0-9]{2})(?::([0-9]{2}))?")
"""11:30, 9:30, 1130, 11:30:20."""


def format_typed_time(at: Second, day: date, zone: ZoneInfo) -> str:
    """A time as it is suggested to be typed: what `parse_time` reads as that instant again."""
    local = datetime.fromtimestamp(at, zone)
    text = f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    return text.removeprefix(f"{day} ")


def parse_time(text: str, after: Second, day: date, zone: ZoneInfo) -> Second | None:
    """A typed time of a day, of the next where it is not after an instant, or a whole instant; None for neither."""
    plain = unicodedata.normalize("NFKC", text).strip()  # an input method for Chinese types wide digits and colons
    try:
        if "-" in plain:
            return second(parse_utc_instant(plain.replace(" ", "T"), zone))
        match = TIME.fullmatch(plain)
        if match is None:
            return None
        hour, minute, seconds = (int(part or 0) for part in match.groups())
        at = datetime.combine(day, time(hour, minute, seconds), zone)
    except ValueError:
        return None
    return second(at if second(at) > after else at + timedelta(days=1))
