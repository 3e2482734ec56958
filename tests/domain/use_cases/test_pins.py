"""A coordinator's PIN: five wrong tries are free, then every try has to wait, twice as long each time."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.act import Act
from domain.authentication_errors import NoPin, TooSoon
from domain.clock import RunningClock
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.model.coordinator import ATTEMPTS_BEFORE_LOCKOUT, LOCKOUT, Coordinator
from domain.use_cases.pins import PinService
from tests.support.given_when_then import Step, given
from tests.support.people import COORDINATOR, act, local_time

NINE = local_time("2026-11-19 09:00")
SECOND = timedelta(seconds=1)


def at(instant: datetime) -> Act:
    return Act(instant, COORDINATOR, instant)


def has_pin(coordinator: Coordinator) -> None:
    coordinator.set_pin(COORDINATOR, act("2026-11-01 08:00"))


def wrong(instant: datetime) -> Step[Coordinator]:
    return lambda coordinator: coordinator.record_attempt(COORDINATOR, at(instant), right=False)


def right(instant: datetime) -> Step[Coordinator]:
    return lambda coordinator: coordinator.record_attempt(COORDINATOR, at(instant), right=True)


def coordinator() -> Coordinator:
    return Coordinator.of(COORDINATOR)


FIVE_WRONG = [wrong(NINE)] * ATTEMPTS_BEFORE_LOCKOUT


def test_a_pin_that_is_set_is_recorded_and_is_not_in_the_record() -> None:
    given(coordinator()).when(has_pin).then(Coordinator.PinSet, coordinator=COORDINATOR, by=COORDINATOR)


def test_without_a_pin_there_is_nothing_to_try_or_to_remove() -> None:
    given(coordinator()).when(right(NINE)).then_refused(NoPin(COORDINATOR))
    given(coordinator()).when(lambda c: c.remove_pin(COORDINATOR, at(NINE))).then_refused(NoPin(COORDINATOR))


def test_a_pin_that_was_removed_proves_nothing() -> None:
    given(coordinator(), has_pin, lambda c: c.remove_pin(COORDINATOR, at(NINE))).when(right(NINE)).then_refused(
        NoPin(COORDINATOR)
    )


def test_every_try_is_recorded_as_it_ended() -> None:
    given(coordinator(), has_pin).when(wrong(NINE)).then(Coordinator.ProofFailed, coordinator=COORDINATOR)
    given(coordinator(), has_pin).when(right(NINE)).then(Coordinator.Proved, coordinator=COORDINATOR)


def test_the_fifth_try_is_free_and_the_sixth_waits_for_thirty_seconds() -> None:
    given(coordinator(), has_pin, *FIVE_WRONG[1:]).when(wrong(NINE)).then(Coordinator.ProofFailed)
    waiting = given(coordinator(), has_pin, *FIVE_WRONG)
    waiting.when(right(NINE + LOCKOUT - SECOND)).then_refused(TooSoon(COORDINATOR, NINE + LOCKOUT))
    waiting.when(right(NINE + LOCKOUT)).then(Coordinator.Proved)


@pytest.mark.parametrize(("further", "seconds"), [(1, 60), (2, 120), (3, 240)])
def test_every_further_wrong_try_doubles_the_wait(further: int, seconds: int) -> None:
    steps, last = list(FIVE_WRONG), NINE
    for n in range(further):
        last += LOCKOUT * 2**n
        steps.append(wrong(last))
    until = last + timedelta(seconds=seconds)
    waiting = given(coordinator(), has_pin, *steps)
    waiting.when(right(until - SECOND)).then_refused(TooSoon(COORDINATOR, until))
    waiting.when(right(until)).then(Coordinator.Proved)


def test_the_right_pin_makes_all_wrong_ones_forgotten() -> None:
    again = [right(NINE + LOCKOUT), *[wrong(NINE + LOCKOUT)] * (ATTEMPTS_BEFORE_LOCKOUT - 1)]
    given(coordinator(), has_pin, *FIVE_WRONG, *again).when(right(NINE + LOCKOUT)).then(Coordinator.Proved)


def test_a_new_pin_can_be_tried_at_once() -> None:
    given(coordinator(), has_pin, *FIVE_WRONG, has_pin).when(right(NINE)).then(Coordinator.Proved)


# --- In the log ---


def test_neither_a_restart_nor_another_program_shortens_the_wait(tmp_path: Path) -> None:
    log = create_sqlite_log(tmp_path / "log.db", REGISTERED_NAMES)
    proving = PinService(log)
    proving.set_pin(COORDINATOR, at(NINE))
    for _ in range(ATTEMPTS_BEFORE_LOCKOUT):
        proving.record_attempt(COORDINATOR, at(NINE), right=False)
    log.close()
    again = open_sqlite_log(tmp_path / "log.db", REGISTERED_NAMES)
    with pytest.raises(TooSoon):
        PinService(again).check_lockout(COORDINATOR, NINE + LOCKOUT - SECOND)
    PinService(again).check_lockout(COORDINATOR, NINE + LOCKOUT)
    again.close()


def test_a_right_pin_that_comes_too_late_behind_others_wrong_ones_is_not_told(tmp_path: Path) -> None:
    """Two screens ask at once whether they may try; the tries of one use up what the other was allowed."""
    log = create_sqlite_log(tmp_path / "log.db", REGISTERED_NAMES)
    one, other = PinService(log), PinService(log)
    one.set_pin(COORDINATOR, at(NINE))
    one.check_lockout(COORDINATOR, NINE)
    for _ in range(ATTEMPTS_BEFORE_LOCKOUT):
        other.record_attempt(COORDINATOR, at(NINE), right=False)
    before = log.head()
    with pytest.raises(TooSoon):
        one.record_attempt(COORDINATOR, at(NINE), right=True)
    assert log.head() == before
    log.close()


# --- The clock of a simulation that a person works in ---


def test_a_running_clock_runs_on_from_where_the_simulation_stands() -> None:
    seconds = [100.0]
    clock = RunningClock(NINE, lambda: seconds[0])
    seconds[0] = 130.5
    assert clock.now() == NINE + timedelta(seconds=30.5)
    assert (clock.read().at, clock.read().trust) == (NINE + timedelta(seconds=30.5), "simulated")


def test_a_running_clock_never_goes_back() -> None:
    seconds = [0.0]
    clock = RunningClock(NINE, lambda: seconds[0])
    clock.catch_up(NINE - SECOND)
    assert clock.now() == NINE
    clock.catch_up(NINE + LOCKOUT)
    seconds[0] = 1.0
    assert clock.now() == NINE + LOCKOUT + SECOND
