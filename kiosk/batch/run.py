"""A batch run line by line; the caller, who iterates over the results, decides whether it goes on.

Rule: a line is done, refused or unusable. What was done stays, a refusal is recorded, an unusable line leaves nothing.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from domain.act import Act
from domain.clock import to_the_second
from domain.errors import DomainError, InTheFuture, UnknownParameter, UnusableParameter
from domain.log.copying import copy_log
from domain.log.errors import LogError
from domain.log.scratch import hold_scratch_folder
from kiosk.batch.command import BatchCommand, CommandContext, UnusableLine
from kiosk.batch.commands import CommandParser
from kiosk.batch.source import RawLine
from kiosk.errors import EXIT_NO, EXIT_USAGE, UserError
from kiosk.home import KEY_FILE, LOG_FILE, PEOPLE_FILE, SETTINGS_FILE, Home
from kiosk.people import SYSTEM_ACTOR
from kiosk.words.errors import BatchText, HomeText
from kiosk.words.log_errors import explain_log_error

MALFORMED = (UnknownParameter, UnusableParameter)
"""Refusals of the domain that are mistakes of writing: no rule was applied."""


class LineResult(NamedTuple):
    """The result of one line."""

    line: int
    status: int = 0
    """0 done, 1 refused, 2 unusable."""
    sentence: str | None = None
    """Why not; or, of a line that was done, a remark."""
    fatal: bool = False
    """The home itself cannot be written: the lines that follow would fail alike."""


def run_batch(home: Home, lines: Iterable[RawLine], folder: Path) -> Iterator[LineResult]:
    """One result a line, each after the line was run."""
    parser = CommandParser(home.zone)
    for raw in lines:
        result = _run_line(home, parser, raw, folder)
        yield result
        if result.fatal:
            return


def _run_line(home: Home, parser: CommandParser, raw: RawLine, folder: Path) -> LineResult:
    try:
        command = parser.parse(raw.decode())
        return LineResult(raw.number, 0, run_command(home, command, folder))
    except DomainError as refusal:
        return LineResult(raw.number, EXIT_NO, home.format_refusal(refusal))
    except UnusableLine as unusable:
        return LineResult(raw.number, EXIT_USAGE, str(unusable))
    except UserError as error:
        return LineResult(raw.number, error.status, str(error), fatal=True)
    except LogError as error:
        return LineResult(raw.number, EXIT_USAGE, explain_log_error(error), fatal=True)


def run_command(home: Home, command: BatchCommand, folder: Path) -> str | None:
    """Run one command; its remark. A refusal by a rule is recorded. Raises: UnusableLine, DomainError, LogError."""
    at, recorded = _resolve_instants(home, command)
    act = Act(at, home.people.ensure_actor(command.by or SYSTEM_ACTOR), recorded)
    context = CommandContext(home, act, folder)
    try:
        if at > recorded:
            raise InTheFuture(at, recorded)
        return command.run(context)
    except DomainError as refusal:
        context.drop_notes()
        if isinstance(refusal, MALFORMED):
            raise UnusableLine(home.format_refusal(refusal)) from None
        name = str(command.__struct_config__.tag)
        home.desk.record_refusal(name, refusal, replace(act, at=min(at, recorded)))
        raise


def _resolve_instants(home: Home, command: BatchCommand) -> tuple[datetime, datetime]:
    """When it happened and when it is recorded; sets the clock of a simulation to the second."""
    if not home.simulation:
        if command.recorded_at is not None:
            raise UnusableLine(BatchText.REAL_HOME_REFUSES_RECORDED_AT.fill())
        now = home.now_recorded()
        return command.at.utc if command.at else to_the_second(now), now
    if command.at is None:
        raise UnusableLine(BatchText.SIMULATION_NEEDS_AT.fill())
    recorded = (command.recorded_at or command.at).utc
    home.set_clock(recorded)
    return command.at.utc, recorded


# --- A dry run ---


@contextmanager
def open_dry_run(home: Home) -> Iterator[Home]:
    """Open a copy of a home in which every rule is in force; it is deleted afterwards.

    The copy is inside the home, on the same encrypted disk. Raises: UserError, LogError.
    """
    with ExitStack() as held:
        try:
            scratch = held.enter_context(hold_scratch_folder(home.path, "home"))
            _copy_home(home, scratch)
        except OSError as error:
            raise UserError(HomeText.CANNOT_WRITE.fill(path=home.path, strerror=error.strerror)) from None
        with Home.open(scratch) as copy:
            yield copy


def _copy_home(home: Home, scratch: Path) -> None:
    for name in (SETTINGS_FILE, KEY_FILE):
        shutil.copy2(home.path / name, scratch / name)
    with home.log.writing():
        home.people.copy_to(scratch / PEOPLE_FILE)
        copy_log(home.path / LOG_FILE, scratch / LOG_FILE)
