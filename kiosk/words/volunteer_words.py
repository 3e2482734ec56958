"""The typed word table of the entrance screen: the words themselves are one file a language.

Rule: a sentence says what was recorded and what to do next, with a person and a place, and never a code. Every
language has every sentence. Braces stand for times as on a clock, numbers, and the names of readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.model.visits import AcceptedMeaning

ResultState = Literal[
    "checked_in",
    "checked_out",
    "already",
    "unmatched",
    "noted",
    "unknown_card",
    "revoked_card",
    "suspended",
    "agreement_ended",
    "before_agreement",
    "unreadable",
    "phone_card",
]
"""How a tap ended. `already`: a repeated tap changed nothing. `noted`: it is on record, but whether as in or
out is not known. `phone_card`: a number that changes at every use."""

Remark = Literal["early", "late", "off_roster", "forgot_last_time"]
"""Shown beside a check-in; it never refuses one."""

Language = Literal["zh-TW", "en", "vi", "id"]

Condition = Literal["reader_lost", "storage_trouble"]
"""`reader_lost`: no reader answers. `storage_trouble`: nothing can be written down."""

HubTroubleKind = Literal["empty", "stopped", "unheard", "call", "forgotten"]
"""`empty`: there is no copy of what the unit records, so no card is known. `stopped`: the hub takes nothing of this
kiosk until a person has decided. The others by how long ago the hub was heard."""

IssuingStep = Literal["hold_card", "hold_again"]
"""While a card is issued at the entrance: it is to be read, or was read once."""


@dataclass(frozen=True, slots=True)
class Message:
    """The texts of one state: a short headline, and the next step."""

    headline: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntranceWords:
    """The sentences of one language."""

    tap_your_card: str
    """The invitation on the idle screen."""
    results: Mapping[ResultState, Message]
    at_session: Message
    """For a check-in at a meeting or a training, whose title is shown below: no service (R-033)."""
    conditions: Mapping[Condition, Message]
    issuing: Mapping[IssuingStep, Message]
    """While a card is issued. The other volunteers are to wait meanwhile."""
    remarks: Mapping[Remark, str]
    """Shown beside a check-in; with {minutes} for early and late."""
    not_signed_in: str
    """Beside a refused check-in of a volunteer who is known."""
    repeated: Mapping[AcceptedMeaning, Message]
    """For a repeated tap, by what the last accepted one was: whether the volunteer is in or out, and with {time}, since
    when, and {again}, from when on a tap counts."""
    today: str
    """{duration} served today."""
    month: str
    """{duration} served this month."""
    year: str
    """{duration} served this year."""
    award_after_hours: str
    """{duration} lack until {award}, whose name is Chinese, can be applied for."""
    award_from_day: str
    """From {day} on it can be applied for."""
    award_after_both: str
    """With {duration}, {day} and {award}."""
    hours_and_minutes: str
    """A duration of {hours} and {minutes}."""
    only_minutes: str
    """A duration of {minutes}, less than an hour."""
    separator: str
    """Between two parts of a line."""
    clock_not_set: str
    """Always shown while the clock is untrusted."""
    hub: Mapping[HubTroubleKind, str]
    """Always shown while the other kiosks or the desk may know more, with {since}, when they were last heard."""
    without_others: str
    """A {total} that lacks what other kiosks have recorded since {since}."""
    one_reader_lost: str
    """Always shown while {reader} does not answer but another does. A language may leave the name out."""
    reader_nonsense: str
    """Always shown while {reader} sends what is no card of ours, more than people can present."""
    terminal_too_small: str
    """Always shown on a terminal smaller than the screen is laid out for, with {columns} and {rows} that it wants."""
    press_again: str
    """After a first Ctrl+C, for a person who tries the entrance out in a terminal."""
    card_left: str
    """Always shown while a card lies on {reader} that was left there."""

    def format_duration(self, minutes: int) -> str:
        """Whole minutes as people say them: never a decimal fraction of an hour."""
        if minutes < 60:
            return self.only_minutes.format(minutes=minutes)
        return self.hours_and_minutes.format(hours=minutes // 60, minutes=minutes % 60)
