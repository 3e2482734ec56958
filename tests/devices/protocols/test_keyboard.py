"""A reader that types: its keys become the line they meant, and nothing else ever happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.profiles.profile import CardDecoder
from devices.profiles.registry import BUILTIN_PROFILES, find_profile
from devices.protocols.keyboard import DROPPED, EVENT, SYNCHRONISE, encode_press, encode_typing
from tests.devices.profiles.samples import ENDED_BY_SILENCE, SAMPLES
from tests.support.decoder_checks import NOISE, SILENCE, decode_pieces, simplify_output

CONTROL, ESCAPE, BACKSPACE, CAPS_LOCK, ALT, META, F1, UP_ARROW, DELETE = 29, 1, 14, 58, 56, 125, 59, 103, 111
DIGITS_OF_THE_KEYPAD = {7: 71, 8: 72, 9: 73, 4: 75, 5: 76, 6: 77, 1: 79, 2: 80, 3: 81, 0: 82}
TYPED = [
    (profile, printed, card)
    for profile, printed, card in SAMPLES
    if BUILTIN_PROFILES[profile].text and profile not in ENDED_BY_SILENCE and printed.isascii()
]


def wedge(profile: str = "em-8h10d") -> CardDecoder:
    return find_profile(profile).build_keyboard_decoder()


def read(*pieces: bytes | None, profile: str = "em-8h10d") -> list[str | bytes]:
    return [simplify_output(reading) for reading in decode_pieces(wedge(profile), pieces)]


@pytest.mark.parametrize(("profile", "printed", "card"), TYPED)
def test_a_reader_that_types_says_what_the_same_reader_would_print(profile: str, printed: bytes, card: str) -> None:
    line = printed.rstrip(b"\r\n").decode()
    assert read(encode_typing(line + "\n"), profile=profile) == [card]
    assert read(encode_typing(line + "\t\n"), profile=profile) == [card]
    assert read(encode_typing(line), profile=profile) == []
    assert read(encode_typing(line), SILENCE, profile=profile) == [card]
    assert read(encode_typing(line + "\t"), SILENCE, profile=profile) == [card]


def test_the_keypad_types_digits_and_has_an_enter_of_its_own() -> None:
    keys = [DIGITS_OF_THE_KEYPAD[int(digit)] for digit in "0040856634"]
    assert read(b"".join(map(encode_press, keys)) + encode_press(96)) == ["E4:026F6C3A"]


def test_letters_and_marks_are_those_of_a_us_keyboard() -> None:
    code = "Ab{9}?:/~"
    assert read(encode_typing(code + "\n"), profile="qr") == ["QR:" + code.encode().hex().upper()]


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=60))
def test_whatever_a_us_keyboard_can_type_is_read_as_it_was_meant(text: str) -> None:
    assert read(encode_typing(text + "\n"), profile="qr") == ["QR:" + text.encode().hex().upper()]


def test_events_may_come_in_any_pieces() -> None:
    events = encode_typing("0040856634\n") * 2
    for size in (1, 7, EVENT.size, 100):
        pieces = [events[start : start + size] for start in range(0, len(events), size)]
        assert read(*pieces) == ["E4:026F6C3A"] * 2


@pytest.mark.parametrize("key", [CONTROL, ESCAPE, BACKSPACE, CAPS_LOCK, ALT, META, F1, UP_ARROW, DELETE])
@pytest.mark.parametrize("place", [0, 3, 10])
def test_a_key_that_no_card_number_needs_makes_that_one_line_unreadable(key: int, place: int) -> None:
    digits = "0040856634"
    stream = encode_typing(digits[:place]) + encode_press(key) + encode_typing(digits[place:] + "\n")
    assert read(stream, encode_typing(digits + "\n")) == [NOISE, "E4:026F6C3A"]
    assert read(stream, encode_typing("ABC\n"), profile="qr") == [NOISE, "QR:414243"]


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(encode_press(CONTROL, 46), id="Control-C"),
        pytest.param(encode_press(CONTROL, ALT, 59), id="Control-Alt-F1, another console"),
        pytest.param(encode_press(CONTROL, ALT, DELETE), id="Control-Alt-Delete"),
        pytest.param(encode_press(META, 19), id="Super-R, a command window"),
        pytest.param(encode_press(ESCAPE) + encode_typing("[2J"), id="an escape sequence"),
        pytest.param(encode_typing("rm -rf ~; :(){ :|:& };:"), id="a shell command"),
        pytest.param(encode_typing("00408\t56634"), id="a tab within a number"),
        pytest.param(
            encode_press(CONTROL, 42, 22) + encode_typing("1b"), id="Control-Shift-U, a character by its number"
        ),
    ],
)
def test_a_wedge_that_types_anything_else_gets_nothing_but_a_refused_read(attack: bytes) -> None:
    assert read(attack, SILENCE) == [NOISE]
    assert read(attack + encode_typing("\n"), encode_typing("0040856634\n")) == [NOISE, "E4:026F6C3A"]


def test_a_stray_tab_does_not_outlast_a_silence() -> None:
    assert read(encode_typing("\t"), SILENCE, encode_typing("0040856634\n")) == ["E4:026F6C3A"]
    assert read(encode_typing("\t"), encode_typing("0040856634\n")) == [NOISE]


def test_a_tab_within_a_code_does_not_make_two_codes() -> None:
    assert read(encode_typing("ABC\tDEF\n"), profile="qr") == [NOISE]


def test_a_key_that_is_held_counts_once() -> None:
    repeated = EVENT.pack(0, 0, 1, 2, 2)
    assert read(encode_typing("004085663") + encode_press(5) + repeated * 20 + encode_typing("\n")) == ["E4:026F6C3A"]


def test_when_events_were_dropped_the_line_is_unreadable_and_shift_is_up() -> None:
    held_shift = EVENT.pack(0, 0, 1, 42, 1)
    dropped = EVENT.pack(0, 0, SYNCHRONISE, DROPPED, 0)
    stream = held_shift + encode_typing("00408") + dropped + encode_typing("56634\n0040856634\n")
    assert read(stream) == [NOISE, "E4:026F6C3A"]


def test_enter_alone_and_silence_alone_are_nothing() -> None:
    assert read(encode_typing("\n\n"), SILENCE, SILENCE, encode_typing("\t\n")) == []


def test_a_line_without_end_is_one_refused_read_and_does_not_fill_the_memory() -> None:
    assert read(encode_typing("7" * 5_000), encode_typing("\n"), encode_typing("0040856634\n")) == [
        NOISE,
        "E4:026F6C3A",
    ]


@given(st.binary(max_size=600))
def test_no_bytes_can_make_it_raise_or_lose_the_next_card(noise: bytes) -> None:
    assert read(noise, SILENCE, encode_typing("\n"), encode_typing("0040856634\n"))[-1] == "E4:026F6C3A"


def test_a_shift_key_that_never_came_up_does_not_outlast_a_silence() -> None:
    held_shift = EVENT.pack(0, 0, 1, 42, 1)
    assert read(held_shift + encode_typing("0040856634\n")) == [NOISE]
    assert read(held_shift, SILENCE, encode_typing("0040856634\n")) == ["E4:026F6C3A"]
