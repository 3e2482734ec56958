"""`kiosk issue`: issue a card to a volunteer by tapping it on one of the kiosk's readers."""

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import duration_option, parse_actor, pass_home
from kiosk.home import Home
from kiosk.readers.configured import find_reader, resolve_profile, warn_of_loss
from kiosk.readers.entrance_session import open_card_source
from kiosk.readers.issuing import CardIssuer
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText

TAP_TIMEOUT_SECONDS = 30.0
"""Seconds to wait for each of the two taps."""


@click.command(
    epilog=format_example("kiosk issue V001", "kiosk issue V001 --reader door --by lin", "kiosk issue V001 --for 60"),
    help=HelpText.ISSUE.fill(),
)
@click.argument("volunteer")
@click.option("--reader", "reader_name", metavar="NAME", help=HelpText.OPTION_ISSUE_READER.fill())
@click.option("--by", metavar="ACTOR", help=HelpText.OPTION_ISSUED_BY.fill())
@click.option("--lossy-ok", is_flag=True, help=HelpText.OPTION_LOSSY_OK.fill())
@duration_option(HelpText.OPTION_ISSUE_SECONDS, TAP_TIMEOUT_SECONDS)
@pass_home
def issue(home: Home, volunteer: str, reader_name: str | None, by: str | None, lossy_ok: bool, seconds: float) -> None:
    """Issue the card that is tapped twice."""
    reader, volunteer = find_reader(home, reader_name), home.people.resolve_typed_number(volunteer)
    issuer = CardIssuer(home, volunteer, parse_actor(by))
    if not lossy_ok and (warning := warn_of_loss(resolve_profile(reader, home.path))):
        _say(warning)
    with open_card_source(reader, home, volunteer, seconds) as session:
        card = issuer.issue_at(session, seconds, _say)
    click.echo(CommandLineText.CARD_ISSUED.fill(volunteer=volunteer, masked=card.masked))


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
