"""A batch carried out line by line; whoever asks for the next report decides whether the batch goes on.

Rule: a line is done, refused or unusable. What was done stays; a refusal is written down; of an unusable line
nothing is left.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from domain.act import Act
from domain.clock import to_the_second
from domain.errors import DomainError, InTheFuture, UnknownParameter, UnusableParameter
from domain.log.copying import copy_log
from domain.log.errors import LogError
from kiosk.batch.command import BatchCommand, CommandContext, UnusableLine
from kiosk.batch.commands import CommandParser
from kiosk.batch.source import RawLine
from kiosk.errors import EXIT_NO, EXIT_USAGE, UserError
from kiosk.home import KEY_FILE, LOG_FILE, PEOPLE_FILE, SETTINGS_FILE, Home
from kiosk.people import SYSTEM_ACTOR
from kiosk.words.errors import BatchText
from kiosk.words.log_errors import explain_log_error

MALFORMED = (UnknownParameter, UnusableParameter)
"""Refusals of the domain that are slips of the pen: no rule was asked."""


class LineResult(NamedTuple):
    """What became of one line."""

    line: int
    status: int = 0
    """0 done, 1 refused, 2 unusable."""
    sentence: str | None = None
    """Why not; or, of a line that was done, a remark."""
    fatal: bool = False
    """The home itself cannot be written: the lines that follow would fail alike."""


def run_batch(home: Home, lines: Iterable[RawLine], folder: Path) -> Iterator[LineResult]:
    """One report a line, each after the line was carried out."""
    grammar = CommandParser(home.zone)
    for raw in lines:
        report = _run_line(home, grammar, raw, folder)
        yield report
        if report.fatal:
            return


def _run_line(home: Home, grammar: CommandParser, raw: RawLine, folder: Path) -> LineResult:
    try:
        line = grammar.parse(raw.decode())
        return LineResult(raw.number, 0, run_command(home, line, folder))
    except DomainError as refusal:
        return LineResult(raw.number, EXIT_NO, home.format_refusal(refusal))
    except UnusableLine as unusable:
        return LineResult(raw.number, EXIT_USAGE, str(unusable))
    except UserError as mistake:
        return LineResult(raw.number, mistake.status, str(mistake), fatal=True)
    except LogError as failure:
        return LineResult(raw.number, EXIT_USAGE, explain_log_error(failure), fatal=True)


def run_command(home: Home, line: BatchCommand, folder: Path) -> str | None:
    """Carry out one line; its remark. A refusal by a rule is written down. Raises: Unusable, DomainError, LogError."""
    at, recorded = _resolve_instants(home, line)
    act = Act(at, home.people.ensure_actor(line.by or SYSTEM_ACTOR), recorded)
    context = CommandContext(home, act, folder)
    try:
        if at > recorded:
            raise InTheFuture(at, recorded)
        return line.run(context)
    except DomainError as refusal:
        context.drop_notes()
        if isinstance(refusal, MALFORMED):
            raise UnusableLine(home.format_refusal(refusal)) from None
        command = str(line.__struct_config__.tag)
        home.desk.record_refusal(command, refusal, replace(act, at=min(at, recorded)))
        raise


def _resolve_instants(home: Home, line: BatchCommand) -> tuple[datetime, datetime]:
    """When it happened and when it is written down; the clock of a simulation stands at the second afterwards."""
    if not home.simulation:
        if line.recorded_at is not None:
            raise UnusableLine(BatchText.REAL_HOME_REFUSES_RECORDED_AT.fill())
        now = home.clock.now()
        return line.at.utc if line.at else to_the_second(now), now
    if line.at is None:
        raise UnusableLine(BatchText.SIMULATION_NEEDS_AT.fill())
    recorded = (line.recorded_at or line.at).utc
    home.set_clock(recorded)
    return line.at.utc, recorded


# --- A dry run ---


@contextmanager
def open_dry_run(home: Home) -> Iterator[Home]:
    """The copy, open; gone afterwards. It stands inside the home, on the same encrypted disk.

    Raises: Mistake, LogError.
    """
    with TemporaryDirectory(prefix=".rehearsal-", dir=home.path) as folder:
        scratch = Path(folder)
        for name in (SETTINGS_FILE, KEY_FILE):
            shutil.copy2(home.path / name, scratch / name)
        with home.log.writing():
            home.people.copy_to(scratch / PEOPLE_FILE)
            copy_log(home.path / LOG_FILE, scratch / LOG_FILE)
        with Home.open(scratch) as copy:
            yield copy
