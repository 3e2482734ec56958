"""What the coordinator's roster and the muster must be able to say, whatever the language.

The rule: a state is a word, so that it can be read without its colour. Braces stand for times, numbers and people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.words.explained_words import ExplainedWords
from kiosk.words.settling_words import CorrectionWords
from projections.read_models.live_roster import PresenceKind, RosterState

HalfDay = Literal["morning", "afternoon", "evening"]
Column = Literal["half_day", "time", "post", "number", "name", "state"]
CounterName = Literal["in", "expected", "late", "absent", "uncovered", "unplanned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterWords:
    """The words of one language."""

    half_days: Mapping[HalfDay, str]
    columns: Mapping[Column, str]
    counters: Mapping[CounterName, str]
    states: Mapping[RosterState, str]
    """With {time}, {minutes} or {who}, where the state has one."""
    came_late: str
    """Behind a state; with {minutes}."""
    others: str
    """Beside whoever came without a duty, where the half-days stand."""
    kinds: Mapping[PresenceKind, str]
    """In the place of a post, for whoever is in without a duty."""
    nobody_responsible: str
    nobody_came: str
    """With {minutes}: since the duty began."""
    no_alerts: str
    """Where nothing needs a person."""
    more: str
    """With {count}: lines that there was no room for."""
    last_taps: str
    outcomes: Mapping[str, str]
    no_taps: str
    kiosks: str
    just_now: str
    minutes_ago: str
    hours_ago: str
    days_ago: str
    kiosk_silent: str
    """With {days}: nothing was heard for longer than that."""
    nothing_today: str
    reading: str
    """Until the log was read for the first time."""
    stalled: str
    """With {time}: the log cannot be read, and the screen is as old as that."""
    as_of: str
    """Beside the time where the screen shows the past."""
    search_for: str
    found: str
    """With {text}, {shown} and {all}."""
    keys: str
    muster_keys: str
    muster: str
    count: str
    """With {count}: people who are in."""
    nobody: str
    muster_columns: Mapping[Literal["number", "name", "since", "where", "duty"], str]
    signature: str
    nobody_there: str
    """Where Enter is pressed on a duty that nobody is responsible for."""
    day_keys: str
    """With {proof}: one of the two that follow."""
    pin_key: str
    end_key: str
    day_keys_past: str
    """Where nothing can be changed."""
    explained: ExplainedWords
    corrections: CorrectionWords
