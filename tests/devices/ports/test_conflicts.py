"""Programs that take readers away are named when they run, and only then."""

from pathlib import Path

import pytest

from devices.ports.conflicts import CONFLICTING_SERVICES, explain_conflicts


def running(folder: Path, *names: str) -> Path:
    """The processes of a machine, as the kernel tells them."""
    for number, name in enumerate(names, start=1):
        (folder / str(number)).mkdir()
        (folder / str(number) / "comm").write_text(f"{name}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", CONFLICTING_SERVICES)
def test_one_that_runs_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    assert explain_conflicts(running(tmp_path, "init", name)) == CONFLICTING_SERVICES[name]


def test_a_machine_without_them_says_nothing(tmp_path: Path) -> None:
    assert explain_conflicts(running(tmp_path, "init", "python3")) == ""
