"""The entrance as a program: reader events come in, notices are shown, and as a service no key ends it.

The rule: success is shown after it is written, never before; the screen's thread waits for no disk; and a bug ends the
program, so that its supervisor starts it again, without personal data left on the monitor.
"""

import logging
import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer
from typing_extensions import override

from devices.faults import FrameFault
from devices.readers.events import CardLeft, CardPresented, InputUnreadable, ReaderEvent, ReaderLost, ReaderReady
from kiosk.entrance.card_requests import CardRequests
from kiosk.entrance.display import EntranceDisplay
from kiosk.entrance.messages import CardsWaiting, IssuingChanged, ReaderEventReceived, WorkerReported
from kiosk.entrance.reader_conditions import ReaderConditions
from kiosk.entrance.recording_queue import RecordingQueue
from kiosk.entrance.screen import EntranceScreen
from kiosk.entrance.service import TICK_SECONDS, EntranceOptions, EntranceService, Reader, ReaderFactory, TapResult
from kiosk.entrance.storage_worker import (
    ClockChecked,
    Recording,
    RecordingEnded,
    RefusalsChecked,
    ServiceFailed,
    StorageProbed,
    StorageWorker,
)
from kiosk.entrance.tones import ToneName
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
        play: plays a tone, and is not waited for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+c", "leave")]
    CSS_PATH = Path(__file__).with_name("entrance.tcss")  # whole, so that a subclass elsewhere finds it

    def __init__(
        self,
        service: EntranceService,
        readers: Sequence[ReaderFactory],
        options: EntranceOptions,
        play: Callable[[ToneName], object] = lambda _: None,
    ) -> None:
        super().__init__()
        self._service = service
        self._options = options
        self._board = EntranceScreen(options)
        self._readers: list[Reader] = [make(self.receive_event) for make in readers]
        names = [reader.name for reader in self._readers]
        self._conditions = ReaderConditions(names)
        self._entrance_display = EntranceDisplay(self._board, self._conditions, options, self.set_timer, play)
        self.card_requests = CardRequests(names, lambda issuing: self.post_message(IssuingChanged(issuing)))
        """Takes the reads for which a program that issues a card has asked."""
        self._worker = StorageWorker(service, lambda report: self.post_message(WorkerReported(report)))
        self._recordings = RecordingQueue(
            self._worker, lambda: self.post_message(CardsWaiting()), self.set_timer, self._handle_unanswered
        )
        self._noise_timer: Timer | None = None
        self._card_at = -math.inf
        self._watchdog: Watchdog | None = None

    def attach_supervisor(self, supervisor: Supervisor) -> None:
        """Report to this supervisor from now on that the entrance works, or which part hangs."""
        self._watchdog = Watchdog(supervisor)

    @property
    def is_storing(self) -> bool:
        """Whether a card waits or is on its way into the log, or a question to the storage is open."""
        return not (self._worker.is_idle and self._recordings.is_empty)

    def get_default_screen(self) -> EntranceScreen:
        """The only screen there is."""
        return self._board

    def receive_event(self, event: ReaderEvent) -> None:
        """Take an event from any thread."""
        if not self.is_running or self.card_requests.take(event):
            return
        if isinstance(event, CardPresented):
            self._recordings.put(event)
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
        """Stop the readers and the storage worker, which counts last what got no answer."""
        if self._watchdog:
            self._watchdog.report_stopping()
        for reader in self._readers:
            reader.stop()
        self._recordings.give_up_all()
        self._check_refusals()
        self._worker.stop()

    def _tick(self) -> None:
        """Once a second, check readers, clock and storage, and report to the watchdog."""
        for reader in self._readers:
            if not reader.running:
                raise ReaderEnded(reader.name)
        self._board.show_time(self._service.now())
        self._worker.check_clock()
        self._check_refusals()
        self._worker.read_ahead()
        if self._entrance_display.cannot_write or (self._watchdog and self._watchdog.is_probe_due()):
            self._worker.probe_storage()
        if self._watchdog:
            readers = {reader.name: reader.heartbeat for reader in self._readers}
            self._watchdog.tick(Heartbeats(readers, self._worker.busy_since), self._list_troubles())

    def _check_refusals(self) -> None:
        if not self._entrance_display.cannot_write:
            self._worker.check_refusals(self._recordings.take_unanswered)

    def _list_troubles(self) -> list[str]:
        """Faults in spite of which the entrance goes on, for an administrator."""
        unwritten = [ScreenText.TAPS_NOT_WRITTEN] if self._entrance_display.cannot_write else []
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
                self._entrance_display.record_condition(event)
            case CardPresented():
                pass  # waits in its queue

    @on(CardsWaiting)
    def answer_next_card(self) -> None:
        """Have the next card recorded, unless one is on its way: then it follows that one."""
        if self._recordings.record_next(self._record_tap):
            self._note_good_read()

    def _record_tap(self, presented: CardPresented) -> TapResult:
        """In the worker's thread."""
        return self._service.record_tap(presented.card, presented.reader, presented.read_at)

    @on(IssuingChanged)
    def show_issuing(self, message: IssuingChanged) -> None:
        """Show whose card is being issued; its reader repeats a card soon, for it is to be held twice."""
        self._note_good_read()
        for reader in self._readers:
            reader.allow_quick_repeat(allowed=message.issuing is not None and message.issuing.reader == reader.name)
        if self._board.is_running:
            self._entrance_display.show_issuing(message.issuing)

    def _note_good_read(self) -> None:
        self._card_at = time.monotonic()
        self._stop(self._noise_timer)

    def _debounce_unreadable(self, unreadable: InputUnreadable) -> None:
        """Show an unreadable frame only where no good read of a card is near: a card that moves gives both."""
        if time.monotonic() - self._card_at < self._options.noise_seconds:
            return
        self._stop(self._noise_timer)
        self._noise_timer = self.set_timer(self._options.noise_seconds, partial(self._handle_unreadable, unreadable))

    def _handle_unreadable(self, unreadable: InputUnreadable) -> None:
        foreign = unreadable.fault.code is FrameFault.CODE_TOO_LONG
        record = partial(self._service.record_unreadable, unreadable.reader, foreign=foreign)
        self._recordings.record(record, quiet=unreadable.reader in self._conditions.nonsense)

    # --- What the storage worker reports ---

    def _handle_unanswered(self, recording: Recording) -> None:
        """Say after a second without an answer that nothing is recorded."""
        self._handle_storage_trouble(None, at_tap=not recording.quiet)

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
            case ClockChecked(trusted=trusted, hub_trouble=hub_trouble):
                self._entrance_display.show_clock_and_hub(hub_trouble, trusted=trusted)
            case RefusalsChecked(nonsense=nonsense, trouble=trouble):
                self._end_check_of_refusals(nonsense, trouble)
            case ServiceFailed(error=error):
                raise error

    def _end_recording(self, recording: Recording, result: TapResult | None, trouble: Exception | None) -> None:
        if result is not None:
            self._show_outcome(recording, result)
        elif not recording.given_up:
            self._handle_storage_trouble(trouble, at_tap=not recording.quiet)
        self._recordings.end(recording)

    def _show_outcome(self, recording: Recording, result: TapResult) -> None:
        if recording.given_up:
            LOG.warning(ScreenText.TAP_WRITTEN_LATE)
        if self._watchdog:
            self._watchdog.record_probe(ready=True)
        self._entrance_display.cannot_write = False
        if self._recordings.is_shown(recording):
            self._entrance_display.show_result(result)
        else:
            self._entrance_display.end_unshown_result()

    def _end_probe(self, *, ready: bool) -> None:
        if self._watchdog:
            self._watchdog.record_probe(ready=ready)
        if ready:
            self._entrance_display.end_storage_trouble()

    def _end_check_of_refusals(self, nonsense: tuple[str, ...] | None, trouble: Exception | None) -> None:
        if nonsense is None:
            self._handle_storage_trouble(trouble, at_tap=False)
            return
        for name in set(nonsense).difference(self._conditions.nonsense):
            LOG.warning("%s", ScreenText.READER_NONSENSE.fill(name=name))
        self._conditions.nonsense = nonsense
        self._entrance_display.show_bars()

    def _handle_storage_trouble(self, trouble: Exception | None, *, at_tap: bool) -> None:
        LOG.error(ScreenText.TAP_NOT_WRITTEN, exc_info=trouble)
        self._entrance_display.show_storage_trouble(at_tap=at_tap)

    @staticmethod
    def _stop(timer: Timer | None) -> None:
        if timer is not None:
            timer.stop()

    # --- Leaving ---

    def action_leave(self) -> None:
        """End on a second Ctrl+C, which the screen asks for after the first; as a service do nothing."""
        if self._watchdog is not None:
            return
        if self._entrance_display.asks_to_leave_again:
            self.exit()
        else:
            self._entrance_display.ask_to_leave_again()

    # --- A bug ---

    @override
    def report_fault(self, error: Exception) -> None:
        LOG.critical(ScreenText.ENDS_BY_BUG, exc_info=error)
