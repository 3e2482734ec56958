"""The forms of a page as a browser has them: what it would send, and what of it the browser itself would not take."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from html.parser import HTMLParser

BUTTONS = ("submit", "button", "image", "reset")
EMPTIED: Mapping[str, Callable[[str], object]] = {
    "number": float,
    "date": date.fromisoformat,
    "month": lambda text: date.fromisoformat(f"{text}-01"),
    "time": time.fromisoformat,
    "datetime-local": datetime.fromisoformat,
}
"""Kinds of fields that a browser empties where their value cannot be read."""

Attributes = Mapping[str, str]


@dataclass
class ShownForm:
    """A form, and its fields in the order of the page."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """What a browser sends where nobody changed anything and no button is named."""
    typed: dict[str, str] = field(default_factory=dict[str, str])
    """Of them the fields in which a person types or chooses, with the values that are shown."""
    refused: dict[str, str] = field(default_factory=dict[str, str])
    """The fields with a value that a browser empties, or with which it does not send the form."""
    empty: list[str] = field(default_factory=list[str])
    """The fields that have to be filled in first."""

    def fill(self, **typed: str) -> list[tuple[str, str]]:
        """What is sent after a person typed into some of its fields."""
        assert not typed.keys() - self.typed.keys(), self.typed
        return [(name, typed.get(name, value)) for name, value in self.fields]


def read_forms(text: str) -> list[ShownForm]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(text)
    return reader.forms


def find_form(text: str, action: str) -> ShownForm:
    """The only form of a page that is sent to an address."""
    (found,) = (form for form in read_forms(text) if form.action.partition("?")[0] == action)
    return found


def find_values(text: str, action: str) -> dict[str, str]:
    """What the fields of such a form show."""
    return find_form(text, action).typed


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[ShownForm] = []
        self._form: ShownForm | None = None
        self._select: Attributes | None = None
        self._options: list[tuple[str, bool]] = []
        self._area: tuple[Attributes, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = ShownForm(given.get("method", "get"), given.get("action", ""))
            self.forms.append(self._form)
        elif tag == "select":
            self._select, self._options = given, []
        elif tag == "option" and self._select is not None:
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._area = (given, [])
        elif tag == "input":
            self._add_input(given)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select is not None:
            chosen = [value for value, is_selected in self._options if is_selected] or [
                value for value, _ in self._options[:1]
            ]
            if chosen:
                self._add(self._select, chosen[-1])
            self._select = None
        elif tag == "textarea" and self._area:
            self._add(self._area[0], "".join(self._area[1]))
            self._area = None

    def _add_input(self, given: Attributes) -> None:
        kind = given.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                self._add(given, given.get("value", "on"))
        elif kind not in (*BUTTONS, "file"):
            self._add(given, given.get("value", ""))

    def _add(self, given: Attributes, value: str) -> None:
        form, name = self._form, given.get("name")
        if form is None or name is None or "disabled" in given:
            return
        form.fields.append((name, value))
        if given.get("type") == "hidden":
            return
        form.typed[name] = value
        if not value and "required" in given:
            form.empty.append(name)
        if value and not _is_taken(given, value):
            form.refused[name] = value


def _is_taken(given: Attributes, value: str) -> bool:
    """Whether a browser leaves a value in its field, and sends it."""
    kind, pattern = given.get("type", "text"), given.get("pattern")
    if kind in EMPTIED:
        try:
            EMPTIED[kind](value)
        except ValueError:
            return False
    if kind == "number":
        low, high = float(given.get("min", "-inf")), float(given.get("max", "inf"))
        is_whole = given.get("step", "1") == "any" or float(value).is_integer()
        return low <= float(value) <= high and is_whole
    return not (pattern and not re.fullmatch(pattern, value))
