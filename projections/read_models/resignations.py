"""Read model: why volunteers left, counted by the year (R-077)."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from domain.model.standing import StandingChange
from projections.engine.views import Views
from projections.read_models.volunteers import find_agreement_span


def count_resignations(views: Views, year: int) -> Mapping[str | None, int]:
    """How many left in a year for each reason, the most frequent first; None counts those whose reason is not stated.

    An agreement that was ended several times counts once, by its last day and the reason entered with that; one
    that was renewed without a pause did not end.
    """
    turns: dict[int, list[StandingChange]] = defaultdict(list)
    for key, *turn in views.rows("SELECT volunteer, kind, day, recorded FROM turns ORDER BY volunteer, position"):
        turns[key].append(StandingChange(*turn))
    counts: Counter[str | None] = Counter()
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    query = "SELECT volunteer, day, reason FROM resignations WHERE day BETWEEN ? AND ? ORDER BY volunteer, position"
    left: dict[tuple[int, int], str | None] = {}
    for key, day, reason in views.rows(query, (first, last)):
        if _is_last_day(turns[key], day):
            left[key, day] = reason
    counts.update(left.values())
    return dict(counts.most_common())


def _is_last_day(turns: list[StandingChange], day: int) -> bool:
    """Whether an agreement ended after a day, and none begins on the next."""
    _, until = find_agreement_span(turns, day)
    return until == day and all(turn.day != day + 1 for turn in turns if turn.kind == "agreement")
