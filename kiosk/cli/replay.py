"""`kiosk replay`: rebuild every read model from the events, and compare it with the live one or with a saved one."""

from datetime import date
from pathlib import Path

import click
import msgspec

from kiosk.cli.options import format_example, output_format, pass_home
from kiosk.cli.reads import ServiceDate, as_of_option, parse_recorded_instant
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.statements import compare_live as live
from kiosk.statements.compare_past import compare_past_with_live, compare_past_with_saved
from kiosk.statements.difference import format_change
from kiosk.statements.saved_statement import READ_MODEL_NAMES, SavedFilter, load_saved_statement
from kiosk.statements.statements import Row
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example(
        "kiosk replay",
        "kiosk replay --as-of 2026-11-30T23:59",
        "kiosk hours --as-of 2026-11-30T23:59 --format json > november.json",
        "kiosk replay --as-of 2026-11-30T23:59 --against november.json",
    ),
    help=HelpText.REPLAY,
)
@as_of_option
@click.option("--against", type=click.Path(path_type=Path), metavar="FILE", help=HelpText.STATEMENT_SAVED_JSON)
@click.option("--view", type=click.Choice(READ_MODEL_NAMES), help=HelpText.READ_MODEL_FILE)
@click.option("--from", "since", type=ServiceDate(), metavar="DATE", help=HelpText.FILE_NARROWED_WHEN_SAVED)
@click.option("--to", "until", type=ServiceDate(), metavar="DATE", help="Same.")
@click.option("--volunteer", metavar="NUMBER", help="Same.")
@output_format("table", "json")
@pass_home
def replay(
    home: Home, as_of: str | None, against: Path | None, view: str | None, output: str, **narrowing: date | str | None
) -> int:
    """Rebuild every read model in a scratch file and compare."""
    if against is None:
        _refuse_without_file(view, *narrowing.values())
        found = _compare_as_of(home, as_of) if as_of else _compare_live(home)
    elif as_of is None:
        raise UserError(CliText.AGAINST_NEEDS)
    else:
        saved = load_saved_statement(against, view, SavedFilter(**narrowing))  # pyright: ignore[reportArgumentType] - by click
        found = compare_past_with_saved(home, parse_recorded_instant(home, as_of), saved)
    click.echo(msgspec.json.encode(found).decode() if output == "json" else "\n".join(_format_lines(found)))
    return 0 if found["identical"] and "quarantine" not in found else EXIT_NO


def _refuse_without_file(*given: object) -> None:
    if any(given):
        raise UserError(CliText.VIEW_VOLUNTEER_SAY_FILE)


def _compare_live(home: Home) -> Row:
    home.views.catch_up(None if home.simulation else home.now_second())
    return live.compare_with_live(home)


def _compare_as_of(home: Home, as_of: str) -> Row:
    return compare_past_with_live(home, parse_recorded_instant(home, as_of))


# --- As a table ---


def _format_lines(found: Row) -> list[str]:
    as_of = f" as of {found['as_of']}" if "as_of" in found else ""
    if found["identical"]:
        source = "" if as_of else f" from {found['events']:,} events"
        return [
            f"identical{as_of}: {found['rows']:,} rows{source}",
            *_format_changed_count(found),
            *_format_quarantine(found),
        ]
    told = [f"  {_format_difference(told)}" for told in found["differences"]]
    return [_format_heading(found, as_of), *told, *_format_changed_count(found), *_format_quarantine(found)]


def _format_difference(told: Row) -> str:
    if "columns" in told:
        return live.format_difference(told)
    return f"{format_change(told)} recorded {told['recorded']}" if "recorded" in told else format_change(told)


def _format_heading(found: Row, as_of: str) -> str:
    if "view" in found:
        return CliText.SAVED_DIFFER_LOG.fill(view=found["view"], as_of=as_of)
    if as_of:
        return CliText.VIEWS_DIFFER_LOG.fill(as_of=as_of)
    return CliText.VIEWS_DIFFER_EVENTS


def _format_changed_count(found: Row) -> list[str]:
    """How many rows are others today, by events recorded since."""
    count = found.get("changed_since", 0)
    return [CliText.ROWS_OTHERS_TODAY_EVENTS_RECORDED.fill(count=count)] if count else []


def _format_quarantine(found: Row) -> list[str]:
    """The events that both sides had to do without."""
    return [f"without event {one['event']} ({one['name']!r}): {one['why']}" for one in found.get("quarantine", [])]
