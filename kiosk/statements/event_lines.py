"""The statement of an event as lines for people, in one language."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import msgspec

from domain.log.folds import FOLD_ERRORS
from kiosk.statements.explained_day import LONGEST_REASON, format_actor
from kiosk.statements.policy_values import LONGEST_VALUE, format_parameters
from kiosk.text.sanitise import sanitise
from kiosk.words.event_words import EventWords
from kiosk.words.sentence import fill_text

Row = dict[str, Any]

MOST_DAYS = 7
"""Of a range of days that are named one by one."""
CODE_FIELDS = frozenset(
    [
        *("kind", "mode", "direction", "clock", "decision", "role", "basis", "fields", "purpose", "listed", "scopes"),
        *("missing_checkout_credit", "absence_window", "leave_window"),
    ]
)
"""Fields whose values are words of the rules."""


class EventLine(msgspec.Struct, frozen=True):
    """A line: what it is about, and what is said of it."""

    label: str
    text: str
    event: int | None = None
    """The position of another event that it names."""
    volunteer_day: tuple[str, str] | None = None
    """The number of a volunteer, and a service day, where it names these."""


def format_event(row: Row, words: EventWords) -> list[EventLine]:
    """All lines of the statement."""
    head = words.heads
    meaning = words.meanings.get(row["name"], words.unknown_meaning)
    lines = [
        EventLine(head["event"], f"{row['event']}  {sanitise(row['name'])}"),
        EventLine(head["means"], meaning),
        EventLine("", words.unreadable[row["unreadable"]] if row["unreadable"] else ""),
        *(
            EventLine(words.fields.get(name, sanitise(name)), format_field(name, value, words))
            for name, value in row["fields"].items()
        ),
        EventLine(head["happened_at"], format_instant(row["happened_at"])),
        EventLine(head["recorded_at"], format_instant(row["recorded_at"])),
        EventLine(head["by"], format_actor(row["by"], words.explained)),
        EventLine(head["reason"], _format_reason(row, words)),
        EventLine(head["stream"], _format_stream(row["stream"], words)),
        EventLine(head["retracts"], str(row["retracts"] or ""), row["retracts"]),
        EventLine(head["retracted_by"], str(row["retracted_by"] or ""), row["retracted_by"]),
    ]
    return [line for line in lines if line.text] + [*_format_explained(row, words), *_format_chain(row, words)]


def format_instant(text: str | None) -> str:
    """A local instant of a statement, without its offset."""
    return (text or "")[:19].replace("T", " ")


def _format_reason(row: Row, words: EventWords) -> str:
    lost = {"erased": words.explained.reason_erased, "altered": words.explained.reason_altered}
    if row["reason"] is None:
        return lost.get(row.get("reason_lost", ""), "")
    known = words.explained.known_reasons.get(row["reason"])
    return known or sanitise(row["reason"], LONGEST_REASON)


# --- Fields ---


def format_field(name: str, value: object, words: EventWords) -> str:
    """The value of a field in words; empty where it has none."""
    colon, semicolon = words.explained.colon, words.explained.semicolon
    if isinstance(value, dict) and name == "changes":
        return semicolon.join(format_parameters(value, words.policy, colon))
    if isinstance(value, dict):
        return semicolon.join(
            f"{words.codes.get(key, key)}{colon}{format_field(key, one, words)}" for key, one in value.items()
        )
    if isinstance(value, list):
        if name == "opens":
            with suppress(*FOLD_ERRORS):  # else it is shown as it stands
                return semicolon.join(_format_hours(hours, words) for hours in value)
        return words.separator.join(format_field(name, one, words) for one in value)
    if isinstance(value, bool):
        return words.yes if value else words.no
    if value is None:
        return ""
    return _format_plain(name, value, words)


def _format_plain(name: str, value: object, words: EventWords) -> str:
    text = str(value)
    if name in ("actor", "coordinator"):
        return format_actor(text, words.explained)
    if name == "refused_because":
        return words.explained.taps.get(text, sanitise(text))
    if name == "command":
        return words.commands.get(text) or sanitise(text.replace("_", " "))
    if name == "refusal":
        return format_refusal(text, words)
    if name in CODE_FIELDS:
        return words.codes.get(text, sanitise(text, LONGEST_VALUE))
    if isinstance(value, str) and "T" in text[10:11] and text[:4].isdecimal():
        return format_instant(text)
    return sanitise(text.removesuffix(".0"), LONGEST_VALUE)


class _Blanks(dict[str, str]):
    """Stands for the fields of a refusal, which are not kept."""

    def __missing__(self, name: str) -> str:
        return "…"


def format_refusal(name: str, words: EventWords) -> str:
    """The sentence of a refusal, without the fields that were in it."""
    return fill_text(words.refusals.get(name, name), _Blanks())


def _format_hours(hours: Mapping[str, Any], words: EventWords) -> str:
    days = " ".join(words.weekdays[day] for day in hours["days"])
    return f"{days} {hours['from']}–{hours['to']}"


# --- Its place, and what it bears on ---


def _format_stream(stream: Row, words: EventWords) -> str:
    kind = words.streams.get(stream["kind"], words.unknown_stream)
    parts = [sanitise(str(value)) for name, value in stream.items() if name not in ("kind", "version")]
    return words.number_in_stream.format(stream=" ".join((kind, *parts)), version=stream["version"])


def _format_explained(row: Row, words: EventWords) -> Iterator[EventLine]:
    head = words.heads["explains"]
    if not row["explains"]:
        yield EventLine(head, words.explains_nothing)
    for one in row["explains"]:
        for since, until in _split_range(one["from"], one["to"]):
            who = sanitise(one["volunteer"] or "") or words.every_volunteer
            day = _format_range(since, until, words)
            whose = (one["volunteer"], since) if one["volunteer"] and since and since == until else None
            yield EventLine(head, f"{who} {day}", None, whose)


def _split_range(since: str | None, until: str | None) -> Iterator[tuple[str | None, str | None]]:
    """Few days one by one."""
    if since and until:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
        if (last - first).days < MOST_DAYS:
            for offset in range((last - first).days + 1):
                day = (first + timedelta(days=offset)).isoformat()
                yield day, day
            return
    yield since, until


def _format_range(since: str | None, until: str | None, words: EventWords) -> str:
    if since is None:
        return words.every_day
    if until is None:
        return words.from_day.format(since=since)
    return since if since == until else f"{since}–{until}"


def _format_chain(row: Row, words: EventWords) -> Iterator[EventLine]:
    chain, heads = row["chain"], words.heads
    if chain["event"] is None:
        yield EventLine(heads["check"], words.copied)
        return
    yield EventLine(heads["hash"], chain["hash"])
    yield EventLine(heads["before"], words.log_begins if chain["event"] == 1 else chain["before"] or "")
    yield EventLine(heads["check"], words.fits if chain["fits"] else words.fits_not)
    if chain["event"] != row["event"]:
        yield EventLine("", words.in_own_log.format(position=chain["event"]))
    is_verified = chain["verified_to"] is not None and chain["event"] <= chain["verified_to"]
    verified = words.verified.format(at=format_instant(chain["verified_at"]), position=chain["verified_to"])
    yield EventLine("", verified if is_verified else words.not_verified)
