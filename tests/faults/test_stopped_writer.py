"""A writer that is stopped, by Ctrl-Z or by SIGSTOP: never inside the lock where that can be, and named where not."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from random import Random
from time import sleep

import pytest

from devices.simulated.scripted_reader import ScriptedReader
from domain.log import lock_holder
from domain.log.errors import LogBusy
from domain.log.lock_holder import is_stopped
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from kiosk.home import Home
from kiosk.home_files import LOG_FILE
from kiosk.words.log_errors import explain_trouble
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.faults.test_door_without_restart import AT_REST, ON_PAPER, stranger
from tests.kiosk.conftest import list_topics
from tests.support.kiosk_program import KIOSK, line, run_kiosk_process, write_batch
from tests.support.tmux import SKIP_REASON, Tmux
from tests.support.waiting import wait_until

STOPS = 60 if LONG else 8
SEED = 20261127
VOLUNTEERS = 20_000
CARDS = 4
AS_LONG_AS_A_TAP_WAITS = 1.0

HOLDER = """
import signal
import sys
from pathlib import Path
from domain.log.writer_lock import WriterLock
for stop in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
    signal.signal(stop, signal.SIG_DFL)  # a screen that ran in the process of the tests left them ignored
lock = WriterLock(Path(sys.argv[1]))
sys.stdin.readline()
with lock.hold():
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Home.make(tmp_path / "home", simulation=True).close()
    return tmp_path / "home"


@contextmanager
def running(*command: object) -> Iterator[subprocess.Popen[str]]:
    """A program in a process group of its own, as a shell starts it: Ctrl-Z stops such a one and no other."""
    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        process_group=0,
        cwd=Path(__file__).parents[2],
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ask(process: subprocess.Popen[str]) -> str:
    """Have the holder take the lock."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def find_trouble(home: Path) -> str:
    """What a writer says that waits as long as a tap does; empty where it can write."""
    try:
        log = open_sqlite_log(home / LOG_FILE, REGISTERED_NAMES, timeout=AS_LONG_AS_A_TAP_WAITS)
    except LogBusy as busy:
        return explain_trouble(busy)
    log.close()
    return ""


@pytest.mark.parametrize("stop", [signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU])
def test_a_terminal_stops_a_writer_behind_the_lock_and_never_inside(home: Path, stop: signal.Signals) -> None:
    with running(sys.executable, "-c", HOLDER, home / LOG_FILE) as holder:
        assert ask(holder) == "held"
        holder.send_signal(stop)
        assert not is_stopped(holder.pid)
        assert holder.stdin
        holder.stdin.write("\n")
        holder.stdin.flush()
        wait_until(lambda: is_stopped(holder.pid), lambda: "it was never stopped")
        assert find_trouble(home) == ""


def test_a_writer_that_was_stopped_all_the_same_is_named(home: Path) -> None:
    with running(sys.executable, "-c", HOLDER, home / LOG_FILE) as holder:
        assert ask(holder) == "held"
        holder.send_signal(signal.SIGSTOP)
        wait_until(lambda: is_stopped(holder.pid), lambda: "it was never stopped")
        trouble = find_trouble(home)
        assert trouble.startswith(f"process {holder.pid} is stopped and holds {home / LOG_FILE}: continue it")
        status = run_kiosk_process("status", "--home", home)
        assert (status.status, f"process {holder.pid} is stopped" in status.out) == (1, True), status.out


class SlippingList:
    """The kernel's list of locks, of which the first reading lacks every line, as where others were given back."""

    def __init__(self) -> None:
        self.readings = 0

    def read_text(self, encoding: str) -> str:
        """As that of a path."""
        self.readings += 1
        return "" if self.readings == 1 else Path("/proc/locks").read_text(encoding)


def test_a_holder_that_one_reading_of_the_list_lacks_is_found_in_the_next(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_holder, "LOCKS", SlippingList())
    with (home / "a lock").open("w", encoding="utf-8") as file:
        assert lock_holder.find_holder(os.fstat(file.fileno())) is None
        flock(file, LOCK_EX)
        monkeypatch.setattr(lock_holder, "LOCKS", SlippingList())
        assert lock_holder.find_holder(os.fstat(file.fileno())) == os.getpid()


def test_a_writer_that_works_is_named_with_its_number(home: Path) -> None:
    with running(sys.executable, "-c", HOLDER, home / LOG_FILE) as holder:
        assert ask(holder) == "held"
        assert f"held {home / LOG_FILE} for 1 s (process {holder.pid})" in find_trouble(home)


def test_ctrl_z_on_a_batch_at_any_moment_leaves_the_lock_free(home: Path, tmp_path: Path) -> None:
    lines = (
        line("enrol_volunteer", volunteer=f"V{number}", agreement_from="2026-01-01", mode="guide")
        for number in range(VOLUNTEERS)
    )
    batch, chance = write_batch(tmp_path / "many.jsonl", *lines), Random(SEED)  # noqa: S311 - replayable
    held = 0
    with running(KIOSK, "apply", batch, "--home", home) as apply:
        for _ in range(STOPS):
            sleep(chance.uniform(0.05, 0.3))
            os.kill(apply.pid, signal.SIGTSTP)
            wait_until(lambda: is_stopped(apply.pid), lambda: "it was never stopped")
            held += find_trouble(home) != ""
            os.kill(apply.pid, signal.SIGCONT)
        assert apply.poll() is None, "the batch was too short for the test"
    ATTACK_RESULTS.append(AttackResult("Ctrl-Z on `kiosk apply`", STOPS, STOPS - held, held))
    assert held == 0


@pytest.mark.skipif(bool(SKIP_REASON), reason=SKIP_REASON)
def test_the_entrance_asks_everybody_to_sign_while_a_stopped_program_holds_the_log(
    tmux: Tmux, door: Path, reader: ScriptedReader
) -> None:
    tmux.start(KIOSK, "run", "--home", door)
    assert reader.wait_until_opened()
    tmux.wait_for_text(AT_REST)
    with running(sys.executable, "-c", HOLDER, door / LOG_FILE) as holder:
        assert ask(holder) == "held"
        holder.send_signal(signal.SIGSTOP)
        for number in range(CARDS):
            reader.send(stranger(number))
        tmux.wait_for_text(drawn=[ON_PAPER])
        holder.send_signal(signal.SIGCONT)
    tmux.wait_for_text(AT_REST)
    written = list_topics(door).count("refused-taps.tap-refused")
    reader.send(stranger(CARDS))
    tmux.wait_for_text(drawn=["查無此卡"])
    ATTACK_RESULTS.append(AttackResult("a stopped program holds the log", CARDS, CARDS - written, written))
    assert written == 0, "a card that was given up is not written later"
