"""Reads the fields of the plan's forms: what is wrong with one is said beside it, and everything typed is kept."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time

from kiosk.batch.fields import parse_civil_day
from kiosk.desk.forms import Form
from kiosk.desk.plan.view_model import PersonLine
from kiosk.text.typed import narrow
from kiosk.words.desk.plan_words import FieldFault, PlanWords

CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
MOST_SHOWN = 8
"""Volunteers named where a text fits to several."""
LONGEST_SHOWN = 40
"""Characters of a text that fits to none."""

Search = Callable[[str], Sequence[PersonLine]]


class FieldReader:
    """Reads one form. `errors` holds a sentence for each field that is wrong."""

    def __init__(self, form: Form, words: PlanWords, search: Search = lambda _: ()) -> None:
        """`search` is needed where the form names volunteers."""
        self._form, self._words, self._search = form, words, search
        self.errors: dict[str, str] = {}

    def join(self, parts: Iterable[str]) -> str:
        """The parts of a list, as a sentence names them."""
        return self._words.separator.join(parts)

    def refuse(self, name: str, fault: FieldFault, **facts: object) -> None:
        """Say what is wrong with a field, unless something else is."""
        self.errors.setdefault(name, self._words.faults[fault].format(**facts))

    def read_text(self, name: str) -> str | None:
        """A text that has to be there."""
        text = self._form.get_text(name)
        if text is None:
            self.refuse(name, "required")
        return text

    def read_day(self, name: str) -> date | None:
        """A date, in either calendar."""
        text = self.read_text(name)
        try:
            return (text and parse_civil_day(narrow(text))) or None
        except ValueError:
            self.refuse(name, "not_a_date")
            return None

    def read_time(self, name: str) -> time | None:
        """A local time of the day."""
        text = self.read_text(name)
        match = text and CLOCK_TIME.fullmatch(narrow(text))
        if text and not match:
            self.refuse(name, "not_a_time")
        return time(int(match[1]), int(match[2])) if match else None

    def read_lines(self, name: str) -> list[str]:
        """What stands on the lines of a text, without those that are empty."""
        return [line.strip() for line in self._form.get(name).splitlines() if line.strip()]

    def read_volunteer(self, name: str) -> str:
        """The number of the one volunteer that a text means; empty where it is wrong."""
        text = self.read_text(name)
        return self._find_volunteer(name, text) if text else ""

    def read_volunteers(self, name: str) -> list[str]:
        """The numbers of the volunteers on the lines of a text."""
        numbers: dict[str, None] = {}
        for line in self.read_lines(name):
            if name not in self.errors:
                numbers[self._find_volunteer(name, line)] = None
        return list(numbers)

    def _find_volunteer(self, name: str, text: str) -> str:
        matches = self._search(text)
        if len(matches) == 1:
            return matches[0].number
        shown = self.join(f"{person.number} {person.name}".strip() for person in matches[:MOST_SHOWN])
        more = "…" if len(matches) > MOST_SHOWN else ""
        self.refuse(name, "several" if matches else "no_volunteer", text=text[:LONGEST_SHOWN], matches=shown + more)
        return ""


def combine_local(day: date, at: time) -> str:
    """A local time as the commands of a batch take it."""
    return datetime.combine(day, at).isoformat(timespec="minutes")
