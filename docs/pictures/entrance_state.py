"""A picture of the entrance in one state, for documents: SVG, drawn by the screen itself."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from devices.protocols.decoder import CardNumber
from devices.readers.events import CardPresented
from docs.pictures.svg import capture_rows, render_svg
from kiosk.entrance.app import Entrance
from kiosk.entrance.look import EntranceOptions
from kiosk.entrance.results import TapResult

SMALLEST = (80, 24)
"""Columns and rows of the terminal that the entrance is laid out for."""

_ANY_CARD = CardNumber.parse("A:26DEFAE7")


@dataclass(frozen=True, slots=True)
class FixedResultService:
    """A service that gives every card the same result, at the time of the result."""

    result: TapResult

    def record_tap(self, card: CardNumber, reader: str, read_at: datetime) -> TapResult:  # noqa: ARG002 - whatever the card
        """The result."""
        return self.result

    def record_unreadable(self, reader: str) -> TapResult:  # noqa: ARG002 - whatever the reader
        """The result."""
        return self.result

    def is_storage_ready(self) -> bool:
        """Always."""
        return True

    def now(self) -> datetime:
        """When the result came about."""
        return self.result.at

    def is_clock_trusted(self) -> bool:
        """As the result says."""
        return self.result.clock_trusted


def render_picture(
    result: TapResult | None, at: datetime, options: EntranceOptions, size: tuple[int, int] = SMALLEST
) -> str:
    """The SVG of the entrance at a time, with a result or, without one, idle."""
    return asyncio.run(_render(result, at, options, size))


async def _render(result: TapResult | None, at: datetime, look: EntranceOptions, size: tuple[int, int]) -> str:
    app = Entrance(FixedResultService(result or TapResult("checked_in", at)), (), look)
    async with app.run_test(size=size) as pilot:
        if result:
            app.receive_event(CardPresented(_ANY_CARD, "", at))
        await pilot.pause()
        return render_svg(capture_rows(app), size)
