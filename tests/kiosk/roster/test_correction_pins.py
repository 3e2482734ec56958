"""Who corrects at the roster gives a PIN first; the session ends by itself, or with a key."""

from pathlib import Path

from domain.model.coordinator import ATTEMPTS_BEFORE_LOCKOUT
from domain.use_cases.pins import PinService
from kiosk.accounts.coordinators import Coordinators
from kiosk.home import Home
from tests.kiosk.conftest import list_topics
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.app_harness import open_correcting_roster
from tests.kiosk.roster.authenticated import LIN, PIN, Seconds, authenticate
from tests.kiosk.test_privacy import read_home_bytes


@async_test
async def test_nobody_corrects_without_the_pin_and_a_wrong_one_is_recorded(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin) as roster:
        await roster.open_day("V009", "EARLY：缺席")
        await roster.pilot.press("e")
        await roster.wait_for_text("林〇任 的 PIN")
        await roster.pilot.press("enter")  # nothing was typed, and nothing was tried
        await roster.type_answer("000000")
        await roster.wait_for_text("PIN 不正確")
        assert list_topics(home_with_pin).count("coordinator.proof-failed") == 1
        await roster.type_answer(PIN)
        await roster.wait_for_text("理由（必填")
        assert list_topics(home_with_pin)[-1] == "coordinator.proved"
        await roster.pilot.press("escape")
        await roster.wait_for_text("林〇任 (x)", "x 登出")
    everything = read_home_bytes(home_with_pin, "")
    assert [
        digits for digits in (PIN, "000000") if digits.encode() in read_home_bytes(home_with_pin, "kiosk", "log")
    ] == []
    assert PIN.encode() not in everything


@async_test
async def test_while_a_try_has_to_wait_it_says_until_when(home_with_pin: Path) -> None:
    with Home.open(home_with_pin) as opened:
        coordinators, actor = Coordinators(opened), opened.people.ensure_actor(LIN)
        for _ in range(ATTEMPTS_BEFORE_LOCKOUT):
            PinService(opened.log).record_attempt(actor, coordinators.build_act(actor), right=False)
    async with open_correcting_roster(home_with_pin) as roster:
        await roster.open_day("V009")
        await roster.pilot.press("p")
        await roster.wait_for_text("未受理：PIN 錯誤次數太多：2026-11-19 10:10:")


@async_test
async def test_where_nobody_has_a_pin_it_says_how_to_set_one(home: Path) -> None:
    async with open_correcting_roster(home) as roster:
        await roster.open_day("V009")
        await roster.pilot.press("v")
        await roster.wait_for_text("還沒有承辦人設定 PIN：請用 `kiosk coordinator 姓名` 設定")


@async_test
async def test_five_minutes_without_a_key_end_it_and_the_question_that_is_open(home_with_pin: Path) -> None:
    clock = Seconds()
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin, clock)) as roster:
        await roster.open_day("V009")
        clock.now = 299.0
        await roster.pilot.press("e")
        await roster.wait_for_text("理由（必填")
        clock.now = 299.0 + 299.0
        await roster.pilot.press("x")
        assert roster.shows_text("理由（必填")
        clock.now += 300.0
        await roster.wait_for_text("EARLY：缺席", "p PIN")
        assert not roster.shows_text("林〇任")


@async_test
async def test_x_ends_it_at_once(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await roster.wait_for_text("林〇任 (x)")
        await roster.pilot.press("x")
        await roster.wait_until_gone("林〇任")
