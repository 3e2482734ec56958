"""What the screens and reports of the staff must be able to say, whatever the language: one table a subject.

The rule: a missing word is a type error. A state is a word, so that it can be read without its colour. Braces stand for
times, numbers and people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.log.lenient import UndecodableReason
from projections.evaluation.evaluate import VisitStatus
from projections.evaluation.outcomes import Outcome
from projections.evaluation.reasons import Reason
from projections.evaluation.windows import AccountKind
from projections.playback.timeline import TimelineKind
from projections.read_models.audit_trail import AuditKind
from projections.read_models.live_roster import PresenceKind, RosterState

# --- A volunteer's day, explained ---

Head = Literal["duty", "deed", "tap", "clock", "illegible", "visit", "total", "policy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedWords:
    """The words of one language."""

    language: Literal["zh-TW", "en"]
    heads: Mapping[Head, str]
    """What kind of line it is."""
    outcomes: Mapping[Outcome, str]
    late: str
    """With {minutes}."""
    early: str
    taps: Mapping[str, str]
    clock_behind: str
    """With {by} and {at}: a tap on a clock that was put right."""
    clock_ahead: str
    clock_waits: str
    """With {boot}: nobody knows yet by how much that clock was wrong."""
    duration: str
    """With {hours} and {minutes}."""
    undecodable: Mapping[UndecodableReason, str]
    """With {name}: an event that bears on the day."""
    statuses: Mapping[VisitStatus, str]
    credited: str
    """With {minutes}: what a visit is worth."""
    corrected: str
    audit_trail: Mapping[AuditKind, str]
    """With {shift}, {start}, {end} or {other}, where the deed has one."""
    reasons: Mapping[Reason, str]
    """Why a minute is not credited."""
    credit_reasons: Mapping[AccountKind, str]
    """Why a minute is credited, by the kind of window it lies in."""
    by: str
    """With {who}."""
    reason: str
    """With {text}."""
    reason_hidden: str
    """Where everybody may read the screen."""
    reason_erased: str
    total: str
    """With {minutes} of the whole day."""
    default_policy: str
    nothing: str
    separator: str
    """Between two parts of a line."""


# --- Corrections at the roster ---

CorrectionKind = Literal["close", "excuse", "void"]
"""What a coordinator may settle at the roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionWords:
    """The words of one language."""

    titles: Mapping[CorrectionKind, str]
    nothing: Mapping[CorrectionKind, str]
    """Where the day has nothing of the kind."""
    which: str
    not_in_the_past: str
    authenticated: str
    """In the head of the screen, with {who}, and the key that ends it."""
    who: str
    nobody: str
    """Where nobody has a PIN yet."""
    pin: str
    """With {who}."""
    wrong: str
    check_out: str
    no_time: str
    reason: str
    no_reason: str
    minutes: str
    """With {before} and {after}."""
    outcome: str
    """With {shift}, {before} and {after}."""
    raises: str
    """With {rule} and {dates}: the night would raise a case."""
    withdraws: str
    """With {rule} and {dates}: it would find no grounds any more."""
    no_change: str
    confirm: str
    changed: str
    """Where the day became another between the question and the answer."""
    done: str
    refused: str
    """With {why}."""
    failed: str
    """Where the log or the people store cannot be read or written."""
    keys_text: str
    keys_choice: str
    keys_confirm: str
    keys_message: str
    refusals: Mapping[str, str]
    """The sentences of refusals, by their names."""


# --- A past day, played back ---

PlaybackState = Literal["playing", "standing", "over", "so_far"]
"""`over`: it has come to the end of the day. `so_far`: to the end of what is known of a day under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackWords:
    """The words of one language."""

    title: str
    weekdays: str
    """Names of Monday to Sunday, one behind the other, between spaces."""
    next_day: str
    """Before a time after midnight, which still belongs to the service day."""
    states: Mapping[PlaybackState, str]
    ended: Mapping[PlaybackState, str]
    """What is said in full where it has ended."""
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
    """Said to whoever presses a key that would change something elsewhere, or none that is known."""
    keys: str


# --- The report of a night ---


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The words of one language."""

    title: str
    """With {date} and {roc}."""
    needed: str
    nothing_needed: str
    sections: Mapping[str, str]
    totals: str
    figures: Mapping[str, str]
    quiet: str
    head: str
    """With {head}."""


# --- The roster and the muster list ---

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
