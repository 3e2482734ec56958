"""`kiosk bundle`: the documents of a year, or the evidence of a period, in one file for an outsider (R-110)."""

from datetime import date
from pathlib import Path
from time import monotonic, sleep

import click

from domain.calendar import ROC_BEGINS
from domain.spans import Second
from kiosk.act_builder import ActBuilder
from kiosk.batch.recorded_instant import parse_recorded_instant
from kiosk.cli.home_to_read import print_quarantine
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import (
    CleanPath,
    ServiceDate,
    as_of_option,
    demand_new_file,
    parse_actor,
    pass_home_folder,
    run_in_home,
)
from kiosk.documents.bundle import build_bundle, find_bundled
from kiosk.documents.document_type import ROC_DIGITS
from kiosk.documents.issue import issue_document
from kiosk.documents.people_lookup import StoredPersons
from kiosk.documents.source import open_source
from kiosk.errors import UserError
from kiosk.evidence.bundle import build_evidence
from kiosk.home import Home
from kiosk.home_files import write_private
from kiosk.statements.statements import Statements
from kiosk.text.typed import narrow
from kiosk.words.bundle import BundleHelp, BundleText
from kiosk.words.command_line import CommandLineText
from kiosk.words.evidence import EvidenceText

LONGEST_YEAR = 4


@click.command(
    "bundle",
    epilog=format_example(
        "kiosk bundle 2026 --output 2026.zip",
        "kiosk bundle 115 --as-of 2027-01-31T12:00 --output 115.zip --by lin",
        "kiosk bundle --from 2026-11-01 --to 2026-11-30 --output evidence.zip",
    ),
    help=BundleHelp.BUNDLE.fill(),
)
@click.argument("year", type=narrow, required=False)
@click.option("--output", "file", type=CleanPath(), required=True, metavar="FILE", help=BundleHelp.OPTION_FILE.fill())
@click.option("--only", multiple=True, metavar="DOCUMENT", help=BundleHelp.OPTION_ONLY.fill())
@click.option("--by", metavar="ACTOR", help=BundleHelp.OPTION_BY.fill())
@click.option("--from", "since", type=ServiceDate(), metavar="DATE", help=BundleHelp.OPTION_SINCE.fill())
@click.option("--to", "until", type=ServiceDate(), metavar="DATE", help=BundleHelp.OPTION_UNTIL.fill())
@as_of_option
@pass_home_folder
def bundle(
    folder: Path,
    year: str | None,
    file: Path,
    only: tuple[str, ...],
    by: str | None,
    since: date | None,
    until: date | None,
    as_of: str | None,
) -> None:
    """Write the documents of a year and record that they are handed out, or the evidence of a period."""
    if since and until and not (year or only or by):
        run_in_home(folder, lambda home: _write_evidence(home, since, until, file, as_of), to_read=True)
    elif year and not (since or until):
        run_in_home(folder, lambda home: _write_year(home, year, file, (only, by, as_of)), to_read=False)
    else:
        raise UserError(BundleText.YEAR_OR_PERIOD.fill())


def _write_evidence(home: Home, since: date, until: date, file: Path, as_of: str | None) -> None:
    """Write the evidence of the days from one to another; nothing is recorded."""
    if until < since:
        raise UserError(CommandLineText.DATES_REVERSED.fill(since=since, until=until))
    _demand_new(file)
    seen = _parse_over_second(home, as_of)
    with open_source(home, seen) as source:  # from the log alone: it is evidence
        evidence = build_evidence(home, source, since, until)
        print_quarantine(source.views)
    write_private(file, evidence.build_archive())
    said = {"path": file, "events": evidence.events, "position": evidence.position, "code": evidence.code}
    click.echo(EvidenceText.WRITTEN.fill(**said, as_of=evidence.as_of.isoformat()), err=True)


def _parse_over_second(home: Home, as_of: str | None) -> Second:
    """The second of a recorded instant, or of now, once it is over: nothing more is recorded in it.

    The clock of a simulation stands. Raises: UserError.
    """
    seen = home.now_second() if as_of is None else parse_recorded_instant(home, as_of)
    until = monotonic() + 1
    while not home.simulation and home.now_second() <= seen and monotonic() < until:
        sleep(0.05)
    return seen


def _write_year(home: Home, year: str, file: Path, options: tuple[tuple[str, ...], str | None, str | None]) -> None:
    only, by, as_of = options
    wanted, kinds, given_by = _parse_year(year), find_bundled(only), parse_actor(by)
    _demand_new(file)
    people = StoredPersons(home.people, home.settings.masking, is_masked=True)
    past = None if as_of is None else _parse_over_second(home, as_of)
    with open_source(home, past, None if past is None else Statements.catch_up_live(home)) as source:
        built = build_bundle(source, wanted, kinds, people, home.settings.language or "zh-TW")
        print_quarantine(source.views)
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
    demand_new_file(file)
