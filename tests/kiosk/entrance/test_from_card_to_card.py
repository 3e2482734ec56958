"""A message is shown after it is written, is replaced by the next card at once, and goes away by itself."""

import pytest

from devices.profiles.registry import find_profile
from devices.protocols.decoder import CardNumber
from devices.protocols.em4100 import encode
from devices.readers.events import CardPresented, InputUnreadable, ReaderEvent, ReaderLost, ReaderReady
from devices.readers.serial_reader import SerialReader
from devices.simulated.scripted_reader import ScriptedReader
from kiosk.entrance.app import Entrance, ReaderEnded
from kiosk.entrance.look import RESULT_SECONDS, EntranceOptions
from kiosk.entrance.service import EventSink
from tests.kiosk.entrance.stage import (
    ANN,
    ANNS_CARD,
    AT,
    BENS_CARD,
    BRISK,
    LASTING,
    UNIT,
    ScriptedService,
    Stage,
    played,
    stage,
)

NOISE = InputUnreadable("door", "the checksum does not fit")
ANNS_TAP = CardPresented(ANNS_CARD, "door", AT)


@played
async def test_idle_shows_the_unit_the_date_and_the_invitation_in_four_languages() -> None:
    async with stage() as scene:
        assert scene.state == "idle"
        assert scene.sees(UNIT, "民國 115 年 11 月 21 日　星期六   2026-11-21")
        assert scene.sees("Please tap your card | Chạm thẻ | Tempelkan kartu")


@pytest.mark.parametrize("card", [None, ANNS_CARD])
@played
async def test_a_simulation_says_so_on_every_screen(card: CardNumber | None) -> None:
    async with stage(EntranceOptions(UNIT, banner="模擬 SIMULATION", result_seconds=600)) as scene:
        if card:
            await scene.taps(card)
        assert scene.sees("模擬 SIMULATION")


@played
async def test_nothing_is_shown_before_it_is_written() -> None:
    async with stage() as scene:
        shown_while_writing: list[str] = []
        scene.service.on_answer = lambda: shown_while_writing.append(scene.state)
        await scene.taps()
        assert shown_while_writing == ["idle"]
        assert scene.state == "checked_in"


@played
async def test_the_next_card_replaces_a_message_at_once() -> None:
    async with stage(LASTING) as scene:
        await scene.taps(ANNS_CARD)
        await scene.taps(BENS_CARD)
        assert scene.state == "checked_out"
        assert scene.sees("陳〇")
        assert not scene.sees("王〇明")


@played
async def test_a_message_goes_away_by_itself() -> None:
    async with stage(BRISK) as scene:
        await scene.taps()
        await scene.waits(lambda: scene.state == "idle", "the message stayed")
        assert not scene.sees("王〇明")


def test_a_message_stays_four_seconds_unless_told_otherwise() -> None:
    assert EntranceOptions(UNIT).result_seconds == RESULT_SECONDS == 4.0


@played
async def test_the_widgets_stay_the_same_from_card_to_card() -> None:
    async with stage() as scene:
        before = list(scene.app.screen.walk_children())
        for card in (ANNS_CARD, BENS_CARD, ANNS_CARD):
            await scene.taps(card)
        assert list(scene.app.screen.walk_children()) == before


@played
async def test_an_unreadable_card_is_asked_to_tap_again() -> None:
    async with stage() as scene:
        await scene.hears(NOISE)
        await scene.waits(lambda: scene.state == "unreadable", "noise was not shown")
        assert scene.service.asked == ["unreadable at door"]


@pytest.mark.parametrize("order", [(NOISE, ANNS_TAP), (ANNS_TAP, NOISE)], ids=["before", "after"])
@played
async def test_noise_beside_a_good_card_is_neither_shown_nor_written(order: tuple[ReaderEvent, ...]) -> None:
    async with stage(EntranceOptions(UNIT, result_seconds=0.4, noise_seconds=0.2)) as scene:
        await scene.hears(*order)
        assert scene.state == "checked_in"
        await scene.waits(lambda: scene.state == "idle", "noise was shown after all")
        assert scene.service.asked == ["A:…AE7 at door"]


# --- When something is wrong ---


@played
async def test_what_cannot_be_written_is_not_shown_as_done() -> None:
    async with stage(service=ScriptedService(storage_works=False)) as scene:
        await scene.taps()
        assert scene.state == "storage_trouble"
        assert scene.sees("請在紙本簽到，並告訴櫃台人員", "Paused. Please sign on paper and tell the counter.")
        assert not scene.sees("王〇明")


@played
async def test_after_storage_trouble_the_next_tap_is_tried_again() -> None:
    async with stage(service=ScriptedService(storage_works=False)) as scene:
        await scene.taps()
        await scene.taps()
        assert len(scene.service.asked) == 2
        scene.service.storage_works = True
        await scene.taps()
        assert scene.state == "checked_in"


@played
async def test_storage_trouble_ends_without_a_tap() -> None:
    async with stage(service=ScriptedService(storage_works=False)) as scene:
        await scene.taps()
        scene.service.storage_works = True
        await scene.waits(lambda: scene.state == "idle", "it did not recover")


@played
async def test_an_unreadable_card_that_cannot_be_written_down_is_storage_trouble_too() -> None:
    async with stage(service=ScriptedService(storage_works=False)) as scene:
        await scene.hears(NOISE)
        await scene.waits(lambda: scene.state == "storage_trouble", "noise was not shown")


@played
async def test_a_lost_reader_says_which_and_goes_when_it_is_back() -> None:
    async with stage(readers=["入口"]) as scene:
        await scene.hears(ReaderLost("入口", "there is no such device"))
        assert scene.state == "reader_lost"
        assert scene.sees("入口", "請在紙本簽到，並告訴櫃台人員")
        await scene.hears(ReaderReady("入口"))
        assert scene.state == "idle"


@played
async def test_while_another_reader_works_a_lost_one_is_a_bar() -> None:
    async with stage(readers=["入口", "側門"]) as scene:
        await scene.hears(ReaderLost("側門", "there is no such device"))
        assert scene.state == "idle"
        assert scene.sees("讀卡機「側門」故障　請改刷另一台 | Reader down: use the other")
        await scene.taps()
        assert scene.state == "checked_in"
        assert scene.sees("讀卡機「側門」故障")
        await scene.hears(ReaderLost("入口", "there is no such device"))
        assert scene.state == "checked_in", "a result stays its time"


@played
async def test_a_reader_that_is_lost_while_a_result_stands_is_shown_after_it() -> None:
    async with stage(BRISK) as scene:
        await scene.hears(ANNS_TAP, ReaderLost("door", "its cable"))
        await scene.waits(lambda: scene.state == "reader_lost", "it was not shown")


@pytest.mark.parametrize("trusted", [True, False])
@played
async def test_an_untrusted_clock_is_said_beside_the_result(trusted: bool) -> None:
    async with stage(service=ScriptedService(trusted=trusted)) as scene:
        await scene.taps()
        assert scene.state == "checked_in"
        assert scene.sees("時間未校正　仍會記錄，由承辦人員確認") is not trusted


def test_a_reader_whose_thread_has_ended_ends_the_entrance() -> None:
    @played
    async def lose_the_thread() -> None:
        async with stage() as scene:
            scene.readers[0].running = False
            await scene.waits(lambda: not scene.app.is_running, "it went on with nobody listening")

    with pytest.raises(ReaderEnded):
        lose_the_thread()


# --- A real reader ---


@played
async def test_a_card_at_a_serial_reader_comes_to_the_screen() -> None:
    with ScriptedReader() as scripted:
        card = CardNumber.parse("E:010063E9AE")
        service = ScriptedService({card: ANN})

        def serial(post: EventSink) -> SerialReader:
            return SerialReader("door", scripted.port, find_profile("rdm6300"), post, now=lambda: AT)

        app = Entrance(service, [serial], LASTING)
        async with app.run_test(size=(80, 24)) as pilot:
            scene = Stage(app, pilot, service, [])
            assert scripted.wait_until_opened()
            scripted.send(encode(card.raw))
            await scene.comes_to_see("王〇明")
        assert service.asked == ["E:…9AE at door"]
