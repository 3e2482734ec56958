"""The statements that are mere queries as scripts get them: plain rows, numbers for people, local instants.

Rule: nothing is evaluated here. Rows are looked up, named and sorted: by instants, never by local times, which in some
zones go back once a year. Nothing of the domain is loaded, so that a question costs no more than its answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from domain.spans import Second
from projections.engine.row_source import RowSource
from projections.read_models.day_filter import DayFilter
from projections.read_models.duties import list_duties
from projections.read_models.exits import list_exits
from projections.read_models.hours import list_hours_by_group
from projections.read_models.visits import list_visits

Row = dict[str, Any]


def list_hours_columns(by: frozenset[str]) -> tuple[str, ...]:
    """The keys of a row of hours; `by` may name month and category."""
    return ("volunteer", *(key for key in ("month", "category") if key in by), "minutes", "duties")


class FilterOptions(NamedTuple):
    """The filter of a statement as it was typed: service dates, both included, and the number of one volunteer."""

    since: date | None = None
    until: date | None = None
    volunteer: str | None = None


class KeyedSource(RowSource, Protocol):
    """Views that also know by which integer they keep a volunteer."""

    def find_key(self, volunteer_id: UUID) -> int | None:
        """None for a volunteer whom the log does not know."""
        ...


class StatementRows:
    """Rows of the read models of one home."""

    def __init__(self, source: KeyedSource, numbers: Mapping[UUID, str], zone: str) -> None:
        self._source = source
        self._numbers = numbers
        self._zone_name = zone

    @cached_property
    def _zone(self) -> tzinfo:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - 10 ms to load, which rows without an instant need not

        return ZoneInfo(self._zone_name)

    # --- The rows ---

    def list_visits(self, day_filter: DayFilter) -> list[Row]:
        """Sorted by check-in and volunteer."""
        found = list_visits(self._source, day_filter)
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
        found = sorted(
            list_duties(self._source, day_filter),
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
        return list(self.iterate_hours(day_filter, by))

    def iterate_hours(self, day_filter: DayFilter, by: frozenset[str]) -> Iterator[Row]:
        """The same as they are added up: a year of a city has more rows than memory should hold."""
        measures = [key for key in ("month", "category") if key in by]
        numbered = sorted(
            (self.find_number(UUID(bytes=volunteer)), key)
            for key, volunteer in self._source.rows("SELECT key, volunteer FROM people")
        )
        keys = (key for _, key in numbered)
        for group in list_hours_by_group(
            self._source, day_filter, keys, by_month="month" in by, by_category="category" in by
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
        rows: list[Row] = []
        for row in list_exits(self._source, day_filter):
            facts: Row = {"volunteer": self.find_number(row.volunteer), "rule": row.rule}
            facts["raised_on"] = row.raised_on.isoformat()
            facts |= {"score": row.score} if row.rule == "R-052" else {"count": len(row.evidence)}
            facts |= {"evidence": row.evidence, "status": row.status}
            if row.decision:
                facts["decision"] = row.decision
            rows.append(facts)
        return sort_rows(rows, "volunteer", "rule")

    # --- Filtering and naming ---

    def build_filter(self, since: date | None, until: date | None, volunteer: UUID | None) -> DayFilter:
        """The filter of the read models; a volunteer who is not in the log has no rows."""
        if volunteer is None:
            return DayFilter(since, until)
        key = self._source.find_key(volunteer)
        return DayFilter(since, until, -1 if key is None else key)

    def find_number(self, volunteer: UUID) -> str:
        """The number of a volunteer; the id of one who was erased, so that sums stay whole."""
        return self._numbers.get(volunteer, str(volunteer))

    def format_local(self, at: Second) -> str:
        """An instant with the local offset, to the second."""
        return datetime.fromtimestamp(at, self._zone).isoformat()

    def format_local_or_none(self, at: Second | None) -> str | None:
        """The same, None for None."""
        return None if at is None else self.format_local(at)


def sort_rows(rows: Iterable[Row], *keys: str) -> list[Row]:
    """Sorted by the values of some keys."""
    return sorted(rows, key=lambda row: tuple(row[key] or "" for key in keys))
