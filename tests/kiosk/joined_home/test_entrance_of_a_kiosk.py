"""The entrance of a kiosk with a hub: masked names, hours that say what they lack, a roster that shows all kiosks."""

import shutil
from datetime import timedelta
from pathlib import Path

from domain.spans import instant
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.launch import build_sources
from kiosk.entrance.preflight import run_preflight
from kiosk.home import Home
from kiosk.joined_home.sync_state import SyncState, save_sync_state
from kiosk.joined_home.unit_copy import COPY_FILE
from kiosk.roster.source import HomeRosterSource
from kiosk.sync.copy_age import forget_if_unheard
from tests.support.joined_kiosk import ANN, BEN, STRANGER, send, send_names, tap
from tests.support.kiosk_program import run_kiosk
from tests.support.people import local_time

NINE, TEN = local_time("2026-11-19 09:00"), local_time("2026-11-19 10:00")


def hear(path: Path, ago: timedelta) -> None:
    """The hub was heard so long before ten."""
    save_sync_state(path, SyncState(TEN - ago, kiosks=("entrance",)))


def test_it_greets_with_the_masked_name_and_says_what_the_hours_lack(side: Path, unit: Home) -> None:
    send_names(side, unit)
    with Home.open(side) as home:
        run_preflight(home)
        for ago, since in ((timedelta(minutes=14), None), (timedelta(minutes=48), TEN - timedelta(minutes=48))):
            hear(side, ago)
            home.set_clock(TEN)
            result = EntranceController(build_sources(home)).record_tap(ANN, "front", TEN)
            assert (result.name, result.others_until) == ("王〇明", since)
            assert result.state in ("checked_in", "already")


def test_the_code_after_a_tap_is_a_head_of_the_log_of_the_kiosk(side: Path, unit: Home) -> None:
    """Where unknown cards were held before, that log is longer than the copy of the unit's."""
    with (side / "kiosk.toml").open("a") as settings:
        settings.write("[heads]\ncode_at_entrance = true\n")
    send_names(side, unit)
    with Home.open(side) as home:
        run_preflight(home)
        controller = EntranceController(build_sources(home))
        home.set_clock(NINE)
        arrived = controller.record_tap(ANN, "front", NINE)
        for _ in range(home.log.head().position):
            controller.record_tap(STRANGER, "front", NINE)
        home.set_clock(TEN)
        left = controller.record_tap(ANN, "front", TEN)
    assert (arrived.receipt[:3], left.state) == ("#1:", "checked_out")
    for receipt in (arrived.receipt, left.receipt):
        ended = run_kiosk("verify", "--head", receipt, "--home", side)
        assert (ended.status, ended.err) == (0, "")


def test_without_a_copy_it_records_and_says_that_no_card_is_known(side: Path, unit: Home) -> None:
    send_names(side, unit)
    hear(side, timedelta(minutes=1))
    with Home.open(side) as home:
        controller = EntranceController(build_sources(home))
        assert controller.find_hub_trouble() is None
        (side / COPY_FILE).unlink()
        home.set_clock(TEN)
        assert controller.record_tap(ANN, "front", TEN).state == "unknown_card"
        trouble = controller.find_hub_trouble()
        assert trouble is not None
        assert trouble.kind == "empty"
        assert home.log.own.head().position == 1


def test_after_thirty_days_names_and_taps_of_others_are_gone_and_cards_are_not(side: Path, unit: Home) -> None:
    tap(unit, BEN, "2026-11-19 09:00")
    send(side, unit)
    send_names(side, unit)
    with Home.open(side) as home:
        assert tap(home, ANN, "2026-11-19 09:00").outcome == "checked_in"
        home.set_clock(TEN)
        for ago, is_named in ((timedelta(days=30, minutes=-1), True), (timedelta(days=30), False)):
            hear(side, ago)
            forget_if_unheard(home)
            assert bool(home.people.load_numbers()) == is_named
        position = home.log.head().position
        forget_if_unheard(home)
        assert home.log.head().position == position  # once is enough
        assert tap(home, ANN, "2026-11-19 10:00").outcome == "checked_out"
        assert tap(home, BEN, "2026-11-19 10:00").outcome == "checked_in"


def test_the_roster_shows_who_came_in_at_whichever_kiosk(side: Path, unit: Home) -> None:
    tap(unit, BEN, "2026-11-19 09:00")
    send(side, unit)
    send_names(side, unit)
    with Home.open(side) as home:
        tap(home, ANN, "2026-11-19 09:00")
        home.set_clock(TEN)
        view = HomeRosterSource(home).load_view_at(home.now_second())
        assert instant(home.now_second()) == TEN
        assert [one.kiosk for one in view.kiosks] == ["side", "entrance"]
        assert {one.person.name for one in view.present} == {"王〇明", "M. S."}


def test_an_open_roster_shows_a_copy_that_was_made_anew_with_as_many_events(
    side: Path, unit: Home, tmp_path: Path
) -> None:
    """The hub was restored, and took another tap than the one that it lost."""
    backup = shutil.copytree(unit.path, tmp_path / "backup")
    tap(unit, ANN, "2026-11-19 09:00")
    send(side, unit)
    send_names(side, unit)
    with Home.open(side) as home, Home.open(backup) as restored:
        source = HomeRosterSource(home)
        for hub, name in ((unit, "王〇明"), (restored, "M. S.")):
            if hub is restored:
                restored.log.renew_identity()
                tap(restored, BEN, "2026-11-19 09:00")
                send(side, restored, begins_anew=True)
            view = source.poll()
            assert view is not None
            assert [one.person.name for one in view.present] == [name]
        assert source.poll() is None
