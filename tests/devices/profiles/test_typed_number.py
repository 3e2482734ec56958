"""What people write when they are asked for a card's number."""

import pytest

from devices.faults import CardNumberFault, Fault
from devices.profiles.typed_number import parse_typed_number
from devices.protocols.decoder import CardNumber, NotACardNumber

FOB = CardNumber.parse("E:01026F6C3A")
CARD = CardNumber.parse("A:26DEFAE7")
LONG = CardNumber.parse("A:04A2B3C4D5E680")


@pytest.mark.parametrize(
    "text",
    [
        "01026F6C3A",
        "E:01026F6C3A",
        "01 02 6f 6c 3a",
        "01:02:6F:6C:3A",
        "0040856634",
        "40856634",
        "07302202",
        "111,27706",
        "111, 27706",
        "00623,27706",
        "004335823930",
        "0040856634 623,27706",
        " 0040856634  00623 , 27706 ",
    ],
)
def test_a_fob_is_known_by_all_that_can_stand_on_it(text: str) -> None:
    number = parse_typed_number(text)
    assert number.matches(FOB)
    assert number.matches(CardNumber.parse("E4:026F6C3A"))
    assert number.matches(CardNumber.parse("W24:6F6C3A"))
    assert not number.matches(CardNumber.parse("E:01026F6C3B"))
    assert not number.matches(CARD)


@pytest.mark.parametrize(
    "text",
    [
        "26DEFAE7",
        "26:de:fa:e7",
        "26-DE-FA-E7",
        "A:26 DE FA E7",
        "0652147431",
        "652147431",
        "3891977766",
        "166949742336",
    ],
)
def test_a_card_is_known_in_hexadecimal_and_in_the_decimals_that_readers_make_of_it(text: str) -> None:
    number = parse_typed_number(text)
    assert number.matches(CARD)
    assert number.matches(CardNumber.parse("W24:26DEFA"))
    assert number.matches(CardNumber.parse("W32:E7FADE26"))
    assert not number.matches(LONG)


def test_a_comma_stands_on_fobs_only() -> None:
    assert parse_typed_number("0040856634").matches(CardNumber.parse("A:026F6C3A"))
    assert not parse_typed_number("623,27706").matches(CardNumber.parse("A:026F6C3A"))
    assert not parse_typed_number("111,27706").matches(CardNumber.parse("A:026F6C3A"))


def test_hexadecimal_digits_begin_with_the_first_byte() -> None:
    assert parse_typed_number("26DEFAE7").matches(CARD)
    assert not parse_typed_number("E7FADE26").matches(CARD)


@pytest.mark.parametrize(("text", "settled"), [("26DEFAE7", True), ("26:12:34:56", True), ("E:0000000001", True)])
def test_hexadecimal_says_all(text: str, settled: bool) -> None:
    assert parse_typed_number(text).complete is settled


@pytest.mark.parametrize("text", ["0040856634", "40 856 634", "623,27706", "12345678"])
def test_digits_alone_leave_something_to_guess(text: str) -> None:
    assert not parse_typed_number(text).complete


def test_a_code_is_known_by_its_text() -> None:
    assert parse_typed_number("VOLUNTEER-0042").matches(CardNumber("QR", b"VOLUNTEER-0042"))
    assert not parse_typed_number("VOLUNTEER-0043").matches(CardNumber("QR", b"VOLUNTEER-0042"))


@pytest.mark.parametrize("text", ["", "   ", "x" * 129])
def test_what_is_no_number_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NotACardNumber) as refusal:
        parse_typed_number(text)
    assert refusal.value.fault == Fault(CardNumberFault.NOT_A_PRINTED_NUMBER)


def test_a_typed_number_does_not_show_in_a_traceback() -> None:
    assert "0040856634" not in repr(parse_typed_number("0040856634"))
