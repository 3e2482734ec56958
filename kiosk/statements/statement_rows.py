"""The statements that are mere queries as scripts get them: plain rows, numbers for people, local instants.

Rule: nothing is evaluated here. Rows are looked up, named and sorted: by instants, never by local times, which in some
zones go back once a year. Nothing of the domain is loaded, so that a question costs no more than its answer.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from domain.spans import Second
from kiosk.statements.columns import COLUMNS
from projections.engine.noted_policies import RulesOfQuestion
from projections.engine.row_source import AskedViews
from projections.read_models.day_filter import DayFilter

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from domain.log.event_log import EventLog
    from kiosk.people.known_people import ShownPerson
    from kiosk.text.masking import Style
    from projections.engine.day_source import DaySource
    from projections.engine.noted_policies import RulesInForce
    from projections.read_models.exits import ExitRow
    from projections.read_models.pending_work import PendingRow
    from projections.read_models.volunteers import VolunteerFilter

Row = dict[str, Any]


def list_hours_columns(by: frozenset[str]) -> tuple[str, ...]:
    """The keys of a row of hours; `by` may name month and category."""
    return ("volunteer", *(key for key in ("month", "category") if key in by), "minutes", "duties")


class FilterOptions(NamedTuple):
    """The filter of a statement as it was typed: service dates, both included, and the number of one volunteer."""

    since: date | None = None
    until: date | None = None
    volunteer: str | None = None


class StatementRows(ABC):
    """Rows of the read models of one home, opened or not."""

    log: "EventLog | None" = None
    """None where the home is not opened: what stands in the log alone is not answered then."""

    def __init__(self, source: AskedViews, numbers: Mapping[UUID, str], zone: str) -> None:
        self.source = source
        self._numbers = numbers
        self._zone_name = zone

    @cached_property
    def zone(self) -> "ZoneInfo":
        """The zone of the home."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - 10 ms to load, which rows without an instant need not

        return ZoneInfo(self._zone_name)

    @property
    @abstractmethod
    def views(self) -> "DaySource":
        """What they are read from, for read models that need more than rows."""

    @cached_property
    @abstractmethod
    def rules(self) -> RulesOfQuestion:
        """The rules of the unit."""

    @cached_property
    @abstractmethod
    def rules_in_force(self) -> "RulesInForce":
        """The same with every parameter of the policies."""

    @abstractmethod
    def find_actor_name(self, actor: UUID) -> str | None:
        """The name of an actor; None of one who is not known."""

    @abstractmethod
    def load_shown_person(self, volunteer: UUID) -> "ShownPerson":
        """Both None of a volunteer who is not registered."""

    @property
    @abstractmethod
    def masking(self) -> "Style":
        """How names are masked."""

    # --- The rows ---

    def list_visits(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by check-in and volunteer."""
        from projections.read_models.visits import list_visits  # noqa: PLC0415 - for those alone

        found = list_visits(self.source, day_filter)
        return [
            {
                "volunteer": self.find_number(row.volunteer),
                "date": row.date.isoformat(),
                "check_in": self.format_local(row.check_in),
                "check_out": self.format_local_or_none(row.check_out),
                "status": row.status,
                "credited_minutes": row.credited_minutes,
                "uncredited": [
                    {"from": self.format_local(start), "to": self.format_local_or_none(end), "reason": reason}
                    for start, end, reason in row.uncredited
                ],
                "kiosk": row.kiosk,
                "corrected": row.corrected,
            }
            for row in sorted(found, key=lambda row: (row.check_in, self.find_number(row.volunteer)))
        ]

    def list_duties(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by start, shift and volunteer."""
        from projections.read_models.duties import list_duties  # noqa: PLC0415 - same

        found = list_duties(self.source, day_filter)
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
        return list(self.iterate_hours(day_filter, by))

    def iterate_hours(self, day_filter: DayFilter, by: frozenset[str]) -> Iterator[Row]:
        """The same as they are added up: a year of a city has more rows than memory should hold."""
        from projections.read_models.hours import list_hours_by_group  # noqa: PLC0415 - same

        measures = [key for key in ("month", "category") if key in by]
        numbered = sorted(
            (self.find_number(UUID(bytes=volunteer)), key)
            for key, volunteer in self.source.rows("SELECT key, volunteer FROM people")
        )
        keys = (key for _, key in numbered)
        for group in list_hours_by_group(
            self.source, day_filter, keys, by_month="month" in by, by_category="category" in by
        ):
            rows = [
                {
                    "volunteer": self.find_number(row.volunteer),
                    **{measure: getattr(row, measure) for measure in measures},
                    "minutes": row.minutes,
                    "duties": row.duties,
                }
                for row in group
            ]
            yield from sort_rows(rows, "volunteer", *measures)

    def list_exits(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by volunteer and rule."""
        from projections.read_models.exits import list_exits  # noqa: PLC0415 - same

        return sort_rows(map(self.build_exit_row, list_exits(self.source, day_filter)), "volunteer", "rule")

    def build_exit_row(self, case: "ExitRow") -> Row:
        """One case."""
        named = {"volunteer": self.find_number(case.volunteer), "rule": case.rule, "raised_on": str(case.raised_on)}
        measure = {"score": case.score} if case.rule == "R-052" else {"count": len(case.evidence)}
        decision = {"decision": case.decision} if case.decision else {}
        return {**named, **measure, "evidence": case.evidence, "status": case.status, **decision}

    def list_absences(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by date and volunteer."""
        from projections.read_models.absences import is_short_notice, list_absences  # noqa: PLC0415 - same

        rows: list[Row] = []
        for row in list_absences(self.source, day_filter):
            facts: Row = {"volunteer": self.find_number(row.volunteer), "date": row.date.isoformat()}
            facts |= {"shift": row.shift, "kind": row.kind}
            if row.excused_by:
                facts["excused_by"] = self.find_actor_name(row.excused_by) or str(row.excused_by)
            if is_short_notice(row, self.rules):
                facts["short_notice"] = True
            rows.append(facts)
        return sort_rows(rows, "date", "volunteer")

    def list_present(self, at: Second | None = None) -> list[Row]:
        """Sorted by since and volunteer; `at` defaults to now."""
        from projections.read_models.presence import list_present  # noqa: PLC0415 - same

        when = self.source.evaluated_at if at is None else at
        found = list_present(self.source, self.rules.days, self.rules.policies, when)
        return [
            {
                "volunteer": self.find_number(row.volunteer),
                "since": self.format_local(row.since),
                "kiosk": row.kiosk,
                "duty": row.duty,
            }
            for row in sorted(found, key=lambda row: (row.since, self.find_number(row.volunteer)))
        ]

    def list_volunteers(self, wanted: "VolunteerFilter") -> list[Row]:
        """Sorted by volunteer; name, masked, and group are those of now."""
        from kiosk.text.masking import mask  # noqa: PLC0415 - same
        from projections.read_models.volunteers import list_volunteers  # noqa: PLC0415 - same

        day = self.rules.days.ordinal(self.source.evaluated_at)
        rows: list[Row] = []
        for row in list_volunteers(self.source, self.rules, day, wanted):
            person = self.load_shown_person(row.volunteer)
            values = (
                self.find_number(row.volunteer),
                person.name and mask(person.name, self.masking),
                row.mode,
                person.group,
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
        return sort_rows(rows, "volunteer")

    def list_pending(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by date, those without one first, then as the kinds are, by since, volunteer and shift."""
        from projections.read_models.pending_work import KINDS, list_pending  # noqa: PLC0415 - same

        self.source.ensure_intact(*day_filter.bounds)
        found = list_pending(self.source, self.log, self.rules.policies, day_filter)
        return [
            {
                "kind": row.kind,
                "date": row.day and row.day.isoformat(),
                "volunteer": row.volunteer and self.find_number(row.volunteer),
                "shift": row.shift,
                "check_in": self.format_local_or_none(row.check_in),
                "since": self.format_local_or_none(row.since),
                "kiosk": row.kiosk,
                "taps": row.taps,
                "reason": row.reason,
                "rule": row.rule,
                "events": row.events,
            }
            for row in sorted(found, key=lambda row: self._order_pending(row, KINDS.index(row.kind)))
        ]

    def _order_pending(self, row: "PendingRow", kind: int) -> tuple[object, ...]:
        volunteer = self.find_number(row.volunteer) if row.volunteer else ""
        day = row.day or date.min
        return (day, kind, row.since or 0, volunteer, row.shift or "", row.kiosk or "")

    def list_name_accesses(self, day_filter: DayFilter) -> list[int]:
        """The positions of the events that say that names or personal data were shown, in order."""
        from projections.read_models.name_accesses import list_name_accesses  # noqa: PLC0415 - same

        return list_name_accesses(self.source, day_filter)

    # --- Filtering and naming ---

    def build_filter(self, since: date | None, until: date | None, volunteer: UUID | None) -> DayFilter:
        """The filter of the read models; a volunteer who is not in the log has no rows."""
        if volunteer is None:
            return DayFilter(since, until)
        key = self.source.find_key(volunteer)
        return DayFilter(since, until, -1 if key is None else key)

    def find_number(self, volunteer: UUID) -> str:
        """The number of a volunteer; the id of one who was erased, so that sums stay whole."""
        return self._numbers.get(volunteer, str(volunteer))

    def format_local(self, at: Second) -> str:
        """An instant with the local offset, to the second."""
        return datetime.fromtimestamp(at, self.zone).isoformat()

    def format_local_or_none(self, at: Second | None) -> str | None:
        """The same, None for None."""
        return None if at is None else self.format_local(at)


def sort_rows(rows: Iterable[Row], *keys: str) -> list[Row]:
    """Sorted by the values of some keys."""
    return sorted(rows, key=lambda row: tuple(row[key] or "" for key in keys))


def _format_day_or_none(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()
