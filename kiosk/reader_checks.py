"""What is wrong with the card readers of `kiosk.toml`, beyond what the types of the fields say: ports and profiles.

Apart from the other settings, because profiles and the sentences about them are loaded only where there is a reader.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from devices.faults import build_choices
from devices.ports.addresses import Address, AddressKind, NotAnAddress, parse_address
from devices.profiles.profile import Profile
from devices.profiles.profile_files import ProfileError
from devices.profiles.registry import BUILTIN_PROFILES, load_all_profiles
from devices.validation import Place
from kiosk.errors import UserError
from kiosk.home_files import PROFILES
from kiosk.reader_settings import Reader
from kiosk.words.devices import explain_not_an_address, explain_profile_error
from kiosk.words.errors import SettingsText
from kiosk.words.validation import format_field

DEFAULT_PROFILE: Mapping[AddressKind, str] = {"pcsc": "pcsc"}
"""The only profile that a kind of port can have."""


def load_home_profiles(home: Path) -> Mapping[str, Profile]:
    """The profiles that come with the product, and those of a home. Raises: UserError, with the file and its line."""
    try:
        return load_all_profiles(home / PROFILES)
    except ProfileError as error:
        raise UserError(explain_profile_error(error)) from None


def check_readers(readers: Sequence[Reader], home: Path) -> Iterator[tuple[Place, str]]:
    """Where something is wrong, and the sentence.

    Where a file of profiles cannot be used, no profile of the home is known: it is named where one is needed.
    """
    profiles, are_all_known = BUILTIN_PROFILES, False
    with suppress(UserError):
        profiles, are_all_known = load_home_profiles(home), True
    for index, reader in enumerate(readers):
        for field, complaint in _check_reader(reader, readers[:index], profiles):
            if field != "profile" or are_all_known or not reader.profile or reader.profile in profiles:
                yield ("reader", index, field), complaint


def _check_reader(
    reader: Reader, before: Sequence[Reader], profiles: Mapping[str, Profile]
) -> Iterator[tuple[str, str]]:
    if reader.name in [other.name for other in before]:
        yield "name", SettingsText.READER_NAME_TAKEN.fill(name=reader.name)
    if reader.port in [other.port for other in before]:
        yield "port", SettingsText.PORT_TAKEN.fill(port=reader.port)
    try:
        address = parse_address(reader.port)
    except NotAnAddress as error:
        yield "port", explain_not_an_address(error)
        return
    if address.kind != "serial" and reader.baud:
        yield "baud", SettingsText.PORT_HAS_NO_SPEED.fill(port=reader.port)
    if complaint := _check_profile(reader.profile or DEFAULT_PROFILE.get(address.kind), address, profiles):
        yield "profile", complaint


def _check_profile(name: str | None, address: Address, profiles: Mapping[str, Profile]) -> str | None:
    if name is None:
        return SettingsText.PROFILE_MISSING.fill(profiles=", ".join(profiles))
    if name not in profiles:
        advice = format_field(build_choices(name, profiles))
        return SettingsText.UNKNOWN_PROFILE.fill(name=name, advice=advice)
    if address.kind == "keyboard" and not profiles[name].text:
        return SettingsText.NOT_A_KEYBOARD_PROFILE.fill(name=name)
    if (address.kind == "pcsc") != (name == DEFAULT_PROFILE["pcsc"]):
        return SettingsText.PCSC_PROFILE_AND_PORT.fill()
    return None
