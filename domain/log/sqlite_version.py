"""Which SQLite this Python has, and whether it is one that can spoil a WAL.

Source: SQLite's notes on the WAL-reset bug: 3.7.0 to 3.51.2, mended in 3.51.3, and for older series in 3.50.7 and
3.44.6. It takes two connections that write or checkpoint at the same instant, which our writer's lock rules out.
"""

import sqlite3

SQLITE = sqlite3.sqlite_version
"""Its version, as it says itself."""
_MENDED = (3, 51, 3)
_MENDED_SERIES = {(3, 44): 6, (3, 50): 7}
"""Older series that got the repair, and from which of their releases on."""


def can_corrupt_wal(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Whether this version has the fault. Where it has, the log rests on the writer's lock."""
    major, minor, release = version
    mended_from = _MENDED_SERIES.get((major, minor))
    if mended_from is not None:
        return release < mended_from
    return version < _MENDED
