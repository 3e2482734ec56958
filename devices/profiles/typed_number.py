"""A card's number as a person writes it: printed on the card, shown by a phone, read by another reader.

    26DEFAE7   26:de:fa:e7   A:26DEFAE7          hexadecimal, first byte first: a UID of 4, 7 or 10 bytes
    01026F6C3A   E:01026F6C3A                    five bytes: EM4100
    0040856634   652147431   004335823930        decimal, of any number of bytes, in either order
    111,27706   00623,27706                      two numbers with a comma, as on 125 kHz fobs
    0040856634 623,27706                         all that is printed on a fob
    VOLUNTEER-0042                               what a code says

The rule: the person who types does not know what the reader makes of a card, so a text may mean several numbers, and
each is compared as far as it goes: a fob that shows three of five bytes still tells which card it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from devices.faults import CardNumberFault, Fault
from devices.profiles.notation import MOST_DIGITS
from devices.protocols.decoder import LENGTHS, CardNumber, NotACardNumber

TAILS = frozenset({"E", "E4", "W24", "W32"})
"""Kinds that are the last bytes of one another."""
CUTS = frozenset({"W24", "W32"})
"""Kinds that a Wiegand reader may have cut out of a UID, from either end and in either order."""

BARE_HEX = {6: "W24", 8: "A", 10: "E", 14: "A", 20: "A"}
"""What so many hexadecimal digits are the number of, where the kind does not stand before them."""
PACE_TAIL = 0
"""A wedge's mode PACE prints a UID with a zero byte behind it."""

_PAIR = re.compile(r"(\d{1,5}),(\d{1,5})")
_AROUND_COMMA = re.compile(r"\s*[,;/]\s*")
_GROUPING = re.compile(r"[\s:.\-]+")
_HEX = re.compile(r"[0-9A-Fa-f]+")


@dataclass(frozen=True, slots=True)
class NumberCandidate:
    """One number that a text may mean, and the kinds of reading that can confirm it."""

    number: CardNumber
    kinds: frozenset[str]

    def fits(self, card: CardNumber) -> bool:
        """Whether a reading is this number, or has as many of its bytes as it can."""
        return card.tech in self.kinds and (card == self.number or _is_truncation(card, self.number))


@dataclass(frozen=True, slots=True, repr=False)
class TypedNumber:
    """A number as it was typed. Its text is not shown in tracebacks or logs."""

    text: str
    candidates: tuple[tuple[NumberCandidate, ...], ...]
    """For each number in the text, what it may mean."""
    complete: bool
    """Whether the text says the kind of the card and its whole number, so that nothing is left to guess."""

    def matches(self, card: CardNumber) -> bool:
        """Whether a reader that reads this card may have read the one that was typed."""
        return all(any(meaning.fits(card) for meaning in meanings) for meanings in self.candidates)


def parse_typed_number(text: str) -> TypedNumber:
    """What a text means.

    Raises:
        NotACardNumber: it means no card number.
    """
    words = _AROUND_COMMA.sub(",", text.strip()).split()
    if len(words) > 1 and any(_PAIR.fullmatch(word) for word in words):
        parts = [parse_typed_number(word) for word in words]
        spellings = tuple(meanings for part in parts for meanings in part.candidates)
        return TypedNumber(text, spellings, any(part.complete for part in parts))
    meanings = tuple(dict.fromkeys(_list_candidates(text.strip())))
    if not meanings:
        raise NotACardNumber(text, Fault(CardNumberFault.NOT_A_PRINTED_NUMBER))
    return TypedNumber(text, (meanings,), _is_complete(text.strip()))


def build_from_reading(card: CardNumber) -> TypedNumber:
    """The number that another reader reads from the card."""
    return TypedNumber(str(card), ((NumberCandidate(card, frozenset(LENGTHS)),),), complete=True)


def _list_candidates(text: str) -> Iterator[NumberCandidate]:
    tech, colon, digits = text.partition(":")
    if colon and tech.upper() in LENGTHS:
        yield from _parse_hexadecimal(tech.upper(), _GROUPING.sub("", digits))
    compact = _GROUPING.sub("", text)
    if len(compact) in BARE_HEX:
        yield from _parse_hexadecimal(BARE_HEX[len(compact)], compact)
    if pair := _PAIR.fullmatch(_AROUND_COMMA.sub(",", text)):
        yield from _parse_pair(int(pair[1]), int(pair[2]))
    if compact.isdecimal() and compact.isascii() and len(compact) <= MOST_DIGITS and ":" not in text:
        yield from _parse_decimal(int(compact))
    yield from _build_candidate("QR", text.encode(), frozenset({"QR"}))


def _parse_hexadecimal(tech: str, digits: str) -> Iterator[NumberCandidate]:
    if _HEX.fullmatch(digits) and len(digits) % 2 == 0:
        yield from _build_candidate(tech, bytes.fromhex(digits))


def _parse_pair(first: int, second: int) -> Iterator[NumberCandidate]:
    """No 13.56 MHz card has its number printed like this."""
    if second <= 0xFFFF and first <= 0xFF:
        yield from _build_candidate("W24", first.to_bytes(1, "big") + second.to_bytes(2, "big"), TAILS)
    if second <= 0xFFFF and first <= 0xFFFF:
        yield from _build_candidate("E4", first.to_bytes(2, "big") + second.to_bytes(2, "big"), TAILS)


def _parse_decimal(value: int) -> Iterator[NumberCandidate]:
    """A decimal number does not say of how many bytes it is, nor which of them comes first."""
    for tech, size in (("W24", 3), ("E4", 4), ("E", 5)):
        yield from _parse_sized(tech, value, size, TAILS)
    for size in LENGTHS["A"]:
        yield from _parse_sized("A", value, size)
    if value % 256 == PACE_TAIL:
        yield from _parse_sized("A", value >> 8, LENGTHS["A"][0])


def _parse_sized(
    tech: str, value: int, size: int, kinds: frozenset[str] = frozenset(LENGTHS)
) -> Iterator[NumberCandidate]:
    if value.bit_length() <= 8 * size:
        orders: tuple[Literal["big", "little"], ...] = ("big", "little") if tech == "A" else ("big",)
        for order in orders:
            yield from _build_candidate(tech, value.to_bytes(size, order), kinds)


def _build_candidate(tech: str, raw: bytes, kinds: frozenset[str] = frozenset(LENGTHS)) -> Iterator[NumberCandidate]:
    if len(raw) in LENGTHS[tech]:
        yield NumberCandidate(CardNumber(tech, raw), kinds)


def _is_complete(text: str) -> bool:
    """Digits alone could be decimal; letters, a colon or a kind before it make it hexadecimal."""
    return ":" in text or not (_GROUPING.sub("", text).isdecimal() or _PAIR.fullmatch(_AROUND_COMMA.sub(",", text)))


def _is_truncation(one: CardNumber, other: CardNumber) -> bool:
    """Whether the shorter of two numbers can be what is left of the longer."""
    if {one.tech, other.tech} <= TAILS:
        return one.raw.endswith(other.raw) or other.raw.endswith(one.raw)
    for cut, whole in ((one, other), (other, one)):
        if cut.tech in CUTS and whole.tech == "A":
            return any(cut.raw in (raw[: len(cut.raw)], raw[-len(cut.raw) :]) for raw in (whole.raw, whole.raw[::-1]))
    return False
