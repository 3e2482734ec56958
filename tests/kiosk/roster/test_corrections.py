"""A coordinator who has proved who they are settles a day: shown before it is done, and done as a batch would do it."""

import json
from pathlib import Path
from string import Formatter

import pytest

from domain.errors import InTheFuture
from domain.model.coordinator import FREE_TRIES
from domain.use_cases.pins import PinService
from kiosk.coordinators import Coordinators
from kiosk.home import Home
from kiosk.pins import Pin
from kiosk.roster.corrections.corrections import CorrectionService
from kiosk.roster.corrections.pin_session import PinHolder, PinSession
from kiosk.roster.source import HomeRosterSource
from kiosk.words.refusals import SENTENCES
from kiosk.words.staff_zh_tw import REFUSALS
from projections.engine.as_of import views_as_of
from projections.read_models.what_if import Closing
from tests.kiosk.conftest import list_topics, read_head
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.app_harness import open_app, open_correcting_roster, open_roster, other_writer
from tests.kiosk.roster.morning_data import DAY
from tests.kiosk.test_privacy import bytes_of
from tests.support.kiosk_program import run_kiosk
from tests.support.people import local_second, local_time

LIN, PIN = "林主任", "482915"


class Seconds:
    """A stopwatch in the test's hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def coordinated(home: Path) -> Path:
    """The morning, with a coordinator who has a PIN."""
    with Home.open(home) as opened:
        Coordinators(opened).set_pin(LIN, Pin(PIN), opened.people.ensure_actor("system"))
    return home


def believed(home: Path, clock: Seconds | None = None) -> PinSession:
    """The coordinator has given the PIN."""
    with Home.open(home) as opened:
        proof = PinSession(clock=clock or Seconds())
        proof.begin(PinHolder(opened.people.ensure_actor(LIN), "林〇任"))
    return proof


def row(home: Path, command: str, number: str) -> dict[str, object]:
    told = json.loads(run_kiosk(command, "--volunteer", number, "--format", "json", "--home", home).out)
    return told[0]


# --- The three settlements ---


@async_test
async def test_a_visit_is_closed_at_the_end_of_the_duty_after_it_was_shown_what_changes(coordinated: Path) -> None:
    async with open_correcting_roster(coordinated, proof=believed(coordinated)) as playing:
        await playing.open_day("V010", "尚未簽退")
        await playing.pilot.press("c")
        await playing.wait_for_text("補登簽退  06:20-?", "08:30")
        await playing.pilot.press("enter")
        await playing.wait_for_text("理由（必填")
        await playing.type_answer("看到他離開")
        await playing.wait_for_text("採計分鐘：0 -> 0", "將有以上改變，確定嗎？")
        assert row(coordinated, "visits", "V010")["check_out"] is None
        await playing.pilot.press("enter", "y")
        await playing.wait_for_text("完成")
        await playing.pilot.press("enter")
        await playing.wait_for_text("06:20-08:30  已簽退", "補登簽退 08:30，登錄人 林〇任，理由：看到他離")
    assert row(coordinated, "visits", "V010")["check_out"] == f"{DAY}T08:30:00+08:00"
    assert list_topics(coordinated)[-1] == "corrections.visit-closed"


@async_test
async def test_an_absence_is_excused(coordinated: Path) -> None:
    async with open_correcting_roster(coordinated, proof=believed(coordinated)) as playing:
        await playing.open_day("V009", "EARLY: 缺席")
        await playing.pilot.press("e")
        await playing.wait_for_text("缺席改為請假  EARLY  06:30-08:30")
        await playing.type_answer("生病")
        await playing.wait_for_text("EARLY：缺席 -> 請假")
        await playing.pilot.press("y")
        await playing.wait_for_text("完成")
    assert row(coordinated, "absences", "V009") == {
        "volunteer": "V009",
        "date": DAY,
        "shift": "EARLY",
        "kind": "leave",
        "excused_by": LIN,
    }


@async_test
async def test_a_visit_is_voided(coordinated: Path) -> None:
    async with open_correcting_roster(coordinated, proof=believed(coordinated)) as playing:
        await playing.open_day("V006", "已簽退")
        await playing.pilot.press("v")
        await playing.wait_for_text("到場作廢  08:55-10:02")
        await playing.type_answer("借卡")
        await playing.wait_for_text("GUIDE：出勤 -> 尚未結束")
        await playing.pilot.press("y")
        await playing.wait_for_text("完成")
    assert row(coordinated, "visits", "V006")["status"] == "void"


@pytest.mark.parametrize("key", ["c", "e", "v"])
def test_where_there_is_nothing_of_the_kind_it_says_so(coordinated: Path, key: str) -> None:
    @async_test
    async def settled() -> None:
        async with open_correcting_roster(coordinated, proof=believed(coordinated)) as playing:
            await playing.open_day("V004", "GUIDE: 請假")
            await playing.pilot.press(key)
            await playing.wait_for_text("這一天沒有")

    settled()


@async_test
async def test_escape_at_any_question_changes_nothing(coordinated: Path) -> None:
    before = read_head(coordinated)
    async with open_correcting_roster(coordinated, proof=believed(coordinated)) as playing:
        await playing.open_day("V010")
        for answers in ([], ["08:30"], ["08:30", "x"]):
            await playing.pilot.press("c")
            await playing.wait_for_text("簽退時間")
            for answer in answers:
                await playing.type_answer(answer)
                await playing.pilot.pause()
            await playing.pilot.press("escape")
            await playing.wait_for_text("尚未簽退")
    assert read_head(coordinated) == before


@async_test
async def test_neither_an_empty_reason_nor_a_time_that_is_none_goes_on(coordinated: Path) -> None:
    async with open_correcting_roster(coordinated, proof=believed(coordinated)) as playing:
        await playing.open_day("V010")
        await playing.pilot.press("c")
        await playing.wait_for_text("簽退時間")
        await playing.type_answer("noon")
        await playing.wait_for_text("這不是時間")
        await playing.type_answer("０８：１０")
        await playing.wait_for_text("理由（必填")
        await playing.type_answer("  ")
        await playing.wait_for_text("必須填寫理由")


@async_test
async def test_what_a_rule_refuses_is_said_in_the_language_of_the_screen_and_written_down(coordinated: Path) -> None:
    async with open_correcting_roster(coordinated, proof=believed(coordinated)) as playing:
        await playing.open_day("V010")
        await playing.pilot.press("c")
        await playing.wait_for_text("簽退時間")
        await playing.type_answer("23:00")
        await playing.type_answer("x")
        await playing.wait_for_text("確定嗎")
        await playing.pilot.press("y")
        await playing.wait_for_text("未受理：2026-11-19 23:00 晚於登錄時間")
    assert list_topics(coordinated)[-1] == "refused-commands.command-refused"


@async_test
async def test_a_day_that_changes_between_question_and_answer_is_shown_again(coordinated: Path) -> None:
    async with open_correcting_roster(coordinated, proof=believed(coordinated)) as playing:
        await playing.open_day("V009", "EARLY: 缺席")
        await playing.pilot.press("e")
        await playing.wait_for_text("理由")
        await playing.type_answer("x")
        await playing.wait_for_text("EARLY：缺席 -> 請假")
        with other_writer(coordinated) as taps:
            taps("V009", "07:00")
            taps("V009", "10:20")
        await playing.pilot.press("y")
        await playing.wait_for_text("這一天的紀錄剛剛有變動", "分鐘數與結果都不會改變")


# --- Who may ---


@async_test
async def test_nobody_settles_without_the_pin_and_a_wrong_one_is_recorded(coordinated: Path) -> None:
    async with open_correcting_roster(coordinated) as playing:
        await playing.open_day("V009", "EARLY: 缺席")
        await playing.pilot.press("e")
        await playing.wait_for_text("林〇任 的 PIN")
        await playing.pilot.press("enter")  # nothing was typed, and nothing was tried
        await playing.type_answer("000000")
        await playing.wait_for_text("PIN 不正確")
        assert list_topics(coordinated).count("coordinator.proof-failed") == 1
        await playing.type_answer(PIN)
        await playing.wait_for_text("理由（必填")
        assert list_topics(coordinated)[-1] == "coordinator.proved"
        await playing.pilot.press("escape")
        await playing.wait_for_text("林〇任 (x)", "x 結束")
    everything = bytes_of(coordinated, "")
    assert [digits for digits in (PIN, "000000") if digits.encode() in bytes_of(coordinated, "kiosk", "log")] == []
    assert PIN.encode() not in everything


@async_test
async def test_while_a_try_has_to_wait_it_says_until_when(coordinated: Path) -> None:
    with Home.open(coordinated) as opened:
        coordinators, actor = Coordinators(opened), opened.people.ensure_actor(LIN)
        for _ in range(FREE_TRIES):
            PinService(opened.log).record_attempt(actor, coordinators.build_act(actor), right=False)
    async with open_correcting_roster(coordinated) as playing:
        await playing.open_day("V009")
        await playing.pilot.press("p")
        await playing.wait_for_text("未受理：PIN 錯誤次數太多：2026-11-19 10:10:")


@async_test
async def test_where_nobody_has_a_pin_it_says_how_to_set_one(home: Path) -> None:
    async with open_correcting_roster(home) as playing:
        await playing.open_day("V009")
        await playing.pilot.press("v")
        await playing.wait_for_text("還沒有人設定 PIN：請用 `kiosk coordinator 姓名` 設定")


@async_test
async def test_five_minutes_without_a_key_end_it_and_the_question_that_is_open(coordinated: Path) -> None:
    clock = Seconds()
    async with open_correcting_roster(coordinated, proof=believed(coordinated, clock)) as playing:
        await playing.open_day("V009")
        clock.now = 299.0
        await playing.pilot.press("e")
        await playing.wait_for_text("理由（必填")
        clock.now = 299.0 + 299.0
        await playing.pilot.press("x")
        assert playing.shows_text("理由（必填")
        clock.now += 300.0
        await playing.wait_for_text("EARLY: 缺席", "p 身分")
        assert not playing.shows_text("林〇任")


@async_test
async def test_x_ends_it_at_once(coordinated: Path) -> None:
    async with open_correcting_roster(coordinated, proof=believed(coordinated)) as playing:
        await playing.wait_for_text("林〇任 (x)")
        await playing.pilot.press("x")
        await playing.wait_until_gone("林〇任")


# --- Where nothing can be changed ---


@async_test
async def test_in_the_past_nothing_can_be_changed(coordinated: Path) -> None:
    instant = local_second(f"{DAY} 10:10")
    with Home.open(coordinated) as opened, views_as_of(opened.log, instant) as views:
        async with open_app(HomeRosterSource(opened, views, instant), settlements=CorrectionService(opened)) as playing:
            await playing.wait_for_text("當時")
            await playing.open_day("V009")
            await playing.pilot.press("e")
            await playing.wait_for_text("這是過去的畫面，不能更改任何紀錄")


@async_test
async def test_a_roster_without_settlements_changes_nothing_either(home: Path) -> None:
    before = read_head(home)
    async with open_roster(home) as playing:
        await playing.open_day("V009")
        await playing.pilot.press("e")
        await playing.wait_for_text("不能更改任何紀錄")
        await playing.pilot.press("enter", "p", "enter", "v", "enter", "c", "enter", "x", "escape")
    assert read_head(home) == before


# --- As a batch would ---


def test_a_refused_settlement_leaves_no_reason_behind(coordinated: Path) -> None:
    with Home.open(coordinated) as opened:
        settlements, who = CorrectionService(opened), opened.people.find_id("V010")
        assert who is not None
        closing = Closing(local_second(f"{DAY} 06:20"), local_second(f"{DAY} 23:00"))
        with pytest.raises(InTheFuture):
            settlements.apply(who, closing, "a reason that was refused", opened.people.ensure_actor(LIN))
    assert b"a reason that was refused" not in bytes_of(coordinated, "people.db")


def test_it_is_stamped_with_a_time_that_runs_on_from_where_the_simulation_stands(coordinated: Path) -> None:
    with Home.open(coordinated) as opened:
        settlements = CorrectionService(opened)
        with other_writer(coordinated) as taps:
            taps("V003", "10:15")
        assert settlements.now() >= local_second(f"{DAY} 10:15")
        assert opened.clock.now() < local_time(f"{DAY} 10:15")


def placeholders_of(sentence: str) -> set[str | None]:
    return {part[1] for part in Formatter().parse(sentence)} - {None}


def test_refusals_in_chinese_speak_of_the_same_as_in_english() -> None:
    assert {name: placeholders_of(said) for name, said in REFUSALS.items()} == {
        name: placeholders_of(SENTENCES[name]) for name in REFUSALS
    }
