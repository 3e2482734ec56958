"""No bytes can make a decoder raise, lose the next card, or depend on how the port cut them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.profiles.registry import BUILTIN_PROFILES, find_profile
from tests.devices.profiles.samples import ENDED_BY_SILENCE, SAMPLES
from tests.faults.result_table import LONG
from tests.support.decoder_checks import SILENCE, decode_pieces, simplify_output

ONE_SAMPLE_EACH = list({profile: (profile, printed, card) for profile, printed, card in SAMPLES}.values())

PIECES = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from([printed for _, printed, _ in SAMPLES]),
        st.sampled_from([b"\x02", b"\x03", b"\r", b"\n", b"0", b"A", b","]),
    ),
    max_size=20,
)
"""Noise as it comes: random bytes, whole frames of any family, and the bytes that decoders look for."""

EACH_A_LITTLE = settings(max_examples=30 if LONG else 10)
"""Many profiles share a decoder, and the reader fuzzer comes by the hundred thousand."""


@pytest.mark.parametrize("name", BUILTIN_PROFILES)
@EACH_A_LITTLE
@given(pieces=PIECES)
def test_any_bytes_read_the_same_however_they_are_cut(name: str, pieces: list[bytes]) -> None:
    profile = find_profile(name)
    stream = b"".join(pieces)
    whole = decode_pieces(profile.build_decoder(), [stream, SILENCE])
    assert decode_pieces(profile.build_decoder(), [*pieces, SILENCE]) == whole
    assert decode_pieces(profile.build_decoder(), [*(bytes([byte]) for byte in stream), SILENCE]) == whole


@pytest.mark.parametrize("name", BUILTIN_PROFILES)
@EACH_A_LITTLE
@given(pieces=PIECES)
def test_after_a_silence_nothing_is_left_of_what_was_unfinished(name: str, pieces: list[bytes]) -> None:
    decoder = find_profile(name).build_decoder()
    decode_pieces(decoder, [*pieces, SILENCE])
    assert decoder.idle() == []


@pytest.mark.parametrize(("name", "printed", "card"), ONE_SAMPLE_EACH)
@EACH_A_LITTLE
@given(pieces=PIECES)
def test_after_any_noise_and_a_silence_the_next_card_is_read(
    name: str, printed: bytes, card: str, pieces: list[bytes]
) -> None:
    last = decode_pieces(find_profile(name).build_decoder(), [*pieces, SILENCE, printed, SILENCE])[-1]
    assert simplify_output(last) == card


@pytest.mark.parametrize(("name", "printed", "card"), [s for s in ONE_SAMPLE_EACH if s[0] not in ENDED_BY_SILENCE])
@EACH_A_LITTLE
@given(pieces=PIECES)
def test_after_any_noise_and_an_end_the_next_card_is_read(
    name: str, printed: bytes, card: str, pieces: list[bytes]
) -> None:
    noise = b"".join(pieces)
    assert card in map(
        simplify_output, decode_pieces(find_profile(name).build_decoder(), [noise + b"\r", printed, SILENCE])
    )


@pytest.mark.parametrize(("name", "printed", "card"), ONE_SAMPLE_EACH)
def test_ten_thousand_bytes_of_noise_do_not_hide_the_next_card(name: str, printed: bytes, card: str) -> None:
    noise = bytes(range(256)) * 40
    *_, last = decode_pieces(find_profile(name).build_decoder(), [noise + b"\r", SILENCE, printed, SILENCE])
    assert simplify_output(last) == card
