"""What the roster's screens show, and the sources that they need: masked names, local times, harmless text."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.statements.explained_day import NameLookup

if TYPE_CHECKING:
    from domain.calendar import HalfDay
    from projections.read_models.audit_trail import AuditEntry
    from projections.read_models.explanation import Explanation
    from projections.read_models.live_roster import PresenceKind, RosterState
    from projections.read_models.pending_work import PendingKind


class Person(NamedTuple):
    """A volunteer, as a public screen may name them."""

    number: str
    """Empty for a volunteer who was erased."""
    name: str
    """Masked; empty where none is known."""

    @property
    def label(self) -> str:
        """Number and name in one piece."""
        return f"{self.number} {self.name}".strip() or "-"


class Duty(NamedTuple):
    """A shift of the day, in local time."""

    half_day: "HalfDay"
    start: datetime
    end: datetime
    post: str


class Row(NamedTuple):
    """A line of the roster."""

    key: str
    """The same as long as it is the same volunteer in the same duty."""
    duty: Duty | None
    person: Person | None
    state: "RosterState"
    at: datetime | None
    late_minutes: int
    taker: Person | None
    kind: "PresenceKind"
    volunteer: UUID | None = None
    """Whose line it is."""
    is_corrected: bool = False
    """Whether the desk recorded the arrival or departure that it shows."""


class UncoveredDuty(NamedTuple):
    """A duty without a volunteer present or responsible."""

    duty: Duty
    awaited: tuple[Person, ...]
    """The volunteers responsible; empty where there are none."""


class Tap(NamedTuple):
    """A tap and its outcome."""

    at: datetime
    person: Person | None
    outcome: str


class KioskLastSeen(NamedTuple):
    """A kiosk and its last tap."""

    kiosk: str
    last: datetime | None
    """None when that is longer ago than `LAST_TAP_DAYS`."""


class Present(NamedTuple):
    """A volunteer who is in."""

    person: Person
    since: datetime
    kiosk: str
    duty: str
    """The times and the post of their duty; empty without one."""


class RosterView(NamedTuple):
    """All that the roster shows, at one instant."""

    unit: str
    banner: str
    now: datetime
    day: date
    """The service day: it begins hours after midnight."""
    past: bool
    """Whether this is what the log said at an earlier instant."""
    rows: tuple[Row, ...]
    uncovered: tuple[UncoveredDuty, ...]
    taps: tuple[Tap, ...]
    """The latest first."""
    kiosks: tuple[KioskLastSeen, ...]
    present: tuple[Present, ...]
    """In order of their numbers."""
    pending: "Mapping[PendingKind, int] | None" = None
    """What needs a person of all days, each above 0; None where the other days are not looked at."""
    earlier: bool = False
    """Whether the day is over: what is known of it today, as its last second had it."""
    recorded_by: datetime | None = None
    """As of which instant the log is read, where `past`."""


UNKNOWN_PERSON = Person("", "")


class DayView(NamedTuple):
    """A volunteer's day: the explanation, the audit trail, and the names and reasons in them.

    Names are masked. Reasons are in here; whether they are shown depends on who is authenticated.
    """

    volunteer: UUID
    person: Person
    date: date
    now: datetime
    past: bool
    """Whether this is what the log said at an earlier instant."""
    zone: ZoneInfo
    explanation: "Explanation | None"
    """None for a volunteer that the log does not know."""
    audit_trail: "list[AuditEntry]"
    others: Mapping[UUID, Person]
    """Volunteers to or from whom a duty passed."""
    actors: Mapping[UUID, str]
    """Masked."""
    reasons: Mapping[UUID, str]
    """Without those that are erased; one that is not as it was given is empty."""

    def build_name_lookup(self, *, with_reasons: bool) -> NameLookup:
        """The names and reasons of the day: for a public screen, or with reasons for a coordinator."""
        return NameLookup(
            lambda volunteer_id: self.others.get(volunteer_id, UNKNOWN_PERSON).label,
            lambda actor: self.actors.get(actor, "-"),
            (lambda note, _: self.reasons.get(note)) if with_reasons else None,
        )


# --- Where the views come from ---


class RosterSource(Protocol):
    """Builds the roster's view, and is polled for changes."""

    def poll(self) -> RosterView | None:
        """The view of now; None while it is the same as at the last call. Called from a thread of its own."""
        ...


@runtime_checkable
class DaySource(Protocol):
    """A source that can load a volunteer's day as well."""

    def load_day(self, volunteer_id: UUID, day: date) -> DayView:
        """The day, explained. Called from a thread of its own, never during a poll."""
        ...


@runtime_checkable
class EarlierDaySource(Protocol):
    """A source that can build the roster of an earlier day as well."""

    def load_roster(self, day: date) -> RosterView:
        """The roster of a service day that is over. Called from a thread of its own, never during a poll."""
        ...
