"""What a verdict says to the person who asked: which profile, or between which ones, and what would tell.

Rule: every profile that explains the cards is named. Numbers of cards are masked; only `watch` shows one whole.
"""

from collections.abc import Iterator

from devices.profiles.detection import DetectionResult, Disagreement, ProfileMatch, find_distinguishing_bytes
from kiosk.errors import EXIT_NO, UserError
from kiosk.words.readers import ReaderText

_NEEDED_FACTS: dict[Disagreement, str] = {
    "kind": ReaderText.KIND_CARD_THESE,
    "order": ReaderText.BYTE_COMES_FIRST,
    "number": ReaderText.NUMBER,
}
_NUMBERS_DIFFER = ReaderText.READER_UNDERSTOOD
_NO_PROFILE_READS = ReaderText.NO_PROFILE_READS_ALL_THREE


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
    yield ReaderText.THREE_CARDS.fill(cards=", ".join(card.masked for card in best.cards))
    for other in verdict.groups[0][1:]:
        yield _format_alternative(best, other)
    if verdict.unneeded:
        yield ReaderText.THESE_READ_THEM_TOO_TAKE.fill(names=_format_names(verdict.unneeded))
    if profile.loses:
        yield ReaderText.READER_LEAVES_OUT.fill(loses=profile.loses)


def _format_alternative(best: ProfileMatch, other: ProfileMatch) -> str:
    one, two = best.profile.name, other.profile.name
    if best.profile.tech != other.profile.tech:
        return ReaderText.READS_SAME_BYTES_CARDS_KIND.fill(two=two, tech=other.profile.tech)
    differ = find_distinguishing_bytes(best.profile, other.profile)
    if differ is None:
        return ReaderText.READS_EVERY_CARD_LIKE.fill(two=two, one=one)
    sent, sent_to_other = (repr(data.decode("ascii", "replace").strip()) for data in differ)
    return ReaderText.READS_THESE_THREE_ALIKE.fill(two=two, sent=sent, one=one, sent_to_other=sent_to_other)


def _format_undecided(verdict: DetectionResult) -> str:
    groups = " or ".join(_format_names(group) for group in verdict.groups)
    needed = "; and ".join(_NEEDED_FACTS[doubt] for doubt in verdict.disagreements)
    return ReaderText.THREE_CARDS_FIT_NOT_KNOWN.fill(groups=groups, needed=needed)


def _format_names(explanations: tuple[ProfileMatch, ...]) -> str:
    return "/".join(one.profile.name for one in explanations)
