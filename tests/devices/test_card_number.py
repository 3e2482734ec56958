"""A card has one number, written one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.protocols.decoder import LENGTHS, CardNumber, NotACardNumber, explain_enrolment_refusal

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


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "write it in hexadecimal digits, 0-9 and A-F, without spaces or dashes."),
        ("26 DE FA E7", "write it in hexadecimal digits, 0-9 and A-F, without spaces or dashes."),
        ("26-DE-FA-E7", "write it in hexadecimal digits, 0-9 and A-F, without spaces or dashes."),
        ("+6DEFAE7", "write it in hexadecimal digits, 0-9 and A-F, without spaces or dashes."),
        ("26DEFAE7\n", "write it in hexadecimal digits, 0-9 and A-F, without spaces or dashes."),
        ("２６ＤＥＦＡＥ７", "write it in hexadecimal digits, 0-9 and A-F, without spaces or dashes."),
        ("A:", "write it in hexadecimal digits, 0-9 and A-F, without spaces or dashes."),
        (
            "26DEFAE",
            "it has an odd number of digits, so one is missing or one too many; read the card again.",
        ),
        ("010063E9AE", "A has 4 or 7 or 10 bytes and this has 5, as E has: check the kind of card."),
        ("E:26DEFAE7", "E has 5 bytes and this has 4, as A or E4 or W32 has: check the kind of card."),
        ("W24:0001", "W24 has 3 bytes and this has 2, so read the card again."),
        ("QR:" + "41" * 129, "QR has 1 to 128 bytes and this has 129, so read the card again."),
        (
            "B:26DEFAE7",
            "the kind before the colon must be one of A, E, E4, W24, W32, QR; bare digits mean an A card.",
        ),
        (
            ":26DEFAE7",
            "the kind before the colon must be one of A, E, E4, W24, W32, QR; bare digits mean an A card.",
        ),
    ],
)
def test_what_is_no_card_number_is_refused_with_what_to_do(written: str, reason: str) -> None:
    with pytest.raises(NotACardNumber) as refusal:
        CardNumber.parse(written)
    assert refusal.value.reason == reason


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
    assert str(refusal.value).startswith("'…B80' is not a card number: ")
    assert "2B80" not in str(refusal.value) + repr(refusal.value)


def test_a_number_in_a_traceback_shows_no_more_than_its_last_three_digits() -> None:
    assert repr(CardNumber.parse("E:010063E9AE")) == "CardNumber(E:…9AE)"


@pytest.mark.parametrize(
    ("card", "begins"),
    [
        (
            "A:08A1B2C3",
            "This is a random number that changes at every tap, as phones send: use a plastic card.",
        ),
        (
            "A:8804A035",
            "The reader cut this number short: set it to pass on 7-byte UIDs, or use another reader.",
        ),
    ],
)
def test_a_random_or_truncated_uid_may_not_be_enrolled(card: str, begins: str) -> None:
    assert explain_enrolment_refusal(CardNumber.parse(card)) == begins


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
    assert explain_enrolment_refusal(CardNumber.parse(card)) is None
