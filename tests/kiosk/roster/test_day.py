"""A volunteer's day on the roster: found, opened, explained to the minute, updated while it is open, and closed."""

from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from domain.ids import corrections_stream
from kiosk.home import Home
from kiosk.roster.day.formatting import format_day
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.view_model import DayView
from kiosk.text.wrapping import wrap_text
from kiosk.words import staff_en, staff_zh_tw
from projections.engine.as_of import views_as_of
from tests.kiosk.conftest import Apply
from tests.kiosk.entrance.app_harness import async_test, is_ambiguous_symbol
from tests.kiosk.roster.app_harness import open_app, open_roster, other_writer
from tests.kiosk.roster.morning_data import DAY, PEOPLE
from tests.support.kiosk_program import line
from tests.support.people import local_second
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

ZH, EN = staff_zh_tw.ROSTER, staff_en.ROSTER


# --- Choosing a volunteer ---


@async_test
async def test_the_arrow_keys_choose_and_enter_opens_and_escape_goes_back(home: Path) -> None:
    async with open_roster(home) as roster:
        await roster.pilot.press("home", "down")
        assert roster.table.show_cursor
        await roster.pilot.press("down", "enter")
        await roster.wait_for_text("V010 蔡〇雄", "06:30-08:30  EARLY：出勤", "尚未簽退")
        await roster.pilot.press("escape")
        await roster.wait_for_text("最近刷卡")
        assert roster.table.show_cursor
        await roster.pilot.press("escape")
        assert not roster.table.show_cursor


@async_test
async def test_the_first_key_only_shows_where_the_cursor_is(home: Path) -> None:
    async with open_roster(home) as roster:
        top = int(roster.table.scroll_y)
        await roster.pilot.press("enter")
        assert (roster.table.show_cursor, roster.table.cursor_row) == (True, top)
        assert roster.shows_text("最近刷卡")


@async_test
async def test_a_volunteer_who_was_searched_for_is_opened_with_two_enters(home: Path) -> None:
    async with open_roster(home) as roster:
        await roster.open_day("V002", "遲到 22 分鐘")
        assert roster.shows_text("09:22        entrance：簽到")


@async_test
async def test_a_duty_that_nobody_is_responsible_for_has_no_day(home: Path) -> None:
    async with open_roster(home, (80, 36)) as roster:
        (key,) = [key for key, line in roster.table._lines.items() if "無人排班" in line.cells["state"]]
        roster.table.choose_first()
        roster.table.move_cursor(row=roster.table.get_row_index(key))
        await roster.pilot.press("enter")
        await roster.wait_for_text(ZH.unassigned_has_no_day)


@async_test
async def test_a_volunteer_who_is_chosen_stays_chosen_when_others_come(home: Path) -> None:
    async with open_roster(home, (80, 36)) as roster:
        await roster.pilot.press("home", "down", "down")
        chosen = roster.table.chosen_key
        with other_writer(home) as tap_at:
            tap_at("V009", "10:20")
        await roster.wait_for_text("* 在場 10:20")
        await roster.pilot.press("l")
        await roster.wait_for_text("Last taps")
        assert roster.table.chosen_key == chosen


# --- What stands there ---


def load_day_of(home: Path, number: str) -> DayView:
    with Home.open(home) as opened:
        source = HomeRosterSource(opened)
        view = source.poll()
        volunteer_id = opened.people.find_id(number)
        assert view is not None
        assert volunteer_id is not None
        return source.load_day(volunteer_id, view.day)


def format_text(day: DayView, words: object = ZH, *, width: int = 100, with_reasons: bool = False) -> str:
    assert words in (ZH, EN)
    language = ZH if words is ZH else EN
    return "\n".join(line.text for line in format_day(day, language, width, with_reasons=with_reasons))


def test_every_stretch_has_its_rule_and_sentence_in_both_languages(home: Path) -> None:
    day = load_day_of(home, "V006")
    assert "R-002 完成基礎訓練後的時數才採計。" in format_text(day)
    assert "R-002 Hours count only after basic training is complete." in format_text(day, EN)
    assert "R-024" in format_text(day)


def test_an_event_that_cannot_be_read_is_shown_on_a_day_without_anything_else(home: Path) -> None:
    """As `kiosk explain` and the desk show it; the roster said that there is no record."""
    with Home.open(home) as opened:
        who = opened.people.find_id("V002")
        assert who is not None
        source = HomeRosterSource(opened)
        assert format_text(source.load_day(who, date(2026, 11, 1))) == ZH.explained.nothing
        position = insert_undecodable(opened.log, corrections_stream(who, date(2026, 11, 1)), UNKNOWN_TOPIC)
        assert f"#{position}" in format_text(source.load_day(who, date(2026, 11, 1)))


def test_swaps_and_leaves_are_told_with_masked_names(home: Path) -> None:
    assert "GUIDE 與 V005 張〇瑋 換班，由本人值勤" in format_text(load_day_of(home, "V006"))
    assert "GUIDE 已換班給 V006 李〇婷" in format_text(load_day_of(home, "V005"))
    assert "GUIDE：請假" in format_text(load_day_of(home, "V004"))
    assert [name for name in PEOPLE.values() if name in str(load_day_of(home, "V006"))] == []


def test_the_visits_add_up_to_the_total_and_the_events_stand_behind(home: Path, apply: Apply) -> None:
    trained = [
        line("complete_training", f"{DAY}T10:11", volunteer="V006", kind=kind, completed_at="2024-01-10T08:00", **more)
        for kind, more in (("basic", {}), ("special", {"category": "戶政"}))
    ]
    assert apply(home, *trained).err == ""
    day = load_day_of(home, "V006")
    assert day.explanation is not None
    assert (day.explanation.credited_minutes, sum(visit.minutes for visit in day.explanation.visits)) == (62, 62)
    assert "合計   採計 62 分鐘" in format_text(day)
    events = [event for stretch in day.explanation.stretches for event in stretch.events]
    assert events
    assert all(f"#{event}" in format_text(day) for event in events)


def test_the_policy_in_force_stands_below(home: Path, apply: Apply) -> None:
    assert "計算規定：系統預設" in format_text(load_day_of(home, "V006"))
    changed = line("adopt_policy", f"{DAY}T10:11", effective_from=DAY, grace_minutes_in=5)
    assert apply(home, changed).err == ""
    assert "計算規定：遲到寬限（分鐘）：5" in format_text(load_day_of(home, "V006"))


def test_a_reason_is_shown_to_a_coordinator_only(home: Path, apply: Apply) -> None:
    """A screen on a wall does not say who is ill."""
    ill = line("void_visit", f"{DAY}T10:11", volunteer="V006", check_in=f"{DAY}T08:55", reason="生病", by="林主任")
    assert apply(home, ill).err == ""
    day = load_day_of(home, "V006")
    assert "生病" not in format_text(day)
    assert "輸入 PIN（p）後顯示" in format_text(day)
    assert "登錄人 林〇任，理由：生病" in format_text(day, with_reasons=True)


@pytest.mark.parametrize("width", [20, 57, 77])
@pytest.mark.parametrize("words", [ZH, EN], ids=["zh-TW", "en"])
def test_no_line_is_wider_than_the_screen_and_nothing_is_lost(home: Path, width: int, words: object) -> None:
    day = load_day_of(home, "V006")
    text = format_text(day, words, width=max(width, 45))
    assert max(map(cell_len, text.split("\n"))) <= max(width, 45)
    assert "".join(text.split()) == "".join(format_text(day, words, width=1000).split())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("採計十二分。完", ["採計十二", "分。完"]),
        ("abcdefghijkl", ["abcdefgh", "ijkl"]),
        ("採計十二。完", ["採計十", "二。完"]),
        ("", [""]),
    ],
)
def test_text_is_folded_between_words_or_characters_and_no_mark_begins_a_line(text: str, lines: list[str]) -> None:
    assert wrap_text(text, 8) == lines


# --- While it is open ---


@async_test
async def test_it_follows_the_log_while_it_is_open(home: Path) -> None:
    async with open_roster(home) as roster:
        await roster.open_day("V003")
        widgets = list(roster.app.screen.walk_children())
        with other_writer(home) as tap_at:
            tap_at("V003", "10:15")
        await roster.wait_for_text("刷卡   10:15        entrance：簽到")
        assert list(roster.app.screen.walk_children()) == widgets


@async_test
async def test_l_changes_its_language(home: Path) -> None:
    async with open_roster(home) as roster:
        await roster.open_day("V002")
        await roster.pilot.press("l")
        await roster.wait_for_text("22 min late", "total", "Esc back")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_it_fits_every_terminal_and_scrolls(home: Path, size: tuple[int, int]) -> None:
    @async_test
    async def check() -> None:
        async with open_roster(home, size) as roster:
            await roster.open_day("V006", "V006 李〇婷")
            rows = roster.rows()
            assert max(map(cell_len, rows)) <= size[0]
            assert not [char for row in rows for char in row if is_ambiguous_symbol(char)]
            assert rows[-1].strip() == ZH.day_keys.format(session_key=ZH.pin_key)
            await roster.pilot.press("end")
            await roster.wait_for_text("規定")

    check()


def test_the_past_is_explained_as_it_was_known_then(home: Path, apply: Apply) -> None:
    voided = line("void_visit", f"{DAY}T10:11", volunteer="V006", check_in=f"{DAY}T08:55", reason="x", by="lin")
    assert apply(home, voided).err == ""
    instant = local_second(f"{DAY} 10:10")

    @async_test
    async def check() -> None:
        with Home.open(home) as opened, views_as_of(opened.log, instant) as views:
            async with open_app(HomeRosterSource(opened, views, instant)) as roster:
                await roster.wait_for_text("截至")
                await roster.open_day("V006", "已簽退", f"截至 {DAY} 10:10")
                assert not roster.shows_text("作廢，採計")

    check()
