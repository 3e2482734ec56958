"""What time it is, and how far that can be trusted."""

from datetime import UTC, datetime

from domain.clock import SIMULATION_BEGINS, MachineClock, SimulatedClock, read_boot_session


def test_a_simulated_clock_stands_where_it_is_set() -> None:
    clock = SimulatedClock()
    assert clock.now() == SIMULATION_BEGINS
    clock.at = datetime(2026, 11, 19, 1, 0, 0, 999, tzinfo=UTC)
    assert clock.now() == clock.now() == clock.at


def test_a_tap_is_read_with_its_fraction_of_a_second_and_says_that_it_is_simulated() -> None:
    clock = SimulatedClock(datetime(2026, 11, 19, 1, 0, 0, 999, tzinfo=UTC))
    assert (clock.read().at, clock.read().trust) == (clock.at, "simulated")


def test_the_machines_clock_says_what_vouches_for_it() -> None:
    """Whether or not this machine follows a time server."""
    read = MachineClock().read()
    assert read.trust in {"ok", "unsynchronised", "unknown"}
    assert (read.at.tzinfo, read.boot) == (UTC, read_boot_session())


def test_the_taps_of_one_boot_are_in_order_whatever_the_wall_clock_does() -> None:
    clock = MachineClock()
    earlier, later = clock.read(), clock.read()
    assert earlier.boot == later.boot
    assert earlier.boot_ns < later.boot_ns
