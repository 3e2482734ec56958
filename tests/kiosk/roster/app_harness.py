"""A roster on a stage: a home, another process at its door, and what the audience sees."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from devices.protocols.decoder import CardNumber
from docs.pictures.svg import capture_rows
from kiosk.home import Home
from kiosk.roster.app import RosterApp, RosterSource
from kiosk.roster.corrections.corrections import CorrectionService
from kiosk.roster.corrections.pin_session import PinSession
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.table import RosterTable
from kiosk.tapping import record_tap
from tests.kiosk.roster.morning_data import DAY, card_number_of
from tests.support.people import local_time

MAX_POLLS = 500
"""How often a test looks again before what it waits for counts as missing; 0.01 s each."""
POLL_SECONDS = 0.01
"""Seconds between two looks at the log."""


@dataclass
class RosterHarness:
    """A running roster and who looks at it."""

    app: RosterApp
    pilot: Pilot[None]

    @property
    def table(self) -> RosterTable:
        return self.app.get_default_screen().query_one(RosterTable)

    def rows(self) -> list[str]:
        return [row.text.rstrip() for row in capture_rows(self.app)]

    def find_row(self, text: str) -> str:
        """The first row of the screen that says this."""
        return next((row for row in self.rows() if text in row), "")

    def shows_text(self, *texts: str) -> bool:
        return all(any(text in row for row in self.rows()) for text in texts)

    async def wait_for_text(self, *texts: str) -> None:
        await self.wait_until(lambda: self.shows_text(*texts), f"{texts} never shown")

    async def wait_until_gone(self, text: str) -> None:
        await self.wait_until(lambda: not self.shows_text(text), f"{text} never went")

    async def open_day(self, number: str, *seen: str) -> None:
        """Search for somebody and open their day."""
        await self.pilot.press("slash", *number, "enter")
        await self.wait_until(lambda: self.table.show_cursor, "nobody is chosen")
        await self.pilot.press("enter")
        await self.wait_for_text(f"{number} ", *(seen or ("合計",)))

    async def type_answer(self, text: str) -> None:
        """Type into the question that is asked, and press Enter."""
        self.app.screen.query_one("#answer", Input).value = text
        await self.pilot.press("enter")

    async def wait_until(self, condition: Callable[[], bool], complaint: str) -> None:
        for _ in range(MAX_POLLS):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"{complaint}; on the screen:\n" + "\n".join(self.rows()))


@asynccontextmanager
async def open_app(
    looks: RosterSource,
    size: tuple[int, int] = (80, 24),
    settlements: CorrectionService | None = None,
    proof: PinSession | None = None,
) -> AsyncIterator[RosterHarness]:
    """A roster of whatever can be looked at."""
    app = RosterApp(looks, POLL_SECONDS, settlements, proof)
    async with app.run_test(size=size) as pilot:
        yield RosterHarness(app, pilot)
    await asyncio.get_running_loop().shutdown_default_executor()


@asynccontextmanager
async def open_roster(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[RosterHarness]:
    """The roster of a home, once its first rows stand."""
    with Home.open(path) as home:
        async with open_app(HomeRosterSource(home), size) as playing:
            await playing.wait_for_text(f"{home.clock.now().astimezone(home.zone):%Y-%m-%d %H:%M}")
            await playing.pilot.pause()
            yield playing


@asynccontextmanager
async def open_correcting_roster(
    path: Path, size: tuple[int, int] = (80, 24), proof: PinSession | None = None
) -> AsyncIterator[RosterHarness]:
    """The same where a coordinator may settle; with `proof` somebody is believed already."""
    with Home.open(path) as home:
        async with open_app(HomeRosterSource(home), size, CorrectionService(home), proof) as playing:
            await playing.wait_for_text(f"{home.clock.now().astimezone(home.zone):%Y-%m-%d %H:%M}")
            await playing.pilot.pause()
            yield playing


@contextmanager
def other_writer(path: Path) -> Iterator[Callable[[str, str], None]]:
    """Taps a volunteer's card at a local time of the day, over a log of its own on the same file."""
    with Home.open(path) as home:

        def tapped(number: str, at: str) -> None:
            home.set_clock(local_time(f"{DAY} {at}"))
            record_tap(home, CardNumber.parse(card_number_of(number)), "front", None, None)

        yield tapped
