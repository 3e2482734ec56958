"""`kiosk replay`: rebuild every read model from the events, and compare it with the live one or with a saved one."""

from datetime import date
from pathlib import Path
from textwrap import indent

import click
import msgspec

from kiosk.batch.recorded_instant import parse_recorded_instant
from kiosk.cli.home_to_read import print_quarantine
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, ServiceDate, as_of_option, output_format, pass_home_to_read
from kiosk.cli.printing import format_change
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.statements.replay import (
    compare_past_with_live,
    compare_past_with_saved,
    compare_with_live,
    format_difference,
)
from kiosk.statements.saved_statement import READ_MODEL_NAMES, load_saved_statement
from kiosk.statements.statement_rows import FilterOptions, Row
from kiosk.words.command_line import CommandLineText, StatementText
from kiosk.words.help import HelpText
from kiosk.words.joined import JoinedText
from kiosk.words.log_errors import UndecodableText


@click.command(
    epilog=format_example(
        "kiosk replay",
        "kiosk replay --as-of 2026-11-30T23:59",
        "kiosk hours --as-of 2026-11-30T23:59 --format json > november.json",
        "kiosk replay --as-of 2026-11-30T23:59 --against november.json",
    ),
    help=HelpText.REPLAY.fill(),
)
@as_of_option
@click.option("--against", type=FOLDER_TYPE, metavar="FILE", help=HelpText.OPTION_AGAINST.fill())
@click.option("--view", type=click.Choice(READ_MODEL_NAMES), help=HelpText.OPTION_SAVED_VIEW.fill())
@click.option("--from", "since", type=ServiceDate(), metavar="DATE", help=HelpText.OPTION_SAVED_FILTER.fill())
@click.option("--to", "until", type=ServiceDate(), metavar="DATE", help=HelpText.OPTION_SAME.fill())
@click.option("--volunteer", metavar="NUMBER", help=HelpText.OPTION_SAME.fill())
@output_format("table", "json")
@pass_home_to_read
def replay(
    home: Home,
    as_of: str | None,
    against: Path | None,
    view: str | None,
    output: str,
    **saved_filter: date | str | None,
) -> int:
    """Rebuild and compare; the exit status says whether both sides are identical."""
    home.views.is_mended = False  # what was changed in them is to be found, not replaced
    if against is None:
        _refuse_without_file(view, *saved_filter.values())
        comparison = _compare_live(home) if as_of is None else _compare_as_of(home, as_of)
    elif as_of is None:
        raise UserError(CommandLineText.AGAINST_NEEDS_AS_OF.fill())
    else:
        saved = load_saved_statement(against, view, FilterOptions(**saved_filter))  # pyright: ignore[reportArgumentType] - by click
        comparison = compare_past_with_saved(home, parse_recorded_instant(home, as_of), saved, print_quarantine)
    click.echo(
        msgspec.json.encode(comparison).decode() if output == "json" else "\n".join(_format_lines(comparison, home))
    )
    return 0 if comparison["identical"] and "quarantine" not in comparison else EXIT_NO


def _refuse_without_file(*given: object) -> None:
    if any(given):
        raise UserError(CommandLineText.FILTER_NEEDS_FILE.fill())


def _compare_live(home: Home) -> Row:
    home.views.catch_up(None if home.simulation else home.now_second())
    return compare_with_live(home)


def _compare_as_of(home: Home, as_of: str) -> Row:
    return compare_past_with_live(home, parse_recorded_instant(home, as_of), print_quarantine)


# --- As a table ---


def _format_lines(comparison: Row, home: Home) -> list[str]:
    as_of = CommandLineText.AS_OF.fill(instant=comparison["as_of"]) if "as_of" in comparison else ""
    if comparison["identical"]:
        source = "" if as_of else CommandLineText.FROM_EVENTS.fill(events=comparison["events"])
        return [
            CommandLineText.IDENTICAL.fill(as_of=as_of, rows=comparison["rows"], source=source),
            *_format_erased(comparison),
            *_format_changed_count(comparison, home),
            *_format_quarantine(comparison, home),
        ]
    differences = [indent(_format_difference(row), "  ") for row in comparison["differences"]]
    return [
        _format_heading(comparison, as_of),
        *differences,
        *_format_erased(comparison),
        *_format_changed_count(comparison, home),
        *_format_quarantine(comparison, home),
    ]


def _format_difference(row: Row) -> str:
    return format_difference(row) if "columns" in row else format_change(row)


def _format_heading(comparison: Row, as_of: str) -> str:
    if "view" in comparison:
        return CommandLineText.SAVED_VIEW_DIFFERS.fill(view=comparison["view"], as_of=as_of)
    if as_of:
        return CommandLineText.VIEWS_DIFFER_AS_OF.fill(as_of=as_of)
    return CommandLineText.VIEWS_DIFFER.fill()


def _format_erased(comparison: Row) -> list[str]:
    """Which numbers of the file are compared with the rows of a volunteer who was erased since."""
    erased = comparison.get("erased_since", {})
    return [StatementText.COMPARED_WITH_ERASED.fill(number=number, erased=name) for number, name in erased.items()]


def _format_changed_count(comparison: Row, home: Home) -> list[str]:
    """How many rows differ today, by events recorded since; and where the command that names them works."""
    count = comparison.get("changed_since", 0)
    if not count:
        return []
    return [(JoinedText if home.sync_state else CommandLineText).ROWS_CHANGED_SINCE.fill(count=count)]


def _format_quarantine(comparison: Row, home: Home) -> list[str]:
    """The quarantined events, which are in neither side."""
    quarantine = home.views.quarantine if "quarantine" in comparison else []
    return list(map(UndecodableText.WITHOUT_EVENT.describe, quarantine))
