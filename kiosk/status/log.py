"""Checks of the log and of what follows from it: does it open, was it proved, are the views with it, what is SQLite."""

from collections.abc import Callable
from datetime import timedelta

from domain.log.sqlite_version import SQLITE, can_corrupt_wal
from kiosk.nightly.last_verification import VerificationRecord, read_last_verification
from kiosk.status.subject import Check, CheckedHome
from kiosk.words.status import StatusText

VERIFICATION_AGE = timedelta(days=2)
"""The night proves the log every day; one night may fail, and is looked into before the second one does."""


def check_log(subject: CheckedHome) -> Check:
    """The event log opens: its settings hold, and it did not go back."""
    if isinstance(subject.home_or_trouble, str):
        return Check("log", False, subject.home_or_trouble)
    head = subject.home_or_trouble.log.head()
    return Check("log", True, f"{head.position:,} events, head {head.chain.hex()[:12]}…")


def check_verified(subject: CheckedHome) -> Check:
    """The whole log was proved lately, and still holds what was proved."""
    proof = read_last_verification(subject.path)
    if proof is None:
        return Check("proved", subject.simulation, StatusText.LOG_NEVER_PROVED_WHOLE)
    when = subject.format_local(proof.at)
    if not proof.ok:
        return Check("proved", False, StatusText.LOG_DID_NOT_FIT_BEHIND.fill(when=when, events=proof.events))
    if not _matches_verified_head(subject, proof):
        return Check("proved", False, StatusText.LOG_NO_LONGER_HOLDS_PROVED.fill(when=when))
    late = subject.machine.now() - proof.at > VERIFICATION_AGE
    said = StatusText.ALL_EVENTS_FITTED_CHAIN.fill(events=proof.events, when=when)
    if late and not subject.simulation:
        return Check("proved", False, StatusText.LOOK_WHY_KIOSK_RECONCILE_DID.fill(said=said))
    return Check("proved", True, said)


def _matches_verified_head(subject: CheckedHome, proof: VerificationRecord) -> bool:
    """An empty log was proved, or the event that was the last one then is the same today."""
    log = subject.home.log
    if proof.events == 0:
        return True
    return proof.events <= log.head().position and log.chain_at(proof.events).hex() == proof.head


def check_views(subject: CheckedHome) -> Check:
    """The read models follow the log."""
    behind = subject.lag
    _ = subject.views
    before = StatusText.BUILT_ANEW if behind is None else StatusText.EVENTS_BEHIND.fill(behind=behind)
    return Check("views", True, StatusText.FOLLOW_LOG if behind == 0 else StatusText.FOLLOW_LOG_NOW.fill(before=before))


def check_quarantine(subject: CheckedHome) -> Check:
    """Every event can be read by this program, and says something that can be."""
    found = subject.views.quarantine
    if not found:
        return Check("quarantine", True, StatusText.EVERY_EVENT_READ)
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    advice = StatusText.EVERYTHING_ELSE_GOES
    return Check("quarantine", False, f"{found[0]}{more}: {advice}")


def check_sqlite(subject: CheckedHome, spoils: Callable[[], bool] = can_corrupt_wal) -> Check:
    """Which SQLite it is, and that its settings were read back when the log was opened."""
    _ = subject.home
    lock = StatusText.ONE_SPOIL_FILE_TWO_WRITE if spoils() else ""
    return Check("sqlite", True, StatusText.SQLITE_SETTINGS_THEY.fill(sqlite=SQLITE, lock=lock))
