"""What a profile can choose from, by the words of its file: framings, notations, pollers.

The rule: a word stands for a maker that reads its own further fields. A new family of readers is a line in
each of the tables it needs.
"""

from collections.abc import Callable, Mapping
from functools import partial

from devices.profiles.notation import WIDTHS, AsIs, Decimal, DecimalPart, Hexadecimal, Notation, WiegandBits
from devices.profiles.toml_rows import Row
from devices.protocols import aa_bb, pn532, sl025m, sm130, yhy523u
from devices.protocols.apdu import ApduDecoder
from devices.protocols.checksums import CHECKSUMS, Checksum
from devices.protocols.decoder import Decoder
from devices.protocols.dialogue import Dialect
from devices.protocols.em18 import Em18Decoder
from devices.protocols.em4100 import Em4100Decoder
from devices.protocols.lines import LineDecoder

LONGEST_LINE = 1024
"""Bytes of the longest line that a profile may allow."""
MOST_DIGITS, MOST_BYTES = 25, 10
"""Of one decimal number: ten bytes, the longest UID, have 25 digits."""

_CHECKSUM_NAMES: dict[str, Checksum] = {name: name for name in CHECKSUMS}
_ENDS = {"line": False, "silence": True}

Framing = Callable[[], Decoder]


def _lines(row: Row) -> Framing:
    longest = row.whole("longest", 1, LONGEST_LINE)
    return partial(LineDecoder, longest, unended=row.choice("end", _ENDS, "line"))


def _em4100(row: Row) -> Framing:
    return partial(Em4100Decoder, row.choice("checksum", _CHECKSUM_NAMES, "xor"))


def _em18(row: Row) -> Framing:
    return partial(Em18Decoder, row.choice("checksum", _CHECKSUM_NAMES, "xor"))


def _always(framing: Framing) -> Callable[[Row], Framing]:
    return lambda _: framing


FRAMINGS: Mapping[str, Callable[[Row], Framing]] = {
    "lines": _lines,
    "em4100": _em4100,
    "em18": _em18,
    "pn532": _always(pn532.cards),
    "sl025m": _always(sl025m.cards),
    "sm130": _always(sm130.cards),
    "yhy523u": _always(yhy523u.cards),
    "aa-bb": _always(aa_bb.cards),
    "pcsc": _always(ApduDecoder),
}
"""How the bytes of one report are found, by the name that a profile uses."""


def _decimal(row: Row) -> Decimal:
    parts = tuple(map(_part, row.rows("parts")))
    return Decimal(parts, row.text("separator", ",").encode())


def _part(row: Row) -> DecimalPart:
    part = DecimalPart(
        row.whole("digits", 1, MOST_DIGITS), row.whole("bytes", 1, MOST_BYTES), row.flag("padded", default=True)
    )
    row.done()
    return part


NOTATIONS: Mapping[str, Callable[[Row], Notation]] = {
    "bytes": lambda _: AsIs(),
    "hexadecimal": lambda _: Hexadecimal(),
    "decimal": _decimal,
    "bits": lambda row: WiegandBits(row.one_of("width", WIDTHS)),
}
"""How a report writes the bytes of a number, by the name that a profile uses."""

POLLERS: Mapping[str, Dialect] = {
    "pn532": pn532.DIALECT,
    "sl025m": sl025m.DIALECT,
    "sm130": sm130.DIALECT,
    "yhy523u": yhy523u.DIALECT,
    "aa-bb": aa_bb.DIALECT,
}
"""How a reader that must be asked is talked to, by the name that a profile uses."""


def size_of(notation: Notation) -> int | None:
    """The bytes that a notation always writes; None where that depends on the text."""
    match notation:
        case Decimal(parts=parts):
            return sum(part.size for part in parts)
        case WiegandBits(width=width):
            return width // 8
        case _:
            return None
