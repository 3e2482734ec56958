"""What becomes of an exception: a sentence on standard error and an exit status. The one place for it."""

from collections.abc import Sequence

import click

from kiosk.errors import UNUSABLE, Mistake

FAULT = 70
"""Exit status of a fault of ours: EX_SOFTWARE of sysexits.h."""
INTERRUPTED = 130
"""As a shell says of a program that Ctrl-C ended: 128 + SIGINT."""


def run_and_tell(program: click.Command, arguments: Sequence[str]) -> int:
    """Run a command line and give its exit status, whatever happens."""
    try:
        status = program.main(list(arguments), prog_name="kiosk", standalone_mode=False)
    except click.UsageError as error:
        return _told(_with_usage(error), UNUSABLE)
    except click.ClickException as error:
        return _told(error.format_message(), error.exit_code)
    except click.Abort:
        return _told("interrupted: what was done before stays done", INTERRUPTED)
    except Mistake as mistake:
        return _told(str(mistake), mistake.status)
    except Exception as error:  # noqa: BLE001 - the last place where anything can be caught
        return _of_the_files(error)
    return status if isinstance(status, int) else 0


def _told(sentence: str, status: int) -> int:
    click.echo(f"kiosk: {sentence}", err=True)
    return status


def _with_usage(error: click.UsageError) -> str:
    """The sentence first, then how the command is used."""
    sentence = error.format_message()
    return f"{sentence}\n{error.ctx.get_usage()}" if error.ctx else sentence


def _of_the_files(error: Exception) -> int:
    """A log or views that cannot be used are the home's trouble; anything else is ours."""
    from domain.log.errors import LogError  # noqa: PLC0415 - a command that needs no log does not load it
    from projections.engine.views import ViewsDamaged  # noqa: PLC0415 - same

    return _told(str(error), UNUSABLE) if isinstance(error, LogError | ViewsDamaged) else _our_fault(error)


def _our_fault(error: Exception) -> int:
    import logging  # noqa: PLC0415 - not needed when all goes well

    said = f"this is a fault of the program ({type(error).__name__}): report it with the lines below"
    logging.getLogger("kiosk").error("kiosk: %s", said, exc_info=error)
    return FAULT
