"""`kiosk roster`: who is in, who is late, what nobody does; live, as of an instant, or a past day played."""

from datetime import date

import click

from kiosk.cli.options import format_example, pass_home
from kiosk.cli.reads import ServiceDate, as_of_option, parse_recorded_instant
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.roster.playback.playhead import FASTEST, SLOWEST, USUAL
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText


@click.command(
    epilog=format_example("kiosk roster", "kiosk roster --as-of 2026-11-19T10:30", "kiosk roster --replay 2026-11-19"),
    help=HelpText.ROSTER,
)
@as_of_option
@click.option("--replay", "day", type=ServiceDate(), metavar="DATE", help=HelpText.PLAY_SERVICE_DAY_LOG)
@click.option(
    "--speed",
    type=click.IntRange(SLOWEST, FASTEST),
    metavar="N",
    help=HelpText.SECONDS_DAY_SECOND_REPLAY.fill(slowest=SLOWEST, fastest=FASTEST, usual=USUAL),
)
@pass_home
def roster(home: Home, as_of: str | None, day: date | None, speed: int | None) -> None:
    """The coordinator's live roster, or a past day as it was shown then."""
    if day is None:
        if speed is not None:
            raise UserError(CliText.SPEED_REPLAY)
        _open_live_roster(home, as_of)
        return
    if as_of is not None:
        raise UserError(CliText.REPLAY_NOT_GO_TOGETHER)
    _open_playback(home, day, USUAL if speed is None else speed)


def _open_live_roster(home: Home, as_of: str | None) -> None:
    from kiosk.roster.run import open_roster  # noqa: PLC0415 - loads the screen, which --help does not need

    open_roster(home, None if as_of is None else parse_recorded_instant(home, as_of))


def _open_playback(home: Home, day: date, speed: int) -> None:
    from kiosk.roster.playback.run import open_playback  # noqa: PLC0415 - same

    open_playback(home, day, speed, lambda said: click.echo(said, err=True))
