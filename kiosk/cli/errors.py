"""What becomes of an exception: a sentence on standard error and an exit status. The one place for it."""

from collections.abc import Sequence

import click

from kiosk.errors import EXIT_USAGE, UserError
from kiosk.words.cli import CliText

EXIT_FAULT = 70
"""Exit status of a fault of ours: EX_SOFTWARE of sysexits.h."""
EXIT_INTERRUPTED = 130
"""As a shell says of a program that Ctrl-C ended: 128 + SIGINT."""


def run_and_report(program: click.Command, arguments: Sequence[str]) -> int:
    """Run a command line and give its exit status, whatever happens."""
    try:
        status = program.main(list(arguments), prog_name="kiosk", standalone_mode=False)
    except click.UsageError as error:
        return _print_error(_format_usage_error(error), EXIT_USAGE)
    except click.ClickException as error:
        return _print_error(error.format_message(), error.exit_code)
    except click.Abort:
        return _print_error(CliText.INTERRUPTED_DONE_BEFORE_STAYS_DONE, EXIT_INTERRUPTED)
    except UserError as mistake:
        return _print_error(str(mistake), mistake.status)
    except Exception as error:  # noqa: BLE001 - the last place where anything can be caught
        return _report_exception(error)
    return status if isinstance(status, int) else 0


def _print_error(sentence: str, status: int) -> int:
    click.echo(f"kiosk: {sentence}", err=True)
    return status


def _format_usage_error(error: click.UsageError) -> str:
    """The sentence first, then how the command is used."""
    sentence = error.format_message()
    return f"{sentence}\n{error.ctx.get_usage()}" if error.ctx else sentence


def _report_exception(error: Exception) -> int:
    """A log or views that cannot be used are the home's trouble; anything else is ours."""
    from domain.log.errors import LogError  # noqa: PLC0415 - a command that needs no log does not load it
    from projections.engine.views import ViewsDamaged  # noqa: PLC0415 - same

    if not isinstance(error, LogError | ViewsDamaged):
        return _report_fault(error)
    from kiosk.words.log_errors import explain_log_error  # noqa: PLC0415 - same

    return _print_error(explain_log_error(error), EXIT_USAGE)


def _report_fault(error: Exception) -> int:
    import logging  # noqa: PLC0415 - not needed when all goes well

    said = CliText.FAULT_PROGRAM.fill(name=type(error).__name__)
    logging.getLogger("kiosk").error("kiosk: %s", said, exc_info=error)
    return EXIT_FAULT
