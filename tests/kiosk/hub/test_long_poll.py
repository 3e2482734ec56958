"""A kiosk that waits for news has them at once, from each writer; a wait holds nobody up."""

import time
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from kiosk.desk.home_access import HomeCommands
from kiosk.home import Home
from kiosk.wire_protocol.messages import LONGEST_WAIT, Copied
from tests.support.hub_client import HubAddress, JoinedKiosk, join_kiosk, serve_hub_of
from tests.support.kiosk_program import line, run_kiosk_process, write_batch
from tests.support.source_doors import SourceDoor

SOON = 15.0
"""Seconds within which news arrive on a machine that has other things to do; the wait is longer."""
_NUMBERS = count(1)


@pytest.fixture
def wait_for_news(kiosk: JoinedKiosk) -> Generator[Callable[[], Future[Copied]]]:
    """Begins a wait of a kiosk that has copied everything."""
    with ThreadPoolExecutor(1) as waiting:
        kiosk.pull_all()
        yield lambda: waiting.submit(kiosk.pull, wait=LONGEST_WAIT)


def enrol() -> dict[str, object]:
    return line("enrol_volunteer", volunteer=f"late-{next(_NUMBERS)}", mode="rostered", agreement_from="2026-01-02")


def get_soon(news: Future[Copied], write: Callable[[], object]) -> list[str]:
    """What arrived soon after something was written."""
    assert not news.done()
    write()
    return [row.topic for row in news.result(timeout=SOON).rows]


def test_a_tap_at_another_kiosk_arrives(
    wait_for_news: Callable[[], Future[Copied]], join: Callable[[], JoinedKiosk]
) -> None:
    other = join()
    other.door.tap()

    news = wait_for_news()
    assert get_soon(news, other.push)[-1] == "attendance.checked-in"


def test_what_the_desk_writes_arrives(home: Home, wait_for_news: Callable[[], Future[Copied]]) -> None:
    commands = HomeCommands(home)

    news = wait_for_news()
    assert get_soon(news, lambda: commands.run([enrol()], "lin", "form")) == ["volunteer.enrolled"]


def test_what_another_program_writes_arrives(
    home: Home, tmp_path: Path, wait_for_news: Callable[[], Future[Copied]]
) -> None:
    batch = write_batch(tmp_path / "late.jsonl", enrol())

    news = wait_for_news()
    written = get_soon(news, lambda: run_kiosk_process("apply", str(batch), "--home", str(home.path)))
    assert written == ["volunteer.enrolled"]


def test_a_wait_without_news_ends_and_goes_on_behind_what_is_not_for_the_kiosk(home: Home, kiosk: JoinedKiosk) -> None:
    kiosk.pull_all()
    score = line("record_assessment", volunteer="number-of-ann", period_end="2026-06-30", score=77)
    with ThreadPoolExecutor(1) as waiting:
        news = waiting.submit(kiosk.pull, wait=0.3)
        assert HomeCommands(home).run([score], "lin", "score")[0].status == 0
        copied = news.result()

    assert copied.rows == ()
    assert copied.upto == home.log.head().position


def test_its_own_taps_wake_no_kiosk(kiosk: JoinedKiosk) -> None:
    kiosk.pull_all()
    with ThreadPoolExecutor(1) as waiting:
        news = waiting.submit(kiosk.pull, wait=0.2)
        kiosk.door.tap()
        kiosk.push()
        copied = news.result()

    assert copied.rows == ()


def test_who_waits_is_answered_when_the_hub_ends(home: Home) -> None:
    with ThreadPoolExecutor(1) as waiting:
        with serve_hub_of(home) as hub:
            kiosk = join_kiosk(home, hub, SourceDoor("waits"))
            kiosk.pull_all()
            news = waiting.submit(kiosk.pull, wait=LONGEST_WAIT)
            time.sleep(0.05)
        assert news.result(timeout=SOON).rows == ()


def test_a_page_of_the_desk_does_not_wait(
    home: Home, hub: HubAddress, wait_for_news: Callable[[], Future[Copied]]
) -> None:
    commands = HomeCommands(home)

    news = wait_for_news()
    assert hub.post("/login", b"", **{"Content-Type": "application/x-www-form-urlencoded"})[0] == 403
    assert get_soon(news, lambda: commands.run([enrol()], "lin", "page")) == ["volunteer.enrolled"]
