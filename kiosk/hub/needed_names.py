"""Of whom a kiosk may need the name: who has an agreement or a card, or came within the time that its copy holds.

Rule: nobody else's name leaves the hub. The log is followed, each event read once, so asking costs what is new.
"""

from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from domain.log.event_log import EventLog
from domain.log.event_rows import EventRow
from domain.model.attendance import Attendance
from domain.model.card import Card
from domain.model.corrections import Corrections
from domain.model.volunteer import Volunteer
from domain.typed_decoding import build_json_decoder
from kiosk.hub.rows_for_kiosk import PAGE, SENT_SINCE, choose_since

_AGREED = (Volunteer.Created.TOPIC, Volunteer.AgreementRenewed.TOPIC)
_CAME = (Attendance.TOPIC, Corrections.TOPIC)
"""Kinds of stream that say who came, and when."""


class _Fields(msgspec.Struct):
    """What an event says of a volunteer."""

    volunteer_id: UUID | None = None
    on: date | None = None
    check_in: datetime | None = None
    at: datetime | None = None


_read_fields = build_json_decoder(_Fields).decode


class NeededNames:
    """The volunteers of one log of whom a kiosk may need the name. One thread at a time."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._upto = 0
        self._last_days: dict[UUID, date] = {}
        """Of the agreement of each volunteer."""
        self._holders: dict[str, UUID | None] = {}
        """Who holds a card, by the stream of the card."""
        self._came: dict[UUID, date] = {}
        """The last day on which each volunteer came, in UTC."""

    def find(self, today: date) -> AbstractSet[UUID]:
        """Their ids, by a service day. Raises: CannotRead."""
        end = self._log.head().position
        while self._upto < end and (page := self._log.read_rows(self._upto, PAGE, end)):
            for row in map(EventRow._make, page):
                self._take(row)
            self._upto = page[-1][0]
        since = choose_since(today) - timedelta(days=SENT_SINCE[Attendance.TOPIC])
        return {
            *(volunteer for volunteer, last in self._last_days.items() if last >= today),
            *(volunteer for volunteer, day in self._came.items() if day >= since),
            *filter(None, self._holders.values()),
        }

    def _take(self, row: EventRow) -> None:
        kind = row.topic.partition(".")[0]
        if row.topic in _AGREED:
            self._last_days[UUID(row.stream)] = date.max
        elif row.topic == Volunteer.AgreementEnded.TOPIC:
            self._last_days[UUID(row.stream)] = _find_fields(row).on or date.max
        elif kind == Card.TOPIC:
            self._holders[row.stream] = _find_fields(row).volunteer_id
        elif kind in _CAME:
            self._take_visit(_find_fields(row))

    def _take_visit(self, fields: _Fields) -> None:
        at = fields.check_in or fields.at
        if fields.volunteer_id and at:
            self._came[fields.volunteer_id] = max(at.date(), self._came.get(fields.volunteer_id, date.min))


def _find_fields(row: EventRow) -> _Fields:
    """What an event says; nothing, where it cannot be read."""
    try:
        return _read_fields(row.state)
    except msgspec.MsgspecError:
        return _Fields()
