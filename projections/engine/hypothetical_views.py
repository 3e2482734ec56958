"""The live views as they would be under another rule, or with other facts of a volunteer's days; nothing is written.

Rule: both sides are one state of the live views, read through connections of their own: comparing them keeps nobody
waiting who needs the live views meanwhile.
"""

import sqlite3
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

from domain.log.event_log import EventLog
from domain.policy import Adoption
from domain.spans import Second
from projections.engine.as_of import FIRST_DAY, LAST_DAY, OverlaidViews
from projections.engine.build import fingerprint_policies
from projections.engine.differing_days import Split, choose_days
from projections.engine.fact_history import show_facts
from projections.engine.loading import load_unit
from projections.engine.past_overlay import Question, create_results, find_days, open_over, show_results
from projections.engine.recompute import recompute_stale, write_result
from projections.engine.views import Views
from projections.evaluation.evaluate import evaluate
from projections.evaluation.facts import Person, RunFacts, UnitInForce

# --- As they are ---


class HeldViews(OverlaidViews):
    """One state of the live views, and a second connection to it, for one hypothesis."""

    def __init__(self, log: EventLog, path: Path, db: sqlite3.Connection, over: sqlite3.Connection, base: Path) -> None:
        super().__init__(log, path, db, base)
        self.over = over
        self.folder = path.parent
        """Where nothing is kept."""


@contextmanager
def hold_views(log: EventLog, live: Views) -> Generator[HeldViews]:
    """Hold the live views as they are, caught up and intact. They are asked at the start only."""
    live.ensure_intact(FIRST_DAY, LAST_DAY)
    with ExitStack() as held:
        path = held.enter_context(log.hold_views_folder()) / "views.db"
        with live.hold_still():
            db = held.enter_context(closing(_connect(f"{live.file.absolute().as_uri()}?mode=ro")))
            over = held.enter_context(closing(_connect(str(path.with_name("over.db")))))
            db.execute("BEGIN")
            open_over(over, live.file)
            for begun in (db.execute("SELECT * FROM state"), over.execute("SELECT * FROM live.state")):
                begun.fetchone()  # SQLite takes its snapshot at the first read
        yield held.enter_context(closing(HeldViews(log, path, db, over, live.file)))


def _connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, cached_statements=256, check_same_thread=False, uri=True)


# --- As they would be ---


class HypotheticalViews(OverlaidViews):
    """The live views as they would be, evaluated under these rules."""

    def __init__(self, log: EventLog, before: HeldViews, unit: UnitInForce) -> None:
        super().__init__(log, before.folder / "hypothetical.db", before.over, before.file)
        self._unit = unit

    def load_unit(self) -> UnitInForce:
        """The rules by which these views were evaluated."""
        return self._unit


@contextmanager
def views_under(log: EventLog, before: HeldViews, adoption: Adoption) -> Generator[HypotheticalViews | None]:
    """What the views would say under one more policy; None where facts would be filed by it."""
    db = before.over
    position, recorded, now = _read_state(db)
    show_facts(db, position)
    unit = load_unit(log, db, None, position)
    changed = replace(unit, policies=unit.policies.with_adoption(adoption))
    if not _are_filed_alike(db, unit, changed):
        yield None
        return
    split = Split(position, recorded, *find_days(db, position))
    create_results(db, split, Question(recorded, now, position))
    choose_days(db, unit, split, adoption.effective_from.toordinal(), (now, now))
    recompute_stale(db, changed, now, position)
    show_results(db, split.reach, changed, now)
    with closing(HypotheticalViews(log, before, changed)) as under:
        yield under


def _are_filed_alike(db: sqlite3.Connection, unit: UnitInForce, changed: UnitInForce) -> bool:
    """Whether under other rules the same days belong together: else facts lie too near to where their day turns."""
    days, policies = unit.days, changed.policies
    if policies.day_ends != unit.policies.day_ends:
        return False
    if fingerprint_policies(policies) == fingerprint_policies(unit.policies):
        return True
    last = db.execute(_LAST_BEGINNINGS)
    return all(days.end(day) - at > policies.longest_debounce for day, at in last) and all(
        starts - policies.longest_early_window >= days.start(day) for day, starts in db.execute(_FIRST_DUTIES)
    )


_LAST_BEGINNINGS = """
SELECT day, max(at) FROM taps GROUP BY day UNION ALL SELECT day, max(check_in) FROM corrections GROUP BY day
"""
_FIRST_DUTIES = "SELECT day, min(starts) FROM roster GROUP BY day"


@contextmanager
def views_with(
    log: EventLog, before: HeldViews, facts: RunFacts, person: Person, unit: UnitInForce
) -> Generator[HypotheticalViews]:
    """What the views would say if these were the facts of a volunteer's days, which are evaluated together.

    Only what is evaluated is another: the tables of facts are as they are.
    """
    db = before.over
    position, recorded, now = _read_state(db)
    show_facts(db, position)
    create_results(db, Split(position, recorded, LAST_DAY, LAST_DAY), Question(recorded, now, position))
    db.executemany("INSERT INTO differing VALUES (?,?)", [(person.key, day) for day in facts.days])
    (who,) = db.execute("SELECT volunteer FROM people WHERE key=?", (person.key,)).fetchone()
    run = (person.key, facts.days[0], facts.days[-1])
    write_result(db, run, who, evaluate(facts, person, unit, now), position)
    show_results(db, LAST_DAY, unit, now)
    with closing(HypotheticalViews(log, before, unit)) as after:
        yield after


def _read_state(db: sqlite3.Connection) -> tuple[int, Second, Second]:
    return db.execute("SELECT position, last_recorded, reckoned_at FROM live.state").fetchone()
