"""What a PC/SC reader answers when it is asked for a UID."""

import pytest

from devices.faults import CardFault, Fault
from devices.protocols.apdu import GET_UID, ApduDecoder, parse_uid
from devices.protocols.decoder import BadFrame, Frame
from tests.support.decoder_checks import NOISE, assert_decodes

REFUSALS = [
    ("", Fault(CardFault.ANSWER_WITHOUT_STATUS)),
    ("90", Fault(CardFault.ANSWER_WITHOUT_STATUS)),
    ("9000", Fault(CardFault.ANSWER_WITHOUT_UID)),
    ("6300", Fault(CardFault.REMOVED_TOO_SOON)),
    ("6A81", Fault(CardFault.CARD_WITHOUT_UID)),
    ("6D00", Fault(CardFault.READER_WITHOUT_UID_COMMAND)),
    ("6982", Fault(CardFault.REFUSED_WITH_STATUS, {"status": "6982"})),
    ("26DEFAE79001", Fault(CardFault.REFUSED_WITH_STATUS, {"status": "9001"})),
    ("26DEFAE76300", Fault(CardFault.REMOVED_TOO_SOON)),
    ("900026DEFAE7", Fault(CardFault.REFUSED_WITH_STATUS, {"status": "FAE7"})),
]


def test_the_question_is_get_data_for_the_whole_uid() -> None:
    assert GET_UID.hex().upper() == "FFCA000000"


@pytest.mark.parametrize("uid", ["26DEFAE7", "04416D412B0289", "08A1B2C3", "01020304050607080910", "9000"])
def test_the_uid_is_what_comes_before_the_status(uid: str) -> None:
    assert parse_uid(bytes.fromhex(uid + "9000")) == Frame(bytes.fromhex(uid))


@pytest.mark.parametrize(("response", "fault"), REFUSALS)
def test_any_other_answer_says_why_there_is_no_uid(response: str, fault: Fault) -> None:
    bad = parse_uid(bytes.fromhex(response))
    assert isinstance(bad, BadFrame)
    assert bad.fault == fault


def test_an_answer_is_what_comes_between_two_silences() -> None:
    assert_decodes(ApduDecoder, bytes.fromhex("26DEFAE79000"), [bytes.fromhex("26DEFAE7")], silence=True)
    assert_decodes(ApduDecoder, bytes(300), [NOISE], silence=True)
