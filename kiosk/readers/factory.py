"""The card readers of a home, each made for what it hangs on.

Rule: the settings were understood when they were read, so nothing is refused here.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from devices.ports.addresses import AddressKind, parse_address
from devices.profiles.profile import Profile
from devices.profiles.registry import BUILTIN_PROFILES, find_profile, load_all_profiles
from devices.readers.keyboard_reader import KeyboardReader
from devices.readers.pcsc_reader import PcscReader
from devices.readers.serial_reader import SerialReader
from kiosk.entrance.service import ReaderFactory
from kiosk.home import Home
from kiosk.settings import DEFAULT_PROFILE, PROFILES, Reader

READER_CLASSES: Mapping[AddressKind, type[SerialReader | PcscReader | KeyboardReader]] = {
    "serial": SerialReader,
    "pcsc": PcscReader,
    "keyboard": KeyboardReader,
}
"""What reads each kind of port."""


def build_maker(reader: Reader, home: Home) -> ReaderFactory:
    """What makes a reader of the settings, once the screen says where its events go."""
    address = parse_address(reader.port)
    profile = resolve_profile(reader, home.path)

    def now() -> datetime:
        return home.clock.now()  # an entrance in a simulation lives by another clock than its home was opened with

    return partial(READER_CLASSES[address.kind], reader.name, address.place, profile, now=now)


def resolve_profile(reader: Reader, home: Path) -> Profile:
    """How a reader of the settings reports a card, with its own speed where it has one."""
    name = reader.profile or DEFAULT_PROFILE[parse_address(reader.port).kind]
    known = BUILTIN_PROFILES if name in BUILTIN_PROFILES else load_all_profiles(home / PROFILES)
    profile = find_profile(name, known)
    return replace(profile, baud=reader.baud) if reader.baud else profile
