"""`kiosk erase`: a person is forgotten, and the hours stay."""

import sys
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import format_example, parse_actor, pass_home
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home

if TYPE_CHECKING:
    from kiosk.erasure.erasure import PendingErasure
    from kiosk.erasure.ledger import Basis

BASES = ("request", "purpose_ended", "authority")
SYSTEM_ACTOR = "system"
"""Who erases when nobody is named: whoever may run this command on the machine."""


@click.command(
    epilog=format_example("kiosk erase V001 --basis request --by lin", "kiosk erase V001 --basis purpose_ended --yes")
)
@click.argument("volunteer")
@click.option(
    "--basis",
    type=click.Choice(BASES),
    required=True,
    help="Why: they asked, the purpose has ended, or an authority ordered it.",
)
@click.option("--by", metavar="ACTOR", help="Who erases, as in a batch; default system.")
@click.option("--yes", is_flag=True, help="Do not ask; needed where there is no terminal.")
@pass_home
def erase(home: Home, volunteer: str, basis: "Basis", by: str | None, yes: bool) -> None:
    """Forget who VOLUNTEER is, whose agreement has ended, and all notes about them. This cannot be taken back.

    The hours stay under a pseudonym. Cut short, it is finished by running it again.
    """
    from kiosk.erasure.erasure import PendingErasure  # noqa: PLC0415 - `kiosk --help` does not load it

    actor = parse_actor(by) or SYSTEM_ACTOR
    erasing = PendingErasure(home, volunteer, basis)
    if not yes:
        _confirm(volunteer, erasing)
    goes_on_as = erasing.carry_out(actor)
    click.echo(f"volunteer {volunteer} is erased; the record goes on as {goes_on_as}")
    click.echo("run `kiosk backup` now; older backups know the person until they are let go", err=True)


def _confirm(volunteer: str, erasing: "PendingErasure") -> None:
    """Raises: Mistake."""
    if not sys.stdin.isatty():
        raise UserError("nobody can be asked without a terminal: say --yes; nothing was changed")
    name, notes = erasing.name or "no name on file", erasing.count_notes()
    click.echo(f"Volunteer {volunteer} ({name}): number, name, birth date, gender, language and group will be gone,")
    click.echo(f"and {notes} {'note' if notes == 1 else 'notes'}. The hours stay. Nobody can bring this back.")
    if click.prompt("the number again", default="", show_default=False, err=True) != volunteer:
        raise UserError("that is another number: nothing was changed", EXIT_NO)
