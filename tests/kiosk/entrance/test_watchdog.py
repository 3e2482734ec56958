"""The watchdog: silence when a part hangs, and only then; the supervisor gets its start, its status and its end."""

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices.simulated.scripted_reader import ScriptedReader
from kiosk.entrance.watchdog import PROBE_SECONDS, READER_SECONDS, STORE_SECONDS, Heartbeats, Supervisor, Watchdog
from tests.kiosk.entrance.app_harness import ScriptedService, async_test, open_entrance
from tests.support.kiosk_program import add_reader
from tests.support.terminal import Terminal
from tests.support.waiting import TIMEOUT_SECONDS

ALIVE = "WATCHDOG=1"


class Listener:
    """The socket of a supervisor, and the datagrams that came."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(f"\0{address[1:]}" if address.startswith("@") else address)
        self._socket.settimeout(TIMEOUT_SECONDS)

    def next(self) -> str:
        """Wait for a datagram."""
        return self._socket.recv(4096).decode()

    def wait_for(self, text: str) -> list[str]:
        """Wait for this datagram; all that came up to it."""
        received = [self.next()]
        while received[-1] != text:
            received.append(self.next())
        return received

    def read_pending(self) -> list[str]:
        """The datagrams that have come and were not read, without waiting."""
        self._socket.setblocking(False)
        received: list[str] = []
        try:
            while True:
                received.append(self._socket.recv(4096).decode())
        except BlockingIOError:
            return received
        finally:
            self._socket.settimeout(TIMEOUT_SECONDS)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    with closing(Listener(str(tmp_path / "notify"))) as listening:
        yield listening


# --- Which part hangs ---


@pytest.mark.parametrize(("age", "hangs"), [(READER_SECONDS - 0.01, False), (READER_SECONDS, True)])
def test_a_reader_hangs_when_it_did_not_go_round_for_five_seconds(age: float, hangs: bool) -> None:
    hanging = Heartbeats({"door": 100.0, "side": 100.0 - age}, None).find_hanging_part(100.0)
    assert (bool(hanging), "reader side" in hanging) == (hangs, hangs)


@pytest.mark.parametrize(("age", "hangs"), [(STORE_SECONDS - 0.01, False), (STORE_SECONDS, True)])
def test_the_store_hangs_when_it_owes_an_answer_for_longer_than_a_writer_waits(age: float, hangs: bool) -> None:
    assert bool(Heartbeats({}, 100.0 - age).find_hanging_part(100.0)) == hangs


def test_a_store_that_owes_nothing_does_not_hang() -> None:
    assert Heartbeats({}, None).find_hanging_part(1e9) == ""


# --- Reports to the supervisor ---


@dataclass
class Watched:
    """A watchdog over one reader and one store, at an hour that the test sets."""

    listener: Listener
    now: float = 1000.0

    def __post_init__(self) -> None:
        self.watchdog = Watchdog(Supervisor(self.listener.address), lambda: self.now)

    def tick(
        self,
        seconds: float = 1.0,
        *,
        reader_age: float = 0.0,
        store_age: float | None = None,
        troubles: tuple[str, ...] = (),
    ) -> list[str]:
        """Time goes on, and the screen ticks; the reports."""
        self.now += seconds
        busy_since = None if store_age is None else self.now - store_age
        self.watchdog.tick(Heartbeats({"door": self.now - reader_age}, busy_since), troubles)
        return self.listener.read_pending()


@pytest.fixture
def watched(listener: Listener) -> Watched:
    return Watched(listener)


def test_while_all_is_well_each_tick_reports_it_and_the_status_is_sent_once(watched: Watched) -> None:
    assert watched.tick() == ["STATUS=cards are read", ALIVE]
    assert watched.tick() == [ALIVE]


def test_a_reader_that_hangs_silences_it_until_it_goes_round_again(watched: Watched) -> None:
    watched.tick()
    assert watched.tick(reader_age=READER_SECONDS) == ["STATUS=hangs: the thread of reader door does not go round"]
    assert watched.tick(reader_age=READER_SECONDS + 1) == []
    assert watched.tick() == ["STATUS=cards are read", ALIVE]


def test_a_store_that_hangs_silences_it_until_it_answers(watched: Watched) -> None:
    watched.tick()
    assert ALIVE in watched.tick(store_age=STORE_SECONDS - 1), "it may yet answer"
    assert watched.tick(store_age=STORE_SECONDS) == ["STATUS=hangs: the event log does not answer: look at the disk"]
    assert watched.tick(store_age=STORE_SECONDS + 60) == []
    assert watched.tick() == ["STATUS=cards are read", ALIVE]


def test_a_store_that_refuses_does_not_hang_and_is_reported(watched: Watched) -> None:
    """A fresh start makes no room on the disk, and would take the words "sign on paper" from the screen."""
    watched.watchdog.record_probe(ready=False)
    assert watched.tick() == ["STATUS=nothing can be written to the event log: look at the disk", ALIVE]


def test_an_unplugged_reader_is_reported_and_silences_nothing(watched: Watched) -> None:
    reports = watched.tick(troubles=("reader door does not answer",))
    assert reports == ["STATUS=reader door does not answer", ALIVE]


def test_a_probe_is_due_every_few_seconds_and_not_while_taps_are_written(watched: Watched) -> None:
    assert watched.watchdog.is_probe_due()
    watched.now += PROBE_SECONDS - 1
    assert not watched.watchdog.is_probe_due()
    watched.watchdog.record_probe(ready=True)
    watched.now += PROBE_SECONDS - 1
    assert not watched.watchdog.is_probe_due()
    watched.now += 1
    assert watched.watchdog.is_probe_due()


# --- The supervisor's socket ---


def test_without_a_socket_there_is_no_supervisor() -> None:
    assert [Supervisor.of(environment) for environment in ({}, {"NOTIFY_SOCKET": ""})] == [None, None]


def test_an_abstract_socket_is_one_too(tmp_path: Path) -> None:
    with closing(Listener(f"@kiosk-{tmp_path.name}")) as listening:
        supervisor = Supervisor.of({"NOTIFY_SOCKET": listening.address})
        assert supervisor
        supervisor.notify(READY="1", STATUS="two\nlines")
        assert listening.next() == "READY=1\nSTATUS=two lines"


def test_a_supervisor_that_is_gone_ends_nothing(tmp_path: Path) -> None:
    Supervisor(str(tmp_path / "nobody")).notify(READY="1")


# --- The entrance feeds it ---


@async_test
async def test_the_entrance_is_silent_while_a_reader_hangs(listener: Listener) -> None:
    async with open_entrance(service=ScriptedService()) as entrance:
        entrance.app.attach_supervisor(Supervisor(listener.address))
        entrance.app._tick()
        assert ALIVE in listener.read_pending()
        entrance.readers[0].hanging = True
        for _ in range(3):
            entrance.app._tick()
        assert listener.read_pending() == ["STATUS=hangs: the thread of reader door does not go round"]


def test_the_real_entrance_is_ready_alive_and_stopping(
    real_home: Path, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", listener.address)
    program = Path(sys.executable).with_name("kiosk")
    with ScriptedReader() as reader:
        add_reader(real_home, reader.port)
        with Terminal([str(program), "run", "--home", str(real_home)]) as terminal:
            assert listener.next() == "READY=1"
            terminal.wait_for_text("Please tap your card")
            assert reader.wait_until_opened()
            listener.wait_for(ALIVE)
            reader.unplug()
            listener.wait_for("STATUS=reader door does not answer")
            assert listener.wait_for(ALIVE) == [ALIVE], "an unplugged reader does not silence it"
            terminal.send_signal(signal.SIGTERM)
            listener.wait_for("STOPPING=1")
            assert terminal.wait_for_exit() == 0
