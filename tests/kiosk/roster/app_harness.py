"""Test harness of the roster: the app without a terminal, its screen as text, and another process that records taps."""

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
from kiosk.roster.corrections.service import HomeCorrectionService
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.table import RosterTable
from tests.kiosk.roster.morning_data import DAY, card_number_of
from tests.support.people import local_time

MAX_POLLS = 3_000
"""Polls of the screen, 0.01 s apart, after which an awaited text counts as missing."""
POLL_SECONDS = 0.05
"""Seconds between two polls of the source."""


@dataclass
class RosterHarness:
    """A running roster, the keys pressed on it and the text on its screen."""

    app: RosterApp
    pilot: Pilot[None]

    @property
    def table(self) -> RosterTable:
        return self.app.get_default_screen().query_one(RosterTable)

    def rows(self) -> list[str]:
        return [row.text.rstrip() for row in capture_rows(self.app)]

    def find_row(self, text: str) -> str:
        """The first row of the screen that holds this text."""
        return next((row for row in self.rows() if text in row), "")

    def shows_text(self, *texts: str) -> bool:
        rows = self.rows()
        return all(any(text in row for row in rows) for text in texts)

    async def wait_for_text(self, *texts: str) -> None:
        await self.wait_until(lambda: self.shows_text(*texts), f"{texts} never shown")

    async def wait_until_gone(self, text: str) -> None:
        await self.wait_until(lambda: not self.shows_text(text), f"{text} never went")

    async def open_day(self, number: str, *texts: str) -> None:
        """Search for a volunteer and open their day; wait until it shows these texts, or its total."""
        await self.pilot.press("slash")
        self.app.screen.query_one("#search", Input).value = number
        await self.pilot.press("enter")
        await self.wait_until(lambda: self.table.show_cursor, "no row has the cursor")
        await self.pilot.press("enter")
        await self.wait_for_text(f"{number} ", *(texts or ("合計",)))

    async def type_answer(self, text: str) -> None:
        """Type into the open question, and press Enter."""
        self.app.screen.query_one("#answer", Input).value = text
        await self.pilot.press("enter")

    async def wait_until(self, condition: Callable[[], bool], message: str) -> None:
        for _ in range(MAX_POLLS):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"{message}; on the screen:\n" + "\n".join(self.rows()))


@asynccontextmanager
async def open_app(
    source: RosterSource,
    size: tuple[int, int] = (80, 24),
    corrections: CorrectionService | None = None,
    pin_session: PinSession | None = None,
) -> AsyncIterator[RosterHarness]:
    """The roster over a source."""
    app = RosterApp(source, POLL_SECONDS, lambda: corrections, pin_session)
    async with app.run_test(size=size) as pilot:
        yield RosterHarness(app, pilot)
    await asyncio.get_running_loop().shutdown_default_executor()


@asynccontextmanager
async def open_roster(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[RosterHarness]:
    """The roster of a home, once its first rows are shown."""
    with Home.open(path) as home:
        async with open_app(HomeRosterSource(home), size) as roster:
            await roster.wait_for_text(f"{home.clock.now().astimezone(home.zone):%Y-%m-%d %H:%M}")
            await roster.pilot.pause()
            yield roster


@asynccontextmanager
async def open_correcting_roster(
    path: Path, size: tuple[int, int] = (80, 24), pin_session: PinSession | None = None
) -> AsyncIterator[RosterHarness]:
    """The same where coordinators can correct; with `pin_session` one may be authenticated already."""
    with Home.open(path) as home:
        async with open_app(HomeRosterSource(home), size, HomeCorrectionService(home), pin_session) as roster:
            await roster.wait_for_text(f"{home.clock.now().astimezone(home.zone):%Y-%m-%d %H:%M}")
            await roster.pilot.pause()
            yield roster


@contextmanager
def other_writer(path: Path) -> Iterator[Callable[[str, str], None]]:
    """Records the tap of a volunteer's card at a local time of the day, through a connection of its own to the log."""
    with Home.open(path) as home:

        def tap_at(number: str, at: str) -> None:
            home.set_clock(local_time(f"{DAY} {at}"))
            home.record_tap(CardNumber.parse(card_number_of(number)), "front", None, None)

        yield tap_at
