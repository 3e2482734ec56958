"""The view of a volunteer's day of a home: the explanation, the audit trail, and the names and reasons in them.

Rule: names are masked like everywhere on the roster. The view holds the reasons; the screen decides whether to show
them, by who is authenticated.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

from domain.spans import Second
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.roster.view_model import DayView, Person
from kiosk.text.masking import mask
from kiosk.text.sanitise import sanitise
from projections.engine.views import Views
from projections.read_models.audit_trail import AuditEntry, list_audit_trail
from projections.read_models.explanation import explain


def load_day_view(
    home: Home,
    views: Views,
    volunteer_day: tuple[UUID, date],
    as_of: Second | None,
    find_person: Callable[[UUID], Person],
) -> DayView:
    """Build the view of a volunteer's day from views that are caught up. Raises: LogError, UserError."""
    volunteer_id, day = volunteer_day
    key = views.find_key(volunteer_id)
    explanation = None if key is None else explain(views, key, day, as_of)
    trail = list_audit_trail(home.log, volunteer_id, explanation, as_of) if explanation else []
    now = datetime.fromtimestamp(views.evaluated_at, home.zone)
    others = {entry.other: find_person(entry.other) for entry in trail if entry.other}
    actors = {entry.by: _format_actor(home, entry.by) for entry in trail}
    reasons = _load_reasons(home, trail)
    person, past = find_person(volunteer_id), as_of is not None
    return DayView(volunteer_id, person, day, now, past, home.zone, explanation, trail, others, actors, reasons)


def mask_actor(home: Home, name: str) -> str:
    """The name of a coordinator or other actor, fit for a public screen."""
    return sanitise(mask(name, home.settings.masking))


def _format_actor(home: Home, actor: UUID) -> str:
    name = home.people.find_actor_name(actor)
    if name is None:
        return "-"
    return name if name == SYSTEM_ACTOR else mask_actor(home, name)


def _load_reasons(home: Home, audit_trail: Iterable[AuditEntry]) -> dict[UUID, str]:
    notes = ((entry.note, entry.note_digest) for entry in audit_trail if entry.note)
    return {note: text for note, digest in notes if (text := home.people.find_reason(note, digest)) is not None}
