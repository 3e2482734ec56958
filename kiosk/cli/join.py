"""`kiosk join`: make the home of a kiosk of a hub. `kiosk sync`: keep it and the hub together."""

from pathlib import Path

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, pass_home_folder
from kiosk.input_files import SETTINGS_FILE
from kiosk.sync.join import JoinWish, join_hub, parse_address
from kiosk.sync.sync_home import run_sync, send_unsent
from kiosk.words.sync import JoinText, SyncHelp


@click.command(
    epilog=format_example(
        "kiosk join https://hub.example.org:8440 12345678 --home ./back-door",
        "kiosk join hub.example.org:8440 1234 5678 --fingerprint 3F:9A:… --home /var/lib/kiosk",
    ),
    help=SyncHelp.JOIN.fill(),
)
@click.argument("address")
@click.argument("code", nargs=-1, required=True)
@click.option("--certificate", type=FOLDER_TYPE, metavar="FILE", help=SyncHelp.OPTION_CERTIFICATE.fill())
@click.option("--fingerprint", metavar="HEX", help=SyncHelp.OPTION_FINGERPRINT.fill())
@click.option("--from", "old", type=FOLDER_TYPE, metavar="DIR", help=SyncHelp.OPTION_FROM.fill())
@click.option("--simulation", is_flag=True, help=SyncHelp.OPTION_SIMULATION.fill())
@pass_home_folder
def join(
    folder: Path,
    address: str,
    code: tuple[str, ...],
    certificate: Path | None,
    fingerprint: str | None,
    old: Path | None,
    simulation: bool,
) -> None:
    """Join, and print what is next."""
    if old:
        click.echo(JoinText.SENT_FROM.fill(old=old, events=send_unsent(old)))
    answer = join_hub(folder, JoinWish(address, " ".join(code), certificate, fingerprint, simulation))
    click.echo(JoinText.JOINED.fill(path=folder, kiosk=answer.kiosk, address=parse_address(address)))
    click.echo(JoinText.NEXT.fill(path=folder, settings=folder / SETTINGS_FILE))


@click.command(epilog=format_example("kiosk sync", "kiosk sync --home /var/lib/kiosk"), help=SyncHelp.SYNC.fill())
@pass_home_folder
def sync(folder: Path) -> None:
    """Exchange with the hub until a signal ends it."""
    run_sync(folder, click.echo)
