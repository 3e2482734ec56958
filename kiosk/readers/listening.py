"""Listening to ports with unknown readers: how a port is opened, the bytes of one tap, readers that are polled.

Rule: the speed of an unknown reader is unknown too, so each usual one is tried. A tap ends with a silence, or after a
fixed time for a reader that repeats a card while it is held. Bytes are collected in memory, not interpreted.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from typing_extensions import override

from devices.ports.addresses import Address, NotAnAddress, parse_address
from devices.ports.evdev import open_keyboard
from devices.ports.serial_port import Port, open_port
from devices.profiles.detection import Capture, Piece, is_readable
from devices.profiles.profile import CardPoller, Profile
from devices.protocols.decoder import CardNumber
from devices.protocols.polling import BytePort, poll_once
from kiosk.errors import UserError
from kiosk.words.devices import explain_not_an_address
from kiosk.words.readers import ReaderText

USUAL_SPEEDS = (9_600, 115_200, 19_200, 38_400, 57_600)
"""Of serial readers in baud, the likeliest first."""
SLOWEST_USUAL_SPEED = USUAL_SPEEDS[0]
"""Default speed of polled readers that do not answer at the speed of their profile."""
SOCKET_SCHEME = "socket://"
"""Begins the address of a server that sets its own speed."""
READ_TICK = 0.02
"""Seconds to wait for a byte: several ports are read in turn, and pauses are measured by it."""
QUIET_SECONDS = 0.3
"""A silence that ends a tap: longer than any reader pauses within one."""
HELD_SECONDS = 1.2
"""The longest tap of a reader that repeats a card while it is held."""
SECONDS_PER_PROBE = 0.7
"""Time to poll with one profile at one speed: two questions, because the first may find the reader asleep."""


# --- A port to listen at ---


@dataclass(frozen=True, slots=True)
class CandidatePort:
    """One port, closed, at which there may be an unknown reader."""

    address_text: str
    """As it was typed."""
    address: Address

    @property
    def is_keyboard(self) -> bool:
        """Whether the reader there types."""
        return self.address.kind == "keyboard"

    @property
    def speeds(self) -> tuple[int | None, ...]:
        """The speeds to listen at; only None for a port without a speed."""
        has_none = self.is_keyboard or self.address_text.startswith(SOCKET_SCHEME)
        return (None,) if has_none else USUAL_SPEEDS

    def speeds_of(self, profile: Profile) -> tuple[int | None, ...]:
        """The speeds to poll at: the profile's, and the slowest usual one."""
        return tuple(dict.fromkeys((profile.baud, SLOWEST_USUAL_SPEED))) if self.speeds != (None,) else (None,)

    def open_at(self, speed: int | None) -> Port:
        """Raises: PortUnavailable."""
        if self.is_keyboard:
            return open_keyboard(self.address.place)
        return open_port(self.address.place, speed or SLOWEST_USUAL_SPEED, tick=READ_TICK)


def parse_ports(addresses: Iterable[str]) -> list[CandidatePort]:
    """The ports at typed addresses. Raises: UserError."""
    return [_parse_port(text) for text in addresses]


def _parse_port(text: str) -> CandidatePort:
    try:
        address = parse_address(text)
    except NotAnAddress as error:
        raise UserError(explain_not_an_address(error)) from None
    if address.kind == "pcsc":
        raise UserError(ReaderText.PCSC_NEEDS_NO_PROFILE.fill(text=text))
    return CandidatePort(text, address)


# --- The bytes of a tap ---


class PortCapture(BytePort):
    """A port, and every byte that was read from it."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self.data = b""

    @override
    def read(self) -> bytes:
        received = self._port.read(READ_TICK)
        self.data += received
        return received

    @override
    def write(self, data: bytes, /) -> None:
        self._port.write(data)


def wait_for_tap(ports: Mapping[CandidatePort, Port], seconds: float) -> tuple[CandidatePort, tuple[Piece, ...]] | None:
    """The first port that sends something, and that whole tap; None when the time is over. Raises: PortLost."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for candidate, port in ports.items():
            if data := port.read(READ_TICK):
                return candidate, _read_rest_of_tap(port, data)
    return None


def _read_rest_of_tap(port: Port, data: bytes) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    began = last = now = time.monotonic()
    while now - last < QUIET_SECONDS and now - began < HELD_SECONDS:
        received, now = port.read(READ_TICK), time.monotonic()
        if received:
            pieces.append(Piece(data, now - last))
            data, last = received, now
    return (*pieces, Piece(data, now - last))


def wait_until_quiet(port: Port) -> None:
    """Read until the card is removed. Raises: PortLost."""
    last = time.monotonic()
    while time.monotonic() - last < QUIET_SECONDS:
        if port.read(READ_TICK):
            last = time.monotonic()


def poll_for_card(port: Port, poller: CardPoller, seconds: float) -> tuple[Piece, ...]:
    """The bytes of a polled reader up to its first card; empty when the time is over. Raises: PortLost."""
    line, until = PortCapture(port), time.monotonic() + seconds
    while time.monotonic() < until:
        step = poll_once(poller, line, time.monotonic)
        if any(isinstance(read, CardNumber) for read in step.reads):
            return (Piece(line.data),)
    return ()


def poll_until_removed(port: Port, poller: CardPoller) -> None:
    """Poll until the card is removed. Raises: PortLost."""
    line, last = PortCapture(port), time.monotonic()
    while time.monotonic() - last < QUIET_SECONDS:
        if poll_once(poller, line, time.monotonic).reads:
            last = time.monotonic()


# --- Readers that are polled ---


class Probe(NamedTuple):
    """A port, and the profile and speed to poll it with."""

    candidate: CandidatePort
    profile: Profile
    speed: int | None


def find_polled_reader(candidates: Sequence[CandidatePort], profiles: Mapping[str, Profile]) -> Probe | None:
    """The first probe that is answered; None when none is, or when a reader sends a card without being polled.

    A question in a protocol that a reader does not know does nothing: readers that only send do not listen.

    Raises: PortError.
    """
    for probe in _list_probes(candidates, profiles):
        answers, data = _run_probe(probe)
        if answers:
            return probe
        if is_readable(Capture((Piece(data),)), profiles):
            return None
    return None


def _list_probes(candidates: Sequence[CandidatePort], profiles: Mapping[str, Profile]) -> Iterator[Probe]:
    polled = [profile for profile in profiles.values() if profile.poller]
    for candidate in (candidate for candidate in candidates if not candidate.is_keyboard):
        for profile in polled:
            yield from (Probe(candidate, profile, speed) for speed in candidate.speeds_of(profile))


def _run_probe(probe: Probe) -> tuple[bool, bytes]:
    """Whether the reader answers, and every byte that came in either case."""
    poller, until = probe.profile.build_poller(), time.monotonic() + SECONDS_PER_PROBE
    with probe.candidate.open_at(probe.speed) as port:
        line = PortCapture(port)
        while poller and time.monotonic() < until:
            if poll_once(poller, line, time.monotonic).answers:
                return True, line.data
    return False, line.data
