"""What a question to a read model may narrow: service dates, both included, and one volunteer."""

from datetime import date
from typing import Any

import msgspec

MANY_DAYS = 60
"""From so many on a sum of all volunteers is quicker volunteer by volunteer, as the tables lie, than day by day."""
FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()


class DayFilter(msgspec.Struct, frozen=True):
    """The days and the volunteer that a question is about."""

    since: date | None = None
    until: date | None = None
    volunteer: int | None = None
    """The volunteer's key in the views; None means every volunteer."""

    @property
    def where(self) -> str:
        """A condition over the columns `day` and `volunteer`."""
        condition = "day BETWEEN :first AND :last"
        return condition if self.volunteer is None else condition + " AND volunteer = :volunteer"

    @property
    def where_for_sums(self) -> str:
        """The same for a query that sums all rows of each volunteer; `people` names them all."""
        first, last, volunteer = self.bounds
        if volunteer is not None or last - first < MANY_DAYS:
            return self.where
        return f"volunteer IN (SELECT key FROM people) AND {self.where}"

    @property
    def bounds(self) -> tuple[int, int, int | None]:
        """The first and the last day, and the volunteer."""
        return (
            self.since.toordinal() if self.since else FIRST_DAY,
            self.until.toordinal() if self.until else LAST_DAY,
            self.volunteer,
        )

    @property
    def values(self) -> dict[str, Any]:
        """What the condition names."""
        return dict(zip(("first", "last", "volunteer"), self.bounds, strict=True))


EVERYTHING = DayFilter()
