"""What one event of the log says, where it stands in the hash chain, and whose days it bears on.

Rule: an event that cannot be read is shown as far as it can be. Cards and keyed hashes are not shown, volunteers stand
by number, instants are local; a reason is what the people store has, or what became of it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from domain.calendar import ServiceDays
from domain.ids import attendance_stream, corrections_stream, refused_commands_stream, refused_taps_stream
from domain.log.chain import GENESIS, compute_leaf, compute_link
from domain.log.errors import UnknownName, Unreadable
from domain.log.event_rows import LAST_POSITION, Entry, EventRow, decode_recorded_at, is_recorded_instant
from domain.log.lenient import UndecodableReason
from domain.typed_decoding import convert, decode_json
from kiosk.errors import EXIT_NO, UserError
from kiosk.statements.acts import build_authorship, find_retracted
from kiosk.statements.explained_day import NameLookup
from kiosk.words.command_line import CommandLineText
from projections.read_models.event_days import list_event_days

if TYPE_CHECKING:
    from domain.log.standing_log import LogToRead
    from kiosk.standing_home import HomeToRead
    from projections.engine.day_source import DaySource

Row = dict[str, Any]

VOLUNTEER_FIELDS = frozenset({"volunteer_id", "volunteer", "giver", "taker"})
VOLUNTEER_LISTS = frozenset({"volunteers", "accounted", "missing"})
ACTOR_FIELDS = frozenset({"actor", "coordinator"})
UNSHOWN = frozenset(
    [
        *("originator_id", "originator_version", "originator_topic", "timestamp", "class_version"),
        *("at", "by", "note", "note_digest", "retracted"),
        *("card", "book", "group", "key_check", "tables"),
        *("person_digest", "pin_digest", "password_digest", "digest", "views_digest"),
        *("boot_ns", "before_ns", "after_ns", "anchor_ns", "until_ns", "version"),
    ]
)
"""Fields that stand elsewhere in the statement, that name a card or a person, or that only a program can read."""
RENAMED = {"volunteer_id": "volunteer", "reason": "refused_because"}
"""Where a statement calls a field otherwise."""
NANOSECONDS = 10**9


class EventContext(msgspec.Struct, frozen=True):
    """What is known beside the log."""

    views: "DaySource"
    """Caught up with the log."""
    days: ServiceDays
    """Those of the unit, as these views evaluate them."""
    verified: "Verified | None"
    """The last verification of the whole log, if it was good."""


class NoSuchEvent(UserError):
    """The log has no event at this position."""


Verified = tuple[datetime, int]
"""When the whole log was verified, and up to which position."""


class FoundEvent(msgspec.Struct, frozen=True):
    """An event with its fields, as far as they could be read."""

    row: EventRow
    event: Any
    """None where it cannot be decoded."""
    fields: Mapping[str, Any]
    unreadable: UndecodableReason | None
    stream: list[Entry]
    """Those events of its stream that can be read."""


def build_event_row(home: "HomeToRead", position: int, names: NameLookup, context: EventContext) -> Row:
    """The statement of the event at a position. Raises: NoSuchEvent, LogError, UserError."""
    found = _find_event(home, position, context)
    fields = found.fields
    authorship: Row = {"by": None, "reason": None}
    if by := _parse(UUID, fields.get("by")):
        note = _parse(UUID, fields.get("note"))
        authorship = build_authorship(home.people, by, note, fields.get("note_digest")) | {"by": names.actor(by)}
    recorded = decode_recorded_at(found.row.state)
    return {
        "event": position,
        "name": found.row.topic,
        "happened_at": _format_local(_parse(datetime, fields.get("at")), home),
        "recorded_at": _format_local(recorded, home),
        **authorship,
        "fields": dict(_build_fields(found, home, names)),
        "stream": _build_stream(found, context.days, names),
        "retracts": find_retracted(home.log, found.event) if found.event else fields.get("retracted"),
        "retracted_by": _find_retraction(home.log, found),
        "explains": _list_explained(home, found, context, names),
        "chain": _build_chain(home, found.row, context.verified),
        "unreadable": found.unreadable,
    }


def _find_event(home: "HomeToRead", position: int, context: EventContext) -> FoundEvent:
    rows = home.log.read_rows(position - 1, 1, position) if 0 < position <= LAST_POSITION else []
    if not rows:
        text = CommandLineText.NO_EVENT.fill(position=position, last=home.log.head().position)
        raise NoSuchEvent(text, EXIT_NO)
    row = EventRow(*rows[0])
    if [type(column) for column in row] != [int, str, int, str, bytes] or not _parse(UUID, row.stream):
        raise UserError(CommandLineText.EVENT_DAMAGED.fill(position=position), EXIT_NO)
    stream = home.log.read_stream_lenient(UUID(row.stream))
    try:
        event = home.log.decode_row(row)
    except (UnknownName, Unreadable) as refused:
        why: UndecodableReason = "unknown name" if isinstance(refused, UnknownName) else "does not decode"
        return FoundEvent(row, None, _decode_plain(row.state), why, stream)
    unfit: dict[int, UndecodableReason] = {one.position: one.why for one in context.views.quarantine}
    return FoundEvent(row, event, vars(event), unfit.get(position), stream)


def _decode_plain(state: bytes) -> Mapping[str, Any]:
    """What stands in the bytes of an event that this program does not know."""
    try:
        return decode_json(state, dict[str, Any])
    except (msgspec.MsgspecError, ValueError):
        return {}


# --- What it says ---


def _build_fields(found: FoundEvent, home: "HomeToRead", names: NameLookup) -> Iterator[tuple[str, object]]:
    for name, value in found.fields.items():
        if name not in UNSHOWN:
            yield RENAMED.get(name, name), _build_value(name, value, home, names)
    if "before_ns" in found.fields and "after_ns" in found.fields:
        with suppress(TypeError):  # of an event that cannot be decoded
            yield "stepped_seconds", round((found.fields["after_ns"] - found.fields["before_ns"]) / NANOSECONDS, 3)


def _build_value(name: str, value: Any, home: "HomeToRead", names: NameLookup) -> object:
    if name in VOLUNTEER_FIELDS or name in ACTOR_FIELDS:
        known = _parse(UUID, value)
        return value if known is None else (names.actor if name in ACTOR_FIELDS else names.volunteer)(known)
    if name in VOLUNTEER_LISTS and isinstance(value, list):
        return sorted(names.volunteer(known) for one in value if (known := _parse(UUID, one)))
    if name == "changed" and isinstance(value, dict):
        return sorted(value)
    if name == "arguments" and isinstance(value, dict):
        return [f"{key}={_build_value(key, text, home, names)}" for key, text in value.items()]
    if isinstance(value, datetime):
        return _format_local(value, home)
    return str(value) if isinstance(value, UUID) else value


def _parse(kind: type, value: object) -> Any:
    """An id or an instant, also one that is still JSON; None for anything else."""
    if isinstance(value, kind):
        return value
    try:
        parsed = convert(value, kind) if isinstance(value, str) else None
    except msgspec.ValidationError:
        return None
    return parsed if not isinstance(parsed, datetime) or is_recorded_instant(parsed) else None


def _format_local(at: datetime | None, home: "HomeToRead") -> str | None:
    return None if at is None else at.astimezone(home.zone).isoformat(timespec="seconds")


# --- Where it stands ---


def _build_stream(found: FoundEvent, days: ServiceDays, names: NameLookup) -> Row:
    """The kind of its stream, and what the events of that are about, as far as this one or the first one says so."""
    first = vars(found.stream[0].event) if found.stream else {}
    about = {**{name: first[name] for name in ("volunteer_id", "rule", "ordinal") if name in first}, **found.fields}
    kind = found.row.topic.partition(".")[0]
    row: Row = {"kind": kind, "version": found.row.version}
    whose = _parse(UUID, about.get("volunteer_id"))
    if kind == "volunteer":
        whose = UUID(found.row.stream)
    if kind not in UNTOLD and whose:
        row["volunteer"] = names.volunteer(whose)
    row |= {name: about[name] for name in STREAM_FIELDS.get(kind, ()) if name in about}
    if day := _find_stream_day(found, days, whose):
        row["date"] = day.isoformat()
    if actor := _parse(UUID, about.get("coordinator") or about.get("actor")):
        row["actor"] = names.actor(actor)
    return row


UNTOLD = frozenset({"shift", "refused-taps", "card"})
"""Kinds of stream that are not about the volunteer whom one of its events names."""
STREAM_FIELDS: Mapping[str, tuple[str, ...]] = {
    "shift": ("shift",),
    "service-event": ("event",),
    "attendance": ("kiosk",),
    "refused-taps": ("kiosk",),
    "kiosk-clock": ("kiosk", "boot"),
    "boots-put-right": ("kiosk",),
    "exit-case": ("rule", "ordinal"),
    "reconciliation": ("day",),
}


def _find_stream_day(found: FoundEvent, days: ServiceDays, whose: UUID | None) -> date | None:
    """The service day of which a stream is: a policy may have moved the end of a day since."""
    fields = found.fields
    at, check_in, kiosk = (fields.get(name) for name in ("at", "check_in", "kiosk"))
    makers: Mapping[str, Callable[[date], UUID]] = {
        "refused-commands": refused_commands_stream,
        "refused-taps": lambda day: refused_taps_stream(str(kiosk), day),
    }
    if whose:
        makers |= {
            "attendance": lambda day: attendance_stream(whose, day, str(kiosk)),
            "corrections": lambda day: corrections_stream(whose, day),
        }
    instant, make = _parse(datetime, check_in or at), makers.get(found.row.topic.partition(".")[0])
    if instant is None or make is None:
        return None
    near = (days.of(instant) + timedelta(days=offset) for offset in (0, -1, 1))
    return next((day for day in near if make(day).hex == found.row.stream), None)


def _find_retraction(log: "LogToRead", found: FoundEvent) -> int | None:
    """The position of the event that takes this one back."""
    position = found.row.position
    return next((one.position for one in found.stream if find_retracted(log, one.event) == position), None)


CHAIN_FIELDS = ("event", "hash", "before", "fits", "verified_at", "verified_to")


def _build_chain(home: "HomeToRead", row: EventRow, verified: Verified | None) -> Row:
    """The hashes of the event and of the one before, and how far the log was verified as a whole.

    At a kiosk with a hub those of its own log; of what was copied from the unit's log the hub has them.
    """
    log, position = home.log.own, _find_own_position(home.log, row)
    if position is None:
        return dict.fromkeys(CHAIN_FIELDS)
    stored, before = log.chain_at(position), _find_chain_before(log, position)
    leaf = compute_leaf(position, row.stream.encode(), row.version, row.topic.encode(), row.state)
    verified_at, verified_to = verified or (None, None)
    return {
        "event": position,
        "hash": stored.hex(),
        "before": before and before.hex(),
        "fits": before is not None and compute_link(before, leaf) == stored,
        "verified_at": _format_local(verified_at, home),
        "verified_to": verified_to,
    }


def _find_own_position(log: "LogToRead", row: EventRow) -> int | None:
    """Where an event stands in the log that is verified here; None where that does not hold it."""
    if log.own is log:
        return row.position
    return next((own[0] for own in log.own.read_stream_rows(UUID(row.stream)) if own[2] == row.version), None)


def _find_chain_before(log: "LogToRead", position: int) -> bytes | None:
    """None in a log from which the event before was taken out."""
    if position == 1:
        return GENESIS
    return log.chain_at(position - 1) if log.read_rows(position - 2, 1, position - 1) else None


# --- What it bears on ---


def _list_explained(home: "HomeToRead", found: FoundEvent, context: EventContext, names: NameLookup) -> list[Row]:
    """The volunteers and service days; None leaves a side open, `to` also where it goes on for ever."""
    entry = found.event and Entry(found.row.position, found.event)
    listed = list_event_days(context.views, context.days, home.log, entry, found.stream) if entry else ()
    rows = [
        {
            "volunteer": whose and names.volunteer(whose),
            "from": since and since.isoformat(),
            "to": until.isoformat() if until and until != date.max else None,
        }
        for whose, since, until in listed
    ]
    return sorted(rows, key=lambda row: (row["volunteer"] or "", row["from"] or ""))
