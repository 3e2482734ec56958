"""What a verdict says to the person who asked: which profile, or between which ones, and what would tell.

Rule: every profile that explains the cards is named. Numbers of cards are masked; only `watch` shows one whole.
"""

from collections.abc import Iterator

from devices.profiles.detection import Doubt, Explanation, Verdict, telling_apart
from kiosk.errors import NO, Mistake

_MORE: dict[Doubt, str] = {
    "kind": "which kind of card these are: type one number as it stands with a comma on a 125 kHz fob (623,27706), "
    "or in hexadecimal as a phone shows a 13.56 MHz card (a phone cannot see a 125 kHz fob)",
    "order": "which byte comes first: type one number in hexadecimal, as a phone with NFC shows it (26:DE:FA:E7)",
    "number": "what the number is: type one in hexadecimal, or hold other cards",
}
_UNNAMED = (
    "the reader is understood ({profiles}), but reads other numbers than those typed: check which card was held when, "
    "and the digits"
)
_UNKNOWN = "no profile reads all three cards: look at the bytes with `kiosk readers watch`"


def explained(verdict: Verdict) -> Iterator[str]:
    """The answer, a line each. Raises: Mistake, where there is no single one."""
    if not verdict.groups:
        readable = ", ".join(verdict.readable_by)
        raise Mistake(_UNNAMED.format(profiles=readable) if readable else _UNKNOWN, NO)
    if verdict.best is None:
        raise Mistake(_undecided(verdict), NO)
    yield from _decided(verdict, verdict.best)


def _decided(verdict: Verdict, best: Explanation) -> Iterator[str]:
    profile = best.profile
    yield f"{profile.name}: {profile.about}"
    yield f"the three cards are {', '.join(card.masked for card in best.cards)}"
    for other in verdict.groups[0][1:]:
        yield _alike(best, other)
    if verdict.aside:
        yield f"these would read them too, but take less from the card: {_names(verdict.aside)}"
    if profile.loses:
        yield f"this reader leaves out {profile.loses}: its cards match only readers of the same kind"


def _alike(best: Explanation, other: Explanation) -> str:
    one, two = best.profile.name, other.profile.name
    if best.profile.tech != other.profile.tech:
        return f"{two} reads the same bytes as cards of the kind {other.profile.tech}: choose one, and stay with it"
    differ = telling_apart(best.profile, other.profile)
    if differ is None:
        return f"{two} reads every card like {one}: either will do"
    sent, sent_to_other = (repr(data.decode("ascii", "replace").strip()) for data in differ)
    return (
        f"{two} reads these three alike; a card for which the reader sends {sent} belongs to {one}, "
        f"one for which it sends {sent_to_other} to {two}"
    )


def _undecided(verdict: Verdict) -> str:
    groups = " or ".join(_names(group) for group in verdict.groups)
    needed = "; and ".join(_MORE[doubt] for doubt in verdict.doubts)
    return f"the three cards fit {groups}. What is not known yet is {needed}. Then identify once more"


def _names(explanations: tuple[Explanation, ...]) -> str:
    return "/".join(one.profile.name for one in explanations)
