"""Issuing a card by tapping it: read twice, so that no bad read is issued, then issued as a line of a batch is.

Rule: a card that cannot identify a volunteer is refused after the first tap, with the remedy. The number goes only into
its token; the present holder of a card is printed on the coordinator's terminal only.
"""

from collections.abc import Callable
from pathlib import Path

from devices.protocols.decoder import CardNumber, find_enrolment_fault
from domain.errors import CardHeld, DomainError
from domain.ids import card_stream
from domain.model.card import Card as IssuedCard
from kiosk.batch.fields import Card, Instant
from kiosk.batch.people import IssueCard
from kiosk.batch.run import run_command
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.readers.configured import CardSource
from kiosk.refusals import UnknownNumber
from kiosk.text.masking import mask
from kiosk.words.readers import ReaderText
from kiosk.words.refusals import TapText


class CardIssuer:
    """One card for one volunteer, at one reader.

    Raises:
        UnknownNumber: no volunteer has this number.
    """

    def __init__(self, home: Home, volunteer: str, by: str | None) -> None:
        if home.people.find_id(volunteer) is None:
            raise UnknownNumber(volunteer)
        self._home = home
        self._volunteer = volunteer
        self._by = by

    def issue_at(self, reader: CardSource, seconds: float, say: Callable[[str], None]) -> CardNumber:
        """Have the card tapped twice, and issue it. Raises: UserError with the reason, when nothing was issued."""
        say(ReaderText.HOLD_CARD_TO_ISSUE.fill(volunteer=self._volunteer, name=reader.name))
        card = reader.read_card(seconds)
        if self._will_be_refused(card):
            self._issue(card)
        say(ReaderText.HOLD_ONCE_MORE.fill(masked=card.masked))
        second = reader.read_card(seconds)
        if second != card:
            raise UserError(ReaderText.SECOND_READ_DIFFERS.fill(masked=second.masked), EXIT_NO)
        self._issue(card)
        return card

    def _will_be_refused(self, card: CardNumber) -> bool:
        """Whether issuing it would be refused; known after one tap."""
        issued = self._home.log.load(IssuedCard, card_stream(self._home.derive_token(card)))
        return bool(find_enrolment_fault(card)) or (issued is not None and issued.holder is not None)

    def _issue(self, number: CardNumber) -> None:
        """Issue it as a line of a batch, so that a refusal is recorded as well."""
        at = Instant(self._home.clock.now()) if self._home.simulation else None
        command = IssueCard(volunteer=self._volunteer, card=Card(number), by=self._by, at=at)
        try:
            run_command(self._home, command, Path())
        except CardHeld as held:
            raise UserError(self._format_holder(held), EXIT_NO) from None
        except DomainError as refusal:
            raise UserError(self._home.format_refusal(refusal), EXIT_NO) from None

    def _format_holder(self, held: CardHeld) -> str:
        people = self._home.people
        number, name = people.find_number(held.holder) or TapText.WITHOUT_NUMBER.fill(), people.find_name(held.holder)
        if number == self._volunteer:
            return ReaderText.CARD_HELD_ALREADY.fill(number=number)
        masked = f" ({mask(name, self._home.settings.masking)})" if name else ""
        return ReaderText.CARD_OF_ANOTHER_VOLUNTEER.fill(number=number, masked=masked)
