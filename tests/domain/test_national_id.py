"""National and resident IDs: what is right is kept as it is, what is wrong is refused and never repaired (R-014)."""

import pytest

from domain.national_id import NotANationalId, WrongCheckDigit, parse_national_id


def test_the_check_digit_of_a_citizen_decides() -> None:
    """V-19 (P42)."""
    assert parse_national_id("A123456789") == "A123456789"
    with pytest.raises(WrongCheckDigit):
        parse_national_id("A123456788")


@pytest.mark.parametrize("number", ["F131104093", "O158238845", "N116247806", "L122544270", "C180661564", "Y123456788"])
def test_every_letter_has_its_own_code(number: str) -> None:
    assert parse_national_id(number) == number


@pytest.mark.parametrize("number", ["AA00000009", "AB00207171", "AC03095424", "BD01300667", "HD02717288", "A800000014"])
def test_residents_have_two_letters_or_since_2021_an_8_or_a_9(number: str) -> None:
    assert parse_national_id(number) == number


def test_capital_letters_and_plain_digits_are_made_of_others() -> None:
    assert parse_national_id(" ａ１２３４５６７８９ ") == "A123456789"


@pytest.mark.parametrize(
    "text",
    [
        *("", "A12345678", "A1234567890", "A323456789", "AE00000009", "1123456789", "A12345678九"),
        *("ı123456789", "A12345678٩", "A123 456789", "A123456789\n1"),
    ],
)
def test_another_form_is_no_national_id(text: str) -> None:
    with pytest.raises(NotANationalId):
        parse_national_id(text)


@pytest.mark.parametrize("place", [2, 6, 8, 9])
def test_one_wrong_digit_is_noticed_where_the_weights_tell_all_digits_apart(place: int) -> None:
    right = "A123456789"
    for digit in set("0123456789") - {right[place]}:
        with pytest.raises(NotANationalId):
            parse_national_id(right[:place] + digit + right[place + 1 :])
