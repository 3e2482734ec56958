"""The start of the live roster over a home that stands: its first rows are there before the home is opened.

Rule: the first view is what the next one would say, without what needs the home open: the name of the unit, the kiosks
that were not heard of, and what waits for a person.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from domain.log.errors import LogError
from domain.policy import Policy
from kiosk.errors import UserError
from kiosk.roster.app import RosterApp
from kiosk.roster.view_builder import RosterViewBuilder, mask_person
from kiosk.roster.view_model import DayView, Person, RosterView
from kiosk.standing_home import StandingHome, hold_standing_home
from kiosk.statements.standing_statements import StandingRules
from kiosk.tui.app import demand_terminal
from kiosk.words.reports import ScreenText
from projections.engine.standing_views import NotStanding

if TYPE_CHECKING:
    from kiosk.home import Home
    from kiosk.roster.corrections.corrections import CorrectionService
    from kiosk.roster.source import HomeRosterSource

HoldHome = Callable[[], "AbstractContextManager[Home]"]


def show_standing_roster(folder: Path, hold_home: HoldHome) -> bool:
    """Show the live roster of a home that stands until it is closed; False, and nothing is shown, of any other.

    `hold_home` opens the home, which the roster does behind its first view. Raises: as `open_roster`.
    """
    first = load_first_view(folder)
    if first is None:
        return False
    demand_terminal(ScreenText.THE_ROSTER.fill())
    with LazyRosterSource(folder, hold_home, first) as source:
        app = RosterApp(source, open_corrections=source.open_corrections)
        app.run_on_terminal()
        if app.fault:
            raise app.fault
    return True


def load_first_view(folder: Path) -> RosterView | None:
    """The roster of now as the views of a home have it; None where the home has to be opened for it."""
    try:
        with hold_standing_home(folder) as home:
            return _build_first_view(home)
    except (NotStanding, LogError, UserError):
        return None


def _build_first_view(home: StandingHome) -> RosterView:
    def find_person(volunteer: UUID) -> Person:
        shown = home.people.shown.get(volunteer)
        return mask_person(home.people.find_number(volunteer), shown and shown.name, home.masking)

    builder = RosterViewBuilder(home.views, home.log, home.zone, find_person)
    view = builder.build(StandingRules(home, Policy), home.views.evaluated_at)
    return view._replace(banner=ScreenText.SIMULATION if home.simulation else "")


class LazyRosterSource:
    """A `RosterSource`, `DaySource` and `EarlierDaySource` that opens its home for the second poll. Close it."""

    def __init__(self, folder: Path, hold_home: HoldHome, first: RosterView) -> None:
        """`first` is what the first poll answers."""
        self._folder = folder
        self._hold_home = hold_home
        self._first: RosterView | None = first
        self._held = ExitStack()

    def __enter__(self) -> "LazyRosterSource":
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def poll(self) -> RosterView | None:
        """The first view, then as the home has it."""
        first, self._first = self._first, None
        return first or self._source.poll()

    def load_day(self, volunteer_id: UUID, day: date) -> DayView:
        """As the home has it."""
        return self._source.load_day(volunteer_id, day)

    def load_roster(self, day: date) -> RosterView:
        """As the home has it."""
        return self._source.load_roster(day)

    def open_corrections(self) -> "CorrectionService | None":
        """As the home allows. Called from a thread, as the others."""
        from kiosk.roster.run import build_corrections  # noqa: PLC0415 - the first rows need none of it

        return build_corrections(self._home)

    @cached_property
    def _home(self) -> "Home":
        from kiosk.log_messages import log_to_home  # noqa: PLC0415 - same

        with ExitStack() as opening:
            opening.enter_context(log_to_home(self._folder))
            home = opening.enter_context(self._hold_home())
            self._held = opening.pop_all()
        return home

    @cached_property
    def _source(self) -> "HomeRosterSource":
        from kiosk.roster.source import HomeRosterSource  # noqa: PLC0415 - same

        return HomeRosterSource(self._home)
