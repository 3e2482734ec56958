"""What a read model that is a mere query needs of views: the rows, and that they are as they were evaluated.

Rule: this module and `StandingViews` import nothing of the domain's, so that a question costs no more than its answer.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from domain.spans import Second

if TYPE_CHECKING:
    from domain.log.lenient import UndecodableEvent


class RowSource(Protocol):
    """Views that can be asked."""

    def rows(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> Iterator[Any]:
        """The rows of a query."""
        ...

    def ensure_intact(self, first: int, last: int, volunteer: int | None = None) -> None:
        """Compare days, of one volunteer or all, with their digests, before they are read."""
        ...


class KeyedSource(RowSource, Protocol):
    """Views that also know by which integer they keep a volunteer."""

    def find_key(self, volunteer_id: UUID) -> int | None:
        """None for a volunteer whom the log does not know."""
        ...


class AskedViews(KeyedSource, Protocol):
    """Views that also say of when they are, and what they had to do without."""

    @property
    def evaluated_at(self) -> Second:
        """The instant as of which they are evaluated."""
        ...

    @property
    def quarantine(self) -> "list[UndecodableEvent]":
        """The events that they had to do without."""
        ...
