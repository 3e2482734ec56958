"""`[hub]` in kiosk.toml: the hub that a kiosk belongs to. A home that has it is that of a kiosk which has joined.

Rule: what a kiosk sends is protected on the way, or does not leave the machine.
"""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from msgspec import Meta

from kiosk.errors import SettingsError
from kiosk.home_files import JOINED_FILE, LOG_FILE
from kiosk.input_files import SETTINGS_FILE
from kiosk.toml_files import TomlFile
from kiosk.words.joined import JoinedText

ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
"""Hosts that are asked without encryption: nothing leaves the machine."""


class HubSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A hub, and the unit there."""

    address: Annotated[str, Meta(min_length=1, max_length=1_000)]
    """https://HOST:PORT"""
    unit: UUID
    """The name that the log of the unit had when this kiosk joined."""


class _HubAlone(msgspec.Struct, frozen=True):
    hub: HubSettings | None = None
    store: object = None


def find_hub(home: Path) -> HubSettings | None:
    """The hub of a home; None for a home of its own. Other faults of the settings are left to who needs them.

    Raises: SettingsError.
    """
    settings = home / SETTINGS_FILE
    if not settings.exists():
        return None
    try:
        file = TomlFile.read(settings)
        found = file.convert(_HubAlone)
    except SettingsError:
        if (home / LOG_FILE).exists() and not (home / JOINED_FILE).exists():
            return None
        raise
    if found.hub and (complaint := find_wrong_hub(found.hub.address)):
        raise file.build_error(("hub", "address"), complaint)
    if found.hub and found.store:
        raise file.build_error(("store",), JoinedText.HUB_AND_STORE.fill())
    return found.hub


def find_wrong_hub(address: str) -> str | None:
    """Why an address cannot be that of a hub, as a sentence; None where it can."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
        (host or "").encode("idna")  # as it is looked up: a label that is empty or has more than 63 bytes is no name
    except ValueError:  # also UnicodeError
        return JoinedText.NOT_A_HUB.fill()
    if not host or not address.isprintable() or " " in address or parts.username or parts.password:
        return JoinedText.NOT_A_HUB.fill()
    if parts.scheme not in ("https", "http") or parts.path not in ("", "/") or parts.query or parts.fragment:
        return JoinedText.NOT_A_HUB.fill()
    return JoinedText.HUB_NOT_ENCRYPTED.fill() if parts.scheme == "http" and host not in ON_THIS_MACHINE else None
