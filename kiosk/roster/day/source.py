"""A volunteer's day as the roster sees it: the explanation, what the desk did, and the names and reasons in them.

Rule: names are masked like everywhere on the roster. Reasons are in here; whether they are shown is decided where
it is known who looks.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.spans import Second
from kiosk.batch.run import SYSTEM
from kiosk.home import Home
from kiosk.masking import mask
from kiosk.roster.view_model import Person
from kiosk.statements.explained_day import Naming
from kiosk.tui.plain_text import plain
from projections.engine.views import Views
from projections.read_models.audit_trail import Deed, deeds
from projections.read_models.explanation import Explanation, explain

NOBODY = Person("", "")


class DaySeen(NamedTuple):
    """Everything about it."""

    who: UUID
    person: Person
    date: date
    now: datetime
    past: bool
    """Whether this is what the log said once, not what it says."""
    zone: ZoneInfo
    found: Explanation | None
    """None for somebody that the log does not know."""
    deeds: list[Deed]
    others: Mapping[UUID, Person]
    """Volunteers to or from whom a duty passed."""
    actors: Mapping[UUID, str]
    """Masked."""
    reasons: Mapping[UUID, str]

    def naming(self, *, with_reasons: bool) -> Naming:
        """How its people and reasons are named on a screen that everybody may see, or a coordinator."""
        return Naming(
            lambda who: self.others.get(who, NOBODY).said,
            lambda who: self.actors.get(who, "-"),
            self.reasons.get if with_reasons else None,
        )


def day_seen(
    home: Home, views: Views, whose: tuple[UUID, date], as_of: Second | None, person_of: Callable[[UUID], Person]
) -> DaySeen:
    """Look at a volunteer's day. `views` are caught up. Raises: LogError, Mistake."""
    who, day = whose
    key = views.key_of(who)
    found = None if key is None else explain(views, key, day, as_of)
    done = deeds(home.log, who, found, as_of) if found else []
    now = datetime.fromtimestamp(views.reckoned_at, home.zone)
    others = {deed.other: person_of(deed.other) for deed in done if deed.other}
    actors = {deed.by: _actor(home, deed.by) for deed in done}
    reasons = _reasons(home, done)
    return DaySeen(who, person_of(who), day, now, as_of is not None, home.zone, found, done, others, actors, reasons)


def masked_actor(home: Home, name: str) -> str:
    """Somebody who gives commands, as everybody may read it."""
    return plain(mask(name, home.settings.masking))


def _actor(home: Home, actor: UUID) -> str:
    name = home.people.actor_name(actor)
    if name is None:
        return "-"
    return name if name == SYSTEM else masked_actor(home, name)


def _reasons(home: Home, done: Iterable[Deed]) -> dict[UUID, str]:
    notes = (deed.note for deed in done if deed.note)
    return {note: text for note in notes if (text := home.people.note_text(note)) is not None}
