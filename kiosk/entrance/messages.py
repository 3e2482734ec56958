"""Messages of the entrance: what other threads tell the thread of the screen.

The rule: another thread posts a message and touches nothing of the screen.
"""

from textual.message import Message

from devices.readers.events import ReaderEvent
from kiosk.entrance.card_requests import Issuing
from kiosk.entrance.storage_worker import WorkerReport


class CardsWaiting(Message):
    """Cards wait for an answer."""


class ReaderEventReceived(Message):
    """An event of a reader, on its way from the reader's thread to the screen's."""

    def __init__(self, event: ReaderEvent) -> None:
        super().__init__()
        self.event = event


class IssuingChanged(Message):
    """A card is being issued at the entrance, or that is over."""

    def __init__(self, issuing: Issuing | None) -> None:
        super().__init__()
        self.issuing = issuing


class WorkerReported(Message):
    """A report of the storage worker, on its way to the screen's thread."""

    def __init__(self, report: WorkerReport) -> None:
        super().__init__()
        self.report = report
