"""`kiosk coordinator`: who may settle at the roster's screen, and the PIN with which they prove it."""

import sys
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import example, in_home
from kiosk.errors import Mistake
from kiosk.home import Home

if TYPE_CHECKING:
    from kiosk.pins import Pin

SYSTEM = "system"
"""Who sets a PIN is whoever may run this command on the machine; the log knows them by no name."""


@click.command(epilog=example("kiosk coordinator lin", "kiosk coordinator lin --remove", "kiosk coordinator"))
@click.argument("name", required=False)
@click.option("--remove", is_flag=True, help="Remove the PIN.")
@in_home
def coordinator(home: Home, name: str | None, remove: bool) -> None:
    """Set the PIN of coordinator NAME, from the terminal or standard input; without NAME, list who has one."""
    from kiosk.coordinators import Coordinators  # noqa: PLC0415 - loads the hashing, which --help does not need

    coordinators = Coordinators(home)
    if name is None:
        _list(list(coordinators.names().values()), remove=remove)
        return
    system = home.people.actor(SYSTEM)
    if remove:
        coordinators.remove_pin(name, system)
        click.echo(f"{name} has no PIN any more")
        return
    coordinators.set_pin(_named(name), _asked(), system)
    click.echo(f"{name} has a PIN; it is asked for at `kiosk roster`")


def _list(names: list[str], *, remove: bool) -> None:
    if remove:
        raise Mistake("--remove needs a name: `kiosk coordinator NAME --remove`")
    for number, name in enumerate(names, 1):
        click.echo(f"{number}  {name}")
    if not names:
        click.echo("nobody has a PIN: set one with `kiosk coordinator NAME`", err=True)


def _named(name: str) -> str:
    """A name as batches take it for `by`. Raises: Mistake."""
    import msgspec  # noqa: PLC0415 - setting a PIN is rare, and --help does not need it

    from kiosk.batch.fields import Word  # noqa: PLC0415 - same
    from kiosk.validation import FORMS, WORD  # noqa: PLC0415 - same

    try:
        return msgspec.convert(name, Word)
    except msgspec.ValidationError:
        raise Mistake(f"NAME must be {FORMS[WORD]}") from None


def _asked() -> "Pin":
    """The PIN: typed twice and unseen at a terminal, one line from anything else. Raises: Mistake."""
    from kiosk.pins import NoSuchPin, Pin  # noqa: PLC0415 - loads the hashing

    pin = Pin(_typed("PIN: ") if sys.stdin.isatty() else sys.stdin.readline(MOST_READ).rstrip("\r\n"))
    try:
        pin.demand_usable()
    except NoSuchPin as reason:
        raise Mistake(str(reason)) from None
    if sys.stdin.isatty() and pin != Pin(_typed("again: ")):
        raise Mistake("the two PINs differ: nothing was changed")
    return pin


MOST_READ = 1000
"""Characters of standard input: more than any PIN, less than a file by mistake."""


def _typed(prompt: str) -> str:
    return click.prompt(prompt, prompt_suffix="", hide_input=True, err=True)
