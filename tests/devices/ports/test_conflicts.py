"""Programs that take readers away are named when they run, and only then."""

from pathlib import Path

import pytest

from devices.faults import Conflict
from devices.ports.conflicts import find_conflicts


def running(folder: Path, *names: str) -> Path:
    """The processes of a machine, as the kernel lists them."""
    for number, name in enumerate(names, start=1):
        (folder / str(number)).mkdir()
        (folder / str(number) / "comm").write_text(f"{name}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("conflict", Conflict)
def test_one_that_runs_is_found(tmp_path: Path, conflict: Conflict) -> None:
    assert find_conflicts(running(tmp_path, "init", conflict)) == (conflict,)


def test_a_machine_without_them_says_nothing(tmp_path: Path) -> None:
    assert find_conflicts(running(tmp_path, "init", "python3")) == ()
