"""While a card is issued the screen says whose, its reads are no taps, and afterwards everything is as before."""

import socket
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

from devices.readers.events import CardPresented, ReaderReady
from kiosk.entrance.card_requests import Requester
from kiosk.entrance.service import TapResult
from kiosk.readers.entrance_protocol import CardRequest
from tests.kiosk.entrance.app_harness import (
    ANN,
    ANNS_CARD,
    AT,
    BENS_CARD,
    LONG_DISPLAY,
    NOISE,
    SHORT_DISPLAY,
    EntranceHarness,
    ScriptedService,
    async_test,
    open_entrance,
)

DOOR, SIDE = CardPresented(ANNS_CARD, "door", AT), CardPresented(BENS_CARD, "side", AT)
NEW_CARD = ("V001   王〇明", "請刷要發給這位志工的卡片，其他人請稍候", "New card. Tap the card for this volunteer.")
ONCE_MORE = ("V001   王〇明", "請拿開卡片，數到二，再刷一次", "Once more. Take the card away")


@contextmanager
def issuing(scene: EntranceHarness, name: str = "王〇明") -> Generator[Requester]:
    """A program that issues a card with the reader of the door, until the end of the block."""
    near, far = socket.socketpair()
    requester = Requester(far, CardRequest("door", "V001", name, 30.0))
    for reader in scene.readers:
        scene.app.receive_event(ReaderReady(reader.name))
    assert scene.app.card_requests.begin(requester)
    with near, far:
        yield requester
        scene.app.card_requests.end(requester)


@async_test
async def test_the_screen_says_whose_card_is_made_and_what_to_do_and_goes_back() -> None:
    async with open_entrance() as scene:
        with issuing(scene):
            await scene.wait_for_text(*NEW_CARD)
            await scene.post_events(DOOR)
            await scene.wait_for_text(*ONCE_MORE)
            await scene.post_events(DOOR)
            await scene.wait_until(lambda: scene.state == "idle", "it did not go back")
            assert scene.service.calls == []
            await scene.post_events(DOOR)
            assert (scene.state, len(scene.service.calls)) == ("checked_in", 1)


@async_test
async def test_a_program_that_ends_gives_the_screen_back() -> None:
    async with open_entrance() as scene:
        with issuing(scene, name=""):
            await scene.wait_for_text("V001", NEW_CARD[1])
            assert scene.state == "issuing"
        await scene.wait_until(lambda: scene.state == "idle", "it did not go back")
        await scene.tap()
        assert scene.state == "checked_in"


@async_test
async def test_volunteers_at_another_reader_tap_meanwhile() -> None:
    async with open_entrance(SHORT_DISPLAY, readers=("door", "side")) as scene:
        with issuing(scene):
            await scene.wait_for_text(*NEW_CARD)
            await scene.post_events(SIDE)
            assert scene.service.calls == ["A:…90A at side"]
            await scene.wait_for_text(*NEW_CARD)


@async_test
async def test_a_result_keeps_its_time_until_the_card_is_read() -> None:
    service = ScriptedService({ANNS_CARD: replace(ANN, state="unknown_card")})
    async with open_entrance(LONG_DISPLAY, service=service) as scene:
        await scene.tap()
        with issuing(scene):
            await scene.pilot.pause()
            assert scene.state == "unknown_card"
            await scene.post_events(DOOR)
            assert scene.state == "issuing"
            assert scene.shows_text(*ONCE_MORE)


@async_test
async def test_noise_of_the_card_that_is_issued_asks_nobody_to_tap_again() -> None:
    """All of it comes while the screen says what became of the card."""
    async with open_entrance(replace(SHORT_DISPLAY, result_seconds=2.0, noise_seconds=1.0)) as scene:
        with issuing(scene):
            await scene.post_events(NOISE, DOOR, NOISE, DOOR, NOISE)
            await scene.wait_until(lambda: scene.state == "idle", "it did not go back")
        await scene.post_events(DOOR)
        assert scene.service.calls == ["A:…AE7 at door"]


@async_test
async def test_the_reader_repeats_a_card_soon_as_long_as_it_is_to_be_held_twice() -> None:
    async with open_entrance(readers=("door", "side")) as scene:
        with issuing(scene):
            await scene.wait_for_text(*NEW_CARD)
            assert [reader.repeats_soon for reader in scene.readers] == [True, False]
        await scene.wait_until(lambda: scene.state == "idle", "it did not go back")
        assert [reader.repeats_soon for reader in scene.readers] == [False, False]


@async_test
async def test_where_nothing_can_be_written_people_are_still_sent_to_paper() -> None:
    service = ScriptedService({ANNS_CARD: TapResult("checked_in", AT)}, storage_works=False)
    async with open_entrance(service=service) as scene:
        await scene.tap()
        with issuing(scene):
            await scene.pilot.pause()
            assert scene.state == "storage_trouble"
