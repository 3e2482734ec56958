"""All checks, in the order in which an administrator wants them: what people notice first."""

import logging
from collections.abc import Callable
from pathlib import Path

from domain.log.errors import LogError
from kiosk.errors import UserError
from kiosk.status.backups import check_backup, check_restore_drill
from kiosk.status.days import check_last_tap, check_left_open, check_reconciled
from kiosk.status.entrance import check_entrance, check_readers
from kiosk.status.log import check_log, check_quarantine, check_sqlite, check_verified, check_views
from kiosk.status.machine import check_clock, check_file_modes, check_free_space
from kiosk.status.subject import CannotCheck, Check, CheckedHome
from kiosk.words.log_errors import explain_trouble
from kiosk.words.status import StatusText

LOG = logging.getLogger(__name__)
LOG.addHandler(logging.NullHandler())  # without it, Python writes the traceback between the sentences

CHECKS: dict[str, Callable[[CheckedHome], Check]] = {
    "log": check_log,
    "proved": check_verified,
    "views": check_views,
    "quarantine": check_quarantine,
    "last_tap": check_last_tap,
    "reconciled": check_reconciled,
    "left_open": check_left_open,
    "entrance": check_entrance,
    "readers": check_readers,
    "clock": check_clock,
    "free_space": check_free_space,
    "files": check_file_modes,
    "sqlite": check_sqlite,
    "backup": check_backup,
    "restore_drill": check_restore_drill,
}


def run_checks(path: Path) -> list[Check]:
    """Look at a home with every check. Whatever is wrong with the home is an answer, never an exception."""
    with CheckedHome(path) as subject:
        return [_run_check(name, check, subject) for name, check in CHECKS.items()]


def _run_check(name: str, check: Callable[[CheckedHome], Check], subject: CheckedHome) -> Check:
    try:
        return check(subject)
    except CannotCheck as in_the_way:
        return Check(name, False, StatusText.CANNOT_LOOKED.fill(in_the_way=in_the_way))
    except (LogError, UserError) as trouble:
        return Check(name, False, explain_trouble(trouble))
    except OSError as refused:
        return Check(name, False, StatusText.CANNOT_LOOKED_2.fill(strerror=refused.strerror))
    except Exception as error:
        LOG.exception("a check cannot be made")
        return Check(name, False, StatusText.CANNOT_LOOKED_3.fill(name=type(error).__name__))
