"""What the roster says: the words and marks of every line, in one language.

Rule: a state is a mark and a word; the look that goes with it repeats them in colour and adds nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from kiosk.roster.view_model import Duty, Gap, News, Row, Seen, Tap
from kiosk.words.roster_words import Column, RosterWords
from projections.read_models.last_taps import NEWS_DAYS
from projections.read_models.live_roster import State

Look = Literal["well", "calm", "waiting", "warning", "alarm"]
"""How a line looks: `well` is in, `waiting` is expected, `warning` wants an eye, `alarm` a person."""

LOOKS: dict[State, Look] = {
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
MARKS: dict[State, str] = {
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
UNPLANNED, GAP = "*", "!!"
"""ASCII throughout: the width of other marks depends on the terminal's font."""
ACCEPTED = frozenset({"checked_in", "checked_out", "repeated"})
"""Taps that need nobody; the others are looked into at the desk."""


class Line(NamedTuple):
    """A line of the table: its cells, and how the state looks."""

    key: str
    cells: dict[Column, str]
    look: Look


class Note(NamedTuple):
    """A line of text, and how it looks."""

    text: str
    look: Look


# --- The table ---


def lines(rows: Iterable[Row], words: RosterWords) -> Iterator[Line]:
    """The rows as the table has them."""
    for row in rows:
        yield _line(row, words)


def _line(row: Row, words: RosterWords) -> Line:
    cells: dict[Column, str] = {
        "half_day": words.half_days[row.duty.half_day] if row.duty else words.others,
        "time": _span(row.duty) if row.duty else "",
        "post": row.duty.post if row.duty else words.kinds[row.kind],
        "number": row.person.number if row.person else "",
        "name": row.person.name if row.person else "",
        "state": _state(row, words),
    }
    return Line(row.key, cells, _look(row))


def _state(row: Row, words: RosterWords) -> str:
    word = words.states[row.state].format(
        time=f"{row.at:%H:%M}" if row.at else "",
        minutes=row.late_minutes,
        who=row.taker.said if row.taker else "-",
    )
    mark = UNPLANNED if _is_unplanned(row) else MARKS[row.state]
    came_late = row.late_minutes and row.state != "late"
    parts = (mark, word, words.came_late.format(minutes=row.late_minutes) if came_late else "")
    return " ".join(part for part in parts if part)


def _look(row: Row) -> Look:
    return "warning" if _is_unplanned(row) else LOOKS[row.state]


def _is_unplanned(row: Row) -> bool:
    return row.kind == "unplanned" and row.state == "here"


def _span(duty: Duty) -> str:
    return f"{duty.start:%H:%M}-{duty.end:%H:%M}"


# --- Above it ---


def counters(seen: Seen, words: RosterWords) -> list[Note]:
    """How many of each; a count that wants an eye is noticed only above 0."""
    of = Counter(row.state for row in seen.rows)
    unplanned = sum(map(_is_unplanned, seen.rows))
    named = words.counters
    return [
        Note(f"{named['in']} {len(seen.inside)}", "well"),
        Note(f"{named['expected']} {of['expected']}", "waiting"),
        Note(f"{named['late']} {of['late']}", "warning" if of["late"] else "calm"),
        Note(f"{named['absent']} {of['absent']}", "alarm" if of["absent"] else "calm"),
        Note(f"{named['uncovered']} {len(seen.gaps)}", "alarm" if seen.gaps else "calm"),
        Note(f"{named['unplanned']} {unplanned}", "warning" if unplanned else "calm"),
    ]


def needs(seen: Seen, words: RosterWords, room: int) -> list[Note]:
    """What needs a person, in no more lines than there is room for: duties that nobody does come first."""
    notes = [Note(_gap(gap, seen.now, words), "alarm") for gap in seen.gaps]
    told = {(gap.duty, person) for gap in seen.gaps for person in gap.awaited}
    for state in ("late", "no_check_out"):
        missing = (row for row in seen.rows if row.state == state and (row.duty, row.person) not in told)
        notes += [Note(_person(row, words), "warning") for row in missing]
    if not notes:
        return [Note(words.all_well if seen.rows else words.nothing_today, "calm")]
    if len(notes) > room:
        left_out = len(notes) - room + 1
        return [*notes[: room - 1], Note(f"   {words.more.format(count=left_out)}", notes[room - 1].look)]
    return notes


def _gap(gap: Gap, now: datetime, words: RosterWords) -> str:
    minutes = int((now - gap.duty.start).total_seconds()) // 60
    what = words.nobody_came.format(minutes=minutes) if gap.awaited else words.nobody_responsible
    who = ", ".join(person.said for person in gap.awaited)
    return "  ".join(part for part in (GAP, what, _duty(gap.duty), who) if part)


def _person(row: Row, words: RosterWords) -> str:
    mark, _, word = _state(row, words).partition(" ")
    who = row.person.said if row.person else ""
    return "  ".join(part for part in (f"{mark:2}", word, row.duty and _duty(row.duty), who) if part)


def _duty(duty: Duty) -> str:
    return f"{_span(duty)} {duty.post}".strip()


# --- Beside it ---


def taps(seen: Seen, words: RosterWords, room: int) -> list[Note]:
    """The last taps, the latest first."""
    shown = [Note(_tap(tap, seen.now, words), _look_of_tap(tap)) for tap in seen.taps[:room]]
    return shown or [Note(words.no_taps, "calm")]


def _tap(tap: Tap, now: datetime, words: RosterWords) -> str:
    when = f"{tap.at:%H:%M}" if tap.at.date() == now.date() else f"{tap.at:%m-%d %H:%M}"
    return "  ".join((when, words.outcomes[tap.outcome], tap.person.said if tap.person else "")).rstrip()


def _look_of_tap(tap: Tap) -> Look:
    return "calm" if tap.outcome in ACCEPTED else "warning"


def news(heard: Sequence[News], now: datetime, words: RosterWords) -> list[str]:
    """How old the last news of each kiosk is."""
    return [f"{one.kiosk} {_age(one.last, now, words)}" for one in heard]


def _age(last: datetime | None, now: datetime, words: RosterWords) -> str:
    if last is None:
        return words.no_news.format(days=NEWS_DAYS)
    minutes = int((now - last).total_seconds()) // 60
    if minutes < 1:
        return words.just_now
    if minutes < 60:
        return words.minutes_ago.format(count=minutes)
    if minutes < 24 * 60:
        return words.hours_ago.format(count=minutes // 60)
    return words.days_ago.format(count=minutes // (24 * 60))
