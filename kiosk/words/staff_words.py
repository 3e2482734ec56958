"""The typed word tables for the staff's screens and reports: one table a subject, filled in once a language.

Rule: a missing word is a type error. A state is a word, so that it can be read without its colour. Braces stand for
times, numbers and people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.calendar import HalfDay
    from kiosk.words.statement_words import ExplainedWords
    from projections.playback.timeline import TimelineKind
    from projections.read_models.live_roster import PresenceKind, RosterState
    from projections.read_models.pending_work import PendingKind

# --- Corrections at the roster ---

CorrectionKind = Literal["close", "excuse", "void"]
"""The corrections that a coordinator can make at the roster."""


class CorrectionWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language."""

    titles: Mapping[CorrectionKind, str]
    no_candidates: Mapping[CorrectionKind, str]
    """Where the day has nothing to correct of that kind."""
    without_card: str
    """The title of what a forgotten card asks for (R-036)."""
    volunteer_number: str
    arrives: str
    """With {who} and {time}."""
    departs: str
    """With {who}, {since} and {time}."""
    how_to_leave: str
    """What ends a visit that begins without the card."""
    just_recorded: str
    """With {who}, {since} and {again}: from when on they can be recorded again."""
    only_of_today: str
    """Where the roster of an earlier day is shown, and a forgotten card is about now."""
    not_in_the_past: str
    """Where nothing can be corrected: in the past, and on a home that is only read."""
    authenticated: str
    """In the head of the screen, with {who}, and the key that ends it."""
    which_coordinator: str
    no_coordinators: str
    """Where no coordinator has a PIN yet."""
    pin: str
    """With {who}."""
    wrong_pin: str
    check_out: str
    not_a_time: str
    needs_date: str
    reason: str
    no_reason: str
    minutes: str
    """With {before} and {after}."""
    no_duty: str
    """In place of an outcome, where the duty is new or gone."""
    outcome: str
    """With {shift}, {before} and {after}."""
    separator: str
    """Between an outcome and the minutes late and early."""
    case_raised: str
    """With {rule} and {dates}: the nightly run would raise a case."""
    case_withdrawn: str
    """With {rule} and {dates}: it would withdraw one."""
    award_gained: str
    """With {award}: it could be applied for today."""
    award_lost: str
    """With {award}: it could not be applied for any more."""
    shift_of_day: str
    """With {shift} and {day}, where that is another one than is shown."""
    family: str
    """With {name}."""
    team: str
    no_change: str
    confirm: str
    day_changed: str
    """Where the day changed between the preview and the confirmation."""
    applied: str
    refused: str
    """With {why}."""
    failed: str
    """Where the log or the people store cannot be read or written."""
    keys_text: str
    keys_choice: str
    keys_confirm: str
    keys_message: str
    refusals: Mapping[str, str]
    """The sentences of refusals, by the names of their classes."""


# --- A past day, played back ---

PlaybackState = Literal["playing", "standing", "over", "so_far"]
"""`over`: the end of the day is reached. `so_far`: the present of a day under way is reached."""


class PlaybackWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language."""

    title: str
    weekdays: str
    """Names of Monday to Sunday, separated by spaces."""
    next_day: str
    """Before a time after midnight, which still belongs to the service day."""
    states: Mapping[PlaybackState, str]
    ended: Mapping[PlaybackState, str]
    """The whole sentence where the playback has ended."""
    taps: str
    exceptions: str
    """With {number} and {count}."""
    kinds: Mapping[TimelineKind, str]
    more: str
    """With {count}: exceptions that came up at the same instant."""
    no_more_taps: str
    no_earlier_taps: str
    no_more_exceptions: str
    nothing_changes: str
    """Shown after a key that would change something on the live roster, or that has no meaning."""
    keys: str


# --- The roster and the muster list ---

Column = Literal["half_day", "time", "post", "number", "name", "state"]
CounterName = Literal["in", "expected", "late", "absent", "uncovered", "unplanned"]


class RosterWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language."""

    half_days: Mapping[HalfDay, str]
    columns: Mapping[Column, str]
    counters: Mapping[CounterName, str]
    states: Mapping[RosterState, str]
    """With {time}, {minutes} or {who}, where the state has one."""
    came_late: str
    """Behind a state; with {minutes}."""
    corrected: str
    """Behind a time that the desk recorded."""
    without_duty: str
    """In the column of half-days, for volunteers without a duty."""
    kinds: Mapping[PresenceKind, str]
    """In the column of posts, for volunteers who are in without a duty."""
    unassigned: str
    not_arrived: str
    """With {minutes}: since the duty began."""
    no_alerts: str
    """Where nothing needs a person, of today and of all days before."""
    no_alerts_of_day: str
    """Where nothing of the day that is shown needed a person; of others it is not known."""
    no_alerts_so_far: str
    """Where nothing needed a person yet, at the instant of a day that is played."""
    pending: str
    """With {count} and {counts}: what needs a person, of all days, and of each kind."""
    pending_kinds: Mapping[PendingKind, str]
    more: str
    """With {count}: alerts for which there is no room."""
    last_taps: str
    outcomes: Mapping[str, str]
    no_taps: str
    no_taps_of_day: str
    """The same of a day before today."""
    kiosks: str
    just_now: str
    minutes_ago: str
    hours_ago: str
    days_ago: str
    kiosk_silent: str
    """With {days}: the kiosk had no tap for longer than that."""
    nothing_today: str
    reading: str
    """Until the first view is there."""
    stalled: str
    """With {time}: the log cannot be read, and the screen is of that time."""
    terminal_too_small: str
    """With {columns} and {rows} that the screen wants."""
    earlier_day: str
    """With {day}: in place of the time, where the roster shows a day before today."""
    as_of: str
    """Beside the time where the screen shows the past."""
    search_for: str
    search_result: str
    """With {text}, {shown} and {all}."""
    keys: str
    keys_earlier: str
    """Of an earlier day of the live roster."""
    keys_past: str
    """As of an instant: nothing can be changed."""
    keys_played: str
    """Of a day that is played: likewise, and it is one day."""
    muster_keys: str
    muster_title: str
    present_count: str
    """With {count}: people who are in."""
    none_present: str
    muster_columns: Mapping[Literal["number", "name", "since", "where", "duty"], str]
    desk: str
    """In place of the kiosk, where the desk recorded the arrival."""
    signature: str
    unassigned_has_no_day: str
    """Shown after Enter on a duty without a volunteer."""
    day_keys: str
    """With {session_key}: one of the two that follow."""
    pin_key: str
    end_key: str
    day_keys_past: str
    """Where nothing can be changed."""
    explained: ExplainedWords
    corrections: CorrectionWords
