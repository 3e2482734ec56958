"""What changed in the read models between two recorded instants, and by which events (R-126)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.months import find_last_day
from domain.spans import Second
from domain.use_cases.unit_rules import UnitRules
from kiosk.home import Home
from kiosk.statements.acts import load_acts
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import Statements
from projections.engine.views import Views
from projections.read_models.affected_rows import DayRange, RowSubject, find_affected_rows
from projections.read_models.day_filter import EVERYTHING, DayFilter

MONTHLY = frozenset({"month", "category"})
BEFORE_ALL, AFTER_ALL = -(2**62), 2**62
"""Seconds between which every event was recorded."""


class ReadModel(NamedTuple):
    """One read model: its query, the keys that identify a row, and the keys that no other read model has."""

    name: str
    query: Callable[[Statements, DayFilter], list[Row]]
    key: tuple[str, ...]
    own_keys: frozenset[str]


def build_hours_model(measure: frozenset[str]) -> ReadModel:
    """Hours, summed by month or category or both or neither."""
    key = ("volunteer", *sorted(measure, reverse=True))
    return ReadModel(
        "hours",
        lambda statements, day_filter: statements.list_hours(day_filter, measure),
        key,
        frozenset({"minutes", "duties"}),
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
    """A row that differs; None stands for one that is missing."""

    key: dict[str, str]
    before: Row | None
    after: Row | None

    @property
    def differs_in_minutes(self) -> bool:
        """Whether other minutes are credited."""
        before, after = ((side or {}).get("credited_minutes", 0) for side in (self.before, self.after))
        return before != after


def compare_views(home: Home, earlier: tuple[Second, Views], later: tuple[Second, Views]) -> list[Row]:
    """The rows that differ, by read model and key, each with the events in between that can have changed it.

    Of two instants, each with its views. `acts` are those of the events that a person wrote, with author and reason.
    """
    before, after = Statements(home, earlier[1], earlier[0]), Statements(home, later[1], later[0])
    sides = [(model, model.query(before, EVERYTHING), model.query(after, EVERYTHING)) for model in READ_MODELS]
    between = EventLookup(home, earlier[0], later[0])
    changes = [(model.name, change) for model, old, new in sides for change in find_changes(model, old, new)]
    return [build_change_row(home, name, change, between.find_for_change(change)) for name, change in changes]


def build_change_row(home: Home, view: str, change: Change, events: list[int]) -> Row:
    """A changed row of a read model, with the events behind it and what a person did among them."""
    return {"view": view, **change._asdict(), "events": events, "acts": load_acts(home, events)}


# --- Which rows changed ---


def find_changes(read_model: ReadModel, old: Iterable[Row], new: Iterable[Row]) -> Iterator[Change]:
    """The rows that are new, gone or changed, in the order of their keys."""
    before, after = _index_by_key(read_model, old), _index_by_key(read_model, new)
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield Change(dict(zip(read_model.key, key[0], strict=True)), before.get(key), after.get(key))


RowsByKey = dict[tuple[tuple[str, ...], int], Row]
"""Rows by key and ordinal: a voided visit and the one added in its place have the same key."""


def _index_by_key(read_model: ReadModel, rows: Iterable[Row]) -> RowsByKey:
    keyed: RowsByKey = {}
    counts = Counter[tuple[str, ...]]()
    for row in rows:
        key = tuple(str(row.get(name) or "") for name in read_model.key)
        keyed[key, counts[key]] = row
        counts[key] += 1
    return keyed


# --- By which events ---


class EventLookup:
    """The events recorded after one second and up to another; finds those that a row can come from."""

    def __init__(self, home: Home, after: Second = BEFORE_ALL, until: Second = AFTER_ALL) -> None:
        self._home = home
        self._index = find_affected_rows(home.log, UnitRules(home.log).load(), after, until)

    def find_for_change(self, change: Change) -> list[int]:
        """Positions of the events that a changed row can come from, ascending."""
        return self.find_for_row(change.key, differs_in_minutes=change.differs_in_minutes)

    def find_for_row(self, key: Mapping[str, str], *, differs_in_minutes: bool) -> list[int]:
        """The same by the key that identifies the row as the statements do; an unknown volunteer has no events.

        `differs_in_minutes`: of a duty, minutes that are not the same: a change of another one can have taken them.
        """
        volunteer_id = self._find_volunteer_id(key["volunteer"])
        if volunteer_id is None:
            return []
        shift, rule = key.get("shift"), key.get("rule")
        return self._index.find_positions(RowSubject(volunteer_id, _find_days(key), shift, rule, differs_in_minutes))

    def find_for_shift(self, name: str) -> list[int]:
        """Positions of the events of one shift, of any volunteer."""
        return [event.position for event in self._index.events if event.shift and event.shift == name]

    def _find_volunteer_id(self, number: str) -> UUID | None:
        """By the number, or by the id that stands for a volunteer who was erased."""
        try:
            return self._home.people.find_id(number) or UUID(number)
        except ValueError:
            return None


def _find_days(key: Mapping[str, str]) -> DayRange | None:
    """The service days that a row is about; None for all, and where a key that was written by hand says none."""
    try:
        if "date" in key:
            day = date.fromisoformat(key["date"])
            return DayRange(day, day)
        if "month" in key:
            first = date.fromisoformat(f"{key['month']}-01")
            return DayRange(first, find_last_day(first))
    except ValueError:
        pass
    return None
