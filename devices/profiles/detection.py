"""Which profile a reader has: from what came while cards were held to it, and the numbers of those cards.

    taps = [TapSample(captures, parse_typed_number("0040856634 623,27706")), ...]      # three cards
    result = identify(taps, profiles)
    result.best                # the profile to take; None when none or several explain all
    result.groups              # those that do; profiles in one group read these cards alike

The rule: a profile that explains every card is named, whether it is wanted or not. What was not tapped is not guessed:
where two remain that read the cards as different numbers, none is best.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from devices.profiles.encoder import CannotEncode, encode_card
from devices.profiles.profile import Profile
from devices.profiles.typed_number import TypedNumber
from devices.protocols.decoder import CardNumber

Disagreement = Literal["kind", "order", "number"]
"""What two groups disagree about: what kind of card it is, which byte comes first, or the number itself."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes that came without a noticeable pause, and the seconds of silence behind them."""

    data: bytes = field(repr=False)
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Capture:
    """What came from a reader while one card was held to it, and how it was listened to."""

    pieces: tuple[Piece, ...]
    baud: int | None = None
    """Speed of the line; None where there is none."""
    polled_as: str | None = None
    """The profile by which the reader was polled; None when it sent by itself."""
    from_keyboard: bool = False
    """Whether the bytes are the events of a keyboard."""

    @property
    def data(self) -> bytes:
        """All the bytes."""
        return b"".join(piece.data for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class TapSample:
    """One card: what came of it, perhaps at several speeds, and its number as it was typed."""

    captures: tuple[Capture, ...]
    number: TypedNumber


@dataclass(frozen=True, slots=True)
class ProfileMatch:
    """A profile that reads every card as the number that was typed."""

    profile: Profile
    baud: int | None
    """The speed at which it does; None where the line has none."""
    cards: tuple[CardNumber, ...]


@dataclass(frozen=True, slots=True)
class DetectionResult:
    """The profiles that explain the taps."""

    groups: tuple[tuple[ProfileMatch, ...], ...]
    """Explanations, those that read the cards as the same bytes together; in the order of the catalogue."""
    unneeded: tuple[ProfileMatch, ...]
    """Explanations that were not needed: they take less from the card than those in the groups."""
    readable_by: tuple[str, ...]
    """Profiles that read every tap as some card, though perhaps not as the one that was typed."""

    @property
    def best(self) -> ProfileMatch | None:
        """The first of the only group."""
        return self.groups[0][0] if len(self.groups) == 1 else None

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """What the groups disagree about, each once."""
        pairs = combinations([group[0] for group in self.groups], 2)
        return tuple(dict.fromkeys(_classify_disagreement(one, other) for one, other in pairs))


def identify(taps: Sequence[TapSample], known: Mapping[str, Profile]) -> DetectionResult:
    """Which of the known profiles explain all taps."""
    found = [explained for profile in known.values() for explained in _match_profile(profile, taps)]
    needed = _select_needed(found, complete=any(tap.number.complete for tap in taps))
    groups: dict[tuple[bool, tuple[bytes, ...]], list[ProfileMatch]] = {}
    for one in needed:
        groups.setdefault((one.profile.full, tuple(card.raw for card in one.cards)), []).append(one)
    aside = tuple(one for one in found if one not in needed)
    readable = tuple(profile.name for profile in known.values() if _can_read_all(profile, taps))
    return DetectionResult(tuple(map(tuple, groups.values())), aside, readable)


def read_card(profile: Profile, capture: Capture) -> CardNumber | None:
    """The one card that a profile finds in a capture; None for none or several."""
    if capture.polled_as != (profile.name if profile.poller else None) or (capture.from_keyboard and not profile.text):
        return None
    decoder = profile.build_keyboard_decoder() if capture.from_keyboard else profile.build_decoder()
    found = {
        reading
        for piece in (*capture.pieces, Piece(b"", profile.gap))
        for reading in (*decoder.feed(piece.data), *(decoder.idle() if piece.pause >= profile.gap else ()))
        if isinstance(reading, CardNumber)
    }
    return found.pop() if len(found) == 1 else None


def is_readable(capture: Capture, known: Mapping[str, Profile]) -> bool:
    """Whether some profile finds a card in it. At a wrong speed, none does: a code must be a text, too."""
    return any(_is_plausible(card) for profile in known.values() if (card := read_card(profile, capture)) is not None)


def find_distinguishing_bytes(one: Profile, other: Profile) -> tuple[bytes, bytes] | None:
    """What each of two profiles would be sent for a card on which they differ; None when none was found."""
    for card in _build_probes(one, other):
        both = (_encode_if_possible(one, card), _encode_if_possible(other, card))
        if both[0] and both[1] and both[0] != both[1]:
            return both
    return None


# --- One profile ---


def _match_profile(profile: Profile, taps: Sequence[TapSample]) -> Iterator[ProfileMatch]:
    """At most one: at the profile's own speed where that was tried and will do."""
    speeds = list(dict.fromkeys(capture.baud for tap in taps for capture in tap.captures))
    for baud in sorted(speeds, key=lambda baud: baud != profile.baud):
        cards = [_find_named_card(profile, tap, baud) for tap in taps]
        numbers = tuple(card for card in cards if card is not None)
        if taps and len(numbers) == len(taps):
            yield ProfileMatch(profile, baud, numbers)
            return


def _find_named_card(profile: Profile, tap: TapSample, baud: int | None) -> CardNumber | None:
    read = (read_card(profile, capture) for capture in tap.captures if capture.baud == baud)
    return next((card for card in read if card is not None and tap.number.matches(card)), None)


def _can_read_all(profile: Profile, taps: Sequence[TapSample]) -> bool:
    return all(any(read_card(profile, capture) for capture in tap.captures) for tap in taps)


# --- Which explanations are needed ---


def _select_needed(found: list[ProfileMatch], *, complete: bool) -> list[ProfileMatch]:
    cards = [one for one in found if one.profile.tech != "QR"] or found
    whole = [one for one in cards if one.profile.full]
    return whole if complete and whole else cards


def _classify_disagreement(one: ProfileMatch, other: ProfileMatch) -> Disagreement:
    if one.profile.tech != other.profile.tech:
        return "kind"
    reversed_ = all(mine.raw == theirs.raw[::-1] for mine, theirs in zip(one.cards, other.cards, strict=True))
    return "order" if reversed_ else "number"


def _is_plausible(card: CardNumber) -> bool:
    if card.tech != "QR":
        return True
    text = card.raw.decode(errors="replace")
    return text.isprintable() and "\ufffd" not in text


# --- Cards on which profiles may differ ---

_PROBE_NUMBERS = ("00000001", "01000000", "FFFFFFFF", "0000000001", "FFFFFFFFFF", "000001", "FFFFFF")


def _build_probes(one: Profile, other: Profile) -> Iterator[CardNumber]:
    if one.tech == other.tech:
        for digits in _PROBE_NUMBERS:
            if len(digits) == 2 * _find_size(one):
                yield CardNumber(one.tech, bytes.fromhex(digits))


def _find_size(profile: Profile) -> int:
    return {"A": 4, "E": 5, "E4": 4, "W24": 3, "W32": 4}.get(profile.tech, 0)


def _encode_if_possible(profile: Profile, card: CardNumber) -> bytes:
    try:
        return encode_card(profile, card)
    except CannotEncode:
        return b""
