"""Read model: taps on an unsynchronised clock: what it showed, when they count, and which of them wait."""

from collections.abc import Iterator
from typing import NamedTuple

from domain.spans import Second
from projections.engine.views import Views


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


def list_unsynchronised_taps(
    views: Views, volunteer: int, day: int, span: tuple[Second, Second]
) -> Iterator[UnsynchronisedTap]:
    """A volunteer's (a key in the views) that count on a service day, or that the clock showed on it: `span`."""
    yield from (UnsynchronisedTap(*row) for row in views.rows(_OF_A_DAY, (volunteer, day, *span)))


def list_waiting_clocks(views: Views) -> Iterator[WaitingClock]:
    """All that wait, by kiosk and session; refused taps are among them."""
    yield from (WaitingClock(*row) for row in views.rows(_WAITING))


def list_clocks_ahead(views: Views, now: Second) -> Iterator[WaitingClock]:
    """Sessions on a synchronised clock with taps later than now: that clock was ahead, or this one is behind."""
    yield from (WaitingClock(*row) for row in views.rows(_AHEAD, (now,)))


_AHEAD = """
SELECT b.kiosk, b.boot, count(*), min(t.at), max(t.at) FROM taps t JOIN boots b ON b.key = t.boot
WHERE t.at > ? AND t.position NOT IN (SELECT position FROM unsure) GROUP BY b.key ORDER BY min(t.position)
"""
_OF_A_DAY = """
SELECT position, shown, at, boot, put_right_by FROM unsure
WHERE volunteer = ?1 AND (day = ?2 OR (shown >= ?3 AND shown < ?4)) ORDER BY at, position
"""
_WAITING = """
SELECT kiosk, boot, count(*), min(shown), max(shown) FROM unsure WHERE put_right_by IS NULL
GROUP BY kiosk, boot ORDER BY min(position)
"""
