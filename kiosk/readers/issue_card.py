"""A card issued by tapping it: read twice, so that no bad read is ever issued, and then issued as a batch line does.

Rule: a card that cannot tell a person is refused after the first tap, with what to do. The number goes nowhere but into
its token; who holds a card already is said on the coordinator's terminal only.
"""

from collections.abc import Callable
from pathlib import Path

from devices.profiles.profile import Profile
from devices.protocols.decoder import CardNumber, explain_enrolment_refusal
from domain.errors import CardHeld, DomainError
from domain.ids import card_stream
from domain.model.card import Card as IssuedCard
from kiosk.batch.fields import Card, Instant
from kiosk.batch.people import IssueCard
from kiosk.batch.run import run_command
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.masking import mask
from kiosk.readers.single_read import ReaderSession
from kiosk.refusals import UnknownNumber
from kiosk.words.readers import ReaderText


class CardIssuer:
    """One card for one volunteer, at one reader.

    Raises:
        UnknownNumber: nobody has this number.
    """

    def __init__(self, home: Home, volunteer: str, by: str | None) -> None:
        if home.people.find_id(volunteer) is None:
            raise UnknownNumber(volunteer)
        self._home = home
        self._volunteer = volunteer
        self._by = by

    def issue_at(
        self, reader: ReaderSession, profile: Profile, seconds: float, say: Callable[[str], None], *, lossy_ok: bool
    ) -> CardNumber:
        """Have the card tapped twice, and issue it. Raises: Mistake, with why nothing was issued."""
        demand_whole_numbers(profile, lossy_ok=lossy_ok)
        say(ReaderText.HOLD_CARD.fill(volunteer=self._volunteer, name=reader.name))
        card = reader.read_card(seconds)
        if self._will_be_refused(card):
            self._carry_out(card)
        say(ReaderText.READ_TAKE_AWAY_COUNT_TWO.fill(masked=card.masked))
        again = reader.read_card(seconds)
        if again != card:
            raise UserError(ReaderText.SECOND_READ_ANOTHER_NUMBER.fill(masked=again.masked), EXIT_NO)
        self._carry_out(card)
        return card

    def _will_be_refused(self, card: CardNumber) -> bool:
        """Whether issuing it will be refused, as is known after one tap."""
        issued = self._home.log.load(IssuedCard, card_stream(self._home.derive_token(card)))
        return bool(explain_enrolment_refusal(card)) or (issued is not None and issued.holder is not None)

    def _carry_out(self, number: CardNumber) -> None:
        """As the line of a batch, so that a refusal is written down as well."""
        at = Instant(self._home.clock.now()) if self._home.simulation else None
        line = IssueCard(volunteer=self._volunteer, card=Card(number), by=self._by, at=at)
        try:
            run_command(self._home, line, Path())
        except CardHeld as held:
            raise UserError(self._format_holder(held), EXIT_NO) from None
        except DomainError as refusal:
            raise UserError(self._home.format_refusal(refusal), EXIT_NO) from None

    def _format_holder(self, held: CardHeld) -> str:
        people = self._home.people
        number, name = people.find_number(held.holder) or "without a number", people.find_name(held.holder)
        if number == self._volunteer:
            return ReaderText.HOLDS_CARD_ALREADY.fill(number=number)
        masked = f" ({mask(name, self._home.settings.masking)})" if name else ""
        return ReaderText.CARD_BELONGS_VOLUNTEER.fill(number=number, masked=masked)


def demand_whole_numbers(profile: Profile, *, lossy_ok: bool) -> None:
    """Raises: Mistake, for a reader that drops bytes of the card, unless that is wanted."""
    if not profile.full and not lossy_ok:
        raise UserError(
            ReaderText.PROFILE_LOSES.fill(name=profile.name, loses=profile.loses),
            EXIT_NO,
        )
