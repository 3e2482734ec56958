"""One request of a coordinator from beginning to end: who they are, what they settle, and what is said if it fails."""

import logging
from collections.abc import Awaitable, Callable

from domain.errors import DomainError
from domain.log.errors import LogError
from kiosk.mistakes import Mistake
from kiosk.roster.days.day import DaySeen
from kiosk.roster.settling.ask_screen import Question
from kiosk.roster.settling.asking import Asker, AtTheHome
from kiosk.roster.settling.identity import Identity
from kiosk.roster.settling.proof import Proof
from kiosk.roster.settling.questions import Settlement
from kiosk.roster.settling.settlements import Settlements
from kiosk.sentences.roster_words import RosterWords
from kiosk.sentences.settling_words import Kind

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
