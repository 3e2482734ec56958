"""What a person did or saw: by whom and why, for explanations, differences, reports and the auditor."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.log.lenient import read_lenient
from domain.spans import Second, second

if TYPE_CHECKING:
    from domain.log.standing_log import LogToRead
    from kiosk.people.known_people import PeopleToRead
    from kiosk.standing_home import HomeToRead

Row = dict[str, Any]
PERSON_CHANGED, PERSON_SHOWN = "volunteer.person-changed", "name-access.person-shown"
"""Stored names, which never change: a kind of stream is loaded where one of its events is read."""


def load_acts(home: "HomeToRead", positions: Iterable[int]) -> list[Row]:
    """Those of the events at some positions that have an author, in order; taps have none.

    `what` is the stored name, `retracts` the event that a retraction takes back. `reason` is None where none was given,
    and where `reason_lost` says what became of it.
    """
    entries = (entry for position in positions for entry in home.log.read_entries_lenient(position - 1, 1, position))
    return [_build_act(home, position, event) for position, event in entries if getattr(event, "by", None)]


def find_retracted(log: "LogToRead", event: Any) -> int | None:
    """Where this log holds the event that a retraction takes back; None for what is no retraction.

    By its place in the stream: the position that the retraction names is one of the log in which it was written, and in
    the copy of a kiosk positions are others. It is used only where the stream does not hold the event.
    """
    named: int | None = getattr(event, "retracted", None)
    if named is None:
        return None
    before = [row for row in log.read_stream_rows(event.originator_id) if row[2] < event.originator_version]
    if (version := getattr(event, "version", None)) is not None:
        return next((row[0] for row in before if row[2] == version), named)
    meant = [row for row in before if row[3] == _TAKEN_BACK.get(event.TOPIC)]
    whose = getattr(event, "volunteer_id", None)
    found = [at for at, one in read_lenient(log.decode_row, meant) if getattr(one, "volunteer_id", None) == whose]
    return max(found, default=named)


_TAKEN_BACK = {
    "shift.excuse-retracted": "shift.absence-excused",
    "shift.assignment-retracted": "shift.assigned",
    "exit-case.decision-retracted": "exit-case.decided",
    "unit-session.attendance-retracted": "unit-session.attendance-added",
}
"""What events take back that say no number in the stream: the last one of that name, about the same volunteer."""


def _build_act(home: "HomeToRead", position: int, event: Any) -> Row:
    retracted = find_retracted(home.log, event)
    return {
        "event": position,
        "what": event.TOPIC,
        "recorded_at": datetime.fromtimestamp(second(event.timestamp), home.zone).isoformat(),
        **({} if retracted is None else {"retracts": retracted}),
        **build_authorship(home.people, event.by, getattr(event, "note", None), getattr(event, "note_digest", None)),
    }


def load_person_changes(home: "HomeToRead", volunteer: UUID, as_of: Second | None) -> list[Row]:
    """The changes of what identifies a volunteer, recorded by an instant: which fields, by whom, why (R-121)."""
    rows = (row for row in home.log.read_stream_rows(volunteer) if row[3] == PERSON_CHANGED)
    changes: list[tuple[int, Any]] = [*read_lenient(home.log.decode_row, rows)]
    return [
        {**_build_act(home, position, event), "fields": event.fields}
        for position, event in changes
        if as_of is None or second(event.timestamp) <= as_of
    ]


def load_accesses(home: "HomeToRead", positions: Iterable[int]) -> list[Row]:
    """What the events at some positions say was shown: when, to whom, which list, whose names, why (R-120)."""
    numbers = home.people.load_numbers()
    entries = (entry for position in positions for entry in home.log.read_entries_lenient(position - 1, 1, position))
    return [_build_access(home, position, event, numbers) for position, event in entries]


def _build_access(home: "HomeToRead", position: int, event: Any, numbers: Mapping[UUID, str]) -> Row:
    if event.TOPIC == PERSON_SHOWN:
        shown, volunteers = "person", [event.volunteer_id]
    else:
        shown, volunteers = event.listed, list(map(UUID, event.volunteers))
    authorship = build_authorship(home.people, event.by, event.note, event.note_digest)
    return {
        "event": position,
        "at": datetime.fromtimestamp(second(event.at), home.zone).isoformat(),
        "by": authorship.pop("by"),
        "shown": shown,
        "volunteers": sorted(numbers.get(one, str(one)) for one in volunteers),
        "purpose": event.purpose,
        **authorship,
    }


def build_authorship(people: "PeopleToRead", by: UUID, note: UUID | None, note_digest: str | None) -> Row:
    """The keys `by` and `reason`, and `reason_lost` where the reason is `erased` or `altered`."""
    row: Row = {"by": people.find_actor_name(by) or str(by), "reason": None}
    if note is None:
        return row
    if text := people.find_reason(note, note_digest):
        return row | {"reason": text}
    return row | {"reason_lost": "erased" if text is None else "altered"}
