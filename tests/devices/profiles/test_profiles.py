"""One card has one number, whichever reader in whichever mode reads it."""

from dataclasses import replace

import pytest

from devices.faults import Fault, ProfileFault
from devices.profiles.registry import BUILTIN_PROFILES, FOLDER, PROFILE_FILES, UnknownProfile, find_profile
from devices.protocols.decoder import BadFrame
from tests.devices.profiles.samples import ENDED_BY_SILENCE, SAMPLES
from tests.support.decoder_checks import NOISE, SILENCE, assert_decodes, decode_pieces, simplify_output

FIRST = {
    "rdm6300": "E",
    "rdm6300-sum": "E",
    "id-12la": "E",
    "em-10h": "E",
    "em-12d": "E",
    "em-8h10d": "E4",
    "em-6h8d": "W24",
    "em-2h4h": "W24",
    "em-4h4h": "E4",
    "hex-uid": "A",
    "hex-uid-reversed": "A",
    "decimal-uid": "A",
    "decimal-uid-reversed": "A",
    "decimal-uid-reversed-unpadded": "A",
    "decimal-uid-pace": "A",
    "wiegand-26-hex": "W24",
    "wiegand-32-decimal": "W32",
    "qr": "QR",
}
"""The profiles of the first version, and the kind of their numbers."""


@pytest.mark.parametrize(("profile", "printed", "card"), SAMPLES)
def test_what_a_reader_prints_gives_the_number_of_the_card(profile: str, printed: bytes, card: str) -> None:
    assert_decodes(find_profile(profile).build_decoder, printed, [card], silence=True)


@pytest.mark.parametrize(("profile", "printed", "card"), SAMPLES)
def test_what_a_reader_prints_is_read_at_once_where_it_has_an_end(profile: str, printed: bytes, card: str) -> None:
    assert_decodes(find_profile(profile).build_decoder, printed, [] if profile in ENDED_BY_SILENCE else [card])


@pytest.mark.parametrize(("profile", "printed", "card"), [s for s in SAMPLES if s[0] not in ENDED_BY_SILENCE])
def test_two_readings_that_touch_stay_two(profile: str, printed: bytes, card: str) -> None:
    assert_decodes(find_profile(profile).build_decoder, printed + printed, [card, card])


@pytest.mark.parametrize(("profile", "printed", "card"), SAMPLES)
def test_two_readings_with_a_silence_between_are_two(profile: str, printed: bytes, card: str) -> None:
    both = decode_pieces(find_profile(profile).build_decoder(), [printed, SILENCE, SILENCE, printed, SILENCE])
    assert [simplify_output(reading) for reading in both] == [card, card]


def test_every_family_file_is_offered() -> None:
    assert sorted(PROFILE_FILES) == sorted(path.stem for path in FOLDER.glob("*.toml"))


def test_every_profile_is_described_in_both_languages() -> None:
    assert [
        name for name, profile in BUILTIN_PROFILES.items() if profile.about.isascii() and profile.about_zh.isascii()
    ] == []
    assert [name for name, profile in BUILTIN_PROFILES.items() if bool(profile.loses) != bool(profile.loses_zh)] == []


def test_a_profile_that_stood_in_settings_since_the_first_version_is_still_there() -> None:
    """A name is a promise: cards were issued through it."""
    assert set(FIRST) <= set(BUILTIN_PROFILES)
    assert {name: BUILTIN_PROFILES[name].tech for name in FIRST} == FIRST


def test_only_readers_that_must_be_asked_have_a_poller() -> None:
    asked = {name for name, profile in BUILTIN_PROFILES.items() if profile.build_poller() is not None}
    assert asked == {"pn532", "sl025m", "sm130", "yhy523u", "aa-bb"}


def test_every_profile_has_a_sample_from_a_real_reader() -> None:
    assert {profile for profile, _, _ in SAMPLES} == set(BUILTIN_PROFILES)


@pytest.mark.parametrize(
    ("profile", "printed"),
    [
        pytest.param("rdm6300", b"\x02100026F44426\x03", id="a published frame with a typing error"),
        pytest.param("rdm6300-sum", b"\x02010063E9AE25\x03", id="the other checksum"),
        pytest.param("em-8h10d", b"040856634\r", id="a digit missing"),
        pytest.param("em-8h10d", b"00040856634\r", id="a digit too many"),
        pytest.param("em-8h10d", b"+040856634\r", id="what int() takes for a number"),
        pytest.param("em-8h10d", b"0_40856634\r", id="what int() takes for a number, underscore"),
        pytest.param("em-8h10d", b"4294967296\r", id="one more than four bytes hold"),
        pytest.param("em-6h8d", b"16777216\r", id="one more than three bytes hold"),
        pytest.param("em-2h4h", b"256,00000\r", id="one more than one byte holds"),
        pytest.param("em-2h4h", b"11127706\r", id="the comma missing"),
        pytest.param("em-2h4h", b"1,2,3\r", id="a comma too many"),
        pytest.param("em-2h4h", b",27706\r", id="the first part empty"),
        pytest.param("em-10h", b"01026F6C\r", id="four bytes of five"),
        pytest.param("em-10h", b"01026F6C3\r", id="half a byte missing"),
        pytest.param("em-10h", b"0x026F6C3A\r", id="what int() takes for hexadecimal"),
        pytest.param("hex-uid", b"26 DE FA E7\r", id="spaces"),
        pytest.param("hex-uid", b"26DEFAE700\r", id="five bytes are no UID"),
        pytest.param("hex-uid", b"0652147431\r", id="decimal where hexadecimal is expected"),
        pytest.param("decimal-uid", b"26DEFAE7\r", id="hexadecimal where decimal is expected"),
        pytest.param("decimal-uid", "０６５２１４７４３１\r".encode(), id="wide digits"),
        pytest.param("decimal-uid-pace", b"166949742337\r", id="another byte than zero at the end"),
        pytest.param("wiegand-26-hex", b"745A7000\r", id="more than 24 bits"),
        pytest.param("qr", b"x" * (128 + 1) + b"\r", id="a code too long"),
        pytest.param("qr", b"a\x1db\r", id="a code with a control character"),
    ],
)
def test_what_a_profile_does_not_expect_is_noise(profile: str, printed: bytes) -> None:
    assert_decodes(find_profile(profile).build_decoder, printed, [NOISE])


def test_a_number_without_the_tail_that_its_reader_adds_is_noise() -> None:
    with_a_tail = replace(find_profile("hex-uid"), tail=b"\x00")
    assert_decodes(with_a_tail.build_decoder, b"26DEFAE700\r26DEFAE7\r", ["A:26DEFAE7", NOISE])


def test_a_code_may_be_as_long_as_the_longest() -> None:
    code = b"x" * 128
    assert_decodes(find_profile("qr").build_decoder, code + b"\r", [f"QR:{code.hex().upper()}"])


def test_the_greatest_numbers_fit() -> None:
    assert_decodes(find_profile("em-8h10d").build_decoder, b"4294967295\r", ["E4:FFFFFFFF"])
    assert_decodes(find_profile("em-6h8d").build_decoder, b"16777215\r", ["W24:FFFFFF"])


def test_a_reader_that_loses_bytes_says_so_and_has_a_kind_of_its_own() -> None:
    lossy = {name: profile.tech for name, profile in BUILTIN_PROFILES.items() if not profile.full}
    assert set(lossy) == {
        "em-8h10d",
        "em-6h8d",
        "em-2h4h",
        "em-4h4h",
        "wiegand-26-hex",
        "wiegand-32-decimal",
        "wiegand-26-facility",
        "wiegand-26-bits",
        "wiegand-32-bits",
        "wiegand-34-bits",
    }
    assert set(lossy.values()).isdisjoint(profile.tech for profile in BUILTIN_PROFILES.values() if profile.full)


@pytest.mark.parametrize(("profile", "printed", "card"), SAMPLES)
def test_noise_does_not_show_the_number_in_its_reason(profile: str, printed: bytes, card: str) -> None:
    for wrong in BUILTIN_PROFILES.values():
        for reading in wrong.build_decoder().feed(printed):
            if isinstance(reading, BadFrame):
                assert card.partition(":")[2] not in repr(reading)
                assert printed.strip(b"\x02\x03\r\n").decode("latin-1") not in repr(reading)


def test_decoders_of_one_profile_share_nothing() -> None:
    profile = find_profile("wiegand-26-hex")
    assert profile.build_decoder().feed(b"745") == []
    assert [str(card) for card in profile.build_decoder().feed(b"745A70\r")] == ["W24:745A70"]


def test_an_unknown_profile_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownProfile) as refusal:
        find_profile("rdm-6300")
    known = tuple(BUILTIN_PROFILES)
    assert refusal.value.fault == Fault(ProfileFault.UNKNOWN, {"name": "rdm-6300", "known": known})
