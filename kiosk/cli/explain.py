"""`kiosk explain`: every minute of a volunteer's day, credited or not, with the reason and the events behind it."""

from datetime import date
from typing import Any
from uuid import UUID

import click
import msgspec

from domain.spans import Second
from kiosk.cli.options import format_example, output_format, pass_home
from kiosk.cli.reads import ServiceDate, as_of_option, find_volunteer, open_statements, parse_recorded_instant
from kiosk.home import Home
from kiosk.statements.explained_day import ExplanationFormatter, ExplanationLine, NameLookup
from kiosk.statements.statements import Statements
from kiosk.words.cli import CliText
from kiosk.words.explained_en import WORDS
from kiosk.words.help import HelpText
from projections.read_models.audit_trail import list_audit_trail
from projections.read_models.explanation import ExplainedStretch, Explanation, explain
from projections.read_models.unsynchronised_taps import UnsynchronisedTap


@click.command(
    "explain",
    epilog=format_example("kiosk explain V001 2026-11-19", "kiosk explain V001 115-11-19 --format json"),
    help=HelpText.EXPLAIN_DAY,
)
@click.argument("volunteer")
@click.argument("day", type=ServiceDate(), metavar="DATE")
@as_of_option
@output_format("table", "json")
@pass_home
def explain_day(home: Home, volunteer: str, day: date, as_of: str | None, output: str) -> None:
    """Explain a service day of a volunteer."""
    who = find_volunteer(home, volunteer)
    with open_statements(home, as_of) as said:
        key = said.views.find_key(who)
        instant = parse_recorded_instant(home, as_of) if as_of else None
        found = explain(said.views, key, day, instant) if key is not None else None
        told = _build_json(volunteer, day, found, said)
        if output == "json":
            click.echo(msgspec.json.encode(told).decode())
        else:
            click.echo(_format_lines(home, who, told, found, instant))


def _build_json(volunteer: str, day: date, found: Explanation | None, said: Statements) -> dict[str, Any]:
    told: dict[str, Any] = {
        "volunteer": volunteer,
        "date": day.isoformat(),
        "credited_minutes": found.credited_minutes if found else 0,
        "stretches": [_build_stretch(stretch, said) for stretch in found.stretches] if found else [],
    }
    if found and found.unsynchronised:
        told["clock"] = [_build_unsynchronised_tap(tap, said) for tap in found.unsynchronised]
    if found and found.undecodable:
        told["unreadable"] = [{"event": one.position, "name": one.name, "why": one.why} for one in found.undecodable]
    return told


def _build_unsynchronised_tap(tap: UnsynchronisedTap, said: Statements) -> dict[str, Any]:
    return {
        "event": tap.position,
        "shown": said.format_local(tap.shown),
        "counts_at": said.format_local(tap.at),
        "corrected_by": tap.put_right_by,
        "boot": tap.boot,
    }


def _build_stretch(stretch: ExplainedStretch, said: Statements) -> dict[str, Any]:
    return {
        "from": said.format_local(stretch.start),
        "to": None if stretch.end is None else said.format_local(stretch.end),
        "credited": stretch.credited,
        "reason": stretch.reason,
        "rule": stretch.rule,
        "duty": stretch.duty,
        "events": stretch.events,
    }


# --- As a timeline ---


def _format_lines(home: Home, who: UUID, told: dict[str, Any], found: Explanation | None, as_of: Second | None) -> str:
    title = CliText.MINUTES_CREDITED.fill(
        volunteer=told["volunteer"], date=told["date"], credited_minutes=told["credited_minutes"]
    )
    done = list_audit_trail(home.log, who, found, as_of) if found else []
    if found is None or not any((found.taps, found.visits, found.duties, found.unsynchronised, found.undecodable)):
        return f"{title}\n  {WORDS.nothing}"
    return "\n".join(
        [
            title,
            *map(
                _format_line, ExplanationFormatter(WORDS, _build_name_lookup(home), home.zone).format_lines(found, done)
            ),
        ]
    )


def _build_name_lookup(home: Home) -> NameLookup:
    """Whoever runs this may read the people store anyway."""
    people = home.people
    return NameLookup(
        lambda who: people.find_number(who) or str(who),
        lambda who: people.find_actor_name(who) or str(who),
        people.find_note_text,
    )


def _format_line(told: ExplanationLine) -> str:
    head = f"  {told.mark}" if told.mark else WORDS.heads[told.head]
    behind = ", ".join(map(str, told.events))
    events = f"  (event{'s' if len(told.events) > 1 else ''} {behind})" if behind else ""
    return f"  {head:{HEAD_WIDTH}}{told.when:{WHEN_WIDTH}}{told.text}{events}"


HEAD_WIDTH, WHEN_WIDTH = 8, 13
"""Columns of what a line is about, and of its times."""
