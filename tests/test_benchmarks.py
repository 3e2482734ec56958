"""What benchmarks name in tables is there: they are run by hand, and no other test meets it."""

from pathlib import Path

import pytest

from tests.benchmarks.rebuild import OTHER_RULES, evaluate_anew
from tests.support.office import Office
from tests.support.people import ANN


@pytest.mark.parametrize("differing", [differing for differing, _, _ in OTHER_RULES])
def test_other_rules_evaluate_the_days_that_the_benchmark_chooses(
    office: Office, tmp_path: Path, differing: str
) -> None:
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.tap(ANN, "2026-11-19 09:00")
    assert evaluate_anew(office.log, tmp_path / "log.db", differing) == office.log.head().position
