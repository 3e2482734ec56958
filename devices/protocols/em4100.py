"""The EM4100 ASCII family, 125 kHz: RDM6300 and ID-12LA, 9600 8N1, byte by byte.

    02 | 30 31 30 30 36 33 45 39 41 45 | 32 35    |         | 03      RDM6300, 14 bytes
    02 | 30 31 30 30 36 33 45 39 41 45 | 32 35    | 0D 0A   | 03      ID-12LA, 16 bytes
    STX  ten hex digits: 5 bytes         checksum   CR LF     ETX

The rule: STX always begins a frame, bytes outside a frame are nothing, and a frame is judged when it is
whole. (Not digit by digit: `int(b"+A", 16)` is 10.)
"""

import re

from devices.faults import Fault, FrameFault
from devices.protocols.blocks import CUT_SHORT
from devices.protocols.checksums import CHECKSUMS, Checksum
from devices.protocols.decoder import BadFrame, Frame

STX, ETX = 0x02, 0x03
LONGEST = 16
"""Bytes of the longest frame, STX and ETX included."""

FRAME = re.compile(rb"\x02([0-9A-Fa-f]{10})([0-9A-Fa-f]{2})(?:\r\n)?\x03")

_TOO_LONG = Fault(FrameFault.FRAME_TOO_LONG)
_MALFORMED = Fault(FrameFault.MALFORMED)
CHECKSUM_DIFFERS = Fault(FrameFault.NUMBER_CHECKSUM_DIFFERS)


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


class Em4100Decoder:
    """Reads both lengths of frame. A frame's body is the five bytes of the card."""

    def __init__(self, checksum: Checksum = "xor") -> None:
        self._checksum: Checksum = checksum
        self._frame = bytearray()

    def feed(self, data: bytes) -> list[Frame | BadFrame]:
        """The frames that `data` completes. See `Decoder`."""
        return [result for byte in data if (result := self._take(byte)) is not None]

    def idle(self) -> list[Frame | BadFrame]:
        """A frame that does not go on was cut short. See `Decoder`."""
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
        return parse_number(match[1], match[2], self._checksum) or BadFrame(frame, CHECKSUM_DIFFERS)

    def _drain(self) -> bytes:
        frame = bytes(self._frame)
        self._frame.clear()
        return frame
