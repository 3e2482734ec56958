"""The picture in the README: the entrance in three states, drawn by the entrance itself.

    python -m docs.pictures.entrance        writes entrance.svg beside this file

The rule: it holds what the screen draws and nothing else, so a changed screen changes the picture; a test compares.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from devices.protocols.decoder import CardNumber
from devices.readers.events import CardPresented
from docs.pictures.svg import HIGH, WIDE, capture_rows, render_svg
from domain.calendar import TAIPEI
from kiosk.entrance.app import EntranceApp
from kiosk.entrance.service import EntranceOptions, TapResult
from kiosk.masking import mask

PICTURE = Path(__file__).with_name("entrance.svg")

SMALLEST = (80, 24)
"""Columns and rows of the terminal that the entrance is laid out for."""

WIDTH, HEIGHT = SMALLEST[0] * WIDE, SMALLEST[1] * HIGH
"""Units of one screen in its own size."""
GAP = 20
"""Units between two screens."""
ANY_CARD = CardNumber.parse("A:26DEFAE7")

OPTIONS = EntranceOptions("清溪區戶政事務所", result_seconds=600)
"""An invented unit; a result stays until it is drawn."""
ARRIVAL = datetime(2026, 11, 19, 8, 22, tzinfo=TAIPEI)
DEPARTURE = ARRIVAL + timedelta(hours=3, minutes=11)

CHECKED_IN = TapResult(
    "checked_in",
    ARRIVAL,
    name=mask("陳美玉", "surname-and-last"),
    since=ARRIVAL,
    duty="服務台",
    today_minutes=0,
    month_minutes=540,
)
CHECKED_OUT = TapResult(
    "checked_out",
    DEPARTURE,
    name=mask("Nguyễn Thị Lan", "surname-and-last"),
    language="vi",
    since=ARRIVAL,
    today_minutes=180,
    month_minutes=341,
)


def render_gallery() -> str:
    """One SVG: an arrival, and below it in half size the idle screen, and a departure in another language."""
    half = ((WIDTH - GAP) // 2, (WIDTH - GAP) // 2 * HEIGHT // WIDTH)
    lower = HEIGHT + GAP
    screens = (
        _render_placed_screen(CHECKED_IN, ARRIVAL, (0, 0), (WIDTH, HEIGHT)),
        _render_placed_screen(None, ARRIVAL, (0, lower), half),
        _render_placed_screen(CHECKED_OUT, DEPARTURE, (half[0] + GAP, lower), half),
    )
    outline = f'viewBox="0 0 {WIDTH} {lower + half[1]}" width="{WIDTH}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {outline}>\n{"".join(screens)}</svg>\n'


def _render_placed_screen(
    result: TapResult | None, at: datetime, corner: tuple[int, int], size: tuple[int, int]
) -> str:
    """A screen as part of a larger drawing."""
    place = f'x="{corner[0]}" y="{corner[1]}" width="{size[0]}" height="{size[1]}"'
    return render_picture(result, at, OPTIONS).replace("<svg ", f"<svg {place} ", 1)


@dataclass(frozen=True, slots=True)
class FixedResultService:
    """A service that gives every card the same result, at the time of the result."""

    result: TapResult

    def limit_wait(self, seconds: float) -> None:
        """It waits for nobody."""

    def record_tap(self, card: CardNumber, reader: str, read_at: datetime) -> TapResult:  # noqa: ARG002 - whatever the card
        """The result."""
        return self.result

    def record_unreadable(self, reader: str, *, foreign: bool = False) -> TapResult:  # noqa: ARG002 - whatever the reader
        """The result."""
        return self.result

    def check_refusals(self, unanswered: Mapping[str, int]) -> tuple[str, ...]:  # noqa: ARG002 - whatever was counted
        """None sends nonsense."""
        return ()

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


async def _render(result: TapResult | None, at: datetime, options: EntranceOptions, size: tuple[int, int]) -> str:
    app = EntranceApp(FixedResultService(result or TapResult("checked_in", at)), (), options)
    async with app.run_test(size=size) as pilot:
        if result:
            app.receive_event(CardPresented(ANY_CARD, "", at))
        await pilot.pause()
        return render_svg(capture_rows(app), size)


if __name__ == "__main__":
    PICTURE.write_text(render_gallery(), encoding="utf-8")
