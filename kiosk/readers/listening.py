"""Listening to ports whose readers nobody knows yet: the bytes of one tap, with the pauses in them.

Rule: a tap ends with a silence, or after a while for a reader that repeats a card that is held. It is not understood
here, only kept in memory.
"""

import time
from collections.abc import Mapping

from devices.ports.serial_port import Port
from devices.profiles.detection import Piece
from devices.profiles.profile import CardPoller
from devices.protocols.decoder import CardNumber
from devices.protocols.polling import poll_once
from kiosk.readers.candidate_ports import READ_TICK, CandidatePort

QUIET_SECONDS = 0.3
"""A silence that ends a tap: longer than any reader pauses within one."""
HELD_SECONDS = 1.2
"""How long a card that is held, and repeated, is listened to."""


class PortCapture:
    """A port, and all that it brought."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self.data = b""

    def read(self) -> bytes:
        """See `devices.protocols.polling.Line`."""
        came = self._port.read(READ_TICK)
        self.data += came
        return came

    def write(self, data: bytes, /) -> None:
        """See `devices.protocols.polling.Line`."""
        self._port.write(data)


def wait_for_tap(ports: Mapping[CandidatePort, Port], seconds: float) -> tuple[CandidatePort, tuple[Piece, ...]] | None:
    """The port that brings something, and that whole tap; None when none does within the time. Raises: PortLost."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for spot, port in ports.items():
            if data := port.read(READ_TICK):
                return spot, _read_rest_of_tap(port, data)
    return None


def _read_rest_of_tap(port: Port, data: bytes) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    began = last = now = time.monotonic()
    while now - last < QUIET_SECONDS and now - began < HELD_SECONDS:
        came, now = port.read(READ_TICK), time.monotonic()
        if came:
            pieces.append(Piece(data, now - last))
            data, last = came, now
    return (*pieces, Piece(data, now - last))


def wait_until_quiet(port: Port) -> None:
    """Read until the card is gone. Raises: PortLost."""
    last = time.monotonic()
    while time.monotonic() - last < QUIET_SECONDS:
        if port.read(READ_TICK):
            last = time.monotonic()


def poll_for_card(port: Port, poller: CardPoller, seconds: float) -> tuple[Piece, ...]:
    """What a reader that must be asked says until it finds a card; nothing where it finds none. Raises: PortLost."""
    line, until = PortCapture(port), time.monotonic() + seconds
    while time.monotonic() < until:
        asked = poll_once(poller, line, time.monotonic)
        if any(isinstance(read, CardNumber) for read in asked.reads):
            return (Piece(line.data),)
    return ()


def poll_until_removed(port: Port, poller: CardPoller) -> None:
    """Ask until the card is gone. Raises: PortLost."""
    line, last = PortCapture(port), time.monotonic()
    while time.monotonic() - last < QUIET_SECONDS:
        if poll_once(poller, line, time.monotonic).reads:
            last = time.monotonic()
