"""The EM-18, a 125 kHz module that prints twelve digits and nothing around them, 9600 8N1.

    34 35 30 30 43 35 44 31 45 39 | 42 38       4500C5D1E9, printed on the card as 0012964329
    ten hex digits: 5 bytes         checksum by XOR

The rule: a burst is a whole number of twelves, else none of it is believed.
"""

import re

from devices.faults import Fault, FrameFault
from devices.protocols.bursts import BurstDecoder
from devices.protocols.checksums import Checksum
from devices.protocols.decoder import BadFrame, Frame
from devices.protocols.em4100 import CHECKSUM_DIFFERS, parse_number

DIGITS = 12
LONGEST = 10 * DIGITS
"""Bytes of the longest burst: a card that is held is printed over and over."""

_NUMBER = re.compile(rb"([0-9A-Fa-f]{10})([0-9A-Fa-f]{2})")
_NOT_TWELVE = Fault(FrameFault.NOT_TWELVE_DIGITS)


class Em18Decoder(BurstDecoder):
    """A frame's body is the five bytes of the card."""

    def __init__(self, checksum: Checksum = "xor") -> None:
        super().__init__(LONGEST, self._parse_burst)
        self._checksum: Checksum = checksum

    def _parse_burst(self, burst: bytes) -> list[Frame | BadFrame]:
        if len(burst) % DIGITS:
            return [BadFrame(burst, _NOT_TWELVE)]
        return [self._parse_digits(burst[start : start + DIGITS]) for start in range(0, len(burst), DIGITS)]

    def _parse_digits(self, digits: bytes) -> Frame | BadFrame:
        match = _NUMBER.fullmatch(digits)
        if match is None:
            return BadFrame(digits, _NOT_TWELVE)
        return parse_number(match[1], match[2], self._checksum) or BadFrame(digits, CHECKSUM_DIFFERS)
