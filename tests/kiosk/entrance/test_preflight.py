"""Preflight: where a tap could be lost the entrance stays shut and says what to do; other findings are logged."""

import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from devices.simulated.scripted_reader import ScriptedReader
from domain.log.errors import LogDamaged, LogError
from domain.log.reserve import RESERVE_BYTES
from domain.log.sqlite_version import can_corrupt_wal
from kiosk.entrance.preflight import CLOCK_MARGIN, run_preflight
from kiosk.home import Home
from kiosk.words.languages import LANGUAGES
from tests.support.fixed_clock import FixedClock
from tests.support.full_disk import full_disk
from tests.support.kiosk_program import add_reader, run_kiosk_process
from tests.support.log_error_sentences import raises_log_error
from tests.support.tampering import open_unguarded
from tests.support.terminal import Terminal

AT_REST = "Please tap your card"
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def home(real_home: Path) -> Iterator[Home]:
    with Home.open(real_home) as opened:
        yield opened


def run(home: Path) -> Terminal:
    return Terminal([str(Path(sys.executable).with_name("kiosk")), "run", "--home", str(home)])


def went_back(home: Path) -> None:
    """The log without its last event, and without a trace of it in the database."""
    with open_unguarded(home / "log.db") as tool:
        tool.execute("DELETE FROM stored_events")
        tool.execute("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'stored_events'")


# --- What keeps it shut ---


def test_the_entrance_of_a_log_that_went_back_stays_shut_and_tells_everybody_to_sign_on_paper(
    real_home: Path, reader: ScriptedReader
) -> None:
    went_back(add_reader(real_home, reader.port))
    with run(real_home) as terminal:
        status = terminal.wait_for_exit()
    shown = terminal.output.decode()
    assert status == 2
    assert "went back: it ends at position 0 and had reached 1; keep its files, restore the newest backup" in shown
    assert all(words.conditions["storage_trouble"].next_step in shown for words in LANGUAGES.values())
    assert "the entrance stays shut: " in (real_home / "kiosk.log").read_text(encoding="utf-8")
    assert not reader.wait_until_opened(0)


def test_without_a_screen_it_is_said_on_standard_error_alone(real_home: Path) -> None:
    went_back(real_home)
    ended = run_kiosk_process("run", "--home", real_home)
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert ended.err.startswith(f"kiosk: the event log {real_home}/log.db went back: ")


def test_last_events_that_do_not_fit_the_chain_keep_it_shut(home: Home) -> None:
    home.log.verify()
    with open_unguarded(home.path / "log.db") as tool:
        tool.execute("UPDATE stored_events SET state = x'7b7d'")
    home.path.joinpath("log.head").unlink()
    with pytest.raises(LogDamaged, match="event 1 does not fit the chain"):
        run_preflight(home)


def test_a_disk_that_takes_nothing_keeps_it_shut(home: Home) -> None:
    with full_disk(), raises_log_error(LogError, match="cannot write to the event log"):
        run_preflight(home)
    run_preflight(home)


def test_a_sound_home_opens(real_home: Path, reader: ScriptedReader) -> None:
    with run(add_reader(real_home, reader.port)) as terminal:
        terminal.wait_for_text(AT_REST)
        terminal.send_signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 0


# --- Warnings ---


def test_a_file_that_others_may_read_is_logged(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    (home.path / "views.db").touch(0o644)
    run_preflight(home)
    assert "views.db is open to other users (mode 0644): run chmod 600 on it" in caplog.messages


@pytest.mark.parametrize(
    ("version", "can"),
    [
        ((3, 40, 1), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((4, 0, 0), False),
    ],
)
def test_which_sqlite_can_spoil_a_wal(version: tuple[int, int, int], can: bool) -> None:
    assert can_corrupt_wal(version) == can


def test_an_sqlite_that_can_spoil_a_wal_is_noted(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    run_preflight(home)
    assert any("the writer's lock prevents it" in message for message in caplog.messages) == can_corrupt_wal()


# --- The reserve ---


def test_a_home_keeps_room_for_taps_and_a_simulation_keeps_none(real_home: Path, simulation: Path) -> None:
    with Home.open(real_home) as real, Home.open(simulation) as trial:
        assert (real.log.reserve.is_held, real.reserve_released) == (True, False)
        assert (trial.log.reserve.is_held, trial.reserve_released) == (False, False)
    assert (real_home / "log.reserve").stat().st_size == RESERVE_BYTES


def test_a_reserve_that_was_given_up_is_seen_and_taken_again_at_the_next_start(home: Home) -> None:
    home.log.reserve.release()
    assert home.reserve_released
    run_preflight(home)
    assert not home.reserve_released


# --- The clock ---


@pytest.mark.parametrize(
    ("behind", "trust"), [(timedelta(0), "ok"), (CLOCK_MARGIN, "ok"), (2 * CLOCK_MARGIN, "unsynchronised")]
)
def test_a_clock_that_stands_before_the_last_record_is_untrusted_and_keeps_the_entrance_open(
    home: Home, behind: timedelta, trust: str
) -> None:
    clock = FixedClock(home.log.find_last_recorded() - behind)
    home.use_clock(clock)
    run_preflight(home)
    assert (home.door.clock_monitor.rate(clock.read()).trust, home.clock.now()) == (trust, clock.at)


def test_a_clock_that_is_set_right_is_trusted_again(home: Home) -> None:
    clock = FixedClock(home.log.find_last_recorded() - 2 * CLOCK_MARGIN)
    home.use_clock(clock)
    run_preflight(home)
    before = home.door.clock_monitor.rate(clock.read()).trust
    clock.at += 3 * CLOCK_MARGIN
    assert (before, home.door.clock_monitor.rate(clock.read()).trust) == ("unsynchronised", "ok")
