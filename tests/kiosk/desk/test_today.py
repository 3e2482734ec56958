"""Today: what the roster shows, masked and harmless, in the browser's language; a tap comes to the open page."""

import asyncio
from collections.abc import Sequence

import pytest
from anyio import create_task_group

from kiosk.desk.pending.view_model import Board
from kiosk.desk.templates import Templates, choose_words
from kiosk.desk.today import TodayFeed, Variant, format_event
from tests.kiosk.desk.conftest import DeskSite, open_stream, read_event
from tests.support.kiosk_program import run_kiosk
from tests.support.waiting import TIMEOUT_SECONDS

CARD = "04000000000001"


def test_a_tap_comes_to_the_open_page_and_the_page_ends_with_its_session(
    site: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.desk.today.CHECK_SECONDS", 0.1)
    browser = site.open_browser("coordinator")
    before = browser.get("/")
    assert "在場 0" in before.text
    connection, answer = open_stream(site, browser.cookies)
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    read_event(answer)
    assert run_kiosk("tap", CARD, "--home", site.home, "--at", "2026-11-19T09:02:00").status == 0
    while "在場 09:02" not in read_event(answer):
        pass
    browser.post("/logout", {"token": before.token})
    while not (event := read_event(answer)).startswith("event: ended"):
        assert "data: " in event
    connection.close()


def test_names_are_masked_and_markup_is_text(site: DeskSite) -> None:
    page = site.open_browser("coordinator").get("/").text
    assert "V001" in page
    assert "小明" not in page
    assert "<b>" not in page
    assert "&lt;〇" in page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh-TW"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-TW"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.5, zh-Hant;q=0.7", "zh-TW"),
        ("vi, en;q=0.1", "en"),
        ("en;q=0", "zh-TW"),
        ("en;q=none,;;,", "zh-TW"),
    ],
)
def test_the_page_is_in_the_language_of_the_browser(accepted: str, language: str) -> None:
    assert choose_words(accepted).language == language


def test_the_english_page_is_in_english(site: DeskSite) -> None:
    page = site.open_browser("coordinator").get("/", **{"Accept-Language": "en"}).text
    assert '<html lang="en">' in page
    assert "uncovered" in page
    assert "值勤" not in page


def test_an_event_is_one_however_many_lines_a_text_has() -> None:
    assert format_event("a\nb") == "data: a\ndata: b\n\n"
    assert format_event("a\rdata: b\n\nevent: c") == "data: a\ndata: data: b\ndata: \ndata: event: c\n\n"


# --- Browsers that leave ---


class NothingNew:
    """A roster, and what stands beside it, of which nothing is ever new."""

    def poll(self) -> None:
        """No view."""

    def load_board(self, kind: str, skip: int, most: int) -> Board:
        raise NotImplementedError

    def list_troubles(self) -> Sequence[str]:
        return ()


async def leave_at_once(feed: TodayFeed, browsers: int) -> None:
    """Have so many browsers follow, and all of them gone in one moment, as when a network is switched off."""

    async def is_awake() -> bool:
        return True

    async def follow(following: asyncio.Event) -> None:
        async for _ in feed.stream(Variant(choose_words("en")), is_awake):
            following.set()

    waits = [asyncio.Event() for _ in range(browsers)]
    async with create_task_group() as group:
        for following in waits:
            group.start_soon(follow, following)
        for following in waits:
            await following.wait()
        for _ in range(10):  # until all of them wait for a change
            await asyncio.sleep(0)
        group.cancel_scope.cancel()


def test_browsers_that_leave_at_once_keep_nobody_from_the_next_change() -> None:
    """The page stood still for all others, and the desk did not end, once some had gone in the same moment."""

    async def leave_and_end() -> None:
        feed = TodayFeed(NothingNew(), NothingNew(), Templates())
        await leave_at_once(feed, 20)
        feed.close()

    loop = asyncio.new_event_loop()
    try:
        ended = loop.create_task(leave_and_end())
        loop.run_until_complete(asyncio.wait([ended], timeout=TIMEOUT_SECONDS))
        assert ended.done(), "browsers that left hold the others up"  # asyncio.run would wait for them for ever
    finally:
        loop.close()
