"""`kiosk explain`: every minute of a volunteer's day, credited or not, with the reason and the events behind it."""

from datetime import date
from typing import Any
from uuid import UUID

import click
import msgspec

from domain.spans import Second
from kiosk.cli.options import example, in_home, output_format
from kiosk.cli.reads import ServiceDate, as_of_option, known_volunteer, recorded_instant, statements
from kiosk.home import Home
from kiosk.statements.explained_day import Naming, Teller, Told
from kiosk.statements.statements import Statements
from kiosk.words.explained_en import WORDS
from projections.read_models.audit_trail import deeds
from projections.read_models.explanation import ExplainedStretch, Explanation, explain
from projections.read_models.unsynchronised_taps import UnsureTap


@click.command("explain", epilog=example("kiosk explain V001 2026-11-19", "kiosk explain V001 115-11-19 --format json"))
@click.argument("volunteer")
@click.argument("day", type=ServiceDate(), metavar="DATE")
@as_of_option
@output_format("table", "json")
@in_home
def explain_day(home: Home, volunteer: str, day: date, as_of: str | None, output: str) -> None:
    """Explain a service day of a volunteer."""
    who = known_volunteer(home, volunteer)
    with statements(home, as_of) as said:
        key = said.views.key_of(who)
        instant = recorded_instant(home, as_of) if as_of else None
        found = explain(said.views, key, day, instant) if key is not None else None
        told = _as_json(volunteer, day, found, said)
        if output == "json":
            click.echo(msgspec.json.encode(told).decode())
        else:
            click.echo(_as_lines(home, who, told, found, instant))


def _as_json(volunteer: str, day: date, found: Explanation | None, said: Statements) -> dict[str, Any]:
    told: dict[str, Any] = {
        "volunteer": volunteer,
        "date": day.isoformat(),
        "credited_minutes": found.credited_minutes if found else 0,
        "stretches": [_stretch(stretch, said) for stretch in found.stretches] if found else [],
    }
    if found and found.unsure:
        told["clock"] = [_unsure(tap, said) for tap in found.unsure]
    if found and found.illegible:
        told["unreadable"] = [{"event": one.position, "name": one.name, "why": one.why} for one in found.illegible]
    return told


def _unsure(tap: UnsureTap, said: Statements) -> dict[str, Any]:
    return {
        "event": tap.position,
        "shown": said.local(tap.shown),
        "counts_at": said.local(tap.at),
        "corrected_by": tap.put_right_by,
        "boot": tap.boot,
    }


def _stretch(stretch: ExplainedStretch, said: Statements) -> dict[str, Any]:
    return {
        "from": said.local(stretch.start),
        "to": None if stretch.end is None else said.local(stretch.end),
        "credited": stretch.credited,
        "reason": stretch.reason,
        "rule": stretch.rule.rule,
        "duty": stretch.duty,
        "events": stretch.events,
    }


# --- As a timeline ---


def _as_lines(home: Home, who: UUID, told: dict[str, Any], found: Explanation | None, as_of: Second | None) -> str:
    title = f"{told['volunteer']} on {told['date']}: {told['credited_minutes']} minutes credited"
    done = deeds(home.log, who, found, as_of) if found else []
    if found is None or not any((found.taps, found.visits, found.duties, found.unsure, found.illegible)):
        return f"{title}\n  {WORDS.nothing}"
    return "\n".join([title, *map(_line, Teller(WORDS, _naming(home), home.zone).timeline(found, done))])


def _naming(home: Home) -> Naming:
    """Whoever runs this may read the people store anyway."""
    people = home.people
    return Naming(
        lambda who: people.number_of(who) or str(who),
        lambda who: people.actor_name(who) or str(who),
        people.note_text,
    )


def _line(told: Told) -> str:
    head = f"  {told.mark}" if told.mark else WORDS.heads[told.head]
    behind = ", ".join(map(str, told.events))
    events = f"  (event{'s' if len(told.events) > 1 else ''} {behind})" if behind else ""
    return f"  {head:{HEAD}}{told.when:{WHEN}}{told.text}{events}"


HEAD, WHEN = 8, 13
"""Columns of what a line is about, and of its times."""
