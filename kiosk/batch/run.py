"""A batch run line by line; the caller, who iterates over the results, decides whether it goes on.

Rule: a line is done, refused or unusable. What was done stays, a refusal is recorded, an unusable line leaves nothing.
A line is one transaction of the log: killed before it, nothing of the line is done, and after it all is. Only the
nightly job takes one a day, and goes on where it was killed.
"""

import json
import shutil
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from domain.act import Act
from domain.clock import to_the_second
from domain.errors import DomainError, InTheFuture, UnknownParameter, UnusableParameter
from domain.ids import batch_line_stream
from domain.log.errors import LogError
from domain.log.event_log import EventLog
from domain.log.scratch import hold_scratch_folder
from domain.model.batch_line import BatchLine
from kiosk.batch.command import BatchCommand, CommandContext, NamedFiles, UnusableLine
from kiosk.batch.commands import CommandParser
from kiosk.batch.source import RawLine
from kiosk.errors import EXIT_NO, EXIT_USAGE, AlreadyRunning, UserError
from kiosk.home import KEY_FILE, SETTINGS_FILE, Home
from kiosk.home_copy import copy_stores
from kiosk.home_files import PRIVATE_FOLDER, list_written_files
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.people.volunteers import DETAILS
from kiosk.store_settings import copy_settings
from kiosk.words.errors import BatchText, HomeText
from kiosk.words.log_errors import explain_log_error
from projections.engine.damage import ViewsDamaged

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
    is_repeated: bool = False
    """It was carried out by an earlier run, and has changed nothing now."""


def run_batch(home: Home, lines: Iterable[RawLine], files: NamedFiles) -> Iterator[LineResult]:
    """One result a line, each after the line was run."""
    parser = CommandParser(home.zone)
    for raw in lines:
        result = run_line(home, parser, raw, files)
        yield result
        if result.fatal:
            return


def run_line(home: Home, parser: CommandParser, raw: RawLine, files: NamedFiles) -> LineResult:
    """Run one line; its result says also why not."""
    try:
        text = raw.decode()
        command = parser.parse(text)
        command.prepare(home)
        return _run_once(home, command, text, raw.number, files)
    except DomainError as refusal:
        return LineResult(raw.number, EXIT_NO, home.format_refusal(refusal))
    except UnusableLine as unusable:
        return LineResult(raw.number, EXIT_USAGE, str(unusable))
    except UserError as error:
        is_fatal = not isinstance(error, AlreadyRunning)
        return LineResult(raw.number, error.status, str(error), fatal=is_fatal)
    except (LogError, ViewsDamaged) as error:
        return LineResult(raw.number, EXIT_USAGE, explain_log_error(error), fatal=True)


def _run_once(home: Home, command: BatchCommand, text: str, number: int, files: NamedFiles) -> LineResult:
    """Run a command, unless a line with its key was carried out already."""
    key = None if command.key is None else derive_line_key(home, command.key, text)
    with _hold_log(home, command):
        if key and _is_carried_out(home.log, key):
            return LineResult(number, 0, BatchText.CARRIED_OUT_ALREADY.fill(), is_repeated=True)
        return LineResult(number, 0, run_command(home, command, files, key))


def run_command(home: Home, command: BatchCommand, files: NamedFiles, key: "LineKey | None" = None) -> str | None:
    """Run one command; its remark. A refusal by a rule is recorded. Raises: UnusableLine, DomainError, LogError."""
    with _hold_log(home, command):
        at, recorded = _resolve_instants(home, command)
        act = Act(at, home.people.ensure_actor(command.by or SYSTEM_ACTOR), recorded)
        context, name = CommandContext(home, act, files), str(command.__struct_config__.tag)
        marks = [BatchLine.carry_out(key.stream, name, key.digest, act)] if key else []
        try:
            if at > recorded:
                raise InTheFuture(at, recorded)
            with _storing_with_next(home.log, [] if command.is_repeatable else marks):
                remark = command.run(context)
            home.log.append(*marks)
        except DomainError as refusal:
            context.drop_notes()
            if isinstance(refusal, MALFORMED):
                raise UnusableLine(home.format_refusal(refusal)) from None
            home.desk.record_refusal(name, refusal, replace(act, at=min(at, recorded)))
            raise
        return remark


def _hold_log(home: Home, command: BatchCommand) -> AbstractContextManager[None]:
    """Let nothing come between what a line finds and what it writes. The nightly job would keep taps waiting."""
    return nullcontext() if command.is_repeatable else home.log.writing()


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


# --- Lines with a key ---


class LineKey(NamedTuple):
    """What the log knows a line with a key by: nothing of it that can be read."""

    stream: UUID
    digest: str


UNHASHED_FIELDS = frozenset({*DETAILS, "reason", "certificate", "number", "policy", "chair", "document", "key"})
"""Personal data and free texts can be erased, so not even a hash of them goes into the log."""


def derive_line_key(home: Home, key: str, text: str) -> LineKey:
    """The key of a line, and a digest of what the line says, in whatever order its fields stand."""
    said = {name: value for name, value in json.loads(text).items() if name not in UNHASHED_FIELDS}
    digest = home.compute_hmac(f"batch line\0{json.dumps(said, sort_keys=True)}".encode())
    return LineKey(batch_line_stream(home.compute_hmac(f"batch key\0{key}".encode()).hex()), digest.hex())


def _is_carried_out(log: EventLog, key: LineKey) -> bool:
    """Whether a line with this key was carried out. Raises: UnusableLine where that was another line."""
    known = log.load(BatchLine, key.stream)
    if known and known.digest != key.digest:
        raise UnusableLine(BatchText.KEY_OF_ANOTHER_LINE.fill())
    return known is not None


@contextmanager
def _storing_with_next(log: EventLog, marks: Sequence[BatchLine]) -> Generator[None]:
    """Put the marks into the transaction of the next append, if there is one in the block."""
    log.companions.extend(marks)
    try:
        yield
    finally:
        log.companions.clear()


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
        with Home.open(scratch, on_trial=True) as copy:
            copy.people.stop_flushing()
            yield copy


def _copy_home(home: Home, scratch: Path) -> None:
    copy_settings(home.path / SETTINGS_FILE, scratch / SETTINGS_FILE)
    for name in (KEY_FILE, *list_written_files(home.path)):
        (scratch / name).parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        shutil.copy2(home.path / name, scratch / name)
    copy_stores(home, scratch)
