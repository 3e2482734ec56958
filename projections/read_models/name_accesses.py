"""Read model: when names and personal data of volunteers were shown (R-120). Who and why stands in the events."""

from projections.engine.row_source import RowSource
from projections.read_models.day_filter import EVERYTHING, DayFilter


def list_name_accesses(views: RowSource, day_filter: DayFilter = EVERYTHING) -> list[int]:
    """The positions of the events that say so, in order."""
    query = f"SELECT DISTINCT position FROM names_shown WHERE {day_filter.where} ORDER BY position"
    return [position for (position,) in views.rows(query, day_filter.values)]
