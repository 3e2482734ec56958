"""Readers without an envelope: what they say is what comes between two silences.

The rule: nothing is judged before the silence, so a byte of noise before or behind a number cannot shift
it into another number.
"""

from collections.abc import Callable

from typing_extensions import override

from devices.faults import Fault, FrameFault
from devices.protocols.decoder import BadFrame, Decoder, Frame

_TOO_LONG = Fault(FrameFault.BURST_TOO_LONG)


class BurstDecoder(Decoder):
    """Collects at most `longest` bytes, and has them judged when the line falls silent."""

    def __init__(self, longest: int, parse: Callable[[bytes], list[Frame | BadFrame]]) -> None:
        self._longest = longest
        self._parse = parse
        self._burst = bytearray()

    @override
    def feed(self, data: bytes) -> list[Frame | BadFrame]:
        """Nothing yet: only a silence ends a burst."""
        room = self._longest + 1 - len(self._burst)
        self._burst += data[:room]
        return []

    @override
    def idle(self) -> list[Frame | BadFrame]:
        burst = bytes(self._burst)
        self._burst.clear()
        if len(burst) > self._longest:
            return [BadFrame(burst, _TOO_LONG)]
        return self._parse(burst) if burst else []
