"""Checks of settings and log: does it open, was its chain verified, are the views up to date, which SQLite is it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import takewhile
from pathlib import Path

from domain.clock import CLOCK_MARGIN
from domain.log.chain import Head
from domain.log.checkpoint import name_log
from domain.log.signed_note import NoteKey
from domain.log.sqlite_version import SQLITE, can_corrupt_wal
from kiosk.backups.heads.comparison import find_seen_objection, list_restores
from kiosk.backups.heads.head_notes import (
    COSIGNED,
    explain_closed_witnesses,
    find_newest,
    list_heads_folders,
    list_heads_of,
    list_log_keys,
    list_signed_heads,
    list_witness_folders,
    list_witness_keys,
)
from kiosk.backups.heads.last_verification import VerificationRecord, read_last_verification
from kiosk.input_files import SETTINGS_FILE
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.words.heads import HeadStatusText
from kiosk.words.log_errors import UndecodableText
from kiosk.words.reports import StatusText
from projections.read_models.day_totals import list_reconciled_days

VERIFICATION_AGE = timedelta(days=2)
"""The nightly job verifies the chain; one night may fail and be looked into before the second."""

MOST_UNSEEN = 2
"""Heads that a witness may not have co-signed yet: it may be off at a weekend."""


def check_settings(checked: CheckedHome) -> Check:
    """`kiosk.toml` can be used, and is that of this home."""
    settings = checked.settings
    if isinstance(checked.home_or_trouble, str) and checked.settings_trouble:
        return Check("settings", False, checked.settings_trouble)
    count = len(settings.readers)
    summary = StatusText.SETTINGS_USABLE.fill(file=SETTINGS_FILE, kiosk=settings.kiosk, count=count)
    return Check("settings", True, summary)


def check_log(checked: CheckedHome) -> Check:
    """The event log opens: its settings are valid, and it is not older than its head file."""
    if isinstance(checked.home_or_trouble, str) and not checked.settings_trouble:
        return Check("log", False, checked.home_or_trouble)
    head = checked.home.log.own.head()
    return Check("log", True, StatusText.LOG_OPEN.fill(events=head.position, head=head.chain.hex()[:12]))


def check_verified(checked: CheckedHome) -> Check:
    """The whole chain was verified lately, and the log still holds what was verified."""
    verification = read_last_verification(checked.path)
    if verification is None:
        return Check("proved", checked.simulation, StatusText.LOG_NEVER_VERIFIED.fill())
    when = checked.format_local(verification.at)
    if not verification.ok:
        return Check("proved", False, StatusText.LOG_BROKEN.fill(when=when, events=verification.events))
    if not _matches_verified_head(checked, verification):
        return Check("proved", False, StatusText.LOG_WENT_BACK.fill(when=when))
    age = checked.machine.now() - verification.at
    summary = StatusText.LOG_VERIFIED.fill(events=verification.events, when=when)
    if age < -CLOCK_MARGIN and not checked.simulation:
        return Check("proved", False, StatusText.VERIFICATION_LATER_THAN_NOW.fill(summary=summary))
    late = age > VERIFICATION_AGE
    if late and not checked.simulation:
        return Check("proved", False, StatusText.VERIFICATION_OVERDUE.fill(summary=summary))
    return Check("proved", True, summary)


def _matches_verified_head(checked: CheckedHome, verification: VerificationRecord) -> bool:
    """Whether the last event of that time is there, unchanged."""
    try:
        verified = Head(verification.events, bytes.fromhex(verification.head))
    except ValueError:
        return False
    return checked.home.log.own.find_objection(verified) is None


def check_heads(checked: CheckedHome) -> Check:
    """The log extends every head that was kept of it in backups, in reports and in its own settlements."""
    if objection := find_seen_objection(checked.home.log.own, checked.path):
        return Check("heads", False, objection)
    restores = list_restores(checked.home.log.own)
    when = checked.format_local(restores[-1].event.at) if restores else ""
    restored = StatusText.LOG_RESTORED.fill(when=when, backup=restores[-1].event.position) if restores else ""
    return Check("heads", True, f"{StatusText.HEADS_EXTENDED.fill()}{restored}")


def check_signed_heads(checked: CheckedHome) -> Check:
    """The last night signed the head of the log, and copied it to each folder; before the first night none is due."""
    own, *elsewhere = list_heads_folders(checked.path, checked.settings)
    keys = list_log_keys(own)
    signed = _find_position(checked, own, keys)
    # The keys of the home may have been removed with its heads.
    copied = {folder: _find_position(checked, folder, keys or list_log_keys(folder)) for folder in elsewhere}
    trouble = (
        _find_missing_head(checked, signed, own, copied)
        or _find_missing_copy(signed, copied)
        or _find_missing_witness(checked, [own, *elsewhere], keys)
    )
    if trouble:
        return Check("signed_heads", checked.simulation, trouble)
    if not signed:
        return Check("signed_heads", True, HeadStatusText.NONE_SIGNED.fill())
    text = HeadStatusText.COPIED if elsewhere else HeadStatusText.ONLY_HERE
    remark = text.fill(position=signed, folders=", ".join(map(str, elsewhere)))
    return Check("signed_heads", True, f"{remark}{_format_key_of_now(checked, keys)}")


def _find_missing_head(checked: CheckedHome, signed: int, own: Path, copied: Mapping[Path, int]) -> str | None:
    """Why the home lacks a signed head that it should have; `signed`: how far those that it has go.

    `copied`: how far those in each folder elsewhere go.
    """
    if not signed and any(list_heads_of(own, {checked.home.log.log_id})):
        return HeadStatusText.NONE_BY_ITS_KEYS.fill(path=own)
    for folder, position in copied.items():
        if position > signed:
            return HeadStatusText.REMOVED.fill(path=own, position=position, folder=folder)
    if signed < (settled := _find_last_settled(checked)):
        text = HeadStatusText.NOT_SIGNED_SINCE if signed else HeadStatusText.NEVER_SIGNED
        return text.fill(position=signed, settled=settled)
    return None


def _find_last_settled(checked: CheckedHome) -> int:
    """Where the last day was settled under the name that the log has now; 0 where none was, as behind a restore."""
    log = checked.home.log
    begun = max((restore.position for restore in list_restores(log.own)), default=0)
    days = list_reconciled_days(checked.views, 1) if log.own is log else []  # those of a copy the hub signs
    return max((day.position for day in days if day.position > begun), default=0)


def _find_missing_copy(signed: int, copied: Mapping[Path, int]) -> str | None:
    """In which folders the last signed head is not."""
    missing = [str(folder) for folder, position in copied.items() if position < signed]
    return HeadStatusText.NOT_COPIED_TO.fill(position=signed, folders=", ".join(missing)) if missing else None


def _format_key_of_now(checked: CheckedHome, keys: Sequence[NoteKey]) -> str:
    """Which key signs, where it is not the first of this log: who compares heads may know the earlier one alone."""
    own = [key for key in keys if key.name == name_log(checked.home.log.log_id)]
    return HeadStatusText.KEY_REPLACED.fill(key=own[-1].key_id.hex()) if len(own) > 1 else ""


def _find_missing_witness(checked: CheckedHome, folders: Sequence[Path], keys: Sequence[NoteKey]) -> str | None:
    """Which witness has not co-signed the last heads in a folder, as far as what it co-signed can be read."""
    for folder in folders:
        for closed in explain_closed_witnesses(folder):
            return closed
        for beside in list_witness_folders(folder):
            position = _find_position(checked, beside, list_witness_keys(beside))
            if (unseen := _count_heads_behind(checked, folder, keys, position)) > MOST_UNSEEN:
                name = beside.name.removeprefix(COSIGNED)
                return HeadStatusText.WITNESS_AWAY.fill(name=name, position=position, folder=folder, heads=unseen)
    return None


def _count_heads_behind(checked: CheckedHome, folder: Path, keys: Sequence[NoteKey], position: int) -> int:
    """How many positions behind this one have a head that a key signed; no signature of an earlier one is verified."""
    signed = (head.checkpoint.head for head in list_signed_heads(folder, {checked.home.log.log_id}, keys))
    return len({head.position for head in takewhile(lambda head: head.position > position, signed)})


def _find_position(checked: CheckedHome, folder: Path, keys: Sequence[NoteKey]) -> int:
    """How far the heads in a folder go that one of the keys signed; 0 where there is none."""
    newest = find_newest(folder, checked.home.log.log_id, keys)
    return newest.checkpoint.head.position if newest else 0


def check_views(checked: CheckedHome) -> Check:
    """The read models are up to date with the log."""
    lag = checked.lag
    _ = checked.views
    before = StatusText.VIEWS_REBUILT.fill() if lag is None else StatusText.VIEWS_WERE_BEHIND.fill(behind=lag)
    return Check(
        "views", True, StatusText.VIEWS_FOLLOW.fill() if lag == 0 else StatusText.VIEWS_FOLLOW_NOW.fill(before=before)
    )


def check_quarantine(checked: CheckedHome) -> Check:
    """Every event can be decoded by this version, and applied to the read models."""
    found = checked.views.quarantine
    if not found:
        return Check("quarantine", True, StatusText.NO_QUARANTINE.fill())
    others = StatusText.AND_MORE.fill(count=len(found) - 1) if len(found) > 1 else ""
    first, advice = UndecodableText.EVENT.describe(found[0]), StatusText.QUARANTINE_ADVICE.fill()
    return Check("quarantine", False, StatusText.FAULTS_AND_ADVICE.fill(faults=f"{first}{others}", advice=advice))


def check_sqlite(checked: CheckedHome, can_corrupt: Callable[[], bool] = can_corrupt_wal) -> Check:
    """The version of SQLite; its settings were read back when the log was opened."""
    _ = checked.home
    warning = StatusText.SQLITE_CAN_CORRUPT.fill() if can_corrupt() else ""
    return Check("sqlite", True, StatusText.SQLITE_SETTINGS.fill(sqlite=SQLITE, lock=warning))
