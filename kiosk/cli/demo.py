"""`kiosk demo`: a month of a registration office, and one day at its entrance; or many days and a roster."""

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from domain.act import Act
from domain.calendar import TAIPEI
from domain.clock import MachineClock
from kiosk.cli.errors import EXIT_FAULT
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE
from kiosk.cli.printing import print_rows
from kiosk.cli.reads import ServiceDate
from kiosk.demo.month import list_month_lines
from kiosk.demo.office import PEOPLE, Month, list_founding_lines, list_month_roster
from kiosk.demo.play_day import Step, list_steps, play_as_lines, play_on_screen, watch_roster
from kiosk.demo.season import Season
from kiosk.demo.simulate_season import apply_lines, list_remaining_taps, simulate_season
from kiosk.demo.summary import build_summary
from kiosk.entrance.service import TapResult
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.nightly.reconcile import reconcile_day_by_day
from kiosk.office_calendar import YEARS, load_closed_days
from kiosk.people import SYSTEM_ACTOR
from kiosk.statements.statements import Row, Statements
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from kiosk.words.log_errors import explain_verdict
from projections.engine.rebuild import replay
from projections.read_models.day_filter import DayFilter

LONGEST = 366
"""Days that are simulated at most: a leap year."""


@click.command(
    epilog=format_example("kiosk demo", "kiosk demo --days 30", "kiosk demo --keep ./demo-home </dev/null"),
    help=HelpText.DEMO.fill(),
)
@click.option("--keep", type=FOLDER_TYPE, metavar="DIR", help=HelpText.OPTION_KEEP_DEMO.fill())
@click.option("--month", "day", type=ServiceDate(), metavar="DATE", help=HelpText.OPTION_DEMO_MONTH.fill())
@click.option("--days", type=click.IntRange(1, LONGEST), metavar="N", help=HelpText.OPTION_DEMO_DAYS.fill())
def demo(keep: Path | None, day: date | None, days: int | None) -> None:
    """Play one day, or simulate many."""
    month = _build_month(day)
    with TemporaryDirectory(prefix="kiosk-demo-") as folder, _make_home(keep or Path(folder) / "home") as home:
        if days is None:
            _run_one_day(home, month)
        else:
            _run_many_days(home, _build_season(month.last, days))
        if keep:
            say(CommandLineText.DEMO_HOME_KEPT.fill(keep=keep))


def _run_one_day(home: Home, month: Month) -> None:
    """Record a month from lines, and play its last day at the entrance."""
    apply_lines(home, [*list_founding_lines(month), *list_month_roster(month), *list_month_lines(month)])
    steps = list_steps(month)
    duties = len(list(month.list_duties()))
    say(CommandLineText.DEMO_MONTH.fill(people=len(PEOPLE), duties=duties, last=month.last))
    if _is_terminal():
        _play_on_screen(home, steps)
    else:
        play_as_lines(home, steps, _print_step)
    _reconcile_and_show(home, month)


def _run_many_days(home: Home, season: Season) -> None:
    """Simulate and reconcile day after day; then the roster of the last day, and a summary of all."""
    count = "1 day" if len(season.days) == 1 else f"{len(season.days)} days"
    say(CommandLineText.DEMO_SEASON.fill(people=len(PEOPLE), count=count, last=season.last))
    nights = simulate_season(home, season)
    if _is_terminal():
        watch_roster(home, list_remaining_taps(season))
    found = build_summary(home, season, nights)
    _show(CommandLineText.TITLE_OUTCOMES.fill(), found.periods)
    say("\n".join(["", *found.open]))
    if found.cases:
        print_rows(found.cases, "table")
    say("\n".join(["", *found.checks]))
    _demand_integrity(holds=found.holds)


def _is_terminal() -> bool:
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


say = click.echo


def _make_home(path: Path) -> Home:
    return Home.make(path, simulation=True)


def _build_month(day: date | None) -> Month:
    """The month of a day, by default of today on this machine."""
    day = day or MachineClock().now().astimezone(TAIPEI).date()
    return Month.of(day, _load_closed_days({day.year}, f"--month {day}"))


def _build_season(last: date, days: int) -> Season:
    first = last - timedelta(days=days - 1)
    return Season.ending(
        last, days, _load_closed_days({first.year, last.year}, CommandLineText.DAYS_OPTION.fill(days=days, last=last))
    )


def _load_closed_days(years: set[int], option: str) -> frozenset[date]:
    """The days on which offices are closed. Raises: UserError where they are not known."""
    if not years <= set(YEARS):
        raise UserError(CommandLineText.OFFICE_DAYS_UNKNOWN.fill(option=option, years=min(YEARS), years_2=max(YEARS)))
    return frozenset(day for year in years for day in load_closed_days(year, None)[1])


def _play_on_screen(home: Home, steps: Sequence[Step]) -> None:
    if play_on_screen(home, steps):
        raise UserError(CommandLineText.ENTRANCE_FAILED.fill(), EXIT_FAULT)


def _print_step(step: Step, result: TapResult) -> None:
    answer = ", ".join((result.state.replace("_", " "), *(remark.replace("_", " ") for remark in result.remarks)))
    credited = "" if result.today_minutes is None else f" ({result.today_minutes} min today)"
    say(f"{step.at:%H:%M}  {step.description}: {answer}{credited}")


def _reconcile_and_show(home: Home, month: Month) -> None:
    """The nightly job after the last day, and the statements of the month."""
    night = month.night_after_last(home.zone)
    home.set_clock(night)
    rows = list(reconcile_day_by_day(home, month.last, Act(night, home.people.ensure_actor(SYSTEM_ACTOR), night)))
    _show(CommandLineText.TITLE_NIGHT.fill(), rows)
    statements = Statements.now(home)
    last = DayFilter(month.last, month.last)
    _show(CommandLineText.TITLE_DUTIES.fill(), statements.list_duties(last))
    _show(CommandLineText.TITLE_HOURS.fill(), statements.list_hours(DayFilter(), frozenset({"month"})))
    _show("Absences", statements.list_absences(DayFilter()))
    _show(CommandLineText.TITLE_CASES.fill(), statements.list_exits(DayFilter()))
    _rebuild_and_verify(home)


def _show(title: str, rows: list[Row]) -> None:
    say(f"\n{title}")
    print_rows(rows, "table")


def _rebuild_and_verify(home: Home) -> None:
    """Rebuild the read models and verify the chain. Raises: UserError with status 1 where either differs."""
    found, verdict = replay(home.log, home.views), home.log.verify()
    say(CommandLineText.DEMO_REPLAYED.fill(rows=found.rows, events=found.events, differences=len(found.differences)))
    result = CommandLineText.LOG_WHOLE.fill() if verdict.whole else explain_verdict(verdict)
    say(CommandLineText.DEMO_VERIFIED.fill(events=verdict.events, result=result))
    _demand_integrity(holds=verdict.whole and not found.differences)


def _demand_integrity(*, holds: bool) -> None:
    if not holds:
        raise UserError(CommandLineText.DEMO_NOT_VERIFIED.fill(), 1)
