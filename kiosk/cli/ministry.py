"""`kiosk ministry`: the file of a month that the ministry's system imports (R-030)."""

from datetime import date
from pathlib import Path

import click

from domain.months import format_month, parse_month
from kiosk.act_builder import ActBuilder
from kiosk.cli.home_to_read import print_quarantine
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import CleanPath, demand_new_file, parse_actor, pass_home
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_files import write_private
from kiosk.ministry.data_files import copy_data_files
from kiosk.ministry.make_file import (
    MinistryFile,
    is_month_over,
    list_obstacles,
    list_remarks,
    prepare_ministry_file,
    record_access,
)
from kiosk.text.typed import narrow
from kiosk.words.help import HelpText
from kiosk.words.ministry import MinistryText

NARROW, WIDE = "15", "17"


@click.command(
    epilog=format_example("kiosk ministry --prepare", "kiosk ministry 2026-11 --columns 15 --output 2026-11.xlsx"),
    help=HelpText.MINISTRY.fill(),
)
@click.argument("month", type=narrow, required=False)
@click.option("--columns", type=click.Choice([NARROW, WIDE]), default=NARROW, help=HelpText.OPTION_COLUMNS.fill())
@click.option("--output", "output", type=CleanPath(), metavar="FILE", help=HelpText.OPTION_MINISTRY_FILE.fill())
@click.option("--leave-out", is_flag=True, help=HelpText.OPTION_LEAVE_OUT.fill())
@click.option("--by", metavar="ACTOR", help=HelpText.OPTION_SHOWN_TO.fill())
@click.option("--prepare", is_flag=True, help=HelpText.OPTION_PREPARE.fill())
@pass_home
def ministry(
    home: Home, month: str | None, columns: str, output: Path | None, leave_out: bool, by: str | None, prepare: bool
) -> None:
    """Write the file, or the data files that it is made from."""
    if prepare:
        copied = copy_data_files(home.path)
        for path in copied:
            click.echo(MinistryText.COPIED.fill(path=path))
        if not copied:
            click.echo(MinistryText.NOTHING_COPIED.fill())
        return
    if month is None or output is None:
        raise UserError(MinistryText.NEEDS_MONTH.fill())
    demand_new_file(output)
    file = _prepare(home, _parse_month(month))
    _say_obstacles(home, file, leave_out=leave_out)
    record_access(home, file, ActBuilder(home).build_act(home.people.ensure_actor(parse_actor(by))))
    write_private(output, file.build(wide=columns == WIDE))
    for remark in list_remarks(home, file):
        click.echo(remark, err=True)
    fields = {"path": output, "count": len(file.found.rows), "month": format_month(file.month), "columns": columns}
    click.echo(MinistryText.WRITTEN.fill(**fields))


def _parse_month(text: str) -> date:
    try:
        return parse_month(text)
    except ValueError:
        raise UserError(f"MONTH {MinistryText.BAD_MONTH.fill(text=text)}") from None


def _prepare(home: Home, month: date) -> MinistryFile:
    home.views.catch_up(None if home.simulation else home.now_second())
    with home.views.hold_snapshot():
        if not is_month_over(home, month):
            raise UserError(MinistryText.MONTH_NOT_OVER.fill(month=format_month(month)), EXIT_NO)
        print_quarantine(home.views)
        return prepare_ministry_file(home, month)


def _say_obstacles(home: Home, file: MinistryFile, *, leave_out: bool) -> None:
    """Name what cannot be written, and stop there unless it is left out on purpose."""
    obstacles = list_obstacles(home, file)
    for sentence in obstacles:
        click.echo(sentence, err=True)
    if obstacles and not leave_out:
        raise UserError(MinistryText.CANNOT_WRITE_ALL.fill(count=len(obstacles)), EXIT_NO)
