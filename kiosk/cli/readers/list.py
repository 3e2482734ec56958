"""`kiosk readers list`: the ports of this machine, what is known of each, and what is wrong with it."""

from dataclasses import asdict
from pathlib import Path

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import output_format, pass_home_folder
from kiosk.cli.printing import print_rows
from kiosk.cli.readers.configured import load_settings_if_any
from kiosk.home_files import is_entrance_open
from kiosk.readers.diagnostics import PortRow, build_port_rows
from kiosk.readers.inventory import list_attached_ports
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText


@click.command(
    "list",
    epilog=format_example("kiosk readers list", "kiosk readers list --format json"),
    help=HelpText.READERS_LIST.fill(),
)
@output_format("table", "json")
@pass_home_folder
def list_readers(folder: Path, output: str) -> None:
    """Print the ports; nothing is opened."""
    settings = load_settings_if_any(folder)
    rows = build_port_rows(
        list_attached_ports(), settings.readers if settings else (), entrance_open=is_entrance_open(folder)
    )
    if rows or output == "json":
        print_rows([_build_row(row, output) for row in rows], output)
    else:
        click.echo(CommandLineText.NO_READER_ATTACHED.fill(), err=True)


def _build_row(row: PortRow, output: str) -> dict[str, object]:
    """All fields for a program; for people those that are not empty."""
    return {name: value for name, value in asdict(row).items() if output == "json" or value}
