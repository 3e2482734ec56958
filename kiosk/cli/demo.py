"""`kiosk demo`: a month of a registration office, and one day at its door; or many days, and the roster of the last."""

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from domain.act import Act
from domain.calendar import TAIPEI
from kiosk.cli.errors import EXIT_FAULT
from kiosk.cli.options import format_example
from kiosk.cli.printing import print_rows
from kiosk.cli.reads import ServiceDate
from kiosk.demo.day import Step, list_steps
from kiosk.demo.office import PEOPLE, Month, list_founding_lines, list_month_roster
from kiosk.demo.play_day import play_as_lines, play_on_screen
from kiosk.demo.season import Season
from kiosk.demo.simulate_season import apply_lines, list_remaining_taps, simulate_season
from kiosk.demo.story import list_month_lines
from kiosk.demo.summary import build_summary
from kiosk.demo.watch_roster import watch
from kiosk.entrance.results import TapResult
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.nightly.reconcile import reconcile_day_by_day
from kiosk.office_calendar import YEARS, load_closed_days
from kiosk.statements.statements import Row, Statements
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText
from kiosk.words.log_errors import explain_verdict
from projections.engine.rebuild import replay
from projections.read_models.day_filter import DayFilter

LONGEST = 366
"""Days that are lived at most: a leap year."""


@click.command(
    epilog=format_example("kiosk demo", "kiosk demo --days 30", "kiosk demo --keep ./demo-home </dev/null"),
    help=HelpText.DEMO,
)
@click.option("--keep", type=click.Path(path_type=Path), metavar="DIR", help=HelpText.KEEP_DEMO_S_HOME_NEW)
@click.option("--month", "day", type=ServiceDate(), metavar="DATE", help=HelpText.DAY_MONTH_PLAY)
@click.option("--days", type=click.IntRange(1, LONGEST), metavar="N", help=HelpText.LIVE_N_DAYS_UP_MONTH)
def demo(keep: Path | None, day: date | None, days: int | None) -> None:
    """Play a day at a registration office: on the entrance screen, or as lines where there is no terminal."""
    month = _build_month(day)
    with TemporaryDirectory(prefix="kiosk-demo-") as folder, _make_home(keep or Path(folder) / "home") as home:
        if days is None:
            _run_one_day(home, month)
        else:
            _run_many_days(home, _build_season(month.last, days))
        if keep:
            say(CliText.HOME.fill(keep=keep))


def _run_one_day(home: Home, month: Month) -> None:
    """A month that is told quickly, and its last day at the door."""
    apply_lines(home, [*list_founding_lines(month), *list_month_roster(month), *list_month_lines(month)])
    steps = list_steps(month)
    duties = len(list(month.list_duties()))
    say(CliText.VOLUNTEERS_DUTIES.fill(people=len(PEOPLE), duties=duties, last=month.last))
    if _is_terminal():
        _play_on_screen(home, steps)
    else:
        play_as_lines(home, steps, _print_step)
    _reconcile_and_show(home, month)


def _run_many_days(home: Home, season: Season) -> None:
    """Day after day, each settled in its night; then the roster of the last, and what all have come to."""
    count = "1 day" if len(season.days) == 1 else f"{len(season.days)} days"
    say(CliText.VOLUNTEERS_UP_EACH_SETTLED_NIGHT.fill(people=len(PEOPLE), count=count, last=season.last))
    nights = simulate_season(home, season)
    if _is_terminal():
        watch(home, list_remaining_taps(season))
    found = build_summary(home, season, nights)
    _show(CliText.BECAME_DUTIES, found.periods)
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
    from domain.clock import MachineClock  # noqa: PLC0415 - the one question to the machine in a simulation

    day = day or MachineClock().now().astimezone(TAIPEI).date()
    return Month.of(day, _load_closed_days({day.year}, f"--month {day}"))


def _build_season(last: date, days: int) -> Season:
    first = last - timedelta(days=days - 1)
    return Season.ending(
        last, days, _load_closed_days({first.year, last.year}, CliText.DAYS_UP.fill(days=days, last=last))
    )


def _load_closed_days(years: set[int], asked: str) -> frozenset[date]:
    """The days on which offices are closed. Raises: Mistake where they are not known."""
    if not years <= set(YEARS):
        raise UserError(
            CliText.OFFICE_DAYS_KNOWN_CHOOSE_ANOTHER.fill(asked=asked, years=min(YEARS), years_2=max(YEARS))
        )
    return frozenset(day for year in years for day in load_closed_days(year, None)[1])


def _play_on_screen(home: Home, steps: Sequence[Step]) -> None:
    if play_on_screen(home, steps):
        raise UserError(CliText.ENTRANCE_ENDED_FAULT, EXIT_FAULT)


def _print_step(step: Step, result: TapResult) -> None:
    said = ", ".join((result.state.replace("_", " "), *(remark.replace("_", " ") for remark in result.remarks)))
    credited = "" if result.today_minutes is None else f" ({result.today_minutes} min today)"
    say(f"{step.at:%H:%M}  {step.who}: {said}{credited}")


def _reconcile_and_show(home: Home, month: Month) -> None:
    """The night after the day, and what the month has come to."""
    night = month.night_after_last(home.zone)
    home.set_clock(night)
    rows = list(reconcile_day_by_day(home, month.last, Act(night, home.people.ensure_actor("system"), night)))
    _show(CliText.NIGHT_SETTLES_DAY, rows)
    said = Statements.now(home)
    last = DayFilter(month.last, month.last)
    _show(CliText.DUTIES_DAY, said.list_duties(last))
    _show(CliText.HOURS_MONTH, said.list_hours(DayFilter(), frozenset({"month"})))
    _show("Absences", said.list_absences(DayFilter()))
    _show(CliText.CASES_REVIEW, said.list_exits(DayFilter()))
    _rebuild_and_verify(home)


def _show(title: str, rows: list[Row]) -> None:
    say(f"\n{title}")
    print_rows(rows, "table")


def _rebuild_and_verify(home: Home) -> None:
    """Rebuild the read models, and walk the chain: a demonstration that does not hold ends with status 1."""
    found, verdict = replay(home.log, home.views), home.log.verify()
    say(
        CliText.REPLAY_ROWS_REBUILT_EVENTS_DIFFERENCES.fill(
            rows=found.rows, events=found.events, differences=len(found.differences)
        )
    )
    say(f"Verify: {verdict.events:,} events, {CliText.WHOLE_UNALTERED if verdict.whole else explain_verdict(verdict)}.")
    _demand_integrity(holds=verdict.whole and not found.differences)


def _demand_integrity(*, holds: bool) -> None:
    if not holds:
        raise UserError(CliText.DEMONSTRATION_NOT_HOLD, 1)
