"""Test harness of the entrance: the app without a terminal, a scripted service, fake readers, its screen as text."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from devices.faults import Fault, FrameFault, PortFault
from devices.protocols.decoder import CardNumber
from devices.readers.events import CardPresented, InputUnreadable, ReaderEvent
from devices.readers.reader_thread import seconds_since_boot
from docs.pictures.svg import capture_rows
from kiosk.entrance.app import EntranceApp
from kiosk.entrance.large_lines import LargeLines
from kiosk.entrance.layout import Line
from kiosk.entrance.notice import Notice
from kiosk.entrance.service import EntranceOptions, EventSink, StorageTrouble, TapResult
from kiosk.joined_home.hub_trouble import HubTrouble

AT = datetime(2026, 11, 21, 9, 3, 27, tzinfo=ZoneInfo("Asia/Taipei"))
BEFORE = AT - timedelta(hours=3, minutes=1)
UNIT = "大安戶政事務所 志工隊"
SHORT_DISPLAY = EntranceOptions(UNIT, result_seconds=0.05, noise_seconds=0.02)
"""For a test that waits until a message is gone."""
LONG_DISPLAY = EntranceOptions(UNIT, result_seconds=600, noise_seconds=0.02)
"""For a test that reads a message."""

ANNS_CARD, BENS_CARD = CardNumber.parse("A:26DEFAE7"), CardNumber.parse("A:1122334455667788990A")
ANN = TapResult("checked_in", AT, name="王〇明", since=AT, duty="櫃台引導", month_minutes=750)
ANNS_TAP = CardPresented(ANNS_CARD, "door", AT)
NOISE = InputUnreadable("door", Fault(FrameFault.CHECKSUM_DIFFERS))
"""A card that came with an error."""
MISSING = Fault(PortFault.MISSING)
"""Why a reader was lost."""
BEN = TapResult("checked_out", AT, name="陳〇", since=BEFORE, today_minutes=181)

HANG_SECONDS = 60
"""Seconds by which a reader that hangs is further behind at each call."""

P = ParamSpec("P")

MAX_POLLS = 3_000
"""How often a test looks again before what it waits for counts as missing; 0.01 s each."""


@dataclass
class ScriptedService:
    """Answers each card with its result, and lists the calls in order."""

    results: dict[CardNumber, TapResult] = field(default_factory=lambda: {ANNS_CARD: ANN, BENS_CARD: BEN})
    storage_works: bool = True
    trusted: bool = True
    hub_trouble: HubTrouble | None = None
    nonsense: tuple[str, ...] = ()
    calls: list[str] = field(default_factory=list)
    on_answer: Callable[[], object] = lambda: None

    def limit_wait(self, seconds: float) -> None:
        """It waits for nobody."""

    def record_tap(self, card: CardNumber, reader: str, read_at: datetime) -> TapResult:  # noqa: ARG002 - as the real one
        self.calls.append(f"{card.masked} at {reader}")
        self.on_answer()
        self._write()
        return self.results[card]

    def record_unreadable(self, reader: str, *, foreign: bool = False) -> TapResult:
        self.calls.append(f"{'foreign' if foreign else 'unreadable'} at {reader}")
        self._write()
        return TapResult("unknown_card" if foreign else "unreadable", AT)

    def check_refusals(self, unanswered: Mapping[str, int]) -> tuple[str, ...]:
        self.calls.extend(f"{cards} unanswered at {reader}" for reader, cards in unanswered.items())
        return self.nonsense

    def read_ahead(self) -> None:
        """Nothing is known beforehand."""

    def is_storage_ready(self) -> bool:
        return self.storage_works

    def now(self) -> datetime:
        return AT

    def is_clock_trusted(self) -> bool:
        return self.trusted

    def find_hub_trouble(self) -> HubTrouble | None:
        return self.hub_trouble

    def _write(self) -> None:
        if not self.storage_works:
            raise StorageTrouble


class FakeReader:
    """A reader without a port: it posts only the events of the test."""

    def __init__(self, name: str, post: EventSink) -> None:
        self.name = name
        self.post = post
        self.running = False
        self.hanging = False
        self.repeats_soon = False
        self._last_round = seconds_since_boot()

    @property
    def heartbeat(self) -> float:
        """Now, or further back at each call while it hangs."""
        self._last_round = self._last_round - HANG_SECONDS if self.hanging else seconds_since_boot()
        return self._last_round

    def allow_quick_repeat(self, *, allowed: bool) -> None:
        self.repeats_soon = allowed

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False


@dataclass
class EntranceHarness:
    """A running entrance, and the text on its screen."""

    app: EntranceApp
    pilot: Pilot[None]
    service: ScriptedService
    readers: list[FakeReader]

    def record_reader_bars(self) -> list[str]:
        """The texts of the bar about readers in order, from now on: also one that is gone before a test can look."""
        board, texts = self.app.get_default_screen(), [""]
        show_bars = board.show_bars

        def record(*, reader: str, clock: str, hub: str) -> None:
            show_bars(reader=reader, clock=clock, hub=hub)
            texts.extend([reader] if reader != texts[-1] else [])

        board.show_bars = record
        return texts

    def record_notices(self) -> list[str]:
        """The kinds of notices in order, from now on: also one that is gone before a test can look."""
        board, kinds = self.app.get_default_screen(), list[str]()
        show = board.show

        def record(notice: Notice) -> None:
            show(notice)
            kinds.append(notice.kind)

        board.show = record
        return kinds

    async def post_events(self, *events: ReaderEvent) -> None:
        for event in events:
            self.app.receive_event(event)
        await self.pilot.pause()
        await self.wait_until(lambda: not self.app.is_storing, "the storage never answered")
        await self.pilot.pause()

    async def tap(self, card: CardNumber = ANNS_CARD) -> None:
        await self.post_events(CardPresented(card, "door", AT))

    def shows_text(self, *texts: str) -> bool:
        """Whether each text stands on the screen, drawn or written."""
        rows = [*self.rows(), *self.app.screen.query_one(LargeLines).texts]
        return all(any(text.strip() in row for row in rows) for text in texts)

    async def wait_for_text(self, *texts: str) -> None:
        await self.wait_until(lambda: self.shows_text(*texts), f"{texts} never shown")

    async def wait_until(self, condition: Callable[[], bool], complaint: str) -> None:
        for _ in range(MAX_POLLS):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"{complaint}; on the screen:\n" + "\n".join(self.rows()))

    def rows(self) -> list[str]:
        return [row.text.rstrip() for row in capture_rows(self.app)]

    @property
    def lines(self) -> dict[str, Line]:
        """The large lines by their names."""
        return {line.name: line for line in self.app.screen.query_one(LargeLines).lines}

    @property
    def state(self) -> str:
        """The state among the classes of the board."""
        (state,) = set(self.app.screen.query_one("#board").classes) - {"small"}
        return state


@asynccontextmanager
async def open_entrance(
    look: EntranceOptions = LONG_DISPLAY,
    size: tuple[int, int] = (80, 24),
    service: ScriptedService | None = None,
    readers: Sequence[str] = ("door",),
    play: Callable[[str], object] = lambda _: None,
) -> AsyncIterator[EntranceHarness]:
    service = service or ScriptedService()
    made: list[FakeReader] = []

    def maker(name: str) -> Callable[[EventSink], FakeReader]:
        def make(post: EventSink) -> FakeReader:
            made.append(FakeReader(name, post))
            return made[-1]

        return make

    app = EntranceApp(service, [maker(name) for name in readers], look, play)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield EntranceHarness(app, pilot, service, made)


def async_test(test: Callable[P, Awaitable[None]]) -> Callable[P, None]:
    """Makes an ordinary test of an asynchronous one."""

    @wraps(test)
    def play(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(_to_coroutine(test(*args, **kwargs)))

    return play


async def _to_coroutine(play: Awaitable[None]) -> None:
    await play


def is_ambiguous_symbol(char: str) -> bool:
    """Whether a character's width depends on the font, and it is neither a letter nor drawn by the terminal itself."""
    ambiguous = unicodedata.east_asian_width(char) == "A"
    drawn_by_the_terminal = "\u2500" <= char <= "\u259f"
    return ambiguous and not drawn_by_the_terminal and not unicodedata.category(char).startswith(("L", "M"))
