"""The typed word table of a single event of the log, filled in once a language."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from domain.log.lenient import UndecodableReason
from kiosk.words.desk.policy_parameters import PolicyWords
from kiosk.words.statement_words import ExplainedWords

EventHead = Literal[
    "event",
    "means",
    "happened_at",
    "recorded_at",
    "by",
    "reason",
    "stream",
    "retracts",
    "retracted_by",
    "explains",
    "hash",
    "before",
    "check",
]
"""What a line about an event is about, beside the fields that the event carries."""


class EventWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language."""

    heads: Mapping[EventHead, str]
    meanings: Mapping[str, str]
    """What happened, by the stored name."""
    unknown_meaning: str
    streams: Mapping[str, str]
    """The kinds of stream, by the first part of the stored names in them."""
    unknown_stream: str
    number_in_stream: str
    """With {stream} and {version}."""
    fields: Mapping[str, str]
    """The fields of events, as statements call them."""
    codes: Mapping[str, str]
    """Values that are a word of the rules, parameters of the policy, figures of a day."""
    policy: PolicyWords
    commands: Mapping[str, str]
    """What was refused."""
    refusals: Mapping[str, str]
    """Why it was refused, by the name of the refusal."""
    weekdays: Mapping[int, str]
    yes: str
    no: str
    unreadable: Mapping[UndecodableReason, str]
    every_volunteer: str
    every_day: str
    from_day: str
    """With {since}: that day and every one behind it."""
    explains_nothing: str
    fits: str
    fits_not: str
    verified: str
    """With {at} and {position}: up to which event the whole log was verified last."""
    not_verified: str
    """Behind the last verification of the whole log, or where there was none."""
    in_own_log: str
    """With {position}: where it stands in the log of a kiosk with a hub."""
    copied: str
    """In place of hashes, at such a kiosk: the event was copied from the log of its unit."""
    log_begins: str
    """In place of the hash before the first event."""
    explained: ExplainedWords
    separator: str
    """Between the items of a list."""
