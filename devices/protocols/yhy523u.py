"""Ehuoyan YHY523U and YHY632 on their serial line, 13.56 MHz, 115200 8N1.

    AA BB | 06 00 | FF FF | 01 02 | 52                    | 51     request, all cards
    AA BB | 0A 00 | 00 00 | 02 02 | 00     26 AA 00 FA CE | B8     the UID 26AAFACE
            LEN     node    CMD     STATUS data             XOR from node on
            counts node to checksum

The rule: an AA from node to data is followed by a 00 that is neither counted nor summed, so an AA BB there
begins another frame. An answer that reports a failure is believed whatever its checksum: the drivers that
people use do not look at it, and it can only mean "no card".
"""

import re
from functools import cache

from devices.faults import CardFault, Fault, FrameFault
from devices.protocols.blocks import CHECKSUM_DIFFERS, IMPOSSIBLE_LENGTH, BlockDecoder, FrameMatch
from devices.protocols.checksums import compute_xor
from devices.protocols.decoder import BadFrame, Frame
from devices.protocols.dialogue import Dialect, Question, build_question

START = b"\xaa\xbb"
STUFFED = b"\xaa\x00"
HEAD = 4
"""Bytes before the node: start and LEN."""
COMMAND = slice(2, 4)
"""Where the command stands behind LEN, after the node."""
SHORTEST, LONGEST_BODY = 5, 64
"""Bytes that LEN may count: node, command and checksum; far more than the longest answer to what is asked here."""
LONGEST = HEAD + 2 * LONGEST_BODY
"""Bytes of the longest frame, every byte stuffed."""

EVERY_NODE = b"\xff\xff"
"""The address that both models answer to."""
FIRMWARE, REQUEST, ANTICOLLISION, SELECT_ULTRALIGHT = b"\x04\x01", b"\x01\x02", b"\x02\x02", b"\x12\x02"
DONE = 0x00
UID_SIZE = 0xC0
"""The bits in the first byte of ATQA that say how long a UID is (ISO 14443-3); 0 for four bytes."""

_CUT_SHORT_BY_NEXT = Fault(FrameFault.CUT_SHORT_BY_NEXT)
_NOT_READ = Fault(CardFault.NOT_READ)


def encode(body: bytes, node: bytes = EVERY_NODE) -> bytes:
    """The frame of a body (command, status in an answer, data); both directions look alike."""
    summed = node + body
    head = START + (len(summed) + 1).to_bytes(2, "little")
    return head + summed.replace(STUFFED[:1], STUFFED) + bytes([compute_xor(summed)])


def build_frame_decoder() -> BlockDecoder:
    """A decoder of every frame. The body is command, status and data."""
    return BlockDecoder(START, LONGEST, _find_frame)


def parse_card(body: bytes) -> Frame | BadFrame | None:
    """The UID in an answer to anticollision, or to the selection of a card with seven bytes."""
    if body[:2] not in (ANTICOLLISION, SELECT_ULTRALIGHT) or len(body) < 3 or body[2] != DONE:
        return None
    return Frame(body[3:]) if len(body) > 3 else BadFrame(body, _NOT_READ)


def choose_uid_question(body: bytes) -> Question | None:
    """How to ask for the UID of the card that answered a request: its ATQA says how long it is."""
    if len(body) < 4 or body[2] != DONE:
        return None
    return _LONG_UID if body[3] & UID_SIZE else _SHORT_UID


def _find_frame(data: bytes) -> FrameMatch:
    if len(data) < HEAD:
        return None
    length = int.from_bytes(data[2:HEAD], "little")
    if not SHORTEST <= length <= LONGEST_BODY:
        return BadFrame(data[:HEAD], IMPOSSIBLE_LENGTH)
    body = _build_body_pattern(length - 1).match(data, HEAD)
    stuffed = body[0] if body else b""
    summed, size = stuffed.replace(STUFFED, STUFFED[:1]), HEAD + len(stuffed) + 1
    if len(summed) < length - 1 and data[size - 1 :] not in (b"", STUFFED[:1]):
        return BadFrame(data[:size], _CUT_SHORT_BY_NEXT)
    if len(summed) < length - 1 or len(data) < size:
        return None
    if compute_xor(summed) != data[size - 1] and not _is_failure(summed):
        return BadFrame(data[:size], CHECKSUM_DIFFERS)
    return Frame(summed[COMMAND.start :]), size


@cache
def _build_body_pattern(length: int) -> re.Pattern[bytes]:
    """At most so many bytes, each AA with the 00 behind it."""
    return re.compile(rb"(?:[^\xaa]|\xaa\x00){0,%d}" % length, re.DOTALL)


def _is_failure(summed: bytes) -> bool:
    """Whether an answer to a question asked here reports a failure."""
    return len(summed) > COMMAND.stop and summed[COMMAND] in _ASKED_COMMANDS and summed[COMMAND.stop] != DONE


_ASKED_COMMANDS = (REQUEST, ANTICOLLISION, SELECT_ULTRALIGHT)
_SHORT_UID = build_question(encode(ANTICOLLISION + b"\x04"), rb"\x02\x02")
_LONG_UID = build_question(encode(SELECT_ULTRALIGHT), rb"\x12\x02")

DIALECT = Dialect(
    build_frame_decoder=build_frame_decoder,
    greeting=(build_question(encode(FIRMWARE), rb"\x04\x01"),),
    search=build_question(encode(REQUEST + b"\x52"), rb"\x01\x02"),
    choose_follow_up=choose_uid_question,
    parse_card=parse_card,
)
"""How these readers are talked to: request, and when a card answers, its UID."""
