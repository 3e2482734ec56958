"""PC/SC readers: the command that asks for a card's UID, and what they answer (PC/SC part 3, Get Data).

    FF CA 00 00 00                  asked
    26 DE FA E7 | 90 00             answered: the UID, then SW1 SW2

The rule: one answer is one burst; feed it whole and call `idle`, or ask `uid_in`.
"""

from devices.protocols.bursts import BurstDecoder
from devices.protocols.decoder import BadFrame, Frame

GET_UID = bytes.fromhex("FFCA000000")
"""Asks for the whole UID, whatever its length."""

LONGEST = 258
"""Bytes of the longest short answer: 256 and two of status (ISO 7816-4)."""

DONE = b"\x90\x00"

_STATUS = {
    b"\x63\x00": "the card was taken away too soon; hold it still and try again.",
    b"\x6a\x81": "this card tells no UID; use another card.",
    b"\x6a\x86": "the reader does not know the question for a UID; use another reader.",
    b"\x6e\x00": "the reader does not know the question for a UID; use another reader.",
    b"\x6d\x00": "the reader does not know the question for a UID; use another reader.",
}
_NO_STATUS = "the reader's answer has no status; hold the card still and try again."
_EMPTY = "the reader answered without a UID; hold the card still and try again."


def parse_uid(response: bytes) -> Frame | BadFrame:
    """The UID in the answer to `GET_UID`; else why there is none."""
    uid, status = response[:-2], response[-2:]
    if len(status) < len(DONE):
        return BadFrame(response, _NO_STATUS)
    if status != DONE:
        return BadFrame(response, _STATUS.get(status, _format_unknown_status(status)))
    return Frame(uid) if uid else BadFrame(response, _EMPTY)


class ApduDecoder(BurstDecoder):
    """Answers to `GET_UID`, each ended by a silence. A frame's body is the UID."""

    def __init__(self) -> None:
        super().__init__(LONGEST, lambda response: [parse_uid(response)])


def _format_unknown_status(status: bytes) -> str:
    return f"the reader refused with status {status.hex().upper()}; hold the card still and try again."
