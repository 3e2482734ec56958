"""`kiosk replay`: rebuild every read model from the events, and compare it with the live one or with a saved one."""

from datetime import date
from pathlib import Path

import click
import msgspec

from kiosk.cli.options import example, in_home, output_format
from kiosk.cli.reads import ServiceDate, as_of_option, recorded_instant
from kiosk.errors import NO, Mistake
from kiosk.home import Home
from kiosk.statements import compare_live as live
from kiosk.statements.compare_past import against_saved, against_today
from kiosk.statements.difference import as_sentence
from kiosk.statements.saved_statement import NAMES, Narrowed, saved_statement
from kiosk.statements.statements import Row


@click.command(
    epilog=example(
        "kiosk replay",
        "kiosk replay --as-of 2026-11-30T23:59",
        "kiosk hours --as-of 2026-11-30T23:59 --format json > november.json",
        "kiosk replay --as-of 2026-11-30T23:59 --against november.json",
    )
)
@as_of_option
@click.option("--against", type=click.Path(path_type=Path), metavar="FILE", help="A statement saved as JSON.")
@click.option("--view", type=click.Choice(NAMES), help="Of which read model FILE is; by default told from its keys.")
@click.option("--from", "since", type=ServiceDate(), metavar="DATE", help="As FILE was narrowed when it was saved.")
@click.option("--to", "until", type=ServiceDate(), metavar="DATE", help="Same.")
@click.option("--volunteer", metavar="NUMBER", help="Same.")
@output_format("table", "json")
@in_home
def replay(
    home: Home, as_of: str | None, against: Path | None, view: str | None, output: str, **narrowing: date | str | None
) -> int:
    """Rebuild every read model in a scratch file and compare. Exits 1 and shows the first differences.

    With --as-of, rebuild what was recorded by then: the live read models must say the same, but for what events
    recorded since have changed. With --against as well, compare with a statement that was saved earlier.
    """
    if against is None:
        _refuse_without_file(view, *narrowing.values())
        found = _as_of(home, as_of) if as_of else _now(home)
    elif as_of is None:
        raise Mistake("--against needs --as-of: say the instant as of which the statement was saved")
    else:
        saved = saved_statement(against, view, Narrowed(**narrowing))  # pyright: ignore[reportArgumentType] - by click
        found = against_saved(home, recorded_instant(home, as_of), saved)
    click.echo(msgspec.json.encode(found).decode() if output == "json" else "\n".join(_lines(found)))
    return 0 if found["identical"] and "quarantine" not in found else NO


def _refuse_without_file(*given: object) -> None:
    if any(given):
        raise Mistake("--view, --from, --to and --volunteer say what is in the file: name it with --against FILE")


def _now(home: Home) -> Row:
    home.views.catch_up(None if home.simulation else home.now_second())
    return live.against_live(home)


def _as_of(home: Home, as_of: str) -> Row:
    return against_today(home, recorded_instant(home, as_of))


# --- As a table ---


def _lines(found: Row) -> list[str]:
    as_of = f" as of {found['as_of']}" if "as_of" in found else ""
    if found["identical"]:
        source = "" if as_of else f" from {found['events']:,} events"
        return [f"identical{as_of}: {found['rows']:,} rows{source}", *_changed(found), *_left_out(found)]
    told = [f"  {_line(told)}" for told in found["differences"]]
    return [_heading(found, as_of), *told, *_changed(found), *_left_out(found)]


def _line(told: Row) -> str:
    if "columns" in told:
        return live.as_sentence(told)
    return f"{as_sentence(told)} recorded {told['recorded']}" if "recorded" in told else as_sentence(told)


def _heading(found: Row, as_of: str) -> str:
    if "view" in found:
        return f"the saved {found['view']} differ from the log{as_of}; the first differences:"
    if as_of:
        return f"the views differ from the log{as_of}, and no event since says why; the first differences:"
    return "the views differ from the events; the first differences:"


def _changed(found: Row) -> list[str]:
    """How many rows are others today, by events recorded since."""
    count = found.get("changed_since", 0)
    return [f"{count:,} rows are others today, by events recorded since: see `kiosk difference`"] if count else []


def _left_out(found: Row) -> list[str]:
    """The events that both sides had to do without."""
    return [f"without event {one['event']} ({one['name']!r}): {one['why']}" for one in found.get("quarantine", [])]
