"""The roster's source over a home: follows the log, queries the read models, masks the names.

Rule: it changes nothing, and builds a view only when the log or the minute has changed. One thread at a time.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from domain.calendar import HALF_DAYS, find_half_day
from domain.ids import compose
from domain.policy import Policies
from domain.spans import Second
from kiosk.home import Home
from kiosk.roster.day.source import load_day_view
from kiosk.roster.pending_list import PendingList
from kiosk.roster.table import MOST_NAME
from kiosk.roster.view_model import DayView, Duty, KioskLastSeen, Person, Present, RosterView, Row, Tap, UncoveredDuty
from kiosk.text.masking import Style, mask
from kiosk.text.sanitise import sanitise
from kiosk.views_repair import run_repaired
from kiosk.words.reports import ScreenText
from projections.engine.views import Views
from projections.projectors.unit_rules import read_unit
from projections.read_models.last_taps import find_last_tap_by_kiosk, list_last_taps
from projections.read_models.live_roster import LiveRoster, RosterEntry, Slot, build_live_roster
from projections.read_models.pending_work import PendingKind, count_pending
from projections.read_models.presence import list_present

SIMULATION = ScreenText.SIMULATION
TAPS_SHOWN = 30
"""Taps in a view: more than any screen has room for."""
LONGEST_UNIT = 40


class HomeRosterSource:
    """A `RosterSource`, `DaySource` and `EarlierDaySource`: live, or of what the log said at an instant."""

    def __init__(
        self, home: Home, views: Views | None = None, as_of: Second | None = None, banner: str | None = None
    ) -> None:
        """`views` and `as_of` go together: read models of the past. `banner`: by default whether it is a simulation."""
        self._banner = (SIMULATION if home.simulation else "") if banner is None else banner
        self._home = home
        self._views = views or home.views
        self._as_of = as_of
        self._names = _MaskedNames(home)
        self._unit = sanitise(home.read_unit_name(), LONGEST_UNIT)
        self._last_polled: tuple[int, int | None] | None = None
        self.pending = PendingList(home.log, self._views)

    def poll(self) -> RosterView | None:
        """The view of now; None while it is the same as at the last call. Raises: LogError, UserError."""
        now = None if self._home.simulation else self._home.now_second()
        known = (self._home.log.head().position, now and now // 60)
        if known == self._last_polled or (self._as_of is not None and self._last_polled is not None):
            return None
        self._names.expire_when(new_minute=self._last_polled is None or known[1] != self._last_polled[1])
        self._views.catch_up(now)
        view = run_repaired(self._home, lambda: self._build_view(self._as_of or now or self._views.evaluated_at))
        self._last_polled = known
        return view

    def load_view_at(self, now: Second) -> RosterView:
        """The view of an instant. Raises: LogError, UserError."""
        self._views.catch_up(None if self._home.simulation else self._home.now_second())
        return run_repaired(self._home, lambda: self._build_view(now))

    def load_roster(self, day: date) -> RosterView:
        """The roster at the last second of a service day, by what is known now. Raises: LogError, UserError."""
        ends = read_unit(self._home.log, self._as_of).days.end(day.toordinal())
        return self.load_view_at(ends - 1)._replace(earlier=True)

    def load_day(self, volunteer_id: UUID, day: date) -> DayView:
        """A volunteer's day, explained. Raises: LogError, UserError."""
        self._views.catch_up(None if self._home.simulation else self._home.now_second())
        return run_repaired(
            self._home,
            lambda: load_day_view(self._home, self._views, (volunteer_id, day), self._as_of, self._names.find),
        )

    def last_instant(self) -> Second:
        """Now, or where the clock of a simulation or the past stands."""
        return self._as_of or self._home.now_second()

    def _build_view(self, now: Second) -> RosterView:
        unit = read_unit(self._home.log, self._as_of)
        roster = build_live_roster(self._views, self._home.log, unit.days, unit.policies, now)
        slots = {entry.slot.shift: entry.slot for entry in roster.entries if entry.slot}
        rows = sorted((self._build_row(entry, roster.day) for entry in roster.entries), key=_sort_key)
        present = [
            Present(
                self._names.find(volunteer),
                self._to_local(since),
                sanitise(kiosk),
                self._format_duty(slots.get(duty or "")),
            )
            for volunteer, since, kiosk, duty in list_present(self._views, unit.days, unit.policies, now)
        ]
        view = RosterView(
            self._unit,
            self._banner,
            self._to_local(now),
            date.fromordinal(roster.day),
            self._as_of is not None,
            tuple(rows),
            tuple(self._list_uncovered(roster)),
            tuple(self._list_taps(roster.day, now)),
            tuple(self._list_kiosks(roster.day, now)),
            tuple(sorted(present)),
            self._count_pending(unit.policies),
        )
        return distinguish_namesakes(view)

    def _count_pending(self, policies: Policies) -> Mapping[PendingKind, int] | None:
        """What needs a person, of all days."""
        return count_pending(self.pending.load(policies))

    # --- The roster ---

    def _build_row(self, entry: RosterEntry, day: int) -> Row:
        slot, volunteer = entry.slot, entry.volunteer
        return Row(
            f"{slot.shift if slot else ''}/{volunteer or ''}",
            self._build_duty(slot, day) if slot else None,
            self._names.find(volunteer) if volunteer else None,
            entry.state,
            None if entry.at is None else self._to_local(entry.at),
            entry.late_minutes,
            self._names.find(entry.taker) if entry.taker else None,
            entry.kind,
            volunteer,
            entry.is_corrected,
        )

    def _list_uncovered(self, roster: LiveRoster) -> Iterator[UncoveredDuty]:
        for slot in roster.uncovered:
            awaited = [e.volunteer for e in roster.entries if e.slot == slot and e.state in ("late", "expected")]
            yield UncoveredDuty(
                self._build_duty(slot, roster.day),
                tuple(self._names.find(volunteer) for volunteer in awaited if volunteer),
            )

    def _build_duty(self, slot: Slot, day: int) -> Duty:
        start = self._to_local(slot.start)
        return Duty(
            find_half_day(start, date.fromordinal(day)), start, self._to_local(slot.end), sanitise(slot.post or "")
        )

    def _format_duty(self, slot: Slot | None) -> str:
        if slot is None:
            return ""
        return (
            f"{self._to_local(slot.start):%H:%M}-{self._to_local(slot.end):%H:%M} {sanitise(slot.post or '')}".strip()
        )

    # --- Taps and kiosks ---

    def _list_taps(self, day: int, now: Second) -> Iterator[Tap]:
        for tap in list_last_taps(self._views, self._home.log, day, now, TAPS_SHOWN):
            yield Tap(self._to_local(tap.at), self._names.find(tap.volunteer) if tap.volunteer else None, tap.outcome)

    def _list_kiosks(self, day: int, now: Second) -> Iterator[KioskLastSeen]:
        last_taps = find_last_tap_by_kiosk(self._views, day, now)
        for kiosk in dict.fromkeys((*self._home.place.list_all(), *last_taps)):
            yield KioskLastSeen(sanitise(kiosk), self._to_local(last_taps[kiosk]) if kiosk in last_taps else None)

    def _to_local(self, at: Second) -> datetime:
        return datetime.fromtimestamp(at, self._home.zone)


class _MaskedNames:
    """Masked names and numbers, read from the people store once a minute each, and again when it was written to."""

    def __init__(self, home: Home) -> None:
        self._people = home.people
        self._style: Style = home.settings.masking
        self._known: dict[UUID, Person] = {}
        self._version = home.people.read_version()

    def expire_when(self, *, new_minute: bool) -> None:
        version = self._people.read_version()
        if new_minute or version != self._version:
            self._known.clear()
        self._version = version

    def find(self, volunteer_id: UUID) -> Person:
        if volunteer_id not in self._known:
            name = self._people.find_name(volunteer_id)
            masked = sanitise(mask(name, self._style)) if name else ""
            self._known[volunteer_id] = Person(sanitise(self._people.find_number(volunteer_id) or ""), masked)
        return self._known[volunteer_id]


# --- Namesakes ---

FEWEST_CHARACTERS, MOST_CHARACTERS = 2, 8
"""Of a number, behind a name that another volunteer in the view has as well."""


def distinguish_namesakes(view: RosterView) -> RosterView:
    """The view with the last characters of the number behind each masked name that is read alike of two volunteers."""
    apart = _distinguish_names(_list_people(view))
    return view._replace(
        rows=tuple(
            row._replace(person=apart.get(row.person, row.person), taker=apart.get(row.taker, row.taker))
            for row in view.rows
        ),
        uncovered=tuple(
            duty._replace(awaited=tuple(apart.get(one) or one for one in duty.awaited)) for duty in view.uncovered
        ),
        taps=tuple(tap._replace(person=apart.get(tap.person, tap.person)) for tap in view.taps),
        present=tuple(one._replace(person=apart.get(one.person) or one.person) for one in view.present),
    )


def _list_people(view: RosterView) -> set[Person]:
    people = {row.person for row in view.rows} | {row.taker for row in view.rows} | {tap.person for tap in view.taps}
    people |= {one for duty in view.uncovered for one in duty.awaited} | {one.person for one in view.present}
    return {person for person in people if person and person.name}


def _distinguish_names(people: set[Person]) -> dict[Person | None, Person]:
    alike: defaultdict[str, set[Person]] = defaultdict(set)
    for person in people:
        alike[compose(person.name)].add(person)
    return {
        person: person._replace(name=f"{sanitise(person.name, MOST_NAME - length - 1)} {person.number[-length:]}")
        for group in alike.values()
        if len(group) > 1 and (length := _find_length(group))
        for person in group
    }


def _find_length(namesakes: set[Person]) -> int:
    """How many of the last characters of their numbers tell all of them apart."""
    lengths = range(FEWEST_CHARACTERS, MOST_CHARACTERS)
    return next((n for n in lengths if len({one.number[-n:] for one in namesakes}) == len(namesakes)), MOST_CHARACTERS)


def _sort_key(row: Row) -> tuple[object, ...]:
    """By half-day, post and start; volunteers without a duty stand at the end, in order of arrival."""
    if row.duty is None:
        return (len(HALF_DAYS),)
    half_day = HALF_DAYS.index(row.duty.half_day)
    return (half_day, row.duty.post, row.duty.start, row.person or ("", ""), row.key)
