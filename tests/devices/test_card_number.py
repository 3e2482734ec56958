"""A card has one number, written one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.faults import CardNumberFault, EnrolmentFault, Fault
from devices.protocols.decoder import LENGTHS, CardNumber, NotACardNumber, find_enrolment_fault

NUMBERS = st.sampled_from(sorted(LENGTHS)).flatmap(
    lambda tech: st.sampled_from(LENGTHS[tech]).flatmap(
        lambda length: st.builds(CardNumber, st.just(tech), st.binary(min_size=length, max_size=length))
    )
)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("A:26DEFAE7", "A:26DEFAE7"),
        ("26DEFAE7", "A:26DEFAE7"),
        ("26defae7", "A:26DEFAE7"),
        ("04A035B2BC2B80", "A:04A035B2BC2B80"),
        ("A:01020304050607080910", "A:01020304050607080910"),
        ("E:010063E9AE", "E:010063E9AE"),
        ("E4:026F6C3A", "E4:026F6C3A"),
        ("W24:745A70", "W24:745A70"),
        ("W32:0001E256", "W32:0001E256"),
        ("QR:41", "QR:41"),
        ("QR:" + "E5" * 128, "QR:" + "E5" * 128),
    ],
)
def test_a_number_has_one_canonical_form(written: str, canonical: str) -> None:
    assert str(CardNumber.parse(written)) == canonical


@given(NUMBERS)
def test_every_number_is_read_back_from_its_canonical_form(number: CardNumber) -> None:
    assert CardNumber.parse(str(number)) == number


UNKNOWN_KIND = Fault(CardNumberFault.UNKNOWN_KIND, {"kinds": tuple(LENGTHS)})


def of_another_kind(kind: str, lengths: tuple[int, ...], length: int, kinds: tuple[str, ...]) -> Fault:
    fields = {"kind": kind, "lengths": lengths, "length": length, "kinds": kinds}
    return Fault(CardNumberFault.LENGTH_OF_ANOTHER_KIND, fields)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", Fault(CardNumberFault.NOT_HEXADECIMAL)),
        ("26 DE FA E7", Fault(CardNumberFault.NOT_HEXADECIMAL)),
        ("26-DE-FA-E7", Fault(CardNumberFault.NOT_HEXADECIMAL)),
        ("+6DEFAE7", Fault(CardNumberFault.NOT_HEXADECIMAL)),
        ("26DEFAE7\n", Fault(CardNumberFault.NOT_HEXADECIMAL)),
        ("２６ＤＥＦＡＥ７", Fault(CardNumberFault.NOT_HEXADECIMAL)),
        ("A:", Fault(CardNumberFault.NOT_HEXADECIMAL)),
        ("26DEFAE", Fault(CardNumberFault.ODD_DIGITS)),
        ("010063E9AE", of_another_kind("A", (4, 7, 10), 5, ("E",))),
        ("E:26DEFAE7", of_another_kind("E", (5,), 4, ("A", "E4", "W32"))),
        ("W24:0001", Fault(CardNumberFault.WRONG_LENGTH, {"kind": "W24", "lengths": (3,), "length": 2})),
        (
            "QR:" + "41" * 129,
            Fault(CardNumberFault.WRONG_CODE_LENGTH, {"kind": "QR", "least": 1, "most": 128, "length": 129}),
        ),
        ("B:26DEFAE7", UNKNOWN_KIND),
        (":26DEFAE7", UNKNOWN_KIND),
    ],
)
def test_what_is_no_card_number_is_refused(written: str, fault: Fault) -> None:
    with pytest.raises(NotACardNumber) as refusal:
        CardNumber.parse(written)
    assert refusal.value.fault == fault


@pytest.mark.parametrize(("tech", "lengths"), LENGTHS.items())
def test_a_number_has_a_length_of_its_kind_or_does_not_exist(tech: str, lengths: tuple[int, ...]) -> None:
    for length in range(140):
        if length in lengths:
            assert CardNumber(tech, bytes(length)).raw == bytes(length)
        else:
            with pytest.raises(NotACardNumber):
                CardNumber(tech, bytes(length))


def test_a_refusal_shows_no_more_than_the_last_three_digits() -> None:
    with pytest.raises(NotACardNumber) as refusal:
        CardNumber.parse("E:04A035B2BC2B80")
    assert str(refusal.value).startswith("'…B80': ")
    assert "2B80" not in str(refusal.value) + repr(refusal.value)


def test_a_number_in_a_traceback_shows_no_more_than_its_last_three_digits() -> None:
    assert repr(CardNumber.parse("E:010063E9AE")) == "CardNumber(E:…9AE)"


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("A:08A1B2C3", EnrolmentFault.RANDOM_NUMBER),
        ("A:8804A035", EnrolmentFault.TRUNCATED_UID),
    ],
)
def test_a_random_or_truncated_uid_may_not_be_enrolled(card: str, code: EnrolmentFault) -> None:
    assert find_enrolment_fault(CardNumber.parse(card)) == Fault(code)


@pytest.mark.parametrize(
    "card",
    [
        "A:07A1B2C3",
        "A:09A1B2C3",
        "A:8704A035",
        "A:8904A035",
        "A:08A1B2C3D4E5F6",
        "A:8804A035B2BC2B",
        "E4:08A1B2C3",
    ],
)
def test_any_other_card_may_be_enrolled(card: str) -> None:
    assert find_enrolment_fault(CardNumber.parse(card)) is None
