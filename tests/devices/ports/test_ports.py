"""Opening, reading and losing a port, and the code of each failure."""

import errno
import os
import socket
import termios
from pathlib import Path
from threading import Thread

import pytest

from devices.faults import Fault, PortFault
from devices.ports.serial_port import PortLost, PortUnavailable, classify_failure, open_port
from devices.simulated.scripted_reader import ScriptedReader
from tests.support.waiting import TIMEOUT_SECONDS, wait_until

MISSING = Fault(PortFault.MISSING)
FORBIDDEN = Fault(PortFault.FORBIDDEN)
BUSY = Fault(PortFault.BUSY)
NO_SERIAL_PORT = Fault(PortFault.NOT_SERIAL)
NO_SERVER = Fault(PortFault.SERVER_SILENT)
UNKNOWN_ADDRESS = Fault(PortFault.UNKNOWN_ADDRESS)


def refusal_of(port: str) -> PortUnavailable:
    with pytest.raises(PortUnavailable) as refusal:
        open_port(port, 9600)
    return refusal.value


def test_a_read_gives_all_that_came_in(reader: ScriptedReader) -> None:
    with open_port(reader.port, 9600) as port:
        reader.send(b"\x02010063E9AE25\x03")
        received = b""
        while len(received) < 14:
            received += port.read()
    assert received == b"\x02010063E9AE25\x03"


def test_a_read_without_a_byte_gives_nothing_after_a_tick(reader: ScriptedReader) -> None:
    with open_port(reader.port, 9600, tick=0.01) as port:
        assert port.read() == b""


def test_a_missing_device_is_unavailable(tmp_path: Path) -> None:
    port = str(tmp_path / "ttyUSB0")
    assert vars(refusal_of(port)) == {"port": port, "fault": MISSING}


def test_a_device_that_another_reader_has_is_busy_until_it_is_given_back(reader: ScriptedReader) -> None:
    with open_port(reader.port, 9600):
        assert refusal_of(reader.port).fault == BUSY
    open_port(reader.port, 9600).close()


@pytest.mark.parametrize("port", ["/dev/null", "/"])
def test_what_is_not_a_serial_port_is_unavailable(port: str) -> None:
    assert refusal_of(port).fault == NO_SERIAL_PORT


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open everything")
def test_a_forbidden_device_is_unavailable(tmp_path: Path) -> None:
    device = tmp_path / "ttyUSB0"
    device.touch(mode=0)
    assert refusal_of(str(device)).fault == FORBIDDEN


@pytest.mark.parametrize(
    ("failure", "fault"),
    [
        (OSError(errno.EACCES, "Permission denied"), FORBIDDEN),
        (OSError(errno.ENXIO, "No such device or address"), MISSING),
        (OSError(errno.EBUSY, "Device or resource busy"), BUSY),
        (termios.error(errno.EIO, "Input/output error"), MISSING),
        (
            TypeError("an integer is required"),
            Fault(PortFault.NOT_OPENED, {"error": "an integer is required"}),
        ),
    ],
)
def test_each_failure_of_the_driver_has_its_code(failure: Exception, fault: Fault) -> None:
    assert classify_failure("/dev/ttyUSB0", failure) == fault


@pytest.mark.parametrize("port", ["spy:///dev/ttyUSB0", "http://192.0.2.7", "loop://"])
def test_an_address_of_another_kind_is_refused(port: str) -> None:
    assert refusal_of(port).fault == UNKNOWN_ADDRESS


@pytest.mark.parametrize("port", ["socket://", "socket://127.0.0.1", "socket://127.0.0.1:port"])
def test_a_malformed_network_address_is_unavailable(port: str) -> None:
    assert refusal_of(port).fault == NO_SERVER


def test_a_device_server_that_does_not_answer_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = f"socket://127.0.0.1:{server.getsockname()[1]}"
    assert refusal_of(port).fault == NO_SERVER


def test_a_device_server_is_read_like_a_device_until_it_goes_away() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    with server, open_port(f"socket://127.0.0.1:{server.getsockname()[1]}", 9600) as port:
        connection, _ = server.accept()
        connection.sendall(b"card")
        assert b"".join(iter(port.read, b"")) == b"card"
        connection.close()
        with pytest.raises(PortLost):
            port.read()


def test_losing_the_device_ends_the_read(reader: ScriptedReader) -> None:
    with open_port(reader.port, 9600, tick=3600.0) as port:
        reader.unplug()
        with pytest.raises(PortLost) as loss:
            port.read()
    assert loss.value.fault == Fault(PortFault.LOST)


def test_losing_the_device_fails_a_discard_too(reader: ScriptedReader) -> None:
    with open_port(reader.port, 9600) as port:
        reader.unplug()
        with pytest.raises(PortLost):
            port.discard()


def test_discarded_bytes_are_not_read(reader: ScriptedReader) -> None:
    with open_port(reader.port, 9600) as port:
        reader.send(b"first")
        assert port.read() == b"first"
        reader.send(b"stale")
        wait_until(lambda: reader.unread == len(b"stale"), describe_failure=lambda: "nothing came")
        port.discard()
        assert port.read(0.01) == b""


def test_a_command_goes_to_the_reader(reader: ScriptedReader) -> None:
    with open_port(reader.port, 9600) as port:
        reader.wait_until_opened()
        port.write(b"\xaa\xbb")
        assert b"".join(iter(lambda: reader.receive(0.5), b"")) == b"\xaa\xbb"


def test_a_command_to_a_device_that_is_gone_says_so(reader: ScriptedReader) -> None:
    with open_port(reader.port, 9600) as port:
        reader.unplug()
        with pytest.raises(PortLost):
            port.write(b"anybody there?")


def test_cancelling_ends_a_read_at_once(reader: ScriptedReader) -> None:
    with open_port(reader.port, 9600, tick=3600.0) as port:
        received: list[bytes] = []
        waiting = Thread(target=lambda: received.append(port.read()), daemon=True)
        waiting.start()
        port.cancel()
        waiting.join(timeout=TIMEOUT_SECONDS)
        assert received == [b""]


def test_a_closed_port_may_be_cancelled_and_closed_again(reader: ScriptedReader) -> None:
    port = open_port(reader.port, 9600)
    port.close()
    port.cancel()
    port.close()
