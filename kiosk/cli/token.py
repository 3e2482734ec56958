"""`kiosk token`: which other systems may use the interface of the desk, and for what."""

from typing import get_args

import click

from domain.model.api_tokens import Scope
from kiosk.accounts.api_tokens import ApiTokenDirectory
from kiosk.cli.lazy_group import PlainGroup, format_example
from kiosk.cli.options import parse_name, pass_home
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText

SCOPES: tuple[Scope, ...] = get_args(Scope)


@click.group(
    cls=PlainGroup,
    epilog=format_example("kiosk token issue hr-system --scope read", "kiosk token revoke hr-system"),
    help=HelpText.TOKEN.fill(),
)
def token() -> None:
    """The group has no option of its own."""


@token.command(
    epilog=format_example("kiosk token issue hr-system --scope read --scope roster"), help=HelpText.ISSUE_TOKEN.fill()
)
@click.argument("name")
@click.option(
    "--scope", "scopes", type=click.Choice(SCOPES), multiple=True, required=True, help=HelpText.OPTION_SCOPE.fill()
)
@pass_home
def issue(home: Home, name: str, scopes: tuple[Scope, ...]) -> None:
    """Print a new token; alone on standard output, so that a script can take it."""
    parsed = parse_name(name, CommandLineText.BAD_COORDINATOR_NAME)
    issued = ApiTokenDirectory(home).issue(parsed, sorted({*scopes}), home.people.ensure_actor(SYSTEM_ACTOR))
    click.echo(issued)
    click.echo(CommandLineText.TOKEN_ISSUED.fill(name=parsed, scopes=", ".join(sorted({*scopes}))), err=True)


@token.command(epilog=format_example("kiosk token revoke hr-system"), help=HelpText.REVOKE_TOKEN.fill())
@click.argument("name")
@pass_home
def revoke(home: Home, name: str) -> None:
    """Take a token away."""
    ApiTokenDirectory(home).revoke(name, home.people.ensure_actor(SYSTEM_ACTOR))
    click.echo(CommandLineText.TOKEN_REVOKED.fill(name=name))


@token.command("list", epilog=format_example("kiosk token list"), help=HelpText.LIST_TOKENS.fill())
@pass_home
def list_tokens(home: Home) -> None:
    """List the systems that have one."""
    systems = ApiTokenDirectory(home).list_systems()
    for system in systems:
        click.echo(f"{system.name}  {' '.join(system.scopes)}")
    if not systems:
        click.echo(CommandLineText.NO_TOKENS.fill(), err=True)
