"""The interface of every decoder: bytes in at any split, frames and card numbers out, in order.

The rule: a decoder owns a buffer and nothing else. Noise is a value, never an exception. A
card number in a traceback, a log or a test failure shows its last three digits only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from devices.faults import CardNumberFault, EnrolmentFault, Fault

LENGTHS: Mapping[str, tuple[int, ...]] = {
    "A": (4, 7, 10),
    "E": (5,),
    "E4": (4,),
    "W24": (3,),
    "W32": (4,),
    "QR": tuple(range(1, 129)),
}
"""The kinds of card, and how many bytes a number of each may have.

A: ISO 14443-A UID. E: EM4100 with its customer byte. E4: the low four bytes of an EM4100, from a reader
that drops the first. W24, W32: what comes through 26-bit or 32-bit Wiegand. QR: the bytes of a code.
A kind that loses bytes is a kind of its own, so that it can only match cards read the same way.
"""

RANDOM, CASCADE_TAG = 0x08, 0x88
"""First bytes of a four-byte UID (NXP AN10927): it is drawn again at each power-up; or it goes on after these bytes."""

SHOWN_DIGITS = 3
"""How many trailing digits may be shown: enough to tell two cards apart at a desk, too few to copy one."""

_HEX = re.compile(r"[0-9A-Fa-f]+")

_UNKNOWN_KIND = Fault(CardNumberFault.UNKNOWN_KIND, {"kinds": tuple(LENGTHS)})


@dataclass(frozen=True, slots=True, repr=False)
class CardNumber:
    """The number of a card: its kind, and its bytes in the order in which they come over the air.

    Equal numbers are the same card. `str()` gives the canonical form, `repr()` only its end.

    Raises:
        NotACardNumber: the kind is unknown, or does not have numbers of this length.
    """

    tech: str
    raw: bytes

    def __post_init__(self) -> None:
        if self.tech not in LENGTHS:
            raise NotACardNumber(self.raw.hex().upper(), _UNKNOWN_KIND)
        if len(self.raw) not in LENGTHS[self.tech]:
            raise NotACardNumber(self.raw.hex().upper(), _find_length_fault(self.tech, len(self.raw)))

    @classmethod
    def parse(cls, text: str) -> "CardNumber":
        """The number written as `TECH:HEX`; bare hex digits mean kind A. Small hex letters are taken too.

        Raises:
            NotACardNumber: the text is not in this form, or has a wrong length.
        """
        tech, colon, digits = text.rpartition(":")
        if colon and tech not in LENGTHS:
            raise NotACardNumber(text, _UNKNOWN_KIND)
        if not _HEX.fullmatch(digits):
            raise NotACardNumber(text, Fault(CardNumberFault.NOT_HEXADECIMAL))
        if len(digits) % 2:
            raise NotACardNumber(text, Fault(CardNumberFault.ODD_DIGITS))
        return cls(tech or "A", bytes.fromhex(digits))

    @property
    def masked(self) -> str:
        """The kind and the last three digits, for a help desk or a log."""
        return f"{self.tech}:…{self.raw.hex().upper()[-SHOWN_DIGITS:]}"

    def __str__(self) -> str:
        return f"{self.tech}:{self.raw.hex().upper()}"

    def __repr__(self) -> str:
        return f"CardNumber({self.masked})"


class NotACardNumber(Exception):
    """The text, or what a reader printed, is no card number. `fault` says why."""

    def __init__(self, text: str, fault: Fault) -> None:
        super().__init__(f"{'…' + text[-SHOWN_DIGITS:]!r}: {fault}")
        self.text = text
        self.fault = fault


def is_drawn_at_random(card: CardNumber) -> bool:
    """Whether the number changes at every use, as those of phones do."""
    return _is_short_uid(card) and card.raw[0] == RANDOM


def find_enrolment_fault(card: CardNumber) -> Fault | None:
    """Why this card must not be given to a volunteer; None when it may be."""
    if is_drawn_at_random(card):
        return Fault(EnrolmentFault.RANDOM_NUMBER)
    if _is_short_uid(card) and card.raw[0] == CASCADE_TAG:
        return Fault(EnrolmentFault.TRUNCATED_UID)
    return None


def _is_short_uid(card: CardNumber) -> bool:
    return card.tech == "A" and len(card.raw) == LENGTHS["A"][0]


@dataclass(frozen=True, slots=True)
class Frame:
    """What one whole frame carried, its envelope and checksum verified and taken off."""

    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class BadFrame:
    """Bytes that were meant as a frame and are none. `fault` says why."""

    raw: bytes = field(repr=False)
    fault: Fault


class Decoder(Protocol):
    """Turns the bytes of one family of readers into frames."""

    def feed(self, data: bytes) -> list[Frame | BadFrame]:
        """The frames that `data` completes, in order.

        Any split of the same bytes gives the same results. Never raises; the buffer is bounded.
        """
        ...

    def idle(self) -> list[Frame | BadFrame]:
        """The frames that a silence completes; what is unfinished otherwise is noise.

        To be called whenever nothing came for the profile's `gap`, as often as one likes.
        """
        ...


def _find_length_fault(tech: str, length: int) -> Fault:
    lengths = LENGTHS[tech]
    if tech == "QR":
        fields = {"kind": tech, "least": lengths[0], "most": lengths[-1], "length": length}
        return Fault(CardNumberFault.WRONG_CODE_LENGTH, fields)
    fields = {"kind": tech, "lengths": lengths, "length": length}
    fitting = tuple(kind for kind, possible in LENGTHS.items() if length in possible and kind != "QR")
    if fitting:
        return Fault(CardNumberFault.LENGTH_OF_ANOTHER_KIND, {**fields, "kinds": fitting})
    return Fault(CardNumberFault.WRONG_LENGTH, fields)
