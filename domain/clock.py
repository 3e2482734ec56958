"""What time it is, and how far that can be trusted. The one module that may ask the machine."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

OK, UNSYNCHRONISED, UNKNOWN, SIMULATED = "ok", "unsynchronised", "unknown", "simulated"
"""How far a reading is trusted: the kernel is synchronised, is not, cannot be queried; or a batch sets the time."""

NO_BOOT = "unknown"
"""The boot session of a machine that does not name it."""

STA_UNSYNC = 0x0040
"""Bit of `timex.status`: the kernel's clock follows no reference (adjtimex(2))."""

SIMULATION_BEGINS = datetime(1970, 1, 1, tzinfo=UTC)
"""What a simulated clock shows before the first batch line sets it."""

CLOCK_MARGIN = timedelta(minutes=2)
"""How far the clock may be behind the last record: further, and it was set back or has lost its battery."""

TRUSTED = (OK, SIMULATED)
"""The clock is synchronised, or simulated."""


class Reading(NamedTuple):
    """One reading of a clock: the instant, to the second, and how far it is trusted."""

    at: datetime
    """When it happened, UTC, whole seconds: statements and rules count to the second."""
    trust: str
    """`ok`, `unsynchronised`, `unknown` or `simulated`."""
    boot: str
    """The boot session, so that a wrong clock can be corrected for all its taps at once."""
    boot_ns: int
    """Nanoseconds since that boot: orders the taps of a session whatever the wall clock did."""
    offset_ns: int | None = None
    """Wall clock minus boot clock at this reading: changes only when the wall clock is set. None without the two."""


class Clock(Protocol):
    """Where use cases get the time. Aggregates, projections and the evaluation are handed instants."""

    def now(self) -> datetime:
        """The instant, UTC, as it is stamped on what is written."""
        ...

    def read(self) -> Reading:
        """The instant of a tap, with its trust."""
        ...


def to_the_second(at: datetime) -> datetime:
    """The whole second in which an instant lies."""
    return at.replace(microsecond=0)


class MachineClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The machine's wall clock, UTC."""
        return datetime.now(UTC)

    def read(self) -> Reading:
        """The wall clock with the kernel's word on it; 5 microseconds, so every tap can afford it."""
        boot_ns = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        offset_ns = time.time_ns() - boot_ns
        return Reading(self.now(), _read_kernel_trust(), read_boot_session(), boot_ns, offset_ns)


class SimulatedClock:
    """A clock that stands where a batch file sets it."""

    def __init__(self, at: datetime = SIMULATION_BEGINS) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant last set."""
        return self.at

    def read(self) -> Reading:
        """The instant last set, marked as simulated."""
        return Reading(self.at, SIMULATED, "simulation", 0)


class RunningClock:
    """The clock of a simulation that is shown on a screen: it runs on from where the simulation stands."""

    def __init__(self, begins: datetime, seconds: Callable[[], float] = time.monotonic) -> None:
        """`seconds` never goes back."""
        self._begins = begins
        self._seconds = seconds
        self._since = seconds()

    def now(self) -> datetime:
        """The instant, as far behind the beginning as this clock has run."""
        return self._begins + timedelta(seconds=self._seconds() - self._since)

    def read(self) -> Reading:
        """The same, marked as simulated."""
        return Reading(self.now(), SIMULATED, "simulation", 0)

    def catch_up(self, at: datetime) -> None:
        """Run on from an instant that the simulation has come to meanwhile; never go back."""
        if at > self.now():
            self._begins, self._since = at, self._seconds()


@cache
def read_boot_session() -> str:
    """The kernel's random id of this boot, or `unknown` where there is none."""
    path = Path("/proc/sys/kernel/random/boot_id")
    return path.read_text(encoding="ascii").strip() if path.exists() else NO_BOOT


@cache
def _load_adjtimex() -> Callable[[], int | None]:
    """What asks the kernel: the status of its clock; None where it cannot be queried."""
    import ctypes  # noqa: PLC0415 - 10 ms to load, for taps alone

    class Timex(ctypes.Structure):
        """The head of the kernel's `struct timex`; the rest is padding that is not read."""

        _fields_ = (  # pyright: ignore[reportUnannotatedClassAttribute] - the shape ctypes asks for
            ("modes", ctypes.c_uint),
            ("offset", ctypes.c_long),
            ("freq", ctypes.c_long),
            ("maxerror", ctypes.c_long),
            ("esterror", ctypes.c_long),
            ("status", ctypes.c_int),
            ("rest", ctypes.c_byte * 256),
        )

    adjtimex = getattr(ctypes.CDLL(None, use_errno=True), "adjtimex", None)

    def ask() -> int | None:
        timex = Timex()
        return None if adjtimex is None or adjtimex(ctypes.byref(timex)) < 0 else timex.status

    return ask


def _read_kernel_trust() -> str:
    """`ok` or `unsynchronised` as the kernel reports, `unknown` where it cannot be queried."""
    status = _load_adjtimex()()
    if status is None:
        return UNKNOWN
    return UNSYNCHRONISED if status & STA_UNSYNC else OK
