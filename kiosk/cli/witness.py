"""`kiosk witness`: a second machine looks at the heads of logs, and co-signs those that extend what it saw before."""

import re
from pathlib import Path

import click

from domain.clock import MachineClock
from domain.log.errors import LogError
from domain.log.signed_note import ED25519, NoteKey
from kiosk.backups.heads.head_notes import read_keys
from kiosk.backups.heads.witness import Witness
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import hold_lock_file
from kiosk.text.escaping import escape_line
from kiosk.words.heads import SignedHeadText, WitnessHelp, WitnessText
from kiosk.words.log_errors import explain_log_error

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
LOCK = ".witness.lock"


class WitnessName(click.ParamType):
    """The name of a witness, which stands in files and in what it signs."""

    name = "NAME"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, or a usage error."""
        if not NAME.fullmatch(value):
            self.fail(WitnessText.BAD_NAME.fill(), param, ctx)
        return value


@click.command(
    epilog=format_example(
        "kiosk witness --state /var/lib/witness --trust /mnt/usb/keys.txt /mnt/office/heads",
        "kiosk witness --state /var/lib/witness /mnt/office/heads",
    ),
    help=WitnessHelp.WITNESS.fill(),
)
@click.argument("places", nargs=-1, required=True, type=FOLDER_TYPE, metavar="HEADS...")
@click.option("--state", "folder", type=FOLDER_TYPE, required=True, metavar="DIR", help=WitnessHelp.OPTION_STATE.fill())
@click.option("--trust", "keys", type=FOLDER_TYPE, metavar="FILE", help=WitnessHelp.OPTION_TRUST.fill())
@click.option("--name", type=WitnessName(), default="witness", metavar="NAME", help=WitnessHelp.OPTION_NAME.fill())
def witness(places: tuple[Path, ...], folder: Path, keys: Path | None, name: str) -> int:
    """Co-sign what may be, print how far each log is co-signed, and what is wrong. Status 1 where something is."""
    trusted = _read_keys_of_logs(keys) if keys else []
    try:
        opened = Witness(folder, name)
        with hold_lock_file(folder / LOCK, WitnessText.RUNNING.fill(path=folder)):
            opened.trust(trusted)
            complaints = list(opened.cosign(places, MachineClock().now()))
    except LogError as error:
        raise UserError(explain_log_error(error), EXIT_NO) from None
    except OSError as error:
        raise UserError(WitnessText.CANNOT_KEEP.fill(path=folder, reason=error.strerror), EXIT_NO) from None
    for log, position in opened.list_logs():
        click.echo(WitnessText.COSIGNED.fill(log=log, position=position))
    for complaint in complaints:
        click.echo(f"kiosk: {escape_line(complaint)}", err=True)  # others gave the files their names
    return EXIT_NO if complaints else 0


def _read_keys_of_logs(path: Path) -> list[NoteKey]:
    """Those of witnesses are none. Raises: UserError, also where there is no other."""
    keys = [key for key in read_keys(path) if key.algorithm == ED25519]
    if not keys:
        raise UserError(SignedHeadText.NOT_A_KEY.fill(path=path))
    return keys
