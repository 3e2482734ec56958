"""Acknowledging what needs a person, on a home: the read models say what it is now, the desk records it.

Rule: what is acknowledged is what was seen. A row that has gained or lost an event meanwhile is refused.
"""

from domain.act import Act, Note
from domain.model.pending_row import SeenRow
from domain.spans import second
from domain.use_cases.unit_rules import UnitRules
from kiosk.home import Home
from kiosk.views_repair import run_repaired
from projections.read_models.day_filter import EVERYTHING
from projections.read_models.pending_work import find_row_state


def prepare_views(home: Home) -> None:
    """Bring the views near the head of the log, however long that takes: while the log is held, taps would wait."""

    def catch_up() -> None:
        home.views.catch_up(None if home.simulation else home.now_second())
        home.views.ensure_intact(*EVERYTHING.bounds)

    run_repaired(home, catch_up)


def acknowledge_pending(home: Home, seen: SeenRow, note: Note, act: Act) -> None:
    """Record that a row of the pending work is right as it is. To be called while the log is held.

    Raises: NotPending, AlreadyAcknowledged, NeedsOwnCommand; LogError, ViewsDamaged.
    """
    home.views.catch_up(second(act.recorded))
    home.views.ensure_intact(*EVERYTHING.bounds)
    state = find_row_state(home.views, home.log, UnitRules(home.log).load().policies, seen)
    home.desk.acknowledge(seen, state, note, act)
