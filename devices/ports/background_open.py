"""Something that may take long, tried in a thread of its own, so that the caller can do other things meanwhile.

The rule: what comes too late is closed. (A name server was seen to take twenty seconds, a device server eleven.)
"""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import Generic, Protocol, TypeVar


class Closable(Protocol):
    """What can be opened and is closed."""

    def close(self) -> None:
        """Give it back."""
        ...


Resource = TypeVar("Resource", bound=Closable)


class BackgroundOpen(Generic[Resource]):
    """Begins to open something at once."""

    def __init__(self, open_resource: Callable[[], Resource]) -> None:
        self._outcome: Future[Resource] = Future()
        Thread(target=self._run, args=(open_resource,), name="opening", daemon=True).start()

    def has_ended(self, within: float) -> bool:
        """Whether it has succeeded or failed, after waiting at most so many seconds."""
        return bool(wait([self._outcome], within).done)

    def result(self) -> Resource:
        """What was opened; raises what opening raised."""
        return self._outcome.result()

    def abandon(self) -> None:
        """The result is not wanted any more: close what was opened or will be."""
        self._outcome.add_done_callback(_close)

    def _run(self, open_resource: Callable[[], Resource]) -> None:
        try:
            self._outcome.set_result(open_resource())
        except BaseException as failure:  # noqa: BLE001 - it is raised again where the result is asked for
            self._outcome.set_exception(failure)


def _close(outcome: Future[Resource]) -> None:
    if outcome.exception() is None:
        outcome.result().close()
