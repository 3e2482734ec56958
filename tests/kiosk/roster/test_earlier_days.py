"""Days before today on the roster: looked at with `<` and `>`, and corrected as today is."""

from pathlib import Path

import pytest

from kiosk.home import Home
from kiosk.roster.source import HomeRosterSource
from projections.engine.as_of import views_as_of
from tests.kiosk.conftest import list_topics
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.app_harness import open_app, open_correcting_roster, open_roster
from tests.kiosk.roster.authenticated import authenticate
from tests.kiosk.roster.morning_data import card_number_of
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.people import local_second


@pytest.fixture
def next_day(home_with_pin: Path, tmp_path: Path) -> Path:
    """The day after the morning: one volunteer is in, and V010 has not tapped out since yesterday."""
    taps = write_batch(tmp_path / "taps.jsonl", line("tap", "2026-11-20T09:00", card=card_number_of("V001")))
    assert run_kiosk("apply", taps, "--home", home_with_pin).err == ""
    return home_with_pin


@async_test
async def test_the_forgotten_check_out_of_yesterday_is_closed_from_the_roster_of_yesterday(next_day: Path) -> None:
    async with open_correcting_roster(next_day, pin_session=authenticate(next_day)) as roster:
        assert not roster.shows_text("V010")
        await roster.pilot.press("less_than_sign")
        await roster.wait_for_text("2026-11-19 的班表", "V010", "? 未簽退")
        await roster.open_day("V010", "2026-11-19", "未簽退")
        await roster.pilot.press("c")
        await roster.wait_for_text("補登簽退  06:20-?", "08:30")
        await roster.pilot.press("enter")
        await roster.wait_for_text("理由（必填")
        await roster.type_answer("看到他離開")
        await roster.wait_for_text("EARLY：未簽退 -> 出勤")
        await roster.pilot.press("y")
        await roster.wait_for_text("完成")
        await roster.pilot.press("enter", "escape")
        await roster.wait_for_text("2026-11-19 的班表", "- 已離開 08:30")
    assert list_topics(next_day)[-1] == "corrections.visit-closed"


@async_test
async def test_the_day_before_and_the_day_after_of_a_volunteer(next_day: Path) -> None:
    """There is none after today; the comma and the full stop are the same keys without shift."""
    async with open_roster(next_day) as roster:
        await roster.open_day("V001", "2026-11-20", "09:00")
        await roster.pilot.press("comma")
        await roster.wait_for_text("2026-11-19  V001 王〇明", "DESK：")
        await roster.pilot.press("less_than_sign")
        await roster.wait_for_text("2026-11-18  V001 王〇明", "沒有任何紀錄")
        await roster.pilot.press("greater_than_sign", "full_stop", "full_stop")
        await roster.wait_for_text("2026-11-20  V001 王〇明", "09:00")


@async_test
async def test_the_muster_sheet_is_of_now_whatever_day_the_roster_shows(next_day: Path) -> None:
    async with open_roster(next_day) as roster:
        await roster.pilot.press("less_than_sign")
        await roster.wait_for_text("2026-11-19 的班表")
        await roster.pilot.press("m")
        await roster.wait_for_text("在場 1 人", "[ ] V001")
        await roster.pilot.press("m", "greater_than_sign")
        await roster.wait_for_text("2026-11-20 09:00")


@async_test
async def test_as_of_an_instant_no_key_is_named_that_is_refused_and_earlier_days_keep_the_mark(next_day: Path) -> None:
    as_of = local_second("2026-11-20 08:30")
    with Home.open(next_day) as home, views_as_of(home.log, as_of) as views:
        async with open_app(HomeRosterSource(home, views, as_of)) as roster:
            await roster.wait_for_text("截至 2026-11-20 08:30", "<> 換日 m 點名")
            assert not roster.shows_text("忘卡")
            assert not roster.shows_text("試算")
            await roster.pilot.press("less_than_sign")
            await roster.wait_for_text("2026-11-19 的班表 截至 11-20 08:30")


@async_test
async def test_a_day_without_anything_says_so(next_day: Path) -> None:
    async with open_roster(next_day) as roster:
        await roster.pilot.press("less_than_sign", "less_than_sign")
        await roster.wait_for_text("2026-11-18 的班表", "這一天沒有人刷卡")
        assert not roster.shows_text("今天")
