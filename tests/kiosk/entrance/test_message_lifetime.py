"""A message is shown after it is written, is replaced by the next card at once, and goes away by itself."""

from dataclasses import replace
from typing import get_args

import pytest

from devices.profiles.registry import find_profile
from devices.protocols.decoder import CardNumber
from devices.protocols.em4100 import encode
from devices.readers.events import ReaderEvent
from devices.readers.serial_reader import SerialReader
from devices.simulated.scripted_reader import ScriptedReader
from kiosk.entrance.app import EntranceApp
from kiosk.entrance.display import find_display_seconds
from kiosk.entrance.service import EntranceOptions, EventSink, TapResult
from kiosk.words.volunteer_words import Remark, ResultState
from tests.kiosk.entrance.app_harness import (
    ANN,
    ANNS_CARD,
    ANNS_TAP,
    AT,
    BENS_CARD,
    LONG_DISPLAY,
    NOISE,
    SHORT_DISPLAY,
    UNIT,
    EntranceHarness,
    ScriptedService,
    async_test,
    open_entrance,
)


@async_test
async def test_idle_shows_the_unit_the_date_and_the_invitation_in_four_languages() -> None:
    async with open_entrance() as scene:
        assert scene.state == "idle"
        assert scene.shows_text(UNIT, "民國 115 年 11 月 21 日　星期六   2026-11-21")
        assert scene.shows_text("Please tap your card | Chạm thẻ | Tempelkan kartu")


@pytest.mark.parametrize("card", [None, ANNS_CARD])
@async_test
async def test_a_simulation_says_so_on_every_screen(card: CardNumber | None) -> None:
    async with open_entrance(EntranceOptions(UNIT, banner="模擬 SIMULATION", result_seconds=600)) as scene:
        if card:
            await scene.tap(card)
        assert scene.shows_text("模擬 SIMULATION")


@async_test
async def test_nothing_is_shown_before_it_is_written() -> None:
    async with open_entrance() as scene:
        shown_while_writing: list[str] = []
        scene.service.on_answer = lambda: shown_while_writing.append(scene.state)
        await scene.tap()
        assert shown_while_writing == ["idle"]
        assert scene.state == "checked_in"


@async_test
async def test_the_next_card_replaces_a_message_at_once() -> None:
    async with open_entrance(LONG_DISPLAY) as scene:
        await scene.tap(ANNS_CARD)
        await scene.tap(BENS_CARD)
        assert scene.state == "checked_out"
        assert scene.shows_text("陳〇")
        assert not scene.shows_text("王〇明")


@async_test
async def test_a_message_goes_away_by_itself() -> None:
    async with open_entrance(SHORT_DISPLAY) as scene:
        await scene.tap()
        await scene.wait_until(lambda: scene.state == "idle", "the message stayed")
        assert not scene.shows_text("王〇明")


AT_COUNTER = {
    "unmatched",
    "noted",
    "unknown_card",
    "revoked_card",
    "suspended",
    "agreement_ended",
    "before_agreement",
}


@pytest.mark.parametrize("state", get_args(ResultState))
def test_a_message_stays_four_seconds_and_one_that_sends_to_the_counter_eight(state: ResultState) -> None:
    seconds = find_display_seconds(TapResult(state, AT), EntranceOptions(UNIT))
    assert seconds == (8.0 if state in AT_COUNTER else 4.0)


@pytest.mark.parametrize(
    ("remarks", "seconds"),
    [((), 4.0), (("late",), 4.0), (("forgot_last_time",), 8.0), (("forgot_last_time", "late"), 8.0)],
)
def test_an_arrival_after_a_forgotten_check_out_stays_eight_seconds(
    remarks: tuple[Remark, ...], seconds: float
) -> None:
    assert find_display_seconds(replace(ANN, remarks=remarks), EntranceOptions(UNIT)) == seconds


STRANGERS_CARD = CardNumber.parse("A:00000000")
WITH_A_STRANGER = {ANNS_CARD: ANN, STRANGERS_CARD: TapResult("unknown_card", AT)}


@pytest.mark.parametrize(
    ("card", "options"),
    [
        (STRANGERS_CARD, EntranceOptions(UNIT, result_seconds=600, counter_seconds=0.05)),
        (ANNS_CARD, EntranceOptions(UNIT, result_seconds=0.05, counter_seconds=600)),
    ],
    ids=["at the counter", "any other"],
)
@async_test
async def test_each_kind_of_message_goes_away_after_its_own_time(card: CardNumber, options: EntranceOptions) -> None:
    async with open_entrance(options, service=ScriptedService(WITH_A_STRANGER)) as scene:
        await scene.tap(card)
        await scene.wait_until(lambda: scene.state == "idle", "the message stayed")


@async_test
async def test_a_message_that_sends_to_the_counter_is_replaced_by_the_next_card_and_does_not_come_back() -> None:
    options = EntranceOptions(UNIT, result_seconds=0.05, counter_seconds=600)
    async with open_entrance(options, service=ScriptedService(WITH_A_STRANGER)) as scene:
        await scene.tap(STRANGERS_CARD)
        assert scene.state == "unknown_card"
        await scene.tap(ANNS_CARD)
        assert scene.state in ("checked_in", "idle")
        await scene.wait_until(lambda: scene.state == "idle", "the message stayed")


@async_test
async def test_the_widgets_stay_the_same_from_card_to_card() -> None:
    async with open_entrance() as scene:
        before = list(scene.app.screen.walk_children())
        for card in (ANNS_CARD, BENS_CARD, ANNS_CARD):
            await scene.tap(card)
        assert list(scene.app.screen.walk_children()) == before


@async_test
async def test_an_unreadable_card_is_asked_to_tap_again() -> None:
    async with open_entrance() as scene:
        await scene.post_events(NOISE)
        await scene.wait_until(lambda: scene.state == "unreadable", "noise was not shown")
        assert scene.service.calls == ["unreadable at door"]


@pytest.mark.parametrize("order", [(NOISE, ANNS_TAP), (ANNS_TAP, NOISE)], ids=["before", "after"])
@async_test
async def test_noise_beside_a_good_card_is_neither_shown_nor_written(order: tuple[ReaderEvent, ...]) -> None:
    async with open_entrance(EntranceOptions(UNIT, result_seconds=1.5, noise_seconds=1.0)) as scene:
        kinds = scene.record_notices()
        await scene.post_events(*order)
        await scene.wait_until(lambda: bool(kinds) and scene.state == "idle", "the message stayed")
        assert kinds == ["checked_in"]
        assert scene.service.calls == ["A:…AE7 at door"]


# --- A real reader ---


@async_test
async def test_a_card_at_a_serial_reader_comes_to_the_screen() -> None:
    with ScriptedReader() as scripted:
        card = CardNumber.parse("E:010063E9AE")
        service = ScriptedService({card: ANN})

        def serial(post: EventSink) -> SerialReader:
            return SerialReader("door", scripted.port, find_profile("rdm6300"), post, now=lambda: AT)

        app = EntranceApp(service, [serial], LONG_DISPLAY)
        async with app.run_test(size=(80, 24)) as pilot:
            scene = EntranceHarness(app, pilot, service, [])
            assert scripted.wait_until_opened()
            scripted.send(encode(card.raw))
            await scene.wait_for_text("王〇明")
        assert service.calls == ["E:…9AE at door"]
