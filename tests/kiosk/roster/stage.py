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
from tests.kiosk.roster.morning import DAY, card_of
from tests.support.cast import local

PATIENCE = 500
"""How often a test looks again before what it waits for counts as missing; 0.01 s each."""
BRISK = 0.01
"""Seconds between two looks at the log."""


@dataclass
class Stage:
    """A running roster and who looks at it."""

    app: RosterApp
    pilot: Pilot[None]

    @property
    def table(self) -> RosterTable:
        return self.app.get_default_screen().query_one(RosterTable)

    def rows(self) -> list[str]:
        return [row.text.rstrip() for row in capture_rows(self.app)]

    def row(self, text: str) -> str:
        """The first row of the screen that says this."""
        return next((row for row in self.rows() if text in row), "")

    def sees(self, *texts: str) -> bool:
        return all(any(text in row for row in self.rows()) for text in texts)

    async def comes_to_see(self, *texts: str) -> None:
        await self.waits(lambda: self.sees(*texts), f"{texts} never shown")

    async def comes_to_miss(self, text: str) -> None:
        await self.waits(lambda: not self.sees(text), f"{text} never went")

    async def opens(self, number: str, *seen: str) -> None:
        """Search for somebody and open their day."""
        await self.pilot.press("slash", *number, "enter")
        await self.waits(lambda: self.table.show_cursor, "nobody is chosen")
        await self.pilot.press("enter")
        await self.comes_to_see(f"{number} ", *(seen or ("合計",)))

    async def types(self, text: str) -> None:
        """Type into the question that is asked, and press Enter."""
        self.app.screen.query_one("#answer", Input).value = text
        await self.pilot.press("enter")

    async def waits(self, condition: Callable[[], bool], complaint: str) -> None:
        for _ in range(PATIENCE):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"{complaint}; on the screen:\n" + "\n".join(self.rows()))


@asynccontextmanager
async def stage(
    looks: RosterSource,
    size: tuple[int, int] = (80, 24),
    settlements: CorrectionService | None = None,
    proof: PinSession | None = None,
) -> AsyncIterator[Stage]:
    """A roster of whatever can be looked at."""
    app = RosterApp(looks, BRISK, settlements, proof)
    async with app.run_test(size=size) as pilot:
        yield Stage(app, pilot)
    await asyncio.get_running_loop().shutdown_default_executor()


@asynccontextmanager
async def roster(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Stage]:
    """The roster of a home, once its first rows stand."""
    with Home.open(path) as home:
        async with stage(HomeRosterSource(home), size) as playing:
            await playing.comes_to_see(f"{home.clock.now().astimezone(home.zone):%Y-%m-%d %H:%M}")
            await playing.pilot.pause()
            yield playing


@asynccontextmanager
async def desk(path: Path, size: tuple[int, int] = (80, 24), proof: PinSession | None = None) -> AsyncIterator[Stage]:
    """The same where a coordinator may settle; with `proof` somebody is believed already."""
    with Home.open(path) as home:
        async with stage(HomeRosterSource(home), size, CorrectionService(home), proof) as playing:
            await playing.comes_to_see(f"{home.clock.now().astimezone(home.zone):%Y-%m-%d %H:%M}")
            await playing.pilot.pause()
            yield playing


@contextmanager
def another_process(path: Path) -> Iterator[Callable[[str, str], None]]:
    """Taps a volunteer's card at a local time of the day, over a log of its own on the same file."""
    with Home.open(path) as home:

        def tapped(number: str, at: str) -> None:
            home.set_clock(local(f"{DAY} {at}"))
            record_tap(home, CardNumber.parse(card_of(number)), "front", None, None)

        yield tapped
