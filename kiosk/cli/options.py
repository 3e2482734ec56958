"""The options that many commands share, and the home that they act on.

Rule: `--home` may stand before the command or after it; the one after it wins.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click

from kiosk.words.cli import CliText
from kiosk.words.help import HelpText

if TYPE_CHECKING:
    from kiosk.home import Home

P = ParamSpec("P")
R = TypeVar("R")

DEFAULT_HOME = Path("kiosk-home")


def format_example(*lines: str) -> str:
    """The end of a command's help: command lines to copy. The first character keeps click from joining them."""
    return "\n".join(("\b", "Example:", *(f"  {line}" for line in lines)))


def pass_home_folder(command: Callable[Concatenate[Path, P], R]) -> Callable[P, R]:
    """Give a command the folder of the home as its first argument, opened or not."""

    @click.option(
        "--home",
        "home_after",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=HelpText.FOLDER_HOME,
    )
    @click.pass_obj
    @wraps(command)
    def with_folder(home_before: Path, /, home_after: Path | None, *args: P.args, **kwargs: P.kwargs) -> R:
        return command(home_after or home_before, *args, **kwargs)

    return with_folder  # pyright: ignore[reportReturnType] - click adds the arguments that are missing here


def pass_home(command: "Callable[Concatenate[Home, P], R]") -> Callable[P, R]:
    """Give a command the open home as its first argument, and close it afterwards.

    A refusal that leaves the command becomes a sentence and status 1.
    """

    @pass_home_folder
    @wraps(command)
    def with_home(folder: Path, /, *args: P.args, **kwargs: P.kwargs) -> R:
        from domain.errors import DomainError  # noqa: PLC0415 - `kiosk --help` does not load the domain
        from kiosk.errors import EXIT_NO, UserError  # noqa: PLC0415 - same
        from kiosk.home import Home  # noqa: PLC0415 - same

        with Home.open(folder) as home:
            try:
                return command(home, *args, **kwargs)
            except DomainError as refusal:
                raise UserError(home.format_refusal(refusal), EXIT_NO) from None

    return with_home


def output_format(*formats: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`--format`, the first of the formats by default."""
    return click.option(
        "--format", "output", type=click.Choice(formats), default=formats[0], help=HelpText.HOW_PRINT_ANSWER
    )


def parse_actor(name: str | None) -> str | None:
    """What `--by` says, as batches take it for `by`. Raises: Mistake."""
    import msgspec  # noqa: PLC0415 - --help does not need it

    from kiosk.batch.fields import ShortText  # noqa: PLC0415 - same
    from kiosk.errors import UserError  # noqa: PLC0415 - same
    from kiosk.validation import FORMS, SHORT_TEXT  # noqa: PLC0415 - same

    try:
        return None if name is None else msgspec.convert(name, ShortText)
    except msgspec.ValidationError:
        raise UserError(CliText.MUST.fill(forms=FORMS[SHORT_TEXT])) from None
