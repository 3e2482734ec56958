"""Does the log open, was it proved lately, do the read models follow it."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from domain.clock import MachineClock
from domain.log.chain import Head
from domain.log.chain_walk import LogFault, Verdict
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.log.writer_lock import WriterLock
from kiosk.backups.heads.last_verification import VERIFICATION_FILE, read_last_verification, write_verification
from kiosk.status import checked_home
from kiosk.status.checked_home import CheckedHome
from kiosk.status.log import VERIFICATION_AGE, check_sqlite
from tests.kiosk.status.conftest import ApplyLines, run_check
from tests.support.home_entrance import ANNS_CARD_NUMBER, LANS_CARD_NUMBER, onboarding_lines
from tests.support.kiosk_program import OPEN_UNIT, run_kiosk
from tests.support.tampering import open_unguarded
from tests.support.undecodable_events import PRIVATE_TEXT, UNKNOWN_TOPIC, insert_undecodable

CLOCK = MachineClock()
MINUTE = timedelta(minutes=1)


def verdict_of(home: Path) -> Verdict:
    log = open_sqlite_log(home / "log.db", REGISTERED_NAMES)
    try:
        return log.verify()
    finally:
        log.close()


# --- It opens ---


def test_a_log_that_opens_says_how_far_it_reaches(real_home: Path) -> None:
    check = run_check(real_home, "log")
    assert (check.ok, check.detail.startswith("1 event, head ")) == (True, True)


def test_a_log_that_is_damaged_says_so(real_home: Path) -> None:
    (real_home / "log.db").write_bytes(b"junk" * 4096)
    check = run_check(real_home, "log")
    assert not check.ok
    assert "log.db is not an event log" in check.detail


def test_a_log_that_is_gone_says_so(real_home: Path) -> None:
    (real_home / "log.db").unlink()
    check = run_check(real_home, "log")
    assert not check.ok
    assert "has lost its log.db" in check.detail


# --- It was proved ---


def test_a_real_home_wants_proof_and_a_simulation_does_not(real_home: Path, simulation: Path) -> None:
    checks = [run_check(home, "proved") for home in (real_home, simulation)]
    assert [check.ok for check in checks] == [False, True]
    assert "never proved" in checks[0].detail


@pytest.mark.parametrize("command", ["verify", "reconcile"])
def test_a_verification_of_the_log_is_recorded_with_its_time(real_home: Path, command: str) -> None:
    assert run_kiosk(command, "--home", real_home).status == 0
    check = run_check(real_home, "proved")
    assert (check.ok, check.detail.partition(" on ")[0]) == (True, "all 1 event fitted the chain")


@pytest.mark.parametrize(("age", "ok"), [(VERIFICATION_AGE - MINUTE, True), (VERIFICATION_AGE + MINUTE, False)])
def test_a_proof_is_good_for_two_days(real_home: Path, age: timedelta, ok: bool) -> None:
    write_verification(real_home, verdict_of(real_home), CLOCK.now() - age)
    check = run_check(real_home, "proved")
    assert (check.ok, "kiosk reconcile" in check.detail) == (ok, not ok)


@pytest.mark.parametrize(("ahead", "ok"), [(MINUTE, True), (3 * MINUTE, False)])
def test_a_proof_dated_later_than_now_is_no_fresh_one(real_home: Path, ahead: timedelta, ok: bool) -> None:
    write_verification(real_home, verdict_of(real_home), CLOCK.now() + ahead)
    check = run_check(real_home, "proved")
    assert (check.ok, "later than now" in check.detail) == (ok, not ok)


def test_a_simulation_lives_by_its_own_time(simulation: Path) -> None:
    write_verification(simulation, verdict_of(simulation), CLOCK.now() - timedelta(days=400))
    assert run_check(simulation, "proved").ok


def test_a_proof_that_failed_is_told_until_one_succeeds(real_home: Path) -> None:
    whole = verdict_of(real_home)
    write_verification(real_home, whole._replace(events=0, first_bad=1, fault=LogFault("altered")), CLOCK.now())
    check = run_check(real_home, "proved")
    assert (check.ok, "did not fit behind event 0" in check.detail) == (False, True)
    write_verification(real_home, whole, CLOCK.now())
    assert run_check(real_home, "proved").ok


@pytest.mark.parametrize("proved", [Verdict(1, Head(1, b"x" * 32), None), Verdict(9, Head(9, b"x" * 32), None)])
def test_a_log_that_no_longer_holds_what_was_proved_is_another_one(real_home: Path, proved: Verdict) -> None:
    write_verification(real_home, proved, CLOCK.now())
    check = run_check(real_home, "proved")
    assert (check.ok, "no longer holds what was proved" in check.detail) == (False, True)


def test_a_log_without_the_event_that_was_proved_last_is_another_one(real_home: Path, carry_out: ApplyLines) -> None:
    carry_out(real_home, OPEN_UNIT, *onboarding_lines("V001", ANNS_CARD_NUMBER))
    write_verification(real_home, verdict_of(real_home), CLOCK.now())
    proved = verdict_of(real_home).head.position
    carry_out(real_home, *onboarding_lines("V002", LANS_CARD_NUMBER))
    with open_unguarded(real_home / "log.db") as tool:
        tool.execute("DELETE FROM stored_events WHERE position = ?", (proved,))
    check = run_check(real_home, "proved")
    assert (check.ok, "no longer holds what was proved" in check.detail) == (False, True)


def test_the_file_is_private_and_a_damaged_one_is_none(real_home: Path) -> None:
    write_verification(real_home, verdict_of(real_home), CLOCK.now())
    file = real_home / VERIFICATION_FILE
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text('{"at":')
    assert read_last_verification(real_home) is None
    assert "never proved" in run_check(real_home, "proved").detail


def test_a_home_that_cannot_be_written_is_proved_all_the_same(real_home: Path) -> None:
    (real_home / f".{VERIFICATION_FILE}").mkdir()
    assert run_kiosk("verify", "--home", real_home).status == 0
    assert read_last_verification(real_home) is None


# --- The read models follow it ---


def test_views_that_are_missing_come_back_and_then_follow(real_home: Path) -> None:
    assert run_check(real_home, "views").detail == "were built anew, and follow the log now"
    assert run_check(real_home, "views").detail == "follow the log"


def test_how_far_views_were_behind_is_told(simulation: Path, carry_out: object) -> None:
    assert run_kiosk("visits", "--home", simulation).status == 0
    run_kiosk("tap", "04000000000001", "--at", "2026-11-19T09:00", "--home", simulation)
    assert run_check(simulation, "views").detail == "were 1 event behind, and follow the log now"


def test_views_that_cannot_be_written_are_not_ok(real_home: Path) -> None:
    (real_home / "views.db").mkdir()
    check = run_check(real_home, "views")
    assert (check.ok, "Is a directory" in check.detail) == (False, True)


def test_views_that_another_program_holds_are_checked_later(real_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked_home, "VIEWS_TIMEOUT", 0.05)
    other = WriterLock(real_home / "views.db")
    with other.hold():
        check = run_check(real_home, "views")
    other.close()
    assert (check.ok, "another program holds the read models" in check.detail) == (False, True)
    assert run_check(real_home, "views").ok


# --- SQLite ---


@pytest.mark.parametrize("spoils", [True, False])
def test_a_sqlite_that_could_spoil_a_file_is_told(real_home: Path, spoils: bool) -> None:
    with CheckedHome(real_home) as subject:
        check = check_sqlite(subject, lambda: spoils)
    assert (check.ok, "which our lock prevents" in check.detail) == (True, spoils)


def test_settings_that_were_not_read_back_are_not_believed(real_home: Path) -> None:
    (real_home / "log.db").unlink()
    assert not run_check(real_home, "sqlite").ok


# --- Every event can be read ---


def test_an_undecodable_event_is_named_without_its_content(real_home: Path) -> None:
    assert run_check(real_home, "quarantine").ok
    log = open_sqlite_log(real_home / "log.db", REGISTERED_NAMES)
    try:
        position = insert_undecodable(log, uuid4(), UNKNOWN_TOPIC)
    finally:
        log.close()
    check = run_check(real_home, "quarantine")
    assert (check.ok, f"event {position} ({UNKNOWN_TOPIC!r}): unknown name" in check.detail) == (False, True)
    assert PRIVATE_TEXT not in check.detail
