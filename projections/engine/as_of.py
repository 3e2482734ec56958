"""The read models as the log had them at a recorded instant: over the live ones or built beside (R-126).

What had been written by then decides, not what had happened by then: a correction of the 3rd is unknown on the 1st.
"""

import sqlite3
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

from domain.log.event_log import EventLog
from domain.policy import Adoption
from domain.spans import Second
from projections.engine.new_views import build
from projections.engine.past_overlay import Question, lay_over, lay_policy_over
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()


class PastViews(Views):
    """Views that stand still."""

    is_kept = False

    def catch_up(self, now: Second | None = None) -> None:  # noqa: ARG002 - as of an instant there is no now
        """They show what the log said; no later event is read."""
        self._reconnect()


class OverlaidViews(PastViews):
    """Views of the past over a state of the live ones, which they hold as long as they are open."""

    def __init__(self, log: EventLog, path: Path, db: sqlite3.Connection) -> None:
        super().__init__(log, path)
        self._db = db

    def catch_up(self, now: Second | None = None) -> None:
        """They stand where they were put."""


@contextmanager
def views_as_of(
    log: EventLog,
    instant: Second,
    now: Second | None = None,
    upto: int | None = None,
    live: Views | None = None,
) -> Generator[Views]:
    """Everything that was recorded up to and in this second, evaluated as of it, or as of a later `now`.

    Nothing behind the position `upto`, by default that of the last event: a second may not be over yet. Over `live`
    views, which are caught up, as little as can be is evaluated; else all is built from the log.
    """
    with ExitStack() as held:
        path = held.enter_context(log.hold_views_folder()) / "views.db"
        yield held.enter_context(_build_past(log, path, (instant, now, upto), live))


def _build_past(
    log: EventLog, path: Path, asked: tuple[Second, Second | None, int | None], live: Views | None
) -> PastViews:
    instant, now, upto = asked
    if live is not None:
        live.ensure_intact(FIRST_DAY, LAST_DAY)
        question = Question(instant, instant if now is None else now, live.position if upto is None else upto)
        db = lay_over(log, live.file, path.with_name("over.db"), question)
        if db is not None:
            return OverlaidViews(log, path, db)
    build(log, path, now, as_of=instant, upto=upto)
    views = PastViews(log, path)
    views.catch_up()
    return views


class HypotheticalViews(OverlaidViews):
    """The live views as they would be under rules that nobody has adopted."""

    def __init__(self, log: EventLog, path: Path, db: sqlite3.Connection, unit: UnitInForce) -> None:
        super().__init__(log, path, db)
        self._unit = unit

    def load_unit(self) -> UnitInForce:
        """The rules by which these views were evaluated."""
        return self._unit


@contextmanager
def views_under(log: EventLog, live: Views, adoption: Adoption) -> Generator[HypotheticalViews | None]:
    """What the live views, which are caught up, would say under one more policy; None where facts are filed by it."""
    live.ensure_intact(FIRST_DAY, LAST_DAY)
    with ExitStack() as held:
        path = held.enter_context(log.hold_views_folder()) / "views.db"
        laid = lay_policy_over(log, live.file, path.with_name("over.db"), adoption)
        yield laid and held.enter_context(closing(HypotheticalViews(log, path, *laid)))
