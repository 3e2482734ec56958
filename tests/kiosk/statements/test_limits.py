"""Grace, early window and opening hours at 0 and at their largest, through a batch and the read commands."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import line, run_kiosk

CARD = "04000000000001"
DAY = "2026-11-19"
"""A Thursday."""


def unit(mode: str, opens: list[dict[str, Any]] | None = None, **policy: int) -> list[dict[str, Any]]:
    """A unit with one trained volunteer, who has a card."""
    at = "2026-11-01T08:00"
    founded = {"name": "戶政", "kind": "public", "category": "戶政", **({} if opens is None else {"opens": opens})}
    trained = {"volunteer": "V001", "on": "2026-10-01"}
    return [
        line("open_unit", at, **founded),
        *([line("adopt_policy", at, effective_from="2026-11-01", **policy)] if policy else []),
        line("enrol_volunteer", at, volunteer="V001", mode=mode, agreement_from="2026-11-01"),
        line("complete_training", at, kind="basic", **trained),
        line("complete_training", at, kind="special", category="戶政", **trained),
        line("issue_card", at, volunteer="V001", card=CARD),
    ]


def taps(*times: str) -> list[dict[str, Any]]:
    return [line("tap", time if "T" in time else f"{DAY}T{time}", card=CARD) for time in times]


def ask(home: Path, command: str) -> list[dict[str, Any]]:
    return json.loads(run_kiosk(command, "--format", "json", "--home", home).out)


@pytest.mark.parametrize(
    ("grace", "came", "left", "late", "early"),
    [
        (0, "09:00:59", "11:59:01", 0, 0),
        (0, "09:01:00", "11:59:00", 1, 1),
        (10, "09:10:00", "11:50:00", 0, 0),
        (10, "09:10:01", "11:49:59", 10, 10),
        (1_000_000, "11:57:00", "11:59:00", 0, 0),
    ],
)
def test_the_grace_at_its_limits(
    simulation: Path, apply: Apply, grace: int, came: str, left: str, late: int, early: int
) -> None:
    """R-020: whole minutes, once the grace is over; it never gives minutes of service."""
    policy = {"grace_minutes_in": grace, "grace_minutes_out": grace}
    shift = {"shift": "AM", "start": f"{DAY}T09:00", "end": f"{DAY}T12:00", "volunteers": ["V001"], "category": "戶政"}
    planned = line("schedule_shift", "2026-11-02T08:00", **shift)
    assert apply(simulation, *unit("rostered", **policy), planned, *taps(came, left)).err == ""
    (duty,) = ask(simulation, "duties")
    assert (duty["outcome"], duty["late_minutes"], duty["early_minutes"]) == ("attended", late, early)
    (visit,) = ask(simulation, "visits")
    assert visit["credited_minutes"] == duty["credited_minutes"]


def hours(from_: str, to: str, days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)) -> list[dict[str, Any]]:
    return [{"days": list(days), "from": from_, "to": to}]


@pytest.mark.parametrize(
    ("opens", "minutes"),
    [
        ([], 0),
        (hours("09:00", "09:01", days=(4,)), 1),
        (hours("09:00", "09:01", days=(5,)), 0),
        (hours("22:00", "23:59"), 119),
        (hours("22:00", "24:00"), 120),
        (hours("22:00", "00:00"), 120),
        (hours("00:00", "00:00"), 1259),
        (hours("00:00", "24:00"), 1259),
        (hours("08:00", "12:00", days=(4,)) + hours("11:00", "13:00", days=(4,)), 300),
        (None, 1259),
    ],
    ids=str,
)
def test_opening_hours_at_their_limits(
    simulation: Path, apply: Apply, opens: list[dict[str, Any]] | None, minutes: int
) -> None:
    """A flexible volunteer from seven on Thursday to the end of that service day."""
    lines = [*unit("flexible", opens), *taps("07:00", "2026-11-20T03:59")]
    assert apply(simulation, *lines).err == ""
    (visit,) = ask(simulation, "visits")
    assert visit["credited_minutes"] == minutes
