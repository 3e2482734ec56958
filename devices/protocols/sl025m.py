"""The StrongLink SL025M on its serial line, 13.56 MHz, 115200 8N1 (some units are set to 9600).

    BA | 02  | 01                              | B9     select a card
    BD | 08  | 01  00     26 DE FA E7   01     | 50     selected, of type 01 (7 bytes: BD 0B 01 00 … 03 7D)
    BD | 03  | 01  01                          | BE     no card
         LEN   CMD STATUS UID           type     XOR of all before
         counts from CMD to the checksum

The rule: only a selection with status 00 is a card. (The SL018 and SL030 are I²C devices.)
"""

from devices.faults import CardFault, Fault
from devices.protocols.blocks import CHECKSUM_DIFFERS, IMPOSSIBLE_LENGTH, BlockDecoder, FrameMatch
from devices.protocols.checksums import compute_xor
from devices.protocols.decoder import BadFrame, Frame
from devices.protocols.dialogue import Dialect, build_question

TO_READER, FROM_READER = b"\xba", b"\xbd"
LONGEST = 64
"""Bytes of the longest frame that is believed: far more than the longest answer to what is asked here."""

SELECT, FIRMWARE = b"\x01", b"\xf0"
DONE, NO_CARD, COLLISION = 0x00, 0x01, 0x0A
TYPES = range(0x01, 0x0B)
"""Of card: 01 MIFARE 1K, 03 Ultralight, 04 MIFARE 4K, 06 DESFire, 0A other. A frame that was cut in half and
sent again cancels itself under XOR, and shows a 00 here."""

_SEVERAL_CARDS = Fault(CardFault.SEVERAL_CARDS)
_NOT_READ = Fault(CardFault.NOT_READ)


def encode(start: bytes, body: bytes) -> bytes:
    """The frame of a body, to the reader or from it."""
    frame = start + bytes([len(body) + 1]) + body
    return frame + bytes([compute_xor(frame)])


def build_frame_decoder(start: bytes = FROM_READER) -> BlockDecoder:
    """A decoder of every frame in one direction. The body is command, status and data."""
    return BlockDecoder(start, LONGEST, _find_frame)


def parse_card(body: bytes) -> Frame | BadFrame | None:
    """The UID of a selected card. The byte behind it is the card's type."""
    if len(body) < 2 or not body.startswith(SELECT) or body[1] == NO_CARD:
        return None
    if body[1] != DONE:
        return BadFrame(body, _SEVERAL_CARDS if body[1] == COLLISION else _NOT_READ)
    return Frame(body[2:-1]) if len(body) > 3 and body[-1] in TYPES else BadFrame(body, _NOT_READ)


def _find_frame(data: bytes) -> FrameMatch:
    if len(data) < 2:
        return None
    size = data[1] + 2
    if data[1] < 2 or size > LONGEST:
        return BadFrame(data[:2], IMPOSSIBLE_LENGTH)
    if len(data) < size:
        return None
    if compute_xor(data[:size]):
        return BadFrame(data[:size], CHECKSUM_DIFFERS)
    return Frame(data[2 : size - 1]), size


DIALECT = Dialect(
    build_frame_decoder=build_frame_decoder,
    greeting=(build_question(encode(TO_READER, FIRMWARE), rb"\xf0\x00"),),
    search=build_question(encode(TO_READER, SELECT), rb"\x01."),
    parse_card=parse_card,
)
"""How an SL025M is talked to."""
