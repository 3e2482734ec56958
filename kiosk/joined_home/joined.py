"""`joined.json`: what the hub said when a kiosk joined. A home that has it is that of a kiosk with a hub."""

from datetime import date, time
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import ServiceDays
from domain.log.source_rows import SourceRow
from domain.log.stream_ownership import is_of_kiosk
from domain.typed_decoding import decode_json
from kiosk.errors import SettingsError, UserError
from kiosk.home_files import JOINED_FILE, SIGNING_KEY_FILE
from kiosk.joined_home.hub_settings import find_hub
from kiosk.words.joined import JoinedText


class Joined(msgspec.Struct, frozen=True):
    """What the hub said when this kiosk joined."""

    unit: UUID
    kiosk: str
    zone: str
    simulation: bool

    def has_written(self, row: SourceRow) -> bool:
        """Whether an event stands in a stream of this kiosk. Where the unit ends a day makes no difference."""
        return is_of_kiosk(row, self.kiosk, ServiceDays(ZoneInfo(self.zone), [(date.min, time.min)]))


def find_joined(path: Path) -> Joined | None:
    """What the hub said; None in a home that belongs to none. Raises: UserError where joining was cut short."""
    file = path / JOINED_FILE
    try:
        return decode_json(file.read_bytes(), Joined)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, ValueError):
        raise UserError(JoinedText.JOIN_CUT_SHORT.fill(path=path)) from None


def demand_join_complete(path: Path) -> None:
    """Check that a folder is not one in which a kiosk has begun to join. Raises: UserError."""
    if (path / SIGNING_KEY_FILE).exists() and not (path / JOINED_FILE).exists():
        raise UserError(JoinedText.JOIN_CUT_SHORT.fill(path=path))


def load_joined(path: Path) -> Joined | None:
    """The same for a home that is opened: what was cut short is not. Raises: UserError."""
    hub, joined = find_hub(path), find_joined(path)
    if (hub is None) != (joined is None) or (joined is None and (path / SIGNING_KEY_FILE).exists()):
        raise UserError(JoinedText.JOIN_CUT_SHORT.fill(path=path))
    return joined


def demand_given_name(file: Path, kiosk: str, joined: Joined) -> None:
    """Check that the settings name the kiosk as the hub does. Raises: SettingsError."""
    if kiosk != joined.kiosk:
        raise SettingsError(JoinedText.OTHER_KIOSK.fill(file=file, given=joined.kiosk))
