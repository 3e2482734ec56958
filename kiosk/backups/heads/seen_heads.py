"""The heads that stand in and beside a home: in backups, in reports, in its records, in the log's own settlements.

Rule: a file that cannot be read counts as none here; the commands that need it say so.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.ids import reconciliation_stream
from domain.log.event_log import EventLog
from domain.log.event_rows import Entry
from domain.log.lenient import read_lenient
from domain.model.reconciliation import Reconciliation
from kiosk.backups.folder import list_backups, read_description
from kiosk.backups.heads.head_notes import (
    build_kept_head,
    list_heads_folders,
    list_heads_of,
    list_witness_folders,
)
from kiosk.backups.heads.kept_head import KeptHead
from kiosk.backups.heads.last_verification import VERIFICATION_FILE, read_last_verification
from kiosk.backups.record import RECORD, list_backup_places, read_record
from kiosk.errors import SettingsError, UserError
from kiosk.home_files import REPORTS_FOLDER
from kiosk.input_files import SETTINGS_FILE
from kiosk.settings import load_settings


def list_seen_heads(log: EventLog, home: Path, *places: Path) -> Iterator[KeptHead]:
    """Every head that was kept outside of the log. `places`: folders with backups, beside those that the home knows."""
    yield from _list_recorded(log, home)
    for where in sorted({folder.absolute() for folder in (*list_backup_places(home), *places)}):
        yield from _list_in_backups(log, where)
    yield from _list_in_reports(log, home / REPORTS_FOLDER)
    yield from _list_signed(log, home)


def _list_signed(log: EventLog, home: Path) -> Iterator[KeptHead]:
    """Those that each night signed, in the home and where the settings have them copied to, and of witnesses there."""
    with suppress(SettingsError):
        folders = list_heads_folders(home, load_settings(home / SETTINGS_FILE))
        for folder in (*folders, *(beside for one in folders for beside in list_witness_folders(one))):
            for file, proved in list_heads_of(folder, set(log.list_names())):
                yield build_kept_head(proved, file)


def _list_recorded(log: EventLog, home: Path) -> Iterator[KeptHead]:
    """Those of the last verification and of the last backup, of this name: a restored home begins without them."""
    with suppress(ValueError):
        if (verified := read_last_verification(home)) and verified.ok:
            yield KeptHead(bytes.fromhex(verified.head), str(home / VERIFICATION_FILE), verified.events, log.log_id)
    with suppress(ValueError):
        if made := read_record(home).made:
            yield KeptHead(bytes.fromhex(made.chain), str(home / RECORD), made.position, log.log_id)


def _list_in_backups(log: EventLog, where: Path) -> Iterator[KeptHead]:
    """Those of the backups of this log, under any name that it has had; of another log they are no heads of it."""
    names = log.list_names()
    for folder in list_backups(where):
        with suppress(UserError, ValueError):
            backup = read_description(folder)
            if backup.log_id in names:
                yield KeptHead(backup.head.chain, str(folder), backup.position, backup.log_id)


def _list_in_reports(log: EventLog, folder: Path) -> Iterator[KeptHead]:
    for path in sorted(folder.glob("*.json")):
        with suppress(OSError, ValueError, TypeError, KeyError):
            yield _read_report(log, path)


def _read_report(log: EventLog, path: Path) -> KeptHead:
    """The head in a report. An older one does not say its position: it is that of the day's settlement."""
    report: dict[str, Any] = json.loads(path.read_bytes())
    chain, day = bytes.fromhex(report["head"]), date.fromisoformat(report["date"])
    log_id = UUID(report["log_id"]) if "log_id" in report else None
    position = report.get("position")
    if not isinstance(position, int):
        settled = log.read_stream_lenient(reconciliation_stream(day))
        position = settled[0].position if settled else None
    return KeptHead(chain, str(path), position, log_id)


# --- In the log itself ---


def find_false_settlement(log: EventLog, after: int = 0) -> Entry | None:
    """The first settlement behind a position whose head is none of the log before it; None where there is none.

    Raises: CannotRead.
    """
    for settled in _list_settlements(log, after):
        if isinstance(settled.event, Reconciliation.Created):
            with suppress(ValueError):
                chain = bytes.fromhex(settled.event.head)
                if not any(chain) or log.find_position(chain, settled.position) is not None:
                    continue
            return settled
    return None


def _list_settlements(log: EventLog, after: int) -> Iterator[Entry]:
    if not after:
        yield from log.read_topic_lenient(Reconciliation.Created.TOPIC)
        return
    while rows := log.read_rows(after):
        yield from read_lenient(log.decode_row, [row for row in rows if row[3] == Reconciliation.Created.TOPIC])
        after = rows[-1][0]
