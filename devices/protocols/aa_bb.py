"""Readers with telegrams from AA to BB (JT308, IDT527 and their kin), 13.56 MHz, 9600 8N1.

    AA | 00   | 03  | 25     52 00            | 74  | BB     which card is there? all cards, no halt
    AA | 00   | 06  | 00     00   16 0F F4 7F | 94  | BB     160FF47F
    AA | 00   | 02  | 01     83               | 80  | BB     none
         addr   LEN   STATUS flag UID           XOR from addr on
                      LEN counts these

The rule: AA and BB may stand in a number too, so a telegram is found by its length, checksum and end.
"""

from devices.faults import CardFault, Fault
from devices.protocols.blocks import CHECKSUM_DIFFERS, IMPOSSIBLE_LENGTH, BlockDecoder, FrameMatch
from devices.protocols.checksums import compute_xor
from devices.protocols.decoder import BadFrame, Frame
from devices.protocols.dialogue import Dialect, build_question

START, END = b"\xaa", 0xBB
HEAD, TAIL = 3, 2
"""Bytes before and behind what LEN counts: start, addr and LEN; checksum and end."""
LONGEST = 64
"""Bytes of the longest telegram that is believed: far more than the longest answer to what is asked here."""

EVERY_READER = 0x00
WHICH_CARD = bytes.fromhex("25 52 00")
DONE = 0x00
ONE_CARD = 0x00
UID_LENGTHS = (4, 7, 10)
"""Of ISO 14443-A. Answers to other questions begin with the same status and flag."""

_SEVERAL_CARDS = Fault(CardFault.SEVERAL_CARDS)


def encode(body: bytes, address: int = EVERY_READER) -> bytes:
    """The telegram of a body; both directions look alike."""
    summed = bytes([address, len(body)]) + body
    return START + summed + bytes([compute_xor(summed), END])


def build_frame_decoder() -> BlockDecoder:
    """A decoder of every telegram. The body is status, flag and data."""
    return BlockDecoder(START, LONGEST, _find_frame)


def parse_card(body: bytes) -> Frame | BadFrame | None:
    """The UID in the answer to which card is there."""
    if body[0] != DONE or len(body) - 2 not in UID_LENGTHS:
        return None
    return Frame(body[2:]) if body[1] == ONE_CARD else BadFrame(body, _SEVERAL_CARDS)


def _find_frame(data: bytes) -> FrameMatch:
    if len(data) < HEAD:
        return None
    size = HEAD + data[2] + TAIL
    if not data[2] or size > LONGEST:
        return BadFrame(data[:HEAD], IMPOSSIBLE_LENGTH)
    if len(data) < size:
        return None
    if compute_xor(data[1 : size - 1]) or data[size - 1] != END:
        return BadFrame(data[:size], CHECKSUM_DIFFERS)
    return Frame(data[HEAD : size - TAIL]), size


DIALECT = Dialect(
    build_frame_decoder=build_frame_decoder,
    search=build_question(encode(WHICH_CARD), rb"."),
    parse_card=parse_card,
)
"""How these readers are talked to."""
