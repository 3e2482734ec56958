"""A place where an unknown reader may hang, and the ways to open it.

Rule: nobody knows the speed of an unknown reader, so each is tried; where the line has none, there is one way.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from devices.ports.addresses import Address, NotAnAddress, parse_address
from devices.ports.serial_port import Port, open_port
from devices.profiles.profile import Profile
from devices.readers.keyboard_reader import open_keyboard
from kiosk.errors import UserError
from kiosk.words.readers import ReaderText

USUAL_SPEEDS = (9_600, 115_200, 19_200, 38_400, 57_600)
"""Of serial readers, the likeliest first."""
SLOWEST_USUAL_SPEED = USUAL_SPEEDS[0]
"""What a reader that must be asked is set to, where it is not as its profile says."""
SOCKET_SCHEME = "socket://"
"""Begins the address of a server that sets its own speed."""
READ_TICK = 0.02
"""Seconds to wait for a byte at a time: several ports are listened to in turn, and pauses are told from it."""


@dataclass(frozen=True, slots=True)
class CandidatePort:
    """One port, closed."""

    address_text: str
    """As somebody wrote it."""
    address: Address

    @property
    def is_keyboard(self) -> bool:
        """Whether what hangs there types."""
        return self.address.kind == "keyboard"

    @property
    def speeds(self) -> tuple[int | None, ...]:
        """The speeds to listen at."""
        has_none = self.is_keyboard or self.address_text.startswith(SOCKET_SCHEME)
        return (None,) if has_none else USUAL_SPEEDS

    def speeds_of(self, profile: Profile) -> tuple[int | None, ...]:
        """The speeds to ask at: the profile's, and the usual one."""
        return tuple(dict.fromkeys((profile.baud, SLOWEST_USUAL_SPEED))) if self.speeds != (None,) else (None,)

    def open_at(self, speed: int | None) -> Port:
        """Raises: PortUnavailable."""
        if self.is_keyboard:
            return open_keyboard(self.address.place)
        return open_port(self.address.place, speed or SLOWEST_USUAL_SPEED, tick=READ_TICK)


def parse_ports(written: Iterable[str]) -> list[CandidatePort]:
    """The places that somebody wrote. Raises: Mistake."""
    return [_parse_port(text) for text in written]


def _parse_port(text: str) -> CandidatePort:
    try:
        address = parse_address(text)
    except NotAnAddress as mistake:
        raise UserError(str(mistake)) from None
    if address.kind == "pcsc":
        raise UserError(ReaderText.NEEDS_NO_PROFILE.fill(text=text))
    return CandidatePort(text, address)
