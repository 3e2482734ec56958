"""What a subject adds to the words of events: one shape for all of them."""

from collections.abc import Mapping
from typing import NamedTuple


class SubjectTexts(NamedTuple):
    """What a subject adds to the words of events, in one language."""

    meanings: Mapping[str, str]
    streams: Mapping[str, str]
    fields: Mapping[str, str]
    codes: Mapping[str, str] = {}
    commands: Mapping[str, str] = {}
    """By the name of a command; in English a command is its own word."""
    acts: Mapping[str, str] = {}
    """What was done, short, by the stored name of an event that has an author; without any, the meanings serve."""
