"""`kiosk apply`: run a batch of commands."""

from collections.abc import Iterable
from pathlib import Path

import click

from kiosk.batch.dry_run import open_dry_run
from kiosk.batch.run import LineResult, run_batch
from kiosk.batch.source import STDIN, read_raw_lines
from kiosk.cli.options import format_example, pass_home
from kiosk.home import Home
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText


@click.command(epilog=format_example("kiosk apply --check day.jsonl", "kiosk apply day.jsonl"), help=HelpText.APPLY)
@click.argument("file")
@click.option("--keep-going", is_flag=True, help=HelpText.REPORT_EACH_BAD_LINE_GO)
@click.option("--check", is_flag=True, help=HelpText.TRY_WHOLE_BATCH_COPY_HOME)
@pass_home
def apply(home: Home, file: str, keep_going: bool, check: bool) -> int:
    """Run a batch of commands: JSON Lines, one command a line; - reads standard input."""
    if not check:
        return _run_file(home, file, on=keep_going, done="carried out")
    with open_dry_run(home) as copy:
        return _run_file(copy, file, on=True, done=CliText.CARRIED_OUT)


def _run_file(home: Home, file: str, *, on: bool, done: str) -> int:
    folder = Path() if file == STDIN else Path(file).parent
    status, count = _print_results(run_batch(home, read_raw_lines(file), folder), file, on=on)
    click.echo(f"{count} {'line' if count == 1 else 'lines'} {done}")
    return status


def _print_results(reports: Iterable[LineResult], file: str, *, on: bool) -> tuple[int, int]:
    """Print what is to be said of each line; the worst status, and how many lines were done."""
    worst = count = 0
    for report in reports:
        if report.sentence is not None:
            click.echo(f"{file}:{report.line}: {report.sentence}", err=report.status != 0)
        worst = max(worst, report.status)
        count += report.status == 0
        if report.status and not on:
            break
    return worst, count
