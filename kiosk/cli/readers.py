"""`kiosk readers`: what hangs on this machine, what it sends, which profile it has, and whether it works.

Rule: whatever the entrance has open is left alone. Only `watch` shows the number of a card whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from kiosk.cli.options import format_example, output_format, pass_home, pass_home_folder
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import SETTINGS_FILE
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText

if TYPE_CHECKING:
    from devices.profiles.profile import Profile
    from devices.profiles.typed_number import TypedNumber
    from kiosk.home import Home
    from kiosk.readers.inventory import PortRow
    from kiosk.settings import Reader, Settings

P = ParamSpec("P")
R = TypeVar("R")

CARD_TIMEOUT_SECONDS = 60.0
"""Seconds for which `identify` waits for a card, and half as long a test."""


def duration_option(about: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`--for`, which says what ends after so long."""
    seconds = click.FloatRange(min=0, min_open=True)
    return click.option("--for", "seconds", type=seconds, metavar="SECONDS", help=about)


@click.group(
    epilog=format_example(
        "kiosk readers list",
        "kiosk readers watch /dev/ttyUSB0 --profile rdm6300 --for 20",
        "kiosk readers identify --write",
        "kiosk readers test door --card 0040856634",
    ),
    help=HelpText.READERS,
)
def readers() -> None:
    """Card readers: what is attached, what it sends, which profile it has, and whether it works."""


# --- list ---


@readers.command(
    "list",
    short_help=HelpText.PORTS_MACHINE,
    epilog=format_example("kiosk readers list", "kiosk readers list --format json"),
    help=HelpText.LIST_READERS,
)
@output_format("table", "json")
@pass_home_folder
def list_readers(folder: Path, output: str) -> None:
    """The ports of this machine, what is known of each, and what is wrong with it."""
    from kiosk.cli.printing import print_rows  # noqa: PLC0415 - same
    from kiosk.readers.attached_ports import list_attached_ports  # noqa: PLC0415 - same
    from kiosk.readers.inventory import build_port_rows  # noqa: PLC0415 - `kiosk --help` does not look at the machine
    from kiosk.status.entrance import is_entrance_open  # noqa: PLC0415 - same

    settings = _load_settings_if_any(folder)
    rows = build_port_rows(
        list_attached_ports(), settings.readers if settings else (), entrance_open=is_entrance_open(folder)
    )
    if rows or output == "json":
        print_rows([_build_row(row, output) for row in rows], output)
    else:
        click.echo(CliText.NO_CARD_READER_ATTACHED, err=True)


def _build_row(row: "PortRow", output: str) -> dict[str, object]:
    """All fields for a program; for people those that say something."""
    return {name: value for name, value in asdict(row).items() if output == "json" or value}


def _load_settings_if_any(folder: Path) -> "Settings | None":
    """What kiosk.toml says; a mistake in it is told, and does not hide what is attached."""
    from kiosk.settings import load_settings  # noqa: PLC0415 - `kiosk --help` does not read settings

    try:
        return load_settings(folder / SETTINGS_FILE) if (folder / SETTINGS_FILE).exists() else None
    except UserError as mistake:
        click.echo(f"kiosk: {mistake}", err=True)
        return None


# --- watch ---


@readers.command(
    short_help=HelpText.READER_SENDS_BYTE_BYTE,
    epilog=format_example("kiosk readers watch door", "kiosk readers watch /dev/ttyUSB0 --profile rdm6300 --for 20"),
    help=HelpText.WATCH,
)
@click.argument("reader", metavar="[READER|PORT]", required=False)
@click.option("--profile", "profile_name", metavar="NAME", help=HelpText.HOW_READ_CARD)
@duration_option(CliText.END_AFTER_SO_LONG)
@pass_home_folder
def watch(folder: Path, reader: str | None, profile_name: str | None, seconds: float | None) -> None:
    """Show what a reader sends, byte by byte, and the cards in it, until Ctrl+C."""
    from devices.ports.errors import PortError  # noqa: PLC0415 - `kiosk --help` does not load readers
    from kiosk.readers.in_use import demand_port_free  # noqa: PLC0415 - same
    from kiosk.readers.monitor import keep_going_for, watch_port  # noqa: PLC0415 - same

    settings = _load_settings_if_any(folder)
    port, profile = _find_port_and_profile(folder, settings, reader, profile_name)
    demand_port_free(folder, settings.readers if settings else (), port)
    try:
        for line in watch_port(port, profile, keep_going_for(seconds)):
            click.echo(line)
    except PortError as trouble:
        raise UserError(str(trouble), EXIT_NO) from None
    except KeyboardInterrupt:
        click.echo()


def _find_port_and_profile(
    folder: Path, settings: "Settings | None", wanted: str | None, profile_name: str | None
) -> tuple[str, "Profile | None"]:
    """A port, and how to read cards from it. Raises: Mistake."""
    from devices.ports.addresses import NotAnAddress, parse_address  # noqa: PLC0415 - `kiosk --help` does not load readers
    from kiosk.readers.factory import resolve_profile  # noqa: PLC0415 - same
    from kiosk.settings import DEFAULT_PROFILE  # noqa: PLC0415 - same

    reader = _find_reader(settings, wanted)
    if reader and not profile_name:
        return reader.port, resolve_profile(reader, folder)
    port = reader.port if reader else str(wanted)
    try:
        name = profile_name or DEFAULT_PROFILE.get(parse_address(port).kind)
    except NotAnAddress as mistake:
        raise UserError(str(mistake)) from None
    return port, _find_profile(name, folder) if name else None


def _find_reader(settings: "Settings | None", wanted: str | None) -> "Reader | None":
    """The reader of kiosk.toml with this name, or the only one there; None for a port. Raises: Mistake."""
    known = {reader.name: reader for reader in settings.readers} if settings else {}
    if wanted is None and len(known) != 1:
        raise UserError(CliText.SAY_READER_PORT.fill(value=", ".join(known) or "/dev/serial/by-id/..."))
    return known.get(wanted) if wanted is not None else next(iter(known.values()))


def _find_profile(name: str, folder: Path) -> "Profile":
    from devices.profiles.registry import UnknownProfile, find_profile  # noqa: PLC0415 - loads every profile

    try:
        return find_profile(name, _load_profiles(folder))
    except UnknownProfile as mistake:
        raise UserError(str(mistake)) from None


def _load_profiles(folder: Path) -> "Mapping[str, Profile]":
    """All profiles, those of the home among them. Raises: Mistake."""
    from devices.profiles.profile_files import ProfileError  # noqa: PLC0415 - same
    from devices.profiles.registry import load_all_profiles  # noqa: PLC0415 - loads every profile
    from kiosk.settings import PROFILES  # noqa: PLC0415 - same

    try:
        return load_all_profiles(folder / PROFILES)
    except ProfileError as mistake:
        raise UserError(str(mistake)) from None


# --- identify ---


@readers.command(
    short_help=HelpText.FIND_OUT_PROFILE_READER_THREE,
    epilog=format_example(
        "kiosk readers identify",
        "kiosk readers identify /dev/ttyUSB0 --write",
        'kiosk readers identify /dev/ttyUSB0 --number "0040856634 623,27706" --number 134,62532 --number 0013530444',
    ),
    help=HelpText.IDENTIFY,
)
@click.argument("ports", metavar="[PORT]...", nargs=-1)
@click.option("--number", "numbers", multiple=True, metavar="N", help=HelpText.NUMBERS_THREE_CARDS_ORDER)
@click.option("--known-by", metavar="READER", help=HelpText.INSTEAD_TYPING)
@click.option("--name", metavar="NAME", help=HelpText.CALL_READER_KIOSK_TOML)
@click.option("--write", is_flag=True, help=HelpText.APPEND_READER_BLOCK_KIOSK_TOML)
@duration_option(CliText.HOW_LONG_WAIT_EACH_CARD)
@pass_home_folder
def identify(
    folder: Path,
    ports: tuple[str, ...],
    numbers: tuple[str, ...],
    known_by: str | None,
    name: str | None,
    write: bool,
    seconds: float | None,
) -> None:
    """Find out the profile of a reader: hold three cards to it, and type what is printed on each."""
    from kiosk.cli.identify import IdentifyOptions, identify_and_print  # noqa: PLC0415 - loads readers

    asked = IdentifyOptions(folder, ports, numbers, known_by, name, write, seconds or CARD_TIMEOUT_SECONDS)
    identify_and_print(asked, _load_settings_if_any(folder), _load_profiles(folder))


# --- test ---


@readers.command(
    "test",
    short_help=HelpText.HOLD_KNOWN_CARD_READER,
    epilog=format_example("kiosk readers test door", "kiosk readers test door --card 0040856634"),
    help=HelpText.TEST_READER,
)
@click.argument("reader")
@click.option("--card", "card_text", metavar="CARD", help=HelpText.NUMBER_MUST_READ_ANY_FORM)
@duration_option(CliText.HOW_LONG_WAIT_CARD)
@pass_home
def test_reader(home: "Home", reader: str, card_text: str | None, seconds: float | None) -> None:
    """Hold a card to READER: passed, or failed with the reason and status 1."""
    from kiosk.readers.factory import resolve_profile  # noqa: PLC0415 - same
    from kiosk.readers.reader_test import check_card  # noqa: PLC0415 - same
    from kiosk.readers.single_read import ReaderSession, find_reader  # noqa: PLC0415 - `kiosk --help` needs no reader

    expected = _parse_card_number(card_text) if card_text is not None else None
    configured = find_reader(home, reader)
    with ReaderSession(configured, home) as in_hand:
        click.echo(CliText.HOLD_CARD.fill(reader=reader), err=True)
        card = in_hand.read_card(seconds or CARD_TIMEOUT_SECONDS / 2)
    click.echo(check_card(card, resolve_profile(configured, home.path), expected))


def _parse_card_number(text: str) -> "TypedNumber":
    from devices.profiles.typed_number import parse_typed_number  # noqa: PLC0415 - same
    from devices.protocols.decoder import NotACardNumber  # noqa: PLC0415 - `kiosk --help` needs no card

    try:
        return parse_typed_number(text)
    except NotACardNumber as refusal:
        raise UserError(f"--card: {refusal.reason}") from None
