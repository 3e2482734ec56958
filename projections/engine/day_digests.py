"""A digest of each volunteer-day in the views: written with the rows that it covers, compared before they are read.

Rule: it finds rows that were changed, put in or taken out behind the program's back, and days that come out as they
stand. Who can write the file can write the digest as well, whatever it is; therefore it is a cheap one, CRC-32 beside
Adler-32, and the night settles nothing by it.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from zlib import adler32, crc32

import msgspec

VolunteerDay = tuple[int, int]
"""A volunteer and a service day."""
Run = tuple[int, int, int]
"""A volunteer and the first and last of the service days to be evaluated together."""
StoredRows = list[tuple[Any, ...]]
"""Rows of a table as it holds them: volunteer and day come first."""
DayRows = tuple[StoredRows, StoredRows, StoredRows]
"""Those of a volunteer-day, table by table."""
TABLES = ("visits", "duties", "earned")
"""What is evaluated of a volunteer-day, and covered by its digest."""
FEW_DAYS = 31
"""So many days are looked up by day, more of them by volunteer."""
VOLUNTEERS_AT_ONCE = 100
"""Volunteers whose whole history is compared at once: bounds the memory."""
NO_ROWS: DayRows = ([], [], [])
DAY_BITS = 22
"""Bits of a service day in a cell; the last day of the calendar has 22."""
DAY_MASK = (1 << DAY_BITS) - 1
"""What of a cell is its day; the rest is its volunteer."""

_ENCODE = msgspec.msgpack.Encoder().encode


def build_cell(key: int, day: int) -> int:
    """A volunteer-day as one integer, in the order of volunteer and day."""
    return key << DAY_BITS | day


def compute_day_digest(volunteer: bytes, rows: DayRows) -> int:
    """The digest of the rows of a volunteer-day; the order within a table does not matter."""
    visits, duties, earned = rows
    if len(visits) > 1 or len(duties) > 1 or len(earned) > 1:
        for table in rows:
            table.sort(key=_get_row_key)
    encoded = _ENCODE((volunteer, visits, duties, earned))
    return crc32(encoded) << 31 ^ adler32(encoded)


def _get_row_key(row: tuple[Any, ...]) -> tuple[Any, Any]:
    return row[2], row[3]


def split_days(run: Run, rows: DayRows) -> Iterator[tuple[int, DayRows]]:
    """The rows of days that were evaluated together, cell by cell; a day without rows is left out."""
    key, first, last = run
    if first == last:
        if any(rows):
            yield build_cell(key, first), rows
        return
    visits, duties, earned = rows
    for day in range(first, last + 1):
        of_day = (_filter_day(visits, day), _filter_day(duties, day), _filter_day(earned, day))
        if any(of_day):
            yield build_cell(key, day), of_day


def _filter_day(rows: StoredRows, day: int) -> StoredRows:
    return [row for row in rows if row[1] == day]


# --- Comparing ---


def are_days_intact(db: sqlite3.Connection, first: int, last: int, volunteer: int | None = None) -> bool:
    """Whether all rows of some days, of one volunteer or of all, are those that were evaluated."""
    ids: dict[int, bytes] = dict(db.execute("SELECT key, volunteer FROM people"))
    if volunteer is not None:
        return _is_range_intact(db, ids, f"volunteer = {volunteer:d}", (first, last))
    if last - first < FEW_DAYS:
        return _is_range_intact(db, ids, "true", (first, last))
    return all(_is_range_intact(db, ids, condition, (first, last)) for condition in _list_volunteer_ranges(db))


def _list_volunteer_ranges(db: sqlite3.Connection) -> Iterator[str]:
    (last,) = db.execute("SELECT coalesce(max(key), 0) FROM people").fetchone()
    for key in range(1, last + 1, VOLUNTEERS_AT_ONCE):
        yield f"volunteer BETWEEN {key:d} AND {key + VOLUNTEERS_AT_ONCE - 1:d}"
    yield f"volunteer NOT BETWEEN 1 AND {last:d}"


def _is_range_intact(db: sqlite3.Connection, ids: dict[int, bytes], whose: str, days: tuple[int, int]) -> bool:
    cells = defaultdict[VolunteerDay, DayRows](lambda: ([], [], []))
    for number, table in enumerate(TABLES):
        for row in db.execute(f"SELECT * FROM {table} WHERE {whose} AND day BETWEEN ? AND ?", days):
            cells[row[0], row[1]][number].append(row)
    found: dict[int, int] = dict(db.execute(_DIGESTS.format(whose=whose), days))
    return found == {
        build_cell(key, day): compute_day_digest(ids.get(key, b""), rows) for (key, day), rows in cells.items()
    }


_DIGESTS = f"""
SELECT volunteer << {DAY_BITS} | day, digest FROM (SELECT key FROM people WHERE key > 0) CROSS JOIN digests
ON volunteer = key AND day BETWEEN ? AND ? WHERE {{whose}}
"""
"""Volunteer by volunteer: the cost is that of so many people, not of their history."""
