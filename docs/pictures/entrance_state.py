"""A picture of the entrance in one state, for documents: SVG, drawn by the screen itself."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from devices.protocols.decoder import CardNumber
from devices.readers.events import CardPresented
from docs.pictures.svg import rows_of, svg
from kiosk.entrance.app import Entrance
from kiosk.entrance.look import Look
from kiosk.entrance.results import Result

SMALLEST = (80, 24)
"""Columns and rows of the terminal that the entrance is laid out for."""

_ANY_CARD = CardNumber.parse("A:26DEFAE7")


@dataclass(frozen=True, slots=True)
class OneAnswer:
    """A service that gives every card the same result, at the time of the result."""

    result: Result

    def answer(self, card: CardNumber, reader: str, read_at: datetime) -> Result:  # noqa: ARG002 - whatever the card
        """The result."""
        return self.result

    def unreadable(self, reader: str) -> Result:  # noqa: ARG002 - whatever the reader
        """The result."""
        return self.result

    def storage_ready(self) -> bool:
        """Always."""
        return True

    def now(self) -> datetime:
        """When the result came about."""
        return self.result.at

    def clock_trusted(self) -> bool:
        """As the result says."""
        return self.result.clock_trusted


def picture(result: Result | None, at: datetime, look: Look, size: tuple[int, int] = SMALLEST) -> str:
    """The SVG of the entrance at a time, with a result or, without one, idle."""
    return asyncio.run(_drawn(result, at, look, size))


async def _drawn(result: Result | None, at: datetime, look: Look, size: tuple[int, int]) -> str:
    app = Entrance(OneAnswer(result or Result("checked_in", at)), (), look)
    async with app.run_test(size=size) as pilot:
        if result:
            app.hear(CardPresented(_ANY_CARD, "", at))
        await pilot.pause()
        return svg(rows_of(app), size)
