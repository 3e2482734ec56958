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
from tests.benchmarks.figures import Figure, quantile, times
from tests.benchmarks.large_home import LargeHome, large_home, minutes_after
from tests.support.kiosk_program import kiosk
from tests.support.terminal import Terminal

TAPS = 60
"""Timed, each of somebody else and in another minute."""
GAP = 0.37
"""Seconds between two taps, so that they fall everywhere between two looks of the roster."""
SETTLING = 2.0
"""Seconds after the first paint in which nothing is asked."""
ROWS = 50
STARTS, QUESTIONS = 3, 5
PROGRAM = Path(sys.executable).with_name("kiosk")


def figures() -> Iterable[Figure]:
    """How long until a roster is there, until a tap is seen on it, and until a day is explained."""
    with TemporaryDirectory() as folder:
        home = large_home(Path(folder) / "home")
        yield Figure("roster, from its start to the first rows", _first_rows(home), "ms", 1_000, "lower")
        took = _taps_seen(home)
        for share, limit in ((0.5, None), (0.95, 1_000)):
            name = f"roster, tap of another process to cell, p{share * 100:.0f}"
            yield Figure(name, quantile(took, share) * 1e3, "ms", limit, "lower")
        yield from _explained(home)


# --- The roster ---


def _opened(home: LargeHome) -> Terminal:
    return Terminal([str(PROGRAM), "roster", "--home", str(home.path)], columns=160, rows=ROWS)


def _first_rows(home: LargeHome) -> float:
    """Milliseconds from the start of the process, the best of a few."""
    return min(_first_row(home) for _ in range(STARTS)) * 1e3


def _first_row(home: LargeHome) -> float:
    began = perf_counter()
    with _opened(home) as terminal:
        terminal.waits_for("V00")
        took = perf_counter() - began
        terminal.types(b"q")
        assert terminal.ends() == 0
    return took


def _taps_seen(home: LargeHome) -> list[float]:
    with _opened(home) as terminal, Home.open(home.path) as door:
        terminal.waits_for("V00")
        terminal.listens(SETTLING)
        shown = [who for who in home.on_duty if (door.people.find_number(who) or "").encode() in terminal.output]
        took = list(_waits(terminal, door, home.today, shown))
        terminal.types(b"q")
        assert terminal.ends() == 0
    return took


def _waits(terminal: Terminal, door: Home, today: date, shown: list[UUID]) -> Iterator[float]:
    """Each tap until the minute of it stands on the screen, which stood there nowhere before."""
    for number in range(TAPS):
        terminal.listens(GAP)
        terminal.output = b""
        at, who = minutes_after(today, 2 * number + 1), shown[number % len(shown)]
        began = perf_counter()
        door.door.tap(_card_of(door, who), "door", reading=Reading(at, "simulated", "simulation", 0), recorded=at)
        terminal.waits_for(f"{at + timedelta(hours=8):%H:%M}")
        yield perf_counter() - began


def _card_of(door: Home, who: UUID) -> str:
    """The token of the card that the generator gives a volunteer."""
    number = door.people.find_number(who) or ""
    return f"{int(number[1:]) - 1:032x}"


# --- Explaining ---


def _explained(home: LargeHome) -> Iterator[Figure]:
    """In process, from opening the home to the last word; and as a command, most of which is Python starting."""
    with Home.open(home.path) as opened:
        number = opened.people.find_number(home.on_duty[0]) or ""
    question = ("explain", number, home.today.isoformat(), "--home", str(home.path))
    within = min(times(partial(kiosk, *question), QUESTIONS)) * 1e3
    bare, whole = (min(times(partial(_run, *words), QUESTIONS)) * 1e3 for words in (("--help",), question))
    yield Figure("kiosk explain, in process", within, "ms", 300, "lower")
    yield Figure("kiosk explain, the whole command beside --help", whole, "ms", None, "lower", bare)


def _run(*words: str) -> None:
    subprocess.run([str(PROGRAM), *words], check=True, capture_output=True)
