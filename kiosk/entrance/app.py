"""The entrance as a program: reader events come in, notices are shown, and no key ends it.

The rule: success is shown after it is written, never before; and a bug ends the program, so that its supervisor
starts it again, without personal data left on the monitor.
"""

import logging
import math
import time
from collections.abc import Sequence
from pathlib import Path

from textual import on
from textual.message import Message
from textual.timer import Timer
from typing_extensions import override

from devices.readers.events import CardPresented, InputUnreadable, ReaderEvent, ReaderLost, ReaderReady
from kiosk.entrance.notice import build_condition_notice, build_notice
from kiosk.entrance.screen import EntranceScreen
from kiosk.entrance.service import (
    TICK_SECONDS,
    EntranceOptions,
    EntranceService,
    Reader,
    ReaderFactory,
    StorageTrouble,
    TapResult,
)
from kiosk.entrance.watchdog import Supervisor, Watchdog
from kiosk.tui.app import QuietCrashApp
from kiosk.tui.text import sanitise
from kiosk.words.devices import explain_fault
from kiosk.words.languages import STAFF, find_words
from kiosk.words.reports import ScreenText

LOG = logging.getLogger(__name__)
LOG.addHandler(logging.NullHandler())  # without it, Python writes warnings over the screen

BARS = (find_words(STAFF), find_words("en"))
"""The languages of a bar, which has one row."""

LONGEST_READER = 12
"""Cells of a reader's name in a bar."""


class ReaderEnded(Exception):
    """The thread of a reader has ended by a bug: cards at that reader would be lost."""


class ReaderEventReceived(Message):
    """An event of a reader, on its way from the reader's thread to the screen's."""

    def __init__(self, event: ReaderEvent) -> None:
        super().__init__()
        self.event = event


class EntranceApp(QuietCrashApp, inherit_bindings=False):
    """The full-screen entrance.

    Args:
        service: answers each card.
        readers: make the readers, which are started and stopped with the screen.
        options: the unit's name, a banner, and how long results stay.
    """

    CSS_PATH = Path(__file__).with_name("entrance.tcss")  # whole, so that a subclass elsewhere finds it

    def __init__(self, service: EntranceService, readers: Sequence[ReaderFactory], options: EntranceOptions) -> None:
        super().__init__()
        self._service = service
        self._options = options
        self._board = EntranceScreen(options)
        self._readers: list[Reader] = [make(self.receive_event) for make in readers]
        self._lost_readers: set[str] = set()
        self._cannot_write = False
        self._result_timer: Timer | None = None
        self._noise_timer: Timer | None = None
        self._card_at = -math.inf
        self._watchdog: Watchdog | None = None

    def attach_supervisor(self, supervisor: Supervisor) -> None:
        """Report to this supervisor from now on that the entrance works, or which part hangs."""
        self._watchdog = Watchdog(supervisor, self._service.is_storage_ready)

    def get_default_screen(self) -> EntranceScreen:
        """The only screen there is."""
        return self._board

    def receive_event(self, event: ReaderEvent) -> None:
        """Take an event from any thread."""
        if self.is_running:
            self.post_message(ReaderEventReceived(event))

    # --- Start, tick and stop ---

    def on_ready(self) -> None:
        """Start the readers, now that the screen is drawn."""
        for reader in self._readers:
            reader.start()
        if self._watchdog:
            self._watchdog.report_ready()
        self.set_interval(TICK_SECONDS, self._tick)
        self._tick()

    def on_unmount(self) -> None:
        """Stop the readers."""
        if self._watchdog:
            self._watchdog.report_stopping()
        for reader in self._readers:
            reader.stop()

    def _tick(self) -> None:
        """Once a second, check readers, clock and storage, and report to the watchdog."""
        for reader in self._readers:
            if not reader.running:
                raise ReaderEnded(reader.name)
        self._board.show_time(self._service.now())
        self._update_bars()
        if self._cannot_write and self._service.is_storage_ready():
            self._cannot_write = False
            self._show_condition_or_idle()
        if self._watchdog:
            self._watchdog.tick({reader.name: reader.heartbeat for reader in self._readers}, self._list_troubles())

    def _list_troubles(self) -> list[str]:
        """Faults in spite of which the entrance goes on, for an administrator."""
        unwritten = [ScreenText.TAPS_NOT_WRITTEN] if self._cannot_write else []
        return [*unwritten, *(ScreenText.READER_LOST.fill(name=name) for name in self._list_lost_readers())]

    # --- Events of readers ---

    @on(ReaderEventReceived)
    def route(self, message: ReaderEventReceived) -> None:
        """Call the handler of an event."""
        match message.event:
            case CardPresented() as presented:
                self._handle_card(presented)
            case InputUnreadable(reader=reader):
                self._debounce_unreadable(reader)
            case ReaderLost(reader=reader, fault=fault):
                LOG.warning("Reader %s: %s", reader, explain_fault(fault))
                self._lost_readers.add(reader)
                self._update_conditions()
            case ReaderReady(reader=reader):
                self._lost_readers.discard(reader)
                self._update_conditions()

    def _handle_card(self, presented: CardPresented) -> None:
        self._card_at = time.monotonic()
        self._stop(self._noise_timer)
        try:
            result = self._service.record_tap(presented.card, presented.reader, presented.read_at)
        except StorageTrouble:
            self._handle_storage_trouble()
        else:
            self._show_result(result)

    def _debounce_unreadable(self, reader: str) -> None:
        """Show an unreadable frame only where no good read of a card is near: a card that moves gives both."""
        if time.monotonic() - self._card_at < self._options.noise_seconds:
            return
        self._stop(self._noise_timer)
        self._noise_timer = self.set_timer(self._options.noise_seconds, lambda: self._handle_unreadable(reader))

    def _handle_unreadable(self, reader: str) -> None:
        try:
            result = self._service.record_unreadable(reader)
        except StorageTrouble:
            self._handle_storage_trouble()
        else:
            self._show_result(result)

    # --- What is shown ---

    def _show_result(self, result: TapResult) -> None:
        self._cannot_write = False
        if self._watchdog:
            self._watchdog.record_write()
        self._board.show(build_notice(result))
        self._stop(self._result_timer)
        self._result_timer = self.set_timer(self._options.result_seconds, self._show_condition_or_idle)

    def _handle_storage_trouble(self) -> None:
        LOG.error("A tap could not be written down.", exc_info=True)
        self._cannot_write = True
        self._show_condition_or_idle()

    def _show_condition_or_idle(self) -> None:
        """Show the trouble that lasts, or the idle screen."""
        self._stop(self._result_timer)
        self._result_timer = None
        if self._cannot_write:
            self._board.show(build_condition_notice("storage_trouble"))
        elif self._readers and len(self._list_lost_readers()) == len(self._readers):
            self._board.show(build_condition_notice("reader_lost", self._list_lost_readers()))
        else:
            self._board.show_idle()

    def _update_conditions(self) -> None:
        self._update_bars()
        if self._result_timer is None:
            self._show_condition_or_idle()

    def _update_bars(self) -> None:
        """Show the bars: some readers are lost but not all; the clock is untrusted."""
        lost_ones = self._list_lost_readers()
        lost = sanitise("、".join(lost_ones), LONGEST_READER) if len(lost_ones) < len(self._readers) else ""
        reader = [words.one_reader_lost.format(reader=lost) for words in BARS]
        clock = [words.clock_not_set for words in BARS]
        self._board.show_bars(
            reader=" | ".join(reader) if lost else "",
            clock="" if self._service.is_clock_trusted() else " | ".join(clock),
        )

    def _list_lost_readers(self) -> tuple[str, ...]:
        """The readers that do not answer, in the order of the settings."""
        return tuple(reader.name for reader in self._readers if reader.name in self._lost_readers)

    @staticmethod
    def _stop(timer: Timer | None) -> None:
        if timer is not None:
            timer.stop()

    # --- A bug ---

    @override
    def report_fault(self, error: Exception) -> None:
        LOG.critical(ScreenText.ENDS_BY_BUG, exc_info=error)
