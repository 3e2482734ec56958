"""`kiosk erase`: a person is forgotten, and the hours stay."""

import sys
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import format_example, parse_actor, pass_home
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText

if TYPE_CHECKING:
    from kiosk.erasure.erasure import PendingErasure
    from kiosk.erasure.ledger import Basis

BASES = ("request", "purpose_ended", "authority")
SYSTEM_ACTOR = "system"
"""Who erases when nobody is named: whoever may run this command on the machine."""


@click.command(
    epilog=format_example("kiosk erase V001 --basis request --by lin", "kiosk erase V001 --basis purpose_ended --yes"),
    help=HelpText.ERASE,
)
@click.argument("volunteer")
@click.option(
    "--basis",
    type=click.Choice(BASES),
    required=True,
    help=HelpText.WHY_THEY_ASKED_PURPOSE_ENDED,
)
@click.option("--by", metavar="ACTOR", help=HelpText.WHO_ERASES_BATCH)
@click.option("--yes", is_flag=True, help=HelpText.NOT_ASK)
@pass_home
def erase(home: Home, volunteer: str, basis: "Basis", by: str | None, yes: bool) -> None:
    """Forget who VOLUNTEER is, whose agreement has ended, and all notes about them."""
    from kiosk.erasure.erasure import PendingErasure  # noqa: PLC0415 - `kiosk --help` does not load it

    actor = parse_actor(by) or SYSTEM_ACTOR
    erasing = PendingErasure(home, volunteer, basis)
    if not yes:
        _confirm(volunteer, erasing)
    goes_on_as = erasing.carry_out(actor)
    click.echo(CliText.VOLUNTEER_ERASED.fill(volunteer=volunteer, goes_on_as=goes_on_as))
    click.echo(CliText.RUN_KIOSK_BACKUP_NOW, err=True)


def _confirm(volunteer: str, erasing: "PendingErasure") -> None:
    """Raises: Mistake."""
    if not sys.stdin.isatty():
        raise UserError(CliText.NOBODY_ASKED_WITHOUT_TERMINAL)
    name, notes = erasing.name or CliText.NO_NAME_FILE, erasing.count_notes()
    click.echo(CliText.VOLUNTEER_NUMBER_NAME_BIRTH_DATE.fill(volunteer=volunteer, name=name))
    click.echo(CliText.HOURS_STAY_NOBODY_BRING_BACK.fill(notes=notes, value="note" if notes == 1 else "notes"))
    if click.prompt(CliText.NUMBER_AGAIN, default="", show_default=False, err=True) != volunteer:
        raise UserError(CliText.ANOTHER_NUMBER, EXIT_NO)
