"""The coordinator's roster and `kiosk explain`, in a home with 1,000 volunteers, 200 duties that day and a year behind.

The real programs: the roster on a real terminal, the taps written by another process, which is this one.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

from domain.clock import Reading
from kiosk.home import Home
from kiosk.roster.app import POLL_SECONDS
from tests.benchmarks.figures import Figure, measure_times, quantile
from tests.benchmarks.large_home import LargeHome, build_large_home, minutes_after_eight
from tests.support.kiosk_program import run_kiosk
from tests.support.terminal import Terminal

TAPS = 60
"""Timed, each of another person and in another minute."""
GAP_SECONDS = 0.37
"""Seconds between two taps, so that they fall everywhere between two looks of the roster."""
WARM_UP_SECONDS = 2.0
"""Seconds after the first paint in which nothing is asked."""
ROWS = 50
STARTS, QUESTIONS = 3, 5
PROGRAM = Path(sys.executable).with_name("kiosk")


def figures() -> Iterable[Figure]:
    """How long until a roster is there, until a tap is seen on it, and until a day is explained."""
    with TemporaryDirectory() as folder:
        home = build_large_home(Path(folder) / "home")
        help_alone = min(measure_times(partial(_run_program, "--help"), QUESTIONS)) * 1e3
        first = _measure_first_rows(home)
        yield Figure("roster, from its start to the first rows", first, "ms", None, "lower", help_alone, ratio_limit=6)
        took = _measure_taps(home)
        for share, limit in ((0.5, None), (0.95, 2.5)):
            name = f"roster, tap of another process to cell, p{share * 100:.0f}"
            yield Figure(
                name, quantile(took, share) * 1e3, "ms", None, "lower", POLL_SECONDS * 1e3, limit, quiet_only=True
            )
        yield from _measure_explain(home)


# --- The roster ---


def _open_roster(home: LargeHome) -> Terminal:
    return Terminal([str(PROGRAM), "roster", "--home", str(home.path)], columns=160, rows=ROWS, started_anew=True)


def _measure_first_rows(home: LargeHome) -> float:
    """Milliseconds from the start of the process, the best of a few."""
    return min(_time_first_row(home) for _ in range(STARTS)) * 1e3


def _time_first_row(home: LargeHome) -> float:
    began = perf_counter()
    with _open_roster(home) as terminal:
        terminal.wait_for_text("V00")
        took = perf_counter() - began
        terminal.type_keys(b"q")
        assert terminal.wait_for_exit() == 0
    return took


def _measure_taps(home: LargeHome) -> list[float]:
    with _open_roster(home) as terminal, Home.open(home.path) as door:
        terminal.wait_for_text("V00")
        terminal.read_for(WARM_UP_SECONDS)
        shown = [who for who in home.on_duty if (door.people.find_number(who) or "").encode() in terminal.output]
        took = list(_time_taps(terminal, door, home.today, shown))
        terminal.type_keys(b"q")
        assert terminal.wait_for_exit() == 0
    return took


def _time_taps(terminal: Terminal, door: Home, today: date, shown: list[UUID]) -> Iterator[float]:
    """Each tap until the minute of it stands on the screen, which stood there nowhere before."""
    for number in range(TAPS):
        terminal.read_for(GAP_SECONDS)
        terminal.output = b""
        at, who = minutes_after_eight(today, 2 * number + 1), shown[number % len(shown)]
        began = perf_counter()
        door.door.record_tap(
            _card_token_of(door, who), "door", reading=Reading(at, "simulated", "simulation", 0), recorded=at
        )
        terminal.wait_for_text(f"{at + timedelta(hours=8):%H:%M}")
        yield perf_counter() - began


def _card_token_of(door: Home, who: UUID) -> str:
    """The token of the card that the generator gives a volunteer."""
    number = door.people.find_number(who) or ""
    return f"{int(number[1:]) - 1:032x}"


# --- Explaining ---


def _measure_explain(home: LargeHome) -> Iterator[Figure]:
    """In process, from opening the home to the last word; and as a command, most of which is Python starting."""
    with Home.open(home.path) as opened:
        number = opened.people.find_number(home.on_duty[0]) or ""
    question = ("explain", number, home.today.isoformat(), "--home", str(home.path))
    within = min(measure_times(partial(run_kiosk, *question), QUESTIONS)) * 1e3
    bare, whole = (
        min(measure_times(partial(_run_program, *words), QUESTIONS)) * 1e3 for words in (("--help",), question)
    )
    yield Figure("kiosk explain, in process, beside --help", within, "ms", None, "lower", bare, 3)
    yield Figure("kiosk explain, the whole command beside --help", whole, "ms", None, "lower", bare)


def _run_program(*words: str) -> None:
    subprocess.run([str(PROGRAM), *words], check=True, capture_output=True)
