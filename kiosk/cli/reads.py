"""The read commands: visits, duties, hours, absences, exits, presence."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import click

from domain.calendar import parse_date, parse_instant
from domain.spans import second
from kiosk.cli.options import example, in_home, output_format
from kiosk.cli.printing import print_rows
from kiosk.home import Home
from kiosk.mistakes import Mistake
from kiosk.statements import Statements
from projections.asking import Asked

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
            return value if isinstance(value, date) else parse_date(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date: write 2026-11-19, or 115-11-19", param, ctx)


def narrowed(command: Callable[..., None]) -> Callable[..., None]:
    """`--from`, `--to`, `--volunteer` and `--format`, as every read command has them."""
    command = output_format("table", "json", "csv")(command)
    command = click.option("--volunteer", metavar="NUMBER", help="Only this volunteer.")(command)
    command = click.option("--to", "until", type=ServiceDate(), metavar="DATE", help="Up to this service date.")(
        command
    )
    return click.option("--from", "since", type=ServiceDate(), metavar="DATE", help="From this service date.")(command)


def _asked(home: Home, said: Statements, since: date | None, until: date | None, volunteer: str | None) -> Asked:
    if since and until and until < since:
        raise Mistake(f"--from {since} is after --to {until}: turn them round")
    return said.asked(since, until, _known(home, volunteer))


def _known(home: Home, number: str | None) -> UUID | None:
    if number is None:
        return None
    volunteer_id = home.people.id_of(number)
    if volunteer_id is None:
        raise Mistake(f"there is no volunteer {number}: check the number, or enrol them first")
    return volunteer_id


Question = Callable[[Statements, Asked], list[dict[str, Any]]]


def _command(name: str, says: str, question: Question) -> click.Command:
    """A read command that only narrows."""

    def answer(home: Home, since: date | None, until: date | None, volunteer: str | None, output: str) -> None:
        said = Statements(home)
        print_rows(question(said, _asked(home, said, since, until, volunteer)), output)

    answer.__doc__ = says
    narrow = narrowed(in_home(answer))
    return click.command(name, epilog=example(f"kiosk {name} --from 2026-11-01 --to 2026-11-30 --format json"))(narrow)


visits = _command("visits", "Visits, with what each is worth and why the rest is not.", Statements.visits)
duties = _command("duties", "Duties, each with exactly one outcome.", Statements.duties)
absences = _command("absences", "Absences, unexcused and excused.", Statements.absences)
exits = _command("exits", "Exit cases: raised, withdrawn, decided.", Statements.exits)


@click.command(epilog=example("kiosk hours --by month", "kiosk hours --by month,category --volunteer V001"))
@click.option("--by", "measure", type=click.Choice(list(MEASURES)), default="volunteer", help="What to sum by.")
@narrowed
@in_home
def hours(home: Home, measure: str, since: date | None, until: date | None, volunteer: str | None, output: str) -> None:
    """Credited minutes and the duties they were earned in."""
    said = Statements(home)
    print_rows(said.hours(_asked(home, said, since, until, volunteer), MEASURES[measure]), output)


@click.command(epilog=example("kiosk presence", "kiosk presence --at 2026-11-19T10:30 --format json"))
@click.option("--at", "stated", metavar="INSTANT", help="Who was in then; default now.")
@output_format("table", "json", "csv")
@in_home
def presence(home: Home, stated: str | None, output: str) -> None:
    """Who is in."""
    said = Statements(home)
    print_rows(said.presence(None if stated is None else _second(home, stated)), output)


def _second(home: Home, text: str) -> int:
    try:
        return second(parse_instant(text, home.zone))
    except ValueError:
        raise Mistake(f"--at {text!r} is not an instant: write 2026-11-19T10:30") from None
