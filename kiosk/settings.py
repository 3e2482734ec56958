"""`kiosk.toml`: the name and place of this kiosk, and its card readers.

Rule: a setting that is not understood stops the program with the line it stands on; nothing is guessed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from devices.faults import ShortText
from devices.validation import Place
from domain.ids import DESK, compose
from domain.model.visits import Direction
from kiosk.errors import SettingsError
from kiosk.head_settings import HeadSettings
from kiosk.input_files import SETTINGS_FILE
from kiosk.joined_home.hub_settings import HubSettings
from kiosk.notice_settings import NoticeSettings, check_notice_settings
from kiosk.reader_settings import Reader
from kiosk.store_settings import Store
from kiosk.text.masking import Style
from kiosk.toml_files import TomlFile
from kiosk.words.errors import SettingsText
from kiosk.words.language import StaffLanguage

TEMPLATE = SettingsText.TEMPLATE
"""A new home's file; the field is its time zone."""


class Sound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tones of the entrance."""

    on: bool = True
    volume: Annotated[int, Meta(ge=0, le=100)] = 60

    @property
    def is_heard(self) -> bool:
        """Whether there is anything to play."""
        return self.on and self.volume > 0


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings of a home."""

    kiosk: ShortText = "entrance"
    other_kiosks: tuple[ShortText, ...] = ()
    zone: str = "Asia/Taipei"
    language: StaffLanguage | None = None
    """Of the command line, where the environment names none."""
    masking: Style = "surname-and-last"
    sound: Sound = Sound()
    notices: NoticeSettings | None = None
    heads: HeadSettings | None = None
    store: Store | None = None
    hub: HubSettings | None = None
    readers: tuple[Reader, ...] = msgspec.field(default=(), name="reader")

    @property
    def own_kiosks(self) -> tuple[str, ...]:
        """This kiosk, and those whose taps are in the same log without having joined."""
        return (self.kiosk, *self.other_kiosks)

    def find_direction(self, reader: str) -> Direction | None:
        """What a reader is fixed to, if it is."""
        return next((known.direction for known in self.readers if known.name == reader), None)


def load_settings(path: Path) -> Settings:
    """The settings in a file. Raises: SettingsError, with the file and, where it is known, the line."""
    file = TomlFile.read(path)
    settings = _compose_reader_names(file.convert(Settings))
    for place, complaint in _check_settings(settings, path.parent):
        raise file.build_error(place, complaint)
    return settings


def load_zone(folder: Path) -> ZoneInfo:
    """The zone of a home or a backup, for what people read of it; the usual one where its settings cannot be read."""
    try:
        return ZoneInfo(load_settings(folder / SETTINGS_FILE).zone)
    except SettingsError:
        return ZoneInfo(Settings().zone)


def _compose_reader_names(settings: Settings) -> Settings:
    """Taps name their reader as batches and options do; a kiosk keeps its name, by which its streams are found."""
    composed = (replace(reader, name=compose(reader.name)) for reader in settings.readers)
    return replace(settings, readers=tuple(composed))


# --- What the types cannot say ---

Complaint = tuple[Place, str]
"""Where, and the sentence."""


def _check_settings(settings: Settings, home: Path) -> Iterator[Complaint]:
    if not is_zone(settings.zone):
        yield ("zone",), format_unknown_zone(settings.zone)
    kiosks = [compose(name) for name in (settings.kiosk, *settings.other_kiosks)]
    if DESK in kiosks or len(set(kiosks)) < len(kiosks):
        yield ("kiosk",), SettingsText.KIOSK_NAME_TAKEN.fill(desk=DESK)
    for place, complaint in check_notice_settings(settings.notices) if settings.notices else ():
        yield ("notices", *place), complaint
    if settings.readers:
        from kiosk.reader_checks import check_readers  # noqa: PLC0415 - without a reader no profile is loaded

        yield from check_readers(settings.readers, home)


def is_zone(name: str) -> bool:
    """Whether this machine knows the time zone."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def format_unknown_zone(name: str) -> str:
    """The sentence for a zone that is not known."""
    return SettingsText.UNKNOWN_ZONE.fill(name=name)
