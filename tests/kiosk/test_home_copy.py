"""A backup that is made while a volunteer's details change: its people store is as its log says."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.backups.backup import back_up
from kiosk.batch.run import open_dry_run
from kiosk.home import Home
from kiosk.people_check import check_people
from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, line, run_kiosk, run_kiosk_process, write_batch


def run_once_behind_the_log(monkeypatch: pytest.MonkeyPatch, home: Home, *lines: dict[str, Any]) -> None:
    """Let another program carry out lines when the log of a home is copied, and the people store is not yet."""
    copy_log, batch, done = home.log.copy_to, write_batch(home.path.parent / "beside.jsonl", *lines), list[int]()

    def copy_then_change(into: Path) -> None:
        copy_log(into)
        if not done:
            done.append(run_kiosk_process("apply", batch, "--home", home.path).status)
            assert done == [0]

    monkeypatch.setattr(home.log, "copy_to", copy_then_change)


CHANGED = line("change_person", "2026-11-18T09:00", volunteer="V001", by="lin", name="王曉明")
ENROLLED = {**ENROL_ANN, "volunteer": "V002", "at": "2026-11-18T09:00"}


@pytest.mark.parametrize("beside", [CHANGED, ENROLLED], ids=["changed", "enrolled"])
def test_a_backup_beside_a_change_of_a_person_has_both_or_neither(
    simulation: Path, apply: Apply, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: dict[str, Any]
) -> None:
    assert apply(simulation, OPEN_UNIT, {**ENROL_ANN, "name": "王小明"}).err == ""
    with Home.open(simulation) as home:
        run_once_behind_the_log(monkeypatch, home, beside)
        backup, _ = back_up(home, tmp_path / "backups", 3, home.now_recorded())
    ended = run_kiosk("verify", "--home", backup)
    assert (ended.status, ended.err) == (0, "")


def test_a_dry_run_beside_a_change_of_a_person_has_both(
    simulation: Path, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert apply(simulation, OPEN_UNIT, {**ENROL_ANN, "name": "王小明"}).err == ""
    with Home.open(simulation) as home:
        run_once_behind_the_log(monkeypatch, home, CHANGED)
        with open_dry_run(home) as copy:
            assert check_people(copy.log, copy.people, copy.compute_hmac).faults == []
            assert copy.log.head() == home.log.head()
