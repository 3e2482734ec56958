"""All checks of a home, in the order of an administrator: first what volunteers notice."""

import logging
from collections.abc import Callable
from pathlib import Path

from domain.log.errors import LogError
from kiosk.errors import UserError
from kiosk.home_files import JOINED_FILE
from kiosk.status.backups import check_backup, check_restore_drill
from kiosk.status.checked_home import CannotCheck, Check, CheckedHome
from kiosk.status.days import check_last_tap, check_left_open, check_reconciled
from kiosk.status.entrance import check_entrance, check_reader_noise, check_readers, check_screen
from kiosk.status.kiosks import check_alarms, check_kiosks
from kiosk.status.log import (
    check_heads,
    check_log,
    check_quarantine,
    check_settings,
    check_signed_heads,
    check_sqlite,
    check_verified,
    check_views,
)
from kiosk.status.machine import check_clock, check_file_modes, check_free_space
from kiosk.status.notices import check_notices
from kiosk.status.people import check_people_store
from kiosk.status.unit import check_calendar, check_certificate, check_leaders, check_plan, check_unit_files
from kiosk.words.reports import StatusText

LOG = logging.getLogger(__name__)
LOG.addHandler(logging.NullHandler())  # without it, Python prints the traceback among the results

CHECKS: dict[str, Callable[[CheckedHome], Check]] = {
    "settings": check_settings,
    "log": check_log,
    "proved": check_verified,
    "heads": check_heads,
    "signed_heads": check_signed_heads,
    "people": check_people_store,
    "views": check_views,
    "quarantine": check_quarantine,
    "last_tap": check_last_tap,
    "reconciled": check_reconciled,
    "left_open": check_left_open,
    "entrance": check_entrance,
    "screen": check_screen,
    "readers": check_readers,
    "reader_noise": check_reader_noise,
    "clock": check_clock,
    "free_space": check_free_space,
    "files": check_file_modes,
    "sqlite": check_sqlite,
    "backup": check_backup,
    "restore_drill": check_restore_drill,
    "notices": check_notices,
    "calendar": check_calendar,
    "plan": check_plan,
    "leaders": check_leaders,
    "unit_files": check_unit_files,
    "kiosks": check_kiosks,
    "alarms": check_alarms,
    "certificate": check_certificate,
}

AT_THE_HUB = frozenset(
    (
        "proved",
        "signed_heads",
        "people",
        "reconciled",
        "left_open",
        "backup",
        "restore_drill",
        "notices",
        "calendar",
        "plan",
        "leaders",
        "unit_files",
        "kiosks",
        "alarms",
    )
)
"""What the hub does for a kiosk that belongs to one is checked there."""


def run_checks(path: Path) -> list[Check]:
    """The result of every check of a home. A fault of the home is a result, never an exception."""
    with CheckedHome(path) as checked:
        checks = CHECKS
        if (path / JOINED_FILE).exists():
            from kiosk.status.hub import (  # noqa: PLC0415 - a home without a hub loads nothing of one
                AT_A_KIOSK,
                OTHERWISE_AT_A_KIOSK,
            )

            here = {name: check for name, check in CHECKS.items() if name not in AT_THE_HUB}
            checks = AT_A_KIOSK | here | OTHERWISE_AT_A_KIOSK
        return [_run_check(name, check, checked) for name, check in checks.items()]


def _run_check(name: str, check: Callable[[CheckedHome], Check], checked: CheckedHome) -> Check:
    try:
        return checked.run_repaired(lambda: check(checked))
    except CannotCheck as obstacle:
        return Check(name, False, StatusText.CANNOT_CHECK.fill(reason=obstacle))
    except (LogError, UserError) as error:
        return Check(name, False, checked.explain_trouble(error))
    except OSError as error:
        return Check(name, False, StatusText.CANNOT_CHECK_FILES.fill(reason=error.strerror))
    except Exception as error:
        LOG.exception("a check cannot be made")
        return Check(name, False, StatusText.CHECK_FAILED.fill(error=type(error).__name__))
