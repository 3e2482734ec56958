"""What comes between two silences."""

from devices.protocols.bursts import BurstDecoder
from devices.protocols.decoder import Frame
from tests.support.decoder_checks import NOISE, SILENCE, assert_decodes, decode_pieces, simplify_output


def four_bytes() -> BurstDecoder:
    return BurstDecoder(4, lambda burst: [Frame(burst)])


def test_a_burst_is_judged_whole_and_once() -> None:
    assert_decodes(four_bytes, b"abcd", [b"abcd"], silence=True)
    found = decode_pieces(four_bytes(), [b"ab", SILENCE, SILENCE, b"cd", SILENCE])
    assert [simplify_output(reading) for reading in found] == [b"ab", b"cd"]


def test_a_burst_may_be_as_long_as_the_longest_and_no_longer() -> None:
    assert_decodes(four_bytes, b"abcde", [NOISE], silence=True)
    found = decode_pieces(four_bytes(), [b"abcde" * 9, SILENCE, b"abcd", SILENCE])
    assert [simplify_output(reading) for reading in found] == [NOISE, b"abcd"]
