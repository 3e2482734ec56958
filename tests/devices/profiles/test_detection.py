"""Three cards whose numbers are known tell which profile a reader has, or between which ones nothing can tell."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from devices.profiles.detection import (
    Capture,
    DetectionResult,
    Piece,
    TapSample,
    find_distinguishing_bytes,
    identify,
    is_readable,
)
from devices.profiles.encoder import CannotEncode
from devices.profiles.profile import Profile
from devices.profiles.registry import BUILTIN_PROFILES
from devices.profiles.typed_number import parse_typed_number
from devices.protocols.decoder import LENGTHS, CardNumber
from tests.devices.profiles.simulated_taps import simulate_tap
from tests.faults.result_table import LONG

FOBS = ("E:01026F6C3A", "E:100086F444", "E:3C00CE754C")
CARDS = ("A:26DEFAE7", "A:86CFD936", "A:2A83155E")
ONE_SIZE = {"decimal-uid", "decimal-uid-reversed", "decimal-uid-reversed-unpadded", "decimal-uid-pace"}


# --- Any profile, any cards, typed in any form ---

Form = Callable[[bytes], str]

HEXADECIMAL: dict[str, Form] = {
    "plain": lambda raw: raw.hex(),
    "capitals": lambda raw: raw.hex().upper(),
    "colons": lambda raw: raw.hex(":"),
    "spaces": lambda raw: raw.hex(" "),
}
ON_FOBS: dict[str, Form] = {
    "ten digits": lambda raw: f"{int.from_bytes(raw[-4:], 'big'):010}",
    "eight digits": lambda raw: f"{int.from_bytes(raw[-3:], 'big'):08}",
    "comma": lambda raw: f"{raw[-3]},{int.from_bytes(raw[-2:], 'big')}",
    "comma and space": lambda raw: f"{raw[-3]:03}, {int.from_bytes(raw[-2:], 'big'):05}",
    "all of it": lambda raw: f"{int.from_bytes(raw[-4:], 'big'):010} {raw[-3]:03},{int.from_bytes(raw[-2:], 'big'):05}",
}
IN_DECIMAL: dict[str, Form] = {
    "decimal": lambda raw: str(int.from_bytes(raw, "big")),
    "decimal from behind": lambda raw: f"{int.from_bytes(raw, 'little'):010}",
}
FORMS: dict[str, dict[str, Form]] = {
    "A": HEXADECIMAL | IN_DECIMAL,
    "E": HEXADECIMAL | ON_FOBS | {"twelve digits": lambda raw: f"{int.from_bytes(raw, 'big'):012}"},
    "E4": ON_FOBS,
    "W24": HEXADECIMAL | {name: ON_FOBS[name] for name in ("eight digits", "comma", "comma and space")},
    "W32": IN_DECIMAL,
    "QR": {"text": lambda raw: raw.decode()},
}


@st.composite
def taps(draw: st.DrawFn, profile: Profile) -> list[TapSample]:
    """Three cards of the profile's kind, each held to its reader and typed in some form."""
    numbers = draw(st.lists(cards_of(profile), min_size=3, max_size=3, unique=True))
    keyboard = profile.text and draw(st.booleans()) and all(number.raw.isascii() for number in numbers)
    forms = FORMS[profile.tech] | {"with its kind": lambda raw: str(CardNumber(profile.tech, raw))}
    return [
        TapSample(
            (heard(profile, number, keyboard=keyboard),),
            parse_typed_number(forms[draw(st.sampled_from(sorted(forms)))](number.raw)),
        )
        for number in numbers
    ]


def cards_of(profile: Profile) -> st.SearchStrategy[CardNumber]:
    if profile.tech == "QR":
        text = st.text(st.sampled_from("ABCKLMVXYZ0123456789-"), min_size=4, max_size=20).map(lambda text: f"V{text}")
        return text.map(lambda text: CardNumber("QR", text.encode()))
    sizes = (4,) if profile.name in ONE_SIZE else LENGTHS[profile.tech]
    return st.sampled_from(sizes).flatmap(
        lambda size: st.binary(min_size=size, max_size=size).map(lambda raw: CardNumber(profile.tech, raw))
    )


def heard(profile: Profile, number: CardNumber, *, keyboard: bool) -> Capture:
    try:
        return simulate_tap(profile, number, keyboard=keyboard)
    except CannotEncode:
        assume(False)  # twelve digits do not hold every EM4100 number
        raise


def named(verdict: DetectionResult) -> list[str]:
    return [one.profile.name for one in (*(one for group in verdict.groups for one in group), *verdict.unneeded)]


@pytest.mark.parametrize("name", BUILTIN_PROFILES)
@settings(max_examples=30 if LONG else 10)  # of each of thirty profiles
@given(st.data())
def test_whatever_form_is_typed_the_profile_is_named(name: str, data: st.DataObject) -> None:
    profile = BUILTIN_PROFILES[name]
    tapped = data.draw(taps(profile))
    verdict = identify(tapped, BUILTIN_PROFILES)
    assert name in named(verdict)
    assert name in verdict.readable_by
    if any(tap.number.complete for tap in tapped) and profile.full and profile.tech != "QR":
        assert [len(verdict.groups), name in [one.profile.name for one in verdict.groups[0]]] == [1, True]


# --- What an office meets ---


def tapped(profile: str, cards: Iterable[str], written: Iterable[str]) -> list[TapSample]:
    return [
        TapSample((simulate_tap(BUILTIN_PROFILES[profile], CardNumber.parse(card)),), parse_typed_number(text))
        for card, text in zip(cards, written, strict=True)
    ]


def test_a_serial_module_is_known_from_what_is_printed_on_fobs() -> None:
    verdict = identify(tapped("rdm6300", FOBS, ["0040856634", "134,62532", "0013530444 206,30028"]), BUILTIN_PROFILES)
    assert [[one.profile.name for one in group] for group in verdict.groups] == [["rdm6300", "id-12la"]]
    assert verdict.best
    assert [str(card) for card in verdict.best.cards] == list(FOBS)


def test_the_digits_that_a_wedge_types_may_be_of_either_kind_of_card() -> None:
    cards = ("E4:026F6C3A", "E4:0086F444", "E4:00CE754C")
    verdict = identify(tapped("em-8h10d", cards, ["0040856634", "0008844356", "0013530444"]), BUILTIN_PROFILES)
    assert verdict.best is None
    assert "kind" in verdict.disagreements
    assert "em-8h10d" in named(verdict)


def test_the_number_with_the_comma_tells_which_kind_it_is() -> None:
    cards = ("E4:026F6C3A", "E4:0086F444", "E4:00CE754C")
    verdict = identify(tapped("em-8h10d", cards, ["623,27706", "134,62532", "206,30028"]), BUILTIN_PROFILES)
    assert verdict.best
    assert verdict.best.profile.name == "em-8h10d"


def test_one_hexadecimal_number_tells_which_byte_comes_first() -> None:
    in_digits = tapped("decimal-uid-reversed", CARDS, ["3891977766", "0920244102", "1578468138"])
    verdict = identify(in_digits, BUILTIN_PROFILES)
    assert {"kind", "order"} <= {*verdict.disagreements}
    with_one = [TapSample(in_digits[0].captures, parse_typed_number("26:DE:FA:E7")), *in_digits[1:]]
    best = identify(with_one, BUILTIN_PROFILES).best
    assert best
    assert best.profile.name == "decimal-uid-reversed"


def test_a_reader_that_cuts_numbers_is_not_taken_where_a_whole_number_explains_all() -> None:
    verdict = identify(tapped("decimal-uid", CARDS, ["26DEFAE7", "86CFD936", "2A83155E"]), BUILTIN_PROFILES)
    assert verdict.best
    assert verdict.best.profile.name == "decimal-uid"
    assert "wiegand-32-decimal" in [one.profile.name for one in verdict.unneeded]


def test_a_mistyped_number_names_nobody_and_says_who_can_read_the_bytes() -> None:
    verdict = identify(tapped("rdm6300", FOBS, ["0040856634", "134,62532", "0013530445"]), BUILTIN_PROFILES)
    assert (verdict.best, verdict.groups) == (None, ())
    assert verdict.readable_by == ("rdm6300", "id-12la")


def test_bytes_that_nobody_knows_are_said_to_be_unreadable() -> None:
    noise = Capture((Piece(b"\x07\x7fhello"),), 9600)
    verdict = identify([TapSample((noise,), parse_typed_number("0040856634"))] * 3, BUILTIN_PROFILES)
    assert (verdict.groups, verdict.readable_by) == ((), ())


def test_the_speed_is_the_one_at_which_it_was_read() -> None:
    good = [simulate_tap(BUILTIN_PROFILES["hex-uid"], CardNumber.parse(card)) for card in CARDS]
    slow = [Capture((Piece(b"\xf8\x80\x00\xfe"),), 9600)] * 3
    fast = [Capture(one.pieces, 115_200) for one in good]
    both = [TapSample(pair, parse_typed_number(card[2:])) for *pair, card in zip(slow, fast, CARDS, strict=True)]
    best = identify([TapSample(tuple(one.captures), one.number) for one in both], BUILTIN_PROFILES).best
    assert best
    assert (best.profile.name, best.baud) == ("hex-uid", 115_200)


def test_a_module_without_envelope_that_repeats_is_still_heard_tap_by_tap() -> None:
    held = Capture(tuple(Piece(b"4500C5D1E9B8", 0.06) for _ in range(20)), 9600)
    verdict = identify([TapSample((held,), parse_typed_number("0012964329"))], BUILTIN_PROFILES)
    assert verdict.readable_by == ("em-18",)
    assert verdict.best


def test_noise_at_a_wrong_speed_is_no_card() -> None:
    assert not is_readable(Capture((Piece(b"\xfe\x80\xf1\r"),), 9600), BUILTIN_PROFILES)
    assert is_readable(Capture((Piece(b"0040856634\r"),), 9600), BUILTIN_PROFILES)


# --- Profiles that read the cards alike ---


def test_two_ways_to_write_zeros_are_told_apart_by_a_card_with_zeros() -> None:
    padded, bare = BUILTIN_PROFILES["decimal-uid-reversed"], BUILTIN_PROFILES["decimal-uid-reversed-unpadded"]
    assert find_distinguishing_bytes(padded, bare) == (b"0016777216\r\n", b"16777216\r\n")


def test_two_checksums_are_told_apart_by_a_card_whose_sum_carries() -> None:
    assert find_distinguishing_bytes(BUILTIN_PROFILES["rdm6300"], BUILTIN_PROFILES["rdm6300-sum"]) is not None


def test_two_names_for_the_same_frames_are_never_told_apart() -> None:
    assert find_distinguishing_bytes(BUILTIN_PROFILES["rdm6300"], BUILTIN_PROFILES["id-12la"]) is None
