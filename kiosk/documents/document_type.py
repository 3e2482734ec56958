"""A kind of document: what it is called, when it is due, what it is asked with, and the function that builds it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from uuid import UUID

from domain.calendar import ROC_BEGINS
from kiosk.batch.fields import parse_civil_day
from kiosk.documents.definition import Document
from kiosk.documents.source import DocumentSource
from kiosk.errors import UserError
from kiosk.people.people import People
from kiosk.text.typed import narrow
from kiosk.words.command_line import CommandLineText
from kiosk.words.documents.month import MONTH
from kiosk.words.documents.shared import DocumentText
from kiosk.words.language import StaffLanguage, find_language
from kiosk.words.sentence import Sentence

Occasion = Literal["month", "half_year", "year", "person", "occasion"]
"""When it is needed, by which the list of documents is ordered."""
ArgumentKind = Literal["month", "date", "year", "count", "volunteer", "award", "choice"]
"""`month` is given as its first day, `year` as its number in the common era, `volunteer` as the id; an `award` of the
home's catalogue is known only to the function that builds."""
ArgumentValue = date | int | str | UUID
Arguments = Mapping[str, ArgumentValue]
"""By name; one that was not given is not there."""
Texts = Mapping[StaffLanguage, str]
"""A text in both languages."""

EXAMPLES: Mapping[ArgumentKind, str] = {
    "month": "2026-11",
    "date": "2026-11-19",
    "year": "2026",
    "count": "3",
    "volunteer": "V001",
    "award": "honor-card",
    "choice": "",
}
ROC_DIGITS = 3
"""Digits of a year of the Republic of China."""
MOST_DIGITS = 9
"""Of a number that is asked with."""


@dataclass(frozen=True, slots=True)
class Argument:
    """What a document is asked with."""

    name: str
    kind: ArgumentKind
    labels: Texts
    is_required: bool = True
    choices: Mapping[str, Texts] = field(default_factory=dict[str, Texts])
    """Of a choice: its values with what they are called."""

    def parse(self, text: str, people: People) -> ArgumentValue:
        """A value as it was typed. Raises: UserError."""
        match self.kind:
            case "month":
                return self._parse_day(f"{text}-01", text, DocumentText.BAD_MONTH)
            case "date":
                return self._parse_day(text, text, DocumentText.BAD_DATE)
            case "year" if text.isascii() and text.isdigit():
                day = f"{int(text[:MOST_DIGITS]) + (ROC_BEGINS if len(text) <= ROC_DIGITS else 0)}-01-01"
                return self._parse_day(day, text, DocumentText.BAD_YEAR).year
            case "count" if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
                return int(text)
            case "volunteer":
                if volunteer := people.find_typed_id(text):
                    return volunteer
                raise BadArgument(self, CommandLineText.NO_VOLUNTEER, number=text)
            case "award":
                return text
            case "choice" if text in self.choices:
                return text
            case _:
                raise self._complain(text)

    def narrow(self, text: str) -> str:
        """What was typed, in narrow digits where the argument has a fixed form; a volunteer has a number of its own."""
        return narrow(text) if self.kind in {"month", "date", "year", "count"} else text

    def _parse_day(self, day: str, text: str, complaint: DocumentText) -> date:
        try:
            return parse_civil_day(day)
        except ValueError:
            raise BadArgument(self, complaint, text=text) from None

    def _complain(self, text: str) -> "BadArgument":
        match self.kind:
            case "year":
                return BadArgument(self, DocumentText.BAD_YEAR, text=text)
            case "count":
                return BadArgument(self, DocumentText.BAD_COUNT, text=text)
            case _:
                return BadArgument(self, DocumentText.BAD_CHOICE, text=text, choices=", ".join(self.choices))

    def restore(self, text: str) -> ArgumentValue:
        """A value as a document that was handed out keeps it."""
        match self.kind:
            case "month" | "date":
                return date.fromisoformat(text)
            case "year" | "count":
                return int(text)
            case "volunteer":
                return UUID(text)
            case "award" | "choice":
                return text


class BadArgument(UserError):
    """An argument that is missing or cannot be used."""

    def __init__(self, argument: Argument, complaint: Sentence, **fields: object) -> None:
        super().__init__(complaint.fill(name=argument.name, **fields))
        self.argument, self._complaint, self._fields = argument, complaint, fields

    def explain(self, label: str) -> str:
        """The sentence for one who knows the argument by its label."""
        return self._complaint.fill(name=label, **self._fields)


def _store(value: ArgumentValue) -> str:
    """A value as an event and a document keep it: no number of a volunteer, but the id."""
    match value:
        case UUID():
            return value.hex
        case date():
            return value.isoformat()
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document."""

    name: str
    """As programs call it. It stands in events: it stays."""
    titles: Texts
    occasion: Occasion
    build: Callable[[DocumentSource, Arguments], Document]
    """Builds it from read models. Raises: UserError where it cannot be asked so."""
    arguments: Sequence[Argument] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.titles[find_language()]

    def parse_arguments(self, texts: Mapping[str, str], people: People) -> Arguments:
        """What was typed, by name; an empty text was not given. Raises: UserError."""
        known = {argument.name: argument for argument in self.arguments}
        for name in texts:
            if name not in known:
                names = ", ".join(known) or DocumentText.NO_ARGUMENTS.fill()
                raise UserError(DocumentText.UNKNOWN_ARGUMENT.fill(document=self.name, name=name, names=names))
        typed = {name: text.strip() for name, text in texts.items() if text.strip()}
        for argument in self.arguments:
            if argument.is_required and argument.name not in typed:
                example = next(iter(argument.choices), EXAMPLES[argument.kind])
                raise BadArgument(argument, DocumentText.MISSING_ARGUMENT, document=self.name, example=example)
        return {name: known[name].parse(known[name].narrow(text), people) for name, text in typed.items()}

    def restore_arguments(self, stored: Mapping[str, str]) -> Arguments:
        """The arguments of a document that was handed out."""
        known = {argument.name: argument for argument in self.arguments}
        return {name: known[name].restore(text) for name, text in stored.items()}

    def build_document(self, source: DocumentSource, arguments: Arguments) -> Document:
        """The document, with what it takes to build it again. Raises: LogError, UserError."""
        stored = {name: _store(value) for name, value in arguments.items()}
        return replace(self.build(source, arguments), name=self.name, arguments=stored)


# --- Of a month ---

MONTH_ARGUMENT = Argument("month", "month", {language: words.month for language, words in MONTH.items()})


def find_month(arguments: Arguments) -> date:
    """The first day of the month that a document is about."""
    month = arguments["month"]
    assert isinstance(month, date)  # noqa: S101 - the argument is a month
    return month
