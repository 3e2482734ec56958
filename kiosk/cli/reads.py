"""The read commands: visits, duties, hours, absences, exits, presence; each of now, or of a recorded instant."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import wraps
from typing import Any, NamedTuple
from uuid import UUID

import click

from domain.clock import MachineClock
from domain.spans import Second, second
from kiosk.batch.fields import parse_civil_day, parse_utc_instant
from kiosk.cli.options import format_example, output_format, pass_home
from kiosk.cli.printing import print_rows
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.statements.statements import Statements
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText
from projections.read_models.day_filter import DayFilter

MEASURES = {
    "volunteer": frozenset[str](),
    "month": frozenset({"month"}),
    "category": frozenset({"category"}),
    "month,category": frozenset({"month", "category"}),
}
"""What `hours --by` may name."""


class ServiceDate(click.ParamType):
    """A service date, 2026-11-19 or 115-11-19."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it, or say what a date looks like."""
        try:
            return value if isinstance(value, date) else parse_civil_day(str(value))
        except ValueError as error:
            self.fail(f"this {error}", param, ctx)


class FilterOptions(NamedTuple):
    """What a read command was asked to look at."""

    since: date | None
    until: date | None
    volunteer: str | None
    as_of: str | None

    def build_filter(self, home: Home, said: Statements) -> DayFilter:
        """The same, in the terms of the read models."""
        if self.since and self.until and self.until < self.since:
            raise UserError(CliText.AFTER.fill(since=self.since, until=self.until))
        return said.build_filter(
            self.since, self.until, find_volunteer(home, self.volunteer) if self.volunteer is not None else None
        )


def find_volunteer(home: Home, number: str) -> UUID:
    """Whose number this is. Raises: Mistake."""
    volunteer_id = home.people.find_id(number)
    if volunteer_id is None:
        raise UserError(CliText.NO_VOLUNTEER.fill(number=number))
    return volunteer_id


as_of_option = click.option("--as-of", metavar="INSTANT", help=HelpText.LOG_SAID_RECORDED_INSTANT)


def pass_filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--from`, `--to`, `--volunteer`, `--as-of` and `--format`, as every read command has them."""

    @wraps(command)
    def with_narrowing(
        *args: Any,
        since: date | None,
        until: date | None,
        volunteer: str | None,
        as_of: str | None,
        **kwargs: Any,
    ) -> None:
        command(*args, narrowing=FilterOptions(since, until, volunteer, as_of), **kwargs)

    wrapped = as_of_option(output_format("table", "json", "csv")(with_narrowing))
    wrapped = click.option("--volunteer", metavar="NUMBER", help=HelpText.VOLUNTEER)(wrapped)
    wrapped = click.option("--to", "until", type=ServiceDate(), metavar="DATE", help=HelpText.UP_SERVICE_DATE)(wrapped)
    return click.option("--from", "since", type=ServiceDate(), metavar="DATE", help=HelpText.SERVICE_DATE)(wrapped)


def open_statements(home: Home, as_of: str | None) -> AbstractContextManager[Statements]:
    """The answers of now, or of a recorded instant."""
    if as_of is None:
        return nullcontext(Statements.now(home))
    return Statements.as_of(home, parse_recorded_instant(home, as_of))


def parse_recorded_instant(home: Home, text: str) -> Second:
    """An instant at which the log could have been asked. Raises: Mistake."""
    at = parse_instant_option(home, "--as-of", text)
    begins = home.log.read_entries(limit=1)[0].event.timestamp.astimezone(home.zone)
    if at < second(begins):
        raise UserError(CliText.BEFORE_LOG_BEGINS.fill(text=text, begins=begins))
    now = max(home.clock.now(), MachineClock().now()).astimezone(home.zone)
    if at > second(now):
        raise UserError(CliText.FUTURE.fill(text=text, now=now))
    return at


def parse_instant_option(home: Home, option: str, text: str) -> Second:
    """An instant that was typed. Raises: Mistake."""
    try:
        return second(parse_utc_instant(text, home.zone))
    except ValueError as error:
        raise UserError(f"{option} {error}") from None


StatementQuery = Callable[[Statements, DayFilter], list[dict[str, Any]]]


def _build_command(name: str, says: str, question: StatementQuery) -> click.Command:
    """A read command that only narrows."""

    def answer(home: Home, narrowing: FilterOptions, output: str) -> None:
        with open_statements(home, narrowing.as_of) as said:
            print_rows(question(said, narrowing.build_filter(home, said)), output)

    answer.__doc__ = says
    narrow = pass_filter_options(pass_home(answer))
    return click.command(name, epilog=format_example(f"kiosk {name} --from 2026-11-01 --to 2026-11-30 --format json"))(
        narrow
    )


visits = _build_command("visits", CliText.VISITS_EACH_WORTH_WHY_REST, Statements.list_visits)
duties = _build_command("duties", CliText.DUTIES_EACH_EXACTLY_ONE_OUTCOME, Statements.list_duties)
absences = _build_command("absences", CliText.ABSENCES_UNEXCUSED_EXCUSED, Statements.list_absences)
exits = _build_command("exits", CliText.EXIT_CASES, Statements.list_exits)


@click.command(
    epilog=format_example("kiosk hours --by month", "kiosk hours --by month,category --volunteer V001"),
    help=HelpText.HOURS,
)
@click.option("--by", "measure", type=click.Choice(list(MEASURES)), default="volunteer", help=HelpText.SUM)
@pass_filter_options
@pass_home
def hours(home: Home, measure: str, narrowing: FilterOptions, output: str) -> None:
    """Credited minutes and the duties they were earned in."""
    with open_statements(home, narrowing.as_of) as said:
        print_rows(said.list_hours(narrowing.build_filter(home, said), MEASURES[measure]), output)


@click.command(
    epilog=format_example("kiosk presence --at 2026-11-19T10:30 --format json", "kiosk presence --muster | lp"),
    help=HelpText.PRESENCE,
)
@click.option("--at", "stated", metavar="INSTANT", help=HelpText.WHO_THEN)
@click.option("--muster", is_flag=True, help=HelpText.LIST_EVACUATION_PRINT_TICK_OFF)
@as_of_option
@output_format("table", "json", "csv")
@pass_home
def presence(home: Home, stated: str | None, muster: bool, as_of: str | None, output: str) -> None:
    """Who is in."""
    if muster:
        if output != "table":
            raise UserError(CliText.MUSTER_SHEET_PRINT)
        _print_muster(home, stated, as_of)
        return
    with open_statements(home, as_of) as said:
        print_rows(said.list_present(None if stated is None else parse_instant_option(home, "--at", stated)), output)


def _print_muster(home: Home, stated: str | None, as_of: str | None) -> None:
    from kiosk.roster.muster import build_muster_sheet  # noqa: PLC0415 - rows for scripts do not need it

    at = None if stated is None else parse_instant_option(home, "--at", stated)
    click.echo(build_muster_sheet(home, at, None if as_of is None else parse_recorded_instant(home, as_of)), nl=False)
