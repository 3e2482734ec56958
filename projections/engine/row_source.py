"""What a read model that is a mere query needs of views: the rows, and that they are as they were evaluated.

Rule: this module and `StandingViews` import nothing of the domain's, so that a question costs no more than its answer.
"""

from collections.abc import Iterator
from typing import Any, Protocol


class RowSource(Protocol):
    """Views that can be asked."""

    def rows(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> Iterator[Any]:
        """The rows of a query."""
        ...

    def ensure_intact(self, first: int, last: int, volunteer: int | None = None) -> None:
        """Compare days, of one volunteer or all, with their digests, before they are read."""
        ...
