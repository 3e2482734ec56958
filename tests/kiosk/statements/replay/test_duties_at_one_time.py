"""Two duties of one volunteer at one time, of two categories: what was said of them then is said of then for ever.

For one category the volunteer is not trained, so it matters which of the two the minutes count for.
"""

import json
import re
import shutil
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.kiosk.statements.replay.conftest import Row, run_replay
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch

THEN = "2026-11-19T13:00"
CARD = {"card": "04000000000001"}
SERVED_BOTH = (
    line("complete_training", "2026-11-19T08:01", volunteer="V001", kind="basic", on="2025-01-01"),
    line("complete_training", "2026-11-19T08:01", volunteer="V001", kind="special", category="戶政", on="2025-01-01"),
    line(
        "schedule_shift",
        "2026-11-19T08:02",
        shift="S2",
        volunteers=["V001"],
        category="衛教",
        start="2026-11-19T09:00",
        end="2026-11-19T12:00",
    ),
    line("enrol_volunteer", "2026-11-19T08:03", volunteer="V002", mode="rostered", agreement_from="2024-01-02"),
    *(line("tap", at, **CARD) for at in ("2026-11-19T08:58", "2026-11-19T12:01", "2026-11-20T08:58")),
)
HANDED_OVER = (
    line("swap", "2026-11-20T09:00", shift="S1", from_="V001", to="V002", retroactive=True, by="lin", reason="so"),
    line("tap", "2026-11-20T09:30", **CARD),
)
"""Recorded after the instant that is asked for."""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home before the first of the two duties is handed over."""
    home = tmp_path_factory.mktemp("duties") / "home"
    Home.make(home, simulation=True).close()
    batch = write_batch(home.with_name("b"), *ANNS_UNIT_LINES, *SERVED_BOTH)
    assert run_kiosk("apply", batch, "--home", home).err == ""
    return home


@pytest.fixture(scope="module")
def since(before: Path) -> Path:
    """The home since then."""
    home = Path(shutil.copytree(before, before.with_name("since")))
    assert run_kiosk("apply", write_batch(home.with_name("c"), *HANDED_OVER), "--home", home).err == ""
    return home


def ask(home: Path, *command: str) -> list[Row]:
    return json.loads(run_kiosk(*command, "--as-of", THEN, "--format", "json", "--home", home).out)


def test_the_duty_with_the_first_id_has_the_minutes(before: Path) -> None:
    """R-005."""
    assert ask(before, "hours") == [{"volunteer": "V001", "minutes": 180, "duties": 1}]
    assert [(row["shift"], row["credited_minutes"]) for row in ask(before, "duties")] == [("S1", 180), ("S2", 0)]


@pytest.mark.parametrize("command", ["hours", "hours --by category", "duties", "visits", "explain V001 2026-11-19"])
def test_what_was_said_then_is_said_of_then(before: Path, since: Path, command: str) -> None:
    assert ask(since, *command.split()) == ask(before, *command.split())


def test_a_saved_statement_of_then_follows_from_the_log(since: Path, tmp_path: Path) -> None:
    for command in ("duties", "hours", "visits"):
        file = tmp_path / command
        file.write_text(json.dumps(ask(since, command)), encoding="utf-8")
        assert run_replay(since, "--as-of", THEN, "--against", file)["identical"], command


@pytest.mark.parametrize("name", ["monthly_statement", "allowance_list", "monthly_hours"])
def test_a_document_of_then_follows_from_the_log(since: Path, tmp_path: Path, name: str) -> None:
    command = ("document", name, "month=2026-11", "--as-of", THEN, "--output", tmp_path / "d.pdf")
    handed_out = run_kiosk(*command, "--home", since)
    assert handed_out.status == 0, handed_out.err
    (code,) = re.findall(r"\w{4}-\w{4}-\w{4}", handed_out.err + handed_out.out)
    assert run_kiosk("verify", "--document", code, "--home", since).status == 0
