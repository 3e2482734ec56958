"""Running the roster of a home until somebody leaves it."""

from contextlib import nullcontext

from domain.spans import Second
from kiosk.entrance.launch import demand_terminal
from kiosk.home import Home
from kiosk.log_messages import log_to_home
from kiosk.roster.app import RosterApp
from kiosk.roster.corrections.corrections import CorrectionService
from kiosk.roster.source import HomeRosterSource
from projections.engine.as_of import views_as_of


def open_roster(home: Home, as_of: Second | None = None) -> None:
    """Show the roster, live or as the log said at a recorded instant. Raises: Mistake, and whatever bug ended it."""
    demand_terminal("the roster")
    with log_to_home(home.path), nullcontext() if as_of is None else views_as_of(home.log, as_of) as views:
        app = RosterApp(HomeRosterSource(home, views, as_of), corrections=None if as_of else CorrectionService(home))
        app.run(mouse=False)
        if app.fault:
            raise app.fault
