"""`kiosk replay`: rebuild every read model from the events, and compare it with the live one."""

import click
import msgspec

from kiosk.cli.options import example, in_home, output_format
from kiosk.home import Home
from kiosk.mistakes import NO
from projections.replay import Difference, Replay
from projections.replay import replay as rebuild_and_compare


@click.command(epilog=example("kiosk replay", "kiosk replay --format json"))
@output_format("table", "json")
@in_home
def replay(home: Home, output: str) -> int:
    """Rebuild every read model in a scratch file and compare. Exits 1 and shows the first differences."""
    home.views.catch_up(None if home.simulation else home.now_second())
    found = rebuild_and_compare(home.log, home.views)
    click.echo(_as_json(found) if output == "json" else _as_lines(found))
    return NO if found.differences else 0


def _as_json(found: Replay) -> str:
    differences = [{"view": d.table, "before": d.live, "after": d.rebuilt} for d in found.differences]
    facts = {"identical": not differences, "events": found.events, "rows": found.rows, "differences": differences}
    return msgspec.json.encode(facts).decode()


def _as_lines(found: Replay) -> str:
    if not found.differences:
        return f"identical: {found.rows:,} rows from {found.events:,} events"
    return "\n".join(["the views differ from the events; the first differences:", *map(_line, found.differences)])


def _line(difference: Difference) -> str:
    return f"  {difference.table}: live {difference.live}, from the events {difference.rebuilt}"
