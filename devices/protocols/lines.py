"""Readers that print a line of text for each card: wedges, barcode engines, Wiegand converters.

    37 34 35 41 37 30 0D                                745A70, Wiegand to RS-232 converter, 9600 8N1
    30 30 30 30 31 32 33 34 37 38 0D 0A                 0000123478, S4A Wiegand converter

The rule: CR, LF or both end a line, and an empty line is nothing. What the text means is the profile's
business. Lines are separated by their ends: two readings that touch stay two. A silence ends a line only
for a reader that is known to send no end; for any other, what it leaves behind is noise, and does not
spoil the next card.
"""

from typing_extensions import override

from devices.faults import Fault, FrameFault
from devices.protocols.decoder import BadFrame, Decoder, Frame

CR, LF = 0x0D, 0x0A
DEL = 0x7F
FIRST_PRINTABLE = 0x20

_TOO_LONG, _CODE_TOO_LONG = Fault(FrameFault.LINE_TOO_LONG), Fault(FrameFault.CODE_TOO_LONG)
"""Noise, and a text without control characters, which is a code that a person shows."""
_UNENDED = Fault(FrameFault.LINE_WITHOUT_END)
_CONTROL = Fault(FrameFault.CONTROL_CHARACTERS)


class LineDecoder(Decoder):
    """Reads lines of at most `longest` bytes. A frame's body is the text without its end.

    An overlong line is one bad frame; the next line after it is read again. With `silence_ends_line` a silence
    is an end too.
    """

    def __init__(self, longest: int, *, silence_ends_line: bool = False) -> None:
        self._longest = longest
        self._silence_ends_line = silence_ends_line
        self._line = bytearray()
        self._skipping = False

    @override
    def feed(self, data: bytes) -> list[Frame | BadFrame]:
        return [result for byte in data if (result := self._take(byte)) is not None]

    @override
    def idle(self) -> list[Frame | BadFrame]:
        result = self._end()
        if isinstance(result, Frame) and not self._silence_ends_line:
            return [BadFrame(result.body, _UNENDED)]
        return [result] if result else []

    def _take(self, byte: int) -> Frame | BadFrame | None:
        if byte in (CR, LF):
            return self._end()
        if self._skipping:
            return None
        self._line.append(byte)
        if len(self._line) <= self._longest:
            return None
        self._skipping = True
        line = self._drain()
        return BadFrame(line, _TOO_LONG if any(map(_is_control, line)) else _CODE_TOO_LONG)

    def _end(self) -> Frame | BadFrame | None:
        self._skipping = False
        line = self._drain()
        if not line:
            return None
        return BadFrame(line, _CONTROL) if any(map(_is_control, line)) else Frame(line)

    def _drain(self) -> bytes:
        line = bytes(self._line)
        self._line.clear()
        return line


def _is_control(byte: int) -> bool:
    return byte < FIRST_PRINTABLE or byte == DEL
