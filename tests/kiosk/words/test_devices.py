"""The sentences about readers, cards, addresses and profile files: one for each code, with the code's fields."""

from pathlib import Path
from string import Formatter

import pytest

from devices.faults import (
    CardFault,
    CardNumberFault,
    Choices,
    Conflict,
    Fault,
    FaultCode,
    FieldFault,
    FieldKind,
    FieldLimit,
    PortFault,
    ProfileFault,
    ReaderFault,
    TextForm,
)
from devices.ports.addresses import NotAnAddress, parse_address
from devices.ports.errors import PortLost
from devices.profiles.profile_files import ProfileError
from devices.protocols.decoder import CardNumber, NotACardNumber
from kiosk.words.devices import (
    SENTENCES,
    ConflictSentence,
    explain_fault,
    explain_not_a_card_number,
    explain_not_an_address,
    explain_port_error,
    explain_profile_error,
)
from kiosk.words.validation import FormText, KindText, LimitText

ADDRESS_FORMS = "/dev/serial/by-id/..., socket://host:port, rfc2217://host:port, pcsc: or evdev:/dev/input/by-id/..."


@pytest.mark.parametrize("codes", SENTENCES, ids=lambda codes: codes.__name__)
def test_every_code_has_its_sentence_with_its_fields(codes: type[FaultCode]) -> None:
    sentences = SENTENCES[codes]
    assert {code.name for code in codes} == {sentence.name for sentence in sentences}
    for code in codes:
        fields = {name for _, name, _, _ in Formatter().parse(sentences[code.name]) if name}
        assert fields == set(code.fields), code


def test_every_enumeration_of_codes_is_worded_or_for_developers() -> None:
    known = [codes for codes in FaultCode.__subclasses__() if codes.__module__ == "devices.faults"]
    assert set(known) == set(SENTENCES)


def test_every_conflict_and_kind_of_field_has_its_words() -> None:
    assert {conflict.name for conflict in Conflict} == {sentence.name for sentence in ConflictSentence}
    for texts, codes in ((KindText, FieldKind), (LimitText, FieldLimit), (FormText, TextForm)):
        assert list(texts.__members__) == list(codes.__members__)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(ReaderFault.SILENT), "the reader does not answer; check its power, its profile and its speed."),
        (
            Fault(PortFault.LOST, conflicts=(Conflict.BRLTTY, Conflict.MODEM_MANAGER)),
            "the reader does not answer any more; check its cable and power. "
            "brltty runs here and takes readers with a CH340 or CP210x chip: remove it (apt purge brltty). "
            "ModemManager runs here and talks to new serial devices for half a minute: wait, or disable it.",
        ),
        (Fault(PortFault.PCSC_REFUSED, {"number": 0x8010000A}), "PC/SC says 0x8010000a"),
        (
            Fault(CardFault.REFUSED_WITH_STATUS, {"status": "6982"}),
            "the reader refused with status 6982; hold the card still and try again.",
        ),
        (
            Fault(CardNumberFault.NOT_AT_MOST_DIGITS, {"digits": 5}),
            "this profile expects at most 5 decimal digits; "
            "read the card again, or choose the profile that fits this reader.",
        ),
        (
            Fault(
                FieldFault.WRONG_KIND,
                {"name": "digits", "kinds": (FieldKind.WHOLE, FieldKind.NULL), "kind": FieldKind.TEXT},
            ),
            "`digits` must be a whole number or null, not text",
        ),
        (
            Fault(FieldFault.UNKNOWN, {"name": "boud", "choices": Choices(("baud", "kind"), "baud")}),
            "there is no field `boud`: did you mean `baud`?",
        ),
        (
            Fault(FieldFault.NOT_A_CHOICE, {"name": "kind", "value": "'B'", "choices": Choices(("A", "E"), None)}),
            "`kind` cannot be 'B': it is one of A, E",
        ),
        (
            Fault(FieldFault.WRONG_COUNT, {"name": "step", "limit": FieldLimit.AT_LEAST, "value": "1"}),
            "`step` must have at least 1 of them",
        ),
        (Fault(FieldFault.REFUSED, {"name": "at", "reason": "is no instant"}), "`at` is no instant"),
        (Fault(FieldFault.REFUSED, {"name": "", "reason": "say when"}), "say when"),
        (
            Fault(ProfileFault.WRONG_SIZE, {"size": 5, "kind": "A", "lengths": (4, 7, 10)}),
            "this writes 5 bytes, and A has 4 or 7 or 10",
        ),
        (
            Fault(ProfileFault.LOSS_NEEDS_LOSSY_KIND, {"kinds": ("E4", "W24", "W32")}),
            "a number that lacks bytes has a kind of its own: E4, W24, W32",
        ),
        (
            Fault(ProfileFault.UNKNOWN, {"name": "rdm-6300", "known": ("rdm6300", "em-10h")}),
            "There is no reader profile 'rdm-6300'; choose one of: rdm6300, em-10h.",
        ),
    ],
)
def test_fields_conflicts_and_choices_stand_in_the_sentence(fault: Fault, sentence: str) -> None:
    assert explain_fault(fault) == sentence


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("26 DE FA E7", "write it in hexadecimal digits, 0-9 and A-F, without spaces or dashes."),
        ("26DEFAE", "it has an odd number of digits, so one is missing or one too many; read the card again."),
        ("010063E9AE", "A has 4 or 7 or 10 bytes and this has 5, as E has: check the kind of card."),
        ("E:26DEFAE7", "E has 5 bytes and this has 4, as A or E4 or W32 has: check the kind of card."),
        ("W24:0001", "W24 has 3 bytes and this has 2, so read the card again."),
        ("QR:" + "41" * 129, "QR has 1 to 128 bytes and this has 129, so read the card again."),
        ("B:26DEFAE7", "the kind before the colon must be one of A, E, E4, W24, W32, QR; bare digits mean an A card."),
    ],
)
def test_what_is_no_card_number_is_explained_by_its_last_three_digits(written: str, sentence: str) -> None:
    with pytest.raises(NotACardNumber) as refusal:
        CardNumber.parse(written)
    shown = explain_not_a_card_number(refusal.value)
    assert shown.endswith(f" is not a card number: {sentence}")
    assert shown.startswith("'…")
    assert len(shown.partition("' is not")[0]) <= len("'…123")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("COM3", f"it is one of {ADDRESS_FORMS}"),
        ("ttyUSB0", "write /dev/ttyUSB0"),
        ("/dev/input/event3", "a reader that types is written evdev:/dev/input/event3"),
        ("socket://192.0.2.7", "write the host and the port, socket://192.0.2.7:4001"),
        ("rfc2217://192.0.2.7:1?baud=9600", "behind the port may stand ?ign_set_control or ?poll_modem, nothing else"),
    ],
)
def test_what_is_no_address_is_explained(text: str, sentence: str) -> None:
    with pytest.raises(NotAnAddress) as refusal:
        parse_address(text)
    assert explain_not_an_address(refusal.value) == f"{text!r} is no port: {sentence}"


def test_a_port_and_a_profile_file_stand_before_what_is_wrong() -> None:
    lost = "the reader does not answer any more; check its cable and power."
    assert explain_port_error(PortLost("/dev/ttyUSB0", Fault(PortFault.LOST))) == f"/dev/ttyUSB0: {lost}"
    path = Path("profiles/library.toml")
    missing = Fault(FieldFault.MISSING, {"name": "name"})
    assert explain_profile_error(ProfileError(path, 7, missing)) == f"{path}:7: the field `name` is missing"
    assert explain_profile_error(ProfileError(path, None, missing)) == f"{path}: the field `name` is missing"
