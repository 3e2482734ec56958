"""`kiosk kiosks` and `kiosk add-kiosk`: the kiosks that joined, and the code for another one."""

import click

from domain.errors import DomainError
from kiosk.cli.lazy_group import format_example
from kiosk.cli.list_output import ListOutput, list_output, print_list
from kiosk.cli.options import pass_home, pass_home_to_read
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.join_codes import issue_join_code
from kiosk.statements.kiosks import COLUMNS, build_kiosk_rows
from kiosk.words.kiosks import KiosksHelp, KioskText


@click.command(epilog=format_example("kiosk kiosks", "kiosk kiosks --format json"), help=KiosksHelp.KIOSKS.fill())
@list_output
@pass_home_to_read
def kiosks(home: Home, output: ListOutput) -> None:
    """List them."""
    print_list("kiosks", build_kiosk_rows(home), output, COLUMNS)


@click.command(epilog=format_example("kiosk add-kiosk 後門"), help=KiosksHelp.ADD_KIOSK.fill())
@click.argument("name", metavar="NAME")
@pass_home
def add_kiosk(home: Home, name: str) -> None:
    """Print a code."""
    try:
        issued = issue_join_code(home, name)
    except DomainError as refusal:
        raise UserError(home.format_refusal(refusal), EXIT_NO) from None
    until = issued.until.astimezone(home.zone)
    click.echo(KioskText.CODE.fill(kiosk=name, code=issued.code, until=f"{until:%H:%M}"))
