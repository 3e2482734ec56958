"""Writes what would change in the words of one language, for every page that shows it before it is done."""

from collections.abc import Mapping
from typing import Any

from kiosk.desk.what_if_source import ShownRow, ShownWhatIf
from kiosk.sanitise import sanitise
from kiosk.statements.statement_rows import Row
from kiosk.words.desk.cases import CASES
from kiosk.words.desk.shared_words import DeskWords
from kiosk.words.desk.what_if import WHAT_IF

MOST_DUTIES = 5
"""Of a row: more are counted."""


def describe_what_if(found: ShownWhatIf, words: DeskWords) -> dict[str, Any]:
    """The values of the table: its rows, the sum below it, and the sentence above."""
    formatter = _Formatter(found, words)
    texts = WHAT_IF[words.language]
    sentence = texts.changes.format(**found.total) if found.rows else texts.nothing
    return {
        "what_if_words": texts,
        "what_if_rows": [formatter.describe_row(one) for one in found.rows],
        "what_if_total": found.total,
        "what_if_sentence": sentence,
    }


class _Formatter:
    def __init__(self, found: ShownWhatIf, words: DeskWords) -> None:
        self._found, self._language = found, words.language
        self._texts, self._rules = WHAT_IF[words.language], CASES[words.language].rules
        self._outcomes: Mapping[str, str] = {**words.roster.explained.outcomes}

    def describe_row(self, shown: ShownRow) -> dict[str, Any]:
        """One row."""
        row, texts = shown.row, self._texts
        family = texts.family.format(name=sanitise(row["family"])) if row["family"] else texts.team
        return {
            **row,
            "who": shown.person.label if shown.person else family,
            "duties": self._format_duties(row),
            "cases": self._format_codes(row, "cases", self._rules),
            "awards": self._format_codes(row, "awards", self._name_awards()),
        }

    def _format_duties(self, row: Row) -> list[str]:
        lines = [
            self._texts.duty.format(
                shift=sanitise(duty["shift"]),
                date=duty["date"],
                before=self._format_outcome(duty["before"]),
                after=self._format_outcome(duty["after"]),
            )
            for duty in row["duties"][:MOST_DUTIES]
        ]
        more = len(row["duties"]) - len(lines)
        return [*lines, self._texts.more.format(count=more)] if more else lines

    def _format_outcome(self, outcome: str | None) -> str:
        return self._outcomes[outcome] if outcome else self._texts.no_duty

    def _format_codes(self, row: Row, kind: str, names: Mapping[str, str]) -> list[str]:
        """What is added and what is lost, by name."""
        added, lost = ("raised", "withdrawn") if kind == "cases" else ("gained", "lost")
        return [
            *(f"＋{names.get(code, code)}" for code in row[f"{kind}_{added}"]),
            *(f"－{names.get(code, code)}" for code in row[f"{kind}_{lost}"]),
        ]

    def _name_awards(self) -> dict[str, str]:
        is_english = self._language == "en"
        return {code: rule.name_en if is_english else rule.name for code, rule in self._found.awards.items()}
