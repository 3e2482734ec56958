"""After a tap the volunteer sees what was recorded and what to do next, in their own language; the staff see it too."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import get_args

import pytest
from rich.cells import cell_len

from devices.faults import Fault, PortFault
from devices.readers.events import CardLeft, ReaderLost
from domain.model.visits import AcceptedMeaning
from domain.use_cases.tap_meaning import EarlierTap
from kiosk.entrance.cell_grid import CellGrid
from kiosk.entrance.icons import ICONS, draw_icon
from kiosk.entrance.notice import build_hub_bar, build_notice
from kiosk.entrance.reader_conditions import ReaderConditions
from kiosk.entrance.service import NextAward, TapResult
from kiosk.joined_home.hub_trouble import HubTrouble
from kiosk.words.languages import LANGUAGES, STAFF, find_words
from kiosk.words.volunteer_words import HubTroubleKind, Language, Remark, ResultState
from tests.kiosk.entrance.app_harness import (
    ANN,
    ANNS_CARD,
    AT,
    BEFORE,
    BEN,
    ScriptedService,
    async_test,
    is_ambiguous_symbol,
    open_entrance,
)

STATES: tuple[ResultState, ...] = get_args(ResultState)
SPOKEN: tuple[Language, ...] = get_args(Language)


@pytest.mark.parametrize("state", STATES)
@async_test
async def test_each_state_shows_its_icon_headline_and_next_step(state: ResultState) -> None:
    message = find_words("zh-TW").results[state]
    service = ScriptedService({ANNS_CARD: replace(ANN, state=state)})
    async with open_entrance(service=service) as scene:
        await scene.tap()
        assert scene.state == state
        assert scene.shows_text(message.headline, message.next_step, "王〇明")
        assert scene.lines["headline"].icon == state


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != STAFF])
@pytest.mark.parametrize("state", STATES)
def test_their_own_language_is_large_and_chinese_is_there_for_the_staff(state: ResultState, language: Language) -> None:
    message = find_words(language).results[state]
    notice = build_notice(replace(ANN, state=state, language=language))
    assert (notice.headline, notice.next_step) == (message.headline, message.next_step)
    assert notice.staff.startswith(find_words("zh-TW").results[state].headline)
    assert len(notice.others) == len(LANGUAGES) - 2


@async_test
async def test_every_other_language_has_a_line_where_the_volunteers_is_not_known() -> None:
    service = ScriptedService({ANNS_CARD: TapResult("unknown_card", AT)})
    async with open_entrance(service=service) as scene:
        await scene.tap()
        assert scene.shows_text("Unknown card. No hours recorded: please see the counter.", "Thẻ lạ.", "Tak dikenal.")


def test_a_check_in_always_asks_for_the_tap_on_leaving() -> None:
    assert build_notice(ANN).next_step == "離開時請再刷卡"
    late = replace(ANN, remarks=("late", "off_roster"), minutes_off=12)
    assert build_notice(late).next_step == "離開時請再刷卡"


def test_a_check_out_shows_the_visit_and_the_hours() -> None:
    notice = build_notice(replace(BEN, month_minutes=931))
    assert notice.subject == ("陳〇", "06:02 - 09:03")
    assert (notice.totals, notice.longer_totals) == ("今天 3 小時 1 分", "本月 15 小時 31 分")


def test_a_check_in_shows_the_hours_of_the_month_as_the_day_has_none_yet() -> None:
    notice = build_notice(replace(ANN, today_minutes=0))
    assert (notice.totals, notice.longer_totals) == ("本月 12 小時 30 分", "")


@pytest.mark.parametrize("state", [state for state in STATES if not state.startswith("checked")])
def test_hours_are_shown_only_to_those_who_come_and_go(state: ResultState) -> None:
    notice = build_notice(replace(BEN, state=state, month_minutes=931))
    assert (notice.totals, notice.longer_totals) == ("", "")


def test_a_second_tap_shows_the_own_hours_where_the_unit_wants_it() -> None:
    """R-125: 本月 9 小時 0 分，本年 98 小時 30 分; of the name it shows no more than before."""
    notice = build_notice(replace(BEN, state="already", month_minutes=540, year_minutes=5910))
    assert (notice.totals, notice.longer_totals) == ("本月 9 小時 0 分", "今年 98 小時 30 分")
    assert notice.subject == build_notice(replace(BEN, state="already")).subject


@pytest.mark.parametrize(
    ("language", "minutes", "on", "text"),
    [
        ("zh-TW", 750, None, "再服務 12 小時 30 分，可申請志願服務榮譽卡"),
        ("zh-TW", 0, date(2027, 3, 1), "2027-03-01 起可申請志願服務榮譽卡"),
        ("zh-TW", 45, date(2027, 3, 1), "再服務 45 分鐘，2027-03-01 起可申請志願服務榮譽卡"),
        ("en", 750, None, "12 h 30 min more until you can apply for 志願服務榮譽卡"),
        ("vi", 750, None, "Thêm 12 giờ 30 phút nữa, bạn có thể xin 志願服務榮譽卡"),
        ("id", 0, date(2027, 3, 1), "Mulai 2027-03-01, Anda dapat mengajukan 志願服務榮譽卡"),
    ],
)
def test_a_second_tap_says_what_lacks_to_the_next_award(
    language: Language, minutes: int, on: date | None, text: str
) -> None:
    """R-125: 再服務 12 小時 30 分. It is on no other screen."""
    again = replace(BEN, state="already", language=language, next_award=NextAward("志願服務榮譽卡", minutes, on))
    assert build_notice(again).award == text


@pytest.mark.parametrize(("length", "is_shown"), [(20, True), (21, False)])
def test_the_name_of_an_award_is_never_cut(length: int, is_shown: bool) -> None:
    award = NextAward("獎" * length, 750, None)
    assert ("獎" * length in build_notice(replace(BEN, state="already", next_award=award)).award) == is_shown


def test_hours_are_left_out_where_they_are_not_known() -> None:
    assert build_notice(replace(BEN, today_minutes=None)).totals == ""


@pytest.mark.parametrize(
    ("state", "remark"),
    [
        ("suspended", "您目前未簽到"),
        ("agreement_ended", "您目前未簽到"),
        ("before_agreement", "您目前未簽到"),
        ("unknown_card", ""),
        ("checked_out", ""),
    ],
)
def test_a_refused_check_in_says_that_the_volunteer_is_not_signed_in(state: ResultState, remark: str) -> None:
    assert build_notice(replace(ANN, state=state)).remark == remark


@pytest.mark.parametrize(("minutes", "text"), [(0, "0 分鐘"), (59, "59 分鐘"), (60, "1 小時 0 分")])
def test_minutes_are_text_as_hours_from_the_sixtieth_on(minutes: int, text: str) -> None:
    assert find_words("zh-TW").format_duration(minutes) == text


@pytest.mark.parametrize(
    ("language", "outcome", "headline", "text"),
    [
        ("zh-TW", "checked_in", "您已簽到", "08:22 已簽到，要簽退請 08:23 以後再刷"),
        ("zh-TW", "checked_out", "您已簽退", "08:22 已簽退，要再簽到請 08:23 以後再刷"),
        ("en", "checked_in", "You are signed in", "Since 08:22. To sign out, tap from 08:23 on."),
        ("en", "checked_out", "You are signed out", "Since 08:22. To sign in again, tap from 08:23 on."),
        ("vi", "checked_in", "Bạn đang ở trong", "Đã vào lúc 08:22; muốn ra, xin chạm thẻ từ 08:23"),
        ("vi", "checked_out", "Bạn đã ra", "Đã ra lúc 08:22; muốn vào lại, xin chạm thẻ từ 08:23"),
        ("id", "checked_in", "Anda sudah masuk", "Masuk pukul 08:22; untuk keluar, tempel lagi mulai 08:23"),
        ("id", "checked_out", "Anda sudah keluar", "Keluar pukul 08:22; untuk masuk lagi, tempel mulai 08:23"),
    ],
)
def test_a_repeated_tap_says_whether_they_are_in_or_out_and_when_the_next_counts(
    language: Language, outcome: AcceptedMeaning, headline: str, text: str
) -> None:
    """Never when the visit began, to a volunteer who has left."""
    eight = AT.replace(hour=8, minute=22)
    earlier = EarlierTap(outcome, eight, eight + timedelta(minutes=1))
    notice = build_notice(TapResult("already", AT, language=language, since=BEFORE, earlier=earlier))
    assert (notice.headline, notice.next_step) == (headline, text)


def test_a_repeated_tap_without_known_times_says_what_it_can() -> None:
    assert build_notice(TapResult("already", AT)).next_step == "不用再刷卡，謝謝您"


@pytest.mark.parametrize(
    ("remark", "text"),
    [
        ("early", "早到 12 分鐘"),
        ("late", "遲到 12 分鐘，已照實記錄"),
        ("off_roster", "今天沒有排班，承辦人員會再確認"),
        ("forgot_last_time", "上次沒有簽退，請到櫃台補登"),
    ],
)
@async_test
async def test_a_remark_stands_beside_the_check_in(remark: Remark, text: str) -> None:
    service = ScriptedService({ANNS_CARD: replace(ANN, remarks=(remark,), minutes_off=12)})
    async with open_entrance(service=service) as scene:
        await scene.tap()
        assert scene.shows_text(text, "簽到成功")
        assert scene.state == ("forgot_last_time" if remark == "forgot_last_time" else "checked_in")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-TW", "上次沒有簽退，請到櫃台補登　今天沒有排班，承辦人員會再確認"),
        ("id", "Belum mencatat pulang terakhir kali: silakan ke loket"),
    ],
)
def test_of_several_remarks_the_first_is_text_and_what_fits_beside_it(language: Language, text: str) -> None:
    assert build_notice(replace(ANN, language=language, remarks=("forgot_last_time", "off_roster"))).remark == text


def test_no_two_states_share_an_icon() -> None:
    drawn = [draw_icon(name, 6, CellGrid()) for name in ICONS]
    assert set(ICONS) == {*STATES, "reader_lost", "storage_trouble", "issuing"}
    assert all(one != other for one, other in combinations(drawn, 2))


@pytest.mark.parametrize("language", SPOKEN)
def test_no_two_states_share_a_headline(language: Language) -> None:
    words = find_words(language)
    headlines = [message.headline for message in (*words.results.values(), *words.conditions.values())]
    assert all(one != other for one, other in combinations(headlines, 2))


@pytest.mark.parametrize("language", SPOKEN)
def test_every_language_has_every_sentence(language: Language) -> None:
    ours, chinese = find_words(language), find_words("zh-TW")
    for name in ("results", "conditions", "remarks"):
        assert set(getattr(ours, name)) == set(getattr(chinese, name))
    assert set(ours.results) == set(STATES)
    assert set(ours.remarks) == set(get_args(Remark))


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("state", STATES)
def test_every_line_fits_the_smallest_terminal(state: ResultState, language: Language) -> None:
    name, duty = "N〇〇〇〇〇 V〇〇 T〇〇〇〇", "一樓服務台引導與填表協助"
    full = TapResult(
        state,
        AT,
        name,
        language,
        since=BEFORE,
        remarks=("forgot_last_time", "off_roster"),
        minutes_off=120,
        duty=duty,
        today_minutes=1439,
        month_minutes=9999,
        year_minutes=99_999,
        earlier=EarlierTap("checked_out", AT, AT + timedelta(hours=1)),
    )
    notice = build_notice(full)
    for line in (
        " ".join(notice.subject),
        notice.remark,
        notice.totals,
        notice.longer_totals,
        notice.next_step,
        notice.staff,
        *notice.others,
    ):
        assert cell_len(line) <= 78, line


def test_every_bar_fits_on_its_row_with_the_longest_name_of_a_reader() -> None:
    names = ["讀卡機" * 10]
    lost, nonsense, left = (ReaderConditions([*names, "side"]) for _ in range(3))
    lost.record(ReaderLost(*names, Fault(PortFault.MISSING)))
    nonsense.nonsense = tuple(names)
    left.record(CardLeft(*names, lies=True))
    for bar in (lost.build_bar(), nonsense.build_bar(), left.build_bar()):
        assert 40 < cell_len(bar) <= 78, bar
    for kind in get_args(HubTroubleKind):
        assert 40 < cell_len(build_hub_bar(HubTrouble(kind, AT))) <= 78, kind


def test_no_word_on_the_screen_has_a_mark_whose_width_depends_on_the_font() -> None:
    for words in LANGUAGES.values():
        sentences = [message.next_step for message in (*words.results.values(), *words.conditions.values())]
        sentences += [*words.remarks.values(), words.clock_not_set, words.tap_your_card]
        sentences += [words.one_reader_lost, words.reader_nonsense, words.card_left, words.terminal_too_small]
        sentences += [*words.hub.values(), words.without_others]
        assert not [char for sentence in sentences for char in sentence if is_ambiguous_symbol(char)]


def test_totals_say_from_when_on_the_other_kiosks_lack() -> None:
    result = replace(ANN, others_until=AT.replace(hour=8, minute=12))
    for language in LANGUAGES:
        plain, lacking = (build_notice(replace(one, language=language)).totals for one in (ANN, result))
        assert plain in lacking
        assert "08:12" in lacking
    earlier = replace(ANN, others_until=AT - timedelta(days=1))
    assert f"{AT - timedelta(days=1):%m-%d %H:%M}" in build_notice(earlier).totals
