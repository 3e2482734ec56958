"""`kiosk readers identify`: the terminal's side of it, and the block for kiosk.toml."""

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from devices.ports.errors import PortTrouble
from devices.profiles.profile import Profile
from devices.profiles.typed_number import TypedNumber, told_by_a_reader, typed
from devices.protocols.decoder import NotACardNumber
from kiosk.errors import NO, Mistake
from kiosk.home import Home
from kiosk.home_files import SETTINGS_FILE
from kiosk.readers.attached_ports import lasting_address, serial_ports
from kiosk.readers.candidate_ports import Spot, spots_at
from kiosk.readers.identification import CARDS, Identified, Talk, identify_at
from kiosk.readers.in_use import demand_free
from kiosk.readers.inventory import reader_at, same_port
from kiosk.readers.settings_block import append_block, block, free_name
from kiosk.readers.single_read import ReaderInHand, reader_called
from kiosk.readers.verdict_text import explained
from kiosk.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line said."""

    folder: Path
    ports: tuple[str, ...]
    numbers: tuple[str, ...]
    known_by: str | None
    name: str | None
    write: bool
    seconds: float


def identify_and_tell(asked: Asked, settings: Settings | None, known: Mapping[str, Profile]) -> None:
    """Identify, say what was found, and write it down where that is wanted. Raises: Mistake."""
    if asked.write and settings is None:
        raise Mistake(
            f"--write needs a home with a {SETTINGS_FILE}: name it with --home, or make one with `kiosk init`"
        )
    spots = _spots(asked, settings)
    with ExitStack() as open_readers:
        number_of = _numbers(asked, open_readers)
        try:
            found = identify_at(spots, known, Talk(_say, number_of, asked.seconds))
        except PortTrouble as trouble:
            raise Mistake(str(trouble), NO) from None
    _tell(found, asked, settings)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


# --- Where to listen ---


def _spots(asked: Asked, settings: Settings | None) -> list[Spot]:
    readers = settings.readers if settings else ()
    free = [port for port in serial_ports() if reader_at(port, readers) is None]
    written = asked.ports or tuple(port.address for port in free)
    if not written:
        raise Mistake("no serial port is free: plug the reader in, or name a port (`kiosk readers list` shows all)", NO)
    for port in written:
        demand_free(asked.folder, readers, port)
    return spots_at(written)


# --- The numbers of the cards ---


def _numbers(asked: Asked, open_readers: ExitStack) -> Callable[[int], TypedNumber]:
    if asked.known_by is not None:
        return _by_reader(asked, asked.known_by, open_readers)
    if asked.numbers:
        if len(asked.numbers) != CARDS:
            raise Mistake(f"--number is needed {CARDS} times, once a card in order, not {len(asked.numbers)} times")
        numbers = [_understood(text) for text in asked.numbers]
        return lambda card: numbers[card - 1]
    if not sys.stdin.isatty():
        raise Mistake("without a terminal say the numbers of the three cards: --number N --number N --number N")
    return _prompted


def _by_reader(asked: Asked, name: str, open_readers: ExitStack) -> Callable[[int], TypedNumber]:
    home = open_readers.enter_context(Home.open(asked.folder))
    reader = open_readers.enter_context(ReaderInHand(reader_called(home, name), home))

    def number_of(card: int) -> TypedNumber:
        _say(f"card {card} of {CARDS}: hold the same card to {name}")
        return told_by_a_reader(reader.card(asked.seconds))

    return number_of


def _prompted(card: int) -> TypedNumber:
    while True:
        text: str = click.prompt(f"what is printed on card {card}", err=True)
        try:
            return typed(text)
        except NotACardNumber as refusal:
            _say(refusal.reason)


def _understood(text: str) -> TypedNumber:
    try:
        return typed(text)
    except NotACardNumber as refusal:
        raise Mistake(f"--number: {refusal.reason}") from None


# --- The answer ---


def _tell(found: Identified, asked: Asked, settings: Settings | None) -> None:
    for line in explained(found.verdict):
        _say(line)
    best = found.verdict.best
    if best is None:  # `explained` has said so
        return
    port = lasting_address(found.spot.written)
    text = block(asked.name or free_name(settings), port, best)
    click.echo(text, nl=False)
    if asked.write and settings is not None:
        _demand_new(port, settings)
        append_block(asked.folder / SETTINGS_FILE, text)
        _say(f"appended to {asked.folder / SETTINGS_FILE}; try it with `kiosk readers test`")


def _demand_new(port: str, settings: Settings) -> None:
    for reader in settings.readers:
        if same_port(reader.port, port):
            raise Mistake(f"{SETTINGS_FILE} has this port already, as {reader.name!r}: change that block by hand", NO)
