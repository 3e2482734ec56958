"""Homes to look at, and one check at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.status.subject import Check, CheckedHome
from kiosk.status.table import run_checks
from tests.support.kiosk_program import kiosk, line, written

Carry = Callable[..., None]


@pytest.fixture
def carry_out(tmp_path: Path) -> Carry:
    """Carries lines out on a home; what a rule refuses is said in `refused`."""

    def carry(home: Path, *lines: dict[str, str]) -> None:
        ended = kiosk("apply", written(tmp_path / "batch.jsonl", *lines), "--home", home)
        assert ended.err == ""

    return carry


def look(home: Path, name: str) -> Check:
    """What one check says."""
    return next(check for check in run_checks(home) if check.name == name)


def it_is(at: str) -> dict[str, str]:
    """A line by which the clock of a simulation comes to an instant, and nothing else happens."""
    return line("import_calendar", at, year=2026)


__all__ = ["Carry", "Check", "CheckedHome", "it_is", "look"]
