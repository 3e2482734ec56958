"""The entrance as a program: reader events come in, notices are shown, and no key ends it.

The rule: success is shown after it is written, never before; the screen's thread waits for no disk; and a bug ends the
program, so that its supervisor starts it again, without personal data left on the monitor.
"""

import logging
import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from textual import on
from textual.timer import Timer
from typing_extensions import override

from devices.faults import FrameFault
from devices.readers.events import CardLeft, CardPresented, InputUnreadable, ReaderEvent, ReaderLost, ReaderReady
from devices.readers.pending_cards import PendingCards
from kiosk.entrance.messages import CardsWaiting, ReaderEventReceived, WorkerReported
from kiosk.entrance.notice import build_clock_bar, build_condition_notice, build_notice
from kiosk.entrance.reader_conditions import ReaderConditions
from kiosk.entrance.screen import EntranceScreen
from kiosk.entrance.service import TICK_SECONDS, EntranceOptions, EntranceService, Reader, ReaderFactory, TapResult
from kiosk.entrance.storage_worker import (
    RECORD_SECONDS,
    ClockChecked,
    Recording,
    RecordingEnded,
    RefusalsChecked,
    ServiceFailed,
    StorageProbed,
    StorageWorker,
)
from kiosk.entrance.watchdog import Heartbeats, Supervisor, Watchdog
from kiosk.tui.app import QuietCrashApp
from kiosk.words.devices import explain_fault
from kiosk.words.reports import ScreenText

LOG = logging.getLogger(__name__)
LOG.addHandler(logging.NullHandler())  # without it, Python writes warnings over the screen


class ReaderEnded(Exception):
    """The thread of a reader has ended by a bug: cards at that reader would be lost."""


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
        self._worker = StorageWorker(service, lambda report: self.post_message(WorkerReported(report)))
        self._newest: Recording | None = None
        self._pending_cards = PendingCards(lambda: self.post_message(CardsWaiting()))
        self._card_recording: Recording | None = None
        """The card that is on its way into the log; the others wait for it, and are given up with it."""
        self._conditions = ReaderConditions([reader.name for reader in self._readers])
        self._cannot_write = False
        self._clock_trusted = True
        self._result_timer: Timer | None = None
        self._noise_timer: Timer | None = None
        self._card_at = -math.inf
        self._watchdog: Watchdog | None = None

    def attach_supervisor(self, supervisor: Supervisor) -> None:
        """Report to this supervisor from now on that the entrance works, or which part hangs."""
        self._watchdog = Watchdog(supervisor)

    @property
    def is_storing(self) -> bool:
        """Whether a card waits or is on its way into the log, or a question to the storage is open."""
        return not (self._worker.is_idle and self._card_recording is None and self._pending_cards.is_empty)

    def get_default_screen(self) -> EntranceScreen:
        """The only screen there is."""
        return self._board

    def receive_event(self, event: ReaderEvent) -> None:
        """Take an event from any thread."""
        if not self.is_running:
            return
        if isinstance(event, CardPresented):
            self._pending_cards.put(event)
        else:
            self.post_message(ReaderEventReceived(event))

    # --- Start, tick and stop ---

    def on_ready(self) -> None:
        """Start the readers and the storage worker, now that the screen is drawn."""
        self._worker.start()
        for reader in self._readers:
            reader.start()
        if self._watchdog:
            self._watchdog.report_ready()
        self.set_interval(TICK_SECONDS, self._tick)
        self._tick()

    def on_unmount(self) -> None:
        """Stop the readers and the storage worker."""
        if self._watchdog:
            self._watchdog.report_stopping()
        for reader in self._readers:
            reader.stop()
        self._worker.stop()

    def _tick(self) -> None:
        """Once a second, check readers, clock and storage, and report to the watchdog."""
        for reader in self._readers:
            if not reader.running:
                raise ReaderEnded(reader.name)
        self._board.show_time(self._service.now())
        self._worker.check_clock()
        if not self._cannot_write:
            self._worker.check_refusals(self._pending_cards.take_given_up)
        if self._cannot_write or (self._watchdog and self._watchdog.is_probe_due()):
            self._worker.probe_storage()
        if self._watchdog:
            readers = {reader.name: reader.heartbeat for reader in self._readers}
            self._watchdog.tick(Heartbeats(readers, self._worker.busy_since), self._list_troubles())

    def _list_troubles(self) -> list[str]:
        """Faults in spite of which the entrance goes on, for an administrator."""
        unwritten = [ScreenText.TAPS_NOT_WRITTEN] if self._cannot_write else []
        return [*unwritten, *self._conditions.list_troubles()]

    # --- Events of readers ---

    @on(ReaderEventReceived)
    def route(self, message: ReaderEventReceived) -> None:
        """Call the handler of an event."""
        match message.event:
            case InputUnreadable() as unreadable:
                self._debounce_unreadable(unreadable)
            case ReaderLost() | ReaderReady() | CardLeft() as event:
                if isinstance(event, ReaderLost):
                    LOG.warning("Reader %s: %s", event.reader, explain_fault(event.fault))
                self._conditions.record(event)
                self._update_conditions()
            case CardPresented():
                pass  # waits in its queue

    @on(CardsWaiting)
    def answer_next_card(self) -> None:
        """Have the next card recorded, unless one is on its way: then it follows that one."""
        if self._card_recording is None and (presented := self._pending_cards.take()):
            self._card_at = time.monotonic()
            self._stop(self._noise_timer)
            tap = partial(self._service.record_tap, presented.card, presented.reader, presented.read_at)
            self._card_recording = self._record(tap)

    def _debounce_unreadable(self, unreadable: InputUnreadable) -> None:
        """Show an unreadable frame only where no good read of a card is near: a card that moves gives both."""
        if time.monotonic() - self._card_at < self._options.noise_seconds:
            return
        self._stop(self._noise_timer)
        self._noise_timer = self.set_timer(self._options.noise_seconds, partial(self._handle_unreadable, unreadable))

    def _handle_unreadable(self, unreadable: InputUnreadable) -> None:
        foreign = unreadable.fault.code is FrameFault.CODE_TOO_LONG
        recording = self._record(partial(self._service.record_unreadable, unreadable.reader, foreign=foreign))
        recording.quiet = unreadable.reader in self._conditions.nonsense

    # --- What the storage worker reports ---

    def _record(self, record: Callable[[], TapResult]) -> Recording:
        """Have the worker write; after a second without an answer say that nothing is recorded."""
        self._newest = recording = self._worker.record(record)
        self.set_timer(RECORD_SECONDS, partial(self._give_up, recording))
        return recording

    def _give_up(self, recording: Recording) -> None:
        if not recording.ended:
            recording.given_up = True
            self._pending_cards.discard_all()
            self._handle_storage_trouble(None)
            self._follow_up(recording)

    def _follow_up(self, recording: Recording) -> None:
        """Go on to the next card when one is recorded or given up."""
        if recording is self._card_recording:
            self._card_recording = None
            self.answer_next_card()

    @on(WorkerReported)
    def handle_report(self, message: WorkerReported) -> None:
        """Show what became of a call, unless the screen is gone meanwhile."""
        if not self._board.is_running:
            return
        match message.report:
            case RecordingEnded(recording=recording, result=result, trouble=trouble):
                self._end_recording(recording, result, trouble)
            case StorageProbed(ready=ready):
                self._end_probe(ready=ready)
            case ClockChecked(trusted=trusted):
                self._clock_trusted = trusted
                self._update_bars()
            case RefusalsChecked(nonsense=nonsense, trouble=trouble):
                self._end_check_of_refusals(nonsense, trouble)
            case ServiceFailed(error=error):
                raise error

    def _end_recording(self, recording: Recording, result: TapResult | None, trouble: Exception | None) -> None:
        recording.ended = True
        self._show_outcome(recording, result, trouble)
        self._follow_up(recording)

    def _show_outcome(self, recording: Recording, result: TapResult | None, trouble: Exception | None) -> None:
        if result is None:
            if not recording.given_up:
                self._handle_storage_trouble(trouble)
            return
        if recording.given_up:
            LOG.warning(ScreenText.TAP_WRITTEN_LATE)
        if self._watchdog:
            self._watchdog.record_probe(ready=True)
        self._cannot_write = False
        if not recording.quiet and (recording is self._newest or not recording.given_up):
            self._show_result(result)
        elif self._result_timer is None:
            self._show_condition_or_idle()

    def _end_probe(self, *, ready: bool) -> None:
        if self._watchdog:
            self._watchdog.record_probe(ready=ready)
        if ready and self._cannot_write:
            self._cannot_write = False
            self._show_condition_or_idle()

    def _end_check_of_refusals(self, nonsense: tuple[str, ...] | None, trouble: Exception | None) -> None:
        if nonsense is None:
            self._handle_storage_trouble(trouble)
            return
        for name in set(nonsense).difference(self._conditions.nonsense):
            LOG.warning("%s", ScreenText.READER_NONSENSE.fill(name=name))
        self._conditions.nonsense = nonsense
        self._update_bars()

    # --- What is shown ---

    def _show_result(self, result: TapResult) -> None:
        self._board.show(build_notice(result))
        self._stop(self._result_timer)
        self._result_timer = self.set_timer(self._options.result_seconds, self._show_condition_or_idle)

    def _handle_storage_trouble(self, trouble: Exception | None) -> None:
        LOG.error(ScreenText.TAP_NOT_WRITTEN, exc_info=trouble)
        self._cannot_write = True
        self._show_condition_or_idle()

    def _show_condition_or_idle(self) -> None:
        """Show the trouble that lasts, or the idle screen."""
        self._stop(self._result_timer)
        self._result_timer = None
        if self._cannot_write:
            self._board.show(build_condition_notice("storage_trouble"))
        elif self._conditions.all_lost:
            self._board.show(build_condition_notice("reader_lost", self._conditions.lost))
        else:
            self._board.show_idle()

    def _update_conditions(self) -> None:
        self._update_bars()
        if self._result_timer is None:
            self._show_condition_or_idle()

    def _update_bars(self) -> None:
        """Show the bars about the readers and the clock."""
        self._board.show_bars(reader=self._conditions.build_bar(), clock=build_clock_bar(trusted=self._clock_trusted))

    @staticmethod
    def _stop(timer: Timer | None) -> None:
        if timer is not None:
            timer.stop()

    # --- A bug ---

    @override
    def report_fault(self, error: Exception) -> None:
        LOG.critical(ScreenText.ENDS_BY_BUG, exc_info=error)
