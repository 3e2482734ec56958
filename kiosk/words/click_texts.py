"""What Click says, word for word as it says it, so that its texts can be found and said in another language."""

import re
from contextlib import suppress
from string import Formatter

from kiosk.words.award_help import AwardHelp
from kiosk.words.bundle import BundleHelp
from kiosk.words.heads import ProofHelp, WitnessHelp
from kiosk.words.help import HelpText
from kiosk.words.hub import HubHelp
from kiosk.words.kiosks import KiosksHelp
from kiosk.words.language import find_language
from kiosk.words.month_help import MonthHelp
from kiosk.words.moves import MoveHelp
from kiosk.words.restores import DatabaseHelp
from kiosk.words.sentence import Sentence
from kiosk.words.sync import SyncHelp
from kiosk.words.what_if import WhatIfHelp

HELP_TABLES: tuple[type[Sentence], ...] = (
    HelpText,
    MonthHelp,
    AwardHelp,
    BundleHelp,
    MoveHelp,
    ProofHelp,
    WitnessHelp,
    HubHelp,
    KiosksHelp,
    SyncHelp,
    DatabaseHelp,
    WhatIfHelp,
)
"""What the commands of the program say of themselves."""
NESTED = frozenset({"message", "number_type", "kind", "advice"})
"""Fields that are themselves texts of Click; any other is of the one who typed it."""


class ClickText(Sentence):
    """Braces stand for what Click has put there. Of two that fit, the first counts."""

    USAGE = "Usage: "
    OPTIONS = "Options"
    SHOW_HELP = "Show this message and exit."
    SHOW_VERSION = "Show the version and exit."
    REQUIRED = "required"
    DEFAULT = "default: {default}"
    MISSING_COMMAND = "Missing command."
    MISSING_CHOICE = "Missing option {option}. Choose from:\n\t{choices}"
    MISSING_OPTION = "Missing option {option}."
    MISSING_ARGUMENT = "Missing argument {argument}."
    INVALID_VALUE = "Invalid value for {parameter}: {message}"
    INVALID = "Invalid value: {message}"
    NO_SUCH_OPTION_BUT = "No such option {option}. {advice}"
    NO_SUCH_OPTION = "No such option {option}."
    NO_SUCH_COMMAND_BUT = "No such command {command}. {advice}"
    NO_SUCH_COMMAND = "No such command {command}."
    DID_YOU_MEAN = "Did you mean {possibility}?"
    DID_YOU_MEAN_ONE_OF = "(Did you mean one of: {possibilities}?)"
    NEEDS_ARGUMENT = "Option {option} requires an argument."
    TAKES_NO_VALUE = "Option {option} does not take a value."
    EXTRA_ARGUMENT = "Got unexpected extra argument ({arguments})"
    EXTRA_ARGUMENTS = "Got unexpected extra arguments ({arguments})"
    NOT_A_NUMBER = "{value} is not a valid {number_type}."
    INTEGER = "integer"
    FLOAT = "float"
    NOT_ONE_OF = "{value} is not one of {choices}."
    NOT_THE_ONE = "{value} is not {choice}."


def translate(text: str) -> str:
    """A text of Click or of our help in the language of the one that reads it; any other as it is."""
    if find_language() == "en":
        return text
    for table in HELP_TABLES:
        with suppress(ValueError):
            return table(text).find_text()
    return next((found for member in (*ClickText, *HelpText) if (found := _translate_as(member, text))), text)


def _translate_as(member: Sentence, text: str) -> str | None:
    """The text in the other language if it is this one with its fields filled in."""
    parts = Formatter().parse(member)
    pattern = "".join(re.escape(literal) + (f"(?P<{field}>.+?)" if field else "") for literal, field, _, _ in parts)
    match = re.fullmatch(pattern, text, re.DOTALL)
    if match is None:
        return None
    fields = {name: translate(value) if name in NESTED else value for name, value in match.groupdict().items()}
    return member.find_text().format(**fields)
