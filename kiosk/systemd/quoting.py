"""Quoting of words in unit files and in lines for a shell.

Rule: a word stays one word, and nothing in it expands, whatever a folder is called. Sources: systemd.service(5),
"Command lines"; systemd.unit(5), "Specifiers".
"""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from kiosk.errors import UserError
from kiosk.words.reports import SystemdText

PLAIN = re.compile(r"[\w@+=:,./-]+")
"""Text that needs no quotes."""


def quote_word(word: str | Path) -> str:
    """One word of a setting, nothing in it expanded. Raises: UserError for text that no unit file can hold."""
    text = str(word)
    if PLAIN.fullmatch(text):
        return text
    if not text.isprintable():
        raise UserError(SystemdText.UNQUOTABLE.fill(text=text))
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def quote_command(*words: str | Path) -> str:
    """A command line of a unit, where a dollar sign would expand too; its first word is the program's full path."""
    return " ".join(quote_word(word).replace("$", "$$") for word in words)


def build_shell_line(words: Sequence[str | Path], fallback: str) -> str:
    """A line for `sh -c`: the command, and another one when it fails."""
    return f"{shlex.join(map(str, words))} || {fallback}"
