"""Events that cannot be read are named on each page whose figures do without them; nobody sees what they hold."""

from collections.abc import Generator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from domain.ids import attendance_stream, shift_stream, simulated_volunteer_id
from domain.log.lenient import UndecodableEvent
from kiosk.desk.pages import MOST_NAMED, describe_quarantine
from kiosk.home import Home
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


@pytest.mark.parametrize(("count", "last"), [(MOST_NAMED, f"event {MOST_NAMED} "), (MOST_NAMED + 2, "+2")])
def test_of_many_the_first_are_named_and_the_others_counted(count: int, last: str) -> None:
    sentences = describe_quarantine(
        [UndecodableEvent(number, str(ANNS_DAY), number, UNKNOWN_TOPIC, "unreadable") for number in range(1, count + 1)]
    )
    assert sentences[0].startswith("event 1 ")
    assert sentences[-1].startswith(last)
    assert len(sentences) == min(count, MOST_NAMED + 1)
