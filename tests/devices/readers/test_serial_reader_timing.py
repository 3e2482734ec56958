"""The reader thread's clock on real pseudo-terminals: a machine that slept, and the heartbeat."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from devices.ports.serial_port import Port, open_port
from devices.protocols.em4100 import encode
from devices.readers.events import InputUnreadable, ReaderEvent, ReaderLost
from devices.readers.reader_thread import SLOW, STALL_SECONDS, STALLED
from devices.simulated.scripted_reader import ScriptedReader
from tests.devices.readers.listener import (
    ANN,
    ANNS_CARD,
    BEN,
    BENS_CARD,
    CARLA,
    CARLAS_CARD,
    Listener,
    format_event,
)
from tests.support.waiting import wait_until


def test_a_port_that_is_slow_to_open_is_no_sleep(scripted: ScriptedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(scripted.port)

    def open_slowly(port: str, baud: int) -> Port:
        listener.clock.seconds += STALL_SECONDS + 0.1
        return open_port(port, baud)

    monkeypatch.setattr("devices.readers.serial_reader.open_port", open_slowly)
    with listener:
        assert listener.collect_events(1) == ["ready"]
        scripted.send(ANN)
        assert listener.collect_events(1) == [ANNS_CARD]


def test_the_heartbeat_is_the_last_tick_on_the_readers_clock(scripted: ScriptedReader, listener: Listener) -> None:
    listener.clock.seconds += 0.5
    scripted.send(ANN)
    assert listener.collect_events(1) == [ANNS_CARD]
    assert listener.reader.heartbeat == listener.clock.seconds


def stand_still_at_anns_card(listener: Listener, seconds: float, meanwhile: Callable[[], object]) -> None:
    def stand_still(event: ReaderEvent) -> None:
        if format_event(event) == ANNS_CARD:
            meanwhile()
            listener.clock.seconds += seconds

    listener.on_event = stand_still


def test_cards_read_while_the_machine_slept_have_no_known_time_and_are_one_unreadable(
    scripted: ScriptedReader, listener: Listener
) -> None:
    a_crowd = b"".join(encode(number.to_bytes(5, "big")) for number in range(1000))
    stand_still_at_anns_card(listener, STALL_SECONDS + 0.1, meanwhile=lambda: scripted.send(a_crowd))
    scripted.send(ANN)
    assert listener.collect_events(1) == [ANNS_CARD]
    assert listener.next_event() == InputUnreadable("door", STALLED)
    scripted.send(CARLA)
    assert listener.collect_events(1) == [CARLAS_CARD]


def test_half_a_line_from_before_the_sleep_does_not_spoil_the_next_card(scripted: ScriptedReader) -> None:
    with Listener(scripted.port, profile="em-10h") as listener:
        listener.collect_events(1)
        stand_still_at_anns_card(listener, STALL_SECONDS + 0.1, meanwhile=lambda: scripted.send(b"FF"))
        scripted.send(b"010063E9AE\rFFFF")
        assert listener.collect_events(2) == [ANNS_CARD, "unreadable"]
        scripted.send(b"3C00CE754C\r")
        assert listener.collect_events(1) == [BENS_CARD]


def test_cards_read_within_three_seconds_are_presented(scripted: ScriptedReader, listener: Listener) -> None:
    stand_still_at_anns_card(listener, STALL_SECONDS, meanwhile=lambda: scripted.send(BEN))
    scripted.send(ANN)
    assert listener.collect_events(2) == [ANNS_CARD, BENS_CARD]


def test_a_sleep_in_which_nobody_came_is_not_an_event(scripted: ScriptedReader, listener: Listener) -> None:
    listener.clock.seconds += 3600
    for _ in range(2):  # the tick that sees the sleep, and the next
        listener.clock.wait_until_read()
    scripted.send(ANN)
    assert listener.collect_events(1) == [ANNS_CARD]


# --- The heartbeat, whatever the reader does ---


@pytest.fixture
def deaf_server() -> Iterator[str]:
    """A server whose queue is full, so that nobody is connected or refused any more."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        address = server.getsockname()
        with ExitStack() as queue:
            for _ in range(3):
                waiting = queue.enter_context(socket.socket())
                waiting.setblocking(False)
                waiting.connect_ex(address)
            yield f"socket://127.0.0.1:{address[1]}"


def assert_heart_beats(listener: Listener) -> None:
    listener.clock.seconds += 1.0
    now = listener.clock.seconds
    wait_until(lambda: listener.reader.heartbeat == now, describe_failure=lambda: "the heart stands still")


def test_the_heart_beats_while_nobody_comes(listener: Listener) -> None:
    assert_heart_beats(listener)


def test_the_heart_beats_while_the_reader_is_missing(scripted: ScriptedReader) -> None:
    scripted.unplug()
    with Listener(scripted.port, backoff=(3600.0,)) as listener:
        assert listener.collect_events(1) == ["lost"]
        assert_heart_beats(listener)


def test_the_heart_beats_while_a_server_does_not_answer_and_stopping_does_not_wait_for_it(deaf_server: str) -> None:
    with Listener(deaf_server) as listener:
        assert_heart_beats(listener)
        listener.reader.stop()
        assert not listener.reader.running


def test_a_server_that_does_not_answer_is_lost(deaf_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.readers.reader_thread.SLOW_OPEN_SECONDS", 0.5)
    with Listener(deaf_server) as listener:
        assert listener.next_event() == ReaderLost("door", SLOW)


def test_the_heart_stands_still_when_the_thread_has_died_of_a_bug(
    scripted: ScriptedReader, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threading.excepthook", lambda _: None)

    def fail(_: ReaderEvent) -> None:
        raise RuntimeError("a bug")

    listener.on_event = fail
    scripted.send(ANN)
    wait_until(lambda: not listener.reader.running, describe_failure=lambda: "it lives on")
    listener.clock.seconds += 60.0
    assert listener.reader.heartbeat < listener.clock.seconds
