"""A sentence for people, by a name that code can use. One enumeration a subject, one file a subject.

The rule: code says which sentence and gives its fields; the text stands here and nowhere else, so that a second
language is one more table. Volunteers appear by their number, instants are local, no name appears.
"""

from datetime import datetime, tzinfo
from enum import StrEnum


class Sentence(StrEnum):
    """Base of the enumerations: a member's value is its text in English, braces are fields."""

    def fill(self, **fields: object) -> str:
        """The text with its fields. The one place where a language is chosen."""
        return self.format(**fields)


def format_instant(at: datetime, zone: tzinfo, precision: str = "minutes") -> str:
    """An instant as a person reads it: local, with the offset, to the minute or to the second."""
    return at.astimezone(zone).isoformat(" ", precision)
