"""The options that many commands share, and the home that they act on.

Rule: `--home` may stand before the command or after it; the one after it wins.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import click

from domain.typed_decoding import convert
from kiosk.cli.at_kiosk import correcting_advice, demand_works_here, find_command
from kiosk.cli.build_report import BuildReport
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import VIEWS_FILE, clean_path, demand_outside_backups
from kiosk.text.typed import narrow
from kiosk.words.command_line import CommandLineText
from kiosk.words.errors import HomeText
from kiosk.words.help import HelpText
from kiosk.words.language import use_language

if TYPE_CHECKING:
    from kiosk.home import Home
    from kiosk.statements.statement_rows import StatementRows

P = ParamSpec("P")
R = TypeVar("R")


class CleanPath(click.Path):
    """A path, without `..`: it stands in sentences and in records."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a usage error: an empty one, of a script without a value, is not the folder that it runs in."""
        if not str(value):
            self.fail(CommandLineText.NO_PATH.fill(), param, ctx)
        return clean_path(Path(str(super().convert(value, param, ctx))))


FOLDER_TYPE = CleanPath()


def demand_new_file(file: Path) -> None:
    """Check where a command will write a new file, before any work is done. Raises: UserError."""
    from tempfile import TemporaryFile  # noqa: PLC0415 - what is printed needs no file

    from kiosk.words.sheets import ExportText  # noqa: PLC0415 - same

    demand_outside_backups(file.parent)
    if not file.parent.is_dir():
        raise UserError(ExportText.NO_FOLDER.fill(folder=file.parent))
    if file.exists():
        raise UserError(ExportText.FILE_EXISTS.fill(path=file))
    try:
        TemporaryFile(dir=file.parent).close()
    except OSError as refused:
        raise UserError(HomeText.CANNOT_WRITE.fill(path=file, strerror=refused.strerror)) from None


def pass_home_folder(command: Callable[Concatenate[Path, P], R]) -> Callable[P, R]:
    """Give a command the folder of the home as its first argument, opened or not."""

    @click.option("--home", "home_after", type=FOLDER_TYPE, metavar="DIR", help=HelpText.OPTION_HOME_AFTER.fill())
    @click.pass_obj
    @wraps(command)
    def with_folder(home_before: Path, /, home_after: Path | None, *args: P.args, **kwargs: P.kwargs) -> R:
        folder = clean_path(home_after or home_before)
        demand_works_here(folder, find_command())
        with correcting_advice(folder):
            return command(folder, *args, **kwargs)

    return with_folder  # pyright: ignore[reportReturnType] - click adds the arguments that are missing here


def pass_home(command: Callable[Concatenate["Home", P], R]) -> Callable[P, R]:
    """Give a command the open home as its first argument, and close it afterwards.

    A refusal that leaves the command becomes a sentence and status 1.
    """

    @pass_home_folder
    @wraps(command)
    def with_home(folder: Path, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return run_in_home(folder, lambda home: command(home, *args, **kwargs), to_read=False)

    return with_home


def pass_home_to_read(command: Callable[Concatenate["Home", P], R]) -> Callable[P, R]:
    """The same for a command that only reads: it may be given a backup, or a home on read-only media."""

    @pass_home_folder
    @wraps(command)
    def with_home(folder: Path, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return run_in_home(folder, lambda home: command(home, *args, **kwargs), to_read=True)

    return with_home


def run_in_home(folder: Path, work: Callable[["Home"], R], *, to_read: bool) -> R:
    """What a command does in a home, which is opened here and closed afterwards."""
    from kiosk.views_repair import run_repaired  # noqa: PLC0415 - help, and what is answered without a home, load none

    with hold_home(folder, to_read=to_read) as home:
        return run_repaired(home, lambda: work(home))


@contextmanager
def hold_home(folder: Path, *, to_read: bool) -> Generator["Home"]:
    """The home of a command, opened and closed again; what a person has to know of its read models is printed."""
    from domain.errors import DomainError  # noqa: PLC0415 - help, and what is answered without a home, load none
    from kiosk.home import Home  # noqa: PLC0415 - same

    with Home.open_to_read(folder) if to_read else Home.open(folder) as home:
        report = BuildReport()
        home.on_build_progress = report.show
        _warn_of_missing_others(home)
        try:
            yield home
        except DomainError as refusal:
            raise UserError(home.format_refusal(refusal), EXIT_NO) from None
        except KeyboardInterrupt:
            report.explain_interruption()
            raise
        finally:
            if home.rebuilt_views:
                click.echo(f"kiosk: {HomeText.VIEWS_REBUILT.fill(file=folder / VIEWS_FILE)}", err=True)


def _warn_of_missing_others(home: "Home") -> None:
    """Say at a kiosk that belongs to a hub what lacks in everything that is printed."""
    if home.sync_state is None:
        return
    from kiosk.sync.copy_age import find_home_trouble  # noqa: PLC0415 - a home without a hub loads nothing of one
    from kiosk.words.joined import JoinedText  # noqa: PLC0415 - same
    from kiosk.words.sentence import format_instant  # noqa: PLC0415 - same

    if trouble := find_home_trouble(home):
        since = trouble.since and format_instant(trouble.since, home.zone)
        text = JoinedText.OTHERS_UNKNOWN.fill() if since is None else JoinedText.OTHERS_MISSING.fill(since=since)
        click.echo(f"kiosk: {text}", err=True)


def output_format(*formats: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`--format`, the first of the formats by default. What is for a program is English, in every language."""
    option = click.option(
        "--format", "output", type=click.Choice(formats), default=formats[0], help=HelpText.OPTION_FORMAT.fill()
    )

    def add_option(command: Callable[P, R]) -> Callable[P, R]:
        @wraps(command)
        def speak_to_program(*args: P.args, **kwargs: P.kwargs) -> R:
            with nullcontext() if kwargs["output"] == "table" else use_language("en"):
                return command(*args, **kwargs)

        return option(speak_to_program)

    return add_option


class ServiceDate(click.ParamType):
    """A service date, 2026-11-19 or 115-11-19."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse it, or fail with an example of a date."""
        from kiosk.batch.civil_dates import parse_civil_day  # noqa: PLC0415 - help parses no field

        try:
            return value if isinstance(value, date) else parse_civil_day(narrow(str(value)))
        except ValueError as error:
            self.fail(CommandLineText.THIS_DATE.fill(reason=error), param, ctx)


as_of_option = click.option("--as-of", type=narrow, metavar="INSTANT", help=HelpText.OPTION_AS_OF.fill())


LONGEST_WAIT = 86_400.0
"""Seconds, a day: no person waits longer for a card."""


def _narrow_text(value: Any) -> Any:
    """A text in narrow digits; a number, which a default is, as it is."""
    return narrow(value) if isinstance(value, str) else value


class WholeNumber(click.IntRange):
    """A whole number from `least` to `most`, both allowed."""

    name = "integer"

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most)
        self._least, self._most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a usage error with both ends."""
        number = int(click.INT.convert(_narrow_text(value), param, ctx))
        if not self._least <= number <= self._most:
            sentence = CommandLineText.NOT_BETWEEN.fill(value=number, least=self._least, most=self._most)
            self.fail(sentence, param, ctx)
        return number


class Seconds(click.FloatRange):
    """A duration up to `LONGEST_WAIT`. What is no number is within no limits: Click compares it with both in vain."""

    name = "float"

    def __init__(self) -> None:
        super().__init__(0, LONGEST_WAIT, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The duration, or a usage error."""
        seconds = float(click.FLOAT.convert(_narrow_text(value), param, ctx))
        if not 0 < seconds <= LONGEST_WAIT:
            self.fail(CommandLineText.NO_DURATION.fill(value=value, most=int(LONGEST_WAIT)), param, ctx)
        return seconds


def duration_option(help_text: HelpText, default: float | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`--for`, in seconds; its help says what ends after so long."""
    return click.option("--for", "seconds", type=Seconds(), default=default, metavar="SECONDS", help=help_text.fill())


def parse_actor(name: str | None) -> str:
    """The actor that `--by` names, as batches take it for `by`; by default the system. Raises: UserError."""
    from kiosk.people.file import SYSTEM_ACTOR  # noqa: PLC0415 - help loads no home

    return SYSTEM_ACTOR if name is None else parse_name(name, CommandLineText.BAD_ACTOR_NAME)


def parse_instant_option(home: "Home | StatementRows", option: str, text: str) -> datetime:
    """An instant that was typed, in UTC, with its fraction of a second. Raises: UserError."""
    from kiosk.batch.fields import parse_exact_instant  # noqa: PLC0415 - help parses no field

    try:
        return parse_exact_instant(text, home.zone)
    except ValueError as error:
        raise UserError(f"{option} {error}") from None


def parse_reader_name(option: str, name: str) -> str:
    """The name of a reader that an option gives, as kiosk.toml takes it. Raises: UserError."""
    return parse_name(name, CommandLineText.BAD_READER_NAME, option=option)


def parse_name(name: str, complaint: CommandLineText, **fields: str) -> str:
    """A name as batches take it. Raises: UserError with the complaint and its fields."""
    import msgspec  # noqa: PLC0415 - help parses no field

    from devices.faults import ShortText, TextForm  # noqa: PLC0415 - same
    from domain.ids import compose  # noqa: PLC0415 - same
    from kiosk.words.validation import format_field  # noqa: PLC0415 - same

    try:
        return compose(convert(name, ShortText))
    except msgspec.ValidationError:
        raise UserError(complaint.fill(forms=format_field(TextForm.SHORT_TEXT), **fields)) from None
