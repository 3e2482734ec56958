"""How the bytes of one report are found: the framings of a profile's file, by the word in its field `kind`.

The rule: a word is the tag of a struct whose fields are the framing's own. A new family of readers is a struct here.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from devices.protocols import aa_bb, pn532, sl025m, sm130, yhy523u
from devices.protocols.apdu import ApduDecoder
from devices.protocols.checksums import Checksum
from devices.protocols.decoder import Decoder
from devices.protocols.dialogue import Dialect
from devices.protocols.em4100 import Em18Decoder, Em4100Decoder
from devices.protocols.lines import LineDecoder

LONGEST_LINE = 1024
"""Bytes of the longest line that a profile may allow."""


class FramingFields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every framing has."""

    gap_ms: Annotated[int, Meta(ge=5, le=5_000)] = 500
    """Milliseconds of silence after which what is unfinished is given up."""


class LineFraming(FramingFields, frozen=True, kw_only=True, tag="lines"):
    """Lines of text."""

    longest: Annotated[int, Meta(ge=1, le=LONGEST_LINE)]
    """Bytes of the longest line."""
    end: Literal["line", "silence"] = "line"
    """What ends a line: a mark, or a silence too."""

    def build_decoder(self) -> Decoder:
        """A fresh decoder."""
        return LineDecoder(self.longest, silence_ends_line=self.end == "silence")


class Em4100Framing(FramingFields, frozen=True, tag="em4100"):
    """Twelve digits between STX and ETX."""

    checksum: Checksum = "xor"

    def build_decoder(self) -> Decoder:
        """A fresh decoder."""
        return Em4100Decoder(self.checksum)


class Em18Framing(FramingFields, frozen=True, tag="em18"):
    """Twelve digits, nothing around them."""

    checksum: Checksum = "xor"

    def build_decoder(self) -> Decoder:
        """A fresh decoder."""
        return Em18Decoder(self.checksum)


class PolledFraming(FramingFields, frozen=True):
    """The frames of readers that must be polled, one struct a family."""

    dialect: ClassVar[Dialect]

    def build_decoder(self) -> Decoder:
        """A fresh decoder."""
        return self.dialect.build_card_decoder()


class Pn532Framing(PolledFraming, frozen=True, tag="pn532"):
    """As `devices.protocols.pn532` reads them."""

    dialect = pn532.DIALECT


class Sl025mFraming(PolledFraming, frozen=True, tag="sl025m"):
    """As `devices.protocols.sl025m` reads them."""

    dialect = sl025m.DIALECT


class Sm130Framing(PolledFraming, frozen=True, tag="sm130"):
    """As `devices.protocols.sm130` reads them."""

    dialect = sm130.DIALECT


class Yhy523uFraming(PolledFraming, frozen=True, tag="yhy523u"):
    """As `devices.protocols.yhy523u` reads them."""

    dialect = yhy523u.DIALECT


class AaBbFraming(PolledFraming, frozen=True, tag="aa-bb"):
    """As `devices.protocols.aa_bb` reads them."""

    dialect = aa_bb.DIALECT


class PcscFraming(FramingFields, frozen=True, tag="pcsc"):
    """Answers of a PC/SC reader."""

    def build_decoder(self) -> Decoder:
        """A fresh decoder."""
        return ApduDecoder()


Framing = (
    LineFraming
    | Em4100Framing
    | Em18Framing
    | Pn532Framing
    | Sl025mFraming
    | Sm130Framing
    | Yhy523uFraming
    | AaBbFraming
    | PcscFraming
)

Poller = Literal["pn532", "sl025m", "sm130", "yhy523u", "aa-bb"]

DIALECTS: Mapping[Poller, Dialect] = {
    "pn532": pn532.DIALECT,
    "sl025m": sl025m.DIALECT,
    "sm130": sm130.DIALECT,
    "yhy523u": yhy523u.DIALECT,
    "aa-bb": aa_bb.DIALECT,
}
"""How a reader that must be polled is talked to, by the name that a profile uses."""
