"""The roster follows the log: what another process writes is seen, in the cell where it belongs; nothing is changed."""

from pathlib import Path

import pytest

from kiosk.home import Home
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.view_model import RosterView
from kiosk.tui.lines import STYLES
from tests.kiosk.conftest import read_head
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.app_harness import RosterHarness, open_app, open_roster, other_writer


@async_test
async def test_a_tap_that_another_process_writes_is_seen(home: Path) -> None:
    async with open_roster(home) as playing:
        with other_writer(home) as taps:
            taps("V003", "10:15")
        await playing.wait_for_text("林〇豪    + 在場 10:15 遲到 75 分", "10:15  簽到  V003 林〇豪", "在場 6")


@async_test
async def test_a_tap_changes_its_own_cell_and_no_row_is_made_anew(home: Path) -> None:
    async with open_roster(home) as playing:
        widgets = list(playing.app.screen.walk_children())
        rows = [(key, id(row)) for key, row in playing.table.rows.items()]
        with other_writer(home) as taps:
            taps("V003", "10:15")
        await playing.wait_for_text("+ 在場 10:15")
        assert list(playing.app.screen.walk_children()) == widgets
        assert [(key, id(row)) for key, row in playing.table.rows.items()] == rows


@async_test
async def test_the_line_of_somebody_who_left_steps_back(home: Path) -> None:
    async with open_roster(home) as playing:
        (key,) = [key for key, line in playing.table._lines.items() if line.cells["state"] == "+ 在場 08:58"]
        assert playing.table.get_cell(key, "number").style != STYLES["calm"]
        with other_writer(home) as taps:
            taps("V001", "10:15")
        await playing.wait_for_text("- 已離開 10:15")
        assert playing.table.get_cell(key, "number").style == STYLES["calm"]


@async_test
async def test_whoever_comes_without_a_duty_gets_a_line_at_the_end(home: Path) -> None:
    async with open_roster(home, (80, 36)) as playing:
        rows = [id(row) for row in playing.table.rows.values()]
        with other_writer(home) as taps:
            taps("V009", "10:20")
        await playing.wait_for_text("* 在場 10:20")
        assert [id(row) for row in playing.table.rows.values()][:-1] == rows


@async_test
async def test_a_duty_that_somebody_comes_for_needs_nobody_any_more(home: Path) -> None:
    async with open_roster(home) as playing:
        assert playing.shows_text("無人到場 40 分  09:30-12:00 電話  V008 劉〇國", "無人值勤 2")
        with other_writer(home) as taps:
            taps("V008", "10:20")
        await playing.wait_for_text("無人值勤 1")
        assert not playing.shows_text("無人到場")


@async_test
async def test_the_muster_follows_as_well(home: Path) -> None:
    async with open_roster(home) as playing:
        await playing.pilot.press("m")
        await playing.wait_for_text("緊急疏散點名單", "在場 5 人")
        with other_writer(home) as taps:
            taps("V003", "10:15")
        await playing.wait_for_text("在場 6 人", "[ ] V003")
        await playing.pilot.press("m")
        await playing.wait_for_text("+ 在場 10:15")
        await playing.pilot.press("m")
        await playing.wait_for_text("在場 6 人")


@async_test
async def test_nothing_that_is_pressed_changes_the_log(home: Path) -> None:
    before = read_head(home)
    async with open_roster(home) as playing:
        await playing.pilot.press("l", "m", "l", "m", "slash", "V", "q", "m", "l", "enter", "escape", "down", "end")
        assert playing.app.is_running
        await playing.pilot.press("q")
        assert not playing.app.is_running
    assert read_head(home) == before


# --- The search ---


async def look_for(playing: RosterHarness, text: str) -> None:
    await playing.pilot.press("slash", *text)
    await playing.pilot.pause()


@pytest.mark.parametrize("text", ["v003", "林〇"])
def test_somebody_is_found_by_number_or_masked_name(home: Path, text: str) -> None:
    @async_test
    async def found() -> None:
        async with open_roster(home) as playing:
            await look_for(playing, text)
            assert playing.table.row_count == 1
            assert playing.shows_text("V003  林〇豪", f"搜尋「{text}」：1 / 14")
            with other_writer(home) as taps:
                taps("V003", "10:15")
            await playing.wait_for_text("+ 在場 10:15")
            await playing.pilot.press("escape")
            await playing.wait_until(lambda: playing.table.row_count == 14, "not everybody came back")

    found()


@pytest.mark.parametrize("text", ["林志", "zzz", "[b]"])
def test_a_full_name_finds_nobody(home: Path, text: str) -> None:
    @async_test
    async def sought() -> None:
        async with open_roster(home) as playing:
            await look_for(playing, text)
            assert playing.table.row_count == 0
            assert playing.shows_text(f"搜尋「{text}」：0 / 14")

    sought()


# --- The other language, and trouble ---


@async_test
async def test_l_turns_every_word_into_english_and_back(home: Path) -> None:
    async with open_roster(home, (120, 40)) as playing:
        await playing.pilot.press("l")
        await playing.wait_for_text("! 70 min late", "nobody assigned", "Last taps", "unknown card", "q quit")
        assert not playing.shows_text("遲到")
        await playing.pilot.press("m")
        await playing.wait_for_text("Evacuation muster")
        await playing.pilot.press("l")
        await playing.wait_for_text("緊急疏散點名單")


class Patient:
    """Has not seen anything yet."""

    def poll(self) -> RosterView | None:
        return None


@async_test
async def test_until_the_log_is_read_it_says_so() -> None:
    async with open_app(Patient()) as playing:
        await playing.wait_for_text("正在讀取紀錄", "q 離開")


class Faltering:
    """Sees what another sees, or finds the log unreadable."""

    def __init__(self, seen: RosterView) -> None:
        self.seen: RosterView | None = seen
        self.readable = True

    def poll(self) -> RosterView | None:
        if not self.readable:
            raise OSError("no disk")
        seen, self.seen = self.seen, None
        return seen


@async_test
async def test_a_log_that_cannot_be_read_is_said_until_it_can(home: Path) -> None:
    with Home.open(home) as opened:
        seen = HomeRosterSource(opened).poll()
    assert seen is not None
    looks = Faltering(seen)
    async with open_app(looks) as playing:
        await playing.wait_for_text("在場 5")
        looks.readable = False
        await playing.wait_for_text("讀不到紀錄，畫面停在 10:10")
        looks.readable = True
        await playing.wait_until_gone("讀不到紀錄")
        assert playing.shows_text("在場 5")


@async_test
async def test_a_muster_that_is_old_says_so(home: Path) -> None:
    with Home.open(home) as opened:
        seen = HomeRosterSource(opened).poll()
    assert seen is not None
    looks = Faltering(seen)
    async with open_app(looks) as playing:
        await playing.wait_for_text("在場 5")
        looks.readable = False
        await playing.pilot.press("m")
        await playing.wait_for_text("緊急疏散點名單", "讀不到紀錄，畫面停在 10:10")


@async_test
async def test_the_screen_begins_at_the_duties_that_are_not_over(home: Path) -> None:
    async with open_roster(home) as playing:
        await playing.wait_until(lambda: not playing.shows_text("V009  N. T. L."), "the early duty stays on top")
        await playing.pilot.press("home")
        await playing.wait_for_text("V009  N. T. L.  x 缺席")
