"""What is wrong with a field of a file or of a batch line, in English."""

from typing import TYPE_CHECKING

from kiosk.words.sentence import Sentence, shorten

if TYPE_CHECKING:
    from devices.faults import Fault


class FieldSentence(Sentence):
    """What is wrong with a field, by the same member names as `FieldFault`."""

    MISSING = "the field `{name}` is missing"
    UNKNOWN = "there is no field `{name}`: {choices}"
    WRONG_KIND = "`{name}` must be {kinds}, not {kind}"
    WRONG_FORM = "`{name}` must be {form}"
    OUT_OF_RANGE = "`{name}` must be {limit} {value}"
    WRONG_LENGTH = "`{name}` must have {limit} {value} {value:character|characters}"
    WRONG_COUNT = "`{name}` must have {limit} {value} of them"
    NOT_A_CHOICE = "`{name}` cannot be {value}: {choices}"
    REFUSED = "`{name}` {reason}"


class TomlSentence(Sentence):
    """Why a text is not TOML, by the same member names as `TomlFault`."""

    STANDS_TWICE = "this stands in the file already, and one name has one value: keep one of the two"
    TEXT_NOT_CLOSED = "a text has no closing quotation mark"
    BRACKET_NOT_CLOSED = "a bracket is not closed, or a comma is missing in it"
    CONTROL_CHARACTER = "there is an invisible control character: type the line anew"
    BACKSLASH = "a backslash in a text is written twice, or the text stands in single quotation marks"
    NO_VALUE = (
        'behind `=` stands a text in quotation marks, a number, true or false, a date, a time or a list as ["a", "b"]'
    )
    TEXT_BEHIND_VALUE = "something stands behind the value: a text stands in quotation marks, one value on a line"
    NO_STATEMENT = 'a line is `name = "value"`, `[table]` or a comment behind #'
    NESTED_TOO_DEEPLY = "too many brackets stand in each other"
    NUMBER_TOO_LONG = "a number has too many digits"
    OTHER = "this is not TOML"


class FieldFormat(Sentence):
    """How the fields of such a sentence are written."""

    NEAREST = "did you mean `{nearest}`?"
    CHOICES = "it is one of {choices}"
    REPORT_WINDOWS = 'windows for reports such as "01-01/01-10", "annual:01-01/01-31" or "/02-28"'
    OR = " or "
    COMMA = ", "


class KindText(Sentence):
    """Kinds of values, by the names of `FieldKind`."""

    TEXT = "text"
    WHOLE = "a whole number"
    NUMBER = "a number"
    FRACTION = "a fraction"
    FLAG = "true or false"
    LIST = "a list"
    TABLE = "an object"
    NULL = "null"
    DATE = "a date"
    TIME = "a time"
    DATETIME = "a date and time"


class LimitText(Sentence):
    """Sides of a limit, by the names of `FieldLimit`."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE_THAN = "more than"
    LESS_THAN = "less than"


class FormText(Sentence):
    """What a text must look like, by the names of `TextForm`."""

    IDENTIFIER = "1 to 128 characters, without invisible ones or a space at either end"
    SHORT_TEXT = "1 to 128 characters, without invisible ones or a space at either end"
    FREE_TEXT = "a text that says something, without invisible characters"
    CLOCK_TIME = "a time of day such as 08:00"
    HEXADECIMAL = "pairs of hexadecimal digits"
    PROFILE_NAME = "small letters, digits and single dashes"
    YEARLY_DATE = "a month and a day such as 12-31"


REPEATED = ("name", "value")
"""Fields of a fault that repeat what was typed."""


def explain_field_fault(fault: "Fault") -> str:
    """The sentence for a fault of a field; what is wrong with a line as a whole has no name and stands alone."""
    from devices.faults import FieldFault  # noqa: PLC0415 - these words are also of lists in which nothing is wrong

    fields = {name: shorten(format_field(value)) for name, value in fault.fields.items() if name in REPEATED}
    fields |= {name: format_field(value) for name, value in fault.fields.items() if name not in REPEATED}
    if fault.code is FieldFault.REFUSED and not fields["name"]:
        return str(fields["reason"])
    return FieldSentence[fault.code.name].fill(**fields)


def explain_toml_fault(fault: "Fault") -> str:
    """The sentence for a text that is not TOML."""
    return TomlSentence[fault.code.name].fill()


def format_field(value: object) -> object:
    """A field as it stands in a sentence."""
    from devices.faults import Choices, FieldKind, FieldLimit, TextForm  # noqa: PLC0415 - same

    match value:
        case Choices(nearest=str(nearest)):
            return FieldFormat.NEAREST.fill(nearest=nearest)
        case Choices(all=words):
            return FieldFormat.CHOICES.fill(choices=FieldFormat.COMMA.fill().join(words))
        case tuple():
            return FieldFormat.OR.fill().join(map(str, map(format_field, value)))
        case FieldKind():
            return KindText[value.name].fill()
        case FieldLimit():
            return LimitText[value.name].fill()
        case TextForm():
            return FormText[value.name].fill()
        case _:
            return value
