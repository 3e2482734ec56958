"""An authenticated coordinator corrects a day: previewed before it is made, and made as a batch would make it."""

import json
from pathlib import Path

import pytest

from domain.errors import InTheFuture
from kiosk.home import Home
from kiosk.roster.corrections.service import HomeCorrectionService
from kiosk.roster.source import HomeRosterSource
from projections.engine.as_of import views_as_of
from projections.read_models.settlements import Closing
from tests.kiosk.conftest import list_topics, read_head
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.app_harness import open_app, open_correcting_roster, open_roster, other_writer
from tests.kiosk.roster.authenticated import LIN, authenticate
from tests.kiosk.roster.morning_data import DAY
from tests.kiosk.test_privacy import read_home_bytes
from tests.support.kiosk_program import run_kiosk
from tests.support.people import local_second, local_time


def read_row(home: Path, command: str, number: str) -> dict[str, object]:
    rows = json.loads(run_kiosk(command, "--volunteer", number, "--format", "json", "--home", home).out)
    return rows[0]


# --- The three corrections ---


@async_test
async def test_a_visit_is_closed_at_the_end_of_the_duty_after_it_was_shown_what_changes(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await roster.open_day("V010", "尚未簽退")
        await roster.pilot.press("c")
        await roster.wait_for_text("補登簽退  06:20-?", "08:30")
        await roster.pilot.press("enter")
        await roster.wait_for_text("理由（必填")
        await roster.type_answer("看到他離開")
        await roster.wait_for_text("採計分鐘：0 -> 0", "確定要登錄嗎？")
        assert read_row(home_with_pin, "visits", "V010")["check_out"] is None
        await roster.pilot.press("enter", "y")
        await roster.wait_for_text("完成")
        await roster.pilot.press("enter")
        await roster.wait_for_text("06:20-08:30  已簽退", "補登簽退 08:30，登錄人 林〇任，理由：看到他離")
    assert read_row(home_with_pin, "visits", "V010")["check_out"] == f"{DAY}T08:30:00+08:00"
    assert list_topics(home_with_pin)[-1] == "corrections.visit-closed"


@async_test
async def test_an_absence_is_excused(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await roster.open_day("V009", "EARLY：缺席")
        await roster.pilot.press("e")
        await roster.wait_for_text("缺席改為請假  EARLY  06:30-08:30")
        await roster.type_answer("生病")
        await roster.wait_for_text("EARLY：缺席 -> 請假")
        await roster.pilot.press("y")
        await roster.wait_for_text("完成")
    assert read_row(home_with_pin, "absences", "V009") == {
        "volunteer": "V009",
        "date": DAY,
        "shift": "EARLY",
        "kind": "leave",
        "excused_by": LIN,
    }


@async_test
async def test_a_visit_is_voided(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await roster.open_day("V006", "已簽退")
        await roster.pilot.press("v")
        await roster.wait_for_text("到班紀錄作廢  08:55-10:02")
        await roster.type_answer("借卡")
        await roster.wait_for_text("GUIDE：出勤、早退 118 分鐘 -> 尚未結束")
        await roster.pilot.press("y")
        await roster.wait_for_text("完成")
    assert read_row(home_with_pin, "visits", "V006")["status"] == "void"


@pytest.mark.parametrize("key", ["c", "e", "v"])
def test_where_there_is_nothing_of_the_kind_it_says_so(home_with_pin: Path, key: str) -> None:
    @async_test
    async def press_key() -> None:
        async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
            await roster.open_day("V004", "GUIDE：請假")
            await roster.pilot.press(key)
            await roster.wait_for_text("這一天沒有")

    press_key()


@async_test
async def test_escape_at_any_question_changes_nothing(home_with_pin: Path) -> None:
    before = read_head(home_with_pin)
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await roster.open_day("V010")
        for answers in ([], ["08:30"], ["08:30", "x"]):
            await roster.pilot.press("c")
            await roster.wait_for_text("簽退時間")
            for answer in answers:
                await roster.type_answer(answer)
                await roster.pilot.pause()
            await roster.pilot.press("escape")
            await roster.wait_for_text("尚未簽退")
    assert read_head(home_with_pin) == before


@async_test
async def test_neither_an_empty_reason_nor_a_time_that_is_none_goes_on(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await roster.open_day("V010")
        await roster.pilot.press("c")
        await roster.wait_for_text("簽退時間")
        await roster.type_answer("noon")
        await roster.wait_for_text("時間格式不對")
        await roster.type_answer("０８：１０")
        await roster.wait_for_text("理由（必填")
        await roster.type_answer("  ")
        await roster.wait_for_text("請填寫理由")


@async_test
async def test_what_a_rule_refuses_is_said_in_the_language_of_the_screen_and_written_down(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await roster.open_day("V010")
        await roster.pilot.press("c")
        await roster.wait_for_text("簽退時間")
        await roster.type_answer("23:00")
        await roster.type_answer("x")
        await roster.wait_for_text("確定要登錄嗎")
        await roster.pilot.press("y")
        await roster.wait_for_text("未受理：2026-11-19 23:00 晚於登錄時間")
    assert list_topics(home_with_pin)[-1] == "refused-commands.command-refused"


@async_test
async def test_a_day_that_changes_between_question_and_answer_is_shown_again(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await roster.open_day("V009", "EARLY：缺席")
        await roster.pilot.press("e")
        await roster.wait_for_text("理由")
        await roster.type_answer("x")
        await roster.wait_for_text("EARLY：缺席 -> 請假")
        with other_writer(home_with_pin) as tap_at:
            tap_at("V009", "07:00")
            tap_at("V009", "10:20")
        await roster.pilot.press("y")
        await roster.wait_for_text("這一天的紀錄剛才有變動", "採計分鐘、出勤結果與遲到早退都不變")


# --- Where nothing can be changed ---


@async_test
async def test_in_the_past_nothing_can_be_changed(home_with_pin: Path) -> None:
    instant = local_second(f"{DAY} 10:10")
    with Home.open(home_with_pin) as opened, views_as_of(opened.log, instant) as views:
        async with open_app(
            HomeRosterSource(opened, views, instant), corrections=HomeCorrectionService(opened)
        ) as roster:
            await roster.wait_for_text("截至")
            await roster.open_day("V009")
            await roster.pilot.press("e")
            await roster.wait_for_text("這個畫面只供查看，不能更正紀錄")


@async_test
async def test_a_roster_without_corrections_changes_nothing_either(home: Path) -> None:
    before = read_head(home)
    async with open_roster(home) as roster:
        await roster.open_day("V009")
        await roster.pilot.press("e")
        await roster.wait_for_text("只供查看")
        await roster.pilot.press("enter", "p", "enter", "v", "enter", "c", "enter", "x", "escape")
    assert read_head(home) == before


# --- As a batch would ---


def test_a_refused_correction_leaves_no_reason_behind(home_with_pin: Path) -> None:
    with Home.open(home_with_pin) as opened:
        corrections, volunteer_id = HomeCorrectionService(opened), opened.people.find_id("V010")
        assert volunteer_id is not None
        closing = Closing(local_second(f"{DAY} 06:20"), local_second(f"{DAY} 23:00"))
        with pytest.raises(InTheFuture):
            corrections.apply(volunteer_id, closing, "a reason that was refused", opened.people.ensure_actor(LIN))
    assert b"a reason that was refused" not in read_home_bytes(home_with_pin, "people.db")


def test_it_is_stamped_with_a_time_that_runs_on_from_where_the_simulation_stands(home_with_pin: Path) -> None:
    with Home.open(home_with_pin) as opened:
        corrections = HomeCorrectionService(opened)
        with other_writer(home_with_pin) as tap_at:
            tap_at("V003", "10:15")
        assert corrections.now() >= local_second(f"{DAY} 10:15")
        assert opened.clock.now() < local_time(f"{DAY} 10:15")
