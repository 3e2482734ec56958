"""All checks, in the order in which an administrator wants them: what people notice first."""

import logging
from collections.abc import Callable
from pathlib import Path

from domain.log.errors import LogError
from kiosk.errors import Mistake
from kiosk.status.backups import backup, restore_drill
from kiosk.status.days import last_tap_seen, open_matters, reconciled
from kiosk.status.entrance import entrance, readers
from kiosk.status.log import log, proved, quarantine, sqlite, views
from kiosk.status.machine import clock, file_modes, free_space
from kiosk.status.subject import Check, Subject, Unknowable

LOG = logging.getLogger(__name__)
LOG.addHandler(logging.NullHandler())  # without it, Python writes the traceback between the sentences

CHECKS: dict[str, Callable[[Subject], Check]] = {
    "log": log,
    "proved": proved,
    "views": views,
    "quarantine": quarantine,
    "last_tap": last_tap_seen,
    "reconciled": reconciled,
    "left_open": open_matters,
    "entrance": entrance,
    "readers": readers,
    "clock": clock,
    "free_space": free_space,
    "files": file_modes,
    "sqlite": sqlite,
    "backup": backup,
    "restore_drill": restore_drill,
}


def status_of(path: Path) -> list[Check]:
    """Look at a home with every check. Whatever is wrong with the home is an answer, never an exception."""
    with Subject(path) as subject:
        return [_looked(name, check, subject) for name, check in CHECKS.items()]


def _looked(name: str, check: Callable[[Subject], Check], subject: Subject) -> Check:
    try:
        return check(subject)
    except Unknowable as in_the_way:
        return Check(name, False, f"cannot be looked at: {in_the_way}")
    except (LogError, Mistake) as trouble:
        return Check(name, False, str(trouble))
    except OSError as refused:
        return Check(name, False, f"cannot be looked at ({refused.strerror}): check the disk and the owner of the home")
    except Exception as error:
        LOG.exception("a check cannot be made")
        return Check(name, False, f"cannot be looked at ({type(error).__name__}): run `kiosk verify`")
