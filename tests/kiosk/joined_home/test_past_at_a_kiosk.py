"""What a kiosk with a hub answers about the past, and since when it can: it holds a part of the unit's log."""

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.home import Home
from kiosk.joined_home.unit_copy import COPY_FILE, UnitCopy
from kiosk.log_beginning import find_log_beginning
from tests.support.joined_kiosk import ANN, apply_whole, build_copied, join, send, tap
from tests.support.kiosk_program import run_kiosk
from tests.support.people import local_time

NINE = "2026-11-19 09:00"
THEN = ("--as-of", "2026-11-10T10:00")


@pytest.mark.parametrize("has_own_tap", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        ("visits", *THEN),
        ("presence", *THEN),
        ("replay", *THEN),
        ("roster", *THEN),
        ("roster", "--replay", "2026-11-19"),
    ],
)
def test_until_the_hub_has_sent_something_nothing_is_answered_about_the_past(
    unit: Home, tmp_path: Path, words: tuple[str, ...], *, has_own_tap: bool
) -> None:
    side = join(tmp_path / "side", unit)
    if has_own_tap:
        with Home.open(side) as home:
            tap(home, ANN, NINE)
    ended = run_kiosk(*words, "--home", side)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.endswith("nothing was sent to this kiosk yet that says what was known then: see `kiosk status`\n")


def test_the_room_that_its_log_needs_is_known_before_anything_is_recorded(unit: Home, tmp_path: Path) -> None:
    side = join(tmp_path / "side", unit)
    checks = json.loads(run_kiosk("status", "--format", "json", "--home", side).out)["checks"]
    (space,) = (check for check in checks if check["name"] == "free_space")
    assert "wanted for a year" in space["detail"]


@pytest.mark.parametrize("is_made_anew", [False, True])
def test_before_its_first_tap_it_answers_by_what_the_hub_sent(side: Path, unit: Home, *, is_made_anew: bool) -> None:
    """Where the copy is made anew under an open entrance, the own tap is its first event."""
    with Home.open(side) as home:
        tap(home, ANN, NINE)
        if is_made_anew:
            (side / COPY_FILE).unlink()
            assert home.log.head().position == 1
            send(side, unit)
        assert find_log_beginning(home) == find_log_beginning(unit)
    for instant, visits in (("2026-11-19T08:59:59", 0), ("2026-11-19T09:00:00", 1)):
        ended = run_kiosk("visits", "--as-of", instant, "--format", "json", "--home", side)
        assert (ended.status, len(json.loads(ended.out))) == (0, visits)


def send_since(side: Path, unit: Home, since: date) -> None:
    """What the hub sends, with visits and duties since a day."""
    with closing(UnitCopy.open(side)) as copy:
        apply_whole(copy, replace(build_copied(unit.log, begins_anew=True), since=since))


def test_of_a_time_before_the_visits_that_were_sent_it_leads_to_the_hub(side: Path, unit: Home) -> None:
    """As if nobody had come then would be the answer."""
    send_since(side, unit, date(2026, 11, 5))
    assert run_kiosk("visits", "--as-of", "2026-11-05T00:00:00", "--home", side).status == 0
    for words, asked in (
        (("visits", "--as-of", "2026-11-04T23:59:59"), "--as-of 2026-11-04T23:59:59"),
        (("roster", "--replay", "2026-11-03"), "--replay 2026-11-03"),
    ):
        ended = run_kiosk(*words, "--home", side)
        assert (ended.status, ended.out) == (2, "")
        assert f"{asked} is before what this kiosk holds, which begins on 2026-11-05: ask at the hub" in ended.err


def test_a_unit_that_was_made_after_that_day_begins_with_its_first_event(side: Path, unit: Home) -> None:
    with Home.open(side) as home:
        begins = find_log_beginning(unit)
        for since, expected in ((begins.date(), begins), (date(2026, 12, 1), local_time("2026-12-01 00:00"))):
            send_since(side, unit, since)
            assert find_log_beginning(home) == expected
