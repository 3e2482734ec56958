"""Serial device servers: a reader's port at the other end of a network, `socket://` or `rfc2217://`.

The rule: a reader that has vanished is reported lost within ten seconds, though it never says anything by itself:
TCP asks the other end when it was quiet for four seconds, every two, and gives up when nothing answers. Neither
kind is encrypted or authenticated: they belong in a network of their own.
"""

import errno
import os
import socket
import time
from typing import cast
from urllib.parse import urlsplit

import serial
from serial import rfc2217

from devices.faults import Fault, PortFault
from devices.ports.wakeable import WakeableWait

CONNECT_SECONDS = 5.0
"""How long a server may take to answer at all."""

SETTLE_SECONDS = 0.25
"""What a server says first is about itself; one whose own device is missing or taken says so, and hangs up."""

QUIET_SECONDS, PROBE_SECONDS, PROBES = 4, 2, 3
LOST_SECONDS = QUIET_SECONDS + PROBES * PROBE_SECONDS
"""Within this time a server that was cut off or switched off is known to be gone."""

READ_SIZE = 4096
"""Bytes taken from a connection at a time; a frame has some twenty."""

STEP_SECONDS = 0.05
"""An RFC 2217 port renegotiates its line when its timeout is changed, so it has one, and waits are multiples."""


class TcpDevice:
    """A raw TCP connection to a device server, `socket://host:port`; bytes are the reader's.

    Raises:
        OSError: there is no such server, it does not answer, or it hung up.
    """

    def __init__(self, url: str) -> None:
        self._connection = socket.create_connection(parse_host_and_port(url), CONNECT_SECONDS)
        self._waiting = WakeableWait()
        try:
            keep_alive(self._connection)
            self.discard()
        except BaseException:
            self.close()
            raise

    def receive(self, seconds: float) -> bytes:
        """What has come in, after waiting at most so long for the first byte."""
        if not self._waiting.wait_until_readable(self._connection.fileno(), seconds):
            return b""
        data = self._connection.recv(READ_SIZE)
        if not data:
            raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))
        return data

    def send(self, data: bytes) -> None:
        """Hand bytes over to be sent."""
        self._connection.sendall(data)

    def discard(self) -> None:
        """Throw away what has come in, and what comes while it settles."""
        until = time.monotonic() + SETTLE_SECONDS
        while (left := until - time.monotonic()) > 0:
            self.receive(left)

    def cancel(self) -> None:
        """End a `receive` that another thread is in."""
        self._waiting.wake()

    def close(self) -> None:
        """Hang up. May be called twice."""
        self._connection.close()
        self._waiting.close()


class Rfc2217Device:
    """A serial port behind a server that also sets its speed, `rfc2217://host:port` (RFC 2217).

    Raises:
        OSError: as `TcpDevice`; or the server does not take the settings of the line.
    """

    def __init__(self, url: str, baud: int) -> None:
        self._port = rfc2217.Serial(url, baudrate=baud, timeout=STEP_SECONDS)
        self._cancelled = False
        keep_alive(cast("socket.socket", vars(self._port)["_socket"]))  # pySerial has no other way to it

    def receive(self, seconds: float) -> bytes:
        """What has come in, after waiting at most so long for the first byte."""
        until = time.monotonic() + seconds
        while not (first := self._port.read(1)):
            if self._cancelled or time.monotonic() >= until:
                return b""
        return first + self._port.read(self._port.in_waiting)

    def send(self, data: bytes) -> None:
        """Hand bytes over to be sent."""
        self._port.write(data)

    def discard(self) -> None:
        """Throw away what has come in."""
        self._port.reset_input_buffer()

    def cancel(self) -> None:
        """End a `receive` that another thread is in, with its step."""
        self._cancelled = True

    def close(self) -> None:
        """Hang up. May be called twice."""
        self._port.close()


def keep_alive(connection: socket.socket) -> None:
    """Let the system find out, within `LOST_SECONDS`, that the other end is gone."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, QUIET_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, PROBE_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, PROBES)
    # Without it, a poll that is not acknowledged would be sent again for a quarter of an hour (tcp(7)).
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, LOST_SECONDS * 1000)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def parse_host_and_port(url: str) -> tuple[str, int]:
    """Where an address points.

    Raises:
        ValueError: it does not say a host and a port.
    """
    parts = urlsplit(url)
    if not parts.hostname or not parts.port:
        raise ValueError(url)
    return parts.hostname, parts.port


def classify_network_failure(failure: BaseException) -> Fault:
    """Why a device server could not be used, from what was raised."""
    match failure:
        case serial.SerialException() if "'control'" in str(failure):
            return Fault(PortFault.SERVER_WITHOUT_CONTROL_LINES)
        case ConnectionResetError():
            return Fault(PortFault.SERVER_HANGS_UP)
        case _:
            return Fault(PortFault.SERVER_SILENT)
