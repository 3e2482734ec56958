"""Readers behind a device server: ser2net where it is installed, plain connections everywhere."""

import socket
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import serial

from devices.faults import Fault, PortFault
from devices.ports.network import (
    LOST_SECONDS,
    PROBE_SECONDS,
    PROBES,
    QUIET_SECONDS,
    classify_network_failure,
    keep_alive,
)
from devices.ports.serial_port import PortLost, PortUnavailable, open_port
from devices.protocols.em4100 import encode
from devices.readers.events import ReaderLost
from devices.simulated.scripted_reader import ScriptedReader
from tests.devices.ports.device_servers import Protocol, Ser2net, find_free_port
from tests.devices.readers.listener import Listener

ANNS_CARD, BENS_CARD = "E:010063E9AE", "E:3C00CE754C"
ANN, BEN = (encode(bytes.fromhex(card.removeprefix("E:"))) for card in (ANNS_CARD, BENS_CARD))

NO_SERVER = Fault(PortFault.SERVER_SILENT)
HUNG_UP = Fault(PortFault.SERVER_HANGS_UP)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:serial.rfc2217")  # pySerial 3.5 names its thread


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def address_of(server: socket.socket) -> str:
    return f"socket://127.0.0.1:{server.getsockname()[1]}"


# --- Everywhere ---


def test_a_reader_on_the_network_is_read_like_any_other(server: socket.socket) -> None:
    with Listener(address_of(server)) as listener:
        connection, _ = server.accept()
        assert listener.collect_events(1) == ["ready"]
        connection.sendall(ANN)
        assert listener.collect_events(1) == [ANNS_CARD]
        connection.close()
        again, _ = server.accept()
        assert listener.collect_events(2) == ["lost", "ready"]
        again.sendall(BEN)
        assert listener.collect_events(1) == [BENS_CARD]
        again.close()


def test_what_a_server_says_first_is_about_itself_and_no_card(server: socket.socket) -> None:
    with Listener(address_of(server)) as listener:
        connection, _ = server.accept()
        connection.sendall(b"Welcome to port 4001\r\n" + ANN)
        assert listener.collect_events(1) == ["ready"]
        connection.sendall(BEN)
        assert listener.collect_events(1) == [BENS_CARD]
        connection.close()


def test_a_server_that_hangs_up_at_once_has_no_reader(server: socket.socket) -> None:
    with Listener(address_of(server)) as listener:
        connection, _ = server.accept()
        connection.sendall(b"Device open failure\r\n")
        connection.close()
        assert listener.next_event() == ReaderLost("door", HUNG_UP)


def test_a_server_that_does_not_answer_is_unavailable() -> None:
    with pytest.raises(PortUnavailable) as refusal:
        open_port(f"socket://127.0.0.1:{find_free_port()}", 9600)
    assert refusal.value.fault == NO_SERVER


def test_a_command_goes_to_the_reader_behind_the_server(server: socket.socket) -> None:
    with open_port(address_of(server), 9600) as port:
        connection, _ = server.accept()
        port.write(b"\xaa\xbb")
        assert connection.recv(2) == b"\xaa\xbb"
        connection.close()


def test_a_quiet_connection_is_asked_within_the_promised_time(server: socket.socket) -> None:
    with socket.create_connection(server.getsockname()) as connection:
        keep_alive(connection)
        assert connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        names = ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT")
        told = [connection.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)) for name in names]
        assert told == [QUIET_SECONDS, PROBE_SECONDS, PROBES, LOST_SECONDS * 1000]


def test_what_was_sent_to_a_port_that_is_gone_says_so(server: socket.socket) -> None:
    with open_port(address_of(server), 9600) as port:
        server.accept()[0].close()
        with pytest.raises(PortLost):
            deque(iter(lambda: port.write(b"anybody there?"), "never"), maxlen=0)


# --- ser2net ---


@pytest.fixture
def scripted() -> Iterator[ScriptedReader]:
    with ScriptedReader() as reader:
        yield reader


@pytest.fixture(params=get_args(Protocol))
def ser2net(request: pytest.FixtureRequest, scripted: ScriptedReader, tmp_path: Path) -> Iterator[Ser2net]:
    if reason := Ser2net.skip_reason():
        pytest.skip(reason)
    with Ser2net(tmp_path, scripted.port, request.param) as serving:
        yield serving


def test_a_reader_behind_ser2net_comes_back_with_it(ser2net: Ser2net, scripted: ScriptedReader) -> None:
    with Listener(ser2net.address) as listener:
        assert listener.collect_events(1) == ["ready"]
        scripted.send(ANN)
        assert listener.collect_events(1) == [ANNS_CARD]
        ser2net.stop()
        assert listener.collect_events(1) == ["lost"]
        ser2net.start()
        assert listener.collect_events(1) == ["ready"]
        scripted.send(BEN)
        assert listener.collect_events(1) == [BENS_CARD]


def test_a_reader_that_is_unplugged_from_ser2net_is_lost_and_comes_back(
    ser2net: Ser2net, scripted: ScriptedReader
) -> None:
    with Listener(ser2net.address) as listener:
        assert listener.collect_events(1) == ["ready"]
        scripted.unplug()
        assert listener.collect_events(1) == ["lost"]
        scripted.replug()
        assert listener.collect_events(1) == ["ready"]
        scripted.send(ANN)
        assert listener.collect_events(1) == [ANNS_CARD]


def test_a_server_that_sets_no_control_lines_has_its_code() -> None:
    as_pyserial_says = serial.SerialException("timeout while waiting for option 'control'")
    assert classify_network_failure(as_pyserial_says) == Fault(PortFault.SERVER_WITHOUT_CONTROL_LINES)
