"""Which profile a reader has: from what came while cards were held to it, and the numbers of those cards.

    taps = [Tapped(heard, typed("0040856634 623,27706")), ...]      # three cards
    verdict = identify(taps, profiles)
    verdict.best                # the profile to take; None when none or several explain all
    verdict.groups              # those that do; profiles in one group read these cards alike

The rule: a profile that explains every card is named, whether it is wanted or not. What was not tapped is not guessed:
where two remain that read the cards as different numbers, none is best.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from devices.profiles.encoder import CannotPrint, printed
from devices.profiles.profile import Profile
from devices.profiles.typed_number import TypedNumber
from devices.protocols.decoder import CardNumber

Doubt = Literal["kind", "order", "number"]
"""What two groups disagree about: what kind of card it is, which byte comes first, or the number itself."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes that came without a noticeable pause, and the seconds of silence behind them."""

    data: bytes = field(repr=False)
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What came from a reader while one card was held to it, and how it was listened to."""

    pieces: tuple[Piece, ...]
    baud: int | None = None
    """Speed of the line; None where there is none."""
    asked: str | None = None
    """The profile in whose words the reader was asked; None when it spoke by itself."""
    typed: bool = False
    """Whether the bytes are the events of a keyboard."""

    @property
    def data(self) -> bytes:
        """All the bytes."""
        return b"".join(piece.data for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Tapped:
    """One card: what came of it, perhaps at several speeds, and its number as somebody knows it."""

    heard: tuple[Heard, ...]
    number: TypedNumber


@dataclass(frozen=True, slots=True)
class Explanation:
    """A profile that reads every card as the number that was typed."""

    profile: Profile
    baud: int | None
    """The speed at which it does; None where the line has none."""
    cards: tuple[CardNumber, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the taps say."""

    groups: tuple[tuple[Explanation, ...], ...]
    """Explanations, those that read the cards as the same bytes together; in the order of the catalogue."""
    aside: tuple[Explanation, ...]
    """Explanations that were not needed: they take less from the card than those in the groups."""
    readable_by: tuple[str, ...]
    """Profiles that read every tap as some card, though perhaps not as the one that was typed."""

    @property
    def best(self) -> Explanation | None:
        """The first of the only group."""
        return self.groups[0][0] if len(self.groups) == 1 else None

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What the groups disagree about, each once."""
        pairs = combinations([group[0] for group in self.groups], 2)
        return tuple(dict.fromkeys(_doubt(one, other) for one, other in pairs))


def identify(taps: Sequence[Tapped], known: Mapping[str, Profile]) -> Verdict:
    """Which of the known profiles explain all taps."""
    found = [explained for profile in known.values() for explained in _explanations(profile, taps)]
    needed = _needed(found, settled=any(tap.number.settled for tap in taps))
    groups: dict[tuple[bool, tuple[bytes, ...]], list[Explanation]] = {}
    for one in needed:
        groups.setdefault((one.profile.full, tuple(card.raw for card in one.cards)), []).append(one)
    aside = tuple(one for one in found if one not in needed)
    readable = tuple(profile.name for profile in known.values() if _reads_all(profile, taps))
    return Verdict(tuple(map(tuple, groups.values())), aside, readable)


def reading_of(profile: Profile, heard: Heard) -> CardNumber | None:
    """The one card that a profile finds in what was heard; None for none or several."""
    if heard.asked != (profile.name if profile.poller else None) or (heard.typed and not profile.text):
        return None
    decoder = profile.keyboard_decoder() if heard.typed else profile.decoder()
    found = {
        reading
        for piece in (*heard.pieces, Piece(b"", profile.gap))
        for reading in (*decoder.feed(piece.data), *(decoder.idle() if piece.pause >= profile.gap else ()))
        if isinstance(reading, CardNumber)
    }
    return found.pop() if len(found) == 1 else None


def is_readable(heard: Heard, known: Mapping[str, Profile]) -> bool:
    """Whether some profile finds a card in it. At a wrong speed, none does: a code must be a text, too."""
    return any(_is_sound(card) for profile in known.values() if (card := reading_of(profile, heard)) is not None)


def telling_apart(one: Profile, other: Profile) -> tuple[bytes, bytes] | None:
    """What each of two profiles would be sent for a card on which they differ; None when none was found."""
    for card in _probes(one, other):
        both = (_sent(one, card), _sent(other, card))
        if both[0] and both[1] and both[0] != both[1]:
            return both
    return None


# --- One profile ---


def _explanations(profile: Profile, taps: Sequence[Tapped]) -> Iterator[Explanation]:
    """At most one: at the profile's own speed where that was tried and will do."""
    speeds = list(dict.fromkeys(heard.baud for tap in taps for heard in tap.heard))
    for baud in sorted(speeds, key=lambda baud: baud != profile.baud):
        cards = [_named(profile, tap, baud) for tap in taps]
        numbers = tuple(card for card in cards if card is not None)
        if taps and len(numbers) == len(taps):
            yield Explanation(profile, baud, numbers)
            return


def _named(profile: Profile, tap: Tapped, baud: int | None) -> CardNumber | None:
    read = (reading_of(profile, heard) for heard in tap.heard if heard.baud == baud)
    return next((card for card in read if card is not None and tap.number.names(card)), None)


def _reads_all(profile: Profile, taps: Sequence[Tapped]) -> bool:
    return all(any(reading_of(profile, heard) for heard in tap.heard) for tap in taps)


# --- Which explanations are needed ---


def _needed(found: list[Explanation], *, settled: bool) -> list[Explanation]:
    cards = [one for one in found if one.profile.tech != "QR"] or found
    whole = [one for one in cards if one.profile.full]
    return whole if settled and whole else cards


def _doubt(one: Explanation, other: Explanation) -> Doubt:
    if one.profile.tech != other.profile.tech:
        return "kind"
    reversed_ = all(mine.raw == theirs.raw[::-1] for mine, theirs in zip(one.cards, other.cards, strict=True))
    return "order" if reversed_ else "number"


def _is_sound(card: CardNumber) -> bool:
    if card.tech != "QR":
        return True
    text = card.raw.decode(errors="replace")
    return text.isprintable() and "\ufffd" not in text


# --- Cards on which profiles may differ ---

_PROBES = ("00000001", "01000000", "FFFFFFFF", "0000000001", "FFFFFFFFFF", "000001", "FFFFFF")


def _probes(one: Profile, other: Profile) -> Iterator[CardNumber]:
    if one.tech == other.tech:
        for digits in _PROBES:
            if len(digits) == 2 * _size(one):
                yield CardNumber(one.tech, bytes.fromhex(digits))


def _size(profile: Profile) -> int:
    return {"A": 4, "E": 5, "E4": 4, "W24": 3, "W32": 4}.get(profile.tech, 0)


def _sent(profile: Profile, card: CardNumber) -> bytes:
    try:
        return printed(profile, card)
    except CannotPrint:
        return b""
