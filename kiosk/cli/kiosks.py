"""`kiosk kiosks` and `kiosk add-kiosk`: the kiosks that joined, and the code for another one."""

from pathlib import Path

import click

from domain.errors import DomainError
from kiosk.accounts.join_codes import issue_join_code
from kiosk.cli.lazy_group import format_example
from kiosk.cli.list_output import ListOutput, list_output, print_list
from kiosk.cli.options import FOLDER_TYPE, pass_home, pass_home_to_read
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.joined_home.hub_settings import find_hub
from kiosk.joined_home.joined import find_joined
from kiosk.statements.kiosks import COLUMNS, TAP_COLUMNS, build_kiosk_rows, list_taps_not_held
from kiosk.words.kiosks import KiosksHelp, KioskText
from kiosk.words.sync import JoinText


@click.command(
    epilog=format_example("kiosk kiosks", "kiosk kiosks --format json", "kiosk kiosks --not-held /mnt/old/kiosk"),
    help=KiosksHelp.KIOSKS.fill(),
)
@click.option("--not-held", "old", type=FOLDER_TYPE, metavar="DIR", help=KiosksHelp.OPTION_NOT_HELD.fill())
@list_output
@pass_home_to_read
def kiosks(home: Home, old: Path | None, output: ListOutput) -> None:
    """List them, or the taps of one that this home does not have."""
    if old is None:
        print_list("kiosks", build_kiosk_rows(home), output, COLUMNS)
        return
    if find_joined(old) is None or (hub := find_hub(old)) is None:
        raise UserError(JoinText.NOT_A_KIOSK.fill(path=old), EXIT_NO)
    if hub.unit not in home.log.list_names():  # a restored log keeps the names that it had
        raise UserError(KioskText.OF_ANOTHER_UNIT.fill(path=old), EXIT_NO)
    with Home.open_to_read(old) as kiosk:
        print_list("taps", list_taps_not_held(home, kiosk), output, TAP_COLUMNS)


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
