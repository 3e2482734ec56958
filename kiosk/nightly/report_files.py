"""The files of the nightly reports: a day has one, which is written again until every kiosk was heard."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from domain.use_cases.joined_kiosks import list_missing_kiosks, load_kiosk_states
from domain.use_cases.unit_rules import UnitRules
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_files import REPORTS_FOLDER, write_atomically
from kiosk.nightly.needed_work import load_pending
from kiosk.nightly.report import LANGUAGES, Report, build_report, format_report
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import Statements
from kiosk.words.command_line import StatementText
from projections.read_models.day_totals import RECENT_DAYS, ReconciledDay, list_reconciled_days

OLD_REPORTS = 366
"""Reports of days before the recent ones that a night writes at most: after a restore all are missing."""


def write_reports(home: Home) -> None:
    """Write the report of every reconciled day that has none, or one from when a kiosk was not heard.

    Raises: UserError where the folder cannot be written.
    """
    folder = home.path / REPORTS_FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        days = list_reconciled_days(home.views)
        old, recent = days[:-RECENT_DAYS], days[-RECENT_DAYS:]
        waiting = [*islice(_list_old_to_write(home, old, folder), OLD_REPORTS)]
        waiting += [one for one in recent if _is_missing_or_provisional(folder / f"{one.day}.json")]
        if not waiting:
            return
        statements, pending = Statements.now(home), load_pending(home)
        for reconciled in waiting:
            _write_all(folder, build_report(home, statements, reconciled, pending))
    except OSError as error:
        why = error.strerror or str(error)
        raise UserError(StatementText.REPORT_NOT_WRITTEN.fill(folder=folder, why=why), EXIT_NO) from None


def _list_old_to_write(home: Home, days: Sequence[ReconciledDay], folder: Path) -> Iterator[ReconciledDay]:
    """Days before the recent ones without a report, or with a provisional one although every kiosk was heard since.

    Those that were reconciled last come first. In a home of one kiosk no file is read: nothing is provisional there.
    """
    written = {file.name for file in folder.iterdir()}
    kiosks, service_days = load_kiosk_states(home.log), UnitRules(home.log).load().days
    for one in sorted(days, key=attrgetter("position"), reverse=True):
        if (name := f"{one.day}.json") in written:
            if not kiosks or list_missing_kiosks(kiosks, service_days.end(one.day.toordinal())):
                continue
            if not _is_missing_or_provisional(folder / name):
                continue
        yield one


def _is_missing_or_provisional(file: Path) -> bool:
    """The report of a day for which a kiosk may still send something is written again, until it has."""
    try:
        return bool(json.loads(file.read_text(encoding="utf-8")).get("provisional"))
    except FileNotFoundError:
        return True
    except (ValueError, AttributeError):
        return False


def _write_all(folder: Path, report: Report) -> None:
    """Write the texts first: where the JSON exists, all exist."""
    name = report["date"]
    for language, words in LANGUAGES.items():
        _write(folder / f"{name}.{language}.txt", format_report(report, words))
    _write(folder / f"{name}.json", json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    write_atomically(path, text.encode())


def replace_number_in_reports(home: Path, number: str, pseudonym: str) -> None:
    """Write every report that names a volunteer again, with a pseudonym; what a killed run left is deleted.

    Raises: UserError.
    """
    folder = home / REPORTS_FOLDER
    try:
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.name.startswith(".") or not (folder / f"{file.name.partition('.')[0]}.json").exists():
                file.unlink()
            elif file.suffix == ".json":
                report = json.loads(file.read_text(encoding="utf-8"))
                rows = _find_volunteer_rows(report)
                if rows := [row for row in rows if number in (row["volunteer"], row.get("other"))]:
                    for row in rows:
                        _forget_number(row, number, pseudonym)
                    _write_all(folder, report)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UserError(StatementText.REPORT_NOT_WRITTEN.fill(folder=folder, why=why), EXIT_NO) from None


def _forget_number(row: Row, number: str, pseudonym: str) -> None:
    """Replace the number; the reason, which is a note about the person, is erased like the note."""
    row.update({name: pseudonym for name in ("volunteer", "other") if row.get(name) == number})
    if row.get("reason"):
        row.update({"reason": None, "reason_lost": "erased"})


def _find_volunteer_rows(part: Any) -> Iterator[Row]:
    """The rows of a report that name a volunteer, however deep."""
    if isinstance(part, dict):
        if "volunteer" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _find_volunteer_rows(each)
