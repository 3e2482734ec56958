"""Looks at a home for the roster: follows the log, asks the read models, masks the names.

Rule: it changes nothing, and says nothing new while nothing is new. One thread at a time may look.
"""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from domain.spans import Second
from kiosk.home import Home
from kiosk.masking import Style, mask
from kiosk.roster.day.source import DaySeen, day_seen
from kiosk.roster.view_model import Duty, Gap, Inside, News, Person, Row, Seen, Tap
from kiosk.tui.plain_text import plain
from kiosk.words.roster_words import HalfDay
from projections.engine.views import Views
from projections.projectors.unit_rules import read_unit
from projections.read_models.last_taps import last_taps, news_of_kiosks
from projections.read_models.live_roster import Entry, Roster, Slot, live_roster
from projections.read_models.presence import presence

SIMULATION = "模擬 SIMULATION"
TAPS_SHOWN = 30
"""More than any screen has room for."""
NOON, EVENING = 12, 18
"""Hours at which the afternoon and the evening begin: a duty belongs where it starts."""
LONGEST_UNIT = 40


class Lookout:
    """Looks again and again, or once at what the log said at an instant."""

    def __init__(self, home: Home, views: Views | None = None, as_of: Second | None = None) -> None:
        """`views` and `as_of` go together: read models of the past."""
        self._home = home
        self._views = views or home.views
        self._as_of = as_of
        self._names = _Names(home)
        self._unit = plain(home.unit_name(), LONGEST_UNIT)
        self._known: tuple[int, int | None] | None = None

    def look(self) -> Seen | None:
        """What there is to see; None while it is what was seen before. Raises: LogError, Mistake."""
        now = None if self._home.simulation else self._home.now_second()
        known = (self._home.log.head().position, now and now // 60)
        if known == self._known or (self._as_of is not None and self._known is not None):
            return None
        self._names.forget_when(new_minute=self._known is None or known[1] != self._known[1])
        self._views.catch_up(now)
        seen = self._seen_at(self._as_of or now or self._views.reckoned_at)
        self._known = known
        return seen

    def look_at(self, now: Second) -> Seen:
        """What there is to see as of an instant. Raises: LogError, Mistake."""
        self._views.catch_up(None if self._home.simulation else self._home.now_second())
        return self._seen_at(now)

    def day(self, who: UUID, day: date) -> DaySeen:
        """A volunteer's day, explained. Raises: LogError, Mistake."""
        self._views.catch_up(None if self._home.simulation else self._home.now_second())
        return day_seen(self._home, self._views, (who, day), self._as_of, self._names.of)

    def last_instant(self) -> Second:
        """Now, or where the clock of a simulation or the past stands."""
        return self._as_of or self._home.now_second()

    def _seen_at(self, now: Second) -> Seen:
        unit = read_unit(self._home.log, self._as_of)
        roster = live_roster(self._views, self._home.log, unit.days, unit.policies, now)
        slots = {entry.slot.shift: entry.slot for entry in roster.entries if entry.slot}
        rows = sorted((self._row(entry, roster.day) for entry in roster.entries), key=_in_order)
        inside = [
            Inside(self._names.of(who), self._local(since), plain(kiosk), self._duty_said(slots.get(duty or "")))
            for who, since, kiosk, duty in presence(self._views, unit.days, unit.policies, now)
        ]
        return Seen(
            self._unit,
            SIMULATION if self._home.simulation else "",
            self._local(now),
            date.fromordinal(roster.day),
            self._as_of is not None,
            tuple(rows),
            tuple(self._gaps(roster)),
            tuple(self._taps(roster.day, now)),
            tuple(self._news(roster.day, now)),
            tuple(sorted(inside)),
        )

    # --- The roster ---

    def _row(self, entry: Entry, day: int) -> Row:
        slot, who = entry.slot, entry.volunteer
        return Row(
            f"{slot.shift if slot else ''}/{who or ''}",
            self._duty(slot, day) if slot else None,
            self._names.of(who) if who else None,
            entry.state,
            None if entry.at is None else self._local(entry.at),
            entry.late_minutes,
            self._names.of(entry.taker) if entry.taker else None,
            entry.kind,
            who,
        )

    def _gaps(self, roster: Roster) -> Iterator[Gap]:
        for slot in roster.uncovered:
            awaited = [e.volunteer for e in roster.entries if e.slot == slot and e.state in ("late", "expected")]
            yield Gap(self._duty(slot, roster.day), tuple(self._names.of(who) for who in awaited if who))

    def _duty(self, slot: Slot, day: int) -> Duty:
        start = self._local(slot.start)
        return Duty(half_day_of(start, date.fromordinal(day)), start, self._local(slot.end), plain(slot.post or ""))

    def _duty_said(self, slot: Slot | None) -> str:
        if slot is None:
            return ""
        return f"{self._local(slot.start):%H:%M}-{self._local(slot.end):%H:%M} {plain(slot.post or '')}".strip()

    # --- Taps and kiosks ---

    def _taps(self, day: int, now: Second) -> Iterator[Tap]:
        for tap in last_taps(self._views, self._home.log, day, now, TAPS_SHOWN):
            yield Tap(self._local(tap.at), self._names.of(tap.volunteer) if tap.volunteer else None, tap.outcome)

    def _news(self, day: int, now: Second) -> Iterator[News]:
        heard = news_of_kiosks(self._views, day, now)
        settings = self._home.settings
        for kiosk in dict.fromkeys((settings.kiosk, *settings.other_kiosks, *heard)):
            yield News(plain(kiosk), self._local(heard[kiosk]) if kiosk in heard else None)

    def _local(self, at: Second) -> datetime:
        return datetime.fromtimestamp(at, self._home.zone)


class _Names:
    """Masked names and numbers, asked of the people store once a minute each."""

    def __init__(self, home: Home) -> None:
        self._people = home.people
        self._style: Style = home.settings.masking
        self._known: dict[UUID, Person] = {}

    def forget_when(self, *, new_minute: bool) -> None:
        if new_minute:
            self._known.clear()

    def of(self, who: UUID) -> Person:
        if who not in self._known:
            name = self._people.name_of(who)
            masked = plain(mask(name, self._style)) if name else ""
            self._known[who] = Person(plain(self._people.number_of(who) or ""), masked)
        return self._known[who]


def half_day_of(start: datetime, day: date) -> HalfDay:
    """The half-day of a service day that a duty belongs to, by the local time of its start."""
    if start.hour >= EVENING or start.date() > day:
        return "evening"
    return "morning" if start.hour < NOON else "afternoon"


_HALF_DAYS: tuple[HalfDay, ...] = ("morning", "afternoon", "evening")


def _in_order(row: Row) -> tuple[object, ...]:
    """By half-day, post and start; whoever came without a duty stands at the end, as they came."""
    if row.duty is None:
        return (len(_HALF_DAYS),)
    half_day = _HALF_DAYS.index(row.duty.half_day)
    return (half_day, row.duty.post, row.duty.start, row.person or ("", ""), row.key)
