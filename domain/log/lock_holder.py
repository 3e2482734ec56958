"""Which process holds a lock, by the kernel's list of locks.

Source: proc_locks(5), proc_pid_stat(5).
"""

import os
from pathlib import Path

LOCKS = Path("/proc/locks")
PROCESSES = Path("/proc")
STOPPED = ("T", "t")
"""States of a process that was stopped by a signal, or by a debugger."""
READINGS = 5
"""Of the list, before nobody is found in it: the kernel hands it out in pieces, and a line slips from one into another
that was read already when a lock before it is given back."""


def find_holder(status: os.stat_result) -> int | None:
    """The process that holds a lock on a file or a device; None where the list cannot be read, or does not say."""
    file = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    found = (_find_in_list(file) for _ in range(READINGS))
    return next((holder for holder in found if holder is not None), None)


def _find_in_list(file: str) -> int | None:
    try:
        lines = LOCKS.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    # 1: FLOCK  ADVISORY  WRITE 1234 fd:01:567 0 EOF; a waiter has "->" behind the number of the lock
    held = (words for words in map(str.split, lines) if file in words and "->" not in words)
    return next((int(words[4]) for words in held), None)


def is_stopped(process: int) -> bool:
    """Whether a process exists and is stopped: it does nothing until it is continued."""
    try:
        status = (PROCESSES / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] in STOPPED
