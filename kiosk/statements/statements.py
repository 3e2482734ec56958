"""The read models as scripts get them: plain rows, numbers for people, local instants. The contract's names and order.

Rule: nothing is evaluated here. Rows are looked up, named and sorted: by instants, never by local times, which in some
zones go back once a year.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from domain.spans import Second
from kiosk.home import Home
from kiosk.masking import mask
from kiosk.statements.acts import load_accesses, load_person_changes
from kiosk.statements.columns import COLUMNS
from projections.engine.as_of import views_as_of
from projections.engine.views import Views
from projections.projectors.unit_rules import read_unit
from projections.read_models.absences import is_short_notice, list_absences
from projections.read_models.day_filter import DayFilter
from projections.read_models.duties import list_duties
from projections.read_models.exits import list_exits
from projections.read_models.hours import list_hours
from projections.read_models.name_accesses import list_name_accesses
from projections.read_models.pending_work import KINDS, PendingRow, list_pending
from projections.read_models.presence import list_present
from projections.read_models.visits import list_visits
from projections.read_models.volunteers import VolunteerFilter, list_volunteers

Row = dict[str, Any]


def list_hours_columns(by: frozenset[str]) -> tuple[str, ...]:
    """The keys of a row of hours; `by` may name month and category."""
    return ("volunteer", *(key for key in ("month", "category") if key in by), "minutes", "duties")


class FilterOptions(NamedTuple):
    """The filter of a statement as it was typed: service dates, both included, and the number of one volunteer."""

    since: date | None = None
    until: date | None = None
    volunteer: str | None = None


class Statements:
    """The read models of one home as rows, from views that do not advance any more."""

    def __init__(self, home: Home, views: Views, as_of: Second | None) -> None:
        """Use `now` or `as_of`."""
        self._home = home
        self.views = views
        self._as_of = as_of
        self._numbers = home.people.load_numbers()

    @classmethod
    def now(cls, home: Home) -> "Statements":
        """From the whole log: the views catch up with it first."""
        home.views.catch_up(None if home.simulation else home.now_second())
        return cls(home, home.views, None)

    @classmethod
    @contextmanager
    def snapshot(cls, home: Home) -> "Generator[Statements]":
        """As `now`, and all of them from one state, however far other processes advance the views meanwhile."""
        home.views.catch_up(None if home.simulation else home.now_second())
        with home.views.hold_snapshot():
            yield cls(home, home.views, None)

    @classmethod
    @contextmanager
    def as_of(
        cls, home: Home, instant: Second, now: Second | None = None, upto: int | None = None
    ) -> "Generator[Statements]":
        """From what had been recorded by an instant, evaluated as of it, or as of a later `now`; up to a position."""
        with views_as_of(home.log, instant, now, upto) as views:
            yield cls(home, views, instant)

    # --- The rows ---

    def list_visits(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by check-in and volunteer."""
        found = list_visits(self.views, day_filter)
        return [
            {
                "volunteer": self.find_number(row.volunteer),
                "date": row.date.isoformat(),
                "check_in": self.format_local(row.check_in),
                "check_out": self._format_local_or_none(row.check_out),
                "status": row.status,
                "credited_minutes": row.credited_minutes,
                "uncredited": [
                    {"from": self.format_local(start), "to": self._format_local_or_none(end), "reason": reason}
                    for start, end, reason in row.uncredited
                ],
                "kiosk": row.kiosk,
                "corrected": row.corrected,
            }
            for row in sorted(found, key=lambda row: (row.check_in, self.find_number(row.volunteer)))
        ]

    def list_duties(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by start, shift and volunteer."""
        found = sorted(
            list_duties(self.views, day_filter),
            key=lambda row: (row.start, row.shift, self.find_number(row.volunteer)),
        )
        return [
            {
                "shift": row.shift,
                "volunteer": self.find_number(row.volunteer),
                "date": row.date.isoformat(),
                "start": self.format_local(row.start),
                "end": self.format_local(row.end),
                "outcome": row.outcome,
                "late_minutes": row.late_minutes,
                "early_minutes": row.early_minutes,
                "credited_minutes": row.credited_minutes,
            }
            for row in sorted(found, key=lambda row: (row.start, row.shift, self.find_number(row.volunteer)))
        ]

    def list_hours(self, day_filter: DayFilter, by: frozenset[str]) -> list[Row]:
        """Sorted by their keys; `by` may name month and category."""
        rows: list[Row] = []
        for row in list_hours(self.views, day_filter, by_month="month" in by, by_category="category" in by):
            keys: Row = {"volunteer": self.find_number(row.volunteer)}
            if "month" in by:
                keys["month"] = row.month
            if "category" in by:
                keys["category"] = row.category
            rows.append({**keys, "minutes": row.minutes, "duties": row.duties})
        return _sort_rows(rows, "volunteer", *sorted(by & {"month", "category"}, reverse=True))

    def list_absences(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by date and volunteer."""
        rows: list[Row] = []
        unit = read_unit(self._home.log, self._as_of)
        for row in list_absences(self.views, day_filter):
            facts: Row = {"volunteer": self.find_number(row.volunteer), "date": row.date.isoformat()}
            facts |= {"shift": row.shift, "kind": row.kind}
            if row.excused_by:
                facts["excused_by"] = self._home.people.find_actor_name(row.excused_by) or str(row.excused_by)
            if is_short_notice(row, unit):
                facts["short_notice"] = True
            rows.append(facts)
        return _sort_rows(rows, "date", "volunteer")

    def list_exits(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by volunteer and rule."""
        rows: list[Row] = []
        for row in list_exits(self.views, day_filter):
            facts: Row = {"volunteer": self.find_number(row.volunteer), "rule": row.rule}
            facts["raised_on"] = row.raised_on.isoformat()
            facts |= {"score": row.score} if row.rule == "R-052" else {"count": len(row.evidence)}
            facts |= {"evidence": row.evidence, "status": row.status}
            if row.decision:
                facts["decision"] = row.decision
            rows.append(facts)
        return _sort_rows(rows, "volunteer", "rule")

    def list_present(self, at: Second | None = None) -> list[Row]:
        """Sorted by since and volunteer; `at` defaults to now."""
        unit = read_unit(self._home.log, self._as_of, upto=self.views.position)
        when = self.views.evaluated_at if at is None else at
        found = list_present(self.views, unit.days, unit.policies, when)
        return [
            {
                "volunteer": self.find_number(row.volunteer),
                "since": self.format_local(row.since),
                "kiosk": row.kiosk,
                "duty": row.duty,
            }
            for row in sorted(found, key=lambda row: (row.since, self.find_number(row.volunteer)))
        ]

    def list_pending(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by date, those without one first, then as the kinds are, by since, volunteer and shift."""
        self.views.ensure_intact(*day_filter.bounds)
        unit = read_unit(self._home.log, self._as_of, upto=self.views.position)
        found = list_pending(self.views, self._home.log, unit.policies, day_filter)
        return [
            {
                "kind": row.kind,
                "date": row.day and row.day.isoformat(),
                "volunteer": row.volunteer and self.find_number(row.volunteer),
                "shift": row.shift,
                "check_in": self._format_local_or_none(row.check_in),
                "since": self._format_local_or_none(row.since),
                "kiosk": row.kiosk,
                "taps": row.taps,
                "reason": row.reason,
                "rule": row.rule,
                "events": row.events,
            }
            for row in sorted(found, key=self._order_pending)
        ]

    def _order_pending(self, row: PendingRow) -> tuple[object, ...]:
        volunteer = self.find_number(row.volunteer) if row.volunteer else ""
        day = row.day or date.min
        return (day, KINDS.index(row.kind), row.since or 0, volunteer, row.shift or "", row.kiosk or "")

    def list_volunteers(self, wanted: VolunteerFilter) -> list[Row]:
        """Sorted by volunteer; name, masked, and group are those of now."""
        unit = read_unit(self._home.log, self._as_of, upto=self.views.position)
        day = unit.days.ordinal(self.views.evaluated_at)
        rows: list[Row] = []
        for row in list_volunteers(self.views, unit, day, wanted):
            details = self._home.people.load_details(row.volunteer)
            values = (
                self.find_number(row.volunteer),
                details.name and mask(details.name, self._home.settings.masking),
                row.mode,
                details.group,
                row.standing,
                _format_day_or_none(row.agreement_from),
                _format_day_or_none(row.agreement_to),
                [" ".join(filter(None, done)) for done in row.trainings],
                [" ".join(filter(None, missing)) for missing in row.trainings_missing],
                row.cards,
                row.minutes_month,
                row.minutes_year,
            )
            rows.append(dict(zip(COLUMNS["volunteers"], values, strict=True)))
        return _sort_rows(rows, "volunteer")

    def list_person_changes(self, wanted: VolunteerFilter) -> list[Row]:
        """Sorted by event: the changes of what identifies these volunteers."""
        unit = read_unit(self._home.log, self._as_of, upto=self.views.position)
        day = unit.days.ordinal(self.views.evaluated_at)
        found = (
            {"volunteer": self.find_number(row.volunteer), **act}
            for row in list_volunteers(self.views, unit, day, wanted)
            for act in load_person_changes(self._home, row.volunteer, self._as_of)
        )
        rows = [{name: act[name] for name in COLUMNS["person_changes"] if name in act} for act in found]
        return sorted(rows, key=lambda row: row["event"])

    def list_accesses(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by event: to whom names and personal data were shown, whose, and why (R-120)."""
        return load_accesses(self._home, list_name_accesses(self.views, day_filter), self.find_number)

    # --- Filtering and naming ---

    def build_filter(self, since: date | None, until: date | None, volunteer: UUID | None) -> DayFilter:
        """The filter of the read models; a volunteer who is not in the log has no rows."""
        if volunteer is None:
            return DayFilter(since, until)
        key = self.views.find_key(volunteer)
        return DayFilter(since, until, -1 if key is None else key)

    def find_number(self, volunteer: UUID) -> str:
        """The number of a volunteer; the id of one who was erased, so that sums stay whole."""
        return self._numbers.get(volunteer, str(volunteer))

    def format_local(self, at: Second) -> str:
        """An instant with the local offset, to the second."""
        return datetime.fromtimestamp(at, self._home.zone).isoformat()

    def _format_local_or_none(self, at: Second | None) -> str | None:
        return None if at is None else self.format_local(at)


def _format_day_or_none(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()


def _sort_rows(rows: Iterable[Row], *keys: str) -> list[Row]:
    return sorted(rows, key=lambda row: tuple(row[key] or "" for key in keys))
