"""An account for the desk: five wrong passwords are free, then the wait doubles up to its cap (R-122)."""

from datetime import datetime, timedelta

import pytest

from domain.act import Act
from domain.authentication_errors import AccountExists, NoAccount, PasswordTooSoon
from domain.model.desk_account import ATTEMPTS_BEFORE_LOCKOUT, LOCKOUT, LONGEST_LOCKOUT, DeskAccount, compute_lockout
from tests.support.given_when_then import Step, given
from tests.support.people import ANN, COORDINATOR, local_time

NINE = local_time("2026-11-19 09:00")
SECOND = timedelta(seconds=1)


def at(instant: datetime) -> Act:
    return Act(instant, COORDINATOR, instant)


def account() -> DeskAccount:
    return DeskAccount.of(ANN)


def add(account: DeskAccount) -> None:
    account.add(ANN, "registrar", "digest", at(NINE))


def attempt(instant: datetime, *, right: bool) -> Step[DeskAccount]:
    return lambda account: account.record_attempt(ANN, at(instant), right=right)


FIVE_WRONG = [attempt(NINE, right=False)] * ATTEMPTS_BEFORE_LOCKOUT


def test_an_account_has_a_role_and_no_password_in_the_log() -> None:
    given(account()).when(add).then(DeskAccount.Added, actor=ANN, role="registrar", password_digest="digest")


def test_there_is_one_account_an_actor() -> None:
    given(account(), add).when(add).then_refused(AccountExists(ANN))


def test_one_that_was_removed_can_be_added_again() -> None:
    given(account(), add, lambda a: a.remove(ANN, at(NINE))).when(add).then(DeskAccount.Added, role="registrar")


@pytest.mark.parametrize(
    "step",
    [
        attempt(NINE, right=True),
        lambda a: a.remove(ANN, at(NINE)),
        lambda a: a.change_password(ANN, "other", at(NINE)),
    ],
    ids=["try", "remove", "change"],
)
def test_without_an_account_there_is_nothing_to_try_to_change_or_to_remove(step: Step[DeskAccount]) -> None:
    given(account()).when(step).then_refused(NoAccount(ANN))
    given(account(), add, lambda a: a.remove(ANN, at(NINE))).when(step).then_refused(NoAccount(ANN))


def test_after_five_wrong_passwords_the_next_one_waits_half_a_minute() -> None:
    until = NINE + LOCKOUT
    early, in_time = attempt(until - SECOND, right=True), attempt(until, right=True)
    given(account(), add, *FIVE_WRONG).when(early).then_refused(PasswordTooSoon(ANN, until))
    given(account(), add, *FIVE_WRONG).when(in_time).then(DeskAccount.LoggedIn, actor=ANN)


def test_a_new_password_ends_the_wait() -> None:
    changed = (account(), add, *FIVE_WRONG, lambda a: a.change_password(ANN, "other", at(NINE)))
    given(*changed).when(attempt(NINE, right=True)).then(DeskAccount.LoggedIn, actor=ANN)


def test_a_right_password_begins_to_count_anew() -> None:
    four = FIVE_WRONG[1:]
    given(account(), add, *four, attempt(NINE, right=True), *four).when(attempt(NINE, right=False)).then(
        DeskAccount.LoginFailed, actor=ANN
    )


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (9, 480), (10, 900), (11, 900), (10**6, 900)]
)
def test_the_wait_doubles_and_has_a_cap(failures: int, seconds: int) -> None:
    assert compute_lockout(failures) == timedelta(seconds=seconds)
    assert compute_lockout(failures) <= LONGEST_LOCKOUT
