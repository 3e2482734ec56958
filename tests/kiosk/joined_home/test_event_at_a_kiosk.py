"""`kiosk event` at a kiosk with a hub: what it says of the hash chain is true of its own log, or is not said."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.home import Home
from kiosk.joined_home.unit_copy import COPY_FILE
from tests.support.joined_kiosk import ANN, BEN, send_names, tap
from tests.support.kiosk_program import run_kiosk
from tests.support.tampering import open_unguarded

NOTHING = dict.fromkeys(("event", "hash", "before", "fits", "verified_at", "verified_to"))


@pytest.fixture
def tapped(side: Path, unit: Home) -> Path:
    """The home of a kiosk with two taps of its own; its log, which holds nothing else, was verified."""
    send_names(side, unit)
    with Home.open(side) as home:
        for card, at in ((ANN, "2026-11-19 09:00"), (BEN, "2026-11-19 10:00")):
            tap(home, card, at)
    assert json.loads(run_kiosk("verify", "--format", "json", "--home", side).out)["events"] == 2
    return side


def ask(home: Path, position: int) -> dict[str, Any]:
    return json.loads(run_kiosk("event", position, "--format", "json", "--home", home).out)


def list_own(home: Path) -> list[dict[str, Any]]:
    """What is said of the kiosk's own events, which stand behind those of the unit."""
    with Home.open(home) as opened:
        end = opened.log.head().position
    return [ask(home, position) for position in (end - 1, end)]


def test_an_event_of_the_unit_has_no_hash_here_and_no_verification(tapped: Path) -> None:
    event = ask(tapped, 1)
    assert (event["name"], event["chain"]) == ("unit.home-made", NOTHING)
    shown = run_kiosk("event", "1", "--home", tapped).out.splitlines()
    assert shown[-1].split(maxsplit=1) == ["chain", "copied from the unit's log, of which the hub verifies every event"]
    assert "hash" not in shown


def test_an_event_of_the_kiosk_has_the_hash_of_its_own_log(tapped: Path) -> None:
    first, second = (event["chain"] for event in list_own(tapped))
    assert [(one["event"], one["fits"], one["verified_to"]) for one in (first, second)] == [(1, True, 2), (2, True, 2)]
    assert (first["before"], second["before"]) == ("0" * 64, first["hash"])
    for head in (first["hash"], f"2:{second['hash']}"):
        assert run_kiosk("verify", "--head", head, "--home", tapped).status == 0


def test_the_position_in_the_log_of_the_kiosk_is_said(tapped: Path) -> None:
    position = list_own(tapped)[-1]["event"]
    shown = run_kiosk("event", position, "--home", tapped).out
    assert position > 2
    assert "event 2 of this kiosk's own log" in shown
    assert "up to event 2" in shown


def test_an_event_that_was_not_yet_verified_at_the_kiosk_says_so(tapped: Path) -> None:
    with Home.open(tapped) as home:
        tap(home, ANN, "2026-11-19 11:00")
        last = home.log.head().position
    assert (ask(tapped, last)["chain"]["event"], ask(tapped, last)["chain"]["verified_to"]) == (3, 2)
    assert "not yet part of a verification" in run_kiosk("event", last, "--home", tapped).out


def test_an_own_event_whose_copy_was_changed_does_not_fit(tapped: Path) -> None:
    position = list_own(tapped)[-1]["event"]
    change = "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '02:00:00', '01:00:00') AS BLOB)"
    with open_unguarded(tapped / COPY_FILE) as tool:
        assert tool.execute(f"{change} WHERE position = ?", (position,)).rowcount == 1
    assert ask(tapped, position)["chain"]["fits"] is False
