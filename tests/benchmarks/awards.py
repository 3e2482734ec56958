"""Awards of a city: 76,230 volunteers who served 57 hours a year, three years long, every row of the catalogue."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import UUID

from kiosk.awards.catalogue import load_catalogue
from kiosk.home import Home
from projections.engine.as_of import PastViews
from projections.engine.new_views import build
from projections.read_models.award_facts import PeopleOnFile
from projections.read_models.awards import list_awards
from tests.benchmarks.figures import Figure
from tests.support.people import CATEGORY

VOLUNTEERS, DUTIES = 76_230, 57
FIRST, LAST = date(2023, 12, 1).toordinal(), date(2026, 11, 19).toordinal()
THREE_HOURS = 3 * 60 * 60


def figures() -> Iterable[Figure]:
    """The views are filled with rows, not from a log: what is measured begins with reading them."""
    with TemporaryDirectory(prefix="awards-") as folder:
        Home.make(Path(folder) / "home", simulation=True).close()
        with Home.open(Path(folder) / "home") as home:
            path = Path(folder) / "views.db"
            build(home.log, path)
            with closing(sqlite3.connect(path)) as db:
                fill_views(db)
                began = perf_counter()
                rows = sum(1 for _ in db.execute("SELECT volunteer, day, category, seconds FROM duties"))
                raw = perf_counter() - began
            with PastViews(home.log, path) as views:
                views.catch_up()
                began = perf_counter()
                found = list_awards(views, views.load_unit(), load_catalogue(), date(2026, 11, 20), PeopleOnFile())
                candidates = sum(1 for _ in found)
                seconds = perf_counter() - began
        assert (rows, candidates > 0) == (VOLUNTEERS * DUTIES, True)
    yield Figure(f"awards of {VOLUNTEERS:,} volunteers with {rows:,} duties", seconds, "s", None, "lower", raw, 8)


def fill_views(db: sqlite3.Connection) -> None:
    """Volunteers, trained and in service, and their duties."""
    keys = range(1, VOLUNTEERS + 1)
    people = ((key, UUID(int=key).bytes, "rostered") for key in keys)
    db.executemany("INSERT INTO people VALUES (?,?,?)", people)
    db.executemany("INSERT INTO turns VALUES (?,?,'agreement',?,0)", ((key, key, FIRST) for key in keys))
    for number, kind, category in ((1, "basic", None), (2, "special", CATEGORY)):
        trainings = ((key, number, kind, category, FIRST) for key in keys)
        db.executemany("INSERT INTO trainings VALUES (?,?,?,?,?,NULL)", trainings)
    db.executemany("INSERT INTO duties VALUES (?,?,?,0,0,'attended',0,0,?,?,NULL)", list_duties())
    db.commit()


def list_duties() -> Iterator[tuple[Any, ...]]:
    """Three hours each, on days of their own."""
    chance = Random(20261120)  # noqa: S311 - the same seed gives the same days
    for key in range(1, VOLUNTEERS + 1):
        for day in sorted(chance.sample(range(FIRST, LAST), DUTIES)):
            yield key, day, "S", THREE_HOURS, CATEGORY
