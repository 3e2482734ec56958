"""What changed in the read models between two recorded instants, and by which events (R-126)."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.house_rules import HouseRules
from domain.spans import Second
from kiosk.home import Home
from kiosk.statements import Row, Statements
from projections.asking import EVERYTHING
from projections.concerns import Concern, concerns

MONTHLY = frozenset({"month", "category"})


class View(NamedTuple):
    """One read model: how to ask it, and what names a row of it."""

    name: str
    ask: Callable[[Statements], list[Row]]
    key: tuple[str, ...]


VIEWS = (
    View("absences", lambda said: said.absences(EVERYTHING), ("volunteer", "date", "shift")),
    View("duties", lambda said: said.duties(EVERYTHING), ("volunteer", "date", "shift")),
    View("exits", lambda said: said.exits(EVERYTHING), ("volunteer", "rule", "raised_on")),
    View("hours", lambda said: said.hours(EVERYTHING, MONTHLY), ("volunteer", "month", "category")),
    View("visits", lambda said: said.visits(EVERYTHING), ("volunteer", "date", "check_in")),
)
"""Sorted by name."""


def difference(home: Home, earlier: Second, later: Second) -> list[Row]:
    """Rows that differ, by view and key, each with the events recorded in between that can have changed it."""
    with Statements.as_of(home, earlier) as before, Statements.as_of(home, later) as after:
        sides = [(view, _by_key(view, before), _by_key(view, after)) for view in VIEWS]
    days = HouseRules(home.log).now().days
    between = list(concerns(home.log, days, earlier, later))
    return [row for view, old, new in sides for row in _changed(home, view, old, new, between)]


Keyed = dict[tuple[str, ...], Row]


def _by_key(view: View, said: Statements) -> Keyed:
    return {tuple(str(row.get(name) or "") for name in view.key): row for row in view.ask(said)}


def _changed(home: Home, view: View, old: Keyed, new: Keyed, between: list[Concern]) -> Iterator[Row]:
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before != after:
            named = dict(zip(view.key, key, strict=True))
            events = list(_behind(home, named, between))
            yield {"view": view.name, "key": named, "before": before, "after": after, "events": events}


def _behind(home: Home, key: dict[str, str], between: list[Concern]) -> Iterator[int]:
    who = home.people.id_of(key["volunteer"]) or UUID(key["volunteer"])
    day = date.fromisoformat(key["date"]) if "date" in key else None
    for concern in between:
        if concern.touches(who, day, key.get("shift"), key.get("rule")):
            yield concern.position


def as_sentence(row: dict[str, Any]) -> str:
    """One line for a person: what it was, what it is."""
    key = " ".join(row["key"].values())
    before, after = row["before"] or {}, row["after"] or {}
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if not before or not after:
        return f"{row['view']} {key}: {'new' if after else 'gone'}  events {row['events']}"
    parts = (f"{name} {before.get(name)} -> {after.get(name)}" for name in names)
    return f"{row['view']} {key}: {'; '.join(parts)}  events {row['events']}"
