"""`kiosk erase`: erase the personal data of a volunteer; the hours stay."""

import sys
from typing import get_args

import click

from domain.ids import compose
from kiosk.backups.record import list_backup_places
from kiosk.cli.home_to_read import print_undecodable
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import parse_actor, pass_home
from kiosk.erasure.erasure import PendingErasure
from kiosk.erasure.ledger import Basis
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.people_check import format_first
from kiosk.text.typed import narrow
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example("kiosk erase V001 --basis request --by lin", "kiosk erase V001 --basis purpose_ended --yes"),
    help=HelpText.ERASE.fill(),
)
@click.argument("volunteer")
@click.option(
    "--basis",
    type=click.Choice(get_args(Basis)),
    required=True,
    help=HelpText.OPTION_BASIS.fill(),
)
@click.option("--by", metavar="ACTOR", help=HelpText.OPTION_ERASED_BY.fill())
@click.option("--yes", is_flag=True, help=HelpText.OPTION_YES.fill())
@pass_home
def erase(home: Home, volunteer: str, basis: Basis, by: str | None, yes: bool) -> None:
    """Erase after a confirmation, or with `--yes` without one.

    That the person is erased is said also where traces could not be wiped: a second run does not know the number.
    """
    actor, volunteer = parse_actor(by), home.people.resolve_typed_number(volunteer)
    pending = PendingErasure(home, volunteer, basis, list_backup_places(home.path))
    if not yes:
        _confirm(volunteer, pending)
    words_left, undecodable = pending.find_words_left(), pending.find_undecodable()
    try:
        pending.carry_out(actor)
    finally:
        if goes_on_as := pending.pseudonym:
            text = CommandLineText.VOLUNTEER_ERASED_AGAIN if pending.is_again else CommandLineText.VOLUNTEER_ERASED
            click.echo(text.fill(volunteer=volunteer, goes_on_as=goes_on_as))
            print_undecodable(undecodable)
            if words_left:
                click.echo(CommandLineText.WORDS_LEFT.fill(events=format_first(words_left)), err=True)
    click.echo(CommandLineText.BACK_UP_AFTER_ERASURE.fill(), err=True)


def _confirm(volunteer: str, pending: PendingErasure) -> None:
    """Ask for the number again. Raises: UserError where it is not typed."""
    if not sys.stdin.isatty():
        raise UserError(CommandLineText.CANNOT_CONFIRM.fill())
    name, notes = pending.name or CommandLineText.NO_NAME.fill(), pending.count_notes()
    click.echo(CommandLineText.ERASURE_LOSES.fill(volunteer=volunteer, name=name))
    click.echo(CommandLineText.ERASURE_KEEPS.fill(notes=notes))
    typed = click.prompt(CommandLineText.CONFIRM_NUMBER.fill(), default="", show_default=False, err=True)
    if compose(typed) != compose(volunteer) and narrow(typed) != narrow(volunteer):
        raise UserError(CommandLineText.CONFIRMED_OTHER_NUMBER.fill(), EXIT_NO)
