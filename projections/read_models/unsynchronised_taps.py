"""Read model: taps on an unsynchronised clock: what it showed, when they count, and which of them wait."""

from collections.abc import Iterator
from typing import NamedTuple

from domain.spans import Second
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_numbers


class UnsynchronisedTap(NamedTuple):
    """One of them."""

    position: int
    shown: Second
    """What the clock showed."""
    at: Second
    """When it counts: the same until a correction says otherwise."""
    boot: str
    put_right_by: int | None
    """The event that says by how much the clock was wrong; None while the tap waits for one."""

    @property
    def seconds_behind(self) -> int:
        """By how many seconds the clock was behind; less than 0 where it was ahead."""
        return self.at - self.shown


class WaitingClock(NamedTuple):
    """A boot session of a kiosk with taps that wait."""

    kiosk: str
    boot: str
    taps: int
    first: Second
    """As the clock showed them."""
    last: Second
    positions: list[int]
    """Of the taps, in the order of the log."""


def list_unsynchronised_taps(
    views: RowSource, volunteer: int, day: int, span: tuple[Second, Second]
) -> Iterator[UnsynchronisedTap]:
    """A volunteer's (a key in the views) that count on a service day, or that the clock showed on it: `span`."""
    yield from (UnsynchronisedTap(*row) for row in views.rows(_OF_A_DAY, (volunteer, day, *span)))


def list_waiting_clocks(views: RowSource, volunteer: int | None = None) -> Iterator[WaitingClock]:
    """Those with taps that wait, of anybody or of one volunteer (a key in the views); refused taps are among them."""
    return _list_clocks(views, _WAITING, volunteer)


def list_clocks_ahead(views: RowSource, now: Second) -> Iterator[WaitingClock]:
    """Sessions on a synchronised clock with taps later than now: that clock was ahead, or this one is behind."""
    return _list_clocks(views, _AHEAD, now)


def _list_clocks(views: RowSource, query: str, value: int | None) -> Iterator[WaitingClock]:
    for kiosk, boot, taps, first, last, positions in views.rows(query, (value,)):
        yield WaitingClock(kiosk, boot, taps, first, last, sorted(read_numbers(positions)))


_AHEAD = """
SELECT b.kiosk, b.boot, count(*), min(t.at), max(t.at), json_group_array(t.position)
FROM taps t JOIN boots b ON b.key = t.boot
WHERE t.at > ? AND t.position NOT IN (SELECT position FROM unsure) GROUP BY b.key ORDER BY min(t.position)
"""
_OF_A_DAY = """
SELECT position, shown, at, boot, put_right_by FROM unsure
WHERE volunteer = ?1 AND (day = ?2 OR (shown >= ?3 AND shown < ?4)) ORDER BY at, position
"""
_WAITING = """
SELECT kiosk, boot, count(*), min(shown), max(shown), json_group_array(position) FROM unsure
WHERE put_right_by IS NULL AND (?1 IS NULL OR volunteer = ?1)
GROUP BY kiosk, boot ORDER BY min(position)
"""
