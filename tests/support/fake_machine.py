"""A machine at the door, with a wall clock that may be wrong and a boot clock that never is."""

from datetime import datetime, timedelta

from domain.clock import OK, UNSYNCHRONISED, Reading, to_the_second
from tests.support.people import local_time

SECOND = 1_000_000_000
UP_FOR = timedelta(minutes=5)
"""How long a machine runs before anybody taps."""


class FakeMachine:
    """It is really `at`; its wall clock shows `behind` less, and the kernel calls it synchronised or not."""

    def __init__(self, at: str, behind: timedelta = timedelta(), trust: str = UNSYNCHRONISED) -> None:
        self.at = local_time(at)
        self.behind, self.trust = behind, trust
        self.boot, self._booted = "boot-1", self.at - UP_FOR

    def reboot(self, at: str, behind: timedelta = timedelta(), trust: str = UNSYNCHRONISED) -> None:
        """The power fails and comes back."""
        self.__init__(at, behind, trust)
        self.boot = f"boot-of-{at}"

    def synchronise_clock(self) -> None:
        """A time server answers: the wall clock is set, and the kernel calls it synchronised."""
        self.behind, self.trust = timedelta(), OK

    def advance_to(self, at: str) -> "FakeMachine":
        """It runs on."""
        self.at = local_time(at)
        return self

    def now(self) -> datetime:
        return self.at - self.behind

    def read(self) -> Reading:
        since_boot = self.at - self._booted
        boot_ns = round(since_boot.total_seconds() * SECOND)
        offset_ns = round(self.now().timestamp() * SECOND) - boot_ns
        return Reading(to_the_second(self.now()), self.trust, self.boot, boot_ns, offset_ns)
