"""What an explanation needs of views: the facts of a day and the events in quarantine, of views opened or standing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.spans import Second
from projections.engine.row_source import AskedViews
from projections.engine.standing_views import NotStanding, StandingViews

if TYPE_CHECKING:
    from domain.log.lenient import UndecodableEvent
    from projections.evaluation.facts import Person, RunFacts, UnitInForce


class DaySource(AskedViews, Protocol):
    """`Views`, or those that stand at the head of a log."""

    def load_day_facts(self, volunteer: int, day: int, as_of: Second | None) -> "tuple[RunFacts, Person, UnitInForce]":
        """What a volunteer's day is evaluated from: its facts and those of the days that belong to it."""
        ...

    def load_unit(self) -> "UnitInForce":
        """The rules of the unit, by which they were evaluated."""
        ...


class StandingDays:
    """Views that stand at the head of a log."""

    def __init__(self, views: StandingViews, zone: ZoneInfo) -> None:
        """`zone`: that of the home."""
        self._views = views
        self._zone = zone
        self.evaluated_at = views.evaluated_at

    def rows(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> Iterator[Any]:
        """The rows of a query. Raises: NotStanding."""
        return self._views.rows(query, values)

    def ensure_intact(self, first: int, last: int, volunteer: int | None = None) -> None:
        """Compare days with their digests. Raises: NotStanding."""
        self._views.ensure_intact(first, last, volunteer)

    def find_key(self, volunteer_id: UUID) -> int | None:
        """None for a volunteer whom the log does not know. Raises: NotStanding."""
        return self._views.find_key(volunteer_id)

    @property
    def quarantine(self) -> "list[UndecodableEvent]":
        """The events that they had to do without. Raises: NotStanding."""
        return self._views.quarantine

    def load_day_facts(self, volunteer: int, day: int, as_of: Second | None) -> "tuple[RunFacts, Person, UnitInForce]":
        """What a volunteer's day is evaluated from, now; of the past an opened home is asked. Raises: NotStanding."""
        if as_of is not None:
            raise NotStanding
        from projections.engine.loading import load_day_facts  # noqa: PLC0415 - few questions evaluate a day
        from projections.engine.noted_unit import load_noted_unit  # noqa: PLC0415 - same

        return self._views.ask(lambda db: load_day_facts(db, load_noted_unit(db, self._zone), volunteer, day))

    def load_unit(self) -> "UnitInForce":
        """The rules of the unit, by which they were evaluated. Raises: NotStanding."""
        from projections.engine.noted_unit import load_noted_unit  # noqa: PLC0415 - few questions evaluate a day

        return self._views.ask(lambda db: load_noted_unit(db, self._zone))
