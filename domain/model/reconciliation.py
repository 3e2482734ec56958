"""The reconciliation of one service day: its totals, and the head of the log that they were computed from."""

from collections.abc import Mapping
from datetime import date

from eventsourcing.domain import Aggregate, event

from domain.act import Act
from domain.ids import reconciliation_stream
from domain.model.streams import DeskStream


class Reconciliation(DeskStream):
    """One reconciled service day."""

    TOPIC = "reconciliation"

    class Created(Aggregate.Created):
        """The day was reconciled."""

        TOPIC = "reconciliation.day-reconciled"
        day: str
        totals: dict[str, int]
        digest: str
        """Of the day's duties and visits, to see later whether late facts changed them."""
        changed: dict[str, str]
        """Earlier days that facts recorded since have changed, each with its digest now."""
        head: str
        views_digest: str | None = None
        """Of the file of the night's views, which follow from the log alone: the next night goes on from them. SHA-256
        over the SHA-256 of each piece; in older events that of the file in one. None in a simulation, and in homes of
        version 0.1."""

    @classmethod
    def reconcile(
        cls,
        day: date,
        totals: Mapping[str, int],
        digests: tuple[str, Mapping[str, str], str | None],
        head: str,
        act: Act,
    ) -> "Reconciliation":
        """Reconcile a day. `digests`: its own, those of reconciled days that late facts changed, that of the views."""
        digest, changed, views_digest = digests
        return cls._create(
            cls.Created,
            id=reconciliation_stream(day),
            day=day.isoformat(),
            totals=dict(totals),
            digest=digest,
            changed=dict(changed),
            head=head,
            views_digest=views_digest,
            **act.build_fields(),
        )

    @event(Created)
    def __init__(self, day: str, views_digest: str | None = None) -> None:
        self.day = day
        self.views_digest = views_digest
