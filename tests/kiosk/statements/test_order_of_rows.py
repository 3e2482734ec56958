"""A home says the same in the same order, in whatever order its tables give the rows that nothing puts in one.

The tables of today, those of the past that are laid over them, and those of the night give them in different orders.
SQLite gives them the other way round where it is told to, which shows where an order was taken for granted.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from kiosk.home import Home
from kiosk.statements.statements import Statements
from projections.evaluation.facts import UnitInForce
from projections.read_models.allowances import list_allowances
from projections.read_models.attendance import list_attendance
from projections.read_models.coverage import find_insurance_coverage, list_insurable
from projections.read_models.day_filter import EVERYTHING
from projections.read_models.event_turnout import list_event_turnout
from projections.read_models.explanation import explain
from projections.read_models.live_roster import build_live_roster
from projections.read_models.plan import list_planned_duties, list_planned_work, list_recent_spans, list_shift_names
from projections.read_models.sessions import count_attendance, list_session_attendance, list_sessions
from projections.read_models.today import load_today
from projections.read_models.trainings import list_training_sessions, list_untrained
from projections.read_models.volunteers import EVERYBODY
from tests.support.kiosk_program import run_kiosk, write_batch
from tests.support.random_history import generate_history

SEEDS = range(4)
Ask = Callable[[Statements, Home], object]


def list_days(statements: Statements) -> list[tuple[int, int]]:
    """Volunteers, by their keys, and the service days of which there is something."""
    query = "SELECT volunteer, day FROM duties UNION SELECT volunteer, day FROM visits ORDER BY 1, 2"
    return list(statements.views.rows(query))


def explain_all(statements: Statements) -> Iterator[Any]:
    """Each day evaluated anew, from its facts."""
    for key, day in list_days(statements):
        found = explain(statements.views, key, date.fromordinal(day))
        yield found.duties, found.visits, found.taps, found.trainings


def build_rosters(statements: Statements, home: Home) -> Iterator[Any]:
    """The live roster at noon of each day, and what the entrance shows of it."""
    views, unit = statements.views, load_unit(statements)
    for day in sorted({day for _, day in list_days(statements)}):
        noon = unit.days.start(day) + 8 * 3600
        yield build_live_roster(views, home.log, unit.days, unit.policies, noon)
        yield [load_today(views, key, day) for key, of in list_days(statements) if of == day]


def load_unit(statements: Statements) -> UnitInForce:
    return statements.views.load_unit()


def find_today(statements: Statements) -> int:
    return load_unit(statements).days.ordinal(statements.views.evaluated_at)


QUESTIONS: dict[str, Ask] = {
    "visits": lambda statements, _: statements.list_visits(EVERYTHING),
    "duties": lambda statements, _: statements.list_duties(EVERYTHING),
    "absences": lambda statements, _: statements.list_absences(EVERYTHING),
    "exits": lambda statements, _: statements.list_exits(EVERYTHING),
    "pending": lambda statements, _: statements.list_pending(EVERYTHING),
    "present": lambda statements, _: statements.list_present(),
    "volunteers": lambda statements, _: statements.list_volunteers(EVERYBODY),
    "hours": lambda statements, _: [
        statements.list_hours(EVERYTHING, frozenset(by.split())) for by in ("", "month", "category", "month category")
    ],
    "explained days": lambda statements, _: list(explain_all(statements)),
    "rosters": lambda statements, home: list(build_rosters(statements, home)),
    "allowances": lambda statements, _: list(list_allowances(statements.views, load_unit(statements).policies)),
    "attendance": lambda statements, _: list(list_attendance(statements.views)),
    "events": lambda statements, _: list(list_event_turnout(statements.views)),
    "sessions": lambda statements, _: [
        list_sessions(statements.views),
        list(list_session_attendance(statements.views)),
        count_attendance(statements.views),
    ],
    "trainings": lambda statements, _: [
        list(list_training_sessions(statements.views)),
        list_untrained(statements.views, load_unit(statements), find_today(statements)),
    ],
    "insurance": lambda statements, _: [
        find_insurance_coverage(statements.views, load_unit(statements), find_today(statements)),
        list_insurable(statements.views, load_unit(statements), find_today(statements), {}),
    ],
    "plan": lambda statements, _: [
        list_planned_duties(statements.views, 0, find_today(statements) + 400),
        list_planned_work(statements.views, 0, find_today(statements) + 400),
        list_recent_spans(statements.views),
        list_shift_names(statements.views, [date(2026, 1, 1), date(2026, 12, 31)]),
    ],
}


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with a random history."""
    path = tmp_path_factory.mktemp("rows") / "home"
    Home.make(path, simulation=True).close()
    lines = [said for said in generate_history(request.param) if said["do"] not in ("retract", "acknowledge")]
    assert run_kiosk("apply", "--keep-going", write_batch(path.with_name("b"), *lines), "--home", path).status < 2
    with Home.open(path) as opened:
        yield opened


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_order_in_which_tables_give_their_rows_changes_nothing(home: Home, question: str) -> None:
    ask, statements = QUESTIONS[question], Statements.now(home)
    reverse_rows(statements, "OFF")
    said = ask(statements, home)
    reverse_rows(statements, "ON")
    assert ask(statements, home) == said
    reverse_rows(statements, "OFF")


def reverse_rows(statements: Statements, switch: str) -> None:
    assert list(statements.views.rows(f"PRAGMA reverse_unordered_selects = {switch}")) == []
