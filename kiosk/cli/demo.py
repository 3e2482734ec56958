"""`kiosk demo`: a month of a registration office, and one day at its door."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec

from domain.act import Act
from domain.calendar import TAIPEI
from kiosk.batch.carrying_out import carry_out
from kiosk.batch.source import RawLine
from kiosk.cli.mistakes import FAULT
from kiosk.cli.options import example
from kiosk.cli.printing import print_rows
from kiosk.cli.reads import ServiceDate
from kiosk.demo.day import Step, day_at_the_door
from kiosk.demo.office import PEOPLE, Line, Month, founding, rostering
from kiosk.demo.playing import play_as_lines, play_on_screen
from kiosk.demo.story import story
from kiosk.entrance.results import Result
from kiosk.home import Home
from kiosk.mistakes import Mistake
from kiosk.night import settle_days
from kiosk.office_calendar import YEARS, closed_days
from kiosk.statements import Row, Statements
from projections.asking import Asked
from projections.replay import replay


@click.command(epilog=example("kiosk demo", "kiosk demo --keep ./demo-home </dev/null"))
@click.option("--keep", type=click.Path(path_type=Path), metavar="DIR", help="Keep the demo's home in a new folder.")
@click.option("--month", "day", type=ServiceDate(), metavar="DATE", help="A day of the month to play; default today.")
def demo(keep: Path | None, day: date | None) -> None:
    """Play a day at a registration office: on the entrance screen, or as lines where there is no terminal."""
    month = _month(day)
    with TemporaryDirectory(prefix="kiosk-demo-") as folder, _new_home(keep or Path(folder) / "home") as home:
        _carry_out(home, [*founding(month), *rostering(month), *story(month)])
        steps = day_at_the_door(month)
        duties = len(list(month.duties()))
        say(f"{len(PEOPLE)} volunteers, {duties} duties in {month.last:%B %Y}; today is {month.last}.\n")
        if all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
            _play_on_screen(home, steps)
        else:
            play_as_lines(home, steps, _tell)
        _settle_and_show(home, month)
        if keep:
            say(f"\nThe home is in {keep}: try `kiosk visits --home {keep}`.")


say = click.echo


def _new_home(path: Path) -> Home:
    return Home.make(path, simulation=True)


def _month(day: date | None) -> Month:
    """The month of a day, by default of today on this machine."""
    from domain.clock import MachineClock  # noqa: PLC0415 - the one question to the machine in a simulation

    day = day or MachineClock().now().astimezone(TAIPEI).date()
    if day.year not in YEARS:
        raise Mistake(f"--month {day}: office days are known from {min(YEARS)} to {max(YEARS)}, choose another month")
    _, closed = closed_days(day.year, None)
    return Month.of(day, frozenset(closed))


def _carry_out(home: Home, lines: Iterable[Line]) -> None:
    """Carry the lines of the story out as `kiosk apply` would."""
    raw = (RawLine(number, msgspec.json.encode(line)) for number, line in enumerate(lines, 1))
    for report in carry_out(home, raw, Path()):
        if report.status:
            raise Mistake(f"the story does not fit the rules at line {report.line}: {report.sentence}")


def _play_on_screen(home: Home, steps: Sequence[Step]) -> None:
    if play_on_screen(home, steps):
        raise Mistake("the entrance ended of a fault: keep the home with --keep and report its kiosk.log", FAULT)


def _tell(step: Step, result: Result) -> None:
    said = ", ".join((result.state.replace("_", " "), *(remark.replace("_", " ") for remark in result.remarks)))
    credited = "" if result.today_minutes is None else f" ({result.today_minutes} min today)"
    say(f"{step.at:%H:%M}  {step.who}: {said}{credited}")


def _settle_and_show(home: Home, month: Month) -> None:
    """The night after the day, and what the month has come to."""
    night = month.night_after_last(home.zone)
    home.set_clock(night)
    rows = list(settle_days(home, month.last, Act(night, home.people.actor("system"), night)))
    _show("The night settles the day", rows)
    said = Statements.now(home)
    last = Asked(month.last, month.last)
    _show("Duties of the day", said.duties(last))
    _show("Hours of the month", said.hours(Asked(), frozenset({"month"})))
    _show("Absences", said.absences(Asked()))
    _show("Cases for review", said.exits(Asked()))
    _prove(home)


def _show(title: str, rows: list[Row]) -> None:
    say(f"\n{title}")
    print_rows(rows, "table")


def _prove(home: Home) -> None:
    """Rebuild the read models, and walk the chain: a demonstration that does not hold ends with status 1."""
    found, verdict = replay(home.log, home.views), home.log.verify()
    say(f"\nReplay: {found.rows:,} rows rebuilt from {found.events:,} events, {len(found.differences)} differences.")
    say(f"Verify: {verdict.events:,} events, {'whole and unaltered' if verdict.whole else verdict.why}.")
    if found.differences or not verdict.whole:
        raise Mistake("the demonstration does not hold: keep its home with --keep and report it", 1)
