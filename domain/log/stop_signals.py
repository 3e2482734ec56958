"""Signals that stop a process (Ctrl-Z, a background program at its terminal), held back while a lock is held.

Rule: a process is never stopped by its terminal inside the writer's lock: every tap would wait for it. The signal stays
pending and takes effect after the lock. SIGSTOP cannot be held back; a process that it stops is named by `LogBusy`.
"""

import signal

STOP_SIGNALS = frozenset({signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU})
SignalMask = set[int | signal.Signals]
"""Signals that a thread holds back; of some the number alone is known."""


def block_stop_signals() -> SignalMask:
    """Hold them back in this thread from now on; the signals that were held back before."""
    return signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)


def restore_signals(blocked: SignalMask) -> None:
    """Hold back these and no others; a stop that is pending takes effect."""
    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
