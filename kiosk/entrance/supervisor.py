"""What watches over the entrance from outside, and how it is spoken to: datagrams to a socket that it names.

The rule: whoever does not listen is no reason to end. Source: sd_notify(3); a name that begins with @ is abstract.
"""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Self

ADDRESS = "NOTIFY_SOCKET"
"""The variable in which a supervisor names its socket."""


class Supervisor:
    """A supervisor that wants to be told."""

    def __init__(self, address: str) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """The one that started this program; None where nobody wants to be told."""
        address = environment.get(ADDRESS, "")
        return cls(address) if address.startswith(("/", "@")) else None

    def notify(self, **said: str) -> None:
        """Send assignments, such as `READY="1"`, in one datagram; a value is one line."""
        lines = (f"{name}={' '.join(value.split())}" for name, value in said.items())
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as to_them:
            to_them.sendto("\n".join(lines).encode(), self._address)
