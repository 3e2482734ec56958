"""Signals that stop a process (Ctrl-Z, a background program at its terminal), held back while a lock is held.

Rule: a process is never stopped by its terminal inside the writer's lock: every tap would wait for it. The signal stays
pending and takes effect after the lock. SIGSTOP cannot be held back; a process that it stops is named by `LogBusy`.
"""

import _signal  # pyright: ignore[reportMissingImports] - the part of `signal` that is written in C
import signal
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import cast

STOP_SIGNALS = frozenset({signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU})
_set_mask = cast("Callable[[int, AbstractSet[int]], AbstractSet[int]]", _signal.pthread_sigmask)
"""`signal.pthread_sigmask` without the enumeration that it makes of each number, at every tap."""


def block_stop_signals() -> AbstractSet[int]:
    """Hold them back in this thread from now on; the numbers of the signals that were held back before."""
    return _set_mask(signal.SIG_BLOCK, STOP_SIGNALS)


def restore_signals(blocked: AbstractSet[int]) -> None:
    """Hold back these and no others; a stop that is pending takes effect."""
    _set_mask(signal.SIG_SETMASK, blocked)
