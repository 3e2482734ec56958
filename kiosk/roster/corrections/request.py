"""One request of a coordinator from beginning to end: who they are, what they settle, and what is said if it fails."""

import logging
from collections.abc import Awaitable, Callable

from domain.errors import DomainError
from domain.log.errors import LogError
from kiosk.errors import Mistake
from kiosk.roster.corrections.corrections import Settlements
from kiosk.roster.corrections.dialog import Asker, AtTheHome
from kiosk.roster.corrections.identity import Identity
from kiosk.roster.corrections.pin_session import Proof
from kiosk.roster.corrections.question_screen import Question
from kiosk.roster.corrections.questions import Settlement
from kiosk.roster.day.source import DaySeen
from kiosk.words.roster_words import RosterWords
from kiosk.words.settling_words import Kind

LOG = logging.getLogger(__name__)


class Coordinating:
    """Serves whoever stands at the screen, on the day that is open."""

    def __init__(
        self,
        ask: Callable[[Question], Awaitable[str | None]],
        at_the_home: AtTheHome,
        settlements: Settlements | None,
        proof: Proof,
    ) -> None:
        """Without `settlements` nothing can be settled."""
        self._ask = ask
        self._at_the_home = at_the_home
        self._settlements = settlements
        self._proof = proof

    async def serve(self, kind: Kind | None, day: DaySeen, words: RosterWords) -> None:
        """Settle something of a day; without `kind` only prove who they are."""
        asker = Asker(self._ask, words.settling)
        if self._settlements is None or day.past:
            await asker.tell(words.settling.not_in_the_past)
            return
        try:
            await self._serve(kind, day, words, self._settlements)
        except DomainError as refusal:
            why = self._settlements.sentence_for(refusal, words.settling.refusals)
            await asker.tell(words.settling.refused.format(why=why))
        except (LogError, Mistake) as trouble:
            LOG.exception("a settlement failed (%s)", type(trouble).__name__)
            await asker.tell(words.settling.failed)

    async def _serve(self, kind: Kind | None, day: DaySeen, words: RosterWords, settlements: Settlements) -> None:
        asker = Asker(self._ask, words.settling)
        believed = await Identity(asker, self._at_the_home, settlements, words.settling).prove(self._proof)
        if believed and kind:
            await Settlement(asker, self._at_the_home, settlements, words).settle(kind, day, self._proof)
