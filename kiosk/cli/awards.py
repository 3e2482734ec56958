"""`kiosk awards`: who may receive which award on a day, what lacks, what must be attested; or the catalogue itself."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from kiosk.awards.catalogue import load_catalogue
from kiosk.cli.home_to_read import find_volunteer, hold_statements, read_home
from kiosk.cli.lazy_group import format_example
from kiosk.cli.list_output import ListOutput, list_output, print_list
from kiosk.cli.names import NO_NAMES, NamesOption, pass_names_options, print_named_rows
from kiosk.cli.options import ServiceDate, as_of_option, pass_home_folder
from kiosk.errors import UserError
from kiosk.statements.awards import list_award_rows, list_catalogue_rows
from kiosk.statements.columns import COLUMNS
from kiosk.statements.statement_rows import StatementRows
from kiosk.words.award_help import AwardHelp
from kiosk.words.command_line import CommandLineText
from projections.read_models.awards import AwardFilter

if TYPE_CHECKING:
    from kiosk.home import Home
    from kiosk.standing_home import HomeToRead

UNKNOWN_VOLUNTEER = -1
"""The key of a volunteer whom the log does not know."""


@click.command(
    epilog=format_example(
        "kiosk awards --at 2026-12-18 --award unit-reward-standard", "kiosk awards --volunteer V001 --format json"
    ),
    help=AwardHelp.AWARDS.fill(),
)
@click.option("--at", type=ServiceDate(), metavar="DATE", help=AwardHelp.OPTION_AT.fill())
@click.option("--award", metavar="NAME", help=AwardHelp.OPTION_AWARD.fill())
@click.option("--volunteer", metavar="NUMBER", help=AwardHelp.OPTION_VOLUNTEER.fill())
@click.option("--short", is_flag=True, help=AwardHelp.OPTION_SHORT.fill())
@click.option("--catalogue", is_flag=True, help=AwardHelp.OPTION_CATALOGUE.fill())
@pass_names_options
@as_of_option
@list_output
@pass_home_folder
def awards(
    folder: Path, catalogue: bool, names: NamesOption, as_of: str | None, output: ListOutput, **question: Any
) -> None:
    """Print the candidates, or the catalogue of the year."""

    def read(home: "HomeToRead") -> None:
        demand_known_award(home, question["award"])
        with hold_statements(home, as_of) as statements:
            day = question["at"] or find_today(statements)
            if catalogue:
                print_list("catalogue", list_catalogue_rows(home, statements, day), output, COLUMNS["catalogue"])
                return
            rows = list_award_rows(home, statements, day, _build_filter(home, statements, question))
        print_named_rows(cast("Home", home), "awards", rows, output, names, COLUMNS["awards"])  # opened for names

    read_home(folder, read, may_stand=as_of is None and names == NO_NAMES)


def _build_filter(home: "HomeToRead", statements: StatementRows, question: Mapping[str, Any]) -> AwardFilter:
    award, volunteer = question["award"], question["volunteer"]
    key = None if volunteer is None else statements.source.find_key(find_volunteer(home, volunteer))
    whose = UNKNOWN_VOLUNTEER if volunteer is not None and key is None else key
    return AwardFilter(award, whose, with_short=question["short"] or award is not None or volunteer is not None)


def find_today(statements: StatementRows) -> date:
    """The service day as of which the read models are evaluated."""
    return date.fromordinal(statements.rules.days.ordinal(statements.source.evaluated_at))


def demand_known_award(home: "HomeToRead", award: str | None) -> None:
    """Refuse the name of an award that no row of the catalogue has. Raises: UserError."""
    if award is None or award in (known := load_catalogue(home.path).list_ids()):
        return
    from devices.faults import build_choices  # noqa: PLC0415 - only for the error
    from kiosk.words.validation import format_field  # noqa: PLC0415 - same

    advice = format_field(build_choices(award, known))
    raise UserError(CommandLineText.UNKNOWN_AWARD.fill(award=award, advice=advice))
