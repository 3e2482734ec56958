"""Checks of the entrance: is it open, and does it have its readers.

Rule: no port is opened to check it (`kiosk.readers.diagnostics`).
"""

from datetime import timedelta
from pathlib import Path

from domain.spans import second
from kiosk.entrance.screen_size import load_screen_size
from kiosk.errors import UserError
from kiosk.home_files import is_entrance_open
from kiosk.reader_settings import Reader
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.status.kiosks import list_standing_kiosks
from kiosk.words.kiosks import KioskText
from kiosk.words.reports import StatusText
from projections.read_models.open_matters import NonsenseReader, list_nonsense_readers

NONSENSE_AGE = timedelta(minutes=30)
"""How long a reader that sent nonsense is reported: it may do so again unseen."""


def stands_at_door(checked: CheckedHome) -> bool:
    """Whether volunteers tap at this machine: not at that of a hub without a reader, whose kiosks have them.

    Raises: CannotCheck, CannotRead, UserError.
    """
    settings = checked.settings
    return bool(settings.readers or settings.hub) or not list_standing_kiosks(checked)


def check_entrance(checked: CheckedHome) -> Check:
    """An entrance is open where one should be."""
    if is_entrance_open(checked.path):
        return Check("entrance", True, StatusText.ENTRANCE_OPEN.fill())
    if not checked.settings.readers:
        return Check("entrance", True, StatusText.CLOSED_WITHOUT_READERS.fill())
    advice = StatusText.START_ENTRANCE.fill()
    return Check("entrance", checked.simulation, StatusText.ENTRANCE_CLOSED.fill(advice=advice))


def check_screen(checked: CheckedHome) -> Check:
    """Plain text on the screen of the entrance was large enough when it was opened last."""
    size = load_screen_size(checked.path)
    if size is None:
        return Check("screen", True, StatusText.SCREEN_NOT_MEASURED.fill())
    grid = StatusText.SCREEN_SIZE.fill(columns=size.columns, rows=size.rows)
    if size.is_text_small and stands_at_door(checked):
        return Check("screen", False, StatusText.TEXT_TOO_SMALL.fill(size=grid))
    return Check("screen", True, grid)


def check_readers(checked: CheckedHome) -> Check:
    """Every configured reader exists and can be used, and the entrance holds it while it is open."""
    configured = checked.settings.readers
    if not stands_at_door(checked):
        return Check("readers", True, KioskText.READERS_AT_KIOSKS.fill())
    if not configured:
        return Check("readers", checked.simulation, StatusText.NO_READERS.fill())
    opened = is_entrance_open(checked.path)
    faults = [f"{one.name}: {why}" for one in configured if (why := _find_profile_fault(one, checked.path))]
    faults += [f"{one.name} {why}" for one in configured if (why := _find_fault(one, entrance_open=opened))]
    names = ", ".join(reader.name for reader in configured)
    fine = StatusText.READERS_IN_USE if opened else StatusText.READERS_THERE
    return Check("readers", not faults, StatusText.SEPARATOR.fill().join(faults) or fine.fill(names=names))


def check_reader_noise(checked: CheckedHome) -> Check:
    """No reader has sent more cards than people can present lately: the entrance sums what it refuses then."""
    found = list_nonsense_readers(checked.views, second(checked.now - NONSENSE_AGE))
    if not found:
        return Check("reader_noise", True, StatusText.NO_READER_SENDS_NONSENSE.fill())
    return Check(
        "reader_noise", False, StatusText.SEPARATOR.fill().join(_format_nonsense(reader, checked) for reader in found)
    )


def _format_nonsense(reader: NonsenseReader, checked: CheckedHome) -> str:
    since, until = checked.format_local(reader.since), checked.format_local(reader.until)
    return StatusText.READER_SENDS_NONSENSE.fill(reader=reader.reader, taps=reader.taps, since=since, until=until)


def _find_profile_fault(reader: Reader, home: Path) -> str:
    """Why a profile of the home cannot be used that a reader needs; empty where it can, or needs none."""
    from devices.profiles.registry import BUILTIN_PROFILES  # noqa: PLC0415 - a home without readers loads nothing of them
    from kiosk.reader_checks import load_home_profiles  # noqa: PLC0415 - same

    try:
        _ = reader.profile in (None, *BUILTIN_PROFILES) or load_home_profiles(home)
    except UserError as error:
        return str(error)
    return ""


def _find_fault(reader: Reader, *, entrance_open: bool) -> str:
    """What keeps a reader from being read; empty when nothing does, or when it has no device to check."""
    from devices.ports.addresses import parse_address  # noqa: PLC0415 - a home without readers loads nothing of them
    from kiosk.readers.diagnostics import find_device, find_group, is_locked, may_use  # noqa: PLC0415 - same

    device = find_device(reader.port)
    if device is None:
        return ""
    if not device.exists():
        return StatusText.READER_MISSING.fill()
    if not may_use(device):
        return StatusText.READER_FORBIDDEN.fill(group=find_group(device))
    if parse_address(reader.port).kind == "keyboard":
        return ""
    return _find_lock_fault(locked=is_locked(device), entrance_open=entrance_open)


def _find_lock_fault(*, locked: bool, entrance_open: bool) -> str:
    if entrance_open and not locked:
        return StatusText.READER_NOT_HELD.fill()
    if locked and not entrance_open:
        return StatusText.READER_HELD_BY_ANOTHER_PROGRAM.fill()
    return ""
