"""`kiosk volunteers`: everybody with standing, agreement, trainings, cards and hours, or who lacks something."""

import click

from kiosk.cli.lazy_group import format_example
from kiosk.cli.list_output import ListOutput, list_output
from kiosk.cli.names import NamesOption, pass_names_options, print_named_rows
from kiosk.cli.options import pass_home_to_read
from kiosk.cli.reads import as_of_option, open_statements
from kiosk.home import Home
from kiosk.statements.columns import COLUMNS
from kiosk.words.help import HelpText
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
    type=click.IntRange(0, MOST_DAYS),
    metavar="DAYS",
    help=HelpText.OPTION_ENDS_WITHIN.fill(),
)
@click.option("--changes", is_flag=True, help=HelpText.OPTION_CHANGES.fill())
@pass_names_options
@as_of_option
@list_output
@pass_home_to_read
def volunteers(
    home: Home,
    no_card: bool,
    training_missing: bool,
    ends_within: int | None,
    changes: bool,
    names: NamesOption,
    as_of: str | None,
    output: ListOutput,
) -> None:
    """Print the volunteers, or what was changed of them."""
    wanted = VolunteerFilter(no_card, training_missing, ends_within)
    with open_statements(home, as_of) as statements:
        rows = statements.list_person_changes(wanted) if changes else statements.list_volunteers(wanted)
    listed = "person_changes" if changes else "volunteers"
    print_named_rows(home, listed, rows, output, names, COLUMNS[listed])
