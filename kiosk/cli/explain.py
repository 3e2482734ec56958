"""`kiosk explain`: every minute of a volunteer's day, credited or not, with the reason and the events behind it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import click
import msgspec

from domain.spans import Second
from kiosk.cli.home_to_read import find_instant, find_volunteer, hold_statements, read_home
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import ServiceDate, as_of_option, output_format, pass_home_folder
from kiosk.statements.acts import load_acts
from kiosk.statements.explained_day import ExplanationFormatter, ExplanationLine, build_name_lookup, format_events
from kiosk.statements.statement_rows import StatementRows
from kiosk.text.cells import measure_cells
from kiosk.words.command_line import CommandLineText
from kiosk.words.explained import find_explained_words
from kiosk.words.help import HelpText
from projections.read_models.audit_trail import AuditEntry, list_audit_trail
from projections.read_models.explained_stretch import ExplainedStretch
from projections.read_models.explanation import Explanation, TrainingDemand, explain
from projections.read_models.unsynchronised_taps import UnsynchronisedTap

if TYPE_CHECKING:
    from kiosk.standing_home import HomeToRead
    from projections.engine.day_source import DaySource


@click.command(
    "explain",
    epilog=format_example("kiosk explain V001 2026-11-19", "kiosk explain V001 115-11-19 --format json"),
    help=HelpText.EXPLAIN.fill(),
)
@click.argument("volunteer")
@click.argument("day", type=ServiceDate(), metavar="DATE")
@as_of_option
@output_format("table", "json")
@pass_home_folder
def explain_day(folder: Path, volunteer: str, day: date, as_of: str | None, output: str) -> None:
    """Print the explanation of the day."""

    def read(home: "HomeToRead") -> str:
        volunteer_id = find_volunteer(home, volunteer)
        number = home.people.find_number(volunteer_id) or volunteer
        return _explain(home, Question(volunteer_id, number, day, output), as_of)

    click.echo(read_home(folder, read, may_stand=as_of is None))


class Question(NamedTuple):
    """What is asked."""

    volunteer: UUID
    number: str
    """Of the volunteer, as it is kept."""
    day: date
    output: str
    """`table` or `json`."""


def _explain(home: "HomeToRead", asked: Question, as_of: str | None) -> str:
    """Where views stand at the head of the log no read model needs to be opened. Raises: UserError, NotStanding."""
    with hold_statements(home, as_of) as statements:
        return _format(home, statements.views, statements, asked, find_instant(home, as_of))


def _format(
    home: "HomeToRead", views: "DaySource", statements: StatementRows, asked: Question, instant: Second | None
) -> str:
    key, whose = views.find_key(asked.volunteer), (asked.number, asked.day)
    found = explain(views, key, asked.day, instant) if key is not None else None
    trail = list_audit_trail(home.log, asked.volunteer, found, instant) if found else []
    if asked.output == "json":
        acts = load_acts(home, [entry.position for entry in trail])
        return msgspec.json.encode(_build_json(whose, found, acts, statements)).decode()
    return _format_lines(home, whose, found, trail)


VolunteerDay = tuple[str, date]
"""The number of a volunteer, and a service day."""


def _build_json(
    whose: VolunteerDay, found: Explanation | None, acts: list[dict[str, Any]], statements: StatementRows
) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "volunteer": whose[0],
        "date": whose[1].isoformat(),
        "credited_minutes": found.credited_minutes if found else 0,
        "stretches": [_build_stretch(stretch, statements) for stretch in found.stretches] if found else [],
        "acts": acts,
        "trainings": [_build_demand(demand, statements) for demand in found.trainings] if found else [],
    }
    if found and found.unsynchronised:
        facts["clock"] = [_build_unsynchronised_tap(tap, statements) for tap in found.unsynchronised]
    if found and found.undecodable:
        facts["unreadable"] = [{"event": one.position, "name": one.name, "why": one.why} for one in found.undecodable]
    return facts


def _build_demand(demand: TrainingDemand, statements: StatementRows) -> dict[str, Any]:
    basic, special = (
        None if at is None else statements.format_local(at) for at in (demand.basic_from, demand.special_from)
    )
    return {
        "category": demand.category,
        "basic_from": basic,
        "special_demanded": demand.category is not None,
        "special_from": special if demand.category else None,
    }


def _build_unsynchronised_tap(tap: UnsynchronisedTap, statements: StatementRows) -> dict[str, Any]:
    return {
        "event": tap.position,
        "shown": statements.format_local(tap.shown),
        "counts_at": statements.format_local(tap.at),
        "corrected_by": tap.put_right_by,
        "boot": tap.boot,
    }


def _build_stretch(stretch: ExplainedStretch, statements: StatementRows) -> dict[str, Any]:
    return {
        "from": statements.format_local(stretch.start),
        "to": None if stretch.end is None else statements.format_local(stretch.end),
        "credited": stretch.credited,
        "reason": stretch.reason,
        "rule": stretch.rule,
        "duty": stretch.duty,
        "events": stretch.events,
        "counts_on": stretch.counts_on and stretch.counts_on.isoformat(),
        "parameter": stretch.parameter,
    }


# --- As a timeline ---


def _format_lines(
    home: "HomeToRead", whose: VolunteerDay, found: Explanation | None, audit_trail: Sequence[AuditEntry]
) -> str:
    minutes = found.credited_minutes if found else 0
    title = CommandLineText.MINUTES_CREDITED.fill(volunteer=whose[0], date=whose[1], credited_minutes=minutes)
    formatter = ExplanationFormatter(find_explained_words(), build_name_lookup(home.people), home.zone)
    lines = formatter.format_lines(found, audit_trail)
    if not lines:
        return f"{title}\n  {find_explained_words().nothing}"
    widths = [max(map(measure_cells, column)) + GAP for column in zip(*map(_split_line, lines), strict=True)]
    return "\n".join([title, *(_format_line(line, widths) for line in lines)])


def _split_line(line: ExplanationLine) -> tuple[str, str]:
    """What a line is about, and when: these stand under each other, however long they are."""
    return f"  {line.mark}" if line.mark else find_explained_words().heads[line.head], line.when


def _format_line(line: ExplanationLine, widths: Sequence[int]) -> str:
    events = f"  {CommandLineText.IN_BRACKETS.fill(text=format_events(line.events))}" if line.events else ""
    columns = (
        text + " " * (width - measure_cells(text)) for text, width in zip(_split_line(line), widths, strict=True)
    )
    return f"  {''.join(columns)}{line.text}{events}"


GAP = 2
"""Cells between two columns."""
