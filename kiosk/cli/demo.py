"""`kiosk demo`: days of a registration office, the last of them at its entrance or on its roster."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from domain.calendar import TAIPEI
from domain.clock import MachineClock
from kiosk.cli.errors import EXIT_FAULT
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, ServiceDate, WholeNumber
from kiosk.cli.printing import PAGE, print_rows
from kiosk.demo.desk import serve_until_closed, walk_desk
from kiosk.demo.office import PEOPLE, BatchLine
from kiosk.demo.play_day import Step, list_steps, play_as_lines, play_on_screen, watch_roster
from kiosk.demo.season import Season, find_last_working_day
from kiosk.demo.simulate_season import play_last_morning, run_night, simulate_season
from kiosk.demo.summary import build_summary
from kiosk.entrance.service import TapResult
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.office_calendar import YEARS, load_closed_days
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import Statements
from kiosk.words.codes import find_word
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from kiosk.words.log_errors import explain_verdict
from kiosk.words.reports import DemoText
from kiosk.words.validation import FieldFormat
from projections.engine.rebuild import replay
from projections.read_models.day_filter import DayFilter

LONGEST = 366
"""Days that are simulated at most: a leap year."""
USUAL_DAYS = 30
"""Before the day at the entrance, and with it: `--days 30` shows the same office."""


@click.command(
    epilog=format_example("kiosk demo", "kiosk demo --days 30 --desk", "kiosk demo --keep ./demo-home </dev/null"),
    help=HelpText.DEMO.fill(),
)
@click.option("--keep", type=FOLDER_TYPE, metavar="DIR", help=HelpText.OPTION_KEEP_DEMO.fill())
@click.option("--month", "day", type=ServiceDate(), metavar="DATE", help=HelpText.OPTION_DEMO_MONTH.fill())
@click.option("--days", type=WholeNumber(1, LONGEST), metavar="N", help=HelpText.OPTION_DEMO_DAYS.fill())
@click.option("--desk", "with_desk", is_flag=True, help=HelpText.OPTION_DEMO_DESK.fill())
def demo(keep: Path | None, day: date | None, days: int | None, *, with_desk: bool) -> None:
    """Simulate the days before the last, then play that at the entrance or on the roster, and show the desk."""
    season = _build_season(day, days)
    with TemporaryDirectory(prefix="kiosk-demo-") as folder, _make_home(keep or Path(folder) / "home") as home:
        say(CommandLineText.DEMO_SEASON.fill(people=len(PEOPLE), days=len(season.days), last=season.last))
        nights = simulate_season(home, season)
        remaining = iter(()) if days is None else iter(play_last_morning(home, season))
        if days is None:
            _run_at_entrance(home, season)
        else:
            _run_on_roster(home, season, nights, remaining)
        if with_desk:
            _show_desk(home, remaining)
        if keep:
            say(CommandLineText.DEMO_HOME_KEPT.fill(keep=keep))


def _run_at_entrance(home: Home, season: Season) -> None:
    """The last day at the entrance, its night, and the month's statements."""
    steps = list(list_steps(season))
    if _is_terminal():
        _play_on_screen(home, steps)
    else:
        say("")
        play_as_lines(home, steps, _print_step)
    _reconcile_and_show(home, season)


def _run_on_roster(home: Home, season: Season, nights: list[Row], remaining: Iterator[BatchLine]) -> None:
    """The roster of the last morning, and a summary of all days."""
    if _is_terminal():
        watch_roster(home, remaining)
    found = build_summary(home, season, nights)
    _show(CommandLineText.TITLE_OUTCOMES.fill(), found.periods)
    say("\n".join(["", *found.open]))
    if found.cases:
        print_rows(found.cases, "table")
    say("\n".join(["", *found.checks]))
    _demand_integrity(holds=found.holds)


def _show_desk(home: Home, remaining: Iterator[BatchLine]) -> None:
    """Its pages in a browser; without a terminal each once. Raises: UserError with status 1 where one fails."""
    if _is_terminal():
        serve_until_closed(home, remaining, say, sys.stdin.readline)
        return
    say(DemoText.DESK_WALKED.fill())
    failed = 0
    for page in walk_desk(home):
        rows = DemoText.PAGE_ROWS.fill(rows=page.rows) if page.rows else ""
        title = page.title or DemoText.PAGE_WITHOUT_TITLE.fill()
        size, taken = page.size / 1_000, page.milliseconds
        say(
            DemoText.PAGE.fill(
                status=page.status, path=page.path, title=title, rows=rows, size=size, milliseconds=taken
            )
        )
        failed += not page.is_right
    if failed:
        raise UserError(DemoText.PAGES_FAILED.fill(failed=failed), 1)


def _is_terminal() -> bool:
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


say = click.echo


def _make_home(path: Path) -> Home:
    return Home.make(path, simulation=True)


def _build_season(day: date | None, days: int | None) -> Season:
    """So many days up to the last working day of a month, by default of this one on this machine."""
    day = day or MachineClock().now().astimezone(TAIPEI).date()
    last = find_last_working_day(day, _load_closed_days({day.year}, f"--month {day}"))
    option = CommandLineText.DAYS_OPTION.fill(days=days, last=last) if days else f"--month {day}"
    years = {(last - timedelta(days=(days or USUAL_DAYS) - 1)).year, last.year}
    return Season.ending(last, days or USUAL_DAYS, _load_closed_days(years, option))


def _load_closed_days(years: set[int], option: str) -> frozenset[date]:
    """The days on which offices are closed. Raises: UserError where they are not known."""
    if not years <= set(YEARS):
        raise UserError(CommandLineText.OFFICE_DAYS_UNKNOWN.fill(option=option, years=min(YEARS), years_2=max(YEARS)))
    return frozenset(day for year in years for day in load_closed_days(year, None)[1])


def _play_on_screen(home: Home, steps: Sequence[Step]) -> None:
    if play_on_screen(home, steps):
        raise UserError(CommandLineText.ENTRANCE_FAILED.fill(), EXIT_FAULT)


def _print_step(step: Step, result: TapResult) -> None:
    words = (
        find_word("result", result.state, result.state.replace("_", " ")),
        *(find_word("remark", one, one.replace("_", " ")) for one in result.remarks),
    )
    answer = FieldFormat.COMMA.fill().join(words)
    minutes = result.today_minutes
    credited = "" if minutes is None else CommandLineText.TODAY_MINUTES.fill(minutes=minutes)
    say(DemoText.STEP.fill(at=step.at, description=step.description, answer=answer, credited=credited))


def _reconcile_and_show(home: Home, season: Season) -> None:
    """The nightly job after the last day, and the statements of the month."""
    _show(CommandLineText.TITLE_NIGHT.fill(), list(run_night(home, season.last)))
    statements = Statements.now(home)
    last, month = DayFilter(season.last, season.last), DayFilter(season.last.replace(day=1), season.last)
    _show(CommandLineText.TITLE_DUTIES.fill(), statements.list_duties(last))
    _show(CommandLineText.TITLE_HOURS.fill(), statements.list_hours(month, frozenset({"month"})))
    _show(CommandLineText.TITLE_ABSENCES.fill(), statements.list_absences(month))
    _show(CommandLineText.TITLE_CASES.fill(), statements.list_exits(DayFilter()))
    _rebuild_and_verify(home)


def _show(title: str, rows: list[Row]) -> None:
    say(f"\n{title}")
    print_rows(rows, "table", page=PAGE)


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
