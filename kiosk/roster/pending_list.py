"""What needs a person of a home, listed again only when the log or the minute has changed."""

from collections.abc import Sequence
from uuid import UUID

from domain.log.event_log import EventLog
from domain.policy import Policies
from projections.engine.views import Views
from projections.read_models.day_filter import EVERYTHING
from projections.read_models.pending_work import PendingRow, list_pending


class PendingList:
    """The rows of one home. The screens that share it list them once; one thread at a time."""

    def __init__(self, log: EventLog, views: Views) -> None:
        self._log, self._views = log, views
        self._rows: Sequence[PendingRow] = ()
        self._known: tuple[UUID, int, int] | None = None

    def load(self, policies: Policies) -> Sequence[PendingRow]:
        """All of them. The views are caught up; the first time, all days are compared with their digests."""
        known = (self._log.log_id, self._views.position, self._views.evaluated_at // 60)
        if known != self._known:
            if self._known is None:
                self._views.ensure_intact(*EVERYTHING.bounds)
            self._rows, self._known = list_pending(self._views, self._log, policies), known
        return self._rows
