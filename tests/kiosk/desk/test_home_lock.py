"""The desk ends while threads of its requests still ask the home: the one inside is waited for, the others get none."""

from threading import Event, Thread

import pytest

from kiosk.desk.home_access import HomeIsClosed, HomeLock


def test_a_thread_that_asks_is_waited_for_and_no_other_comes_in() -> None:
    lock, entered, may_leave, log = HomeLock(), Event(), Event(), list[str]()

    def ask() -> None:
        with lock, lock:  # entered again by the thread that is inside
            entered.set()
            may_leave.wait(10)
            log.append("asked")

    def close() -> None:
        lock.close()
        log.append("closed")

    asking, closing = Thread(target=ask), Thread(target=close)
    asking.start()
    assert entered.wait(10)
    closing.start()
    may_leave.set()
    for thread in (asking, closing):
        thread.join(10)
    assert log == ["asked", "closed"]
    with pytest.raises(HomeIsClosed), lock:
        log.append("asked a closed home")
    assert len(log) == 2
