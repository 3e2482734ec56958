"""The SonMicro SM130 on its serial line, 13.56 MHz, 19200 8N1.

    FF 00 | 01  | 83                       | 84     select a card
    FF 00 | 06  | 83  02   26 DE FA E7     | 70     selected; seek (82) reports a card in the same form
    FF 00 | 02  | 83  4E                   | D3     none ('N'); 82 4C: still seeking ('L'); 83 55: field off ('U')
            LEN   CMD type UID               sum of all from LEN on
            counts CMD and what follows, without the checksum

The rule: an answer of one letter is about no card.
"""

from devices.protocols.blocks import CHECKSUM_DIFFERS, IMPOSSIBLE_LENGTH, BlockDecoder, FrameMatch
from devices.protocols.checksums import compute_sum
from devices.protocols.decoder import BadFrame, Frame
from devices.protocols.dialogue import Dialect, build_question

START = b"\xff\x00"
HEAD = 3
"""Bytes before CMD: start and LEN."""
LONGEST = 64
"""Bytes of the longest frame that is believed: far more than the longest answer to what is asked here."""

FIRMWARE, SEEK, SELECT, FIELD = 0x81, 0x82, 0x83, 0x90
NO_CARD, SEEKING, FIELD_OFF = b"N", b"L", b"U"


def encode(body: bytes) -> bytes:
    """The frame of a body; both directions look alike."""
    counted = bytes([len(body)]) + body
    return START + counted + bytes([compute_sum(counted)])


def build_frame_decoder() -> BlockDecoder:
    """A decoder of every frame. The body is command and data."""
    return BlockDecoder(START, LONGEST, _find_frame)


def parse_card(body: bytes) -> Frame | BadFrame | None:
    """The UID of a card that was selected or found by seeking."""
    if body[0] not in (SEEK, SELECT) or len(body) < 3:
        return None
    return Frame(body[2:])


def _find_frame(data: bytes) -> FrameMatch:
    if len(data) < HEAD:
        return None
    size = HEAD + data[2] + 1
    if not data[2] or size > LONGEST:
        return BadFrame(data[:HEAD], IMPOSSIBLE_LENGTH)
    if len(data) < size:
        return None
    if compute_sum(data[2 : size - 1]) != data[size - 1]:
        return BadFrame(data[:size], CHECKSUM_DIFFERS)
    return Frame(data[HEAD : size - 1]), size


DIALECT = Dialect(
    build_frame_decoder=build_frame_decoder,
    greeting=(
        build_question(encode(bytes([FIRMWARE])), rb"\x81"),
        build_question(encode(bytes([FIELD, 1])), rb"\x90\x01"),
    ),
    search=build_question(encode(bytes([SELECT])), rb"\x83(?!U$)"),
    parse_card=parse_card,
)
"""How an SM130 is talked to. When its field is off that is no answer, so it is greeted again, which turns it on."""
