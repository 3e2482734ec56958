"""Homes to check, and the result of one check."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.status.checked_home import Check, CheckedHome
from kiosk.status.run import run_checks
from tests.support.kiosk_program import line, run_kiosk, write_batch

ApplyLines = Callable[..., None]


@pytest.fixture
def carry_out(tmp_path: Path) -> ApplyLines:
    """Applies lines to a home; the refusals of rules are in `refused`."""

    def carry(home: Path, *lines: dict[str, str]) -> None:
        ended = run_kiosk("apply", write_batch(tmp_path / "batch.jsonl", *lines), "--home", home)
        assert ended.err == ""

    return carry


def run_check(home: Path, name: str) -> Check:
    """What one check says."""
    return next(check for check in run_checks(home) if check.name == name)


def set_clock_line(at: str) -> dict[str, str]:
    """A line by which the clock of a simulation comes to an instant, and nothing else happens."""
    return line("import_calendar", at, year=2026)


__all__ = ["ApplyLines", "Check", "CheckedHome", "run_check", "set_clock_line"]
