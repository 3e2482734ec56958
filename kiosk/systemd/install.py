"""Putting the files where systemd looks for them.

Rule: whole or not at all, and nothing that somebody else wrote is overwritten.
"""

from pathlib import Path

from kiosk.errors import EXIT_NO, UserError
from kiosk.systemd.units import FILE_HEADER
from kiosk.words.systemd import SystemdText

READABLE = 0o644
"""systemd and foot read them; nothing in them is secret."""


def install_files(files: dict[str, str], folder: Path) -> None:
    """Write all files. Raises: Mistake, and nothing was overwritten that is not ours."""
    for name in files:
        _refuse_foreign_file(folder / name)
    for name, text in files.items():
        _write(folder / name, text)


def _refuse_foreign_file(path: Path) -> None:
    try:
        ours = path.read_text(encoding="utf-8", errors="replace").startswith(FILE_HEADER)
    except FileNotFoundError:
        return
    except OSError as refused:
        raise _build_write_error(path, refused) from None
    if not ours:
        raise UserError(SystemdText.NOT_WRITTEN_COMMAND.fill(path=path), EXIT_NO)


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(f".{path.name}")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.chmod(READABLE)
        unfinished.replace(path)
    except OSError as refused:
        raise _build_write_error(path, refused) from None


def _build_write_error(path: Path, refused: OSError) -> UserError:
    advice = SystemdText.RUN_ROOT
    return UserError(f"cannot write {path} ({refused.strerror}): {advice}")
