"""Words as unit files and shells want them: whatever a folder is called, it stays one word, and nothing in it expands.

Source: systemd.service(5), "Command lines"; systemd.unit(5), "Specifiers".
"""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from kiosk.errors import UserError
from kiosk.words.systemd import SystemdText

PLAIN = re.compile(r"[\w@+=:,./-]+")
"""What needs no quotes."""


def quote_word(said: str | Path) -> str:
    """One word of a setting of a unit. Raises: Mistake for one that no unit file can hold."""
    text = str(said)
    if PLAIN.fullmatch(text):
        return text
    if not text.isprintable():
        raise UserError(SystemdText.CHARACTERS_NO_UNIT_FILE_HOLD.fill(text=text))
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def quote_command(*words: str | Path) -> str:
    """A command line of a unit, where a dollar sign would expand too; its first word is the program's whole path."""
    return " ".join(quote_word(one).replace("$", "$$") for one in words)


def build_shell_line(words: Sequence[str | Path], otherwise: str) -> str:
    """A line for `sh -c`: the command, and what to do where it fails."""
    return f"{shlex.join(map(str, words))} || {otherwise}"
