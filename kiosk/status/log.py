"""Checks of the log and of what follows from it: does it open, was it proved, are the views with it, what is SQLite."""

from collections.abc import Callable
from datetime import timedelta

from domain.log.sqlite_version import SQLITE, can_corrupt_wal
from kiosk.nightly.last_verification import VerificationRecord, read_last_verification
from kiosk.status.subject import Check, CheckedHome

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
        return Check("proved", subject.simulation, "the log was never proved as a whole: run `kiosk verify`")
    when = subject.format_local(proof.at)
    if not proof.ok:
        return Check("proved", False, f"on {when} the log did not fit behind event {proof.events}: run `kiosk verify`")
    if not _matches_verified_head(subject, proof):
        return Check("proved", False, f"the log no longer holds what was proved on {when}: restore a backup")
    late = subject.machine.now() - proof.at > VERIFICATION_AGE
    said = f"all {proof.events:,} events fitted the chain on {when}"
    if late and not subject.simulation:
        return Check("proved", False, f"{said}: look why `kiosk reconcile` did not run since")
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
    before = "were built anew" if behind is None else f"were {behind:,} events behind"
    return Check("views", True, "follow the log" if behind == 0 else f"{before}, and follow the log now")


def check_quarantine(subject: CheckedHome) -> Check:
    """Every event can be read by this program, and says something that can be."""
    found = subject.views.quarantine
    if not found:
        return Check("quarantine", True, "every event was read")
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    advice = "everything else goes on; install the version that wrote it, or report it"
    return Check("quarantine", False, f"{found[0]}{more}: {advice}")


def check_sqlite(subject: CheckedHome, spoils: Callable[[], bool] = can_corrupt_wal) -> Check:
    """Which SQLite it is, and that its settings were read back when the log was opened."""
    _ = subject.home
    lock = "; this one can spoil a file that two write at one instant, which our lock prevents" if spoils() else ""
    return Check("sqlite", True, f"SQLite {SQLITE}, settings as they have to be{lock}")
