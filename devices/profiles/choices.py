"""What a profile can choose from, by the words of its file: framings, notations, pollers.

The rule: a word stands for a maker that reads its own further fields. A new family of readers is a line in
each of the tables it needs.
"""

from collections.abc import Callable, Mapping
from functools import partial

from devices.profiles.notation import (
    MOST_BYTES,
    MOST_DIGITS,
    WIDTHS,
    Decimal,
    DecimalPart,
    Hexadecimal,
    Notation,
    RawBytes,
    WiegandBits,
)
from devices.profiles.toml_rows import TomlTable
from devices.protocols import aa_bb, pn532, sl025m, sm130, yhy523u
from devices.protocols.apdu import ApduDecoder
from devices.protocols.checksums import CHECKSUMS, Checksum
from devices.protocols.decoder import Decoder
from devices.protocols.dialogue import Dialect
from devices.protocols.em4100 import Em18Decoder, Em4100Decoder
from devices.protocols.lines import LineDecoder

LONGEST_LINE = 1024
"""Bytes of the longest line that a profile may allow."""

_CHECKSUM_NAMES: dict[str, Checksum] = {name: name for name in CHECKSUMS}
_ENDS = {"line": False, "silence": True}

Framing = Callable[[], Decoder]


def _build_line_framing(row: TomlTable) -> Framing:
    longest = row.whole("longest", 1, LONGEST_LINE)
    return partial(LineDecoder, longest, silence_ends_line=row.choice("end", _ENDS, "line"))


def _build_em4100_framing(row: TomlTable) -> Framing:
    return partial(Em4100Decoder, row.choice("checksum", _CHECKSUM_NAMES, "xor"))


def _build_em18_framing(row: TomlTable) -> Framing:
    return partial(Em18Decoder, row.choice("checksum", _CHECKSUM_NAMES, "xor"))


def _build_constant(framing: Framing) -> Callable[[TomlTable], Framing]:
    return lambda _: framing


FRAMINGS: Mapping[str, Callable[[TomlTable], Framing]] = {
    "lines": _build_line_framing,
    "em4100": _build_em4100_framing,
    "em18": _build_em18_framing,
    "pn532": _build_constant(pn532.DIALECT.build_card_decoder),
    "sl025m": _build_constant(sl025m.DIALECT.build_card_decoder),
    "sm130": _build_constant(sm130.DIALECT.build_card_decoder),
    "yhy523u": _build_constant(yhy523u.DIALECT.build_card_decoder),
    "aa-bb": _build_constant(aa_bb.DIALECT.build_card_decoder),
    "pcsc": _build_constant(ApduDecoder),
}
"""How the bytes of one report are found, by the name that a profile uses."""


def _build_decimal(row: TomlTable) -> Decimal:
    parts = tuple(map(_build_decimal_part, row.tables("parts")))
    return Decimal(parts, row.text("separator", ",").encode())


def _build_decimal_part(row: TomlTable) -> DecimalPart:
    part = DecimalPart(
        row.whole("digits", 1, MOST_DIGITS), row.whole("bytes", 1, MOST_BYTES), row.flag("padded", default=True)
    )
    row.check_all_read()
    return part


NOTATIONS: Mapping[str, Callable[[TomlTable], Notation]] = {
    "bytes": lambda _: RawBytes(),
    "hexadecimal": lambda _: Hexadecimal(),
    "decimal": _build_decimal,
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
"""How a reader that must be polled is talked to, by the name that a profile uses."""


def find_byte_size(notation: Notation) -> int | None:
    """The bytes that a notation always writes; None where that depends on the text."""
    match notation:
        case Decimal(parts=parts):
            return sum(part.size for part in parts)
        case WiegandBits(width=width):
            return width // 8
        case _:
            return None
