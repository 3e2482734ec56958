"""The PN532 on its serial line (HSU), 13.56 MHz, 115200 8N1: NXP UM0701-02.

    00 | 00 FF | 0C  F4 | D5 4B | 01 01 00 04 08 04 26 DE FA E7 | E9  | 00
         start   LEN LCS  TFI, command + 1, data                  DCS   postamble
                 sum 0    from TFI on, sum 0 with DCS
    00 | 00 FF | 00 FF | 00     ACK          00 | 00 FF | 01 FF | 7F | 81 | 00     error
    00 | 00 FF | FF 00 | 00     NACK

The rule: the zeros around a frame are nothing. An ACK or NACK is a frame like any other, and says nothing
about a card: the postamble of a frame and line noise FF FF 00 look like a NACK that was never sent.
"""

from devices.faults import CardFault, Fault
from devices.protocols.blocks import CHECKSUM_DIFFERS, IMPOSSIBLE_LENGTH, BlockDecoder, FrameMatch
from devices.protocols.checksums import compute_sum
from devices.protocols.decoder import BadFrame, Frame
from devices.protocols.dialogue import Dialect, build_question

START = b"\x00\xff"
HEAD = 4
"""Bytes before TFI: start, LEN, LCS."""
LONGEST = HEAD + 255 + 1
"""Bytes of the longest normal frame. An extended one (LEN FF, LCS FF) is never an answer that is asked for here."""

ACK, NACK = b"\x00\xff", b"\xff\x00"
"""The bodies of an ACK and a NACK: their LEN and LCS. No other body begins so."""

TO_READER, FROM_READER = 0xD4, 0xD5
LIST_TARGETS = 0x4A
TARGETS_LISTED = bytes([FROM_READER, LIST_TARGETS + 1])
ONE_TARGET = b"\x01\x01"
"""One target, number 1: no more is ever asked for."""

_NO_TARGET = Fault(CardFault.NO_WHOLE_NUMBER)


def encode(body: bytes) -> bytes:
    """The frame of a body, its preamble and postamble included."""
    head = bytes([len(body), -len(body) & 0xFF])
    return b"\x00" + START + head + body + bytes([-compute_sum(body) & 0xFF]) + b"\x00"


def build_frame_decoder() -> BlockDecoder:
    """A decoder of every frame. The body begins with TFI, or is `ACK` or `NACK`."""
    return BlockDecoder(START, LONGEST, _find_frame)


def parse_card(body: bytes) -> Frame | BadFrame | None:
    """The UID of the one target in an answer to InListPassiveTarget.

    D5 4B | count | number | ATQA, 2 bytes | SAK | length | UID | perhaps more
    """
    if not body.startswith(TARGETS_LISTED) or body[2:3] == b"\x00":
        return None
    uid = body[8 : 8 + body[7]] if len(body) > 7 else b""
    whole = body[2:4] == ONE_TARGET and uid and len(uid) == body[7]
    return Frame(uid) if whole else BadFrame(body, _NO_TARGET)


def _find_frame(data: bytes) -> FrameMatch:
    length = data[2:HEAD]
    if len(length) < 2:
        return None
    if length in (ACK, NACK):
        return Frame(length), HEAD
    if compute_sum(length) or not length[0]:
        return BadFrame(data[:HEAD], IMPOSSIBLE_LENGTH)
    size = HEAD + length[0] + 1
    if len(data) < size:
        return None
    if compute_sum(data[HEAD:size]):
        return BadFrame(data[:size], CHECKSUM_DIFFERS)
    return Frame(data[HEAD : size - 1]), size


WAKE_UP = b"\x55\x55" + bytes(14)
"""Rouses a PN532 that saves power; what follows at once is understood."""
NORMAL_MODE = bytes.fromhex("D41401")
"""SAMConfiguration: no security module."""
FIRMWARE = bytes.fromhex("D402")
"""GetFirmwareVersion: only a PN532 answers it."""
FEW_RETRIES = bytes.fromhex("D43205 FF 01 02")
"""RFConfiguration, item 5: after three attempts without a card InListPassiveTarget answers, instead of never."""
ONE_TYPE_A = bytes.fromhex("D44A 01 00")
"""InListPassiveTarget: one target, 106 kbit/s, type A."""

DIALECT = Dialect(
    build_frame_decoder=build_frame_decoder,
    greeting=(
        build_question(WAKE_UP + encode(NORMAL_MODE)[2:], rb"\xd5\x15"),
        build_question(encode(FIRMWARE), rb"\xd5\x03"),
        build_question(encode(FEW_RETRIES), rb"\xd5\x33"),
    ),
    search=build_question(encode(ONE_TYPE_A), rb"\xd5\x4b"),
    parse_card=parse_card,
)
"""How a PN532 is talked to."""
