"""What the home says of readers: its settings, where there are any."""

from pathlib import Path

import click

from kiosk.errors import UserError
from kiosk.input_files import SETTINGS_FILE
from kiosk.settings import Settings, load_settings


def load_settings_if_any(folder: Path) -> Settings | None:
    """The settings of the home; an error in them is printed, and does not hide what is attached."""
    try:
        return load_settings(folder / SETTINGS_FILE) if (folder / SETTINGS_FILE).exists() else None
    except UserError as error:
        click.echo(f"kiosk: {error}", err=True)
        return None
