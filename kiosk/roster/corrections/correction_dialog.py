"""A correction at the roster from beginning to end: PIN, questions, preview of the effect, the command."""

from typing import NamedTuple

import msgspec

from domain.spans import Second
from domain.typed_decoding import convert
from kiosk.batch.fields import FreeText
from kiosk.effects import Effect, EffectFormatter
from kiosk.roster.corrections.corrections import (
    CorrectionService,
    TimeSpan,
    build_correction,
    format_typed_time,
    list_candidates,
    parse_time,
    suggest_end,
)
from kiosk.roster.corrections.dialog import Prompter, ThreadRunner
from kiosk.roster.corrections.pin_session import PinSession
from kiosk.roster.view_model import DayView
from kiosk.statements.explained_day import format_time_of_day
from kiosk.tui.text import StyledLine
from kiosk.words.staff_words import CorrectionKind, CorrectionWords, RosterWords
from projections.evaluation.outcomes import DutyResult
from projections.read_models.explanation import ExplainedVisit
from projections.read_models.settlements import Arriving, Correction


class CorrectionDialog:
    """Asks for one correction of a day, previews and makes it."""

    def __init__(
        self, prompter: Prompter, run_in_thread: ThreadRunner, corrections: CorrectionService, words: RosterWords
    ) -> None:
        self._prompter = prompter
        self._run_in_thread = run_in_thread
        self._corrections = corrections
        self._words = words.corrections
        self._formatter = EffectFormatter(words)

    async def run(self, kind: CorrectionKind, day: DayView, session: PinSession) -> None:
        """Choose, ask, preview, confirm, apply. Raises: DomainError, LogError, UserError."""
        candidate = await self._choose_candidate(kind, day)
        if candidate is None:
            return
        title = f"{self._format_title(kind, day)}  {format_candidate(candidate, day)}"
        correction = await self._ask_correction(kind, candidate, day, title)
        reason = correction and await self._prompter.ask_text(self._words.reason, title, validate=self._validate_reason)
        if correction and reason:
            await self.confirm_and_apply(title, day, correction, reason.strip(), session)

    async def _choose_candidate(self, kind: CorrectionKind, day: DayView) -> ExplainedVisit | DutyResult | None:
        candidates = list_candidates(kind, day.explanation) if day.explanation else []
        if not candidates:
            await self._prompter.show_message(self._words.no_candidates[kind])
            return None
        titles = [format_candidate(one, day) for one in candidates]
        chosen = await self._prompter.ask_choice(self._format_title(kind, day), titles)
        return None if chosen is None else candidates[chosen]

    def _format_title(self, kind: CorrectionKind, day: DayView) -> str:
        """What is corrected, on which day, of whom: the question stands in front of the screen that says so."""
        return f"{day.date}  {day.person.label}  {self._words.titles[kind]}"

    async def _ask_correction(
        self, kind: CorrectionKind, candidate: ExplainedVisit | DutyResult, day: DayView, title: str
    ) -> Correction | None:
        """Build the correction; for a visit without check-out ask for its end."""
        if kind != "close" or isinstance(candidate, DutyResult):
            return build_correction(candidate, None)
        if day.explanation is None:
            return None
        span = TimeSpan.after_instant(day.explanation.unit.days, candidate.visit.check_in)
        now = await self._run_in_thread(self._corrections.now)
        question = TimeQuestion(self._words.check_out, title, suggest_end(candidate, now), span)
        check_out = await ask_time(self._prompter, question, self._words)
        return None if check_out is None else build_correction(candidate, check_out)

    def _validate_reason(self, text: str) -> str:
        try:
            convert(text.strip(), FreeText)
        except msgspec.ValidationError:
            return self._words.no_reason
        return ""

    # --- Preview and command ---

    async def confirm_and_apply(
        self, title: str, day: DayView, correction: Correction, reason: str, session: PinSession
    ) -> None:
        """Preview, confirm, apply. Raises: DomainError, LogError, UserError."""
        effect = await self._run_in_thread(self._corrections.preview, day, correction)
        facts = self._format_effect(day, correction, effect)
        while await self._prompter.confirm(self._words.confirm, title, facts):
            holder, shown = session.holder, effect
            if holder is None:
                return
            effect = await self._run_in_thread(self._corrections.preview, day, correction)
            if effect == shown:
                await self._run_in_thread(self._corrections.apply, day.volunteer, correction, reason, holder.actor)
                await self._prompter.show_message(self._words.applied, title, facts)
                return
            facts = [StyledLine(self._words.day_changed, "alarm"), *self._format_effect(day, correction, effect)]

    def _format_effect(self, day: DayView, correction: Correction, effect: Effect) -> list[StyledLine]:
        """What changes; an arrival has its minutes once its visit ends."""
        is_open = isinstance(correction, Arriving)
        lines = [self._words.how_to_leave] if is_open else []
        lines += self._formatter.list_lines(effect, day.date, with_minutes=not is_open)
        return [StyledLine(line, "waiting") for line in lines]


# --- Times and names ---


class TimeQuestion(NamedTuple):
    """A question about a time."""

    text: str
    title: str
    suggestion: Second | None
    span: TimeSpan
    """Where it is looked for if it is typed without its date."""


async def ask_time(prompter: Prompter, question: TimeQuestion, words: CorrectionWords) -> Second | None:
    """The time that is typed; None where the coordinator cancelled."""
    complaints = {"no_time": words.not_a_time, "needs_date": words.needs_date}

    def validate(text: str) -> str:
        parsed = parse_time(text, question.span)
        return complaints[parsed] if isinstance(parsed, str) else ""

    known = "" if question.suggestion is None else format_typed_time(question.suggestion, question.span)
    typed = await prompter.ask_text(question.text, question.title, known, validate)
    parsed = "no_time" if typed is None else parse_time(typed, question.span)
    return None if isinstance(parsed, str) else parsed


def format_candidate(candidate: ExplainedVisit | DutyResult, day: DayView) -> str:
    """A visit by its times, a duty by its shift and its times."""
    if isinstance(candidate, DutyResult):
        shift = candidate.assignment
        return f"{shift.shift}  {format_span(shift.start, shift.end, day)}"
    return format_span(candidate.visit.check_in, candidate.visit.check_out, day)


def format_span(start: Second, end: Second | None, day: DayView) -> str:
    """From when to when, by the clock of the day."""
    return f"{format_time_of_day(start, day.date, day.zone)}-{format_time_of_day(end, day.date, day.zone)}"
