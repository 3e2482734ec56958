"""How a reader writes the bytes of a number: as they are, in hexadecimal, in decimal.

The rule: a text that is not exactly what the notation prints is refused, never repaired. A missing
leading zero is another card. NXP AN10927: "There is no recommendation how to turn the array of bytes
into an integer", so each reader's way is written down here.
"""

import re
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from devices.faults import CardNumberFault, Fault
from devices.protocols.decoder import NotACardNumber

_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2})+")
_BITS = re.compile(rb"[01]+")

MOST_DIGITS, MOST_BYTES = 25, 10
"""Of one decimal number: ten bytes, the longest UID, have 25 digits."""

PARITY_WIDTHS = (26, 34)
"""Widths of Wiegand that have a parity bit at either end."""


class NotationFields(Struct, frozen=True, forbid_unknown_fields=True, tag_field="base"):
    """What every notation is: a struct of a profile's file, by the word in its field `base`."""


class RawBytes(NotationFields, frozen=True, tag="bytes"):
    """The frame carries the bytes themselves."""

    def decode(self, text: bytes) -> bytes:
        """The bytes that `text` writes. Raises: NotACardNumber, the text is not in this notation."""
        return text


class Hexadecimal(NotationFields, frozen=True, tag="hexadecimal"):
    """Two digits a byte, nothing between them."""

    def decode(self, text: bytes) -> bytes:
        """The bytes that `text` writes. Raises: NotACardNumber, the text is not in this notation."""
        if not _HEX.fullmatch(text):
            raise NotACardNumber(_format_text(text), Fault(CardNumberFault.NOT_HEXADECIMAL_PAIRS))
        return bytes.fromhex(text.decode())


class DecimalPart(Struct, frozen=True, forbid_unknown_fields=True):
    """One number of `digits` decimal digits that stands for `size` bytes, most significant first."""

    digits: Annotated[int, Meta(ge=1, le=MOST_DIGITS)]
    size: Annotated[int, Meta(ge=1, le=MOST_BYTES)] = field(name="bytes")
    padded: bool = True
    """Whether the reader fills up with zeros; if not, `digits` is the most that it prints."""

    def decode(self, text: bytes) -> bytes:
        """The bytes that `text` writes. Raises: NotACardNumber, the text is not in this notation."""
        fewest = self.digits if self.padded else 1
        if not (text.isdigit() and fewest <= len(text) <= self.digits):
            code = CardNumberFault.NOT_ALL_DIGITS if self.padded else CardNumberFault.NOT_AT_MOST_DIGITS
            raise NotACardNumber(_format_text(text), Fault(code, {"digits": self.digits}))
        number = int(text)
        if number.bit_length() > 8 * self.size:
            raise NotACardNumber(_format_text(text), Fault(CardNumberFault.TOO_GREAT, {"size": self.size}))
        return number.to_bytes(self.size, "big")


class Decimal(NotationFields, frozen=True, tag="decimal"):
    """One decimal number, or several with a comma or another mark between them, as printed on EM4100 fobs."""

    parts: Annotated[tuple[DecimalPart, ...], Meta(min_length=1)]
    separator: Annotated[str, Meta(min_length=1)] = ","

    def decode(self, text: bytes) -> bytes:
        """The bytes that `text` writes. Raises: NotACardNumber, the text is not in this notation."""
        numbers = text.split(self.separator.encode())
        if len(numbers) != len(self.parts):
            raise NotACardNumber(_format_text(text), self._find_count_fault())
        return b"".join(part.decode(number) for part, number in zip(self.parts, numbers, strict=True))

    def _find_count_fault(self) -> Fault:
        if len(self.parts) == 1:
            return Fault(CardNumberFault.NOT_ONE_NUMBER)
        return Fault(CardNumberFault.NOT_ALL_NUMBERS, {"count": len(self.parts)})


class WiegandBits(NotationFields, frozen=True, tag="bits"):
    """The bits of a Wiegand frame as digits 0 and 1, its parity verified and taken off.

    26 bits: FC 90, number 324 is 0 010110100000 000101000100 0: a bit that makes the first half even, 24
    bits, a bit that makes the second half odd. 34 bits: the same around 32. 32 bits: no parity.
    """

    width: Literal[26, 32, 34]

    def decode(self, text: bytes) -> bytes:
        """The bytes that `text` writes. Raises: NotACardNumber, the text is not in this notation."""
        if not _BITS.fullmatch(text) or len(text) != self.width:
            raise NotACardNumber(_format_text(text), Fault(CardNumberFault.NOT_BITS, {"width": self.width}))
        if self.width not in PARITY_WIDTHS:
            return _pack_bits(text)
        half = self.width // 2
        if text[:half].count(b"1") % 2 or not text[half:].count(b"1") % 2:
            raise NotACardNumber(_format_text(text), Fault(CardNumberFault.PARITY_DIFFERS))
        return _pack_bits(text[1:-1])


Notation = RawBytes | Hexadecimal | Decimal | WiegandBits


def find_byte_size(notation: Notation) -> int | None:
    """The bytes that a notation always writes; None where that depends on the text."""
    match notation:
        case Decimal(parts=parts):
            return sum(part.size for part in parts)
        case WiegandBits(width=width):
            return width // 8
        case _:
            return None


def _pack_bits(bits: bytes) -> bytes:
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _format_text(text: bytes) -> str:
    return text.decode("ascii", errors="replace")
