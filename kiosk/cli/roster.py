"""`kiosk roster`: who is in, who is late, which duties are uncovered; live, of an instant, or a day played back."""

from datetime import date

import click

from kiosk.batch.recorded_instant import parse_recorded_instant
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import ServiceDate, as_of_option, pass_home_to_read
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.roster.playback.playhead import FASTEST, SLOWEST, USUAL
from kiosk.roster.run import open_roster
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example("kiosk roster", "kiosk roster --as-of 2026-11-19T10:30", "kiosk roster --replay 2026-11-19"),
    help=HelpText.ROSTER.fill(),
)
@as_of_option
@click.option("--replay", "day", type=ServiceDate(), metavar="DATE", help=HelpText.OPTION_REPLAY.fill())
@click.option(
    "--speed",
    type=click.IntRange(SLOWEST, FASTEST),
    metavar="N",
    help=HelpText.OPTION_SPEED.fill(slowest=SLOWEST, fastest=FASTEST, usual=USUAL),
)
@pass_home_to_read
def roster(home: Home, as_of: str | None, day: date | None, speed: int | None) -> None:
    """Open the live roster, or the playback of a day."""
    if day is None:
        if speed is not None:
            raise UserError(CommandLineText.SPEED_NEEDS_REPLAY.fill())
        _open_live_roster(home, as_of)
        return
    if as_of is not None:
        raise UserError(CommandLineText.REPLAY_OR_AS_OF.fill())
    _open_playback(home, day, USUAL if speed is None else speed)


def _open_live_roster(home: Home, as_of: str | None) -> None:
    open_roster(home, None if as_of is None else parse_recorded_instant(home, as_of))


def _open_playback(home: Home, day: date, speed: int) -> None:
    from kiosk.roster.playback.run import open_playback  # noqa: PLC0415 - the live roster plays nothing

    open_playback(home, day, speed, lambda warning: click.echo(warning, err=True))
