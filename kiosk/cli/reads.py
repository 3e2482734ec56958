"""The read commands: visits, duties, hours, absences, exits, pending; each of now, or as of a recorded instant."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

import click

from kiosk.batch.fields import parse_civil_day
from kiosk.batch.recorded_instant import parse_recorded_instant
from kiosk.cli.lazy_group import format_example
from kiosk.cli.list_output import ListOutput, list_output
from kiosk.cli.names import NamesOption, pass_names_options, print_named_rows
from kiosk.cli.options import pass_home_to_read
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.statements.columns import COLUMNS
from kiosk.statements.statements import FilterOptions, Statements, list_hours_columns
from kiosk.words.command_line import CommandLineText
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
        """Parse it, or fail with an example of a date."""
        try:
            return value if isinstance(value, date) else parse_civil_day(str(value))
        except ValueError as error:
            self.fail(CommandLineText.THIS_DATE.fill(reason=error), param, ctx)


def build_filter(home: Home, statements: Statements, options: FilterOptions) -> DayFilter:
    """The filter of the read models. Raises: UserError."""
    since, until, number = options
    if since and until and until < since:
        raise UserError(CommandLineText.DATES_REVERSED.fill(since=since, until=until))
    return statements.build_filter(since, until, None if number is None else find_volunteer(home, number))


def find_volunteer(home: Home, number: str) -> UUID:
    """The volunteer with this number. Raises: UserError."""
    volunteer_id = home.people.find_id(number)
    if volunteer_id is None:
        raise UserError(CommandLineText.NO_VOLUNTEER.fill(number=number))
    return volunteer_id


as_of_option = click.option("--as-of", metavar="INSTANT", help=HelpText.OPTION_AS_OF.fill())


def pass_filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--from`, `--to`, `--volunteer`, `--names`, `--as-of` and `--format`, as every read command has them."""

    @wraps(command)
    def with_filter_options(
        *args: Any,
        since: date | None,
        until: date | None,
        volunteer: str | None,
        **kwargs: Any,
    ) -> None:
        command(*args, filter_options=FilterOptions(since, until, volunteer), **kwargs)

    wrapped = as_of_option(list_output(pass_names_options(with_filter_options)))
    wrapped = click.option("--volunteer", metavar="NUMBER", help=HelpText.OPTION_VOLUNTEER.fill())(wrapped)
    wrapped = click.option("--to", "until", type=ServiceDate(), metavar="DATE", help=HelpText.OPTION_TO.fill())(wrapped)
    return click.option("--from", "since", type=ServiceDate(), metavar="DATE", help=HelpText.OPTION_FROM.fill())(
        wrapped
    )


def open_statements(home: Home, as_of: str | None) -> AbstractContextManager[Statements]:
    """The statements of now, or as of a recorded instant."""
    if as_of is None:
        return Statements.snapshot(home)
    return Statements.as_of(home, parse_recorded_instant(home, as_of))


StatementQuery = Callable[[Statements, DayFilter], list[dict[str, Any]]]


def _build_command(name: str, help_text: HelpText, query: StatementQuery) -> click.Command:
    """A read command that has the filter options only."""

    def print_statement(
        home: Home, filter_options: FilterOptions, names: NamesOption, as_of: str | None, output: ListOutput
    ) -> None:
        with open_statements(home, as_of) as statements:
            rows = query(statements, build_filter(home, statements, filter_options))
        print_named_rows(home, name, rows, output, names, COLUMNS[name])

    example = format_example(f"kiosk {name} --from 2026-11-01 --to 2026-11-30 --format json")
    return click.command(name, epilog=example, help=help_text.fill())(
        pass_filter_options(pass_home_to_read(print_statement))
    )


visits = _build_command("visits", HelpText.VISITS, Statements.list_visits)
duties = _build_command("duties", HelpText.DUTIES, Statements.list_duties)
absences = _build_command("absences", HelpText.ABSENCES, Statements.list_absences)
exits = _build_command("exits", HelpText.EXITS, Statements.list_exits)
pending = _build_command("pending", HelpText.PENDING, Statements.list_pending)
accesses = _build_command("accesses", HelpText.ACCESSES, Statements.list_accesses)


@click.command(
    epilog=format_example("kiosk hours --by month", "kiosk hours --by month,category --volunteer V001"),
    help=HelpText.HOURS.fill(),
)
@click.option(
    "--by", "measure", type=click.Choice(list(MEASURES)), default="volunteer", help=HelpText.OPTION_SUM_BY.fill()
)
@pass_filter_options
@pass_home_to_read
def hours(
    home: Home, measure: str, filter_options: FilterOptions, names: NamesOption, as_of: str | None, output: ListOutput
) -> None:
    """Print the hours."""
    with open_statements(home, as_of) as statements:
        by = MEASURES[measure]
        rows = statements.list_hours(build_filter(home, statements, filter_options), by)
    print_named_rows(home, "hours", rows, output, names, list_hours_columns(by))
