"""Which corrections a coordinator can make at the roster, and what their dialog needs of a service that makes them."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple, Protocol
from uuid import UUID

from domain.calendar import ServiceDays
from domain.errors import DomainError
from domain.spans import Second, second
from kiosk.accounts.pins import Pin
from kiosk.batch.fields import parse_utc_instant
from kiosk.effects import Effect, ShownWhatIf
from kiosk.roster.view_model import DayView
from kiosk.text.typed import narrow
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


class TimeSpan(NamedTuple):
    """Where a time is looked for that is typed without its date: in a service day, after an instant if there is one."""

    days: ServiceDays
    day: int
    """As a proleptic ordinal."""
    after: Second | None = None

    @classmethod
    def after_instant(cls, days: ServiceDays, after: Second) -> "TimeSpan":
        """What is left of the service day of an instant."""
        return cls(days, days.ordinal(after), after)


TimeFault = Literal["no_time", "needs_date"]


def parse_time(text: str, span: TimeSpan) -> Second | TimeFault:
    """A time with its date, or alone where the span holds it once; else what is wrong with it.

    A time alone that is after nothing has to be on the date of the service day: 03:00 may be meant of either morning.
    """
    plain = narrow(text)
    try:
        if "-" in plain:
            return second(parse_utc_instant(plain.replace(" ", "T"), span.days.zone))
        match = TIME.fullmatch(plain)
        if match is None:
            return "no_time"
        hour, minute, seconds = (int(part or 0) for part in match.groups())
        return _place(time(hour, minute, seconds), span) or "needs_date"
    except ValueError:
        return "no_time"


def _place(typed: time, span: TimeSpan) -> Second | None:
    """The only instant of the span at which a clock shows this time; None where there are none or two."""
    days, first = span.days, date.fromordinal(span.day)
    found = list[Second]()
    for civil in (first, *((first + timedelta(days=1), first + timedelta(days=2)) if span.after is not None else ())):
        with suppress(ValueError):  # a clock that is set forward or back shows it never or twice on that date
            found.append(second(parse_utc_instant(f"{civil}T{typed}", days.zone)))
    begins = days.start(span.day) if span.after is None else max(days.start(span.day), span.after + 1)
    inside = [at for at in found if begins <= at < days.end(span.day)]
    return inside[0] if len(inside) == 1 else None


def format_typed_time(at: Second, span: TimeSpan) -> str:
    """A time as it is suggested to be typed: without its date where it is on that of the span, and is found there."""
    local = datetime.fromtimestamp(at, span.days.zone)
    day, _, clock = f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00").partition(" ")
    is_found = local.date().toordinal() == span.day and parse_time(clock, span) == at
    return clock if is_found else f"{day} {clock}"
