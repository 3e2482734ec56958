"""The picture in the README: the entrance in seven states, drawn by the entrance itself.

    python -m docs.pictures.entrance        writes entrance.svg beside this file

The rule: it holds what the screen draws and nothing else, so a changed screen changes the picture; a test compares.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from devices.faults import Fault, PortFault
from devices.protocols.decoder import CardNumber
from devices.readers.events import CardPresented, ReaderEvent, ReaderLost
from docs.pictures.svg import HIGH, WIDE, capture_rows, render_svg
from domain.calendar import TAIPEI
from domain.use_cases.tap_meaning import EarlierTap
from kiosk.entrance.app import EntranceApp
from kiosk.entrance.service import EntranceOptions, EventSink, TapResult
from kiosk.joined_home.hub_trouble import HubTrouble
from kiosk.text.masking import mask

PICTURE = Path(__file__).with_name("entrance.svg")

SMALLEST = (80, 24)
"""Columns and rows of the terminal that the entrance is laid out for."""

WIDTH, HEIGHT = SMALLEST[0] * WIDE, SMALLEST[1] * HIGH
"""Units of one screen in its own size."""
GAP = 20
"""Units between two screens."""
ANY_CARD = CardNumber.parse("A:26DEFAE7")

OPTIONS = EntranceOptions("清溪區戶政事務所", result_seconds=600, counter_seconds=600)
"""An invented unit; a result stays until it is drawn."""
ARRIVAL = datetime(2026, 11, 19, 8, 22, tzinfo=TAIPEI)
DEPARTURE = ARRIVAL + timedelta(hours=3, minutes=11)
EARLIER = EarlierTap("checked_in", ARRIVAL, ARRIVAL + timedelta(minutes=1))

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
    name=mask("陳美玉", "surname-and-last"),
    since=ARRIVAL,
    today_minutes=180,
    month_minutes=720,
)
UNKNOWN_CARD = TapResult("unknown_card", ARRIVAL)
NGUYEN = TapResult(
    "checked_in",
    ARRIVAL,
    name=mask("Nguyễn Thị Lan", "surname-and-last"),
    language="vi",
    since=ARRIVAL,
    month_minutes=341,
)
LOST = ReaderLost("入口", Fault(PortFault.LOST))


class Scene(NamedTuple):
    """What happens before a picture is taken, and when."""

    at: datetime
    event: ReaderEvent | None = None
    result: TapResult | None = None


def build_scenes() -> list[Scene]:
    """An arrival; idle, a departure, a card that is not known, no reader, an arrival in another language."""
    tap = CardPresented(ANY_CARD, "入口", ARRIVAL)
    return [
        Scene(ARRIVAL, tap, CHECKED_IN),
        Scene(ARRIVAL),
        Scene(DEPARTURE, tap, CHECKED_OUT),
        Scene(ARRIVAL, tap, UNKNOWN_CARD),
        Scene(ARRIVAL, LOST),
        Scene(ARRIVAL, tap, NGUYEN),
        Scene(ARRIVAL, tap, replace(CHECKED_IN, state="already", earlier=EARLIER)),
    ]


def render_gallery() -> str:
    """One SVG: the first scene, and below it in half size the others, two beside each other."""
    first, *others = [render_picture(scene, OPTIONS) for scene in build_scenes()]
    half = ((WIDTH - GAP) // 2, (WIDTH - GAP) // 2 * HEIGHT // WIDTH)
    screens = [_place(first, (0, 0), (WIDTH, HEIGHT))]
    for number, screen in enumerate(others):
        corner = (number % 2 * (half[0] + GAP), HEIGHT + GAP + number // 2 * (half[1] + GAP))
        screens.append(_place(screen, corner, half))
    rows = -(-len(others) // 2)
    outline = f'viewBox="0 0 {WIDTH} {HEIGHT + rows * (half[1] + GAP)}" width="{WIDTH}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {outline}>\n{"".join(screens)}</svg>\n'


def _place(svg: str, corner: tuple[int, int], size: tuple[int, int]) -> str:
    """A screen as part of a larger drawing."""
    place = f'x="{corner[0]}" y="{corner[1]}" width="{size[0]}" height="{size[1]}"'
    return svg.replace("<svg ", f"<svg {place} ", 1)


class SceneReader:
    """A reader that reports one event, when it is started."""

    name = "入口"
    heartbeat = 0.0
    running = True

    def __init__(self, event: ReaderEvent | None, post: EventSink) -> None:
        self._event = event
        self._post = post

    def start(self) -> None:
        """Report the event."""
        if self._event:
            self._post(self._event)

    def stop(self) -> None:
        """There is nothing to end."""


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

    def read_ahead(self) -> None:
        """Nothing is known beforehand."""

    def is_storage_ready(self) -> bool:
        """Always."""
        return True

    def now(self) -> datetime:
        """When the result came about."""
        return self.result.at

    def is_clock_trusted(self) -> bool:
        """As the result says."""
        return self.result.clock_trusted

    def find_hub_trouble(self) -> HubTrouble | None:
        """Nothing: the picture is of a kiosk by itself."""
        return None


def render_picture(scene: Scene, options: EntranceOptions, size: tuple[int, int] = SMALLEST) -> str:
    """The SVG of the entrance in a scene."""
    return asyncio.run(_render(scene, options, size))


async def _render(scene: Scene, options: EntranceOptions, size: tuple[int, int]) -> str:
    app = build_app(scene, options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        while app.is_storing:
            await pilot.pause(0.01)
        await pilot.pause()
        return render_svg(capture_rows(app), size)


def build_app(scene: Scene, options: EntranceOptions) -> EntranceApp:
    """The entrance, with a reader that reports what happens in the scene as soon as it is started."""
    service = FixedResultService(scene.result or TapResult("checked_in", scene.at))
    return EntranceApp(service, [partial(SceneReader, scene.event)], options)


if __name__ == "__main__":
    PICTURE.write_text(render_gallery(), encoding="utf-8")
