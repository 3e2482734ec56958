"""Events that cannot be read are named on each page whose figures do without them; nobody sees what they hold."""

from collections.abc import Generator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Literal

import pytest

from domain.ids import attendance_stream, shift_stream, simulated_volunteer_id
from domain.log.lenient import UndecodableEvent
from kiosk.desk.pages import MOST_NAMED, describe_quarantine
from kiosk.home import Home
from kiosk.words.language import use_language
from tests.kiosk.desk.conftest import Browser, DeskSite, fill_home, serve
from tests.support.undecodable_events import PRIVATE_TEXT, UNKNOWN_TOPIC, insert_undecodable

ANNS_DAY = attendance_stream(simulated_volunteer_id("V001"), date(2026, 11, 19), "entrance")


@pytest.fixture
def poisoned(tmp_path: Path) -> Generator[tuple[DeskSite, int]]:
    """A desk, and the position of an event that nobody can read."""
    folder = fill_home(tmp_path)
    with Home.open(folder) as home:
        position = insert_undecodable(home.log, ANNS_DAY, UNKNOWN_TOPIC)
    with serve(folder) as site:
        yield site, position


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("auditor", "/audit/day?volunteer=V001&date=2026-11-19"),
        ("auditor", "/audit/day?volunteer=V001&date=2026-11-19&as_of=2026-11-19T23:00"),
        ("auditor", "/documents/show?document=monthly_hours&month=2026-11&as_of=2026-11-19"),
        ("coordinator", "/documents/show?document=monthly_hours&month=2026-11"),
        ("coordinator", "/pending"),
    ],
)
def test_a_page_names_it(poisoned: tuple[DeskSite, int], role: str, path: str) -> None:
    site, position = poisoned
    said = unescape(site.open_browser(role).get(path).text)
    assert f"事件 {position}（'{UNKNOWN_TOPIC}'）：" in said
    assert "以下內容並未計入" in said
    assert PRIVATE_TEXT not in said


def test_an_event_that_comes_while_the_desk_is_open_is_named_too(tmp_path: Path) -> None:
    folder = fill_home(tmp_path)
    with serve(folder) as site:
        browser = site.open_browser("coordinator")
        assert UNKNOWN_TOPIC not in browser.get("/pending").text
        with Home.open(folder) as home:
            insert_undecodable(home.log, shift_stream("S1"), UNKNOWN_TOPIC)
        assert UNKNOWN_TOPIC in browser.get("/pending").text


def test_who_is_not_logged_in_is_shown_nothing_of_it(poisoned: tuple[DeskSite, int]) -> None:
    site, _ = poisoned
    assert UNKNOWN_TOPIC in site.open_browser("coordinator").get("/pending").text
    assert UNKNOWN_TOPIC not in Browser(site.port).get("/login").text


def list_sentences(count: int) -> list[str]:
    return describe_quarantine(
        [UndecodableEvent(number, str(ANNS_DAY), number, UNKNOWN_TOPIC, "unreadable") for number in range(1, count + 1)]
    )


def test_of_as_many_as_are_named_each_is() -> None:
    sentences = list_sentences(MOST_NAMED)
    assert (len(sentences), sentences[0][:8], sentences[-1][:9]) == (MOST_NAMED, "event 1 ", f"event {MOST_NAMED} ")


@pytest.mark.parametrize(
    ("language", "more", "last"),
    [
        ("en", 1, "and 1 more event that cannot be read"),
        ("en", 2, "and 2 more events that cannot be read"),
        ("zh-TW", 2, "另外還有 2 筆無法讀取的事件"),
    ],
)
def test_of_more_it_is_said_in_words_how_many_others_there_are(
    language: Literal["zh-TW", "en"], more: int, last: str
) -> None:
    with use_language(language):
        sentences = list_sentences(MOST_NAMED + more)
    assert (len(sentences), sentences[-1]) == (MOST_NAMED + 1, last)
