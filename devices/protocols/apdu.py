"""PC/SC readers: the command that asks for a card's UID, and what they answer (PC/SC part 3, Get Data).

    FF CA 00 00 00                  asked
    26 DE FA E7 | 90 00             answered: the UID, then SW1 SW2

The rule: one answer is one burst; feed it whole and call `idle`, or call `parse_uid`.
"""

from devices.faults import CardFault, Fault
from devices.protocols.bursts import BurstDecoder
from devices.protocols.decoder import BadFrame, Frame

GET_UID = bytes.fromhex("FFCA000000")
"""Asks for the whole UID, whatever its length."""

LONGEST = 258
"""Bytes of the longest short answer: 256 and two of status (ISO 7816-4)."""

DONE = b"\x90\x00"

TOO_SOON = Fault(CardFault.REMOVED_TOO_SOON)
_COMMAND_UNKNOWN = Fault(CardFault.READER_WITHOUT_UID_COMMAND)
_STATUS = {
    b"\x63\x00": TOO_SOON,
    b"\x6a\x81": Fault(CardFault.CARD_WITHOUT_UID),
    b"\x6a\x86": _COMMAND_UNKNOWN,
    b"\x6e\x00": _COMMAND_UNKNOWN,
    b"\x6d\x00": _COMMAND_UNKNOWN,
}


def parse_uid(response: bytes) -> Frame | BadFrame:
    """The UID in the answer to `GET_UID`; else why there is none."""
    uid, status = response[:-2], response[-2:]
    if len(status) < len(DONE):
        return BadFrame(response, Fault(CardFault.ANSWER_WITHOUT_STATUS))
    if status != DONE:
        return BadFrame(response, _STATUS.get(status) or _build_refusal(status))
    return Frame(uid) if uid else BadFrame(response, Fault(CardFault.ANSWER_WITHOUT_UID))


class ApduDecoder(BurstDecoder):
    """Answers to `GET_UID`, each ended by a silence. A frame's body is the UID."""

    def __init__(self) -> None:
        super().__init__(LONGEST, lambda response: [parse_uid(response)])


def _build_refusal(status: bytes) -> Fault:
    return Fault(CardFault.REFUSED_WITH_STATUS, {"status": status.hex().upper()})
