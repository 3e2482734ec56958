"""All files of a kiosk for systemd, and writing them into the folder where systemd finds them.

Rule: each file is replaced atomically, and no file of another origin is overwritten.
"""

from pathlib import Path

from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import write_atomically
from kiosk.systemd.door_units import build_door_files
from kiosk.systemd.units import SystemdSettings, build_night_files, build_notice_files, build_sync_files
from kiosk.words.reports import SystemdText

READABLE = 0o644
"""systemd and foot read them; nothing in them is secret."""


FILE_HEADER = "# Written by `kiosk install-service`: it writes this file anew."
"""By its first line a file is known as ours, so it is the same in every language."""


def build_unit_files(settings: SystemdSettings) -> dict[str, str]:
    """Every file by its name, in the order of reading."""
    jobs = build_sync_files if settings.has_hub else _build_job_files
    files = build_door_files(settings) | jobs(settings)
    return {name: f"{FILE_HEADER}\n{text}" for name, text in files.items()}


def _build_job_files(settings: SystemdSettings) -> dict[str, str]:
    return build_night_files(settings) | build_notice_files(settings)


def list_units_to_enable(files: dict[str, str]) -> list[str]:
    """The units that systemd starts by itself; the others are started by them."""
    return [name for name, text in files.items() if "\n[Install]\n" in text]


def install_files(files: dict[str, str], folder: Path) -> None:
    """Write all files. Raises: UserError, and no file of another origin was overwritten."""
    for name in files:
        _refuse_foreign_file(folder / name)
    for name, text in files.items():
        _write(folder / name, text)


def _refuse_foreign_file(path: Path) -> None:
    try:
        ours = path.read_text(encoding="utf-8", errors="replace").startswith(FILE_HEADER)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _build_write_error(path, error) from None
    if not ours:
        raise UserError(SystemdText.FOREIGN_FILE.fill(path=path), EXIT_NO)


def _write(path: Path, text: str) -> None:
    try:
        write_atomically(path, text.encode(), mode=READABLE)
    except OSError as error:
        raise _build_write_error(path, error) from None


def _build_write_error(path: Path, error: OSError) -> UserError:
    return UserError(SystemdText.CANNOT_WRITE.fill(path=path, reason=error.strerror))
