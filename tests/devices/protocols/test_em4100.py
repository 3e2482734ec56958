"""EM4100 ASCII frames: two lengths, two checksums, any noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.protocols.checksums import Checksum
from devices.protocols.em4100 import LONGEST, Em4100Decoder, encode
from tests.support.decoder_checks import NOISE, assert_decodes, decode_pieces, simplify_output, split_into_pieces

HOBBYCOMPONENTS = bytes.fromhex("02 31 30 30 30 38 36 46 34 34 34 32 36 03")
ARDUINO = bytes.fromhex("02 30 31 30 30 36 33 45 39 41 45 32 35 03")
STACKOVERFLOW = bytes.fromhex("02 33 43 30 30 43 45 37 35 34 43 43 42 03")
ARDUINO_ID_12LA = bytes.fromhex("02 30 31 30 30 36 33 45 39 41 45 32 35 0D 0A 03")
MISTYPED = bytes.fromhex("02 31 30 30 30 32 36 46 34 34 34 32 36 03")


@pytest.mark.parametrize(
    ("frame", "card"),
    [
        (HOBBYCOMPONENTS, "100086F444"),
        (ARDUINO, "010063E9AE"),
        (STACKOVERFLOW, "3C00CE754C"),
        (ARDUINO_ID_12LA, "010063E9AE"),
        (b"\x024500C5D1E9B8\x03", "4500C5D1E9"),
    ],
)
def test_a_frame_carries_the_five_bytes_of_a_card(frame: bytes, card: str) -> None:
    assert_decodes(Em4100Decoder, frame, [bytes.fromhex(card)])


def test_a_frame_whose_checksum_differs_is_noise() -> None:
    assert_decodes(Em4100Decoder, MISTYPED, [NOISE])


def test_a_clone_adds_where_the_family_xors() -> None:
    frame = b"\x022E00AF0EC9B4\x03"
    assert_decodes(lambda: Em4100Decoder("sum"), frame, [bytes.fromhex("2E00AF0EC9")])
    assert_decodes(lambda: Em4100Decoder("xor"), frame, [NOISE])


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        pytest.param(ARDUINO + ARDUINO_ID_12LA, [b"\x01\x00c\xe9\xae"] * 2, id="two frames that touch"),
        pytest.param(b"\x00\xff31" + ARDUINO, [b"\x01\x00c\xe9\xae"], id="bytes before a frame are nothing"),
        pytest.param(ARDUINO + b"\r\n25\x03", [b"\x01\x00c\xe9\xae"], id="bytes after a frame are nothing"),
        pytest.param(ARDUINO[:9] + ARDUINO, [NOISE, b"\x01\x00c\xe9\xae"], id="STX begins again"),
        pytest.param(b"\x02\x02" + ARDUINO, [b"\x01\x00c\xe9\xae"], id="STX that repeats is one"),
        pytest.param(b"\x02\x03" + ARDUINO, [NOISE, b"\x01\x00c\xe9\xae"], id="nothing between STX and ETX"),
        pytest.param(ARDUINO[:-1] + b"0" + ARDUINO[-1:], [NOISE], id="a digit too many"),
        pytest.param(ARDUINO[:1] + ARDUINO[2:], [NOISE], id="a digit too few"),
        pytest.param(b"\x02" + b"0" * 14 + b"\x03", [NOISE], id="sixteen bytes, no CR LF"),
        pytest.param(b"\x02+A0063E9AE25\x03", [NOISE], id="what int() takes for hexadecimal"),
        pytest.param(b"\x02010063E9AE25\n\r\x03", [NOISE], id="LF CR"),
        pytest.param(b"\x02010063e9ae25\x03", [b"\x01\x00c\xe9\xae"], id="small letters"),
    ],
)
def test_frames_are_found_in_what_surrounds_them(stream: bytes, expected: list[str | bytes]) -> None:
    assert_decodes(Em4100Decoder, stream, expected)


def test_an_overrun_is_one_bad_frame_and_its_rest_is_nothing() -> None:
    overrun = b"\x02" + b"0" * 200
    assert_decodes(Em4100Decoder, overrun + ARDUINO, [NOISE, b"\x01\x00c\xe9\xae"])


def test_a_frame_may_have_sixteen_bytes_and_no_more() -> None:
    (bad,) = Em4100Decoder().feed(b"\x02" + b"0" * 200)
    assert simplify_output(bad) == NOISE
    assert bad == Em4100Decoder().feed(b"\x02" + b"0" * (LONGEST - 1))[0]
    assert Em4100Decoder().feed(b"\x02" + b"0" * (LONGEST - 2)) == []


def test_three_cards_are_read_out_of_a_noisy_stream_that_comes_three_bytes_at_a_time() -> None:
    garbage, truncated, overrun = bytes(range(3, 256)), ARDUINO[:7], b"\x02" + b"A" * 40
    stream = garbage + truncated + HOBBYCOMPONENTS + STACKOVERFLOW + overrun + ARDUINO_ID_12LA
    told_in_order = [
        simplify_output(reading) for reading in decode_pieces(Em4100Decoder(), split_into_pieces(3, stream))
    ]
    assert [card.hex() for card in told_in_order if isinstance(card, bytes)] == [
        "100086f444",
        "3c00ce754c",
        "010063e9ae",
    ]
    assert_decodes(Em4100Decoder, stream, told_in_order)


@given(st.binary(min_size=5, max_size=5), st.sampled_from(["xor", "sum"]), st.booleans())
def test_every_card_is_read_from_the_frame_that_a_reader_would_send(raw: bytes, checksum: Checksum, crlf: bool) -> None:
    frame = encode(raw, checksum=checksum, crlf=crlf)
    assert_decodes(lambda: Em4100Decoder(checksum), frame, [raw])


@pytest.mark.parametrize("frame", [HOBBYCOMPONENTS, ARDUINO, STACKOVERFLOW])
def test_an_encoded_frame_is_what_the_reader_sent(frame: bytes) -> None:
    assert encode(bytes.fromhex(frame[1:11].decode())) == frame


def test_an_encoded_frame_of_an_id_12la_has_its_line_end_before_etx() -> None:
    assert encode(bytes.fromhex("010063E9AE"), crlf=True) == ARDUINO_ID_12LA


def test_a_frame_that_does_not_go_on_was_cut_short() -> None:
    assert_decodes(Em4100Decoder, ARDUINO[:9], [NOISE], silence=True)
    assert_decodes(Em4100Decoder, b"\x02", [], silence=True)
    assert_decodes(Em4100Decoder, ARDUINO, [b"\x01\x00c\xe9\xae"], silence=True)
