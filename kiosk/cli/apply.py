"""`kiosk apply`: run a batch of commands."""

from collections.abc import Iterable
from pathlib import Path

import click

from kiosk.batch.run import LineResult, open_dry_run, run_batch
from kiosk.batch.source import STDIN, read_raw_lines
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import pass_home
from kiosk.home import Home
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example("kiosk apply --check day.jsonl", "kiosk apply day.jsonl"), help=HelpText.APPLY.fill()
)
@click.argument("file")
@click.option("--keep-going", is_flag=True, help=HelpText.OPTION_KEEP_GOING.fill())
@click.option("--check", is_flag=True, help=HelpText.OPTION_CHECK_BATCH.fill())
@pass_home
def apply(home: Home, file: str, keep_going: bool, check: bool) -> int:
    """Run the batch, or with `--check` a dry run of it on a copy of the home."""
    if not check:
        return _run_file(home, file, keep_going=keep_going, done="carried out")
    with open_dry_run(home) as copy:
        return _run_file(copy, file, keep_going=True, done=CommandLineText.DRY_RUN_DONE.fill())


def _run_file(home: Home, file: str, *, keep_going: bool, done: str) -> int:
    folder = Path() if file == STDIN else Path(file).parent
    status, count = _print_results(run_batch(home, read_raw_lines(file), folder), file, keep_going=keep_going)
    click.echo(f"{count} {'line' if count == 1 else 'lines'} {done}")
    return status


def _print_results(results: Iterable[LineResult], file: str, *, keep_going: bool) -> tuple[int, int]:
    """Print the sentence of each line that has one; the worst status, and how many lines were carried out."""
    worst = count = 0
    for result in results:
        if result.sentence is not None:
            click.echo(f"{file}:{result.line}: {result.sentence}", err=result.status != 0)
        worst = max(worst, result.status)
        count += result.status == 0
        if result.status and not keep_going:
            break
    return worst, count
