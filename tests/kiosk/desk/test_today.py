"""Today: what the roster shows, masked and harmless, in the browser's language; a tap comes to the open page."""

import pytest

from kiosk.desk.templates import choose_words
from kiosk.desk.today import format_event
from tests.kiosk.desk.conftest import DeskSite, open_stream, read_event
from tests.support.kiosk_program import run_kiosk

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
