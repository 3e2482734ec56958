"""`kiosk issue`: a volunteer gets a card by tapping it on the kiosk's own reader."""

import click

from kiosk.cli.options import format_example, parse_actor, pass_home
from kiosk.home import Home
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText

TAP_TIMEOUT_SECONDS = 30.0
"""Seconds to wait for each of the two taps."""


@click.command(
    epilog=format_example("kiosk issue V001", "kiosk issue V001 --reader door --by lin", "kiosk issue V001 --for 60"),
    help=HelpText.ISSUE,
)
@click.argument("volunteer")
@click.option("--reader", "reader_name", metavar="NAME", help=HelpText.READER_KIOSK_TOML)
@click.option("--by", metavar="ACTOR", help=HelpText.WHO_ISSUES_BATCH)
@click.option("--lossy-ok", is_flag=True, help=HelpText.ISSUE_READER_DROPS_BYTES)
@click.option(
    "--for",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=TAP_TIMEOUT_SECONDS,
    metavar="SECONDS",
    help=HelpText.HOW_LONG_WAIT_EACH_TWO,
)
@pass_home
def issue(home: Home, volunteer: str, reader_name: str | None, by: str | None, lossy_ok: bool, seconds: float) -> None:
    """Hold a card to a reader twice, and VOLUNTEER has it."""
    from kiosk.readers.factory import resolve_profile  # noqa: PLC0415 - same
    from kiosk.readers.issue_card import CardIssuer  # noqa: PLC0415 - `kiosk --help` does not load readers
    from kiosk.readers.single_read import ReaderSession, find_reader  # noqa: PLC0415 - same

    reader = find_reader(home, reader_name)
    issuing = CardIssuer(home, volunteer, parse_actor(by))
    with ReaderSession(reader, home) as in_hand:
        profile = resolve_profile(reader, home.path)
        card = issuing.issue_at(in_hand, profile, seconds, lambda said: click.echo(said, err=True), lossy_ok=lossy_ok)
    click.echo(CliText.VOLUNTEER_CARD.fill(volunteer=volunteer, masked=card.masked))
    if not profile.full:
        click.echo(CliText.READERS_ALSO_LOSE_KNOW.fill(loses=profile.loses), err=True)
