"""A known card held to a configured reader: whether the entrance will know it, and why not.

Rule: passed means that this reader reads this card whole and as itself. A number is shown masked.
"""

from devices.profiles.profile import Profile
from devices.profiles.typed_number import TypedNumber
from devices.protocols.decoder import CardNumber, enrolment_refusal
from kiosk.errors import NO, Mistake


def judged(card: CardNumber, profile: Profile, expected: TypedNumber | None) -> str:
    """What a card that was read says of its reader; a sentence, when all is well. Raises: Mistake, when it is not."""
    if expected is not None and not expected.names(card):
        raise Mistake(f"failed: it read another number, {card.masked}: hold the right card, or identify the reader", NO)
    if reason := enrolment_refusal(card):
        raise Mistake(f"failed: it read {card.masked}. {reason}", NO)
    if not profile.full and not _is_of_this_kind(expected, card):
        raise Mistake(
            f"failed: it read {card.masked}, and its profile {profile.name} loses {profile.loses}: it matches only "
            "cards that were issued from such a reader",
            NO,
        )
    return f"passed: it read {card.masked}"


def _is_of_this_kind(expected: TypedNumber | None, card: CardNumber) -> bool:
    """Whether somebody expects this very number, of the kind that loses bytes."""
    return expected is not None and expected.text.strip().upper() == str(card)
