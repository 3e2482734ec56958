"""The card readers of a home, each made for what it hangs on.

Rule: the settings were understood when they were read, so nothing is refused here.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from devices.ports.addresses import Kind, address_in
from devices.profiles.profile import Profile
from devices.profiles.registry import CATALOGUE, profile_named, profiles_with
from devices.readers.keyboard_reader import KeyboardReader
from devices.readers.pcsc_reader import PcscReader
from devices.readers.serial_reader import SerialReader
from kiosk.entrance.service import ReaderMaker
from kiosk.home import Home
from kiosk.settings import DEFAULT_PROFILE, PROFILES, Reader

MADE_BY: Mapping[Kind, type[SerialReader | PcscReader | KeyboardReader]] = {
    "serial": SerialReader,
    "pcsc": PcscReader,
    "keyboard": KeyboardReader,
}
"""What reads each kind of port."""


def maker(reader: Reader, home: Home) -> ReaderMaker:
    """What makes a reader of the settings, once the screen says where its events go."""
    address = address_in(reader.port)
    profile = profile_of(reader, home.path)

    def now() -> datetime:
        return home.clock.now()  # an entrance in a simulation lives by another clock than its home was opened with

    return partial(MADE_BY[address.kind], reader.name, address.place, profile, now=now)


def profile_of(reader: Reader, home: Path) -> Profile:
    """How a reader of the settings reports a card, with its own speed where it has one."""
    name = reader.profile or DEFAULT_PROFILE[address_in(reader.port).kind]
    known = CATALOGUE if name in CATALOGUE else profiles_with(home / PROFILES)
    profile = profile_named(name, known)
    return replace(profile, baud=reader.baud) if reader.baud else profile
