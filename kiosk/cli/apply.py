"""`kiosk apply`: run a batch of commands."""

import shlex
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import current_thread, main_thread

import click

from kiosk.batch.plan_warnings import PlanLines
from kiosk.batch.run import LineResult, open_dry_run, run_batch
from kiosk.batch.source import STDIN, RawLine, read_raw_lines
from kiosk.cli.errors import EXIT_INTERRUPTED
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import WholeNumber, pass_home
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.words.command_line import CommandLineText
from kiosk.words.errors import BatchText
from kiosk.words.help import HelpText

MOST_LINES = 1_000_000_000
"""No batch is longer."""


@dataclass
class BatchSummary:
    """What a run of a batch came to."""

    status: int = 0
    """The worst of the lines."""
    done: int = 0
    repeated: int = 0
    """Lines that an earlier run had carried out."""
    stopped_at: int | None = None
    """The line at which the batch stopped; the lines before it need not be run again."""
    is_interrupted: bool = False
    """Ctrl+C: the batch stops before the next line."""


@click.command(
    epilog=format_example("kiosk apply --check day.jsonl", "kiosk apply day.jsonl"), help=HelpText.APPLY.fill()
)
@click.argument("file")
@click.option("--keep-going", is_flag=True, help=HelpText.OPTION_KEEP_GOING.fill())
@click.option("--check", is_flag=True, help=HelpText.OPTION_CHECK_BATCH.fill())
@click.option(
    "--from-line",
    "first",
    type=WholeNumber(1, MOST_LINES),
    default=1,
    metavar="N",
    help=HelpText.OPTION_FROM_LINE.fill(),
)
@pass_home
def apply(home: Home, file: str, keep_going: bool, check: bool, first: int) -> int:
    """Run the batch, or with `--check` a dry run of it on a copy of the home."""
    if not check:
        summary = run_file(home, file, first, keep_going=keep_going)
        _print_summary(summary, CommandLineText.CARRIED_OUT.fill())
        if summary.stopped_at is not None:
            _print_continuation(home, file, summary.stopped_at, summary, keep_going=keep_going)
        return summary.status
    plan = PlanLines()
    with open_dry_run(home) as copy:
        summary = try_file(copy, file, first, watch=plan.watch)
        for warning in plan.list_warnings(copy):
            click.echo(f"{file}:{warning.line}: {warning.sentence}", err=True)
    _print_summary(summary, CommandLineText.DRY_RUN_DONE.fill())
    return summary.status


def try_file(
    copy: Home, file: str, first: int, *, watch: Callable[[Iterator[RawLine]], Iterator[RawLine]] = iter
) -> BatchSummary:
    """Run all lines from one on, on a copy of a home; `watch` sees each of them on its way.

    What a line says is no answer of the command: it goes to standard error, with the word that it was only tried.
    """
    return run_file(copy, file, first, keep_going=True, watch=watch, is_trial=True)


def run_file(
    home: Home,
    file: str,
    first: int,
    *,
    keep_going: bool,
    watch: Callable[[Iterator[RawLine]], Iterator[RawLine]] = iter,
    is_trial: bool = False,
) -> BatchSummary:
    """Run the lines from one on; `watch` sees each of them on its way."""
    folder, summary = Path() if file == STDIN else Path(file).parent, BatchSummary()
    lines = _read_until_interrupted(watch(_skip_lines(read_raw_lines(file), file, first)), summary)
    with _holding_interrupts(summary):
        _print_results(run_batch(home, lines, folder), file, summary, keep_going=keep_going, is_trial=is_trial)
    return summary


def _skip_lines(lines: Iterator[RawLine], file: str, first: int) -> Iterator[RawLine]:
    """The lines from one on. Raises: UserError where there is none."""
    is_empty = True
    for raw in lines:
        if raw.number >= first:
            is_empty = False
            yield raw
    if is_empty and first > 1:
        raise UserError(BatchText.NO_SUCH_LINE.fill(name=file, first=first))


def _read_until_interrupted(lines: Iterator[RawLine], summary: BatchSummary) -> Iterator[RawLine]:
    for raw in lines:
        if summary.is_interrupted:
            summary.stopped_at, summary.status = raw.number, EXIT_INTERRUPTED
            return
        yield raw


@contextmanager
def _holding_interrupts(summary: BatchSummary) -> Generator[None]:
    """Ctrl+C lets a line be carried out whole, so that it is known where to go on; a second one ends the program."""

    def interrupt(*_: object) -> None:
        if summary.is_interrupted:
            raise KeyboardInterrupt
        summary.is_interrupted = True

    is_ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # as a shell starts what runs in the background
    if is_ignored or current_thread() is not main_thread():  # which alone receives signals
        yield
        return
    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _print_results(
    results: Iterable[LineResult], file: str, summary: BatchSummary, *, keep_going: bool, is_trial: bool
) -> None:
    """Print the sentence of each line that has one, and count."""
    for result in results:
        if result.sentence is not None:
            is_only_tried = is_trial and result.status == 0 and not result.is_repeated
            sentence = BatchText.TRIED.fill(sentence=result.sentence) if is_only_tried else result.sentence
            click.echo(f"{file}:{result.line}: {sentence}", err=is_trial or result.status != 0)
        summary.status = max(summary.status, result.status)
        summary.done += result.status == 0 and not result.is_repeated
        summary.repeated += result.is_repeated
        if result.fatal or (result.status and not keep_going):
            summary.stopped_at = result.line
            break


def _print_summary(summary: BatchSummary, done: str) -> None:
    click.echo(CommandLineText.LINES_DONE.fill(count=summary.done, done=done))
    if summary.repeated:
        click.echo(CommandLineText.LINES_REPEATED.fill(count=summary.repeated))


def _print_continuation(home: Home, file: str, line: int, summary: BatchSummary, *, keep_going: bool) -> None:
    """Say which command runs the line at which the batch stopped, and those after it."""
    options = ["--keep-going"] if keep_going else []
    words = ["kiosk", "apply", "--home", str(home.path), *options, "--from-line", str(line), file]
    if summary.status == EXIT_INTERRUPTED:
        text = CommandLineText.BATCH_INTERRUPTED
    elif summary.done or summary.repeated:
        text = CommandLineText.BATCH_STOPPED
    else:
        return  # it is run again as it was
    click.echo(f"kiosk: {text.fill(line=line, command=shlex.join(words))}", err=True)
