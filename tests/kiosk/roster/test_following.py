"""The roster follows the log: a tap of another process is shown in its own cell, and no key changes the log."""

from pathlib import Path

import pytest

from kiosk.home import Home
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.view_model import RosterView
from kiosk.tui.text import STYLES
from tests.kiosk.conftest import Apply, read_head
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.app_harness import RosterHarness, open_app, open_roster, other_writer
from tests.kiosk.roster.morning_data import DAY
from tests.support.kiosk_program import line


@async_test
async def test_a_tap_that_another_process_writes_is_seen(home: Path) -> None:
    async with open_roster(home) as roster:
        with other_writer(home) as tap_at:
            tap_at("V003", "10:15")
        await roster.wait_for_text("林〇豪    + 在場 10:15 遲到 75 分", "10:15  簽到  V003 林〇豪", "在場 6")


@async_test
async def test_a_tap_changes_its_own_cell_and_no_row_is_made_anew(home: Path) -> None:
    async with open_roster(home) as roster:
        widgets = list(roster.app.screen.walk_children())
        rows = [(key, id(row)) for key, row in roster.table.rows.items()]
        with other_writer(home) as tap_at:
            tap_at("V003", "10:15")
        await roster.wait_for_text("+ 在場 10:15")
        assert list(roster.app.screen.walk_children()) == widgets
        assert [(key, id(row)) for key, row in roster.table.rows.items()] == rows


@async_test
async def test_the_line_of_somebody_who_left_steps_back(home: Path) -> None:
    async with open_roster(home) as roster:
        (key,) = [key for key, line in roster.table._lines.items() if line.cells["state"] == "+ 在場 08:58"]
        assert roster.table.get_cell(key, "number").style != STYLES["calm"]
        with other_writer(home) as tap_at:
            tap_at("V001", "10:15")
        await roster.wait_for_text("- 已離開 10:15")
        assert roster.table.get_cell(key, "number").style == STYLES["calm"]


@async_test
async def test_a_volunteer_without_a_duty_gets_a_line_at_the_end(home: Path) -> None:
    async with open_roster(home, (80, 36)) as roster:
        rows = [id(row) for row in roster.table.rows.values()]
        with other_writer(home) as tap_at:
            tap_at("V009", "10:20")
        await roster.wait_for_text("* 在場 10:20")
        assert [id(row) for row in roster.table.rows.values()][:-1] == rows


@async_test
async def test_a_duty_that_somebody_comes_for_needs_nobody_any_more(home: Path) -> None:
    async with open_roster(home) as roster:
        assert roster.shows_text("已 40 分鐘無人到場  09:30-12:00 電話  V008 劉〇國", "無人值勤 2")
        with other_writer(home) as tap_at:
            tap_at("V008", "10:20")
        await roster.wait_for_text("無人值勤 1")
        assert not roster.shows_text("無人到場")


@async_test
async def test_the_muster_follows_as_well(home: Path) -> None:
    async with open_roster(home) as roster:
        await roster.pilot.press("m")
        await roster.wait_for_text("緊急疏散點名單", "在場 5 人")
        with other_writer(home) as tap_at:
            tap_at("V003", "10:15")
        await roster.wait_for_text("在場 6 人", "[ ] V003")
        await roster.pilot.press("m")
        await roster.wait_for_text("+ 在場 10:15")
        await roster.pilot.press("m")
        await roster.wait_for_text("在場 6 人")


@async_test
async def test_a_name_that_is_corrected_is_shown_at_once(home: Path, apply: Apply) -> None:
    corrected = line("change_person", f"{DAY}T10:00", volunteer="V003", name="陳大文", by="lin")
    async with open_roster(home) as roster:
        await roster.wait_for_text("V003  林〇豪")
        assert apply(home, corrected).err == ""
        await roster.wait_for_text("V003  陳〇文")


@async_test
async def test_nothing_that_is_pressed_changes_the_log(home: Path) -> None:
    before = read_head(home)
    async with open_roster(home) as roster:
        await roster.pilot.press("l", "m", "l", "m", "slash", "V", "q", "m", "l", "enter", "escape", "down", "end")
        assert roster.app.is_running
        await roster.pilot.press("q")
        assert not roster.app.is_running
    assert read_head(home) == before


# --- The search ---


async def search(roster: RosterHarness, text: str) -> None:
    await roster.pilot.press("slash", *text)
    await roster.pilot.pause()


@pytest.mark.parametrize("text", ["v003", "林〇"])
def test_somebody_is_found_by_number_or_masked_name(home: Path, text: str) -> None:
    @async_test
    async def check() -> None:
        async with open_roster(home) as roster:
            await search(roster, text)
            assert roster.table.row_count == 1
            assert roster.shows_text("V003  林〇豪", f"搜尋「{text}」：1 / 14")
            with other_writer(home) as tap_at:
                tap_at("V003", "10:15")
            await roster.wait_for_text("+ 在場 10:15")
            await roster.pilot.press("escape")
            await roster.wait_until(lambda: roster.table.row_count == 14, "the search still hides rows")

    check()


@pytest.mark.parametrize("text", ["林志", "zzz", "[b]"])
def test_a_full_name_finds_nobody(home: Path, text: str) -> None:
    @async_test
    async def check() -> None:
        async with open_roster(home) as roster:
            await search(roster, text)
            assert roster.table.row_count == 0
            assert roster.shows_text(f"搜尋「{text}」：0 / 14")

    check()


# --- The other language, and trouble ---


@async_test
async def test_l_turns_every_word_into_english_and_back(home: Path) -> None:
    async with open_roster(home, (120, 40)) as roster:
        await roster.pilot.press("l")
        await roster.wait_for_text("! 70 min late", "nobody assigned", "Last taps", "unknown card", "q quit")
        assert not roster.shows_text("遲到")
        await roster.pilot.press("m")
        await roster.wait_for_text("Evacuation muster")
        await roster.pilot.press("l")
        await roster.wait_for_text("緊急疏散點名單")


class EmptySource:
    """Has no view yet."""

    def poll(self) -> RosterView | None:
        return None


@async_test
async def test_until_the_log_is_read_it_says_so() -> None:
    async with open_app(EmptySource()) as roster:
        await roster.wait_for_text("正在讀取紀錄", "q 離開")


class FailingSource:
    """Has one view, and can be made to fail."""

    def __init__(self, view: RosterView) -> None:
        self.view: RosterView | None = view
        self.readable = True

    def poll(self) -> RosterView | None:
        if not self.readable:
            raise OSError("no disk")
        view, self.view = self.view, None
        return view


@async_test
async def test_a_log_that_cannot_be_read_is_said_until_it_can(home: Path) -> None:
    with Home.open(home) as opened:
        view = HomeRosterSource(opened).poll()
    assert view is not None
    source = FailingSource(view)
    async with open_app(source) as roster:
        await roster.wait_for_text("在場 5")
        source.readable = False
        await roster.wait_for_text("無法讀取紀錄，畫面停在 10:10")
        source.readable = True
        await roster.wait_until_gone("無法讀取紀錄")
        assert roster.shows_text("在場 5")


@async_test
async def test_a_muster_that_is_old_says_so(home: Path) -> None:
    with Home.open(home) as opened:
        view = HomeRosterSource(opened).poll()
    assert view is not None
    source = FailingSource(view)
    async with open_app(source) as roster:
        await roster.wait_for_text("在場 5")
        source.readable = False
        await roster.pilot.press("m")
        await roster.wait_for_text("緊急疏散點名單", "無法讀取紀錄，畫面停在 10:10")


@async_test
async def test_the_screen_begins_at_the_duties_that_are_not_over(home: Path) -> None:
    async with open_roster(home) as roster:
        await roster.wait_until(lambda: not roster.shows_text("V009  N. T. L."), "the early duty stays on top")
        await roster.pilot.press("home")
        await roster.wait_for_text("V009  N. T. L.  x 缺席")


@async_test
async def test_a_smaller_terminal_keeps_to_the_duties_that_are_not_over(home: Path) -> None:
    async with open_roster(home, (80, 40)) as roster:
        await roster.wait_until(lambda: roster.table.max_scroll_y == 0, "the day does not fit a tall terminal")
        await roster.pilot.resize_terminal(80, 24)
        await roster.wait_until(lambda: roster.table.scroll_y == 2, "the table does not begin at the third row")


@async_test
async def test_a_smaller_terminal_stays_where_a_key_scrolled(home: Path) -> None:
    async with open_roster(home, (80, 24)) as roster:
        await roster.wait_until(lambda: roster.table.scroll_y == 2, "the table does not begin at the third row")
        await roster.pilot.press("home")
        await roster.wait_until(lambda: roster.table.scroll_y == 0, "the key does not scroll to the top")
        await roster.pilot.resize_terminal(60, 20)
        await roster.wait_until(lambda: roster.table.size.width < 80, "the table was not laid out again")
        await roster.pilot.pause(0.1)
        assert roster.table.scroll_y == 0
