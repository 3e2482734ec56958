"""A card that is lost is revoked by the event that issued it: nobody has its number any more (R-008)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk

ISSUED = 4
"""Where the log holds the issue of the card."""
CARD = "04000000000001"


def revoke(at: str, **which: Any) -> dict[str, Any]:
    return line("revoke_card", at, reason="lost on the bus", by="lin", **which)


def tap(home: Path, at: str) -> dict[str, Any]:
    return json.loads(run_kiosk("tap", CARD, "--at", at, "--format", "json", "--home", home).out)


def test_the_card_is_refused_from_then_on(simulation: Path, apply: Apply) -> None:
    assert apply(simulation, *ANNS_UNIT_LINES, revoke("2026-11-18T09:00", event=ISSUED)).err == ""
    assert tap(simulation, "2026-11-19T09:00")["reason"] == "revoked_card"


def test_only_the_last_issue_of_a_card_stands_for_it(simulation: Path, apply: Apply) -> None:
    again = line("issue_card", "2026-11-18T10:00", volunteer="V001", card=CARD)
    apply(simulation, *ANNS_UNIT_LINES, revoke("2026-11-18T09:00", card=CARD), again)
    assert "never issued, or is revoked already" in apply(simulation, revoke("2026-11-18T11:00", event=ISSUED)).err
    assert tap(simulation, "2026-11-19T09:00")["outcome"] == "checked_in"


@pytest.mark.parametrize("event", [1, 2, 5, 999])
def test_another_event_is_refused(simulation: Path, apply: Apply, event: int) -> None:
    ended = apply(simulation, *ANNS_UNIT_LINES, revoke("2026-11-18T09:00", event=event))
    assert (ended.status, "never issued, or is revoked already" in ended.err) == (1, True)


@pytest.mark.parametrize("which", [{}, {"card": CARD, "event": ISSUED}, {"event": 0}, {"event": "4"}])
def test_a_card_is_named_in_one_way(simulation: Path, apply: Apply, which: dict[str, Any]) -> None:
    ended = apply(simulation, *ANNS_UNIT_LINES, revoke("2026-11-18T09:00", **which))
    assert ended.status == 2
    assert tap(simulation, "2026-11-19T09:00")["outcome"] == "checked_in"
