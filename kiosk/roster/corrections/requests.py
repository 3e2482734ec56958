"""A coordinator's keys at the roster: authentication, corrections of a day, and volunteers without the card."""

import logging
import unicodedata
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from uuid import UUID

from domain.errors import DomainError, NotEnrolled
from domain.log.errors import LogError
from domain.spans import Second
from kiosk.accounts.pins import Pin
from kiosk.errors import UserError
from kiosk.roster.corrections.correction_dialog import CorrectionDialog
from kiosk.roster.corrections.corrections import CorrectionService
from kiosk.roster.corrections.dialog import Prompter, Question, ThreadRunner, Waiter
from kiosk.roster.corrections.pin_session import PinHolder, PinSession
from kiosk.roster.corrections.trials import TrialDialog
from kiosk.roster.view_model import DayView
from kiosk.statements.explained_day import format_time_of_day
from kiosk.tui.text import StyledLine
from kiosk.words.staff_words import CorrectionKind, CorrectionWords, RosterWords
from kiosk.words.trials import TRIALS
from projections.read_models.settlements import Closing
from projections.read_models.what_if import suggest_without_card

LOG = logging.getLogger(__name__)
BADGE_FORGOTTEN = "badge_forgotten"
"""The reason with which the desk records a volunteer who came without the card (R-036)."""
LoadDay = Callable[[UUID, date], DayView]
OpenCorrections = Callable[[], CorrectionService | None]
"""What corrects in the home; None where nothing can be corrected. Raises: LogError, UserError."""


class CoordinatorRequests:
    """Serves them, one at a time."""

    def __init__(
        self,
        ask: Callable[[Question], Awaitable[str | None]],
        run_in_thread: ThreadRunner,
        wait_for: Waiter,
        open_corrections: OpenCorrections,
        pin_session: PinSession,
    ) -> None:
        """`open_corrections` is called from a thread, with the first key: the home may have to be opened for it."""
        self._ask = ask
        self._wait_for = wait_for
        self._run_in_thread = run_in_thread
        self._open_corrections = open_corrections
        self._corrections: CorrectionService | None = None
        self._session = pin_session

    async def serve(self, kind: CorrectionKind | None, day: DayView, words: RosterWords) -> None:
        """Make a correction of a day; without `kind` only authenticate."""
        async with self._start_dialog(words) as prompter:
            corrections = None if day.past else await self._load_corrections()
            if corrections is None:
                await prompter.show_message(words.corrections.not_in_the_past)
            elif await self._authenticate(prompter, corrections, words) and kind:
                await CorrectionDialog(prompter, self._run_in_thread, corrections, words).run(kind, day, self._session)

    async def serve_trial(self, load_day: Callable[[], Awaitable[DayView | None]], words: RosterWords) -> None:
        """Show what would change if something of a day were different; it is None where no volunteer is chosen."""
        async with self._start_dialog(words) as prompter:
            texts, day = TRIALS[words.explained.language], await load_day()
            if day is None:
                await prompter.show_message(texts.no_volunteer_chosen)
            elif day.past or (corrections := await self._load_corrections()) is None:
                await prompter.show_message(words.corrections.not_in_the_past)
            elif await self._authenticate(prompter, corrections, words) and (holder := self._session.holder):
                waiting, foresee = (texts.calculating, texts.keys_wait), corrections.foresee
                dialog = TrialDialog(
                    prompter, lambda day, trial: prompter.wait_for(*waiting, foresee, day, trial, holder.actor), words
                )
                await dialog.run(day)

    async def serve_without_card(
        self, number: str, shown: date, today: date, load_day: LoadDay, words: RosterWords
    ) -> None:
        """Record that a volunteer came or left without the card, at the time of the key (R-036).

        `number` is suggested; the roster of an earlier day is `shown` where that is not `today`, and records nothing.
        """
        async with self._start_dialog(words) as prompter:
            corrections, texts = await self._load_corrections(), words.corrections
            if corrections is None:
                await prompter.show_message(texts.not_in_the_past)
                return
            if shown != today:
                await prompter.show_message(texts.only_of_today, f"{shown}  {texts.without_card}")
                return
            pressed = await self._run_in_thread(corrections.now)
            is_authenticated = await self._authenticate(prompter, corrections, words)
            if is_authenticated and (
                typed := await prompter.ask_text(texts.volunteer_number, texts.without_card, number)
            ):
                volunteer = await self._run_in_thread(corrections.find_volunteer, typed)
                found = await self._run_in_thread(load_day, volunteer, today)
                await self._record_without_card(found, pressed, prompter, corrections, words)

    async def _record_without_card(
        self, day: DayView, at: Second, prompter: Prompter, corrections: CorrectionService, words: RosterWords
    ) -> None:
        if day.explanation is None:
            raise NotEnrolled(day.volunteer)
        correction, last, counts_from = suggest_without_card(day.explanation, at)
        texts, times = words.corrections, {"time": at, "since": last, "again": counts_from}
        facts = {name: format_time_of_day(moment, day.date, day.zone) for name, moment in times.items()}
        if last is not None and at < counts_from:
            said = texts.just_recorded.format(who=day.person.label, **facts)
            await prompter.show_message(said, f"{day.date}  {texts.without_card}")
            return
        sentence = texts.departs if isinstance(correction, Closing) else texts.arrives
        dialog = CorrectionDialog(prompter, self._run_in_thread, corrections, words)
        title = f"{day.date}  {sentence.format(who=day.person.label, **facts)}"
        await dialog.confirm_and_apply(title, day, correction, BADGE_FORGOTTEN, self._session)

    async def _load_corrections(self) -> CorrectionService | None:
        self._corrections = self._corrections or await self._run_in_thread(self._open_corrections)
        return self._corrections

    async def _authenticate(self, prompter: Prompter, corrections: CorrectionService, words: RosterWords) -> bool:
        dialog = PinDialog(prompter, self._run_in_thread, corrections, words.corrections)
        return await dialog.authenticate(self._session)

    @asynccontextmanager
    async def _start_dialog(self, words: RosterWords) -> AsyncGenerator[Prompter]:
        """A dialog that ends with a sentence where a rule refuses, or where the home cannot be read or written."""
        prompter, texts = Prompter(self._ask, self._wait_for, words.corrections), words.corrections
        try:
            yield prompter
        except DomainError as refusal:
            assert self._corrections is not None, "nothing else refuses"  # noqa: S101 - a programming error
            why = self._corrections.format_refusal(refusal, texts.refusals)
            await prompter.show_message(texts.refused.format(why=why))
        except (LogError, UserError) as trouble:
            LOG.exception("a correction failed (%s)", type(trouble).__name__)
            await prompter.show_message(texts.failed)


class PinDialog:
    """Asks for the coordinator and the PIN."""

    def __init__(
        self, prompter: Prompter, run_in_thread: ThreadRunner, corrections: CorrectionService, words: CorrectionWords
    ) -> None:
        self._prompter = prompter
        self._run_in_thread = run_in_thread
        self._corrections = corrections
        self._words = words

    async def authenticate(self, session: PinSession) -> bool:
        """Whether the session is open, or is opened with a PIN now. Raises: DomainError, LogError, UserError."""
        if session.holder:
            return True
        names = await self._run_in_thread(self._corrections.list_coordinators)
        if not names:
            await self._prompter.show_message(self._words.no_coordinators)
            return False
        holders = [PinHolder(actor, name) for actor, name in names.items()]
        chosen = await self._prompter.ask_choice(self._words.which_coordinator, [holder.name for holder in holders])
        return chosen is not None and await self._ask_pin(holders[chosen], session)

    async def _ask_pin(self, holder: PinHolder, session: PinSession) -> bool:
        """Ask until the PIN is right, the coordinator cancels, or the next try has to wait."""
        trouble: list[StyledLine] = []
        while True:
            await self._run_in_thread(self._corrections.check_lockout, holder.actor)
            typed = await self._prompter.ask_secret(self._words.pin.format(who=holder.name), trouble)
            if typed is None:
                return False
            pin = Pin(unicodedata.normalize("NFKC", typed))  # an input method for Chinese types wide digits
            if await self._run_in_thread(self._corrections.authenticate, holder.actor, pin):
                session.begin(holder)
                return True
            trouble = [StyledLine(self._words.wrong_pin, "alarm")]
