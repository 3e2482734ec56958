"""Somebody's day on the roster: found, opened, every minute of it told, followed while it is open, and left again."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from kiosk.home import Home
from kiosk.roster.day.formatting import format_day, wrap_text
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.view_model import DayView
from kiosk.words import staff_en, staff_zh_tw
from projections.engine.as_of import views_as_of
from tests.kiosk.conftest import Apply
from tests.kiosk.entrance.app_harness import async_test, is_ambiguous_symbol
from tests.kiosk.roster.app_harness import open_app, open_roster, other_writer
from tests.kiosk.roster.morning_data import DAY, PEOPLE
from tests.support.kiosk_program import line
from tests.support.people import local_second

ZH, EN = staff_zh_tw.ROSTER, staff_en.ROSTER


# --- Choosing somebody ---


@async_test
async def test_the_arrow_keys_choose_and_enter_opens_and_escape_goes_back(home: Path) -> None:
    async with open_roster(home) as playing:
        await playing.pilot.press("home", "down")
        assert playing.table.show_cursor
        await playing.pilot.press("down", "enter")
        await playing.wait_for_text("V010 蔡〇雄", "06:30-08:30  EARLY: 出勤", "尚未簽退")
        await playing.pilot.press("escape")
        await playing.wait_for_text("最近刷卡")
        assert playing.table.show_cursor
        await playing.pilot.press("escape")
        assert not playing.table.show_cursor


@async_test
async def test_the_first_key_only_shows_where_the_cursor_is(home: Path) -> None:
    async with open_roster(home) as playing:
        top = int(playing.table.scroll_y)
        await playing.pilot.press("enter")
        assert (playing.table.show_cursor, playing.table.cursor_row) == (True, top)
        assert playing.shows_text("最近刷卡")


@async_test
async def test_somebody_who_was_searched_for_is_opened_with_two_enters(home: Path) -> None:
    async with open_roster(home) as playing:
        await playing.open_day("V002", "遲到 22 分")
        assert playing.shows_text("09:22        entrance: 簽到")


@async_test
async def test_a_duty_that_nobody_is_responsible_for_has_no_day(home: Path) -> None:
    async with open_roster(home, (80, 36)) as playing:
        (key,) = [key for key, told in playing.table._lines.items() if "無人排班" in told.cells["state"]]
        playing.table.choose_first()
        playing.table.move_cursor(row=playing.table.get_row_index(key))
        await playing.pilot.press("enter")
        await playing.wait_for_text(ZH.nobody_there)


@async_test
async def test_whoever_is_chosen_stays_chosen_when_others_come(home: Path) -> None:
    async with open_roster(home, (80, 36)) as playing:
        await playing.pilot.press("home", "down", "down")
        chosen = playing.table._chosen_key
        with other_writer(home) as taps:
            taps("V009", "10:20")
        await playing.wait_for_text("* 在場 10:20")
        await playing.pilot.press("l")
        await playing.wait_for_text("Last taps")
        assert playing.table._chosen_key == chosen


# --- What stands there ---


def seen_of(home: Path, number: str) -> DayView:
    with Home.open(home) as opened:
        lookout = HomeRosterSource(opened)
        now = lookout.poll()
        who = opened.people.find_id(number)
        assert now is not None
        assert who is not None
        return lookout.load_day(who, now.day)


def text_of(seen: DayView, words: object = ZH, *, width: int = 100, with_reasons: bool = False) -> str:
    assert words in (ZH, EN)
    language = ZH if words is ZH else EN
    return "\n".join(note.text for note in format_day(seen, language, width, with_reasons=with_reasons))


def test_every_stretch_has_its_rule_and_sentence_in_both_languages(home: Path) -> None:
    seen = seen_of(home, "V006")
    assert "R-002 完成基礎訓練之後的時數才採計。" in text_of(seen)
    assert "R-002 Hours count only after basic training is complete." in text_of(seen, EN)
    assert "R-024" in text_of(seen)


def test_swaps_and_leaves_are_told_with_masked_names(home: Path) -> None:
    assert "GUIDE 由 V005 張〇瑋 換班而來" in text_of(seen_of(home, "V006"))
    assert "GUIDE 換班給 V006 李〇婷" in text_of(seen_of(home, "V005"))
    assert "GUIDE: 請假" in text_of(seen_of(home, "V004"))
    assert [name for name in PEOPLE.values() if name in str(seen_of(home, "V006"))] == []


def test_the_visits_add_up_to_the_total_and_the_events_stand_behind(home: Path, apply: Apply) -> None:
    trained = [
        line("complete_training", f"{DAY}T10:11", volunteer="V006", kind=kind, completed_at="2024-01-10T08:00", **more)
        for kind, more in (("basic", {}), ("special", {"category": "戶政"}))
    ]
    assert apply(home, *trained).err == ""
    seen = seen_of(home, "V006")
    assert seen.explanation is not None
    assert (seen.explanation.credited_minutes, sum(visit.minutes for visit in seen.explanation.visits)) == (62, 62)
    assert "合計   採計 62 分" in text_of(seen)
    events = [event for stretch in seen.explanation.stretches for event in stretch.events]
    assert events
    assert all(f"#{event}" in text_of(seen) for event in events)


def test_the_policy_in_force_stands_below(home: Path, apply: Apply) -> None:
    assert "規定   採預設值" in text_of(seen_of(home, "V006"))
    changed = line("adopt_policy", f"{DAY}T10:11", effective_from=DAY, grace_minutes_in=5)
    assert apply(home, changed).err == ""
    assert "規定   grace_minutes_in = 5" in text_of(seen_of(home, "V006"))


def test_a_reason_is_shown_to_a_coordinator_only(home: Path, apply: Apply) -> None:
    """A screen on a wall does not say who is ill."""
    ill = line("void_visit", f"{DAY}T10:11", volunteer="V006", check_in=f"{DAY}T08:55", reason="生病", by="林主任")
    assert apply(home, ill).err == ""
    seen = seen_of(home, "V006")
    assert "生病" not in text_of(seen)
    assert "證明身分 (p) 後顯示" in text_of(seen)
    assert "登錄人 林〇任，理由：生病" in text_of(seen, with_reasons=True)


@pytest.mark.parametrize("width", [20, 57, 77])
@pytest.mark.parametrize("words", [ZH, EN], ids=["zh-TW", "en"])
def test_no_line_is_wider_than_the_screen_and_nothing_is_lost(home: Path, width: int, words: object) -> None:
    seen = seen_of(home, "V006")
    told = text_of(seen, words, width=max(width, 45))
    assert max(map(cell_len, told.split("\n"))) <= max(width, 45)
    assert "".join(told.split()) == "".join(text_of(seen, words, width=1000).split())


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
    async with open_roster(home) as playing:
        await playing.open_day("V003")
        widgets = list(playing.app.screen.walk_children())
        with other_writer(home) as taps:
            taps("V003", "10:15")
        await playing.wait_for_text("刷卡   10:15        entrance: 簽到")
        assert list(playing.app.screen.walk_children()) == widgets


@async_test
async def test_l_changes_its_language(home: Path) -> None:
    async with open_roster(home) as playing:
        await playing.open_day("V002")
        await playing.pilot.press("l")
        await playing.wait_for_text("22 min late", "total", "Esc back")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_it_fits_every_terminal_and_scrolls(home: Path, size: tuple[int, int]) -> None:
    @async_test
    async def looked_at() -> None:
        async with open_roster(home, size) as playing:
            await playing.open_day("V006", "V006 李〇婷")
            rows = playing.rows()
            assert max(map(cell_len, rows)) <= size[0]
            assert not [char for row in rows for char in row if is_ambiguous_symbol(char)]
            assert rows[-1].strip() == ZH.day_keys.format(proof=ZH.pin_key)
            await playing.pilot.press("end")
            await playing.wait_for_text("規定")

    looked_at()


def test_the_past_is_explained_as_it_was_known_then(home: Path, apply: Apply) -> None:
    voided = line("void_visit", f"{DAY}T10:11", volunteer="V006", check_in=f"{DAY}T08:55", reason="x", by="lin")
    assert apply(home, voided).err == ""
    instant = local_second(f"{DAY} 10:10")

    @async_test
    async def looked_at() -> None:
        with Home.open(home) as opened, views_as_of(opened.log, instant) as views:
            async with open_app(HomeRosterSource(opened, views, instant)) as playing:
                await playing.wait_for_text("當時")
                await playing.open_day("V006", "已簽退", f"當時 {DAY} 10:10")
                assert not playing.shows_text("作廢，採計")

    looked_at()
