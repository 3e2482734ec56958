"""What would change for a volunteer, a family or the team, and how it is said on every screen that shows it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from kiosk.statements.statement_rows import Row
from kiosk.text.sanitise import sanitise
from kiosk.words.staff_words import RosterWords
from projections.evaluation.awards.rules import AwardRule
from projections.evaluation.outcomes import Outcome
from projections.read_models.effects import DutyChange, VolunteerEffect

Subject = UUID | str
"""Who has an award: a volunteer, a family by its name, and the team by an empty text."""
NO_SERVICE = VolunteerEffect(UUID(int=0))
"""Of families and of the team."""


class Effect(NamedTuple):
    """What would change for a volunteer, a family or the team."""

    subject: Subject
    number: str | None = None
    """Of the volunteer."""
    service: VolunteerEffect = NO_SERVICE
    gained: tuple[AwardRule, ...] = ()
    """Awards that may be applied for today, and could not before."""
    lost: tuple[AwardRule, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nobody would notice."""
        _, before, after, *lists = self.service
        return before == after and not any((*lists, self.gained, self.lost))


class WhatIf(NamedTuple):
    """What would change in all, and for whom."""

    effects: list[Effect]
    """The greatest change of minutes first, then families and the team; what nobody would notice is not listed."""
    total: Row


class ShownWhatIf(NamedTuple):
    """What would change, with the masked names of the volunteers in it."""

    found: WhatIf
    labels: Mapping[UUID, str]


class EffectFormatter:
    """Says it in one language. Arrows are of ASCII: the width of others depends on the terminal's font."""

    def __init__(self, words: RosterWords) -> None:
        self._words = words.corrections
        self._explained = words.explained

    def list_lines(self, effect: Effect, day: date | None = None, *, with_minutes: bool = True) -> Iterator[str]:
        """Minutes, duties, cases and awards, before and after; a duty of another day than `day` has its date."""
        service, words = effect.service, self._words
        if with_minutes:
            yield words.minutes.format(before=service.minutes_before, after=service.minutes_after)
        for duty in service.duties:
            yield self.format_duty(duty, day)
        for sentence, cases in ((words.case_raised, service.raised), (words.case_withdrawn, service.withdrawn)):
            yield from (sentence.format(rule=case.rule, dates=case.dates) for case in cases)
        for sentence, awards in ((words.award_gained, effect.gained), (words.award_lost, effect.lost)):
            yield from (sentence.format(award=self.name_award(award)) for award in awards)
        if with_minutes and effect.is_nothing:
            yield words.no_change

    def format_duty(self, duty: DutyChange, day: date | None) -> str:
        """A duty with its outcomes, and the minutes late and early of each."""
        on, shift = date.fromordinal(duty.day), sanitise(duty.shift)
        name = shift if on == day else self._words.shift_of_day.format(shift=shift, day=on)
        (late_before, late_after), (early_before, early_after) = duty.late, duty.early
        before = self._format_outcome(duty.before, late_before, early_before)
        after = self._format_outcome(duty.after, late_after, early_after)
        return self._words.outcome.format(shift=name, before=before, after=after)

    def _format_outcome(self, outcome: Outcome | None, late: int, early: int) -> str:
        words = self._explained
        parts = [words.outcomes[outcome] if outcome else self._words.no_duty]
        parts += [words.late.format(minutes=late)] if late else []
        parts += [words.early.format(minutes=early)] if early else []
        return self._words.separator.join(parts)

    def name_award(self, award: AwardRule) -> str:
        """An award."""
        return award.name_en if self._explained.language == "en" else award.name

    def name_subject(self, effect: Effect, labels: Mapping[UUID, str]) -> str:
        """A volunteer as the screens name them, a family, or the team."""
        if isinstance(effect.subject, UUID):
            return labels.get(effect.subject, "-")
        return self._words.family.format(name=sanitise(effect.subject)) if effect.subject else self._words.team
