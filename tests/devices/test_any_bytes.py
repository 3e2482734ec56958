"""No bytes can make a decoder raise, lose the next card, or depend on how the port cut them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.catalogue import CATALOGUE, profile_named
from tests.devices.samples import SAMPLES
from tests.support.decoding import readings, told

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


@pytest.mark.parametrize("name", CATALOGUE)
@given(pieces=PIECES)
def test_any_bytes_read_the_same_however_they_are_cut(name: str, pieces: list[bytes]) -> None:
    profile = profile_named(name)
    stream = b"".join(pieces)
    whole = readings(profile.decoder(), [stream])
    assert readings(profile.decoder(), pieces) == whole
    assert readings(profile.decoder(), [bytes([byte]) for byte in stream]) == whole


@pytest.mark.parametrize(("name", "printed", "card"), ONE_SAMPLE_EACH)
@given(pieces=PIECES)
def test_after_any_noise_and_an_end_the_next_card_is_read(
    name: str, printed: bytes, card: str, pieces: list[bytes]
) -> None:
    noise = b"".join(pieces)
    *_, last = readings(profile_named(name).decoder(), [noise + b"\r", printed])
    assert told(last) == card


@pytest.mark.parametrize(("name", "printed", "card"), ONE_SAMPLE_EACH)
def test_ten_thousand_bytes_of_noise_do_not_hide_the_next_card(name: str, printed: bytes, card: str) -> None:
    noise = bytes(range(256)) * 40
    *_, last = readings(profile_named(name).decoder(), [noise + b"\r", printed])
    assert told(last) == card
