"""Test harness of a playback: the app of a past day, with a stopwatch that the test sets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.home import Home
from kiosk.roster.playback.played_day import find_playback_day
from kiosk.roster.playback.run import prepare_playback
from tests.kiosk.roster.app_harness import RosterHarness
from tests.kiosk.roster.morning_data import DAY


@dataclass
class Stopwatch:
    """Stands still until a test sets it."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@asynccontextmanager
async def open_playback(
    path: Path, day: str = DAY, size: tuple[int, int] = (80, 24), speed: int = 60
) -> AsyncIterator[tuple[RosterHarness, Stopwatch]]:
    """The playback of a day, once it plays, shortly before its first tap."""
    stopwatch = Stopwatch()
    with (
        Home.open(path) as home,
        prepare_playback(home, find_playback_day(home, date.fromisoformat(day)), speed, stopwatch) as app,
    ):
        async with app.run_test(size=size) as pilot:
            roster = RosterHarness(app, pilot)
            await roster.wait_for_text("播放中", "q 離開")
            yield roster, stopwatch
        await asyncio.get_running_loop().shutdown_default_executor()
