"""`kiosk coordinator`: PINs are set, listed and removed; no PIN and no name reaches the log or a message."""

import io
from pathlib import Path

import pytest

from domain.authentication_errors import NoPin, TooSoon
from domain.clock import SimulatedClock
from domain.model.coordinator import ATTEMPTS_BEFORE_LOCKOUT
from domain.use_cases.pins import PinService
from kiosk.accounts.coordinators import Coordinators
from kiosk.accounts.pins import FEWEST_DIGITS, MOST_DIGITS, InvalidPin, Pin
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.people.people import People
from tests.kiosk.conftest import list_topics
from tests.kiosk.test_privacy import read_home_bytes
from tests.support.kiosk_program import ProgramResult, run_kiosk, run_kiosk_process
from tests.support.people import act, local_time
from tests.support.terminal import Terminal

LIN, PIN, OTHER = "林主任", "482915", "291548"
PROGRAM = ("-c", "from kiosk.cli.program import main; main()", "coordinator")


def set_pin_from_stdin(home: Path, digits: str, name: str = LIN) -> ProgramResult:
    """Hand a PIN to the program on its standard input, which is no terminal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(f"{digits}\n"))
        return run_kiosk("coordinator", name, "--home", home)


def try_pin(home: Path, digits: str) -> bool:
    with Home.open(home) as opened:
        return Coordinators(opened).authenticate(opened.people.ensure_actor(LIN), Pin(digits))


# --- The command ---


def test_a_pin_from_standard_input_is_set_and_authenticates(simulation: Path) -> None:
    ended = set_pin_from_stdin(simulation, PIN)
    assert (ended.status, ended.out, ended.err) == (0, f"{LIN} has a PIN; it is asked for at `kiosk roster`\n", "")
    assert try_pin(simulation, PIN)
    assert not try_pin(simulation, OTHER)
    assert list_topics(simulation) == ["coordinator.pin-set", "coordinator.proved", "coordinator.proof-failed"]


@pytest.mark.parametrize("digits", ["12345", "1" * 13, "48291a", "４８２９１５", "", "48 2915"])
def test_a_pin_has_six_to_twelve_digits_and_nothing_else(simulation: Path, digits: str) -> None:
    ended = set_pin_from_stdin(simulation, digits)
    assert (ended.status, ended.err) == (2, "kiosk: a PIN has 6 to 12 digits and nothing else: choose another\n")
    assert list_topics(simulation) == []


@pytest.mark.parametrize("digits", ["111111", "123456", "654321", "890123", "987654321098"])
def test_a_pin_that_is_easily_guessed_is_refused(digits: str) -> None:
    with pytest.raises(InvalidPin, match="guessed first"):
        Pin(digits).demand_usable()


@pytest.mark.parametrize("digits", ["482915", "112345", "123457", "135791", "482915482915"])
def test_a_pin_that_is_not_easily_guessed_is_accepted(digits: str) -> None:
    Pin(digits).demand_usable()


def test_at_a_terminal_it_is_typed_twice_and_never_shown(simulation: Path) -> None:
    with Terminal([*PROGRAM, LIN, "--home", str(simulation)]) as terminal:
        terminal.wait_for_text("PIN: ")
        terminal.type_keys(f"{PIN}\n".encode())
        terminal.wait_for_text("again: ")
        terminal.type_keys(f"{PIN}\n".encode())
        assert terminal.wait_for_exit() == 0
    assert PIN.encode() not in terminal.output
    assert try_pin(simulation, PIN)


def test_two_pins_that_differ_change_nothing(simulation: Path) -> None:
    with Terminal([*PROGRAM, LIN, "--home", str(simulation)]) as terminal:
        terminal.wait_for_text("PIN: ")
        terminal.type_keys(f"{PIN}\n".encode())
        terminal.wait_for_text("again: ")
        terminal.type_keys(f"{OTHER}\n".encode())
        terminal.wait_for_text("the two PINs differ: nothing was changed")
        assert terminal.wait_for_exit() == 2
    assert list_topics(simulation) == []


def test_coordinators_are_listed_and_removed(simulation: Path) -> None:
    set_pin_from_stdin(simulation, PIN)
    assert run_kiosk("coordinator", "--home", simulation).out == f"1  {LIN}\n"
    assert run_kiosk("coordinator", LIN, "--remove", "--home", simulation).out == f"{LIN} has no PIN any more\n"
    assert run_kiosk("coordinator", "--home", simulation).err.startswith("nobody has a PIN")
    assert list_topics(simulation) == ["coordinator.pin-set", "coordinator.pin-removed"]
    with pytest.raises(NoPin):
        try_pin(simulation, PIN)


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        ((LIN, "--remove"), 1, f"no PIN is set for {LIN}: `kiosk coordinator` lists those who have one"),
        (("--remove",), 2, "--remove needs a name: `kiosk coordinator NAME --remove`"),
        ((" lin",), 2, "NAME must be 1 to 128 characters, without invisible ones or a space at either end"),
    ],
)
def test_wrong_usage_is_refused(simulation: Path, arguments: tuple[str, ...], status: int, sentence: str) -> None:
    ended = run_kiosk("coordinator", *arguments, "--home", simulation)
    assert (ended.status, ended.err) == (status, f"kiosk: {sentence}\n")


# --- Trying ---


def enter_wrong_pins(home: Path, times: int) -> None:
    """So many wrong tries at 09:00, without the work of comparing."""
    with Home.open(home) as opened:
        actor = opened.people.ensure_actor(LIN)
        for _ in range(times):
            PinService(opened.log).record_attempt(actor, act("2026-11-19 09:00"), right=False)


def test_a_wrong_pin_is_recorded_before_it_is_answered(simulation: Path) -> None:
    """A kill of the program after the answer does not undo the try."""
    set_pin_from_stdin(simulation, PIN)
    enter_wrong_pins(simulation, ATTEMPTS_BEFORE_LOCKOUT - 1)
    assert not try_pin(simulation, OTHER)
    assert list_topics(simulation).count("coordinator.proof-failed") == ATTEMPTS_BEFORE_LOCKOUT
    with pytest.raises(TooSoon):
        try_pin(simulation, PIN)


def test_a_lockout_ends_though_the_clock_of_a_simulation_stands_still(simulation: Path) -> None:
    set_pin_from_stdin(simulation, PIN)
    clock = SimulatedClock(local_time("2026-11-19 09:00:00"))
    enter_wrong_pins(simulation, ATTEMPTS_BEFORE_LOCKOUT)
    with Home.open(simulation) as home:
        coordinators, actor = Coordinators(home, clock), home.people.ensure_actor(LIN)
        clock.at = local_time("2026-11-19 09:00:29")
        with pytest.raises(TooSoon):
            coordinators.authenticate(actor, Pin(PIN))
        clock.at = local_time("2026-11-19 09:00:30")
        assert coordinators.authenticate(actor, Pin(PIN))


def test_the_pin_of_another_coordinator_does_not_authenticate(simulation: Path) -> None:
    set_pin_from_stdin(simulation, PIN)
    set_pin_from_stdin(simulation, OTHER, "Ann")
    assert not try_pin(simulation, OTHER)


# --- What is kept ---


def test_neither_pin_nor_name_is_in_the_log_and_the_pin_is_nowhere(simulation: Path) -> None:
    run_kiosk_process("coordinator", LIN, "--home", simulation, stdin=f"{PIN}\n".encode())
    assert try_pin(simulation, PIN)
    assert not try_pin(simulation, OTHER)
    assert LIN.encode() not in read_home_bytes(simulation, "log.db")
    everything = read_home_bytes(simulation, "")
    assert PIN.encode() not in everything
    assert OTHER.encode() not in everything
    assert b"$argon2id$v=19$m=65536,t=3,p=4$" in everything


def test_a_pin_does_not_show_its_digits() -> None:
    assert PIN not in f"{Pin(PIN)} {Pin(PIN)!r}"


def test_a_stolen_people_store_is_useless_without_the_site_key(simulation: Path, real_home: Path) -> None:
    """The same PIN of the same actor under another key does not fit what is kept."""
    set_pin_from_stdin(simulation, PIN)
    with Home.open(simulation) as home, Home.open(real_home) as thief:
        actor = home.people.ensure_actor(LIN)
        kept = home.people.find_pin_hash(actor)
        assert kept is not None
        assert Pin(PIN).matches(kept, home.compute_hmac, actor)
        assert not Pin(PIN).matches(kept, thief.compute_hmac, actor)


def test_a_damaged_hash_is_reported_without_being_shown(simulation: Path) -> None:
    with Home.open(simulation) as home, pytest.raises(UserError, match="is damaged: set it again"):
        Pin(PIN).matches("not a hash", home.compute_hmac, home.people.ensure_actor(LIN))


def test_a_store_from_before_there_were_pins_gets_their_table(tmp_path: Path) -> None:
    old = People.create(tmp_path / "people.db", simulation=True)
    actor = old.ensure_actor(LIN)
    old._write("DROP TABLE pins", ())
    old.close()
    opened = People.open(tmp_path / "people.db", simulation=True)
    opened.keep_pin_hash(actor, "kept")
    assert (opened.find_pin_hash(actor), opened.list_coordinators()) == ("kept", {actor: LIN})
    opened.close()


def test_the_help_says_how_many_digits_a_pin_has() -> None:
    assert f"{FEWEST_DIGITS} to {MOST_DIGITS} digits" in run_kiosk("coordinator", "--help").out
