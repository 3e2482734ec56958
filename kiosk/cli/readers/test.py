"""`kiosk readers test`: a known card, held to a configured reader; then the tones."""

import click

from devices.profiles.typed_number import TypedNumber, parse_typed_number
from devices.protocols.decoder import NotACardNumber
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import duration_option, pass_home
from kiosk.entrance.sound import try_tones
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.readers.configured import ReaderSession, check_card, find_reader, resolve_profile, warn_of_loss
from kiosk.text.typed import narrow
from kiosk.words.command_line import CommandLineText
from kiosk.words.devices import explain_fault
from kiosk.words.help import HelpText

CARD_TIMEOUT_SECONDS = 30.0
"""Seconds to wait for the card."""


@click.command(
    "test",
    epilog=format_example("kiosk readers test door", "kiosk readers test door --card 0040856634"),
    help=HelpText.READERS_TEST.fill(),
)
@click.argument("reader")
@click.option("--card", "card_text", type=narrow, metavar="CARD", help=HelpText.OPTION_EXPECTED_CARD.fill())
@duration_option(HelpText.OPTION_TEST_SECONDS)
@pass_home
def test_reader(home: Home, reader: str, card_text: str | None, seconds: float | None) -> None:
    """Read one card and print whether it is the expected one."""
    expected = _parse_card_number(card_text) if card_text is not None else None
    configured = find_reader(home, reader)
    with ReaderSession(configured, home) as session:
        click.echo(CommandLineText.HOLD_CARD.fill(reader=reader), err=True)
        card = session.read_card(seconds or CARD_TIMEOUT_SECONDS)
    click.echo(check_card(card, expected))
    if warning := warn_of_loss(resolve_profile(configured, home.path)):
        click.echo(warning, err=True)
    click.echo(try_tones(home.settings.sound), err=True)


def _parse_card_number(text: str) -> TypedNumber:
    try:
        return parse_typed_number(text)
    except NotACardNumber as error:
        raise UserError(f"--card: {explain_fault(error.fault)}") from None
