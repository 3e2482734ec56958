"""`kiosk import`: volunteers, cards, trainings and shifts from a spreadsheet."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import WholeNumber, parse_actor, parse_instant_option, pass_home
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.importing.plan import ImportPlan, plan_import
from kiosk.importing.rows import ImportOptions, RowFault, Session
from kiosk.importing.run import check_import, save_import
from kiosk.importing.values import parse_time_range
from kiosk.sheets.read import read_table_file
from kiosk.sheets.workbook import MOST_ROWS
from kiosk.text.typed import narrow
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from kiosk.words.import_headings import HEADINGS
from kiosk.words.sheets import ImportText


@click.command(
    "import",
    epilog=format_example(
        "kiosk import 志工名冊.xlsx --check --set mode=rostered",
        "kiosk import 志工名冊.xlsx --set mode=rostered --column 聯絡人=emergency_contact",
        "kiosk import 十二月班表.ods --session 上午=09:00-12:00 --session 下午=14:00-17:00",
    ),
    help=HelpText.IMPORT.fill(),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help=HelpText.OPTION_CHECK_IMPORT.fill())
@click.option("--skip-wrong-rows", is_flag=True, help=HelpText.OPTION_SKIP_WRONG.fill())
@click.option("--column", "columns", multiple=True, metavar="HEADING=FIELD", help=HelpText.OPTION_COLUMN.fill())
@click.option("--set", "values", multiple=True, metavar="FIELD=VALUE", help=HelpText.OPTION_SET.fill())
@click.option("--session", "sessions", multiple=True, metavar="NAME=FROM-TO", help=HelpText.OPTION_SESSION.fill())
@click.option("--sheet", metavar="NAME", help=HelpText.OPTION_SHEET.fill())
@click.option(
    "--header-row", "header", type=WholeNumber(1, MOST_ROWS), metavar="N", help=HelpText.OPTION_HEADER_ROW.fill()
)
@click.option("--update", is_flag=True, help=HelpText.OPTION_UPDATE.fill())
@click.option("--by", metavar="NAME", help=HelpText.OPTION_IMPORT_BY.fill())
@click.option("--at", "stated", type=narrow, metavar="INSTANT", help=HelpText.OPTION_HAPPENED_AT.fill())
@pass_home
def import_table(
    home: Home,
    file: Path,
    check: bool,
    skip_wrong_rows: bool,
    columns: Sequence[str],
    values: Sequence[str],
    sessions: Sequence[str],
    sheet: str | None,
    header: int | None,
    update: bool,
    by: str | None,
    stated: str | None,
) -> int:
    """Check the rows, try them, and save them. The status is the worst of the rows."""
    options = ImportOptions(
        _parse_pairs("--column", "HEADING=FIELD", columns),
        header,
        _parse_fields(values),
        _parse_sessions(sessions),
        update,
        by and parse_actor(by),
        _parse_at(home, stated),
    )
    plan = plan_import(home, read_table_file(file, sheet), options)
    _print_columns(plan, options)
    plan = check_import(home, plan)
    _print_faults(plan, plan.faults)
    return _finish(home, plan, check=check, skip_wrong_rows=skip_wrong_rows)


def _finish(home: Home, plan: ImportPlan, *, check: bool, skip_wrong_rows: bool) -> int:
    """Save what is to be saved, and say what came of it."""
    status = max((fault.status for fault in plan.faults), default=0)
    if plan.faults and not (skip_wrong_rows or check):
        raise UserError(ImportText.NOTHING_SAVED.fill(), status)
    if not check:
        result = save_import(home, plan)
        if result.faults:
            _print_faults(plan, result.faults)
            raise UserError(ImportText.STOPPED.fill(count=result.rows), result.faults[0].status)
    new = sum(bool(row.lines) for row in plan.rows)
    text = ImportText.SAVED if new and not check else ImportText.CHECKED
    if plan.rows and not new:
        text = ImportText.NOTHING_NEW
    click.echo(text.fill(count=len(plan.rows), new=new))
    for do, count in plan.count_lines().items():
        click.echo(ImportText.LINES.fill(do=do, count=count))
    if plan.faults and not check:
        click.echo(ImportText.LEFT_OUT.fill(rows=", ".join(str(row) for row in sorted({f.row for f in plan.faults}))))
    return status


def _print_columns(plan: ImportPlan, options: ImportOptions) -> None:
    sheet = ImportText.SHEET.fill(sheet=plan.table.sheet) if plan.table.sheet else ""
    row = plan.columns.header + 1
    click.echo(ImportText.HEADINGS.fill(name=plan.table.name, sheet=sheet, row=row, kind=plan.columns.kind))
    for column in plan.columns.columns:
        text = ImportText.COLUMN if column.field else ImportText.COLUMN_NOT_USED
        click.echo(text.fill(column=column.label, field=column.field))
    for field, value in options.values.items():
        click.echo(ImportText.FIXED.fill(field=field, value=value))
    for skipped in plan.skipped:
        click.echo(ImportText.SKIPPED.fill(row=skipped.row, text=skipped.text))


def _print_faults(plan: ImportPlan, faults: Sequence[RowFault]) -> None:
    for fault in faults:
        text = ImportText.FAULT if fault.column else ImportText.FAULT_OF_ROW
        sentence = text.fill(name=plan.table.name, row=fault.row, column=fault.column, sentence=fault.sentence)
        click.echo(sentence, err=True)


# --- Options ---


def _parse_pairs(option: str, form: str, texts: Sequence[str]) -> dict[str, str]:
    """What stands on either side of the last `=`. Raises: UserError."""
    pairs: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.rpartition("=")
        if not (equals and name.strip() and value.strip()):
            raise UserError(ImportText.NOT_A_PAIR.fill(option=option, form=form, text=text))
        pairs[name.strip()] = value.strip()
    return pairs


def _parse_fields(texts: Sequence[str]) -> Mapping[str, str]:
    pairs = {name: text.partition("=")[2].strip() for text in texts if (name := text.partition("=")[0].strip())}
    if unknown := next((name for name in pairs if name not in HEADINGS or not pairs[name]), None):
        raise UserError(ImportText.NOT_A_PAIR.fill(option="--set", form="FIELD=VALUE", text=unknown))
    return pairs


def _parse_sessions(texts: Sequence[str]) -> dict[str, Session]:
    """Sessions by name. Raises: UserError."""
    sessions: dict[str, Session] = {}
    for text in texts:
        name, _, times = text.partition("=")
        session = parse_time_range(times)
        if not name.strip() or session is None:
            raise UserError(ImportText.NOT_A_SESSION.fill(text=text))
        sessions[name.strip()] = session
    return sessions


def _parse_at(home: Home, stated: str | None) -> str | None:
    """When it happened, as a batch line says it. Raises: UserError."""
    if home.simulation and stated is None:
        raise UserError(CommandLineText.SIMULATION_NEEDS_AT.fill())
    if stated is None:
        return None
    if not home.simulation:
        raise UserError(CommandLineText.REAL_HOME_REFUSES_AT.fill())
    return parse_instant_option(home, "--at", stated).isoformat()
