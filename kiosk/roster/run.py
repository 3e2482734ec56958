"""Running the roster of a home until somebody leaves it."""

from contextlib import nullcontext

from domain.spans import Second
from kiosk.entrance.launch import demand_terminal
from kiosk.home import Home
from kiosk.log_messages import messages_kept
from kiosk.roster.app import RosterApp
from kiosk.roster.corrections.corrections import Settlements
from kiosk.roster.source import Lookout
from projections.engine.as_of import views_as_of


def open_roster(home: Home, as_of: Second | None = None) -> None:
    """Show the roster, live or as the log said at a recorded instant. Raises: Mistake, and whatever bug ended it."""
    demand_terminal("the roster")
    with messages_kept(home.path), nullcontext() if as_of is None else views_as_of(home.log, as_of) as views:
        app = RosterApp(Lookout(home, views, as_of), settlements=None if as_of else Settlements(home))
        app.run(mouse=False)
        if app.fault:
            raise app.fault
