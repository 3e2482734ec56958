"""A past day on the roster's screen: played, stepped and jumped through, never taken for now, and never changed."""

from pathlib import Path
from string import Formatter

import pytest
from textual.color import Color

from docs.pictures.svg import capture_rows, find_colours
from kiosk.home import Home
from kiosk.roster.source import HomeRosterSource
from kiosk.words import staff_en, staff_zh_tw
from kiosk.words.staff_words import PlaybackWords
from projections.engine.as_of import views_as_of
from tests.kiosk.conftest import Apply, read_head
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.entrance.test_snapshots import READABLE, contrast
from tests.kiosk.roster.morning_data import DAY, shift
from tests.kiosk.roster.playback_harness import open_playback

BEFORE_THE_FIRST = "06:15:00"
"""Five minutes before the first tap."""


# --- Playing ---


@async_test
async def test_it_says_which_day_this_is_and_that_it_is_a_replay(home: Path) -> None:
    async with open_playback(home) as (roster, _):
        assert roster.rows()[0].strip() == f"重播 REPLAY {DAY} 星期四 {BEFORE_THE_FIRST} x60 播放中"
        await roster.pilot.press("l")
        await roster.wait_for_text(f"REPLAY 重播 {DAY} Thu {BEFORE_THE_FIRST} x60 playing")


@async_test
async def test_a_second_of_the_stopwatch_is_a_minute_of_the_day(home: Path) -> None:
    async with open_playback(home) as (roster, stopwatch):
        stopwatch.seconds = 4.9
        await roster.wait_for_text("06:19:54", "今天還沒有人刷卡")
        stopwatch.seconds = 5.0
        await roster.wait_for_text("06:20:00", "06:20  簽到  V010 蔡〇雄", "刷卡 1/9")


@async_test
async def test_space_stops_it_and_starts_it_again(home: Path) -> None:
    async with open_playback(home) as (roster, stopwatch):
        await roster.pilot.press("space")
        await roster.wait_for_text("暫停")
        stopwatch.seconds = 100.0
        await roster.pilot.press("space")
        await roster.wait_for_text(BEFORE_THE_FIRST, "播放中")
        stopwatch.seconds = 101.0
        await roster.wait_for_text("06:16:00")


@async_test
async def test_plus_and_minus_change_how_fast_it_goes(home: Path) -> None:
    async with open_playback(home) as (roster, stopwatch):
        await roster.pilot.press("plus", "plus")
        await roster.wait_for_text("x300")
        await roster.pilot.press("minus")
        await roster.wait_for_text("x120")
        stopwatch.seconds = 1.0
        await roster.wait_for_text("06:17:00")


@async_test
async def test_at_the_end_it_stops_and_says_so(home: Path) -> None:
    """The simulation has come to 10:10 of that day: no more is known."""
    async with open_playback(home, speed=3600) as (roster, stopwatch):
        stopwatch.seconds = 1_000.0
        await roster.wait_for_text("10:10:00", "已結束", "目前的紀錄到此為止，重播停止")


@async_test
async def test_the_end_of_a_day_that_is_over_is_said_to_be_that(home: Path, apply: Apply) -> None:
    assert apply(home, shift("LATER", "13:00", "14:00", "服務台") | {"at": "2026-11-20T09:00"}).err == ""
    async with open_playback(home) as (roster, _):
        await roster.pilot.press("end")
        await roster.wait_for_text("星期四 翌日 03:59:59", "這一天已播完，重播停止", "x 缺席")
        await roster.pilot.press("home")
        await roster.wait_for_text("星期四 04:00:00", "刷卡 0/9")


@async_test
async def test_no_key_is_named_that_a_played_day_refuses(home: Path) -> None:
    async with open_playback(home) as (roster, _):
        assert roster.shows_text("Enter 明細 m 點名")
        assert not roster.shows_text("換日")
        assert not roster.shows_text("忘卡")
        assert not roster.shows_text("試算")


# --- Stepping and jumping ---


@async_test
async def test_right_and_n_go_to_the_next_tap_and_left_and_p_one_back(home: Path) -> None:
    async with open_playback(home) as (roster, _):
        for key, time, passed in (
            ("right", "06:20:00", 1),
            ("n", "08:55:00", 2),
            ("n", "08:58:00", 3),
            ("p", "08:55:00", 2),
            ("left", "06:20:00", 1),
        ):
            await roster.pilot.press(key)
            await roster.wait_for_text(f"{time} x60 暫停", f"刷卡 {passed}/9")
        await roster.pilot.press("p")
        await roster.wait_for_text("之前沒有人刷卡", "06:20:00")
        await roster.pilot.press("end", "n")
        await roster.wait_for_text("之後沒有人刷卡", "10:10:00")


@async_test
async def test_e_goes_from_exception_to_exception_and_says_what_it_is(home: Path) -> None:
    exceptions = (
        ("08:30:00", "異常 1/6  缺席 V009 N. T. L. 06:30-08:30 升旗"),
        ("09:00:00", "異常 2/6  未簽退 V010 蔡〇雄"),
        ("09:05:00", "異常 3/6  未排班到班 V011 楊〇英"),
        ("09:22:00", "異常 4/6  遲到 V002 陳〇華 09:00-12:00 服務台"),
        ("09:40:01", "異常 5/6  無人值勤 09:30-12:00 電話"),
    )
    async with open_playback(home) as (roster, _):
        for time, what in exceptions:
            await roster.pilot.press("e")
            await roster.wait_for_text(f"{time} x60 暫停", what)
        await roster.pilot.press("l")
        await roster.wait_for_text("exception 5/6  nobody on duty 09:30-12:00 電話")
        await roster.pilot.press("end", "e")
        await roster.wait_for_text("No exception after this")


@async_test
async def test_what_it_shows_is_what_the_roster_showed_then(home: Path) -> None:
    """Forward and back, at every tap."""
    async with open_playback(home, size=(120, 40)) as (roster, _):
        for _ in range(9):
            await roster.pilot.press("n")
        for passed in range(9, 1, -1):
            await roster.wait_for_text(f"刷卡 {passed}/9")
            source = roster.app._source
            assert roster.app._view == view_as_of(home, source.shown_at)._replace(pending=None)
            await roster.pilot.press("p")


def view_as_of(path: Path, instant: int) -> object:
    with Home.open(path) as home, views_as_of(home.log, instant) as views:
        return HomeRosterSource(home, views, instant).poll()


# --- The roster's own keys ---


@async_test
async def test_the_muster_and_somebodys_day_say_that_they_are_a_replay(home: Path) -> None:
    async with open_playback(home) as (roster, _):
        await roster.pilot.press("n", "n", "n", "m")
        await roster.wait_for_text("緊急疏散點名單", "在場 3 人", "重播 REPLAY")
        await roster.pilot.press("p")
        await roster.wait_for_text("在場 2 人", "08:55:00")
        await roster.pilot.press("m")
        await roster.open_day("V006", f"截至 {DAY} 08:55", "重播 REPLAY")
        await roster.pilot.press("right")
        await roster.wait_for_text(f"截至 {DAY} 08:58")


@async_test
async def test_in_a_search_letters_are_letters(home: Path) -> None:
    async with open_playback(home) as (roster, _):
        await roster.pilot.press("slash", "n", "e", "p", "space", "x", "home", "left", "right", "end")
        await roster.wait_for_text("搜尋「nep x」", BEFORE_THE_FIRST)


@async_test
async def test_nothing_can_be_changed_and_whoever_tries_is_told(home: Path) -> None:
    before = read_head(home)
    async with open_playback(home) as (roster, _):
        await roster.pilot.press("n", "c")
        await roster.wait_for_text("重播只供查看，不能更改紀錄")
        await roster.pilot.press("n")
        await roster.wait_until_gone("重播只供查看")
        await roster.open_day("V006")
        for key in ("c", "e", "v", "p", "delete"):
            await roster.pilot.press(key)
            await roster.wait_for_text("重播只供查看，不能更改紀錄")
            await roster.pilot.press("right")
            await roster.wait_until_gone("重播只供查看")
        await roster.pilot.press("escape", "q")
        assert not roster.app.is_running
    assert read_head(home) == before


# --- Layout and colours ---


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
@pytest.mark.parametrize("language", [(), ("l",)], ids=["zh-TW", "en"])
def test_at_every_size_the_bar_can_be_read_whole(home: Path, size: tuple[int, int], language: tuple[str, ...]) -> None:
    @async_test
    async def check() -> None:
        async with open_playback(home, size=size, speed=3600) as (roster, _):
            await roster.pilot.press("end", *language)
            words = staff_en.PLAYBACK if language else staff_zh_tw.PLAYBACK
            await roster.wait_for_text(words.ended["so_far"], words.keys, f"10:10:00 x3600 {words.states['so_far']}")
            bar = [segment for row in capture_rows(roster.app)[:3] for segment in row if segment.text.strip()]
            assert [s.text for s in bar if contrast(*find_colours(s.style)) < READABLE] == []
            assert {find_colours(segment.style)[1] for segment in bar} == {Color.parse("#5b0f8c")}

    check()


def placeholders(words: PlaybackWords) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in words.__struct_fields__:
        value = getattr(words, name)
        texts = {name: value} if isinstance(value, str) else {f"{name}.{k}": v for k, v in value.items()}
        found |= {place: {part[1] for part in Formatter().parse(text)} - {None} for place, text in texts.items()}
    return found


def test_both_languages_say_the_same_things_of_the_same_things() -> None:
    assert placeholders(staff_zh_tw.PLAYBACK) == placeholders(staff_en.PLAYBACK)
    assert [len(words.PLAYBACK.weekdays.split()) for words in (staff_zh_tw, staff_en)] == [7, 7]
