"""Twelve digits between two silences."""

import pytest

from devices.protocols.em4100 import LONGEST_BURST, Em18Decoder, format_digits
from tests.support.decoder_checks import NOISE, SILENCE, assert_decodes, decode_pieces, simplify_output

CARD = bytes.fromhex("4500C5D1E9")
DIGITS = b"4500C5D1E9B8"


def test_nothing_is_read_before_the_silence() -> None:
    decoder = Em18Decoder()
    assert decoder.feed(DIGITS) == []
    assert [simplify_output(reading) for reading in decoder.idle()] == [CARD]
    assert decoder.idle() == []


@pytest.mark.parametrize(
    ("burst", "expected"),
    [
        pytest.param(DIGITS * 2, [CARD, CARD], id="a card that is held, printed twice"),
        pytest.param(DIGITS + format_digits(bytes(5)), [CARD, bytes(5)], id="two cards that touch"),
        pytest.param(b"0" + DIGITS, [NOISE], id="a digit of noise before it"),
        pytest.param(DIGITS + b"\xff", [NOISE], id="a byte of noise behind it"),
        pytest.param(DIGITS[:-1], [NOISE], id="a digit missing"),
        pytest.param(DIGITS[:-1] + b"9", [NOISE], id="another checksum"),
        pytest.param(DIGITS[:-1] + b"\r", [NOISE], id="no digit"),
        pytest.param(b"+" + DIGITS[1:], [NOISE], id="what int() takes for hexadecimal"),
        pytest.param(DIGITS.lower(), [CARD], id="small letters"),
    ],
)
def test_a_burst_is_a_whole_number_of_twelves(burst: bytes, expected: list[str | bytes]) -> None:
    assert_decodes(Em18Decoder, burst, expected, silence=True)


def test_a_clone_may_add_where_the_family_xors() -> None:
    assert_decodes(lambda: Em18Decoder("sum"), b"2E00AF0EC9B4", [bytes.fromhex("2E00AF0EC9")], silence=True)


def test_a_burst_may_be_as_long_as_the_longest_and_no_longer() -> None:
    held = DIGITS * (LONGEST_BURST // len(DIGITS))
    assert len(decode_pieces(Em18Decoder(), [held, SILENCE])) == LONGEST_BURST // len(DIGITS)
    assert_decodes(Em18Decoder, held + DIGITS, [NOISE], silence=True)


def test_what_never_falls_silent_does_not_fill_the_memory() -> None:
    decoder = Em18Decoder()
    decode_pieces(decoder, [DIGITS * 100] * 100)
    assert len(decoder._burst) == LONGEST_BURST + 1
