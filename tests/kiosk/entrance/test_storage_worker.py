"""The screen never waits for the storage; a card that is not in the log within a second is given up for good."""

from collections.abc import Callable, Iterator
from queue import Queue
from threading import Event
from time import monotonic

import pytest

from devices.protocols.decoder import CardNumber
from devices.readers.events import CardPresented
from devices.readers.pending_cards import LONGEST_QUEUE
from kiosk.entrance.service import StorageTrouble, TapResult
from kiosk.entrance.storage_worker import (
    RECORD_SECONDS,
    ClockChecked,
    RecordingEnded,
    RefusalsChecked,
    ServiceFailed,
    StorageProbed,
    StorageWorker,
    WorkerReport,
)
from kiosk.words.volunteer_words import ResultState
from tests.kiosk.entrance.app_harness import (
    ANN,
    ANNS_CARD,
    AT,
    BEN,
    BENS_CARD,
    ScriptedService,
    async_test,
    open_entrance,
)
from tests.support.waiting import TIMEOUT_SECONDS


class WaitingService(ScriptedService):
    """A service whose writes end when the test lets them."""

    def __init__(self) -> None:
        super().__init__()
        self.may_write = Event()
        self.waits: list[float] = []

    def limit_wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    def wait(self) -> None:
        assert self.may_write.wait(TIMEOUT_SECONDS)


class WorkerHarness:
    """A worker, and its reports in order."""

    def __init__(self) -> None:
        self.service = WaitingService()
        self.reports: Queue[WorkerReport] = Queue()
        self.worker = StorageWorker(self.service, self.reports.put)
        self.worker.start()

    def next_report(self) -> WorkerReport:
        return self.reports.get(timeout=TIMEOUT_SECONDS)

    def write(self, result: TapResult) -> Callable[[], TapResult]:
        def record() -> TapResult:
            self.service.wait()
            return result

        return record


@pytest.fixture
def harness() -> Iterator[WorkerHarness]:
    harness = WorkerHarness()
    yield harness
    harness.service.may_write.set()
    harness.worker.stop()


def test_cards_are_written_in_their_order(harness: WorkerHarness) -> None:
    harness.service.may_write.set()
    first, second = (harness.worker.record(harness.write(result)) for result in (ANN, BEN))
    assert harness.next_report() == RecordingEnded(first, ANN)
    assert harness.next_report() == RecordingEnded(second, BEN)


def test_a_card_that_waited_its_second_is_not_written_any_more(harness: WorkerHarness) -> None:
    first, second = (harness.worker.record(harness.write(result)) for result in (ANN, BEN))
    second.until = monotonic()
    harness.service.may_write.set()
    assert harness.next_report() == RecordingEnded(first, ANN)
    assert harness.next_report() == RecordingEnded(second, None)


def test_a_card_that_the_screen_gave_up_is_not_written_any_more(harness: WorkerHarness) -> None:
    first, second = (harness.worker.record(harness.write(result)) for result in (ANN, BEN))
    second.given_up = True
    harness.service.may_write.set()
    assert [harness.next_report(), harness.next_report()] == [RecordingEnded(first, ANN), RecordingEnded(second, None)]


def test_a_write_waits_for_other_programs_for_what_is_left_of_its_second(harness: WorkerHarness) -> None:
    harness.service.may_write.set()
    harness.worker.record(harness.write(ANN))
    harness.next_report()
    (seconds,) = harness.service.waits
    assert 0 < seconds <= RECORD_SECONDS


def test_what_cannot_be_written_is_reported_with_its_reason(harness: WorkerHarness) -> None:
    trouble = StorageTrouble()

    def record() -> TapResult:
        raise trouble

    recording = harness.worker.record(record)
    assert harness.next_report() == RecordingEnded(recording, None, trouble)


def test_a_question_is_asked_once_however_often_the_screen_ticks(harness: WorkerHarness) -> None:
    harness.worker.record(harness.write(ANN))
    for _ in range(5):
        harness.worker.probe_storage()
        harness.worker.check_clock()
    harness.service.may_write.set()
    harness.next_report()
    assert [harness.next_report(), harness.next_report()] == [StorageProbed(ready=True), ClockChecked(trusted=True)]
    harness.worker.stop()
    assert harness.reports.empty()


def test_of_cards_that_are_read_ahead_nothing_is_reported(harness: WorkerHarness) -> None:
    harness.service.may_write.set()
    harness.worker.read_ahead()
    harness.worker.probe_storage()
    assert harness.next_report() == StorageProbed(ready=True)
    harness.worker.stop()
    assert harness.reports.empty()


def test_a_bug_of_the_service_is_handed_to_the_screen(harness: WorkerHarness) -> None:
    bug = ValueError()

    def record() -> TapResult:
        raise bug

    harness.worker.record(record)
    assert harness.next_report() == ServiceFailed(bug)


def test_a_bug_in_the_question_whether_it_can_be_written_is_a_no(harness: WorkerHarness) -> None:
    def fail() -> bool:
        raise ValueError

    harness.service.is_storage_ready = fail  # type: ignore[method-assign]
    harness.worker.probe_storage()
    assert harness.next_report() == StorageProbed(ready=False)


def test_a_call_that_runs_says_since_when(harness: WorkerHarness) -> None:
    assert harness.worker.is_idle
    harness.worker.record(harness.write(ANN))
    harness.worker.record(harness.write(BEN))
    assert not harness.worker.is_idle
    harness.service.may_write.set()
    harness.next_report()
    harness.next_report()
    harness.worker.stop()
    assert harness.worker.busy_since is None


def test_the_readers_that_send_nonsense_are_reported(harness: WorkerHarness) -> None:
    harness.service.nonsense = ("side",)
    harness.worker.check_refusals(lambda: {"door": 7})
    assert harness.next_report() == RefusalsChecked(("side",))
    assert harness.service.calls == ["7 unanswered at door"]


def test_refusals_that_cannot_be_recorded_are_a_trouble_of_the_storage(harness: WorkerHarness) -> None:
    trouble = StorageTrouble()

    def fail(_: object) -> tuple[str, ...]:
        raise trouble

    harness.service.check_refusals = fail  # type: ignore[method-assign]
    harness.worker.check_refusals(dict)
    assert harness.next_report() == RefusalsChecked(None, trouble)


# --- On the screen ---


class SlowService(ScriptedService):
    """A service whose writes hang until the test lets them go."""

    def __init__(self) -> None:
        super().__init__()
        self.may_write = Event()
        self.on_answer = lambda: self.may_write.wait(TIMEOUT_SECONDS)


@async_test
async def test_while_a_write_hangs_the_screen_goes_on_and_everybody_who_waits_is_asked_to_sign() -> None:
    service = SlowService()
    async with open_entrance(service=service) as entrance:
        entrance.app.receive_event(CardPresented(ANNS_CARD, "door", AT))
        entrance.app.receive_event(CardPresented(BENS_CARD, "door", AT))
        await entrance.wait_until(lambda: entrance.state == "storage_trouble", "nothing was said")
        service.may_write.set()
        await entrance.wait_until(lambda: entrance.state != "storage_trouble", "it did not recover")
        assert service.calls == ["A:…AE7 at door"], "a card that was given up is not written later"


@async_test
async def test_the_sum_of_refusals_that_cannot_be_written_asks_to_sign_until_the_storage_works_again() -> None:
    service = ScriptedService()

    def fail(_: object) -> tuple[str, ...]:
        raise StorageTrouble

    service.storage_works, service.check_refusals = False, fail  # type: ignore[method-assign]
    async with open_entrance(service=service) as entrance:
        await entrance.wait_until(lambda: entrance.state == "storage_trouble", "nothing was said")
        service.storage_works, service.check_refusals = True, lambda _: ()  # type: ignore[method-assign]
        await entrance.wait_until(lambda: entrance.state == "idle", "it did not recover")


@async_test
async def test_cards_without_an_answer_are_counted_when_the_entrance_ends_at_once() -> None:
    service = ScriptedService()
    async with open_entrance(service=service) as entrance:
        for _ in range(LONGEST_QUEUE + 44):
            entrance.app.receive_event(CardPresented(ANNS_CARD, "door", AT))
    unanswered = [int(call.split()[0]) for call in service.calls if "unanswered" in call]
    answered = service.calls.count("A:…AE7 at door")
    assert (answered + sum(unanswered), sum(unanswered) >= 44) == (LONGEST_QUEUE + 44, True)


@pytest.mark.parametrize(("card", "state"), [(ANNS_CARD, "checked_in"), (BENS_CARD, "checked_out")])
@async_test
async def test_a_card_that_is_written_after_all_is_shown(card: CardNumber, state: ResultState) -> None:
    service = SlowService()
    async with open_entrance(service=service) as entrance:
        entrance.app.receive_event(CardPresented(card, "door", AT))
        await entrance.wait_until(lambda: entrance.state == "storage_trouble", "nothing was said")
        service.may_write.set()
        await entrance.wait_until(lambda: entrance.state == state, "the truth was not shown")
