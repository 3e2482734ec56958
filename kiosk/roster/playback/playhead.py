"""The playhead of a playback: its position and speed. Pure: the stopwatch is handed in."""

from dataclasses import dataclass, replace

from domain.spans import Second

SLOWEST, USUAL, FASTEST = 1, 60, 3_600
"""Seconds of the day in a second of the stopwatch: real time; a minute; an hour."""
SPEEDS = (SLOWEST, 2, 5, 10, 30, USUAL, 120, 300, 600, 1_200, FASTEST)
"""The speeds that the keys step through."""


@dataclass(frozen=True, slots=True)
class Playhead:
    """A position between two instants, and since when it has been moving."""

    first: Second
    last: Second
    at: Second
    speed: int
    since: float | None = None
    """On the stopwatch; None while it is paused."""

    def position_at(self, now: float) -> Second:
        """The position now, never later than `last`."""
        if self.since is None:
            return self.at
        return min(self.last, self.at + int((now - self.since) * self.speed))

    def is_playing(self, now: float) -> bool:
        """Whether it is moving."""
        return self.since is not None and not self.has_ended(now)

    def has_ended(self, now: float) -> bool:
        """Whether it has reached `last`."""
        return self.position_at(now) == self.last

    # --- Keys ---

    def seek(self, at: Second) -> "Playhead":
        """Pause at an instant, or the nearest between `first` and `last`."""
        return replace(self, at=min(max(at, self.first), self.last), since=None)

    def toggle(self, now: float) -> "Playhead":
        """Play or pause; at the end play from the beginning."""
        if self.has_ended(now):
            return replace(self, at=self.first, since=now)
        return replace(self, at=self.position_at(now), since=None if self.is_playing(now) else now)

    def speed_up(self, now: float) -> "Playhead":
        """The next speed."""
        return self._change_speed(min((speed for speed in SPEEDS if speed > self.speed), default=FASTEST), now)

    def slow_down(self, now: float) -> "Playhead":
        """The speed before."""
        return self._change_speed(max((speed for speed in SPEEDS if speed < self.speed), default=SLOWEST), now)

    def _change_speed(self, speed: int, now: float) -> "Playhead":
        since = None if self.since is None else now
        return replace(self, at=self.position_at(now), since=since, speed=speed)
