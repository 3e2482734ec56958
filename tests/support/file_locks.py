"""Whether a process has SQLite's lock on a database, as another process finds it."""

import subprocess
import sys
from pathlib import Path

ASK = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+b'), fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)"
"""Refused where any process holds the bytes that SQLite locks to read (SHARED_FIRST and SHARED_SIZE of its os.h)."""


def is_locked(database: Path) -> bool:
    """Whether any process holds it."""
    asked = subprocess.run([sys.executable, "-c", ASK, database], check=False, stderr=subprocess.DEVNULL)
    return asked.returncode != 0
