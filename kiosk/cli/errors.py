"""Maps an exception to a sentence on standard error and an exit status. The one place for it."""

import logging
import os
from collections.abc import Callable, Sequence
from contextlib import suppress

import click

from kiosk.cli.output import OutputClosed, escape_output
from kiosk.errors import EXIT_NO, EXIT_USAGE, UserError
from kiosk.words.click_texts import translate
from kiosk.words.command_line import CommandLineText

EXIT_FAULT = 70
"""Exit status of a fault of the program: EX_SOFTWARE of sysexits.h."""
HOME_VARIABLE = "KIOSK_HOME"
"""The environment variable that names the home."""
EXIT_INTERRUPTED = 130
"""As a shell reports a program that Ctrl-C ended: 128 + SIGINT."""


def run_and_report(program: click.Command, arguments: Sequence[str]) -> int:
    """Run a command line; the exit status, whatever happens. What it prints is escaped."""
    try:
        with escape_output():
            return _run(program, arguments)
    except OutputClosed:
        return EXIT_NO
    except UserError as error:  # standard output, or error itself, cannot be written
        with suppress(OSError):
            click.echo(f"kiosk: {error}", err=True)
        return error.status


def _run(program: click.Command, arguments: Sequence[str]) -> int:
    try:
        _demand_text(arguments)
        status = program.main(list(arguments), prog_name="kiosk", standalone_mode=False)
    except OutputClosed:
        raise
    except Exception as error:  # noqa: BLE001 - the last place where anything can be caught
        return _report_error(error)
    return status if isinstance(status, int) else 0


def _report_error(error: Exception) -> int:
    """Print a sentence; of several errors one each, and the status that says most."""
    match error:
        case ExceptionGroup():
            return max(_report_error(one) for one in error.exceptions)
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.ctx.get_help() if error.ctx else str(error))
            return 0
        case click.UsageError():
            return _print_error(_format_usage_error(error), EXIT_USAGE)
        case click.ClickException():
            return _print_error(translate(error.format_message()), error.exit_code)
        case click.Abort():
            return _print_error(CommandLineText.INTERRUPTED.fill(), EXIT_INTERRUPTED)
        case UserError():
            return _print_error(str(error), error.status)
        case OutputClosed():
            return EXIT_NO
        case _:
            return _report_exception(error)


def run_each(*steps: Callable[[], object]) -> None:
    """Run steps of which none waits for another to succeed. Raises: ExceptionGroup of what went wrong."""
    errors: list[Exception] = []
    for step in steps:
        try:
            step()
        except Exception as error:  # noqa: BLE001 - the next step is run whatever it is, and it is raised then
            errors.append(error)
    if errors:
        raise ExceptionGroup("steps that failed", errors)


def _demand_text(arguments: Sequence[str]) -> None:
    """Check that arguments, and the home that the environment names, are text. Raises: UserError."""
    for argument in (*arguments, os.environ.get(HOME_VARIABLE, "")):
        try:
            argument.encode()
        except UnicodeEncodeError:  # Python keeps bytes that are none as halves of characters (PEP 383)
            raise UserError(CommandLineText.ARGUMENT_NOT_TEXT.fill(argument=argument)) from None


def _print_error(sentence: str, status: int) -> int:
    with suppress(OSError, UserError):  # where standard error cannot be written either, the status has to do
        click.echo(
            f"kiosk: {sentence}", err=True, color=True
        )  # else click takes parts of it for colours and drops them
    return status


def _format_usage_error(error: click.UsageError) -> str:
    """The sentence first, then how the command is used."""
    sentence = translate(error.format_message())
    return f"{sentence}\n{error.ctx.get_usage()}" if error.ctx else sentence


def _report_exception(error: Exception) -> int:
    """A log or views that cannot be used are a fault of the home; anything else is one of the program."""
    from domain.log.errors import LogError  # noqa: PLC0415 - `kiosk --help` does not load the log
    from domain.log.read_connection import is_refused_by_disk  # noqa: PLC0415 - same
    from kiosk.words.log_errors import explain_log_error  # noqa: PLC0415 - same
    from projections.engine.damage import ViewsDamaged  # noqa: PLC0415 - same

    if isinstance(error, LogError | ViewsDamaged):
        return _print_error(explain_log_error(error), EXIT_USAGE)
    if is_refused_by_disk(error):
        return _print_error(_explain_disk_error(error), EXIT_USAGE)
    if isinstance(error, OSError) and error.strerror:
        return _print_error(CommandLineText.SYSTEM_REFUSES.fill(error=error), EXIT_USAGE)
    return _report_fault(error)


def _explain_disk_error(error: Exception) -> str:
    if not isinstance(error, OSError):
        return CommandLineText.DISK_REFUSED.fill(reason=error)
    if error.filename is None:
        return CommandLineText.OUTPUT_REFUSED.fill(reason=error.strerror)
    return CommandLineText.FILE_REFUSED.fill(path=error.filename, reason=error.strerror)


def _report_fault(error: Exception) -> int:
    sentence = CommandLineText.PROGRAM_FAULT.fill(name=type(error).__name__)
    logging.getLogger("kiosk").error("kiosk: %s", sentence, exc_info=error)
    return EXIT_FAULT
