"""The settings of card readers: each table `[[reader]]` of kiosk.toml."""

from typing import Annotated

import msgspec
from msgspec import Meta

from devices.faults import ShortText
from devices.validation import RepeatSeconds
from domain.model.visits import Direction


class Reader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One card reader."""

    name: ShortText
    port: ShortText
    """Its address, as `devices.ports.addresses` reads it."""
    profile: str | None = None
    """How it reports a card: a built-in profile, or one of the home's own; only a PC/SC reader needs none."""
    baud: Annotated[int, Meta(ge=300, le=921_600)] | None = None
    """Speed of the line, bits a second; None takes the profile's."""
    repeat_seconds: RepeatSeconds | None = None
    """Until it reads a card that lies there again, at most; None takes the profile's."""
    direction: Direction | None = None
    """What a tap on it means; None lets the system decide."""
    place: ShortText | None = None
    """Where it stands, for the administrator. Taps carry its name only."""
