"""The desk of a unit with 1,000 volunteers, 200 duties a day and a month behind and before it, served by `kiosk desk`.

Rule: a page is timed from its request to its last byte, by another process, beside the desk's own stylesheet: the bare
answer of the same server. Taps are written by this process while the browsers of a third one follow.
"""

import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import NamedTuple
from uuid import UUID

from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from tests.benchmarks.desk_home import ACCOUNT, PASSWORD, PRESENT, build_desk_home, tap
from tests.benchmarks.figures import Figure, measure_times, quantile
from tests.benchmarks.large_home import LargeHome, minutes_after_eight
from tests.kiosk.desk.conftest import Browser
from tests.support.entrance_process import measure_resident_megabytes

DAYS_BEHIND, DAYS_AHEAD = 22, 22
"""Working days: a month each."""
ROUNDS = 20
"""Requests of each page."""
TAPS, TURNS = 20, 3
"""Timed with nobody following, then with everybody, in turns: the machine has other work at times."""
SLOWER = 1.5
"""Times as long as with nobody following: what two of the same differ by on a busy machine."""
GAP_SECONDS = 0.37
"""Between two taps, so that they fall everywhere between two looks of the desk at the log."""
FOLLOWERS, LEADERS = 50, 5
"""Browsers that follow, and how many accounts they share: an account has 20 sessions at most."""
PROGRAM = Path(sys.executable).with_name("kiosk")
BARE = "/static/desk.css"


class ServedDesk(NamedTuple):
    """A desk in a process of its own, a door in this one."""

    process: int
    browser: Browser
    door: Home
    taps: Iterator[None]
    """Each next one taps: another person, a minute later."""


def figures() -> Iterable[Figure]:
    """Pages alone, then memory and taps while browsers follow."""
    with TemporaryDirectory() as folder:
        home = build_desk_home(Path(folder) / "home", DAYS_BEHIND, DAYS_AHEAD)
        with _serve(home) as desk:
            yield from _measure_pages(desk)
            yield from _measure_followed(desk)


@contextmanager
def _serve(home: LargeHome) -> Generator[ServedDesk]:
    command = [str(PROGRAM), "desk", "--home", str(home.path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            port = int(process.stdout.readline().rpartition(":")[2].partition("/")[0])
            with Home.open(home.path) as door:
                yield ServedDesk(process.pid, _log_in(port, ACCOUNT), door, _tap_on(home, door))
        finally:
            process.terminate()


def _log_in(port: int, account: str) -> Browser:
    browser = Browser(port)
    assert browser.log_in(account, PASSWORD).status == 303
    return browser


def _tap_on(home: LargeHome, door: Home) -> Iterator[None]:
    expected: list[UUID] = list(home.on_duty[:-PRESENT])
    for minute in count(2):
        yield tap(door, expected[minute % len(expected)], minutes_after_eight(home.today, minute))


# --- Pages ---


def _measure_pages(desk: ServedDesk) -> Iterator[Figure]:
    bare = quantile(measure_times(partial(desk.browser.get, BARE), ROUNDS), 0.5) * 1e3
    yield Figure("desk, its stylesheet", bare, "ms")
    pages = {
        "today's page": "/",
        "list of volunteers": "/people",
        "a month of the plan": "/plan/month",
        "a week of the plan": "/plan",
        "one person": "/people/person?volunteer=V00001",
        "who is in": "/muster",
    }
    for name, path in pages.items():
        yield from _measure_page(desk, name, path, bare)


def _measure_page(desk: ServedDesk, name: str, path: str, bare: float) -> Iterator[Figure]:
    """Each time after a tap, so that the page has to be made anew."""

    def ask() -> list[float]:
        next(desk.taps)
        return measure_times(partial(desk.browser.get, path), 1)

    page = desk.browser.get(path)
    assert page.status == 200
    took = [seconds for _ in range(ROUNDS) for seconds in ask()]
    yield Figure(
        f"desk, {name} after a tap, p50",
        quantile(took, 0.5) * 1e3,
        "ms",
        None,
        "lower",
        bare,
        30,
        quiet_only=True,
    )
    yield Figure(f"desk, {name}", len(page.text.encode()) / 1e3, "KB", 200, "lower")


# --- While browsers follow ---


def _measure_followed(desk: ServedDesk) -> Iterator[Figure]:
    leaders, system = [f"leader {number}" for number in range(LEADERS)], desk.door.people.ensure_actor(SYSTEM_ACTOR)
    for name in leaders:
        Accounts(desk.door).add(name, "leader", Password(PASSWORD), system)
    cookies = [_log_in(desk.browser.port, leaders[number % LEADERS]).cookies for number in range(FOLLOWERS)]
    alone: list[float] = []
    followed: list[float] = []
    memory = 0.0
    for _ in range(TURNS):
        alone += _time_taps(desk)
        with _follow(desk.browser.port, [_format_cookies(each) for each in cookies]):
            followed += _time_taps(desk)
            memory = max(memory, measure_resident_megabytes(desk.process))
    for share in (0.5, 0.95):
        name = f"desk, a tap while {FOLLOWERS} browsers follow, beside none, p{share * 100:.0f}"
        beside = quantile(alone, share) * 1e3
        yield Figure(name, quantile(followed, share) * 1e3, "ms", None, "lower", beside, SLOWER, quiet_only=True)
    yield Figure(f"desk, memory while {FOLLOWERS} browsers follow", memory, "MB", 300, "lower")


def _time_taps(desk: ServedDesk) -> list[float]:
    took: list[float] = []
    for _ in range(TAPS):
        sleep(GAP_SECONDS)
        took += measure_times(partial(next, desk.taps), 1)
    return took


@contextmanager
def _follow(port: int, cookies: list[str]) -> Generator[None]:
    command = [sys.executable, "-m", "tests.benchmarks.desk_followers", str(port), str(len(cookies))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as followers:
        assert followers.stdin is not None
        assert followers.stdout is not None
        try:
            followers.stdin.write("".join(f"{line}\n" for line in cookies))
            followers.stdin.flush()
            assert followers.stdout.readline() == "following\n"
            yield
            assert followers.poll() is None, "a browser was sent away"
        finally:
            followers.terminate()


def _format_cookies(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
