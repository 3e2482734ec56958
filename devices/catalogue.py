"""The profiles that come with the product, by name: a table, one row for each way that readers print.

The rule: a new reader is a new row. The examples are one EM4100 card, 01026F6C3A, and one ISO 14443-A card,
26DEFAE7, as the makers' own tables print them.
"""

from functools import partial
from types import MappingProxyType

from devices.em4100 import Em4100Decoder
from devices.lines import LineDecoder
from devices.notation import AsIs, Decimal, DecimalPart, Hexadecimal
from devices.profiles import Profile

LONGEST_NUMBER = 32
"""Bytes of a line in which a card number may stand; the longest, a ten-byte UID, has 20 digits."""

LONGEST_CODE = 128
"""Bytes of the longest QR code that is taken as a card."""

_NUMBER_LINE = partial(LineDecoder, longest=LONGEST_NUMBER)
_CODE_LINE = partial(LineDecoder, longest=LONGEST_CODE)


def _decimal(*parts: tuple[int, int], padded: bool = True) -> Decimal:
    return Decimal(tuple(DecimalPart(digits, size, padded) for digits, size in parts))


_EM4100 = (
    Profile(
        name="rdm6300",
        about="125 kHz serial modules RDM630 and RDM6300, checksum by XOR",
        tech="E",
        framing=partial(Em4100Decoder, checksum="xor"),
        notation=AsIs(),
    ),
    Profile(
        name="rdm6300-sum",
        about="125 kHz serial modules that print like an RDM6300, checksum by addition",
        tech="E",
        framing=partial(Em4100Decoder, checksum="sum"),
        notation=AsIs(),
    ),
    Profile(
        name="id-12la",
        about="125 kHz serial modules ID-12LA and ID-20LA",
        tech="E",
        framing=partial(Em4100Decoder, checksum="xor"),
        notation=AsIs(),
    ),
    Profile(
        name="em-10h",
        about="EM4100 lines of 10 hexadecimal digits: 01026F6C3A",
        tech="E",
        framing=_NUMBER_LINE,
        notation=Hexadecimal(),
    ),
    Profile(
        name="em-12d",
        about="EM4100 lines of 12 decimal digits, all five bytes: 004335823930",
        tech="E",
        framing=_NUMBER_LINE,
        notation=_decimal((12, 5)),
    ),
    Profile(
        name="em-8h10d",
        about="EM4100 lines of 10 decimal digits, the commonest: 0040856634",
        tech="E4",
        framing=_NUMBER_LINE,
        notation=_decimal((10, 4)),
        loses="the customer byte",
    ),
    Profile(
        name="em-6h8d",
        about="EM4100 lines of 8 decimal digits: 07302202",
        tech="W24",
        framing=_NUMBER_LINE,
        notation=_decimal((8, 3)),
        loses="the first two bytes",
    ),
    Profile(
        name="em-2h4h",
        about="EM4100 lines of two numbers, as printed on fobs: 111,27706",
        tech="W24",
        framing=_NUMBER_LINE,
        notation=_decimal((3, 1), (5, 2), padded=False),
        loses="the first two bytes",
    ),
    Profile(
        name="em-4h4h",
        about="EM4100 lines of two five-digit numbers: 00623,27706",
        tech="E4",
        framing=_NUMBER_LINE,
        notation=_decimal((5, 2), (5, 2)),
        loses="the customer byte",
    ),
)

_UID = (
    Profile(
        name="hex-uid",
        about="13.56 MHz lines of hexadecimal digits, first byte first: 26DEFAE7",
        tech="A",
        framing=_NUMBER_LINE,
        notation=Hexadecimal(),
    ),
    Profile(
        name="hex-uid-reversed",
        about="13.56 MHz lines of hexadecimal digits, last byte first: E7FADE26",
        tech="A",
        framing=_NUMBER_LINE,
        notation=Hexadecimal(),
        backwards=True,
    ),
    Profile(
        name="decimal-uid",
        about="13.56 MHz lines of 10 decimal digits, first byte first, a wedge's mode ACT: 0652147431",
        tech="A",
        framing=_NUMBER_LINE,
        notation=_decimal((10, 4)),
    ),
    Profile(
        name="decimal-uid-reversed",
        about="13.56 MHz lines of 10 decimal digits, last byte first, modes ACT-REV and OMNIS: 3891977766",
        tech="A",
        framing=_NUMBER_LINE,
        notation=_decimal((10, 4)),
        backwards=True,
    ),
    Profile(
        name="decimal-uid-reversed-unpadded",
        about="the same without leading zeros, modes SPC-WIEGAND and AR618X: 3891977766, 920244102",
        tech="A",
        framing=_NUMBER_LINE,
        notation=_decimal((10, 4), padded=False),
        backwards=True,
    ),
    Profile(
        name="decimal-uid-pace",
        about="13.56 MHz lines of 12 decimal digits with a zero byte at the end, mode PACE: 166949742336",
        tech="A",
        framing=_NUMBER_LINE,
        notation=_decimal((12, 5)),
        tail=b"\x00",
    ),
)

_WIEGAND = (
    Profile(
        name="wiegand-26-hex",
        about="26-bit Wiegand to RS-232 converters WIE232 and WG2RS232: 745A70",
        tech="W24",
        framing=_NUMBER_LINE,
        notation=Hexadecimal(),
        loses="all but 24 bits",
    ),
    Profile(
        name="wiegand-32-decimal",
        about="S4A Wiegand converters, lines of 10 decimal digits: 0000123478",
        tech="W32",
        framing=_NUMBER_LINE,
        notation=_decimal((10, 4)),
        loses="all but 32 bits",
    ),
)

_CODES = (
    Profile(
        name="qr",
        about="QR and barcode engines that print what the code says",
        tech="QR",
        framing=_CODE_LINE,
        notation=AsIs(),
        baud=115_200,
    ),
)

CATALOGUE = MappingProxyType({profile.name: profile for profile in (*_EM4100, *_UID, *_WIEGAND, *_CODES)})
"""Every built-in profile by its name, in the order in which to offer them."""


class UnknownProfile(Exception):
    """No built-in profile has this name. The message lists those there are."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no reader profile {name!r}; choose one of: {', '.join(CATALOGUE)}.")
        self.name = name


def profile_named(name: str) -> Profile:
    """The built-in profile with this name.

    Raises:
        UnknownProfile: there is none.
    """
    if name not in CATALOGUE:
        raise UnknownProfile(name)
    return CATALOGUE[name]
