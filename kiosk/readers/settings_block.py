"""The `[[reader]]` block of kiosk.toml for a reader that was identified, and how it gets there.

Rule: the file is replaced only by one that was read and understood.
"""

import json
import os
from pathlib import Path

from devices.profiles.detection import ProfileMatch
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import write_private
from kiosk.settings import Settings, load_settings
from kiosk.words.readers import ReaderText

FIRST_NAME = "door"


def format_reader_block(name: str, port: str, found: ProfileMatch) -> str:
    """The lines to put into kiosk.toml."""
    lines = ["[[reader]]", f"name = {_quote(name)}", f"port = {_quote(port)}"]
    lines.append(f"profile = {_quote(found.profile.name)}")
    if found.baud not in (None, found.profile.baud):
        lines.append(f"baud = {found.baud}")
    return "\n".join(lines) + "\n"


def find_free_name(settings: Settings | None) -> str:
    """A name that no reader has."""
    taken = {reader.name for reader in settings.readers} if settings else set[str]()
    names = (FIRST_NAME, *(f"{FIRST_NAME}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def append_block(file: Path, text: str) -> None:
    """Add a block to kiosk.toml. Raises: Mistake, and the file is as it was."""
    before = file.read_text(encoding="utf-8")
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    write_private(draft, f"{before.rstrip()}\n\n{text}".encode())
    try:
        load_settings(draft)
    except UserError as mistake:
        draft.unlink()
        raise UserError(ReaderText.NOT_CHANGED_NOT_UNDERSTOOD_ANY.fill(file=file, mistake=mistake), EXIT_NO) from None
    os.replace(draft, file)


def _quote(text: str) -> str:
    """As TOML quotes it, which for one line is as JSON does."""
    return json.dumps(text, ensure_ascii=False)
