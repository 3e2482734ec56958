"""What an explanation needs of views: the facts of a day and the events in quarantine, of views opened or standing."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol
from uuid import UUID

from domain.log.event_log import EventLog
from domain.log.lenient import UndecodableEvent
from domain.spans import Second
from projections.engine.loading import load_day_facts, load_unit, read_position
from projections.engine.row_source import AskedViews
from projections.engine.standing_views import StandingViews
from projections.evaluation.facts import Person, RunFacts, UnitInForce


class DaySource(AskedViews, Protocol):
    """`Views`, or those that stand at the head of a log."""

    @property
    def quarantine(self) -> list[UndecodableEvent]:
        """The events that they had to do without."""
        ...

    def load_day_facts(self, volunteer: int, day: int, as_of: Second | None) -> tuple[RunFacts, Person, UnitInForce]:
        """What a volunteer's day is evaluated from: its facts and those of the days that belong to it."""
        ...

    def load_unit(self) -> UnitInForce:
        """The rules of the unit, by which they were evaluated."""
        ...


class StandingDays:
    """Views that stand at the head of a log, beside that log."""

    def __init__(self, views: StandingViews, load_log: Callable[[], EventLog]) -> None:
        """`load_log` opens it once it is needed, and may raise NotStanding."""
        self._views = views
        self._load_log = load_log
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
    def quarantine(self) -> list[UndecodableEvent]:
        """The events that they had to do without. Raises: NotStanding."""
        return self._views.quarantine

    def load_day_facts(self, volunteer: int, day: int, as_of: Second | None) -> tuple[RunFacts, Person, UnitInForce]:
        """What a volunteer's day is evaluated from. Raises: NotStanding."""
        log = self._load_log()
        return self._views.ask(lambda db: load_day_facts(log, db, volunteer, day, as_of))

    def load_unit(self) -> UnitInForce:
        """The rules of the unit, by which they were evaluated. Raises: NotStanding."""
        log = self._load_log()
        return self._views.ask(lambda db: load_unit(log, db, None, read_position(db)))
