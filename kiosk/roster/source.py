"""The roster's source over a home: follows the log, queries the read models, masks the names.

Rule: it changes nothing, and builds a view only when the log or the minute has changed. One thread at a time.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from domain.policy import Policies
from domain.spans import Second
from kiosk.home import Home
from kiosk.roster.day.source import load_day_view
from kiosk.roster.pending_list import PendingList
from kiosk.roster.view_builder import RosterViewBuilder, mask_person
from kiosk.roster.view_model import DayView, Person, RosterView
from kiosk.text.masking import Style
from kiosk.text.sanitise import sanitise
from kiosk.views_repair import run_repaired
from kiosk.words.reports import ScreenText
from projections.engine.views import Views
from projections.projectors.unit_rules import read_unit
from projections.read_models.pending_work import PendingKind, count_pending

SIMULATION = ScreenText.SIMULATION
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
        self._builder = RosterViewBuilder(self._views, home.log, home.zone, self._names.find)
        self._unit = sanitise(home.read_unit_name(), LONGEST_UNIT)
        self._last_polled: tuple[UUID, int, int | None] | None = None
        self.pending = PendingList(home.log, self._views)

    def poll(self) -> RosterView | None:
        """The view of now; None while it is the same as at the last call. Raises: LogError, UserError."""
        now = None if self._home.simulation else self._home.now_second()
        known = (self._home.log.log_id, self._home.log.head().position, now and now // 60)
        if known == self._last_polled or (self._as_of is not None and self._last_polled is not None):
            return None
        self._names.expire_when(new_minute=self._last_polled is None or known[-1] != self._last_polled[-1])
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
        return self._builder.build(unit, now, self._home.place.list_all())._replace(
            unit=self._unit,
            banner=self._banner,
            past=self._as_of is not None,
            recorded_by=None if self._as_of is None else datetime.fromtimestamp(self._as_of, self._home.zone),
            pending=self._count_pending(unit.policies),
        )

    def _count_pending(self, policies: Policies) -> Mapping[PendingKind, int] | None:
        """What needs a person, of all days."""
        return count_pending(self.pending.load(policies))


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
            number, name = self._people.find_number(volunteer_id), self._people.find_name(volunteer_id)
            self._known[volunteer_id] = mask_person(number, name, self._style)
        return self._known[volunteer_id]
