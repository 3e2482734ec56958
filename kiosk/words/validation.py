"""What is wrong with a field of a file or of a batch line, in English."""

from collections.abc import Mapping

from devices.faults import Choices, Fault, FieldFault, FieldKind, FieldLimit, TextForm
from kiosk.words.sentence import Sentence


class FieldSentence(Sentence):
    """What is wrong with a field, by the same member names as `FieldFault`."""

    MISSING = "the field `{name}` is missing"
    UNKNOWN = "there is no field `{name}`: {choices}"
    WRONG_KIND = "`{name}` must be {kinds}, not {kind}"
    WRONG_FORM = "`{name}` must be {form}"
    OUT_OF_RANGE = "`{name}` must be {limit} {value}"
    WRONG_LENGTH = "`{name}` must have {limit} {value} characters"
    WRONG_COUNT = "`{name}` must have {limit} {value} of them"
    NOT_A_CHOICE = "`{name}` cannot be {value}: {choices}"
    REFUSED = "`{name}` {reason}"


class FieldFormat(Sentence):
    """How the fields of such a sentence are written."""

    NEAREST = "did you mean `{nearest}`?"
    CHOICES = "it is one of {choices}"
    OR = " or "


KINDS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "text",
    FieldKind.WHOLE: "a whole number",
    FieldKind.NUMBER: "a number",
    FieldKind.FLAG: "true or false",
    FieldKind.LIST: "a list",
    FieldKind.TABLE: "an object",
    FieldKind.NULL: "null",
    FieldKind.DATE: "a date",
    FieldKind.TIME: "a time",
    FieldKind.DATETIME: "a date and time",
}
"""Kinds of values, in words."""

LIMITS: Mapping[FieldLimit, str] = {
    FieldLimit.AT_LEAST: "at least",
    FieldLimit.AT_MOST: "at most",
    FieldLimit.MORE_THAN: "more than",
    FieldLimit.LESS_THAN: "less than",
}
"""Sides of a limit, in words."""

FORMS: Mapping[TextForm, str] = {
    TextForm.IDENTIFIER: "1 to 128 characters, without invisible ones or a space at either end",
    TextForm.SHORT_TEXT: "1 to 128 characters, without invisible ones or a space at either end",
    TextForm.FREE_TEXT: "a text that says something, without invisible characters",
    TextForm.CLOCK_TIME: "a time of day such as 08:00",
    TextForm.HEXADECIMAL: "pairs of hexadecimal digits",
    TextForm.PROFILE_NAME: "small letters, digits and single dashes",
}
"""What a text must look like, in words."""


def explain_field_fault(fault: Fault) -> str:
    """The sentence for a fault of a field; what is wrong with a line as a whole has no name and stands alone."""
    fields = {name: format_field(value) for name, value in fault.fields.items()}
    if fault.code is FieldFault.REFUSED and not fields["name"]:
        return str(fields["reason"])
    return FieldSentence[fault.code.name].fill(**fields)


def format_field(value: object) -> object:
    """A field as it stands in a sentence."""
    match value:
        case Choices(nearest=str(nearest)):
            return FieldFormat.NEAREST.fill(nearest=nearest)
        case Choices(all=words):
            return FieldFormat.CHOICES.fill(choices=", ".join(words))
        case tuple():
            return FieldFormat.OR.join(map(str, map(format_field, value)))
        case FieldKind():
            return KINDS[value]
        case FieldLimit():
            return LIMITS[value]
        case TextForm():
            return FORMS[value]
        case _:
            return value
