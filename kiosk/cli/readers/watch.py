"""`kiosk readers watch`: what a reader sends, byte by byte, and the cards in it."""

from pathlib import Path

import click

from devices.ports.addresses import NotAnAddress, parse_address
from devices.ports.errors import PortError
from devices.profiles.profile import Profile
from devices.profiles.registry import UnknownProfile, find_profile
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import duration_option, pass_home_folder
from kiosk.cli.readers.configured import load_settings_if_any
from kiosk.errors import EXIT_NO, UserError
from kiosk.reader_checks import DEFAULT_PROFILE, load_home_profiles
from kiosk.reader_settings import Reader
from kiosk.readers.configured import resolve_profile
from kiosk.readers.diagnostics import demand_port_free
from kiosk.readers.monitor import keep_going_for, watch_port
from kiosk.settings import Settings
from kiosk.words.command_line import CommandLineText
from kiosk.words.devices import explain_fault, explain_not_an_address, explain_port_error
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example("kiosk readers watch door", "kiosk readers watch /dev/ttyUSB0 --profile rdm6300 --for 20"),
    help=HelpText.READERS_WATCH.fill(),
)
@click.argument("reader", metavar="[READER|PORT]", required=False)
@click.option("--profile", "profile_name", metavar="NAME", help=HelpText.OPTION_PROFILE.fill())
@duration_option(HelpText.OPTION_WATCH_SECONDS)
@pass_home_folder
def watch(folder: Path, reader: str | None, profile_name: str | None, seconds: float | None) -> None:
    """Print what arrives, until Ctrl+C."""
    settings = load_settings_if_any(folder)
    port, profile = _find_port_and_profile(folder, settings, reader, profile_name)
    demand_port_free(folder, settings.readers if settings else (), port)
    try:
        for line in watch_port(port, profile, keep_going_for(seconds)):
            click.echo(line)
    except PortError as error:
        raise UserError(explain_port_error(error), EXIT_NO) from None
    except KeyboardInterrupt:
        click.echo()


def _find_port_and_profile(
    folder: Path, settings: Settings | None, name_or_port: str | None, profile_name: str | None
) -> tuple[str, Profile | None]:
    """A port, and how to read cards from it. Raises: UserError."""
    reader = _find_reader(settings, name_or_port)
    if reader and not profile_name:
        return reader.port, resolve_profile(reader, folder)
    port = reader.port if reader else str(name_or_port)
    try:
        profile_name = profile_name or DEFAULT_PROFILE.get(parse_address(port).kind)
    except NotAnAddress as error:
        raise UserError(explain_not_an_address(error)) from None
    return port, _find_profile(profile_name, folder) if profile_name else None


def _find_reader(settings: Settings | None, name_or_port: str | None) -> Reader | None:
    """The reader of kiosk.toml with this name, or the only one there; None for a port. Raises: UserError."""
    known = {reader.name: reader for reader in settings.readers} if settings else {}
    if name_or_port is None and len(known) != 1:
        raise UserError(CommandLineText.WHICH_READER.fill(value=", ".join(known) or "/dev/serial/by-id/..."))
    return known.get(name_or_port) if name_or_port is not None else next(iter(known.values()))


def _find_profile(name: str, folder: Path) -> Profile:
    try:
        return find_profile(name, load_home_profiles(folder))
    except UnknownProfile as error:
        raise UserError(explain_fault(error.fault)) from None
