"""`kiosk bundle`: the documents of a year in one file, for an evaluation (R-110)."""

from datetime import date
from pathlib import Path

import click

from domain.calendar import ROC_BEGINS
from kiosk.act_builder import ActBuilder
from kiosk.batch.recorded_instant import parse_recorded_instant
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import CleanPath, parse_actor, pass_home
from kiosk.cli.reads import as_of_option
from kiosk.documents.bundle import build_bundle, find_bundled
from kiosk.documents.document_type import ROC_DIGITS
from kiosk.documents.issue import issue_document
from kiosk.documents.people_lookup import StoredPersons
from kiosk.documents.source import open_source
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import demand_outside_backups, write_private
from kiosk.words.bundle import BundleHelp, BundleText
from kiosk.words.sheets import ExportText

LONGEST_YEAR = 4


@click.command(
    "bundle",
    epilog=format_example(
        "kiosk bundle 2026 --output 2026.zip",
        "kiosk bundle 115 --as-of 2027-01-31T12:00 --output 115.zip --by lin",
    ),
    help=BundleHelp.BUNDLE.fill(),
)
@click.argument("year")
@click.option("--output", "file", type=CleanPath(), required=True, metavar="FILE", help=BundleHelp.OPTION_FILE.fill())
@click.option("--only", multiple=True, metavar="DOCUMENT", help=BundleHelp.OPTION_ONLY.fill())
@click.option("--by", metavar="ACTOR", help=BundleHelp.OPTION_BY.fill())
@as_of_option
@pass_home
def bundle(home: Home, year: str, file: Path, only: tuple[str, ...], by: str | None, as_of: str | None) -> None:
    """Write the documents of a year, and record that they are handed out."""
    wanted, kinds, given_by = _parse_year(year), find_bundled(only), parse_actor(by)
    _demand_new(file)
    people = StoredPersons(home.people, home.settings.masking, is_masked=True)
    with open_source(home, None if as_of is None else parse_recorded_instant(home, as_of)) as source:
        built = build_bundle(source, wanted, kinds, people)
    archive = built.build_archive()
    actor = home.people.ensure_actor(given_by)
    for item in built.items:
        issue_document(home, item.document, ActBuilder(home).build_act(actor))
    write_private(file, archive)
    count = len(built.items)
    click.echo(BundleText.WRITTEN.fill(path=file, count=count, year=wanted, position=built.position), err=True)


def _parse_year(text: str) -> int:
    """A year of the common era or of the Republic. Raises: UserError."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_YEAR and int(text)):
        raise UserError(BundleText.NOT_A_YEAR.fill(text=text))
    return date(int(text) + (ROC_BEGINS if len(text) <= ROC_DIGITS else 0), 1, 1).year


def _demand_new(file: Path) -> None:
    """Refuse before any work is done. Raises: UserError."""
    if file.suffix.lower() != ".zip":
        raise UserError(BundleText.NOT_A_ZIP.fill())
    demand_outside_backups(file.parent)
    if file.exists():
        raise UserError(ExportText.FILE_EXISTS.fill(path=file))
