"""Running the roster of a home, live or as of an instant, until it is closed: its source is composed here."""

from contextlib import AbstractContextManager, nullcontext

from domain.spans import Second
from kiosk.home import Home
from kiosk.log_messages import log_to_home
from kiosk.roster.app import RosterApp
from kiosk.roster.corrections.service import HomeCorrectionService
from kiosk.roster.muster import format_muster
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.view_model import Person, RosterView
from kiosk.standing_home import note_opened
from kiosk.statements.statements import ReportQuarantine, Statements
from kiosk.text.sanitise import sanitise
from kiosk.tui.app import demand_terminal
from kiosk.words.reports import ScreenText
from kiosk.words.staff_zh_tw import ROSTER as STAFF
from projections.engine.as_of import views_as_of
from projections.engine.views import Views


def open_roster(home: Home, banner: str | None = None) -> None:
    """Show the live roster. Raises: UserError, and any bug that ended it."""
    demand_terminal(ScreenText.THE_ROSTER.fill())
    note_opened(home)
    with log_to_home(home.path):
        _run(RosterApp(HomeRosterSource(home, banner=banner), open_corrections=lambda: build_corrections(home)))


def open_past_roster(home: Home, as_of: Second, report_quarantine: ReportQuarantine) -> None:
    """Show the roster as the log said at a recorded instant, its views to `report_quarantine` first.

    Raises: UserError, and any bug that ended it.
    """
    demand_terminal(ScreenText.THE_ROSTER.fill())
    with log_to_home(home.path), _hold_past(home, as_of) as views:
        report_quarantine(views)
        _run(RosterApp(HomeRosterSource(home, views, as_of), open_corrections=lambda: None))


def _run(app: RosterApp) -> None:
    app.run_on_terminal()
    if app.fault:
        raise app.fault


def build_corrections(home: Home) -> HomeCorrectionService | None:
    """What corrects in a home; None where it is only read."""
    return None if home.read_only else HomeCorrectionService(home)


def _hold_past(home: Home, as_of: Second) -> AbstractContextManager[Views]:
    return views_as_of(home.log, as_of, live=Statements.catch_up_live(home))


def load_muster(home: Home, at: Second | None, as_of: Second | None, report_quarantine: ReportQuarantine) -> RosterView:
    """Who is in now, at an instant, or as the log said at a recorded one; masked. Raises: LogError, UserError.

    The views from which it follows go to `report_quarantine`.
    """
    with nullcontext() if as_of is None else _hold_past(home, as_of) as views:
        source = HomeRosterSource(home, views, as_of)
        view = source.load_view_at(at or source.last_instant())
        report_quarantine(home.views if views is None else views)
        return view


def show_full_names(home: Home, view: RosterView) -> RosterView:
    """The view with the full names of those who are in; to be recorded before (R-120)."""
    return view._replace(present=tuple(one._replace(person=_unmask(home, one.person)) for one in view.present))


def _unmask(home: Home, person: Person) -> Person:
    volunteer = home.people.find_id(person.number)
    return person._replace(name=sanitise((volunteer and home.people.find_name(volunteer)) or ""))


def build_muster_sheet(view: RosterView) -> str:
    """The sheet of who is in, to be printed."""
    return format_muster(view, STAFF)
