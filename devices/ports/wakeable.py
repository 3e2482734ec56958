"""Waiting for a descriptor until another thread says that it is enough.

The rule: once woken, it never waits again.
"""

import os
import select


class WakeableWait:
    """One thread waits and closes; any other may `wake`, as long as it is not closed."""

    def __init__(self) -> None:
        self._woken = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._open = True

    def wait_until_readable(self, descriptor: int, seconds: float) -> bool:
        """Whether something can be read within so many seconds; False as soon as it is woken."""
        ready, _, _ = select.select([descriptor, self._woken], [], [], seconds)
        return descriptor in ready and self._woken not in ready

    def wake(self) -> None:
        """End the wait, and every later one."""
        if self._open:
            os.eventfd_write(self._woken, 1)

    def close(self) -> None:
        """Give the descriptor back. May be called twice."""
        if self._open:
            self._open = False
            os.close(self._woken)
