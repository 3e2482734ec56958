"""Writes what would change in the words of one language, for every page that shows it before it is done."""

from collections.abc import Iterable, Sequence
from typing import Any

from kiosk.effects import Effect, EffectFormatter, ShownWhatIf
from kiosk.words.desk.cases import CASES
from kiosk.words.desk.shared_words import DeskWords
from kiosk.words.desk.what_if import WHAT_IF
from projections.read_models.effects import DutyChange, Grounds

MOST_DUTIES = 5
"""Of a row: more are counted."""


def describe_what_if(shown: ShownWhatIf, words: DeskWords) -> dict[str, Any]:
    """The values of the table: its rows, the sum below it, and the sentence above."""
    formatter, texts, found = _Formatter(shown, words), WHAT_IF[words.language], shown.found
    return {
        "what_if_words": texts,
        "what_if_rows": [formatter.describe_row(effect) for effect in found.effects],
        "what_if_total": found.total,
        "what_if_duties": texts.duty_total.format(**found.total),
        "what_if_sentence": texts.changes.format(**found.total) if found.effects else texts.nothing,
    }


class _Formatter:
    def __init__(self, shown: ShownWhatIf, words: DeskWords) -> None:
        self._shown, self._texts, self._rules = shown, WHAT_IF[words.language], CASES[words.language].rules
        self._formatter = EffectFormatter(words.roster)

    def describe_row(self, effect: Effect) -> dict[str, Any]:
        """One row."""
        service, name_award = effect.service, self._formatter.name_award
        return {
            "who": self._formatter.name_subject(effect, self._shown.labels),
            "minutes_before": service.minutes_before,
            "minutes_after": service.minutes_after,
            "change": service.change,
            "duties": self._format_duties(service.duties),
            "cases": _mark(map(self._name_case, service.raised), map(self._name_case, service.withdrawn)),
            "awards": _mark(map(name_award, effect.gained), map(name_award, effect.lost)),
        }

    def _format_duties(self, duties: Sequence[DutyChange]) -> list[str]:
        lines = [self._formatter.format_duty(duty, None).replace("->", "→") for duty in duties[:MOST_DUTIES]]
        more = len(duties) - len(lines)
        return [*lines, self._texts.more.format(count=more)] if more else lines

    def _name_case(self, case: Grounds) -> str:
        return self._rules.get(case.rule, case.rule)


def _mark(added: Iterable[str], lost: Iterable[str]) -> list[str]:
    """What is added and what is lost."""
    return [*(f"+{name}" for name in added), *(f"−{name}" for name in lost)]
