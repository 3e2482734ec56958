"""When something is wrong: what the screen says, and when it says so no more."""

import pytest

from devices.faults import Fault, FrameFault
from devices.protocols.decoder import CardNumber
from devices.readers.events import CardLeft, CardPresented, InputUnreadable, ReaderLost, ReaderReady
from devices.readers.pending_cards import LONGEST_QUEUE
from kiosk.entrance.app import ReaderEnded
from kiosk.entrance.service import TapResult
from kiosk.joined_home.hub_trouble import HubTrouble
from tests.kiosk.entrance.app_harness import (
    ANN,
    ANNS_CARD,
    ANNS_TAP,
    AT,
    MISSING,
    NOISE,
    SHORT_DISPLAY,
    ScriptedService,
    async_test,
    open_entrance,
)


@async_test
async def test_what_cannot_be_written_is_not_shown_as_done() -> None:
    async with open_entrance(service=ScriptedService(storage_works=False)) as scene:
        await scene.tap()
        assert scene.state == "storage_trouble"
        assert scene.shows_text("請在紙本簽到，並告訴櫃台人員", "Paused. Please sign on paper and tell the counter.")
        assert not scene.shows_text("王〇明")


@async_test
async def test_after_storage_trouble_the_next_tap_is_tried_again() -> None:
    async with open_entrance(service=ScriptedService(storage_works=False)) as scene:
        await scene.tap()
        await scene.tap()
        assert len(scene.service.calls) == 2
        scene.service.storage_works = True
        await scene.tap()
        assert scene.state == "checked_in"


@async_test
async def test_storage_trouble_ends_without_a_tap() -> None:
    async with open_entrance(service=ScriptedService(storage_works=False)) as scene:
        await scene.tap()
        scene.service.storage_works = True
        await scene.wait_until(lambda: scene.state == "idle", "it did not recover")


@async_test
async def test_an_unreadable_card_that_cannot_be_written_down_is_storage_trouble_too() -> None:
    async with open_entrance(service=ScriptedService(storage_works=False)) as scene:
        await scene.post_events(NOISE)
        await scene.wait_until(lambda: scene.state == "storage_trouble", "noise was not shown")


@async_test
async def test_a_lost_reader_says_which_and_goes_when_it_is_back() -> None:
    async with open_entrance(readers=["入口"]) as scene:
        await scene.post_events(ReaderLost("入口", MISSING))
        assert scene.state == "reader_lost"
        assert scene.shows_text("入口", "請在紙本簽到，並告訴櫃台人員")
        await scene.post_events(ReaderReady("入口"))
        assert scene.state == "idle"


LONG_CODE = InputUnreadable("door", Fault(FrameFault.CODE_TOO_LONG))


@async_test
async def test_a_code_that_is_too_long_for_a_card_is_said_to_be_none_of_ours() -> None:
    async with open_entrance() as scene:
        await scene.post_events(LONG_CODE)
        await scene.wait_until(lambda: scene.state == "unknown_card", "the code is not answered")
        assert scene.service.calls == ["foreign at door"]


@async_test
async def test_a_reader_that_sends_nonsense_is_a_bar_and_its_noise_asks_nobody_to_tap_again() -> None:
    async with open_entrance(service=ScriptedService(nonsense=("door",))) as scene:
        await scene.wait_for_text("讀卡機「door」讀取異常　請告知櫃台 | Reader fault: see the counter")
        await scene.post_events(NOISE)
        await scene.wait_until(lambda: bool(scene.service.calls), "the noise is not recorded")
        assert (scene.service.calls, scene.state) == (["unreadable at door"], "idle")
        await scene.tap()
        assert scene.state == "checked_in"


@async_test
async def test_of_a_flood_the_newest_cards_are_answered_and_the_others_are_counted() -> None:
    stranger = CardNumber.parse("A:00000000")
    service = ScriptedService(results={stranger: TapResult("unknown_card", AT), ANNS_CARD: ANN})
    async with open_entrance(service=service) as scene:
        flood = [CardPresented(stranger, "door", AT)] * 10_000
        await scene.post_events(*flood, ANNS_TAP)
        await scene.wait_until(lambda: scene.state == "checked_in", "Ann is not answered")
        await scene.wait_until(lambda: sum(count_cards(service)) == len(flood) + 1, "a card is not counted")
    answered, unanswered = count_cards(service)
    assert answered <= LONGEST_QUEUE < unanswered


def count_cards(service: ScriptedService) -> tuple[int, int]:
    """Cards that were answered, and those that were counted instead."""
    sums = [int(call.split()[0]) for call in service.calls if "unanswered" in call]
    return len(service.calls) - len(sums), sum(sums)


@async_test
async def test_a_card_that_was_left_on_a_reader_is_a_bar_until_it_is_taken_away() -> None:
    async with open_entrance(readers=("正門", "側門")) as scene:
        await scene.post_events(CardLeft("側門", lies=True))
        assert scene.shows_text("讀卡機「側門」上有卡片　請取走 | A card was left there: take it away")
        await scene.post_events(CardLeft("側門", lies=False))
        assert not scene.shows_text("側門")


@async_test
async def test_a_reader_that_does_not_answer_is_said_before_a_card_that_was_left() -> None:
    async with open_entrance(readers=("正門", "側門")) as scene:
        await scene.post_events(CardLeft("正門", lies=True), ReaderLost("側門", MISSING))
        assert scene.shows_text("讀卡機「側門」故障")
        await scene.post_events(ReaderReady("側門"))
        assert scene.shows_text("讀卡機「正門」上有卡片")


@async_test
async def test_while_another_reader_works_a_lost_one_is_a_bar() -> None:
    async with open_entrance(readers=["入口", "側門"]) as scene:
        await scene.post_events(ReaderLost("側門", MISSING))
        assert scene.state == "idle"
        assert scene.shows_text("讀卡機「側門」故障　請改刷另一台 | Reader down: use the other")
        await scene.tap()
        assert scene.state == "checked_in"
        assert scene.shows_text("讀卡機「側門」故障")
        await scene.post_events(ReaderLost("入口", MISSING))
        assert scene.state == "checked_in", "a result stays its time"


@async_test
async def test_a_reader_that_is_lost_while_a_result_stands_is_shown_after_it() -> None:
    async with open_entrance(SHORT_DISPLAY) as scene:
        await scene.post_events(ANNS_TAP, ReaderLost("door", MISSING))
        await scene.wait_until(lambda: scene.state == "reader_lost", "it was not shown")


@pytest.mark.parametrize("trusted", [True, False])
@async_test
async def test_an_untrusted_clock_is_said_beside_the_result(trusted: bool) -> None:
    async with open_entrance(service=ScriptedService(trusted=trusted)) as scene:
        await scene.tap()
        assert scene.state == "checked_in"
        assert scene.shows_text("時間未校正　仍會記錄，由承辦人員確認") is not trusted


def test_a_reader_whose_thread_has_ended_ends_the_entrance() -> None:
    @async_test
    async def lose_the_thread() -> None:
        async with open_entrance() as scene:
            scene.readers[0].running = False
            await scene.wait_until(lambda: not scene.app.is_running, "it went on without a reader")

    with pytest.raises(ReaderEnded):
        lose_the_thread()


@async_test
async def test_how_long_the_hub_was_not_heard_is_said_as_long_as_it_lasts() -> None:
    service = ScriptedService(hub_trouble=HubTrouble("unheard", AT.replace(hour=9, minute=12)))
    async with open_entrance(service=service) as scene:
        await scene.wait_for_text("與其他簽到機的資料自 09:12 起未更新")
        service.hub_trouble = None
        scene.app._worker.check_clock()
        await scene.wait_until(lambda: not scene.shows_text("起未更新"), "it stayed")
