"""What benchmarks name in tables is there, and how they judge: they are run by hand, and no other test meets it."""

import ast
from pathlib import Path

import pytest

from tests.benchmarks.figures import QUIET_LOAD, SIZES, Figure
from tests.benchmarks.rebuild import OTHER_RULES, evaluate_anew
from tests.support.office import Office
from tests.support.people import ANN

BENCHMARKS = sorted(Path(__file__).with_name("benchmarks").glob("*.py"))
UNIT, LIMIT = 2, 3
"""Places of two fields of a `Figure`."""


@pytest.mark.parametrize("differing", [differing for differing, _, _ in OTHER_RULES])
def test_other_rules_evaluate_the_days_that_the_benchmark_chooses(
    office: Office, tmp_path: Path, differing: str
) -> None:
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.tap(ANN, "2026-11-19 09:00")
    assert evaluate_anew(office.log, tmp_path / "log.db", differing) == office.log.head().position


# --- A speed is judged by its ratio to what the same machine does at best ---


def find_limited_units(path: Path) -> set[str]:
    """The units of the figures of a benchmark that have a limit of their own."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    figures = [call.args for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Figure"]
    limited = [each for each in figures if len(each) > LIMIT and ast.unparse(each[LIMIT]) != "None"]
    return {ast.literal_eval(each[UNIT]) for each in limited}


def test_no_benchmark_judges_a_speed_by_itself() -> None:
    found = {path.name: find_limited_units(path) for path in BENCHMARKS}
    assert found["entrance.py"] == {"MB"}
    assert set().union(*found.values()) <= SIZES
    with pytest.raises(ValueError, match="a speed is judged by its ratio"):
        Figure("tap", 1, "ms", 5)


@pytest.mark.parametrize(
    ("ratio", "quiet_only", "load", "verdict"),
    [
        (0.4, True, 9.0, "ok"),
        (0.39, False, 9.0, "MISSED"),
        (0.39, True, QUIET_LOAD, "MISSED"),
        (0.39, True, QUIET_LOAD + 0.1, "needs a quiet machine (load 1.6)"),
    ],
)
def test_a_busy_machine_misses_nothing_that_takes_a_quiet_one(
    ratio: float, quiet_only: bool, load: float, verdict: str
) -> None:
    figure = Figure("tap", ratio * 1_000, "taps/s", None, "higher", 1_000, 0.4, quiet_only, load)
    assert figure.verdict() == verdict


def test_a_reference_is_judged_by_nothing() -> None:
    assert Figure("bare insert", 5, "ms").verdict() == ""
