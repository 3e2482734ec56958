"""What every simulated reader is: bytes in, bytes out, and perhaps a card on it.

The rule: it answers as the real one is documented to, and to nothing else. It has no port, no clock and no
thread; `devices.simulated.terminal` puts one on a pseudo-terminal.
"""

from abc import ABC, abstractmethod

from devices.protocols.blocks import BlockDecoder
from devices.protocols.decoder import Frame


class SimulatedReader(ABC):
    """A reader that answers when it is asked."""

    card: bytes | None
    """The UID of the card that lies on it, in air order."""
    powered: bool
    """Without power it answers nothing, and forgets how it was set up."""

    def __init__(self, card: bytes | None = None) -> None:
        self.card = card
        self.powered = True
        self._command_decoder = self._build_command_decoder()

    def answer(self, data: bytes) -> bytes:
        """What it sends after it has received `data`, which may be any part of a command."""
        if not self.powered:
            self._command_decoder = self._build_command_decoder()
            self._forget()
            return b""
        heard = self._command_decoder.feed(data)
        return b"".join(self._answer(frame.body) for frame in heard if isinstance(frame, Frame))

    @abstractmethod
    def _build_command_decoder(self) -> BlockDecoder:
        """A decoder of what a host sends."""

    @abstractmethod
    def _answer(self, body: bytes) -> bytes:
        """The bytes that answer one command; none for a command that is not known."""

    def _forget(self) -> None:
        """Lose the settings, as without power."""
        return
