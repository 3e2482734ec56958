"""What the fault tests tried and what it came to, for the table at their end."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

LONG = os.environ.get("KIOSK_FAULTS") == "long"
"""`make faults`: the same tests, for as long as it takes to believe them."""


@dataclass
class FaultResult:
    """One row."""

    what: str
    faults: int
    acknowledged: int
    lost: int
    remark: str = ""

    def cells(self) -> tuple[str, ...]:
        return (self.what, f"{self.faults:,}", f"{self.acknowledged:,}", f"{self.lost:,}", self.remark)


@dataclass
class AttackResult:
    """One row: an attack, how often it was tried and found, and how often something was lost or believed wrongly."""

    what: str
    tried: int
    seen: int
    lost: int
    remark: str = ""

    def cells(self) -> tuple[str, ...]:
        return (self.what, f"{self.tried:,}", f"{self.seen:,}", f"{self.lost:,}", self.remark)


FAULT_RESULTS: list[FaultResult] = []
ATTACK_RESULTS: list[AttackResult] = []
"""In the order of the tests."""
FAULT_HEADINGS = ("fault", "tried", "taps acknowledged", "lost", "")
ATTACK_HEADINGS = ("attack", "tried", "seen", "lost", "")


def format_table(headings: tuple[str, ...], results: Sequence[FaultResult | AttackResult]) -> str:
    """All rows under one another."""
    rows = [headings, *(tried.cells() for tried in results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_format_row(row, widths) for row in rows)


def _format_row(row: tuple[str, ...], widths: list[int]) -> str:
    name, *figures, remark = row
    set_right = (figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=False))
    return "  ".join((name.ljust(widths[0]), *set_right, remark)).rstrip()
