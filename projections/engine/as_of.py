"""The read models as the log had them at a recorded instant: built beside, queried, deleted (R-126).

What had been written by then decides, not what had happened by then: a correction of the 3rd is unknown on the 1st.
"""

from collections.abc import Generator
from contextlib import contextmanager

from domain.log.event_log import EventLog
from domain.spans import Second
from projections.engine.build import build
from projections.engine.views import Views


class PastViews(Views):
    """Views that stand still."""

    is_kept = False

    def catch_up(self, now: Second | None = None) -> None:  # noqa: ARG002 - as of an instant there is no now
        """They show what the log said; no later event is read."""
        self._reconnect()


@contextmanager
def views_as_of(log: EventLog, instant: Second, now: Second | None = None, upto: int | None = None) -> Generator[Views]:
    """Everything that was recorded up to and in this second, evaluated as of it, or as of a later `now`.

    Nothing behind the position `upto`, by default that of the last event: a second may not be over yet.
    """
    with log.hold_views_folder() as folder:
        path = folder / "views.db"
        build(log, path, now, as_of=instant, upto=upto)
        with PastViews(log, path) as views:
            views.catch_up()
            yield views
