"""What the pages of the audit ask of the home: explained days, single events, and what was done in a month.

Rule: names are masked; the reasons that people gave are shown. The past is built beside, one at a time.
"""

from collections.abc import Mapping
from datetime import date, datetime
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID

from domain.calendar import ServiceDays
from domain.clock import MachineClock
from domain.model.acknowledgements import AcknowledgementEvent, find_acknowledged_day
from domain.model.name_access import NameAccess
from domain.model.refused_commands import RefusedCommands
from domain.model.shift import Shift
from domain.model.unit import Unit
from domain.spans import Second
from domain.use_cases.unit_rules import UnitRules
from kiosk.backups.heads.last_verification import find_verified_position
from kiosk.desk.home_access import HomeReader
from kiosk.home import Home
from kiosk.log_beginning import find_log_beginning
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.roster.day.source import load_day_view, mask_actor
from kiosk.roster.view_model import DayView
from kiosk.statements.difference import compare_views
from kiosk.statements.event_statement import EventContext, Row, build_event_row
from kiosk.statements.explained_day import NameLookup
from projections.engine.views import Views
from projections.read_models.affected_rows import find_affected_rows_of
from projections.read_models.audit_trail import AuditEntry, build_corrections

SECONDS_REMEMBERED = 60
"""For which a comparison is remembered: who is erased meanwhile disappears from it as well."""
Month = tuple[int, int]
"""Year and month."""


class Correction(NamedTuple):
    """A correction of a past day."""

    entry: AuditEntry
    recorded: datetime
    volunteer: UUID | None
    """None where it is about no volunteer."""
    day: date
    """The service day that it corrects."""


class MonthOfActs(NamedTuple):
    """What was recorded in a month, the latest first, and the policies of all months."""

    corrections: list[Correction]
    refused: list[tuple[int, RefusedCommands.CommandRefused]]
    policies: list[tuple[int, Unit.PolicyAdopted]]
    names_shown: list[tuple[int, NameAccess.PersonShown | NameAccess.NamesListed]]

    def cut(self, most: int) -> "MonthOfActs":
        """With at most so many in each list."""
        return MonthOfActs(self.corrections[:most], self.refused[:most], self.policies[:most], self.names_shown[:most])


class AuditSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader) -> None:
        self._reader = reader
        self._past = Lock()
        """Held while read models of the past are built."""
        self._compared: tuple[tuple[Second, Second], float, list[Row]] = ((0, 0), 0.0, [])
        self._acts = _KnownActs(reader.home)

    @property
    def home(self) -> Home:
        """The home, for what stands in no read model."""
        return self._reader.home

    def find_last_instant(self) -> datetime:
        """Now, or where the clock of a simulation stands; local."""
        return max(self.home.clock.now(), MachineClock().now()).astimezone(self.home.zone)

    def find_log_start(self) -> datetime:
        """When the first event was recorded; local."""
        return find_log_beginning(self.home)

    # --- A volunteer's day ---

    def load_day(self, number: str, day: date, as_of: Second | None) -> DayView | None:
        """A volunteer's day, explained; None where no volunteer has this number. Raises: LogError, UserError."""
        volunteer_id = self.home.people.find_typed_id(number)
        if volunteer_id is None:
            return None

        def load(views: Views) -> DayView:
            return load_day_view(self.home, views, (volunteer_id, day), as_of, self._reader.find_person)

        if as_of is None:
            return self._reader.read(load)
        with self._past, self._reader.hold_past(as_of) as views:
            return load(views)

    # --- An event ---

    def load_event(self, position: int) -> Row:
        """The statement of an event. Raises: NoSuchEvent, LogError, UserError."""
        names, verified = self.build_names(with_names=False), find_verified_position(self.home.path)

        def load(views: Views) -> Row:
            return build_event_row(self.home, position, names, EventContext(views, views.load_unit().days, verified))

        return self._reader.read(load)

    def count_events(self) -> int:
        """The position of the last event."""
        return self.home.log.head().position

    def build_names(self, *, with_names: bool) -> NameLookup:
        """Volunteers by number, with masked names or without; actors with masked names; reasons as they were given."""
        people = self.home.people

        def find_volunteer(volunteer_id: UUID) -> str:
            person = self._reader.find_person(volunteer_id)
            return (person.label if with_names else person.number) or str(volunteer_id)

        return NameLookup(find_volunteer, self.format_actor, people.find_reason)

    def format_actor(self, actor: UUID) -> str:
        """The masked name of an actor; that of the system as it is."""
        name = self.home.people.find_actor_name(actor)
        return "-" if name is None else self._mask_name(name)

    # --- A difference ---

    def find_volunteer_number(self, typed: str) -> str | None:
        """The number as it is kept of the volunteer whose number was typed; None where nobody has it."""
        volunteer_id = self.home.people.find_typed_id(typed)
        return volunteer_id and self.home.people.find_number(volunteer_id)

    def compare(self, earlier: Second, later: Second) -> list[Row]:
        """What changed between two instants, with masked actors; remembered for a while, page after page.

        Raises: LogError, UserError.
        """
        with self._past:
            asked, until, rows = self._compared
            if asked != (earlier, later) or monotonic() > until:
                with self._reader.hold_past(earlier) as before, self._reader.hold_past(later) as after:
                    found = compare_views(self.home, (earlier, before), (later, after))
                rows = [self._mask_actors(row) for row in found]
                self._compared = (earlier, later), monotonic() + SECONDS_REMEMBERED, rows
            return rows

    def _mask_actors(self, row: Row) -> Row:
        acts = [{**act, "by": self._mask_name(act["by"])} for act in row["acts"]]
        sides = {side: row[side] and self._mask_excuse(row[side]) for side in ("before", "after")}
        return {**row, **sides, "acts": acts}

    def _mask_excuse(self, side: Row) -> Row:
        return {**side, "excused_by": self._mask_name(side["excused_by"])} if "excused_by" in side else side

    def _mask_name(self, name: str) -> str:
        return name if name == SYSTEM_ACTOR else mask_actor(self.home, name)

    # --- A month ---

    def load_month(self, month: Month) -> MonthOfActs:
        """What was recorded in a month by local time. Raises: LogError, UserError."""
        with self._reader.lock:
            acts = self._acts.catch_up()
            found = {position: event for position, event in acts.items() if self._find_month(event) == month}
            corrections = [self._build_correction(whose, entry, found) for whose, entry in build_corrections(found)]
        refused = [(at, event) for at, event in found.items() if isinstance(event, RefusedCommands.CommandRefused)]
        policies = [(at, event) for at, event in acts.items() if isinstance(event, Unit.PolicyAdopted)]
        kinds = NameAccess.PersonShown | NameAccess.NamesListed
        shown = [(at, event) for at, event in found.items() if isinstance(event, kinds)]
        return MonthOfActs(corrections[::-1], refused[::-1], policies[::-1], shown[::-1])

    def _find_month(self, event: Any) -> Month:
        local = event.timestamp.astimezone(self.home.zone)
        return local.year, local.month

    def _build_correction(self, whose: UUID | None, entry: AuditEntry, found: Mapping[int, Any]) -> Correction:
        event, days = found[entry.position], UnitRules(self.home.log).load().days
        day = self._find_day(entry.position, event, days) or days.of(event.at)
        return Correction(entry, event.timestamp.astimezone(self.home.zone), whose, day)

    def _find_day(self, position: int, event: Any, days: ServiceDays) -> date | None:
        """The service day that a correction is about; None for an acknowledgement that is about none."""
        if isinstance(event, AcknowledgementEvent):
            return find_acknowledged_day(event, days)
        affected = find_affected_rows_of(self.home.log.read_stream_lenient(event.originator_id), days, position)
        return affected and affected.day_range and affected.day_range.first


LISTED = (
    *(
        "corrections.",
        "acknowledgements.",
        "name-access.",
        RefusedCommands.CommandRefused.TOPIC,
        Unit.PolicyAdopted.TOPIC,
    ),
    *(Shift.AbsenceExcused.TOPIC, Shift.ExcuseRetracted.TOPIC, Shift.AssignmentRetracted.TOPIC, Shift.HandedOver.TOPIC),
)
"""Beginnings of the stored names of what is listed."""


class _KnownActs:
    """The events that the lists of a month are made of: the log is gone through once, then what is new in it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._position = 0
        self._events: dict[int, Any] = {}

    def catch_up(self) -> Mapping[int, Any]:
        """All of them by their positions, in order; those that cannot be read are left out."""
        log = self._home.log
        while rows := log.read_rows(self._position):
            for row in rows:
                if str(row[3]).startswith(LISTED):
                    self._events |= dict(log.read_entries_lenient(row[0] - 1, 1, row[0]))
            self._position = rows[-1][0]
        return self._events
