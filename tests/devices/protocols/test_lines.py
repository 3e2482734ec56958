"""Lines of text, however a reader ends them."""

from functools import partial

import pytest

from devices.faults import Fault, FrameFault
from devices.protocols.decoder import BadFrame
from devices.protocols.lines import LineDecoder
from tests.support.decoder_checks import NOISE, SILENCE, assert_decodes, decode_pieces, simplify_output

ten_bytes = partial(LineDecoder, longest=10)


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_a_line_ends_with_cr_or_lf_or_both(end: bytes) -> None:
    assert_decodes(ten_bytes, b"745A70" + end + b"0000123478" + end, [b"745A70", b"0000123478"])


def test_empty_lines_are_nothing() -> None:
    assert_decodes(ten_bytes, b"\r\n\r\n\n\r745A70\r\r\n", [b"745A70"])


def test_a_line_is_read_when_it_ends_and_not_before() -> None:
    decoder = ten_bytes()
    assert decoder.feed(b"745A70") == []
    assert [simplify_output(line) for line in decoder.feed(b"\r")] == [b"745A70"]


def test_a_line_may_be_as_long_as_the_longest_and_no_longer() -> None:
    assert_decodes(ten_bytes, b"1234567890\r", [b"1234567890"])
    assert_decodes(ten_bytes, b"12345678901\r", [NOISE])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"https://example.org/x", FrameFault.CODE_TOO_LONG),
        ("一二三四".encode(), FrameFault.CODE_TOO_LONG),
        (b"745\x1bA70745A70", FrameFault.LINE_TOO_LONG),
    ],
)
def test_an_overlong_text_is_a_code_that_somebody_shows_and_anything_else_is_noise(
    line: bytes, fault: FrameFault
) -> None:
    (bad,) = ten_bytes().feed(line)
    assert isinstance(bad, BadFrame)
    assert bad.fault == Fault(fault)


def test_an_overlong_line_is_one_bad_frame_and_the_next_line_is_read() -> None:
    assert_decodes(ten_bytes, b"x" * 300 + b"\r\n745A70\r\n", [NOISE, b"745A70"])


@pytest.mark.parametrize("control", [b"\x00", b"\x02", b"\t", b"\x1b", b"\x1f", b"\x7f"])
def test_a_line_with_a_control_character_is_a_bad_frame(control: bytes) -> None:
    assert_decodes(ten_bytes, b"745" + control + b"A70\r745A70\r", [NOISE, b"745A70"])


def test_a_line_may_have_any_other_byte_for_codes_are_not_only_ascii() -> None:
    assert_decodes(ten_bytes, "王~ é\r".encode(), ["王~ é".encode()])


def test_a_line_that_never_ends_does_not_fill_the_memory() -> None:
    decoder = ten_bytes()
    assert len(decode_pieces(decoder, [b"x" * 4096] * 25)) == 1
    assert len(decoder._line) <= 10


def test_what_stopped_without_an_end_is_noise_and_does_not_spoil_the_next_line() -> None:
    assert_decodes(ten_bytes, b"74", [NOISE], silence=True)
    assert [simplify_output(line) for line in decode_pieces(ten_bytes(), [b"74", SILENCE, b"745A70\r"])] == [
        NOISE,
        b"745A70",
    ]


def test_an_overlong_line_that_stopped_is_one_bad_frame() -> None:
    assert [simplify_output(line) for line in decode_pieces(ten_bytes(), [b"x" * 99, SILENCE, b"745A70\r"])] == [
        NOISE,
        b"745A70",
    ]


def test_a_silence_ends_the_line_of_a_reader_that_sends_no_end() -> None:
    unended = partial(LineDecoder, 10, silence_ends_line=True)
    assert_decodes(unended, b"745A70", [b"745A70"], silence=True)
    assert_decodes(unended, b"745A70\r745A71", [b"745A70", b"745A71"], silence=True)
    assert_decodes(unended, b"745\x1bA70", [NOISE], silence=True)


def test_a_silence_after_an_end_is_nothing() -> None:
    assert_decodes(ten_bytes, b"745A70\r\n", [b"745A70"], silence=True)
