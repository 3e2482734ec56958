"""`kiosk readers identify`: the terminal's side of it, and the block for kiosk.toml."""

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from devices.ports.errors import PortError
from devices.profiles.profile import Profile
from devices.profiles.typed_number import TypedNumber, build_from_reading, parse_typed_number
from devices.protocols.decoder import NotACardNumber
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_files import SETTINGS_FILE
from kiosk.readers.attached_ports import find_stable_address, list_serial_ports
from kiosk.readers.candidate_ports import CandidatePort, parse_ports
from kiosk.readers.identification import CARDS, Identification, OperatorDialog, identify_reader
from kiosk.readers.in_use import demand_port_free
from kiosk.readers.inventory import find_reader_at, is_same_port
from kiosk.readers.settings_block import append_block, find_free_name, format_reader_block
from kiosk.readers.single_read import ReaderSession, find_reader
from kiosk.readers.verdict_text import format_verdict
from kiosk.settings import Settings
from kiosk.words.cli import CliText


@dataclass(frozen=True, slots=True)
class IdentifyOptions:
    """What the command line said."""

    folder: Path
    ports: tuple[str, ...]
    numbers: tuple[str, ...]
    known_by: str | None
    name: str | None
    write: bool
    seconds: float


def identify_and_print(asked: IdentifyOptions, settings: Settings | None, known: Mapping[str, Profile]) -> None:
    """Identify, say what was found, and write it down where that is wanted. Raises: Mistake."""
    if asked.write and settings is None:
        raise UserError(CliText.WRITE_NEEDS_HOME.fill(settings_file=SETTINGS_FILE))
    spots = _choose_ports(asked, settings)
    with ExitStack() as open_readers:
        number_of = _choose_number_source(asked, open_readers)
        try:
            found = identify_reader(spots, known, OperatorDialog(_say, number_of, asked.seconds))
        except PortError as trouble:
            raise UserError(str(trouble), EXIT_NO) from None
    _print_result(found, asked, settings)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


# --- Where to listen ---


def _choose_ports(asked: IdentifyOptions, settings: Settings | None) -> list[CandidatePort]:
    readers = settings.readers if settings else ()
    free = [port for port in list_serial_ports() if find_reader_at(port, readers) is None]
    written = asked.ports or tuple(port.address for port in free)
    if not written:
        raise UserError(CliText.NO_SERIAL_PORT_FREE, EXIT_NO)
    for port in written:
        demand_port_free(asked.folder, readers, port)
    return parse_ports(written)


# --- The numbers of the cards ---


def _choose_number_source(asked: IdentifyOptions, open_readers: ExitStack) -> Callable[[int], TypedNumber]:
    if asked.known_by is not None:
        return _build_reader_source(asked, asked.known_by, open_readers)
    if asked.numbers:
        if len(asked.numbers) != CARDS:
            raise UserError(CliText.NUMBER_NEEDED_TIMES_ONCE_CARD.fill(cards=CARDS, numbers=len(asked.numbers)))
        numbers = [_parse_number(text) for text in asked.numbers]
        return lambda card: numbers[card - 1]
    if not sys.stdin.isatty():
        raise UserError(CliText.WITHOUT_TERMINAL_SAY_NUMBERS_THREE)
    return _prompt_number


def _build_reader_source(asked: IdentifyOptions, name: str, open_readers: ExitStack) -> Callable[[int], TypedNumber]:
    home = open_readers.enter_context(Home.open(asked.folder))
    reader = open_readers.enter_context(ReaderSession(find_reader(home, name), home))

    def number_of(card: int) -> TypedNumber:
        _say(CliText.CARD.fill(card=card, cards=CARDS, name=name))
        return build_from_reading(reader.read_card(asked.seconds))

    return number_of


def _prompt_number(card: int) -> TypedNumber:
    while True:
        text: str = click.prompt(CliText.PRINTED_CARD.fill(card=card), err=True)
        try:
            return parse_typed_number(text)
        except NotACardNumber as refusal:
            _say(refusal.reason)


def _parse_number(text: str) -> TypedNumber:
    try:
        return parse_typed_number(text)
    except NotACardNumber as refusal:
        raise UserError(f"--number: {refusal.reason}") from None


# --- The answer ---


def _print_result(found: Identification, asked: IdentifyOptions, settings: Settings | None) -> None:
    for line in format_verdict(found.verdict):
        _say(line)
    best = found.verdict.best
    if best is None:  # `explained` has said so
        return
    port = find_stable_address(found.candidate.address_text)
    text = format_reader_block(asked.name or find_free_name(settings), port, best)
    click.echo(text, nl=False)
    if asked.write and settings is not None:
        _demand_new_port(port, settings)
        append_block(asked.folder / SETTINGS_FILE, text)
        _say(CliText.APPENDED.fill(folder=asked.folder / SETTINGS_FILE))


def _demand_new_port(port: str, settings: Settings) -> None:
    for reader in settings.readers:
        if is_same_port(reader.port, port):
            raise UserError(CliText.PORT_ALREADY.fill(settings_file=SETTINGS_FILE, name=reader.name), EXIT_NO)
