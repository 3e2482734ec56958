"""What the home says of readers: its settings, where there are any, and the profiles."""

from collections.abc import Mapping
from pathlib import Path

import click

from devices.profiles.profile import Profile
from devices.profiles.profile_files import ProfileError
from devices.profiles.registry import load_all_profiles
from kiosk.errors import UserError
from kiosk.home_files import PROFILES
from kiosk.input_files import SETTINGS_FILE
from kiosk.settings import Settings, load_settings
from kiosk.words.devices import explain_profile_error


def load_settings_if_any(folder: Path) -> Settings | None:
    """The settings of the home; an error in them is printed, and does not hide what is attached."""
    try:
        return load_settings(folder / SETTINGS_FILE) if (folder / SETTINGS_FILE).exists() else None
    except UserError as error:
        click.echo(f"kiosk: {error}", err=True)
        return None


def load_profiles(folder: Path) -> Mapping[str, Profile]:
    """All profiles, those of the home among them. Raises: UserError."""
    try:
        return load_all_profiles(folder / PROFILES)
    except ProfileError as error:
        raise UserError(explain_profile_error(error)) from None
