"""Before an agreement begins its volunteer does not serve: taps are refused, duties cancelled, none is absent."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import line, run_kiosk

BEGINS = "2026-11-20"
UNIT = (
    line("open_unit", "2026-11-01T08:00", name="U", kind="public", category="戶政"),
    line("enrol_volunteer", "2026-11-01T08:00", volunteer="V1", mode="rostered", agreement_from=BEGINS),
    line("complete_training", "2026-11-01T08:00", volunteer="V1", kind="basic", on="2026-10-01"),
    line("complete_training", "2026-11-01T08:00", volunteer="V1", kind="special", category="戶政", on="2026-10-01"),
    line("issue_card", "2026-11-01T08:00", volunteer="V1", card="04000000000001"),
)


def shift(day: str) -> dict[str, Any]:
    times = {"start": f"{day}T09:00", "end": f"{day}T12:00"}
    return line("schedule_shift", "2026-11-01T09:00", shift=day, volunteers=["V1"], **times)


def read(home: Path, *command: str) -> list[dict[str, Any]]:
    return json.loads(run_kiosk(*command, "--format", "json", "--home", home).out)


@pytest.mark.parametrize(
    ("day", "outcome", "reason"),
    [("2026-11-19", "refused", "before_agreement"), (BEGINS, "checked_in", None)],
)
def test_a_tap_counts_from_the_first_day_of_the_agreement_on(
    simulation: Path, apply: Apply, day: str, outcome: str, reason: str | None
) -> None:
    assert apply(simulation, *UNIT).status == 0
    at = f"{day}T09:00"
    ended = run_kiosk("tap", "04000000000001", "--at", at, "--format", "json", "--home", simulation)
    answer = json.loads(ended.out)
    assert (ended.status, answer["outcome"], answer.get("reason")) == (reason is not None, outcome, reason)


def test_absences_before_the_agreement_are_none_and_raise_no_case(simulation: Path, apply: Apply) -> None:
    """R-050: three shifts before the first day, and the first on it."""
    days = ("2026-11-16", "2026-11-17", "2026-11-18", BEGINS)
    assert apply(simulation, *UNIT, *map(shift, days), line("reconcile", "2026-11-21T05:00", date=BEGINS)).status == 0
    assert [duty["outcome"] for duty in read(simulation, "duties")] == ["cancelled"] * 3 + ["absent"]
    assert (len(read(simulation, "absences")), read(simulation, "exits")) == (1, [])


def test_a_presence_that_the_desk_adds_before_the_agreement_earns_nothing_and_says_why(
    simulation: Path, apply: Apply
) -> None:
    added = line(
        "add_visit", "2026-11-20T10:00", volunteer="V1", check_in="2026-11-19T09:00", check_out="2026-11-19T12:00",
        reason="forgot the card", by="林主任",
    )  # fmt: skip
    assert apply(simulation, *UNIT, shift("2026-11-19"), added).err == ""
    (visit,) = read(simulation, "visits")
    assert visit["credited_minutes"] == 0
    assert [(part["from"][11:16], part["reason"]) for part in visit["uncredited"]] == [("09:00", "before_agreement")]
    explained = json.loads(run_kiosk("explain", "V1", "2026-11-19", "--format", "json", "--home", simulation).out)
    assert [(part["reason"], part["rule"], bool(part["events"])) for part in explained["stretches"]] == [
        ("before_agreement", "R-056", True)
    ]
