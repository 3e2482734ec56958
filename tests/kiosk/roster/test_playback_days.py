"""The days that can be played back, from when to when, and the errors for those that cannot."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.roster.playback.played_day import find_playback_day
from kiosk.roster.playback.run import prepare_playback
from tests.kiosk.conftest import Apply
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.morning_data import DAY, setup_lines, shift, tap
from tests.kiosk.roster.playback_harness import open_playback
from tests.support.people import local_second


def find_range(path: Path, day: str) -> tuple[int, int, bool]:
    with Home.open(path) as home:
        found = find_playback_day(home, date.fromisoformat(day))
        return found.first, found.last, found.is_over


def test_a_day_under_way_ends_now_and_one_that_is_over_at_its_end(home: Path) -> None:
    """Decision 8: a service day begins at four."""
    assert find_range(home, DAY) == (local_second(f"{DAY} 04:00"), local_second(f"{DAY} 10:10"), False)
    yesterday = (local_second("2026-11-18 04:00"), local_second("2026-11-19 03:59:59"), True)
    assert find_range(home, "2026-11-18") == yesterday


def test_a_day_to_come_is_refused(home: Path) -> None:
    with pytest.raises(UserError, match=f"--replay 2026-11-20 has not begun: the last day that can be played is {DAY}"):
        find_range(home, "2026-11-20")


def test_a_day_before_the_log_is_refused(real_home: Path) -> None:
    with pytest.raises(UserError, match=r"--replay 2020-01-01 is before the log begins: it begins on \d{4}-\d\d-\d\d"):
        find_range(real_home, "2020-01-01")


def test_a_day_without_a_tap_and_without_a_duty_is_refused_with_the_nearest_ones(
    simulation: Path, apply: Apply
) -> None:
    taps = (tap("09:00", "V001") | {"at": f"2026-11-{day}T09:00"} for day in (16, 17, 20))
    assert apply(simulation, *setup_lines(), *taps).err == ""
    with pytest.raises(UserError, match="neither a tap nor a duty: the nearest taps are on 2026-11-17 and 2026-11-20"):
        open_day(simulation, "2026-11-19")


def test_where_nobody_ever_tapped_it_says_so(simulation: Path, apply: Apply) -> None:
    assert apply(simulation, *setup_lines()).err == ""
    with pytest.raises(UserError, match="neither a tap nor a duty: nobody ever tapped"):
        open_day(simulation, "2024-01-01")


def open_day(path: Path, day: str) -> None:
    with Home.open(path) as home, prepare_playback(home, find_playback_day(home, date.fromisoformat(day)), 60):
        pass


def test_a_duty_to_which_nobody_came_is_played(simulation: Path, apply: Apply) -> None:
    later = tap("09:00", "V001") | {"at": "2026-11-20T09:00"}
    assert apply(simulation, *setup_lines(), shift("S1", "09:00", "12:00", "服務台", "V001"), later).err == ""

    @async_test
    async def check() -> None:
        async with open_playback(simulation) as (roster, _):
            await roster.pilot.press("e", "e")
            await roster.wait_for_text("12:00:00", "缺席 V001 王〇明 09:00-12:00 服務台", "刷卡 0/0")

    check()
