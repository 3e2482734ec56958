"""`kiosk.toml`: how this kiosk is called, where it stands, and which readers hang on it.

Rule: a setting that is not understood stops the program with the line it stands on; nothing is guessed.
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from devices.catalogue import CATALOGUE
from domain.visits import DESK, Direction
from kiosk.masking import Style
from kiosk.mistakes import Mistake
from kiosk.sentences.misfits import WORD, field_of, misfit, nearest

Word = Annotated[str, Meta(pattern=WORD)]

TEMPLATE = """\
# How this kiosk is called. Its name is written beside every tap: choose it before the first one.
kiosk = "entrance"

# Other kiosks whose taps are copied into this log.
other_kiosks = []

# The time zone in which days are reckoned; decided when the home is made.
zone = "{zone}"

# How a public screen writes a name: "surname-and-last" (王〇明) or "surname-only" (王〇〇).
masking = "surname-and-last"

# One block for each card reader; the profiles are listed in the README.
# [[reader]]
# name = "door"
# port = "/dev/serial/by-id/usb-..."
# profile = "rdm6300"
# baud = 9600        # only where it differs from the profile's
# direction = "in"   # only for a reader that is fixed to "in" or "out"
"""


class Reader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One card reader."""

    name: Word
    port: Word
    profile: str
    """How it reports a card: a name of `devices.catalogue`."""
    baud: Annotated[int, Meta(ge=300, le=921_600)] | None = None
    """Speed of the line, bits a second; None takes the profile's."""
    direction: Direction | None = None
    """What a tap on it means; None lets the system decide."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings of a home."""

    kiosk: Word = "entrance"
    other_kiosks: tuple[Word, ...] = ()
    zone: str = "Asia/Taipei"
    masking: Style = "surname-and-last"
    readers: tuple[Reader, ...] = msgspec.field(default=(), name="reader")

    def direction_of(self, reader: str) -> Direction | None:
        """What a reader is fixed to, if it is."""
        return next((known.direction for known in self.readers if known.name == reader), None)


def load_settings(path: Path) -> Settings:
    """The settings in a file. Raises: Mistake, with the file and, where it can be told, the line."""
    text = _text(path)
    try:
        settings = msgspec.convert(tomllib.loads(text), Settings)
    except tomllib.TOMLDecodeError as error:
        raise Mistake(f"{path}: this is not TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise Mistake(f"{_where(path, text, *field_of(error))}: {misfit(error, Settings)}") from None
    for field, index, complaint in _complaints(settings):
        raise Mistake(f"{_where(path, text, field, index)}: {complaint}")
    return settings


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Mistake(f"{path}: this file is not UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise Mistake(f"{path}: cannot be read ({error.strerror}): check the file and its owner") from None


def _where(path: Path, text: str, field: str, index: int | None) -> str:
    """`FILE:LINE` of a field, of the n-th reader where there is an index; of the block when the field is not in it."""
    start, end = (0, len(text)) if index is None else _block(text, index)
    written = re.compile(rf"(?m)^\s*(?:\[\[?\s*)?[\"']?{re.escape(field)}[\"']?\s*[=\].]")
    match = written.search(text, start, end)
    if match is None and index is None:
        return str(path)
    return f"{path}:{text.count(chr(10), 0, match.end() if match else start) + 1}"


def _block(text: str, index: int) -> tuple[int, int]:
    """Where the n-th block of double brackets begins and ends."""
    heads = [match.start() for match in re.finditer(r"(?m)^[ \t]*\[\[", text)]
    bounds = [*heads, len(text)] if index < len(heads) else [0] * index + [0, len(text)]
    return bounds[index], bounds[index + 1]


# --- What the types cannot say ---


def _complaints(settings: Settings) -> list[tuple[str, int | None, str]]:
    """Field, index of the reader, sentence."""
    found: list[tuple[str, int | None, str]] = []
    if not is_zone(settings.zone):
        found.append(("zone", None, no_such_zone(settings.zone)))
    kiosks = (settings.kiosk, *settings.other_kiosks)
    if DESK in kiosks or len(set(kiosks)) < len(kiosks):
        found.append(("kiosk", None, f"each kiosk has a name of its own, and none is called {DESK!r}"))
    names = [reader.name for reader in settings.readers]
    for index, reader in enumerate(settings.readers):
        if reader.profile not in CATALOGUE:
            found.append(("profile", index, _no_such_profile(reader.profile)))
        if reader.name in names[:index]:
            found.append(("name", index, f"two readers are called {reader.name!r}: give each its own name"))
    return found


def _no_such_profile(name: str) -> str:
    meant = nearest(name, CATALOGUE)
    advice = f"did you mean {meant!r}?" if meant else f"it is one of {', '.join(CATALOGUE)}"
    return f"there is no reader profile {name!r}: {advice}"


def is_zone(name: str) -> bool:
    """Whether this machine knows the time zone."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def no_such_zone(name: str) -> str:
    """The sentence for a zone that is not known."""
    return f"there is no time zone {name!r}: write it as in the tz database, Asia/Taipei"
