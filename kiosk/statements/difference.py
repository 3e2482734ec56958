"""What changed in the read models between two recorded instants, and by which events (R-126)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from domain.spans import Second
from domain.use_cases.unit_rules import UnitRules
from kiosk.home import Home
from kiosk.statements.statements import Row, Statements
from projections.read_models.affected_rows import find_affected_rows
from projections.read_models.day_filter import EVERYTHING, DayFilter

MONTHLY = frozenset({"month", "category"})
BEFORE_ALL, AFTER_ALL = -(2**62), 2**62
"""Seconds between which every event was recorded."""


ONE_DAY = timedelta(days=1)


class ReadModel(NamedTuple):
    """One read model: how to ask it, what names a row of it, and the keys that no other read model has."""

    name: str
    query: Callable[[Statements, DayFilter], list[Row]]
    key: tuple[str, ...]
    own_keys: frozenset[str]


def build_hours_model(measure: frozenset[str]) -> ReadModel:
    """Hours, summed by month or category or both or neither."""
    key = ("volunteer", *sorted(measure, reverse=True))
    return ReadModel(
        "hours", lambda said, asked: said.list_hours(asked, measure), key, frozenset({"minutes", "duties"})
    )


READ_MODELS = (
    ReadModel("absences", Statements.list_absences, ("volunteer", "date", "shift"), frozenset({"shift", "kind"})),
    ReadModel("duties", Statements.list_duties, ("volunteer", "date", "shift"), frozenset({"shift", "outcome"})),
    ReadModel("exits", Statements.list_exits, ("volunteer", "rule", "raised_on"), frozenset({"rule", "raised_on"})),
    build_hours_model(MONTHLY),
    ReadModel(
        "visits", Statements.list_visits, ("volunteer", "date", "check_in"), frozenset({"check_in", "uncredited"})
    ),
)
"""Sorted by name."""


class Change(NamedTuple):
    """A row that is not what it was."""

    key: dict[str, str]
    before: Row | None
    after: Row | None


def compare_instants(home: Home, earlier: Second, later: Second) -> list[Row]:
    """Rows that differ, by view and key, each with the events recorded in between that can have changed it."""
    with Statements.as_of(home, earlier) as before, Statements.as_of(home, later) as after:
        sides = [(view, view.query(before, EVERYTHING), view.query(after, EVERYTHING)) for view in READ_MODELS]
    between = EventLookup(home, earlier, later)
    return [
        {"view": view.name, **change._asdict(), "events": between.find_for_row(change.key)}
        for view, old, new in sides
        for change in find_changes(view, old, new)
    ]


# --- Which rows changed ---


def find_changes(view: ReadModel, old: Iterable[Row], new: Iterable[Row]) -> Iterator[Change]:
    """The rows that are new, gone or other, in the order of their keys."""
    before, after = _index_by_key(view, old), _index_by_key(view, new)
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield Change(dict(zip(view.key, key[0], strict=True)), before.get(key), after.get(key))


RowsByKey = dict[tuple[tuple[str, ...], int], Row]
"""Rows by their key, and how many of that key came before: a visit that was voided and the one added in its place."""


def _index_by_key(view: ReadModel, rows: Iterable[Row]) -> RowsByKey:
    keyed: RowsByKey = {}
    seen = Counter[tuple[str, ...]]()
    for row in rows:
        key = tuple(str(row.get(name) or "") for name in view.key)
        keyed[key, seen[key]] = row
        seen[key] += 1
    return keyed


# --- By which events ---


class EventLookup:
    """The events recorded after one second and up to another, to be asked which of them a row can come from."""

    def __init__(self, home: Home, after: Second = BEFORE_ALL, until: Second = AFTER_ALL) -> None:
        self._home = home
        self._affected_rows = list(find_affected_rows(home.log, UnitRules(home.log).load().days, after, until))

    def find_for_row(self, key: Mapping[str, str]) -> list[int]:
        """Positions, ascending. `key` names the row as the statements do; nothing is behind a row of nobody.

        Where nothing of its day is, it is what belongs to the day before or after: a duty may cross the end of a day.
        """
        if "date" not in key:
            return self._find_positions(key, None)
        day = date.fromisoformat(key["date"])
        return self._find_positions(key, day) or sorted(
            {*self._find_positions(key, day - ONE_DAY), *self._find_positions(key, day + ONE_DAY)}
        )

    def find_for_shift(self, name: str) -> list[int]:
        """Positions of the events of one shift, whoever they are about."""
        return [concern.position for concern in self._affected_rows if concern.shift and concern.shift == name]

    def _find_positions(self, key: Mapping[str, str], day: date | None) -> list[int]:
        who, about = self._find_volunteer_id(key["volunteer"]), (day, key.get("shift"), key.get("rule"))
        return [concern.position for concern in self._affected_rows if who and concern.includes(who, *about)]

    def _find_volunteer_id(self, number: str) -> UUID | None:
        """By the unit's number, or by the id that stands for somebody who was erased."""
        try:
            return self._home.people.find_id(number) or UUID(number)
        except ValueError:
            return None


# --- For a person ---


def format_change(row: Mapping[str, Any]) -> str:
    """One line for a person: what it was, what it is."""
    return f"{row['view']} {' '.join(row['key'].values())}: {_format_fields(row)}  events {row['events']}"


def _format_fields(row: Mapping[str, Any]) -> str:
    before, after = row["before"], row["after"]
    if not before or not after:
        return "new" if after else "gone"
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return "; ".join(f"{name} {before.get(name)} -> {after.get(name)}" for name in names)
