"""Profiles are data: the TOML files of reader families, those that come with the product and people's own.

    [[profile]]
    name = "em-8h10d"
    about = { en = "EM4100 lines of 10 decimal digits: 0040856634", zh-TW = "…" }   # or one text
    kind = "E4"                                           # as in `devices.protocols.decoder.LENGTHS`
    loses = { en = "the customer byte", zh-TW = "…" }     # where the kind is one that loses bytes
    framing = { kind = "lines", longest = 32 }            # and gap_ms, checksum, end: see `devices.profiles.framing`
    notation = { base = "decimal", parts = [{ digits = 10, bytes = 4 }] }
    order = "last-byte-first"                             # unless the first byte comes first
    tail = "00"                                           # bytes that the reader adds to every number
    baud = 9600
    repeat_seconds = 3                                    # at most, until a card that lies there is read again
    poller = "pn532"                                      # for a reader that must be asked

The rule: a file that is not understood to its last field is refused, with its line and a code.
"""

from collections.abc import Collection, Container
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from devices.faults import Fault, FileFault, ProfileFault, TextForm
from devices.profiles.framing import DIALECTS, Framing, LineFraming, Poller
from devices.profiles.notation import Notation, RawBytes, find_byte_size
from devices.profiles.profile import REPEAT_SECONDS, Profile
from devices.protocols.decoder import LENGTHS
from devices.protocols.dialogue import Dialogue
from devices.toml_text import TomlError, parse_toml
from devices.validation import FieldError, Place, RepeatSeconds, convert, find_line

LOSSY_KINDS = ("E4", "W24", "W32")
"""The kinds whose numbers lack bytes of the card."""

Text = Annotated[str, Meta(min_length=1)]


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in two languages."""

    english: Text = msgspec.field(name="en")
    chinese: Text = msgspec.field(name="zh-TW")


class ProfileTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One `[[profile]]` of a file."""

    name: Annotated[str, Meta(pattern=TextForm.PROFILE_NAME.value)]
    about: Text | Texts
    kind: Literal["A", "E", "E4", "W24", "W32", "QR"]
    loses: Text | Texts | None = None
    framing: Framing
    notation: Notation = RawBytes()
    order: Literal["first-byte-first", "last-byte-first"] = "first-byte-first"
    tail: Annotated[str, Meta(pattern=TextForm.HEXADECIMAL.value)] = ""
    baud: Annotated[int, Meta(ge=300, le=921_600)] = 9_600
    """Bits a second, of a serial line."""
    repeat_seconds: RepeatSeconds = REPEAT_SECONDS
    poller: Poller | None = None


class ProfileFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file."""

    profile: Annotated[tuple[ProfileTable, ...], Meta(min_length=1)]


class ProfileError(Exception):
    """A file of profiles is not understood. `fault` says what is wrong, `line` where, if it is one line."""

    def __init__(self, path: Path, line: int | None, fault: Fault) -> None:
        super().__init__(f"{path}:{line}: {fault}" if line else f"{path}: {fault}")
        self.path, self.line, self.fault = path, line, fault


def load_profiles(folder: Path, taken: Collection[str] = ()) -> dict[str, Profile]:
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


def load_profile_file(path: Path, taken: Collection[str] = ()) -> dict[str, Profile]:
    """The profiles of one file, by name, in its order. Raises: ProfileError, as `load_profiles`."""
    text = _read_text(path)
    found: dict[str, Profile] = {}
    try:
        for index, table in enumerate(convert(parse_toml(text), ProfileFile).profile):
            _check_name(table.name, ("profile", index, "name"), (*taken, *found))
            found[table.name] = _build_profile(table, ("profile", index))
    except TomlError as error:
        raise ProfileError(path, error.line, error.fault) from None
    except FieldError as error:
        raise ProfileError(path, find_line(text, error.place), error.fault) from None
    return found


# --- One profile ---


def _build_profile(table: ProfileTable, place: Place) -> Profile:
    about, loses = _list_texts(table.about), _list_texts(table.loses or "")
    profile = Profile(
        name=table.name,
        about=about[0],
        about_zh=about[1],
        tech=table.kind,
        loses=loses[0],
        loses_zh=loses[1],
        gap=table.framing.gap_ms / 1000,
        text=isinstance(table.framing, LineFraming),
        framing=table.framing.build_decoder,
        notation=table.notation,
        backwards=table.order == "last-byte-first",
        tail=bytes.fromhex(table.tail),
        baud=table.baud,
        repeat_seconds=table.repeat_seconds,
        poller=partial(Dialogue, DIALECTS[table.poller]) if table.poller else None,
    )
    _check_consistency(profile, place)
    return profile


def _check_name(name: str, place: Place, taken: Container[str]) -> None:
    if name in taken:
        raise FieldError(place, Fault(ProfileFault.NAME_TAKEN, {"name": name}))


def _list_texts(texts: str | Texts) -> tuple[str, str]:
    """The text in English and in Chinese; one text stands for both."""
    return (texts, texts) if isinstance(texts, str) else (texts.english, texts.chinese)


def _check_consistency(profile: Profile, place: Place) -> None:
    """What the fields say together must be possible. Raises: FieldError."""
    if profile.loses and profile.tech not in LOSSY_KINDS:
        raise FieldError((*place, "kind"), Fault(ProfileFault.LOSS_NEEDS_LOSSY_KIND, {"kinds": LOSSY_KINDS}))
    if profile.tech in LOSSY_KINDS and not profile.loses:
        raise FieldError((*place, "kind"), Fault(ProfileFault.LOSSY_KIND_NEEDS_LOSS, {"kind": profile.tech}))
    size = find_byte_size(profile.notation)
    if size is not None and size - len(profile.tail) not in LENGTHS[profile.tech]:
        fields = {"size": size - len(profile.tail), "kind": profile.tech, "lengths": LENGTHS[profile.tech]}
        raise FieldError((*place, "notation"), Fault(ProfileFault.WRONG_SIZE, fields))


# --- Where a mistake is ---


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ProfileError(path, None, Fault(FileFault.NOT_UTF8)) from None
    except OSError as error:
        raise ProfileError(path, None, Fault(FileFault.UNREADABLE, {"error": error.strerror})) from None
