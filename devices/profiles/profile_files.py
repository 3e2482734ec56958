"""Profiles are data: the TOML files of reader families, those that come with the product and people's own.

    [[profile]]
    name = "em-8h10d"
    about = { en = "EM4100 lines of 10 decimal digits: 0040856634", zh-TW = "…" }   # or one text
    kind = "E4"                                           # as in `devices.protocols.decoder.LENGTHS`
    loses = { en = "the customer byte", zh-TW = "…" }     # where the kind is one that loses bytes
    framing = { kind = "lines", longest = 32 }            # and gap_ms, checksum, end: see `devices.profiles.choices`
    notation = { base = "decimal", parts = [{ digits = 10, bytes = 4 }] }
    order = "last-byte-first"                             # unless the first byte comes first
    tail = "00"                                           # bytes that the reader adds to every number
    baud = 9600
    poller = "pn532"                                      # for a reader that must be asked

The rule: a file that is not understood to its last field is refused, with its line and a code.
"""

import re
import tomllib
from collections.abc import Callable, Container, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from devices.faults import Fault, FileFault, ProfileFault
from devices.profiles.choices import FRAMINGS, NOTATIONS, POLLERS, find_byte_size
from devices.profiles.profile import GAP, Profile
from devices.profiles.toml_rows import FieldError, TomlTable, find_line
from devices.protocols.decoder import LENGTHS
from devices.protocols.dialogue import Dialogue

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LOSSY_KINDS = ("E4", "W24", "W32")
"""The kinds whose numbers lack bytes of the card."""

SPEEDS = (300, 921_600)
"""The least and the greatest of a serial line, bits a second."""
GAPS = (5, 5_000)
"""The shortest and the longest silence that can mean something, milliseconds."""

_ORDERS = {"first-byte-first": False, "last-byte-first": True}
_RAW_NOTATION = {"base": "bytes"}

Result = TypeVar("Result")


class ProfileError(Exception):
    """A file of profiles is not understood. `fault` says what is wrong, `line` where, if it is one line."""

    def __init__(self, path: Path, line: int | None, fault: Fault) -> None:
        super().__init__(f"{path}:{line}: {fault}" if line else f"{path}: {fault}")
        self.path, self.line, self.fault = path, line, fault


def load_profiles(folder: Path, taken: Container[str] = ()) -> dict[str, Profile]:
    """The profiles in a folder's `*.toml`, by name, files in alphabetical order; none where there is no folder.

    `taken` are names that are given away.

    Raises:
        ProfileError: a file is not understood, or a name is taken.
    """
    found: dict[str, Profile] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, profile in load_profile_file(path, taken).items():
            if name in found:
                raise ProfileError(path, None, Fault(ProfileFault.NAME_IN_ANOTHER_FILE, {"name": name}))
            found[name] = profile
    return found


def load_profile_file(path: Path, taken: Container[str] = ()) -> dict[str, Profile]:
    """The profiles of one file, by name, in its order. Raises: ProfileError, as `load_profiles`."""
    text = _read_text(path)
    index: int | None = None
    found: dict[str, Profile] = {}
    try:
        file = TomlTable(tomllib.loads(text))
        rows = file.tables("profile")
        file.check_all_read()
        for index, row in enumerate(rows):  # noqa: B007 - read where a mistake is placed
            profile = _build_profile(row)
            if profile.name in taken or profile.name in found:
                raise _build_error(row, "name", ProfileFault.NAME_TAKEN, name=profile.name)
            found[profile.name] = profile
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(path, _find_error_line(error), Fault(FileFault.NOT_TOML, {"error": str(error)})) from None
    except FieldError as error:
        raise ProfileError(path, find_line(text, index, error.path), error.fault) from None
    return found


# --- One profile ---


def _build_profile(row: TomlTable) -> Profile:
    framing = row.table("framing")
    profile = Profile(
        name=_parse_name(row),
        about=_parse_texts(row, "about")[0],
        about_zh=_parse_texts(row, "about")[1],
        tech=row.choice("kind", {kind: kind for kind in LENGTHS}),
        loses=_parse_texts(row, "loses")[0] if row.has("loses") else "",
        loses_zh=_parse_texts(row, "loses")[1] if row.has("loses") else "",
        gap=framing.whole("gap_ms", *GAPS, round(GAP * 1000)) / 1000,
        text=framing.text("kind") == "lines",
        framing=_build_choice(framing, "kind", FRAMINGS),
        notation=_build_choice(row.table("notation", _RAW_NOTATION), "base", NOTATIONS),
        backwards=row.choice("order", _ORDERS, "first-byte-first"),
        tail=row.octets("tail"),
        baud=row.whole("baud", *SPEEDS, 9_600),
        poller=partial(Dialogue, row.choice("poller", POLLERS)) if row.has("poller") else None,
    )
    row.check_all_read()
    _check_consistency(row, profile)
    return profile


def _parse_name(row: TomlTable) -> str:
    name = row.text("name")
    if not NAME.fullmatch(name):
        raise _build_error(row, "name", ProfileFault.NAME_FORM, name=name)
    return name


def _parse_texts(row: TomlTable, field: str) -> tuple[str, str]:
    """A text in English and in Chinese; one text stands for both."""
    if row.holds_text(field):
        return row.text(field), row.text(field)
    words = row.table(field)
    english, chinese = words.text("en"), words.text("zh-TW")
    words.check_all_read()
    return english, chinese


def _build_choice(row: TomlTable, field: str, makers: Mapping[str, Callable[[TomlTable], Result]]) -> Result:
    made = row.choice(field, makers)(row)
    row.check_all_read()
    return made


def _check_consistency(row: TomlTable, profile: Profile) -> None:
    """What the fields say together must be possible."""
    if profile.loses and profile.tech not in LOSSY_KINDS:
        raise _build_error(row, "kind", ProfileFault.LOSS_NEEDS_LOSSY_KIND, kinds=LOSSY_KINDS)
    if profile.tech in LOSSY_KINDS and not profile.loses:
        raise _build_error(row, "kind", ProfileFault.LOSSY_KIND_NEEDS_LOSS, kind=profile.tech)
    size = find_byte_size(profile.notation)
    if size is not None and size - len(profile.tail) not in LENGTHS[profile.tech]:
        fields = {"size": size - len(profile.tail), "kind": profile.tech, "lengths": LENGTHS[profile.tech]}
        raise _build_error(row, "notation", ProfileFault.WRONG_SIZE, **fields)


def _build_error(row: TomlTable, place: str, code: ProfileFault, **fields: object) -> FieldError:
    return FieldError((*row.path, place), Fault(code, fields))


# --- Where a mistake is ---


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ProfileError(path, None, Fault(FileFault.NOT_UTF8)) from None
    except OSError as error:
        raise ProfileError(path, None, Fault(FileFault.UNREADABLE, {"error": error.strerror})) from None


def _find_error_line(error: tomllib.TOMLDecodeError) -> int | None:
    match = re.search(r"\(at line (\d+)", str(error))
    return int(match[1]) if match else None
