"""Read model: what is on file of one volunteer beside hours and duties: agreements, pauses, trainings, cards."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from domain.spans import Second
from projections.engine.stored_values import read_id
from projections.engine.views import Views


class TurnRow(NamedTuple):
    """A turn of a person's service."""

    kind: str
    """`agreement`, `ended`, `suspended` or `resumed`."""
    day: int
    """The service day; one that ends, ends after it."""


class TrainingRow(NamedTuple):
    """A completed training: on a day, or at an instant."""

    kind: str
    category: str | None
    day: int | None
    instant: Second | None


def list_turns(views: Views, volunteer: int) -> list[TurnRow]:
    """The turns of a volunteer, the newest first."""
    query = "SELECT kind, day FROM turns WHERE volunteer = ? ORDER BY day DESC, position DESC"
    return [TurnRow(*row) for row in views.rows(query, (volunteer,))]


def list_trainings(views: Views, volunteer: int) -> list[TrainingRow]:
    """The trainings of a volunteer, in the order in which they were recorded."""
    query = "SELECT kind, category, day, instant FROM trainings WHERE volunteer = ? ORDER BY position"
    return [TrainingRow(*row) for row in views.rows(query, (volunteer,))]


def list_coming_duties(views: Views, volunteer: int) -> list[tuple[str, Second]]:
    """The shifts that a volunteer is responsible for and that have not begun, with their starts, in order."""
    query = (
        "SELECT shift, starts FROM roster WHERE volunteer = ? AND starts > ? AND state = 'responsible'"
        " AND NOT cancelled ORDER BY starts, shift"
    )
    return [*views.rows(query, (volunteer, views.evaluated_at))]


def list_held_cards(views: Views, volunteer: int) -> list[UUID]:
    """The streams of the cards that a volunteer holds."""
    query = "SELECT stream FROM cards WHERE volunteer = ? AND held ORDER BY stream"
    return [read_id(stream) for (stream,) in views.rows(query, (volunteer,))]


def find_card_holders(views: Views, tokens: Sequence[str]) -> set[UUID]:
    """Who holds one of the cards with these tokens."""
    query = (
        "SELECT p.volunteer FROM cards c JOIN people p ON p.key = c.volunteer"
        f" WHERE held AND card IN ({', '.join('?' * len(tokens))})"
    )
    return {read_id(stored) for (stored,) in views.rows(query, tuple(tokens))}
