"""The thread that calls the service of the entrance, so that the screen waits for no disk and no other program.

The rule: one call after the other, in the order of the cards. A card that is not in the log after a second is given up:
the screen says "sign on paper", and it is not written later, when its owner may have tapped again.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from time import monotonic

from devices.readers.reader_thread import seconds_since_boot
from kiosk.entrance.service import EntranceService, StorageTrouble, TapResult
from kiosk.joined_home.hub_trouble import HubTrouble

LOG = logging.getLogger(__name__)
LOG.addHandler(logging.NullHandler())  # without it, Python writes warnings over the screen

RECORD_SECONDS = 1.0
"""Seconds after which a card that is not in the log is given up, and for which a call waits for other writers."""
JOIN_SECONDS = 2.0
"""Seconds for which the end of the program waits for a running call."""


@dataclass(eq=False)
class Recording:
    """A card, or a presentation that gave none, on its way into the log."""

    record: Callable[[], TapResult]
    until: float
    """When it is given up, by `time.monotonic`."""
    given_up: bool = False
    """The screen has said that it is not recorded."""
    ended: bool = False
    """The worker has answered."""
    quiet: bool = False
    """Its result is not shown: it comes from a reader that sends nonsense, and no person waits for it."""


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """A recording is in the log, or is not and will not be."""

    recording: Recording
    result: TapResult | None
    """None where nothing was written."""
    trouble: StorageTrouble | None = None


@dataclass(frozen=True, slots=True)
class StorageProbed:
    """Whether the log can be written now."""

    ready: bool


@dataclass(frozen=True, slots=True)
class ClockChecked:
    """Whether the machine's clock is trusted now, and how the hub is."""

    trusted: bool
    hub_trouble: HubTrouble | None = None
    """What is wrong between this kiosk and its hub."""


@dataclass(frozen=True, slots=True)
class RefusalsChecked:
    """Refusals of unknown or unreadable cards were counted, and recorded as far as they were due."""

    nonsense: tuple[str, ...] | None
    """The readers that send nonsense; None where nothing could be written."""
    trouble: StorageTrouble | None = None


@dataclass(frozen=True, slots=True)
class ServiceFailed:
    """A bug of the service: it ends the entrance."""

    error: Exception


WorkerReport = RecordingEnded | StorageProbed | ClockChecked | RefusalsChecked | ServiceFailed


class StorageWorker:
    """Calls a service in one thread and reports what came of each call.

    Args:
        service: what is called, from this thread only.
        report: takes a report, from the worker's thread, and does not block.
    """

    def __init__(self, service: EntranceService, report: Callable[[WorkerReport], object]) -> None:
        self._service = service
        self._report = report
        self._calls: SimpleQueue[Callable[[], WorkerReport | None] | None] = SimpleQueue()
        self._waiting: set[str] = set()
        self._thread = Thread(target=self._run, name="storage", daemon=True)
        self.busy_since: float | None = None
        """When the running call began, in seconds since the machine was booted; None where none is running."""

    def start(self) -> None:
        """Begin to call."""
        self._thread.start()

    def stop(self) -> None:
        """End behind the calls that wait, or after two seconds. May be called twice, and before `start`."""
        self._calls.put(None)
        if self._thread.is_alive():
            self._thread.join(JOIN_SECONDS)

    @property
    def is_idle(self) -> bool:
        """Whether no call is running or waits."""
        return self.busy_since is None and self._calls.empty()

    def record(self, record: Callable[[], TapResult]) -> Recording:
        """Call `record` next, unless its second has passed by then."""
        recording = Recording(record, monotonic() + RECORD_SECONDS)
        self._calls.put(lambda: self._write(recording))
        return recording

    def probe_storage(self) -> None:
        """Find out whether the log can be written; one such call waits at most."""
        self._call_once("probe", self._probe)

    def check_clock(self) -> None:
        """Find out whether the clock is trusted, and how the hub is; one such call waits at most."""
        service = self._service
        self._call_once("clock", lambda: ClockChecked(service.is_clock_trusted(), service.find_hub_trouble()))

    def read_ahead(self) -> None:
        """Have the next cards read ahead; one such call waits at most, and nothing is reported of it."""
        self._call_once("ahead", self._service.read_ahead)

    def check_refusals(self, take_unanswered: Callable[[], Mapping[str, int]]) -> None:
        """Have refusals summed; the call asks how many cards of each reader got no answer. One waits at most."""
        self._call_once("refusals", lambda: self._check_refusals(take_unanswered))

    # --- In the worker's thread ---

    def _call_once(self, name: str, call: Callable[[], WorkerReport | None]) -> None:
        if name not in self._waiting:
            self._waiting.add(name)
            self._calls.put(lambda: self._call_waiting(name, call))

    def _call_waiting(self, name: str, call: Callable[[], WorkerReport | None]) -> WorkerReport | None:
        self._service.limit_wait(RECORD_SECONDS)
        try:
            return call()
        finally:
            self._waiting.discard(name)

    def _probe(self) -> WorkerReport:
        try:
            return StorageProbed(self._service.is_storage_ready())
        except Exception:
            LOG.exception("the store cannot be asked")
            return StorageProbed(ready=False)

    def _check_refusals(self, take_unanswered: Callable[[], Mapping[str, int]]) -> WorkerReport:
        try:
            return RefusalsChecked(self._service.check_refusals(take_unanswered()))
        except StorageTrouble as trouble:
            return RefusalsChecked(None, trouble)

    def _write(self, recording: Recording) -> WorkerReport:
        seconds = recording.until - monotonic()
        if recording.given_up or seconds <= 0:
            return RecordingEnded(recording, None)
        self._service.limit_wait(seconds)
        try:
            return RecordingEnded(recording, recording.record())
        except StorageTrouble as trouble:
            return RecordingEnded(recording, None, trouble)

    def _run(self) -> None:
        while call := self._calls.get():
            self.busy_since = seconds_since_boot()
            try:
                report = call()
            except Exception as error:  # noqa: BLE001 - the screen's thread ends the program with it
                report = ServiceFailed(error)
            if report is not None:
                self._report(report)
            self.busy_since = None
