"""A change of what identifies a volunteer: the values to the people store, that they changed to the log.

Rule: the log decides. It has the digest of the row in force, so that a change which was cut short is completed where
its event is written, and forgotten where it is not.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.act import Act, Note
from domain.errors import DomainError
from domain.log.event_log import EventLog
from domain.model.volunteer import Volunteer
from kiosk.people.people import People
from kiosk.people.volunteers import DETAILS

if TYPE_CHECKING:
    from domain.use_cases.desk import Desk


def change_person(
    people: People,
    desk: "Desk",
    volunteer_id: UUID,
    values: Mapping[str, Any],
    keep_reason: Callable[[], Note | None],
    act: Act,
) -> list[str]:
    """Change details of a volunteer; the names of those that differ now. To be called while the log is held.

    `values` are by the names of `Details`; None clears. Raises: DomainError, and nothing is changed; LogError.
    """
    now = people.load_details(volunteer_id)
    changed = replace(now, **values)
    differing = [name for name in DETAILS if getattr(now, name) != getattr(changed, name)]
    desk.change_person(volunteer_id, [], None, None, act)  # of an erased volunteer nothing is kept, no salt either
    if not differing:
        return []
    digest = people.keep_change(volunteer_id, changed)
    try:
        desk.change_person(volunteer_id, differing, digest, keep_reason(), act)
    except DomainError:
        people.drop_change(volunteer_id)
        raise
    people.apply_change(volunteer_id)
    return differing


def complete_changes(log: EventLog, people: People) -> None:
    """Put in force, or forget, the changes that a program was killed in. Raises: UserError, LogError."""
    if not people.list_changes():
        return
    with log.writing():
        for volunteer_id in people.list_changes():
            volunteer, undecodable = log.load_lenient(Volunteer, volunteer_id)
            if volunteer and volunteer.person_digest == people.compute_changed_digest(volunteer_id):
                people.apply_change(volunteer_id)
            elif not undecodable:  # else the event of the change may be the one that cannot be read
                people.drop_change(volunteer_id)
