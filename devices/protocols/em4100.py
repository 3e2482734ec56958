"""The EM4100 ASCII family, 125 kHz, 9600 8N1: RDM6300 and ID-12LA with an envelope, EM-18 without.

    02 | 30 31 30 30 36 33 45 39 41 45 | 32 35    |         | 03      RDM6300, 14 bytes
    02 | 30 31 30 30 36 33 45 39 41 45 | 32 35    | 0D 0A   | 03      ID-12LA, 16 bytes
    STX  ten hex digits: 5 bytes         checksum   CR LF     ETX

         34 35 30 30 43 35 44 31 45 39 | 42 38                        EM-18: 4500C5D1E9, printed as 0012964329

The rule: STX always begins a frame, bytes outside a frame are nothing, and a frame is checked when it is whole. (Not
digit by digit: `int(b"+A", 16)` is 10.) Without an envelope, a burst is a whole number of twelve digits, else all of
it is noise.
"""

import re

from typing_extensions import override

from devices.faults import Fault, FrameFault
from devices.protocols.blocks import CUT_SHORT
from devices.protocols.bursts import BurstDecoder
from devices.protocols.checksums import CHECKSUMS, Checksum
from devices.protocols.decoder import BadFrame, Decoder, Frame

STX, ETX = 0x02, 0x03
LONGEST = 16
"""Bytes of the longest frame, STX and ETX included."""

DIGITS = 12
"""Of a number and its checksum."""
LONGEST_BURST = 10 * DIGITS
"""Bytes of the longest burst without envelopes: a card that is held is printed over and over."""

FRAME = re.compile(rb"\x02([0-9A-Fa-f]{10})([0-9A-Fa-f]{2})(?:\r\n)?\x03")
NUMBER = re.compile(rb"([0-9A-Fa-f]{10})([0-9A-Fa-f]{2})")

_TOO_LONG = Fault(FrameFault.FRAME_TOO_LONG)
_MALFORMED = Fault(FrameFault.MALFORMED)
_NOT_TWELVE = Fault(FrameFault.NOT_TWELVE_DIGITS)
_CHECKSUM_DIFFERS = Fault(FrameFault.NUMBER_CHECKSUM_DIFFERS)


def encode(raw: bytes, *, checksum: Checksum = "xor", crlf: bool = False) -> bytes:
    """The frame that a reader sends for the five bytes of a card; with `crlf` the one of an ID-12LA."""
    return bytes([STX]) + format_digits(raw, checksum) + (b"\r\n" if crlf else b"") + bytes([ETX])


def format_digits(raw: bytes, checksum: Checksum = "xor") -> bytes:
    """The twelve digits of a number and its checksum, without an envelope."""
    return f"{raw.hex()}{CHECKSUMS[checksum](raw):02x}".upper().encode()


def parse_number(number: bytes, check: bytes, checksum: Checksum) -> Frame | None:
    """The five bytes that ten hexadecimal digits write, if the two digits of the checksum fit them."""
    raw = bytes.fromhex(number.decode())
    return Frame(raw) if bytes.fromhex(check.decode())[0] == CHECKSUMS[checksum](raw) else None


class Em4100Decoder(Decoder):
    """Reads both lengths of frame. A frame's body is the five bytes of the card."""

    def __init__(self, checksum: Checksum = "xor") -> None:
        self._checksum: Checksum = checksum
        self._frame = bytearray()

    @override
    def feed(self, data: bytes) -> list[Frame | BadFrame]:
        return [result for byte in data if (result := self._take(byte)) is not None]

    @override
    def idle(self) -> list[Frame | BadFrame]:
        """A frame that does not go on was cut short."""
        unfinished = self._drain()
        return [BadFrame(unfinished, CUT_SHORT)] if len(unfinished) > 1 else []

    def _take(self, byte: int) -> Frame | BadFrame | None:
        if byte == STX:
            return self._begin()
        if not self._frame:
            return None
        self._frame.append(byte)
        if byte == ETX:
            return self._parse_frame(self._drain())
        return BadFrame(self._drain(), _TOO_LONG) if len(self._frame) >= LONGEST else None

    def _begin(self) -> BadFrame | None:
        unfinished = self._drain()
        self._frame.append(STX)
        return BadFrame(unfinished, CUT_SHORT) if len(unfinished) > 1 else None

    def _parse_frame(self, frame: bytes) -> Frame | BadFrame:
        match = FRAME.fullmatch(frame)
        if match is None:
            return BadFrame(frame, _MALFORMED)
        return parse_number(match[1], match[2], self._checksum) or BadFrame(frame, _CHECKSUM_DIFFERS)

    def _drain(self) -> bytes:
        frame = bytes(self._frame)
        self._frame.clear()
        return frame


class Em18Decoder(BurstDecoder):
    """Reads bursts of an EM-18. A frame's body is the five bytes of the card."""

    def __init__(self, checksum: Checksum = "xor") -> None:
        super().__init__(LONGEST_BURST, self._parse_burst)
        self._checksum: Checksum = checksum

    def _parse_burst(self, burst: bytes) -> list[Frame | BadFrame]:
        if len(burst) % DIGITS:
            return [BadFrame(burst, _NOT_TWELVE)]
        return [self._parse_digits(burst[start : start + DIGITS]) for start in range(0, len(burst), DIGITS)]

    def _parse_digits(self, digits: bytes) -> Frame | BadFrame:
        match = NUMBER.fullmatch(digits)
        if match is None:
            return BadFrame(digits, _NOT_TWELVE)
        return parse_number(match[1], match[2], self._checksum) or BadFrame(digits, _CHECKSUM_DIFFERS)
