"""What is printed for a card is read as that card, by every profile that speaks unasked."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from devices.profiles.encoder import CannotEncode, encode_card
from devices.profiles.registry import BUILTIN_PROFILES
from devices.protocols.decoder import LENGTHS, CardNumber
from tests.devices.profiles.samples import SAMPLES

SPEAKING = [profile for profile in BUILTIN_PROFILES.values() if profile.poller is None]
ONE_SIZE = {"decimal-uid", "decimal-uid-reversed", "decimal-uid-reversed-unpadded", "decimal-uid-pace"}
"""Profiles whose numbers have four bytes, though their kind has longer ones."""


@given(st.data())
def test_what_is_printed_is_read_as_that_card(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(SPEAKING))
    lengths = (4,) if profile.name in ONE_SIZE else LENGTHS[profile.tech]
    size = data.draw(st.sampled_from(lengths))
    alphabet = st.integers(0x21, 0x7E) if profile.tech == "QR" else st.integers(0, 255)
    card = CardNumber(profile.tech, bytes(data.draw(st.lists(alphabet, min_size=size, max_size=size))))
    twelve_digits = profile.name in ("em-12d", "decimal-uid-pace")
    assume(not twelve_digits or int.from_bytes(card.raw + profile.tail, "big") < 10**12)  # they hold no more
    decoder = profile.build_decoder()
    assert decoder.feed(encode_card(profile, card)) + decoder.idle() == [card]


@pytest.mark.parametrize(("name", "sent", "card"), [one for one in SAMPLES if BUILTIN_PROFILES[one[0]].poller is None])
def test_it_is_what_real_readers_print_but_for_the_line_end(name: str, sent: bytes, card: str) -> None:
    made = encode_card(BUILTIN_PROFILES[name], CardNumber.parse(card))
    assert made.replace(b"\r\n", b"").strip() == sent.replace(b"\r\n", b"").strip()


def test_a_card_of_another_kind_is_refused_without_its_number() -> None:
    with pytest.raises(CannotEncode) as refusal:
        encode_card(BUILTIN_PROFILES["rdm6300"], CardNumber.parse("A:26DEFAE7"))
    assert refusal.value.fault.fields == {"profile": "rdm6300", "kind": "E", "card": "A:…AE7"}


def test_a_card_that_is_too_long_for_the_profile_is_refused() -> None:
    with pytest.raises(CannotEncode):
        encode_card(BUILTIN_PROFILES["decimal-uid"], CardNumber.parse("A:04416D412B0289"))


def test_a_reader_that_must_be_asked_prints_nothing() -> None:
    with pytest.raises(CannotEncode):
        encode_card(BUILTIN_PROFILES["pn532"], CardNumber.parse("A:26DEFAE7"))
