"""The read models as scripts get them: plain rows, numbers for people, local instants. The contract's names and order.

Nothing is reckoned here: rows are looked up, named and sorted: by instants, never by how a clock shows them, which
in other zones goes back once a year.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.spans import Second
from kiosk.home import Home
from projections.engine.as_of import views_as_of
from projections.engine.views import Views
from projections.projectors.unit_rules import read_unit
from projections.read_models.absences import absences
from projections.read_models.day_filter import Asked
from projections.read_models.duties import duties
from projections.read_models.exits import exits
from projections.read_models.hours import hours
from projections.read_models.presence import presence
from projections.read_models.visits import visits

Row = dict[str, Any]


class Statements:
    """Answers about one home from views that stand."""

    def __init__(self, home: Home, views: Views, as_of: Second | None) -> None:
        """Use `now` or `as_of`."""
        self._home = home
        self.views = views
        self._as_of = as_of
        self._numbers = home.people.numbers()

    @classmethod
    def now(cls, home: Home) -> "Statements":
        """From all that is known: the views are brought up to date first."""
        home.views.catch_up(None if home.simulation else home.now_second())
        return cls(home, home.views, None)

    @classmethod
    @contextmanager
    def as_of(cls, home: Home, instant: Second, now: Second | None = None) -> "Generator[Statements]":
        """From what the log said at a recorded instant, reckoned as of it, or as of a later `now`."""
        with views_as_of(home.log, instant, now) as views:
            yield cls(home, views, instant)

    # --- The rows ---

    def visits(self, asked: Asked) -> list[Row]:
        """Sorted by check-in and volunteer."""
        found = sorted(visits(self.views, asked), key=lambda row: (row.check_in, self._number(row.volunteer)))
        return [
            {
                "volunteer": self._number(row.volunteer),
                "date": row.date.isoformat(),
                "check_in": self.local(row.check_in),
                "check_out": self._local_or_none(row.check_out),
                "status": row.status,
                "credited_minutes": row.credited_minutes,
                "uncredited": [
                    {"from": self.local(start), "to": self._local_or_none(end), "reason": reason}
                    for start, end, reason in row.uncredited
                ],
                "kiosk": row.kiosk,
                "corrected": row.corrected,
            }
            for row in found
        ]

    def duties(self, asked: Asked) -> list[Row]:
        """Sorted by start, shift and volunteer."""
        found = sorted(duties(self.views, asked), key=lambda row: (row.start, row.shift, self._number(row.volunteer)))
        return [
            {
                "shift": row.shift,
                "volunteer": self._number(row.volunteer),
                "date": row.date.isoformat(),
                "start": self.local(row.start),
                "end": self.local(row.end),
                "outcome": row.outcome,
                "late_minutes": row.late_minutes,
                "early_minutes": row.early_minutes,
                "credited_minutes": row.credited_minutes,
            }
            for row in found
        ]

    def hours(self, asked: Asked, by: frozenset[str]) -> list[Row]:
        """Sorted by their keys; `by` may name month and category."""
        rows: list[Row] = []
        for row in hours(self.views, asked, by_month="month" in by, by_category="category" in by):
            keys: Row = {"volunteer": self._number(row.volunteer)}
            if "month" in by:
                keys["month"] = row.month
            if "category" in by:
                keys["category"] = row.category
            rows.append({**keys, "minutes": row.minutes, "duties": row.duties})
        return _sorted(rows, "volunteer", *sorted(by & {"month", "category"}, reverse=True))

    def absences(self, asked: Asked) -> list[Row]:
        """Sorted by date and volunteer."""
        rows: list[Row] = []
        for row in absences(self.views, asked):
            said = {"volunteer": self._number(row.volunteer), "date": row.date.isoformat()}
            said |= {"shift": row.shift, "kind": row.kind}
            if row.excused_by:
                said["excused_by"] = self._home.people.actor_name(row.excused_by) or str(row.excused_by)
            rows.append(said)
        return _sorted(rows, "date", "volunteer")

    def exits(self, asked: Asked) -> list[Row]:
        """Sorted by volunteer and rule."""
        rows: list[Row] = []
        for row in exits(self.views, asked):
            said: Row = {"volunteer": self._number(row.volunteer), "rule": row.rule}
            said["raised_on"] = row.raised_on.isoformat()
            said |= {"score": row.score} if row.rule == "R-052" else {"count": len(row.evidence)}
            said |= {"evidence": row.evidence, "status": row.status}
            if row.decision:
                said["decision"] = row.decision
            rows.append(said)
        return _sorted(rows, "volunteer", "rule")

    def presence(self, at: Second | None = None) -> list[Row]:
        """Sorted by since and volunteer; `at` defaults to now."""
        unit = read_unit(self._home.log, self._as_of)
        when = self.views.reckoned_at if at is None else at
        found = presence(self.views, unit.days, unit.policies, when)
        return [
            {
                "volunteer": self._number(row.volunteer),
                "since": self.local(row.since),
                "kiosk": row.kiosk,
                "duty": row.duty,
            }
            for row in sorted(found, key=lambda row: (row.since, self._number(row.volunteer)))
        ]

    # --- Narrowing and naming ---

    def asked(self, since: date | None, until: date | None, volunteer: UUID | None) -> Asked:
        """A question in the terms of the views; somebody whom the log does not know has no rows."""
        if volunteer is None:
            return Asked(since, until)
        key = self.views.key_of(volunteer)
        return Asked(since, until, -1 if key is None else key)

    def _number(self, volunteer: UUID) -> str:
        """The unit's number of a volunteer; of an erased one the id, so that sums stay whole."""
        return self._numbers.get(volunteer, str(volunteer))

    def local(self, at: Second) -> str:
        """An instant with the local offset, to the second."""
        return datetime.fromtimestamp(at, self._home.zone).isoformat()

    def _local_or_none(self, at: Second | None) -> str | None:
        return None if at is None else self.local(at)


def _sorted(rows: Iterable[Row], *keys: str) -> list[Row]:
    return sorted(rows, key=lambda row: tuple(row[key] or "" for key in keys))
