"""`kiosk roster`: who is in, who is late, which duties are uncovered; live, of an instant, or a day played back."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.home_to_read import print_quarantine
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import ServiceDate, WholeNumber, as_of_option, hold_home, pass_home_folder, run_in_home
from kiosk.errors import UserError
from kiosk.roster.playback.playhead import FASTEST, SLOWEST, USUAL
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText

if TYPE_CHECKING:
    from kiosk.home import Home


@click.command(
    epilog=format_example("kiosk roster", "kiosk roster --as-of 2026-11-19T10:30", "kiosk roster --replay 2026-11-19"),
    help=HelpText.ROSTER.fill(),
)
@as_of_option
@click.option("--replay", "day", type=ServiceDate(), metavar="DATE", help=HelpText.OPTION_REPLAY.fill())
@click.option(
    "--speed",
    type=WholeNumber(SLOWEST, FASTEST),
    metavar="N",
    help=HelpText.OPTION_SPEED.fill(slowest=SLOWEST, fastest=FASTEST, usual=USUAL),
)
@pass_home_folder
def roster(folder: Path, as_of: str | None, day: date | None, speed: int | None) -> None:
    """Open the live roster, or the playback of a day."""
    if day is None:
        if speed is not None:
            raise UserError(CommandLineText.SPEED_NEEDS_REPLAY.fill())
        if as_of is not None or not _show_standing_roster(folder):
            run_in_home(folder, lambda home: _open_live_roster(home, as_of), to_read=True)
        return
    if as_of is not None:
        raise UserError(CommandLineText.REPLAY_OR_AS_OF.fill())
    run_in_home(folder, lambda home: _open_playback(home, day, USUAL if speed is None else speed), to_read=True)


def _show_standing_roster(folder: Path) -> bool:
    from kiosk.roster.standing_start import show_standing_roster  # noqa: PLC0415 - what opens a home needs it not

    return show_standing_roster(folder, lambda: hold_home(folder, to_read=True))


def _open_live_roster(home: "Home", as_of: str | None) -> None:
    from kiosk.batch.recorded_instant import parse_recorded_instant  # noqa: PLC0415 - a roster that stands is not opened
    from kiosk.roster.run import open_past_roster, open_roster  # noqa: PLC0415 - same

    if as_of is None:
        open_roster(home)
    else:
        open_past_roster(home, parse_recorded_instant(home, as_of), print_quarantine)


def _open_playback(home: "Home", day: date, speed: int) -> None:
    from kiosk.roster.playback.run import open_playback  # noqa: PLC0415 - the live roster plays nothing

    open_playback(home, day, speed, lambda warning: click.echo(warning, err=True))
