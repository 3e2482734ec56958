"""The read commands: visits, duties, hours, absences, exits, pending; each of now, or as of a recorded instant."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from functools import wraps
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast
from uuid import UUID

import click

from kiosk.cli.home_to_read import find_volunteer, hold_statements, open_statements, read_home
from kiosk.cli.lazy_group import format_example
from kiosk.cli.list_output import ListOutput, list_output, print_list
from kiosk.cli.names import NO_NAMES, NamesOption, pass_names_options, print_named_rows
from kiosk.cli.options import ServiceDate, as_of_option, pass_home_folder, run_in_home
from kiosk.cli.printing import print_row_stream
from kiosk.errors import UserError
from kiosk.home_files import VIEWS_FILE
from kiosk.statements.columns import COLUMNS
from kiosk.statements.statement_rows import FilterOptions, StatementRows, list_hours_columns
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from projections.read_models.day_filter import DayFilter

if TYPE_CHECKING:
    from kiosk.home import Home
    from kiosk.standing_home import HomeToRead

MEASURES = {
    "volunteer": frozenset[str](),
    "month": frozenset({"month"}),
    "category": frozenset({"category"}),
    "month,category": frozenset({"month", "category"}),
}
"""What `hours --by` may name."""


def build_filter(home: "HomeToRead", statements: StatementRows, options: FilterOptions) -> DayFilter:
    """The filter of the read models. Raises: UserError."""
    number = options.volunteer
    return _build_filter(statements, options, None if number is None else find_volunteer(home, number))


def _build_filter(statements: StatementRows, options: FilterOptions, volunteer: UUID | None) -> DayFilter:
    since, until, _ = options
    if since and until and until < since:
        raise UserError(CommandLineText.DATES_REVERSED.fill(since=since, until=until))
    return statements.build_filter(since, until, volunteer)


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


# --- Rows that are a mere query ---

Row = dict[str, Any]
RowQuery = Callable[[StatementRows, DayFilter], Iterable[Row]]
T = TypeVar("T")
STREAMS = ("json", "csv")
"""Formats that are printed row by row."""


class ReadOptions(NamedTuple):
    """What every read command is asked with."""

    filter: FilterOptions
    names: NamesOption
    as_of: str | None
    output: ListOutput


def print_queried_rows(folder: Path, name: str, query: RowQuery, options: ReadOptions, columns: Sequence[str]) -> None:
    """Print the rows of a query: at once where the home stands as it was left, else from the home, opened."""
    if options.as_of is None and options.names == NO_NAMES:
        with ExitStack() as held:
            rows = _query_standing(held, folder, query, options.filter)
            if rows is not None:
                _print_unnamed(folder, name, rows, options.output, columns)
                return

    def print_from_home(home: "Home") -> None:
        with open_statements(home, options.as_of) as statements:
            rows = _begin(query(statements, build_filter(home, statements, options.filter)))
            if options.names == NO_NAMES:
                _print_unnamed(folder, name, rows, options.output, columns)
                return
            found = list(rows)
        print_named_rows(home, name, found, options.output, options.names, columns)

    run_in_home(folder, print_from_home, to_read=True)


def _query_standing(
    held: ExitStack, folder: Path, query: Callable[[StatementRows, DayFilter], Iterable[T]], options: FilterOptions
) -> Iterable[T] | None:
    """What is found, as long as `held` is open; None where the home has to be opened."""
    from kiosk.standing_home import hold_standing_home  # noqa: PLC0415 - help reads no home
    from kiosk.statements.standing_statements import StandingStatements  # noqa: PLC0415 - same
    from projections.engine.standing_views import NotStanding  # noqa: PLC0415 - same

    try:
        home = held.enter_context(hold_standing_home(folder))
        volunteer = None if options.volunteer is None else home.people.find_id(options.volunteer)
        statements = StandingStatements(home)
        return _begin(query(statements, _build_filter(statements, options, volunteer)))
    except NotStanding:
        return None


def _begin(rows: Iterable[T]) -> Iterable[T]:
    """Rows of which the first is there: whether the views can be read is known then."""
    if isinstance(rows, list):
        return cast("list[T]", rows)
    waiting = iter(rows)
    return chain(list(islice(waiting, 1)), waiting)


def _print_unnamed(folder: Path, name: str, rows: Iterable[Row], output: ListOutput, columns: Sequence[str]) -> None:
    """Print the rows, those for a program as they come. Raises: UserError where the views are damaged by then."""
    if isinstance(rows, list) or output.file or output.format not in STREAMS:  # of a list not all need have the columns
        print_list(name, list(rows), output, columns)
        return
    from kiosk.words.log_errors import explain_log_error  # noqa: PLC0415 - help reads no home
    from projections.engine.damage import ViewsDamaged  # noqa: PLC0415 - same
    from projections.engine.standing_views import NotStanding  # noqa: PLC0415 - same

    try:
        print_row_stream(rows, output.format, columns)
    except (NotStanding, ViewsDamaged) as damaged:  # part of the rows is out: they cannot be printed once more
        found = ViewsDamaged(folder / VIEWS_FILE, str(damaged))
        raise UserError(explain_log_error(found)) from None


def _decorate(name: str, help_text: HelpText, command: Callable[..., None]) -> click.Command:
    example = format_example(f"kiosk {name} --from 2026-11-01 --to 2026-11-30 --format json")
    return click.command(name, epilog=example, help=help_text.fill())(pass_filter_options(command))


def _build_query_command(name: str, help_text: HelpText, query: RowQuery) -> click.Command:
    """A read command that has the filter options only."""

    def print_statement(folder: Path, filter_options: FilterOptions, **options: Any) -> None:
        print_queried_rows(folder, name, query, ReadOptions(filter_options, **options), COLUMNS[name])

    return _decorate(name, help_text, pass_home_folder(print_statement))


visits = _build_query_command("visits", HelpText.VISITS, StatementRows.list_visits)
duties = _build_query_command("duties", HelpText.DUTIES, StatementRows.list_duties)
exits = _build_query_command("exits", HelpText.EXITS, StatementRows.list_exits)
absences = _build_query_command("absences", HelpText.ABSENCES, StatementRows.list_absences)
pending = _build_query_command("pending", HelpText.PENDING, StatementRows.list_pending)


@click.command(
    epilog=format_example("kiosk hours --by month", "kiosk hours --by month,category --volunteer V001"),
    help=HelpText.HOURS.fill(),
)
@click.option(
    "--by", "measure", type=click.Choice(list(MEASURES)), default="volunteer", help=HelpText.OPTION_SUM_BY.fill()
)
@pass_filter_options
@pass_home_folder
def hours(folder: Path, measure: str, filter_options: FilterOptions, **options: Any) -> None:
    """Print the hours."""
    by = MEASURES[measure]
    asked = ReadOptions(filter_options, **options)
    print_queried_rows(folder, "hours", lambda rows, days: rows.iterate_hours(days, by), asked, list_hours_columns(by))


# --- Rows that stand in the log ---


def _print_accesses(
    folder: Path, filter_options: FilterOptions, names: NamesOption, as_of: str | None, output: ListOutput
) -> None:
    """The views say where they stand: where those need not be opened, nothing but the log is."""

    def read(home: "HomeToRead") -> None:
        with hold_statements(home, as_of) as statements:
            positions = statements.list_name_accesses(build_filter(home, statements, filter_options))
        from kiosk.statements.acts import load_accesses  # noqa: PLC0415 - help reads no log

        rows = load_accesses(home, positions)
        print_named_rows(cast("Home", home), "accesses", rows, output, names, COLUMNS["accesses"])  # opened for names

    read_home(folder, read, may_stand=as_of is None and names == NO_NAMES)


accesses = _decorate("accesses", HelpText.ACCESSES, pass_home_folder(_print_accesses))
