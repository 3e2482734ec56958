"""`kiosk coordinator`: who may settle at the roster's screen, and the PIN with which they prove it."""

import sys
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import format_example, pass_home
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText

if TYPE_CHECKING:
    from kiosk.pins import Pin

SYSTEM_ACTOR = "system"
"""Who sets a PIN is whoever may run this command on the machine; the log knows them by no name."""


@click.command(
    epilog=format_example("kiosk coordinator lin", "kiosk coordinator lin --remove", "kiosk coordinator"),
    help=HelpText.COORDINATOR,
)
@click.argument("name", required=False)
@click.option("--remove", is_flag=True, help=HelpText.REMOVE_PIN)
@pass_home
def coordinator(home: Home, name: str | None, remove: bool) -> None:
    """Set the PIN of coordinator NAME, from the terminal or standard input; without NAME, list who has one."""
    from kiosk.coordinators import Coordinators  # noqa: PLC0415 - loads the hashing, which --help does not need

    coordinators = Coordinators(home)
    if name is None:
        _print_names(list(coordinators.list_names().values()), remove=remove)
        return
    system = home.people.ensure_actor(SYSTEM_ACTOR)
    if remove:
        coordinators.remove_pin(name, system)
        click.echo(CliText.NO_PIN_ANY_MORE.fill(name=name))
        return
    coordinators.set_pin(_parse_name(name), _read_pin(), system)
    click.echo(CliText.PIN.fill(name=name))


def _print_names(names: list[str], *, remove: bool) -> None:
    if remove:
        raise UserError(CliText.REMOVE_NEEDS_NAME)
    for number, name in enumerate(names, 1):
        click.echo(f"{number}  {name}")
    if not names:
        click.echo(CliText.NOBODY_PIN, err=True)


def _parse_name(name: str) -> str:
    """A name as batches take it for `by`. Raises: Mistake."""
    import msgspec  # noqa: PLC0415 - setting a PIN is rare, and --help does not need it

    from kiosk.batch.fields import ShortText  # noqa: PLC0415 - same
    from kiosk.validation import FORMS, SHORT_TEXT  # noqa: PLC0415 - same

    try:
        return msgspec.convert(name, ShortText)
    except msgspec.ValidationError:
        raise UserError(CliText.NAME_MUST.fill(forms=FORMS[SHORT_TEXT])) from None


def _read_pin() -> "Pin":
    """The PIN: typed twice and unseen at a terminal, one line from anything else. Raises: Mistake."""
    from kiosk.pins import InvalidPin, Pin  # noqa: PLC0415 - loads the hashing

    pin = Pin(_prompt_hidden("PIN: ") if sys.stdin.isatty() else sys.stdin.readline(STDIN_LIMIT).rstrip("\r\n"))
    try:
        pin.demand_usable()
    except InvalidPin as reason:
        raise UserError(str(reason)) from None
    if sys.stdin.isatty() and pin != Pin(_prompt_hidden("again: ")):
        raise UserError(CliText.TWO_PINS_DIFFER)
    return pin


STDIN_LIMIT = 1000
"""Characters of standard input: more than any PIN, less than a file by mistake."""


def _prompt_hidden(prompt: str) -> str:
    return click.prompt(prompt, prompt_suffix="", hide_input=True, err=True)
