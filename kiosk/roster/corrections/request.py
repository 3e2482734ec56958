"""One request of a coordinator from beginning to end: who they are, what they settle, and what is said if it fails."""

import logging
from collections.abc import Awaitable, Callable

from domain.errors import DomainError
from domain.log.errors import LogError
from kiosk.errors import UserError
from kiosk.roster.corrections.corrections import CorrectionService
from kiosk.roster.corrections.dialog import Prompter, ThreadRunner
from kiosk.roster.corrections.identity import PinDialog
from kiosk.roster.corrections.pin_session import PinSession
from kiosk.roster.corrections.question_screen import Question
from kiosk.roster.corrections.questions import CorrectionDialog
from kiosk.roster.day.source import DayView
from kiosk.words.staff_words import CorrectionKind, RosterWords

LOG = logging.getLogger(__name__)


class CoordinatorRequests:
    """Serves whoever stands at the screen, on the day that is open."""

    def __init__(
        self,
        ask: Callable[[Question], Awaitable[str | None]],
        run_in_thread: ThreadRunner,
        corrections: CorrectionService | None,
        pin_session: PinSession,
    ) -> None:
        """Without `settlements` nothing can be settled."""
        self._ask = ask
        self._run_in_thread = run_in_thread
        self._corrections = corrections
        self._pin_session = pin_session

    async def serve(self, kind: CorrectionKind | None, day: DayView, words: RosterWords) -> None:
        """Settle something of a day; without `kind` only prove who they are."""
        asker = Prompter(self._ask, words.corrections)
        if self._corrections is None or day.past:
            await asker.show_message(words.corrections.not_in_the_past)
            return
        try:
            await self._serve(kind, day, words, self._corrections)
        except DomainError as refusal:
            why = self._corrections.format_refusal(refusal, words.corrections.refusals)
            await asker.show_message(words.corrections.refused.format(why=why))
        except (LogError, UserError) as trouble:
            LOG.exception("a settlement failed (%s)", type(trouble).__name__)
            await asker.show_message(words.corrections.failed)

    async def _serve(
        self, kind: CorrectionKind | None, day: DayView, words: RosterWords, settlements: CorrectionService
    ) -> None:
        asker = Prompter(self._ask, words.corrections)
        believed = await PinDialog(asker, self._run_in_thread, settlements, words.corrections).authenticate(
            self._pin_session
        )
        if believed and kind:
            await CorrectionDialog(asker, self._run_in_thread, settlements, words).run(kind, day, self._pin_session)
