"""The read models as the log had them at a recorded instant: over the live ones or built beside (R-126).

What had been written by then decides, not what had happened by then: a correction of the 3rd is unknown on the 1st.
"""

import sqlite3
from collections.abc import Generator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from typing_extensions import override

from domain.log.event_log import EventLog
from domain.spans import Second, second
from projections.engine.new_views import build
from projections.engine.past_overlay import Question, lay_over
from projections.engine.views import Views

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()
LATEST = second(datetime(9999, 12, 31, tzinfo=UTC))
"""No event was recorded later, whatever a clock showed."""


class PastViews(Views):
    """Views that stand still."""

    is_kept = False
    _base: Path | None = None

    @property
    @override
    def base(self) -> Path | None:
        return self._base

    def catch_up(self, now: Second | None = None) -> None:  # noqa: ARG002 - as of an instant there is no now
        """They show what the log said; no later event is read."""
        self._reconnect()


class OverlaidViews(PastViews):
    """Views of the past over a state of the live ones, which they hold as long as they are open."""

    def __init__(self, log: EventLog, path: Path, db: sqlite3.Connection, base: Path) -> None:
        super().__init__(log, path)
        self._db, self._base = db, base

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
        over = None if live is None else held.enter_context(views_over(log, live, instant, now, upto))
        yield over or held.enter_context(_views_built(log, instant, now, upto))


def views_at(log: EventLog, position: int, now: Second, live: Views | None = None) -> AbstractContextManager[Views]:
    """As `views_as_of`, of all events up to a position: a clock that was ahead has dated some of them later than `now`.

    For what was said at a place of the log. What an instant asks for is what had been recorded by it.
    """
    return views_as_of(log, LATEST, now, position, live)


@contextmanager
def views_over(
    log: EventLog, live: Views, instant: Second, now: Second | None = None, upto: int | None = None
) -> Generator[OverlaidViews | None]:
    """As `views_as_of` over live views; None where all has to be built from the log. They are asked at the start only.

    Over views that were laid over the live ones it is the same.
    """
    live.ensure_intact(FIRST_DAY, LAST_DAY)
    question = Question(instant, instant if now is None else now, live.position if upto is None else upto)
    base = live.base
    with ExitStack() as held:
        path = held.enter_context(log.hold_views_folder()) / "views.db"
        db = base and lay_over(log, base, path.with_name("over.db"), question)
        yield held.enter_context(closing(OverlaidViews(log, path, db, base))) if base and db else None


@contextmanager
def _views_built(log: EventLog, instant: Second, now: Second | None, upto: int | None) -> Generator[PastViews]:
    with log.hold_views_folder() as folder:
        path = folder / "views.db"
        build(log, path, now, as_of=instant, upto=upto)
        with closing(PastViews(log, path)) as views:
            views.catch_up()
            yield views
