"""The types of the fields of a batch line: instants, days, cards, ids, free text; what is wrong with a field.

Rule: an instant is parsed to UTC and to the second, a day to a civil date, in whatever notation it was written.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from msgspec import Meta

from devices.characters import find_unusable_character
from devices.faults import TextForm
from devices.protocols.decoder import CardNumber, NotACardNumber
from domain.calendar import (
    AmbiguousTime,
    DateWithoutTime,
    parse_birth_date,
    parse_instant,
)
from domain.clock import to_the_second
from domain.months import format_month
from domain.national_id import NotANationalId, WrongCheckDigit, parse_national_id
from kiosk.batch.civil_dates import EARLIEST, LATEST, parse_civil_day, parse_civil_month
from kiosk.text.masking import LONGEST_NAME
from kiosk.words.devices import explain_not_a_card_number
from kiosk.words.errors import BatchText

Identifier = Annotated[str, Meta(pattern=TextForm.IDENTIFIER.value)]
"""A volunteer's number, the id of a shift."""

FileName = Annotated[str, Meta(min_length=1, max_length=4_096)]
"""The path of a file, as long as the system allows (PATH_MAX)."""

FreeText = Annotated[str, Meta(pattern=TextForm.FREE_TEXT.value, max_length=2000)]
"""A reason or a certificate: it goes to the people store, never to the log."""


class Instant:
    """A point in time."""

    __slots__ = ("exact", "utc")

    def __init__(self, exact: datetime) -> None:
        self.exact = exact
        """With the fraction of a second, by which taps are compared."""
        self.utc = to_the_second(exact)


class Day:
    """A civil date."""

    __slots__ = ("day",)

    def __init__(self, day: date) -> None:
        self.day = day


class Month(Day):
    """A civil month, as its first day."""

    def __str__(self) -> str:
        return format_month(self.day)


class BirthDate(Day):
    """A civil date whose year of the Republic may have two digits."""


class PersonName:
    """A person's name, as it was written."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class NationalId:
    """A national or resident ID, whose check digit fits."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Card:
    """A card number."""

    __slots__ = ("number",)

    def __init__(self, number: CardNumber) -> None:
        self.number = number


def build_field_decoder(zone: ZoneInfo) -> Callable[[type, Any], Any]:
    """The decoder of JSON fields into the classes above; it raises ValueError with a sentence."""

    def convert(kind: type, value: object) -> Instant | Day | PersonName | NationalId | Card:
        if not isinstance(value, str):
            raise ValueError(BatchText.MUST_BE_TEXT.fill())  # noqa: TRY004 - msgspec adds the field's place to a ValueError
        if kind is Instant:
            return Instant(parse_exact_instant(value, zone))
        if kind is Day:
            return Day(parse_civil_day(value))
        if kind is Month:
            return Month(parse_civil_month(value))
        if kind is BirthDate:
            return BirthDate(parse_civil_day(value, parse_birth_date))
        if kind is NationalId:
            return NationalId(check_national_id(value))
        if kind is PersonName:
            return PersonName(parse_person_name(value))
        return Card(_parse_card(value))

    return convert


def parse_utc_instant(text: str, zone: ZoneInfo) -> datetime:
    """An instant in UTC, to the second. Raises: ValueError, with a sentence."""
    return to_the_second(parse_exact_instant(text, zone))


def parse_exact_instant(text: str, zone: ZoneInfo) -> datetime:
    """An instant in UTC, with its fraction of a second. Raises: ValueError, with a sentence."""
    try:
        at = parse_instant(text, zone).astimezone(UTC)
    except DateWithoutTime:
        raise ValueError(BatchText.DATE_WITHOUT_TIME.fill(text=text)) from None
    except AmbiguousTime:
        raise ValueError(BatchText.AMBIGUOUS_TIME.fill(text=text)) from None
    except (ValueError, OverflowError):
        raise ValueError(BatchText.NOT_AN_INSTANT.fill(text=text)) from None
    if not EARLIEST <= at.year <= LATEST:
        raise ValueError(BatchText.INSTANT_OUT_OF_RANGE.fill(year=at.year, text=text))
    return at


def parse_person_name(text: str) -> str:
    """A name, kept as it is. Raises: ValueError, with a sentence that names the character that cannot be kept."""
    if unusable := find_unusable_character(text):
        raise ValueError(BatchText.NAME_UNUSABLE.fill(code=f"U+{ord(unusable):04X}"))
    if not text.strip() or text != text.strip():
        raise ValueError(BatchText.NAME_WITH_SPACE.fill())
    if len(text) > LONGEST_NAME:
        raise ValueError(BatchText.NAME_TOO_LONG.fill(longest=LONGEST_NAME))
    return text


def check_national_id(text: str) -> str:
    """A national or resident ID (R-014). Raises: ValueError, with a sentence that does not repeat it."""
    try:
        return parse_national_id(text)
    except WrongCheckDigit:
        raise ValueError(BatchText.NATIONAL_ID_MISTYPED.fill()) from None
    except NotANationalId:
        raise ValueError(BatchText.NOT_A_NATIONAL_ID.fill()) from None


def _parse_card(text: str) -> CardNumber:
    try:
        return CardNumber.parse(text)
    except NotACardNumber as refusal:
        raise ValueError(explain_not_a_card_number(refusal)) from None
