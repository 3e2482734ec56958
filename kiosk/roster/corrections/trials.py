"""What if a visit were void, or a shift cancelled or at other times: asked at the roster, tried on a copy, shown.

Rule: nothing of the home is written. A rule that would refuse says so here too.
"""

from collections.abc import Awaitable, Callable, Iterator

from domain.spans import Second
from kiosk.effects import EffectFormatter, ShownWhatIf
from kiosk.roster.corrections.correction_dialog import TimeQuestion, ask_time, format_candidate, format_span
from kiosk.roster.corrections.corrections import TimeSpan, Trial, list_candidates
from kiosk.roster.corrections.dialog import Prompter
from kiosk.roster.view_model import DayView
from kiosk.tui.text import StyledLine, StyleName
from kiosk.words.staff_words import RosterWords
from kiosk.words.trials import TRIALS, TrialKind
from projections.evaluation.outcomes import DutyResult
from projections.read_models.explanation import ExplainedVisit, Explanation

Candidate = tuple[TrialKind, ExplainedVisit | DutyResult]


class TrialDialog:
    """Asks what is to be tried of a day, and shows what would change."""

    def __init__(
        self,
        prompter: Prompter,
        foresee: Callable[[DayView, Trial], Awaitable[ShownWhatIf | None]],
        words: RosterWords,
    ) -> None:
        """`foresee` shows that it takes its time, and gives None where nobody waited."""
        self._prompter, self._foresee = prompter, foresee
        self._words, self._correction_words = TRIALS[words.explained.language], words.corrections
        self._formatter = EffectFormatter(words)

    async def run(self, day: DayView) -> None:
        """Choose, ask, try, show. Raises: DomainError, LogError, UserError."""
        candidates = list(_list_trials(day))
        if not candidates or day.explanation is None:
            await self._prompter.show_message(self._words.nothing_to_try)
            return
        titles = [self._words.kinds[kind].format(what=format_candidate(one, day)) for kind, one in candidates]
        question = self._words.title.format(who=day.person.label, day=day.date)
        chosen = await self._prompter.ask_choice(question, titles)
        if chosen is None:
            return
        trial = await self._build_trial(*candidates[chosen], titles[chosen], day, day.explanation)
        shown = trial and await self._foresee(day, trial)
        if trial and shown:
            times = f" -> {format_span(trial.start, trial.end, day)}" if trial.kind == "move" else ""
            facts = [StyledLine(line, style) for line, style in self._format(shown, day)]
            await self._prompter.show_message(self._words.not_written, titles[chosen] + times, facts)

    async def _build_trial(
        self,
        kind: TrialKind,
        candidate: ExplainedVisit | DutyResult,
        title: str,
        day: DayView,
        explanation: Explanation,
    ) -> Trial | None:
        if isinstance(candidate, ExplainedVisit):
            return Trial("void", candidate.visit.check_in)
        duty = candidate.assignment
        if kind == "cancel":
            return Trial("cancel", duty.shift)
        days, shown = explanation.unit.days, day.date.toordinal()
        whole_day = TimeSpan(days, shown, days.start(shown) - 1)
        start = await self._ask_time(self._words.new_start, title, duty.start, whole_day)
        if start is None:
            return None
        end = await self._ask_time(self._words.new_end, title, duty.end, TimeSpan.after_instant(days, start))
        return None if end is None else Trial("move", duty.shift, start, end)

    async def _ask_time(self, question: str, title: str, now: Second, span: TimeSpan) -> Second | None:
        return await ask_time(self._prompter, TimeQuestion(question, title, now, span), self._correction_words)

    def _format(self, shown: ShownWhatIf, day: DayView) -> Iterator[tuple[str, StyleName]]:
        """For whom and what; the sum first."""
        found, words = shown.found, self._words
        yield words.changes.format(**found.total) if found.effects else words.no_change, "waiting"
        for effect in found.effects:
            service = effect.service
            yield self._formatter.name_subject(effect, shown.labels), "well"
            if service.change:
                yield (
                    "  "
                    + words.minutes.format(
                        before=service.minutes_before, after=service.minutes_after, change=service.change
                    ),
                    "waiting",
                )
            for line in self._formatter.list_lines(effect, day.date, with_minutes=False):
                yield line, "calm"


def _list_trials(day: DayView) -> Iterator[Candidate]:
    """What of a day can be tried."""
    if day.explanation is None:
        return
    for visit in list_candidates("void", day.explanation):
        yield "void", visit
    for duty in day.explanation.duties:
        if not duty.assignment.cancelled:
            yield "move", duty
            yield "cancel", duty
