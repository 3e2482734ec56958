"""Questions about the log answer for an event of every kind that it may hold, in both languages."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.home import Home
from kiosk.words.language import use_language
from tests.kiosk.desk.conftest import serve
from tests.kiosk.desk.test_audit import add_auditor
from tests.support.every_event import NOON, store_every_event
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch

BEFORE, AFTER = ((NOON + timedelta(hours=hours)).isoformat() for hours in (-1, 1))
ACROSS = (
    ("replay", "--as-of", BEFORE),
    ("difference", "--as-of", BEFORE, "--as-of", AFTER),
)
BETWEEN = "2026-11-19T12:00"
SESSION_CALLED_OFF = (
    line(
        "schedule_session",
        "2026-11-19T08:10",
        session="M",
        kind="meeting",
        title="志工會議",
        start="2026-11-24T10:00",
        end="2026-11-24T12:00",
    ),
    line("tap", "2026-11-19T08:58", card="04000000000001"),
    line("cancel_session", "2026-11-20T09:00", session="M", reason="a typhoon"),
)
CALLED_OFF_AT = 9
"""Where the log holds that, behind the events of the unit."""


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A unit in which little has happened; to be copied."""
    home = tmp_path_factory.mktemp("events") / "home"
    Home.make(home, simulation=True).close()
    assert run_kiosk("apply", write_batch(home.with_name("b"), *ANNS_UNIT_LINES), "--home", home).err == ""
    return home


@pytest.fixture
def home(unit: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(unit, tmp_path / "home"))


def test_the_statement_of_an_event_of_any_kind_is_said_in_both_languages(home: Path) -> None:
    with Home.open(home) as opened:
        positions = store_every_event(opened.log)
    add_auditor(home)
    with serve(home) as served:
        browser = served.share_browser("auditor")
        for position in positions:
            assert browser.get(f"/audit/event/{position}").status == 200, position
    for language in ("zh-TW", "en"):
        with use_language(language):
            for position in positions[::10]:
                assert run_kiosk("event", position, "--home", home).status == 0, position


@pytest.mark.parametrize("question", ACROSS, ids=lambda words: words[0])
def test_a_question_over_events_of_every_kind_is_answered(home: Path, question: tuple[str, ...]) -> None:
    with Home.open(home) as opened:
        store_every_event(opened.log)
    for language in ("zh-TW", "en"):
        with use_language(language):
            assert run_kiosk(*question, "--home", home).status == 0


def test_a_session_that_was_called_off_since_is_no_end_of_a_question(home: Path) -> None:
    """Scheduled before the instant that is asked for, and called off after it."""
    assert run_kiosk("apply", write_batch(home.with_name("b"), *SESSION_CALLED_OFF), "--home", home).err == ""
    between = ("--as-of", BETWEEN)
    asked = (("replay", *between), ("difference", *between, "--as-of", "2026-11-20T10:00"))
    assert [run_kiosk(*words, "--home", home).status for words in asked] == [0, 0]
    add_auditor(home)
    pages = [f"/audit/event/{CALLED_OFF_AT}", f"/audit/difference?from={BETWEEN}&to=2026-11-20T10:00"]
    with serve(home) as served:
        assert [served.share_browser("auditor").get(page).status for page in pages] == [200, 200]


def test_what_called_a_session_off_bears_on_its_days_and_on_who_was_invited(home: Path) -> None:
    """R-033: as what scheduled it."""
    listed = {**SESSION_CALLED_OFF[0], "volunteers": ["V001"]}
    batch = write_batch(home.with_name("b"), listed, *SESSION_CALLED_OFF[1:])
    assert run_kiosk("apply", batch, "--home", home).err == ""
    told = run_kiosk("event", CALLED_OFF_AT, "--home", home).out
    assert "V001 2026-11-24" in told
