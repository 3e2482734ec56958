"""Which language the program speaks: what its environment asks for, else the setting of the home, else English."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from kiosk.cli.errors import HOME_VARIABLE
from kiosk.errors import UserError
from kiosk.input_files import SETTINGS_FILE, read_input_file
from kiosk.words.language import StaffLanguage, choose_language

HOME_OPTION = "--home"
SETTING = re.compile(r"^\s*language\s*=", re.MULTILINE)


def choose_program_language(
    arguments: Sequence[str], environment: Mapping[str, str], default_home: Path
) -> StaffLanguage:
    """The language of one run; known before Click is, for Click may have to say what is wrong with the arguments."""
    home = _find_home(arguments) or environment.get(HOME_VARIABLE) or default_home
    return choose_language(environment) or _load_setting(Path(home) / SETTINGS_FILE) or "en"


def _find_home(arguments: Sequence[str]) -> str | None:
    """The last that is named, as Click takes it."""
    named = None
    for position, argument in enumerate(arguments):
        if argument == HOME_OPTION:
            named = next(iter(arguments[position + 1 :]), None)
        elif argument.startswith(f"{HOME_OPTION}="):
            named = argument.removeprefix(f"{HOME_OPTION}=")
    return named


def _load_setting(file: Path) -> StaffLanguage | None:
    """The setting; None where there is none. What is wrong with the file is said when the home is opened."""
    try:
        text = read_input_file(file).decode()
        if not SETTING.search(text):
            return None
        import tomllib  # noqa: PLC0415 - 5 ms to load, for those who have the setting

        language = tomllib.loads(text).get("language")
    except (OSError, UserError, ValueError):
        return None
    return language if language in ("zh-TW", "en") else None
