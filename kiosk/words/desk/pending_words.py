"""The typed word table of the pages of pending work, filled in once a language. Braces stand for values."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingWords:
    """The words of one language. The mappings are by the kinds of rows, or by the names of settlements and fields."""

    title: str
    nothing: str
    all_kinds: str
    show_all: str
    """With {count}."""
    previous: str
    following: str
    lines: Mapping[str, str]
    """What a row says, with {time}, {kiosk}, {taps}, {reason} and {rule}."""
    stories: Mapping[str, str]
    """What happened, in whole sentences; with the same."""
    credited_without_check_out: str
    """The story of a visit without check-out that is credited to the end of its duty, with {time} and {minutes}."""
    explain_day: str
    offers: Mapping[str, str]
    """With what the offer names: {time}, {times}, {shift}."""
    hints: Mapping[str, str]
    buttons: Mapping[str, str]
    labels: Mapping[str, str]
    misuse_kinds: Mapping[str, str]
    time_hint: str
    volunteer_hint: str
    faults: Mapping[str, str]
    reason: str
    reason_hint: str
    ready_reason: str
    """For the end of a duty."""
    preview: str
    preview_title: str
    confirm: str
    moved_later: str
    """With {taps} and {duration}: what a corrected clock does to taps."""
    moved_earlier: str
    back: str
    refused: str
    """With {reason}."""
    open_case: str
    issue_card: str
    issue_hint: str
    show_person: str
    settled_title: str
    settled: str
    """With {who}, {time} and {what}."""
    settled_somehow: str
    too_late: str
    """To one who may correct only what is not older than the correction window."""
    done: str
    """With {what}."""
    done_title: str
    no_done: str
    acts: Mapping[str, str]
    undo: str
    undo_reason: str
    undone: str
    trouble: str
    """With {count}: checks that are not all right."""
    show_state: str
