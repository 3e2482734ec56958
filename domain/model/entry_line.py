"""A line of a volunteer's record book, as a registrar enters it and as a month is stated (R-028, R-029)."""

from datetime import date
from typing import Any, NamedTuple


class EntryLine(NamedTuple):
    """What was served, from the first day to the last."""

    first: date
    last: date
    category: str | None
    item: str | None
    content: str | None
    minutes: int

    def build_fields(self) -> dict[str, Any]:
        """As an event holds it."""
        return {**self._asdict(), "first": self.first.isoformat(), "last": self.last.isoformat()}
