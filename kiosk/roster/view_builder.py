"""The roster's view, built out of read models and names: local times, masked names, harmless text.

Rule: it asks rows alone and loads no stream of the log, so that a roster that stands is there at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.calendar import HALF_DAYS, find_half_day
from domain.ids import compose
from domain.log.standing_log import LogToRead
from domain.spans import Second
from kiosk.roster.table import MOST_NAME
from kiosk.roster.view_model import Duty, KioskLastSeen, Person, Present, RosterView, Row, Tap, UncoveredDuty
from kiosk.text.masking import Style, mask
from kiosk.text.sanitise import sanitise
from projections.engine.noted_policies import RulesInForce
from projections.engine.row_source import RowSource
from projections.read_models.last_taps import find_last_tap_by_kiosk, list_last_taps
from projections.read_models.live_roster import LiveRoster, RosterEntry, Slot, build_live_roster
from projections.read_models.presence import list_present

TAPS_SHOWN = 30
"""Taps in a view: more than any screen has room for."""


def mask_person(number: str | None, name: str | None, style: Style) -> Person:
    """A volunteer as a public screen names them."""
    return Person(sanitise(number or ""), sanitise(mask(name, style)) if name else "")


class RosterViewBuilder:
    """Builds the views of one home."""

    def __init__(self, views: RowSource, log: LogToRead, zone: ZoneInfo, find_person: Callable[[UUID], Person]) -> None:
        """Of a home in a zone; `find_person` masks."""
        self._views = views
        self._log = log
        self._zone = zone
        self._find_person = find_person

    def build(self, rules: RulesInForce, now: Second, kiosks: Iterable[str] = ()) -> RosterView:
        """The view of an instant, with the last taps at these kiosks and at any other that was heard of.

        The views are caught up. Of which unit it is, and what needs a person, is left to the caller.
        """
        roster = build_live_roster(self._views, self._log, rules.days, rules.policies, now)
        slots = {entry.slot.shift: entry.slot for entry in roster.entries if entry.slot}
        rows = sorted((self._build_row(entry, roster.day) for entry in roster.entries), key=_sort_key)
        present = [
            Present(
                self._find_person(volunteer),
                self.to_local(since),
                sanitise(kiosk),
                self._format_duty(slots.get(duty or "")),
            )
            for volunteer, since, kiosk, duty in list_present(self._views, rules.days, rules.policies, now)
        ]
        view = RosterView(
            "",
            "",
            self.to_local(now),
            date.fromordinal(roster.day),
            past=False,
            rows=tuple(rows),
            uncovered=tuple(self._list_uncovered(roster)),
            taps=tuple(self._list_taps(roster.day, now)),
            kiosks=tuple(self._list_kiosks(kiosks, roster.day, now)),
            present=tuple(sorted(present)),
        )
        return distinguish_namesakes(view)

    # --- The roster ---

    def _build_row(self, entry: RosterEntry, day: int) -> Row:
        slot, volunteer = entry.slot, entry.volunteer
        return Row(
            f"{slot.shift if slot else ''}/{volunteer or ''}",
            self.build_duty(slot, day) if slot else None,
            self._find_person(volunteer) if volunteer else None,
            entry.state,
            None if entry.at is None else self.to_local(entry.at),
            entry.late_minutes,
            self._find_person(entry.taker) if entry.taker else None,
            entry.kind,
            volunteer,
            entry.is_corrected,
        )

    def _list_uncovered(self, roster: LiveRoster) -> Iterator[UncoveredDuty]:
        for slot in roster.uncovered:
            awaited = [e.volunteer for e in roster.entries if e.slot == slot and e.state in ("late", "expected")]
            yield UncoveredDuty(
                self.build_duty(slot, roster.day),
                tuple(self._find_person(volunteer) for volunteer in awaited if volunteer),
            )

    def build_duty(self, slot: Slot, day: int) -> Duty:
        """A shift of a service day, in local time."""
        start = self.to_local(slot.start)
        return Duty(
            find_half_day(start, date.fromordinal(day)), start, self.to_local(slot.end), sanitise(slot.post or "")
        )

    def _format_duty(self, slot: Slot | None) -> str:
        if slot is None:
            return ""
        return f"{self.to_local(slot.start):%H:%M}-{self.to_local(slot.end):%H:%M} {sanitise(slot.post or '')}".strip()

    # --- Taps and kiosks ---

    def _list_taps(self, day: int, now: Second) -> Iterator[Tap]:
        for tap in list_last_taps(self._views, self._log, day, now, TAPS_SHOWN):
            yield Tap(self.to_local(tap.at), self._find_person(tap.volunteer) if tap.volunteer else None, tap.outcome)

    def _list_kiosks(self, kiosks: Iterable[str], day: int, now: Second) -> Iterator[KioskLastSeen]:
        last_taps = find_last_tap_by_kiosk(self._views, day, now)
        for kiosk in dict.fromkeys((*kiosks, *last_taps)):
            yield KioskLastSeen(sanitise(kiosk), self.to_local(last_taps[kiosk]) if kiosk in last_taps else None)

    def to_local(self, at: Second) -> datetime:
        """An instant in the zone of the home."""
        return datetime.fromtimestamp(at, self._zone)


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
