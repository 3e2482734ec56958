"""A known card held to a configured reader: whether the entrance will know it, and why not.

Rule: passed means that this reader reads this card whole and as itself. A number is shown masked.
"""

from devices.profiles.profile import Profile
from devices.profiles.typed_number import TypedNumber
from devices.protocols.decoder import CardNumber, explain_enrolment_refusal
from kiosk.errors import EXIT_NO, UserError
from kiosk.words.readers import ReaderText


def check_card(card: CardNumber, profile: Profile, expected: TypedNumber | None) -> str:
    """What a card that was read says of its reader; a sentence, when all is well. Raises: Mistake, when it is not."""
    if expected is not None and not expected.matches(card):
        raise UserError(ReaderText.FAILED_READ_ANOTHER_NUMBER_HOLD.fill(masked=card.masked), EXIT_NO)
    if reason := explain_enrolment_refusal(card):
        raise UserError(ReaderText.FAILED_READ.fill(masked=card.masked, reason=reason), EXIT_NO)
    if not profile.full and not _is_exact_match(expected, card):
        raise UserError(
            ReaderText.FAILED_READ_PROFILE_LOSES_MATCHES.fill(
                masked=card.masked, name=profile.name, loses=profile.loses
            ),
            EXIT_NO,
        )
    return ReaderText.PASSED_READ.fill(masked=card.masked)


def _is_exact_match(expected: TypedNumber | None, card: CardNumber) -> bool:
    """Whether somebody expects this very number, of the kind that loses bytes."""
    return expected is not None and expected.text.strip().upper() == str(card)
