"""The checks ask read models that stand at the head of the log, and open any other."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.standing_home import STAMP_FILE
from tests.kiosk.status.conftest import ApplyLines, CheckedHome
from tests.support.builders import FOUR_DAYS
from tests.support.kiosk_program import run_kiosk
from tests.support.loaded_modules import OF_TAPS_AND_FACTS, run_in_new_process


@pytest.fixture
def standing(simulation: Path, carry_out: ApplyLines) -> Path:
    """Four days in a home whose read models were asked."""
    carry_out(simulation, *FOUR_DAYS)
    assert run_kiosk("hours", "--home", simulation).status == 0
    return simulation


def test_they_find_the_same_and_load_nothing_that_writes_facts(standing: Path) -> None:
    """The free space alone may be another meanwhile."""
    asked = ["status", "--format", "json", "--home", str(standing)]
    of_others = {"cryptography", "domain.model.kiosk_register", "kiosk.trainings.requirements"}
    at_once, loaded = run_in_new_process(OF_TAPS_AND_FACTS | of_others, asked)
    (standing / STAMP_FILE).unlink()
    assert loaded == "set()"
    assert without_free_space(at_once) == without_free_space(run_kiosk(*asked).out)


def without_free_space(said: str) -> str:
    return re.sub(r"[0-9.]+ GiB", "", said)


def test_a_row_that_another_tool_changed_is_found_and_the_read_models_are_built_anew(standing: Path) -> None:
    (standing / "views.db-seal").unlink()
    with closing(sqlite3.connect(standing / "views.db", isolation_level=None)) as tool:
        tool.execute("UPDATE duties SET seconds = seconds + 60")
    with CheckedHome(standing) as checked:
        checked.run_repaired(lambda: checked.views.ensure_intact(1, 1_000_000))
        assert checked.home.rebuilt_views
