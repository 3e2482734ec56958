"""The lines of the roster as text: words and marks, in one language.

Rule: a state is a mark and a word; its style repeats them in colour and adds nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from rich.cells import cell_len

from kiosk.roster.view_model import Duty, KioskLastSeen, RosterView, Row, Tap, UncoveredDuty
from kiosk.tui.text import StyledLine, StyleName
from kiosk.words.staff_words import Column, RosterWords
from projections.read_models.last_taps import LAST_TAP_DAYS
from projections.read_models.live_roster import RosterState

STATE_STYLES: dict[RosterState, StyleName] = {
    "here": "well",
    "left": "calm",
    "no_check_out": "warning",
    "expected": "waiting",
    "late": "warning",
    "absent": "alarm",
    "on_leave": "calm",
    "handed_over": "calm",
    "cancelled": "calm",
    "vacant": "alarm",
}
MARKS: dict[RosterState, str] = {
    "here": "+",
    "left": "-",
    "no_check_out": "?",
    "expected": "~",
    "late": "!",
    "absent": "x",
    "on_leave": "/",
    "handed_over": ">",
    "cancelled": "=",
    "vacant": "!!",
}
UNPLANNED, GAP, LEFT_OUT = "*", "!!", ".."
"""ASCII throughout: the width of other marks depends on the terminal's font."""
ACCEPTED = frozenset({"checked_in", "checked_out", "repeated"})
"""Outcomes of taps that need no attention."""


class RosterLine(NamedTuple):
    """A line of the table: its cells, and the style of its state."""

    key: str
    cells: dict[Column, str]
    style: StyleName


# --- The table ---


def format_lines(rows: Iterable[Row], words: RosterWords) -> Iterator[RosterLine]:
    """The rows as the table has them."""
    for row in rows:
        yield _format_line(row, words)


def _format_line(row: Row, words: RosterWords) -> RosterLine:
    cells: dict[Column, str] = {
        "half_day": words.half_days[row.duty.half_day] if row.duty else words.without_duty,
        "time": _format_span(row.duty) if row.duty else "",
        "post": row.duty.post if row.duty else words.kinds[row.kind],
        "number": row.person.number if row.person else "",
        "name": row.person.name if row.person else "",
        "state": _format_state(row, words),
    }
    return RosterLine(row.key, cells, _choose_style(row))


def _format_state(row: Row, words: RosterWords) -> str:
    word = words.states[row.state].format(
        time=f"{row.at:%H:%M}" if row.at else "",
        minutes=row.late_minutes,
        who=row.taker.label if row.taker else "-",
    )
    mark = UNPLANNED if _is_unplanned(row) else MARKS[row.state]
    came_late = row.late_minutes and row.state != "late"
    late = words.came_late.format(minutes=row.late_minutes) if came_late else ""
    parts = (mark, word, words.corrected if row.is_corrected else "", late)
    return " ".join(part for part in parts if part)


def _choose_style(row: Row) -> StyleName:
    return "warning" if _is_unplanned(row) else STATE_STYLES[row.state]


def _is_unplanned(row: Row) -> bool:
    return row.kind == "unplanned" and row.state == "here"


def _format_span(duty: Duty) -> str:
    return f"{duty.start:%H:%M}-{duty.end:%H:%M}"


# --- Above it ---


def format_clock(view: RosterView, words: RosterWords) -> str:
    """The time of what is shown; of a day before, that day, and as of which instant where it is not now."""
    if not view.earlier:
        return f"{f'{words.as_of} ' if view.past else ''}{view.now:%Y-%m-%d %H:%M}"
    day, at = words.earlier_day.format(day=view.day), view.recorded_by
    if at is None:
        return day
    year = "" if at.year == view.day.year else f"{at.year}-"
    return f"{day} {words.as_of} {year}{at:%m-%d %H:%M}"


def format_counters(view: RosterView, words: RosterWords, room: int) -> tuple[list[StyledLine], str]:
    """How many of each, and what stands between two; a count that needs attention stands out above 0."""
    counters = list(_list_counters(view, words, words.counters["unplanned"]))
    if sum(cell_len(counter.text) + 2 for counter in counters) - 2 <= room:
        return counters, "  "
    return list(_list_counters(view, words, words.kinds["unplanned"])), " "


def _list_counters(view: RosterView, words: RosterWords, unplanned_label: str) -> Iterator[StyledLine]:
    of = Counter(row.state for row in view.rows)
    unplanned = sum(map(_is_unplanned, view.rows))
    labels = words.counters
    yield StyledLine(f"{labels['in']} {len(view.present)}", "well")
    yield StyledLine(f"{labels['expected']} {of['expected']}", "waiting")
    yield StyledLine(f"{labels['late']} {of['late']}", "warning" if of["late"] else "calm")
    yield StyledLine(f"{labels['absent']} {of['absent']}", "alarm" if of["absent"] else "calm")
    yield StyledLine(f"{labels['uncovered']} {len(view.uncovered)}", "alarm" if view.uncovered else "calm")
    yield StyledLine(f"{unplanned_label} {unplanned}", "warning" if unplanned else "calm")


def format_alerts(view: RosterView, words: RosterWords, room: int, columns: int) -> list[StyledLine]:
    """What needs a person: of today in at most `room` lines, uncovered duties first; then the sum of all days."""
    alerts = _list_alerts_of_today(view, words, room, columns)
    if view.pending:
        head = words.pending.format(count=sum(view.pending.values()), counts="")
        counts = [f"{words.pending_kinds[kind]} {count}" for kind, count in view.pending.items()]
        alerts.append(StyledLine(_join_as_fits(head, counts, "  ", columns), "warning"))
    if alerts:
        return alerts
    is_played = view.pending is None and view.past and not view.earlier
    of_day = words.no_alerts_so_far if is_played else words.no_alerts_of_day
    nothing = of_day if view.pending is None else words.no_alerts
    return [StyledLine(nothing if view.rows or view.earlier else words.nothing_today, "calm")]


def _list_alerts_of_today(view: RosterView, words: RosterWords, room: int, columns: int) -> list[StyledLine]:
    alerts = [StyledLine(_format_uncovered(gap, view.now, words, columns), "alarm") for gap in view.uncovered]
    listed = {(gap.duty, person) for gap in view.uncovered for person in gap.awaited}
    for state in ("late", "no_check_out"):
        missing = (row for row in view.rows if row.state == state and (row.duty, row.person) not in listed)
        alerts += [StyledLine(_format_missing(row, words), "warning") for row in missing]
    if len(alerts) > room:
        left_out = len(alerts) - room + 1
        return [*alerts[: room - 1], StyledLine(f"   {words.more.format(count=left_out)}", alerts[room - 1].style)]
    return alerts


def _join_as_fits(head: str, parts: Sequence[str], between: str, columns: int) -> str:
    """A head and the parts behind it, as many as have room; `LEFT_OUT` stands for the others."""
    for shown in range(len(parts), 0, -1):
        rest = (LEFT_OUT,) if shown < len(parts) else ()
        line = head + between.join((*parts[:shown], *rest))
        if cell_len(line) <= columns:
            return line
    return f"{head}{LEFT_OUT}"


def _format_uncovered(gap: UncoveredDuty, now: datetime, words: RosterWords, columns: int) -> str:
    minutes = int((now - gap.duty.start).total_seconds()) // 60
    what = words.not_arrived.format(minutes=minutes) if gap.awaited else words.unassigned
    head = "  ".join((GAP, what, _format_duty(gap.duty)))
    awaited = [person.label for person in gap.awaited]
    return _join_as_fits(f"{head}  ", awaited, ", ", columns) if awaited else head


def _format_missing(row: Row, words: RosterWords) -> str:
    mark, _, word = _format_state(row, words).partition(" ")
    who = row.person.label if row.person else ""
    return "  ".join(part for part in (f"{mark:2}", word, row.duty and _format_duty(row.duty), who) if part)


def _format_duty(duty: Duty) -> str:
    return f"{_format_span(duty)} {duty.post}".strip()


# --- Beside it ---


def format_taps(view: RosterView, words: RosterWords, room: int) -> list[StyledLine]:
    """The last taps, the latest first."""
    shown = [StyledLine(_format_tap(tap, view.now, words), _choose_tap_style(tap)) for tap in view.taps[:room]]
    return shown or [StyledLine(words.no_taps_of_day if view.earlier else words.no_taps, "calm")]


def _format_tap(tap: Tap, now: datetime, words: RosterWords) -> str:
    when = f"{tap.at:%H:%M}" if tap.at.date() == now.date() else f"{tap.at:%m-%d %H:%M}"
    return "  ".join((when, words.outcomes[tap.outcome], tap.person.label if tap.person else "")).rstrip()


def _choose_tap_style(tap: Tap) -> StyleName:
    return "calm" if tap.outcome in ACCEPTED else "warning"


def format_kiosks(kiosks: Sequence[KioskLastSeen], now: datetime, words: RosterWords) -> list[str]:
    """Each kiosk with the age of its last tap."""
    return [f"{kiosk.kiosk} {_format_age(kiosk.last, now, words)}" for kiosk in kiosks]


def _format_age(last: datetime | None, now: datetime, words: RosterWords) -> str:
    if last is None:
        return words.kiosk_silent.format(days=LAST_TAP_DAYS)
    minutes = int((now - last).total_seconds()) // 60
    if minutes < 1:
        return words.just_now
    if minutes < 60:
        return words.minutes_ago.format(count=minutes)
    if minutes < 24 * 60:
        return words.hours_ago.format(count=minutes // 60)
    return words.days_ago.format(count=minutes // (24 * 60))
