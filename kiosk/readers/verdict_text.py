"""What a verdict says to the person who asked: which profile, or between which ones, and what would tell.

Rule: every profile that explains the cards is named. Numbers of cards are masked; only `watch` shows one whole.
"""

from collections.abc import Iterator

from devices.profiles.detection import DetectionResult, Disagreement, ProfileMatch, find_distinguishing_bytes
from kiosk.errors import EXIT_NO, UserError

_NEEDED_FACTS: dict[Disagreement, str] = {
    "kind": "which kind of card these are: type one number as it stands with a comma on a 125 kHz fob (623,27706), "
    "or in hexadecimal as a phone shows a 13.56 MHz card (a phone cannot see a 125 kHz fob)",
    "order": "which byte comes first: type one number in hexadecimal, as a phone with NFC shows it (26:DE:FA:E7)",
    "number": "what the number is: type one in hexadecimal, or hold other cards",
}
_NUMBERS_DIFFER = (
    "the reader is understood ({profiles}), but reads other numbers than those typed: check which card was held when, "
    "and the digits"
)
_NO_PROFILE_READS = "no profile reads all three cards: look at the bytes with `kiosk readers watch`"


def format_verdict(verdict: DetectionResult) -> Iterator[str]:
    """The answer, a line each. Raises: Mistake, where there is no single one."""
    if not verdict.groups:
        readable = ", ".join(verdict.readable_by)
        raise UserError(_NUMBERS_DIFFER.format(profiles=readable) if readable else _NO_PROFILE_READS, EXIT_NO)
    if verdict.best is None:
        raise UserError(_format_undecided(verdict), EXIT_NO)
    yield from _format_best(verdict, verdict.best)


def _format_best(verdict: DetectionResult, best: ProfileMatch) -> Iterator[str]:
    profile = best.profile
    yield f"{profile.name}: {profile.about}"
    yield f"the three cards are {', '.join(card.masked for card in best.cards)}"
    for other in verdict.groups[0][1:]:
        yield _format_alternative(best, other)
    if verdict.unneeded:
        yield f"these would read them too, but take less from the card: {_format_names(verdict.unneeded)}"
    if profile.loses:
        yield f"this reader leaves out {profile.loses}: its cards match only readers of the same kind"


def _format_alternative(best: ProfileMatch, other: ProfileMatch) -> str:
    one, two = best.profile.name, other.profile.name
    if best.profile.tech != other.profile.tech:
        return f"{two} reads the same bytes as cards of the kind {other.profile.tech}: choose one, and stay with it"
    differ = find_distinguishing_bytes(best.profile, other.profile)
    if differ is None:
        return f"{two} reads every card like {one}: either will do"
    sent, sent_to_other = (repr(data.decode("ascii", "replace").strip()) for data in differ)
    return (
        f"{two} reads these three alike; a card for which the reader sends {sent} belongs to {one}, "
        f"one for which it sends {sent_to_other} to {two}"
    )


def _format_undecided(verdict: DetectionResult) -> str:
    groups = " or ".join(_format_names(group) for group in verdict.groups)
    needed = "; and ".join(_NEEDED_FACTS[doubt] for doubt in verdict.disagreements)
    return f"the three cards fit {groups}. What is not known yet is {needed}. Then identify once more"


def _format_names(explanations: tuple[ProfileMatch, ...]) -> str:
    return "/".join(one.profile.name for one in explanations)
