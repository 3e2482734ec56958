"""Writes what the pages of the plan show in words: times, volunteers, what speaks against a duty."""

from collections.abc import Iterable
from datetime import date

from kiosk.desk.plan.view_model import ConflictLine, DutyLine, PersonLine
from kiosk.words.desk.plan_en import PLAN as ENGLISH
from kiosk.words.desk.plan_words import PlanWords
from kiosk.words.desk.plan_zh_tw import PLAN as CHINESE
from kiosk.words.desk.shared_words import DeskWords


def find_plan_words(words: DeskWords) -> PlanWords:
    """The words of the plan in the language of a page."""
    return ENGLISH if words.language == "en" else CHINESE


class PlanFormat:
    """The formats of one language, for templates."""

    def __init__(self, words: PlanWords) -> None:
        self._words = words

    def day(self, day: date) -> str:
        """A date with its weekday."""
        return self._words.format_day(day)

    def days(self, days: Iterable[date]) -> str:
        """Several dates."""
        return self._words.separator.join(map(self._words.format_day, days))

    def duty(self, duty: DutyLine) -> str:
        """Day, time and post."""
        return " ".join(filter(None, (self._words.format_day(duty.day), duty.times, duty.post)))

    def person(self, person: PersonLine) -> str:
        """Number and masked name."""
        return f"{person.number} {person.name}".strip()

    def conflict(self, conflict: ConflictLine) -> str:
        """What speaks against a duty."""
        who = self.person(conflict.person) if conflict.person else ""
        other = self.duty(conflict.other) if conflict.other else ""
        hours = f"{conflict.minutes / 60:.1f}".removesuffix(".0")
        return self._words.conflicts[conflict.kind].format(who=who, other=other, hours=hours)
