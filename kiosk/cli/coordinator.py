"""`kiosk coordinator`: who may correct at the roster's screen, and the PIN that authenticates them."""

import click

from kiosk.accounts.coordinators import Coordinators
from kiosk.accounts.pins import Pin
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import parse_name, pass_home
from kiosk.cli.read_secret import read_secret
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example("kiosk coordinator lin", "kiosk coordinator lin --remove", "kiosk coordinator"),
    help=HelpText.COORDINATOR.fill(),
)
@click.argument("name", required=False)
@click.option("--remove", is_flag=True, help=HelpText.OPTION_REMOVE_PIN.fill())
@pass_home
def coordinator(home: Home, name: str | None, remove: bool) -> None:
    """Set or remove a PIN, or list the coordinators who have one."""
    coordinators = Coordinators(home)
    if name is None:
        _print_names(list(coordinators.list_names().values()), remove=remove)
        return
    system = home.people.ensure_actor(SYSTEM_ACTOR)
    if remove:
        coordinators.remove_pin(name, system)
        click.echo(CommandLineText.PIN_REMOVED.fill(name=name))
        return
    parsed = parse_name(name, CommandLineText.BAD_COORDINATOR_NAME)
    coordinators.set_pin(parsed, read_secret(Pin, CommandLineText.ASK_PIN.fill(), CommandLineText.PINS_DIFFER), system)
    click.echo(CommandLineText.PIN_SET.fill(name=name))


def _print_names(names: list[str], *, remove: bool) -> None:
    if remove:
        raise UserError(CommandLineText.REMOVE_NEEDS_NAME.fill())
    for number, name in enumerate(names, 1):
        click.echo(f"{number}  {name}")
    if not names:
        click.echo(CommandLineText.NO_PINS.fill(), err=True)
