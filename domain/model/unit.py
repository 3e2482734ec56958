"""The unit that the volunteers serve: one a home. Its first event says whether the home is a simulation."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from eventsourcing.domain import Aggregate, event

from domain.act import Act
from domain.calendar import OpeningHours, ServiceDays
from domain.errors import UnitAlreadyOpen
from domain.ids import SYSTEM, unit_stream
from domain.iso_forms import parse_recorded_day
from domain.model.streams import DeskStream
from domain.policy import Adoption, Policies, check_changes
from domain.typed_decoding import convert

NEVER_OPEN: Mapping[str, Any] = {"days": [], "from": "00:00", "to": "00:00"}
"""Opening hours of no day, as events hold them: in an event an empty list means every day, all day."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a unit says of itself when it opens."""

    name: str
    kind: str
    """`public` or `private` (R-001)."""
    category: str | None
    """The main service category: duties without one inherit it (R-005)."""
    opens: Sequence[dict[str, Any]] | None
    """Opening hours as `{"days": [1..7], "from": "08:00", "to": "17:00"}`; None: every day, all day; empty: never."""


class Unit(DeskStream):
    """Name, policy and calendar of the unit."""

    TOPIC = "unit"

    class Created(Aggregate.Created):
        """A home was made, for real life or as a simulation."""

        TOPIC = "unit.home-made"
        simulation: bool
        zone: str
        key_check: str | None = None
        """What tells the site key of this home from another one; None in a simulation, and in homes of version 0.1."""

    class Opened(DeskStream.Event):
        """The unit opened for volunteers."""

        TOPIC = "unit.opened"
        name: str
        kind: str
        category: str | None
        opens: list[dict[str, Any]]

    class PolicyAdopted(DeskStream.Event):
        """From a service day on, these parameters have these values."""

        TOPIC = "unit.policy-adopted"
        effective_from: str
        changes: dict[str, Any]

        def find_adoption(self) -> Adoption | None:
            """What is adopted; None where this program cannot apply it, so that it counts for nothing."""
            with suppress(ValueError):
                adoption = Adoption(parse_recorded_day(self.effective_from), self.changes)
                return adoption if adoption.is_usable else None
            return None

    class CalendarImported(DeskStream.Event):
        """The office days of a year are known (R-048)."""

        TOPIC = "unit.calendar-imported"
        year: int
        source: str
        closed: list[str]

    @classmethod
    def make_home(cls, zone: str, recorded: datetime, *, simulation: bool, key_check: str | None = None) -> "Unit":
        """The first event of every log."""
        facts = {"simulation": simulation, "zone": zone, "key_check": key_check}
        return cls._create(cls.Created, id=unit_stream(), **facts, at=recorded, by=SYSTEM, timestamp=recorded)

    # --- Commands ---

    def open(self, facts: UnitFacts, act: Act) -> None:
        """Open for volunteers, once."""
        if self.name is not None:
            raise UnitAlreadyOpen(self.name)
        opens = [] if facts.opens is None else [dict(hours) for hours in facts.opens] or [dict(NEVER_OPEN)]
        self.record(self.Opened, act, name=facts.name, kind=facts.kind, category=facts.category, opens=opens)

    def adopt_policy(self, effective_from: date, changes: dict[str, object], act: Act) -> None:
        """Change what is named, from a service day on."""
        self.record(self.PolicyAdopted, act, effective_from=effective_from.isoformat(), changes=check_changes(changes))

    def import_calendar(self, year: int, source: str, closed: Sequence[date], act: Act) -> None:
        """Take over the office days of a year; a later import of the same year replaces it."""
        days = [day.isoformat() for day in closed]
        self.record(self.CalendarImported, act, year=year, source=source, closed=days)

    # --- What follows from it ---

    @property
    def policies(self) -> Policies:
        """All policies, dated."""
        return Policies(self.adoptions)

    @property
    def follows_office_days(self) -> bool:
        """Whether a closed day of the office calendar is one for it (R-048): it is public, or has opening hours."""
        return self.name is not None and (self.kind == "public" or bool(self.opens))

    def service_days(self) -> ServiceDays:
        """The service days under all policies."""
        return ServiceDays(ZoneInfo(self.zone), self.policies.day_ends)

    # --- What the events do ---

    @event(Created)
    def __init__(self, simulation: bool, zone: str, key_check: str | None = None) -> None:
        self.simulation = simulation
        self.key_check = key_check
        self.zone = zone
        self.name: str | None = None
        self.kind = "public"
        self.category: str | None = None
        self.opened_at: datetime | None = None
        self.opens: Sequence[OpeningHours] = ()
        self.adoptions: list[Adoption] = []

    @event(Opened)
    def _opened(self, name: str, kind: str, category: str | None, opens: list[dict[str, Any]], at: datetime) -> None:
        self.opens = parse_opening_hours(opens)
        self.name = name
        self.kind = kind
        self.category = category
        self.opened_at = at

    @event(PolicyAdopted)
    def _policy_adopted(self, effective_from: str, changes: dict[str, Any]) -> None:
        self.adoptions.append(Adoption(parse_recorded_day(effective_from), changes))


def parse_opening_hours(opens: Sequence[dict[str, Any]]) -> tuple[OpeningHours, ...]:
    """Opening hours as they are stored, read. Raises ValueError or KeyError where they cannot be."""
    return tuple(OpeningHours(_parse_weekdays(one["days"]), _time(one["from"]), _time(one["to"])) for one in opens)


def _parse_weekdays(days: object) -> frozenset[int]:
    found = convert(days, frozenset[int])
    if not found <= {*range(1, 8)}:
        raise ValueError(f"{days} are no weekdays")
    return found


def _time(text: str) -> time:
    return time() if text == "24:00" else time.fromisoformat(text)
