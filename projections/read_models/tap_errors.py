"""Read model: taps that a kiosk decided without knowing what was recorded elsewhere by then (R-008).

Rule: nothing is decided backwards. A kiosk that was away accepts a card that was revoked meanwhile, and refuses one
that was issued meanwhile; such a tap is listed, and a person adds or voids the visit. A tap on a clock that waits to be
put right has no instant yet, and is not judged.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from domain.spans import Second
from projections.engine.row_source import KeyedSource
from projections.engine.standing_views import NotStanding
from projections.engine.stored_values import read_day, read_id
from projections.read_models.day_filter import EVERYTHING, DayFilter

if TYPE_CHECKING:
    from domain.log.standing_log import LogToRead
    from domain.model.card import Card
    from domain.model.standing import Standing
    from domain.model.volunteer import Volunteer

RETRY_SECONDS = 600
"""How soon after a refused tap a visit must begin to be the same arrival: the volunteer found the right card."""


class TapError(NamedTuple):
    """A tap that would have been decided otherwise where everything was known."""

    day: date
    at: Second
    volunteer: UUID
    """For whom it counts; of a refused one, who held the card."""
    kiosk: str
    position: int
    accepted: bool
    """What the kiosk did."""
    reason: str
    """Why it would have been refused; why it was, where it was."""
    received: Second
    """When it came."""
    check_in: Second | None = None
    """Of the visit that stands around it; None where there is none."""


def list_tap_errors(views: KeyedSource, log: "LogToRead | None", day_filter: DayFilter = EVERYTHING) -> list[TapError]:
    """All of them, whether or not a person has settled them, by instant.

    Without a log none, where no kiosk ever sent a tap. Raises: LogError, NotStanding.
    """
    if not next(views.rows("SELECT EXISTS (SELECT 1 FROM sent_taps)"))[0]:
        return []
    if log is None:
        raise NotStanding
    known = _Known(log)
    found = [*_list_accepted(views, known, day_filter), *_list_refused(views, known, day_filter)]
    return sorted(found, key=lambda one: (one.at, one.position))


def list_unsettled_tap_errors(
    views: KeyedSource, log: "LogToRead | None", day_filter: DayFilter = EVERYTHING
) -> list[TapError]:
    """Those whose visit still stands although the tap was accepted in error, or is missing although it was refused."""
    found = [one._replace(check_in=_find_visit(views, one)) for one in list_tap_errors(views, log, day_filter)]
    return [one for one in found if one.accepted == (one.check_in is not None)]


def _list_accepted(views: KeyedSource, known: "_Known", day_filter: DayFilter) -> Iterator[TapError]:
    query = _ACCEPTED.format(where=day_filter.where)
    for day, volunteer, at, kiosk, position, card, is_arrival, received in views.rows(query, day_filter.values):
        whose = read_id(volunteer)
        reason: str | None = None
        if card is not None and known.find_holder(card, at) != whose:
            reason = "revoked_card"
        elif is_arrival and (standing := known.find_standing(whose, day, at)) != "in_service":
            reason = standing
        if reason:
            yield TapError(read_day(day), at, whose, kiosk, position, True, reason, received)


def _list_refused(views: KeyedSource, known: "_Known", day_filter: DayFilter) -> Iterator[TapError]:
    for day, at, kiosk, position, card, reason, received in views.rows(_REFUSED, day_filter.values):
        holder = known.find_holder(card, at)
        if holder is None or known.find_standing(holder, day, at) != "in_service":
            continue
        if day_filter.volunteer in (None, views.find_key(holder)):
            yield TapError(read_day(day), at, holder, kiosk, position, False, reason, received)


def _find_visit(views: KeyedSource, error: TapError) -> Second | None:
    """When the visit began that an accepted tap begins or ends, or in which a refused one lies."""
    values = (views.find_key(error.volunteer), error.day.toordinal(), error.at)
    return next(views.rows(_VISIT_OF_TAP if error.accepted else _VISIT_AROUND, values))[0]


class _Known:
    """What was recorded by an instant of cards and volunteers; each is read once."""

    def __init__(self, log: "LogToRead") -> None:
        self._log = log
        self._cards: dict[str, Card | None] = {}
        self._volunteers: dict[UUID, Volunteer | None] = {}

    def find_holder(self, token: str, at: Second) -> UUID | None:
        """Who held a card."""
        if token not in self._cards:
            from domain.ids import card_stream  # noqa: PLC0415 - questions without sent taps load no stream
            from domain.model.card import Card  # noqa: PLC0415 - same

            self._cards[token] = self._log.load_lenient(Card, card_stream(token))[0]
        card = self._cards[token]
        holding = card.find_holding(at) if card else None
        return holding.holder if holding else None

    def find_standing(self, volunteer_id: UUID, day: int, at: Second) -> "Standing":
        """How a volunteer stood on a service day."""
        if volunteer_id not in self._volunteers:
            from domain.model.volunteer import Volunteer  # noqa: PLC0415 - same

            self._volunteers[volunteer_id] = self._log.load_lenient(Volunteer, volunteer_id)[0]
        volunteer = self._volunteers[volunteer_id]
        return volunteer.find_known_standing(day, at) if volunteer else "agreement_ended"


_ACCEPTED = """
SELECT t.day, p.volunteer, t.at, t.kiosk, t.position, s.card, s.arrival, s.received
FROM (SELECT * FROM taps WHERE volunteer IN (
    SELECT volunteer FROM lost_cards UNION SELECT volunteer FROM turns WHERE kind IN ('suspended', 'ended')
) AND {where}) t JOIN sent_taps s ON s.position = t.position JOIN people p ON p.key = t.volunteer
WHERE (
    EXISTS (SELECT 1 FROM lost_cards l WHERE l.volunteer = t.volunteer AND l.recorded <= t.at)
    OR EXISTS (
        SELECT 1 FROM turns u WHERE u.volunteer = t.volunteer AND u.kind IN ('suspended', 'ended')
        AND u.day <= t.day AND u.recorded <= t.at
    )
) AND t.position NOT IN (SELECT position FROM unsure WHERE put_right_by IS NULL)
"""
"""Of volunteers alone whose card or standing was taken at all, and since then."""
_REFUSED = """
SELECT r.day, r.at, r.kiosk, r.position, r.card, r.reason, s.received
FROM refused r JOIN sent_taps s ON s.position = r.position JOIN cards c ON c.card = r.card
WHERE r.day BETWEEN :first AND :last AND r.position NOT IN (SELECT position FROM unsure WHERE put_right_by IS NULL)
"""
_VISIT_OF_TAP = """
SELECT max(check_in) FROM visits WHERE volunteer = ?1 AND day BETWEEN ?2 - 1 AND ?2 + 1 AND status != 'void'
AND ?3 IN (check_in, check_out)
"""
_VISIT_AROUND = f"""
SELECT max(check_in) FROM visits WHERE volunteer = ?1 AND day BETWEEN ?2 - 1 AND ?2 + 1 AND status != 'void'
AND check_in <= ?3 + {RETRY_SECONDS} AND (check_out >= ?3 OR (check_out IS NULL AND day = ?2))
"""
"""They may have begun it with another card."""
