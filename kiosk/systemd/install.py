"""Putting the files where systemd looks for them.

Rule: whole or not at all, and nothing that somebody else wrote is overwritten.
"""

from pathlib import Path

from kiosk.errors import NO, Mistake
from kiosk.systemd.units import WRITTEN_BY

READABLE = 0o644
"""systemd and foot read them; nothing in them is secret."""


def install(files: dict[str, str], folder: Path) -> None:
    """Write all files. Raises: Mistake, and nothing was overwritten that is not ours."""
    for name in files:
        _refuse_a_strangers(folder / name)
    for name, text in files.items():
        _write(folder / name, text)


def _refuse_a_strangers(path: Path) -> None:
    try:
        ours = path.read_text(encoding="utf-8", errors="replace").startswith(WRITTEN_BY)
    except FileNotFoundError:
        return
    except OSError as refused:
        raise _cannot_write(path, refused) from None
    if not ours:
        raise Mistake(f"{path} was not written by this command: move it away, nothing was changed", NO)


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(f".{path.name}")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.chmod(READABLE)
        unfinished.replace(path)
    except OSError as refused:
        raise _cannot_write(path, refused) from None


def _cannot_write(path: Path, refused: OSError) -> Mistake:
    advice = "run it as root, or name a folder with --to"
    return Mistake(f"cannot write {path} ({refused.strerror}): {advice}")
