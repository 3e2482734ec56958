"""A volunteer's day as the roster sees it: the explanation, what the desk did, and the names and reasons in them.

Rule: names are masked like everywhere on the roster. Reasons are in here; whether they are shown is decided where
it is known who looks.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

from domain.spans import Second
from kiosk.home import Home
from kiosk.masking import mask
from kiosk.people import SYSTEM_ACTOR
from kiosk.roster.view_model import DayView, Person
from kiosk.tui.plain_text import sanitise
from projections.engine.views import Views
from projections.read_models.audit_trail import AuditEntry, list_audit_trail
from projections.read_models.explanation import explain


def load_day_view(
    home: Home,
    views: Views,
    volunteer_day: tuple[UUID, date],
    as_of: Second | None,
    person_of: Callable[[UUID], Person],
) -> DayView:
    """Look at a volunteer's day. `views` are caught up. Raises: LogError, Mistake."""
    who, day = volunteer_day
    key = views.find_key(who)
    found = None if key is None else explain(views, key, day, as_of)
    done = list_audit_trail(home.log, who, found, as_of) if found else []
    now = datetime.fromtimestamp(views.evaluated_at, home.zone)
    others = {deed.other: person_of(deed.other) for deed in done if deed.other}
    actors = {deed.by: _format_actor(home, deed.by) for deed in done}
    reasons = _load_reasons(home, done)
    return DayView(who, person_of(who), day, now, as_of is not None, home.zone, found, done, others, actors, reasons)


def mask_actor(home: Home, name: str) -> str:
    """Somebody who gives commands, as everybody may read it."""
    return sanitise(mask(name, home.settings.masking))


def _format_actor(home: Home, actor: UUID) -> str:
    name = home.people.find_actor_name(actor)
    if name is None:
        return "-"
    return name if name == SYSTEM_ACTOR else mask_actor(home, name)


def _load_reasons(home: Home, audit_trail: Iterable[AuditEntry]) -> dict[UUID, str]:
    notes = (deed.note for deed in audit_trail if deed.note)
    return {note: text for note in notes if (text := home.people.find_note_text(note)) is not None}
