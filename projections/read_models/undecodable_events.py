"""Read model: the events in quarantine that bear on a volunteer's day.

Found the other way round: an event that cannot be read does not say whom it is about, but the streams of a volunteer's
day are known, because ids derive from what they identify.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from domain.ids import attendance_stream, corrections_stream, event_stream, shift_stream, unit_stream
from domain.log.lenient import UndecodableEvent
from projections.engine.views import Views


def find_undecodable_events(views: Views, volunteer: int, day: date) -> list[UndecodableEvent]:
    """Those of a volunteer (a key in the views) and a service day, of their shifts and events, and of the unit."""
    found = views.quarantine
    if not found:
        return []
    streams = {stream.hex for stream in _list_streams(views, volunteer, day)}
    return [event for event in found if event.stream in streams]


def _list_streams(views: Views, volunteer: int, day: date) -> Iterator[UUID]:
    (who,) = next(views.rows("SELECT volunteer FROM people WHERE key = ?", (volunteer,)))
    volunteer_id = UUID(bytes=who)
    yield unit_stream()
    yield volunteer_id
    yield corrections_stream(volunteer_id, day)
    for (kiosk,) in list(views.rows(_KIOSKS)):
        for shown in (day, day + timedelta(days=1)):
            yield attendance_stream(volunteer_id, shown, kiosk)
    values = (volunteer, day.toordinal())
    yield from (shift_stream(name) for (name,) in views.rows(_SHIFTS, values))
    yield from (event_stream(name) for (name,) in views.rows("SELECT event FROM events WHERE day = ?", values[1:]))


_KIOSKS = "SELECT kiosk FROM taps UNION SELECT kiosk FROM refused"
_SHIFTS = "SELECT shift FROM roster WHERE volunteer = ? AND day = ?"
