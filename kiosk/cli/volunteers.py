"""`kiosk volunteers`: everybody with standing, agreement, trainings, cards and hours, or who lacks something."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.home_to_read import open_statements
from kiosk.cli.lazy_group import format_example
from kiosk.cli.list_output import ListOutput, list_output
from kiosk.cli.names import NamesOption, pass_names_options, print_named_rows
from kiosk.cli.options import WholeNumber, as_of_option, pass_home_folder, run_in_home
from kiosk.cli.reads import ReadOptions, print_queried_rows
from kiosk.statements.columns import COLUMNS
from kiosk.statements.statement_rows import FilterOptions
from kiosk.words.help import HelpText

if TYPE_CHECKING:
    from kiosk.home import Home
    from projections.read_models.volunteers import VolunteerFilter

MOST_DAYS = 36_600
"""A hundred years: no agreement that anybody asks about ends later."""


@click.command(
    epilog=format_example("kiosk volunteers --training-missing", "kiosk volunteers --agreement-ends-within 30"),
    help=HelpText.VOLUNTEERS.fill(),
)
@click.option("--no-card", is_flag=True, help=HelpText.OPTION_NO_CARD.fill())
@click.option("--training-missing", is_flag=True, help=HelpText.OPTION_TRAINING_MISSING.fill())
@click.option(
    "--agreement-ends-within",
    "ends_within",
    type=WholeNumber(0, MOST_DAYS),
    metavar="DAYS",
    help=HelpText.OPTION_ENDS_WITHIN.fill(),
)
@click.option("--changes", is_flag=True, help=HelpText.OPTION_CHANGES.fill())
@pass_names_options
@as_of_option
@list_output
@pass_home_folder
def volunteers(
    folder: Path,
    no_card: bool,
    training_missing: bool,
    ends_within: int | None,
    changes: bool,
    names: NamesOption,
    as_of: str | None,
    output: ListOutput,
) -> None:
    """Print the volunteers, or what was changed of them."""
    from projections.read_models.volunteers import VolunteerFilter  # noqa: PLC0415 - help reads no home

    wanted = VolunteerFilter(no_card, training_missing, ends_within)
    if changes:
        run_in_home(folder, lambda home: _print_changes(home, wanted, names, as_of, output), to_read=True)
        return
    options = ReadOptions(FilterOptions(), names, as_of, output)
    print_queried_rows(
        folder, "volunteers", lambda rows, _: rows.list_volunteers(wanted), options, COLUMNS["volunteers"]
    )


def _print_changes(
    home: "Home", wanted: "VolunteerFilter", names: NamesOption, as_of: str | None, output: ListOutput
) -> None:
    with open_statements(home, as_of) as statements:
        rows = statements.list_person_changes(wanted)
    print_named_rows(home, "person_changes", rows, output, names, COLUMNS["person_changes"])
