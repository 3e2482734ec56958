"""`kiosk readers identify`: the profile of a reader, found with three cards, and the block for kiosk.toml."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from devices.ports.errors import PortError
from devices.profiles.typed_number import TypedNumber, build_from_reading, parse_typed_number
from devices.protocols.decoder import NotACardNumber
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import duration_option, parse_reader_name, pass_home_folder
from kiosk.cli.readers.configured import load_settings_if_any
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_folder import demand_no_backup, demand_own
from kiosk.input_files import SETTINGS_FILE
from kiosk.reader_checks import load_home_profiles
from kiosk.readers.configured import ReaderSession, find_reader
from kiosk.readers.diagnostics import demand_port_free
from kiosk.readers.identification import (
    CARDS,
    Identification,
    OperatorDialog,
    append_block,
    find_free_name,
    format_reader_block,
    format_verdict,
    identify_reader,
)
from kiosk.readers.inventory import find_reader_at, find_stable_address, is_same_port, list_serial_ports
from kiosk.readers.listening import CandidatePort, parse_ports
from kiosk.settings import Settings
from kiosk.text.typed import narrow
from kiosk.words.command_line import CommandLineText
from kiosk.words.devices import explain_fault, explain_port_error
from kiosk.words.help import HelpText

CARD_TIMEOUT_SECONDS = 60.0
"""Seconds to wait for each card."""


@dataclass(frozen=True, slots=True)
class IdentifyOptions:
    """The arguments and options of the command."""

    folder: Path
    ports: tuple[str, ...]
    numbers: tuple[str, ...]
    known_by: str | None
    name: str | None
    write: bool
    seconds: float


@click.command(
    epilog=format_example(
        "kiosk readers identify",
        "kiosk readers identify /dev/ttyUSB0 --write",
        'kiosk readers identify /dev/ttyUSB0 --number "0040856634 623,27706" --number 134,62532 --number 0013530444',
    ),
    help=HelpText.READERS_IDENTIFY.fill(),
)
@click.argument("ports", metavar="[PORT]...", nargs=-1)
@click.option("--number", "numbers", multiple=True, type=narrow, metavar="N", help=HelpText.OPTION_NUMBERS.fill())
@click.option("--known-by", metavar="READER", help=HelpText.OPTION_KNOWN_BY.fill())
@click.option("--name", metavar="NAME", help=HelpText.OPTION_READER_NAME.fill())
@click.option("--write", is_flag=True, help=HelpText.OPTION_WRITE.fill())
@duration_option(HelpText.OPTION_IDENTIFY_SECONDS)
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
    """Identify the reader, print the verdict, and append the block to kiosk.toml where `--write` is given."""
    name = None if name is None else parse_reader_name("--name", name)
    options = IdentifyOptions(folder, ports, numbers, known_by, name, write, seconds or CARD_TIMEOUT_SECONDS)
    settings, profiles = load_settings_if_any(folder), load_home_profiles(folder)
    if write and settings is None:
        raise UserError(CommandLineText.WRITE_NEEDS_HOME.fill(settings_file=SETTINGS_FILE))
    if write:
        demand_own(folder)
        demand_no_backup(folder)
    candidates = _choose_ports(options, settings)
    with ExitStack() as open_readers:
        ask_number = _choose_number_source(options, open_readers)
        try:
            ask_again = _prompt_again if ask_number is _prompt_number else None
            dialog = OperatorDialog(_say, ask_number, options.seconds, ask_again)
            found = identify_reader(candidates, profiles, dialog)
        except PortError as error:
            raise UserError(explain_port_error(error), EXIT_NO) from None
    _print_result(found, options, settings)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


# --- Where to listen ---


def _choose_ports(options: IdentifyOptions, settings: Settings | None) -> list[CandidatePort]:
    readers = settings.readers if settings else ()
    free = [port for port in list_serial_ports() if find_reader_at(port, readers) is None]
    chosen = options.ports or tuple(port.address for port in free)
    if not chosen:
        raise UserError(CommandLineText.NO_FREE_PORT.fill(), EXIT_NO)
    for port in chosen:
        demand_port_free(options.folder, readers, port)
    return parse_ports(chosen)


# --- The numbers of the cards ---


def _choose_number_source(options: IdentifyOptions, open_readers: ExitStack) -> Callable[[int], TypedNumber]:
    if options.known_by is not None:
        return _build_reader_source(options, options.known_by, open_readers)
    if options.numbers:
        if len(options.numbers) != CARDS:
            raise UserError(CommandLineText.WRONG_COUNT_OF_NUMBERS.fill(cards=CARDS, numbers=len(options.numbers)))
        numbers = [_parse_number(text) for text in options.numbers]
        return lambda card: numbers[card - 1]
    if not sys.stdin.isatty():
        raise UserError(CommandLineText.CANNOT_ASK_NUMBERS.fill())
    return _prompt_number


def _build_reader_source(options: IdentifyOptions, name: str, open_readers: ExitStack) -> Callable[[int], TypedNumber]:
    home = open_readers.enter_context(Home.open(options.folder))
    reader = open_readers.enter_context(ReaderSession(find_reader(home, name), home))

    def ask_number(card: int) -> TypedNumber:
        _say(CommandLineText.HOLD_SAME_CARD.fill(card=card, cards=CARDS, name=name))
        return build_from_reading(reader.read_card(options.seconds))

    return ask_number


def _prompt_number(card: int) -> TypedNumber:
    return click.prompt(CommandLineText.ASK_PRINTED_NUMBER.fill(card=card), value_proc=_parse_answer, err=True)


def _prompt_again(card: int) -> TypedNumber | None:
    question = CommandLineText.ASK_NUMBER_AGAIN.fill(card=card)
    return click.prompt(question, "", show_default=False, value_proc=_parse_answer_if_any, err=True)


def _parse_answer(text: str) -> TypedNumber:
    try:
        return parse_typed_number(text)
    except NotACardNumber as error:
        raise click.UsageError(explain_fault(error.fault)) from None  # it is asked again


def _parse_answer_if_any(text: str) -> TypedNumber | None:
    return _parse_answer(text) if text else None


def _parse_number(text: str) -> TypedNumber:
    try:
        return parse_typed_number(text)
    except NotACardNumber as error:
        raise UserError(f"--number: {explain_fault(error.fault)}") from None


# --- The verdict ---


def _print_result(found: Identification, options: IdentifyOptions, settings: Settings | None) -> None:
    for line in format_verdict(found.verdict):
        _say(line)
    best = found.verdict.best
    if best is None:  # the verdict says so
        return
    port = find_stable_address(found.candidate.address_text)
    text = format_reader_block(options.name or find_free_name(settings), port, best)
    click.echo(text, nl=False)
    if options.write and settings is not None:
        _demand_new_port(port, settings)
        append_block(options.folder / SETTINGS_FILE, text)
        _say(CommandLineText.BLOCK_APPENDED.fill(folder=options.folder / SETTINGS_FILE))


def _demand_new_port(port: str, settings: Settings) -> None:
    for reader in settings.readers:
        if is_same_port(reader.port, port):
            raise UserError(
                CommandLineText.PORT_CONFIGURED.fill(settings_file=SETTINGS_FILE, name=reader.name), EXIT_NO
            )
