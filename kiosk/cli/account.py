"""`kiosk account`: who may log in at the desk, and as what; at the console, where the first account comes from."""

from typing import get_args

import click

from domain.model.desk_account import Role
from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.cli.lazy_group import PlainGroup, format_example
from kiosk.cli.options import parse_name, pass_home
from kiosk.cli.read_secret import read_secret
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText

ROLES: tuple[Role, ...] = get_args(Role)


@click.group(
    cls=PlainGroup,
    epilog=format_example("kiosk account add lin --role coordinator", "kiosk account password lin"),
    help=HelpText.ACCOUNT.fill(),
)
def account() -> None:
    """The group has no option of its own."""


@account.command(epilog=format_example("kiosk account add lin --role coordinator"), help=HelpText.ADD_ACCOUNT.fill())
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help=HelpText.OPTION_ROLE.fill())
@pass_home
def add(home: Home, name: str, role: Role) -> None:
    """Add an account, with a password."""
    accounts, parsed = Accounts(home), parse_name(name, CommandLineText.BAD_COORDINATOR_NAME)
    accounts.demand_none(parsed)
    accounts.add(parsed, role, _read_password(), home.people.ensure_actor(SYSTEM_ACTOR))
    click.echo(CommandLineText.ACCOUNT_ADDED.fill(name=parsed, role=role))


@account.command(epilog=format_example("kiosk account password lin"), help=HelpText.CHANGE_PASSWORD.fill())
@click.argument("name")
@pass_home
def password(home: Home, name: str) -> None:
    """Replace the password of an account."""
    accounts = Accounts(home)
    accounts.demand_actor(name)
    accounts.change_password(name, _read_password(), home.people.ensure_actor(SYSTEM_ACTOR))
    click.echo(CommandLineText.PASSWORD_CHANGED.fill(name=name))


@account.command(epilog=format_example("kiosk account remove lin"), help=HelpText.REMOVE_ACCOUNT.fill())
@click.argument("name")
@pass_home
def remove(home: Home, name: str) -> None:
    """Remove an account."""
    Accounts(home).remove(name, home.people.ensure_actor(SYSTEM_ACTOR))
    click.echo(CommandLineText.ACCOUNT_REMOVED.fill(name=name))


@account.command("list", epilog=format_example("kiosk account list"), help=HelpText.LIST_ACCOUNTS.fill())
@pass_home
def list_accounts(home: Home) -> None:
    """List the accounts."""
    entries = Accounts(home).list_entries()
    for entry in entries:
        click.echo(f"{entry.name}  {entry.role}")
    if not entries:
        click.echo(CommandLineText.NO_ACCOUNTS.fill(), err=True)


def _read_password() -> Password:
    return read_secret(Password, CommandLineText.ASK_PASSWORD.fill(), CommandLineText.PASSWORDS_DIFFER)
