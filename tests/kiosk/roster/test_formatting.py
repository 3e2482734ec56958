"""What the roster says: what needs a person first, in as many lines as there are; the same in both languages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
import pytest
from rich.cells import cell_len

from domain.model.attendance import Attendance
from kiosk.home import Home
from kiosk.roster.formatting import MARKS, format_alerts, format_clock, format_counters, format_kiosks, format_lines
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.table import ROOMY, SHORT_STATE, STATE, compute_widths
from kiosk.roster.view_model import KioskLastSeen, Person, RosterView
from kiosk.words import staff_en, staff_zh_tw
from kiosk.words.staff_words import RosterWords
from projections.read_models.last_taps import OUTCOMES
from projections.read_models.pending_work import KINDS

WIDE = 200
"""Columns enough for every line."""
ZH, EN = staff_zh_tw.ROSTER, staff_en.ROSTER
BOTH = [pytest.param(ZH, id="zh-TW"), pytest.param(EN, id="en")]


@pytest.fixture
def roster_view(home: Path) -> RosterView:
    with Home.open(home) as opened:
        view = HomeRosterSource(opened).poll()
    assert view is not None
    return view


def test_duties_that_nobody_does_come_first_then_late_ones_then_forgotten_departures(roster_view: RosterView) -> None:
    """Who is awaited at an uncovered duty is named there, and not once more below."""
    assert [note.text for note in format_alerts(roster_view, ZH, 8, WIDE)] == [
        "!!  已 40 分鐘無人到場  09:30-12:00 電話  V008 劉〇國",
        "!!  無人排班  13:30-16:30 引導",
        "!   遲到 70 分，未到  09:00-12:00 服務台  V003 林〇豪",
        "?   未簽退，06:20 到班  06:30-08:30 升旗  V010 蔡〇雄",
        "待處理 2 項，含以前的日子：無故缺席 1  查無此卡 1",
    ]


@pytest.mark.parametrize(("room", "last"), [(4, "?   未簽退"), (3, "   還有 2 項"), (2, "   還有 3 項")])
def test_what_there_is_no_room_for_is_counted(roster_view: RosterView, room: int, last: str) -> None:
    notes = format_alerts(roster_view._replace(pending={}), ZH, room, WIDE)
    assert len(notes) == room
    assert notes[-1].text.startswith(last)


def test_where_nothing_needs_a_person_it_says_so(roster_view: RosterView) -> None:
    well = roster_view._replace(
        rows=tuple(row for row in roster_view.rows if row.state == "here"), uncovered=(), pending={}
    )
    assert format_texts(well) == ["目前沒有需要處理的事項"]
    assert format_texts(well._replace(pending=None)) == ["當天沒有需要處理的事項"]
    played = well._replace(pending=None, past=True)
    assert format_texts(played) == ["到這個時間為止，沒有需要處理的事項"], "exceptions may be to come"
    assert format_texts(played._replace(earlier=True)) == ["當天沒有需要處理的事項"]
    assert format_texts(well._replace(rows=())) == ["今天沒有排班"]


def test_while_anything_of_any_day_waits_it_does_not_say_that_nothing_does(roster_view: RosterView) -> None:
    for rows in ((), tuple(row for row in roster_view.rows if row.state == "here")):
        view = roster_view._replace(rows=rows, uncovered=(), pending={"no_check_out": 2, "refused": 1})
        assert format_texts(view) == ["待處理 3 項，含以前的日子：未簽退 2  刷卡未受理 1"]


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (61, "待處理 6 項，含以前的日子：未簽退 1  刷卡未受理 2  查無此卡 3"),
        (60, "待處理 6 項，含以前的日子：未簽退 1  刷卡未受理 2  .."),
        (20, "待處理 6 項，含以前的日子：.."),
    ],
)
def test_no_kind_of_pending_work_is_cut_in_two(roster_view: RosterView, columns: int, line: str) -> None:
    view = roster_view._replace(rows=(), uncovered=(), pending={"no_check_out": 1, "refused": 2, "unknown_card": 3})
    assert [note.text for note in format_alerts(view, ZH, 3, columns)] == [line]


@pytest.mark.parametrize(("columns", "who"), [(72, "V008 劉〇國, V009 Nguyễn T. L."), (71, "V008 劉〇國, ..")])
def test_no_volunteer_who_is_awaited_is_cut_in_two(roster_view: RosterView, columns: int, who: str) -> None:
    gap = roster_view.uncovered[0]
    awaited = (*gap.awaited, Person("V009", "Nguyễn T. L."))
    view = roster_view._replace(rows=(), uncovered=(gap._replace(awaited=awaited),), pending={})
    assert [note.text for note in format_alerts(view, ZH, 3, columns)] == [
        f"!!  已 40 分鐘無人到場  09:30-12:00 電話  {who}"
    ]


@pytest.mark.parametrize("words", BOTH)
def test_every_kind_of_pending_work_has_a_word_of_its_own(words: RosterWords) -> None:
    assert tuple(words.pending_kinds) == KINDS
    assert len({*words.pending_kinds.values()}) == len(KINDS)


def format_texts(view: RosterView) -> list[str]:
    return [note.text for note in format_alerts(view, ZH, 3, WIDE)]


@pytest.mark.parametrize(("room", "last", "gap"), [(64, "未排班在場 1", "  "), (63, "未排班 1", " ")])
def test_every_counter_is_shown_also_where_there_is_little_room(
    roster_view: RosterView, room: int, last: str, gap: str
) -> None:
    counters, between = format_counters(roster_view, ZH, room)
    assert (counters[-1].text, between) == (last, gap)
    assert cell_len(between.join(counter.text for counter in counters)) <= room


@pytest.mark.parametrize(
    ("recorded_by", "shown"),
    [
        (None, "2026-11-19 的班表"),
        (datetime(2026, 11, 20, 10, 5, tzinfo=UTC), "2026-11-19 的班表 截至 11-20 10:05"),
        (datetime(2027, 1, 2, 10, 5, tzinfo=UTC), "2026-11-19 的班表 截至 2027-01-02 10:05"),
    ],
)
def test_a_day_before_says_as_of_which_instant_it_is_shown(
    roster_view: RosterView, recorded_by: datetime | None, shown: str
) -> None:
    view = roster_view._replace(earlier=True, past=recorded_by is not None, recorded_by=recorded_by)
    assert format_clock(view, ZH) == shown


def test_every_counter_is_shown_in_english_at_sixty_columns(roster_view: RosterView) -> None:
    counters, between = format_counters(roster_view, EN, 58)
    assert cell_len(between.join(counter.text for counter in counters)) <= 58


@pytest.mark.parametrize(
    ("words", "state"), [(ZH, "+ 在場 09:22 補登 遲到 22 分"), (EN, "+ in 09:22 desk 22 min late")]
)
def test_a_time_that_the_desk_recorded_is_shown_as_such(
    roster_view: RosterView, words: RosterWords, state: str
) -> None:
    """R-036; the whole of it has room where the table is roomy."""
    late = next(row for row in roster_view.rows if row.late_minutes == 22)
    (shown,) = format_lines([late._replace(is_corrected=True)], words)
    assert shown.cells["state"] == state
    assert cell_len(state) <= STATE


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(seconds=59), "剛剛"),
        (timedelta(minutes=1), "1 分鐘前"),
        (timedelta(minutes=59, seconds=59), "59 分鐘前"),
        (timedelta(hours=1), "1 小時前"),
        (timedelta(hours=23, minutes=59), "23 小時前"),
        (timedelta(days=1), "1 天前"),
    ],
)
def test_news_is_as_old_as_it_is(roster_view: RosterView, age: timedelta, text: str) -> None:
    assert format_kiosks([KioskLastSeen("side", roster_view.now - age)], roster_view.now, ZH) == [f"side {text}"]


def test_every_state_has_a_mark_of_its_own() -> None:
    """Colour never means anything alone."""
    assert len(set(MARKS.values())) == len(MARKS)
    assert all(mark.isascii() for mark in MARKS.values())


# --- The languages ---


def sentences_of(words: Any) -> Iterator[tuple[str, str]]:
    """Every sentence, by its place; the words of an explained day and of corrections are among them."""
    for name in words.__struct_fields__:
        value = getattr(words, name)
        if isinstance(value, msgspec.Struct):
            yield from ((f"{name}.{place}", text) for place, text in sentences_of(value))
        elif isinstance(value, str):
            yield name, value
        elif name != "refusals":  # a correction can meet fewer than there are
            yield from ((f"{name}.{place}", text) for place, text in value.items())


def placeholders(words: RosterWords) -> dict[str, set[str | None]]:
    """What stands in braces in each sentence, by its place."""
    return {place: {part[1] for part in Formatter().parse(text)} - {None} for place, text in sentences_of(words)}


def test_both_languages_say_the_same_things_of_the_same_things() -> None:
    assert placeholders(ZH) == placeholders(EN)


@pytest.mark.parametrize("words", BOTH)
def test_there_is_a_word_for_every_answer_at_the_door(words: RosterWords) -> None:
    refusals = {
        "unknown_card",
        "revoked_card",
        "suspended",
        "agreement_ended",
        "before_agreement",
        "unreadable",
        "unreadable_record",
        "unanswered",
    }
    assert set(words.outcomes) == refusals | set(OUTCOMES.values())
    assert Attendance.CheckedIn.TOPIC in OUTCOMES


@pytest.mark.parametrize("words", BOTH)
def test_every_state_has_a_word_of_its_own(words: RosterWords) -> None:
    assert set(words.states) == set(MARKS)
    assert len(set(words.states.values())) == len(MARKS)


# --- The columns ---


@pytest.mark.parametrize("room", [58, 59, 77, 78, 79, 120, 200])
@pytest.mark.parametrize("number", [4, 8, 12])
@pytest.mark.parametrize("post", [0, 6, 8, 24])
def test_the_columns_fill_the_table_and_no_more(room: int, number: int, post: int) -> None:
    columns = compute_widths(room, number, post)
    assert sum(columns.values()) + 2 * len(columns) == room
    assert ("half_day" in columns) == (room >= ROOMY)
    assert columns["number"] == number


@pytest.mark.parametrize("room", [59, 77, 78, 79, 99, 120])
def test_the_state_is_not_cut_while_the_posts_have_room_to_spare(room: int) -> None:
    """A post has the cells of the longest one and no more, whatever is left."""
    columns = compute_widths(room, 4, 8)
    assert columns["post"] <= 8
    assert columns["state"] >= (STATE if room >= ROOMY + 10 else SHORT_STATE)
