"""The profiles that come with the product, by name, from the files in `devices/profiles/data/`; and people's own.

The rule: a new reader is a new block in a file. The name of a profile and what it means never change: they
stand in people's settings, and their cards were issued through them.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from devices.faults import Fault, ProfileFault
from devices.profiles.profile import Profile
from devices.profiles.profile_files import load_profile_file, load_profiles

FOLDER = Path(__file__).parent / "data"

PROFILE_FILES = (
    "em4100-modules",
    "em4100-lines",
    "uid-lines",
    "wiegand",
    "codes",
    "pn532",
    "sl025m",
    "sm130",
    "yhy523u",
    "aa-bb",
    "pcsc",
)
"""The files, in the order in which to offer them."""

BUILTIN_PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        name: profile
        for family in PROFILE_FILES
        for name, profile in load_profile_file(FOLDER / f"{family}.toml").items()
    }
)
"""Every built-in profile by its name, in the order in which to offer them."""


class UnknownProfile(Exception):
    """No profile has this name. `fault` lists those there are."""

    def __init__(self, name: str, known: Mapping[str, Profile]) -> None:
        super().__init__(name)
        self.fault = Fault(ProfileFault.UNKNOWN, {"name": name, "known": tuple(known)})


def load_all_profiles(folder: Path) -> Mapping[str, Profile]:
    """The built-in profiles, and behind them those of the files in `folder`, if there are any.

    Raises:
        ProfileError: a file is not understood, or gives its profile the name of another.
    """
    return MappingProxyType({**BUILTIN_PROFILES, **load_profiles(folder, BUILTIN_PROFILES)})


def find_profile(name: str, known: Mapping[str, Profile] = BUILTIN_PROFILES) -> Profile:
    """The profile with this name.

    Raises:
        UnknownProfile: there is none.
    """
    if name not in known:
        raise UnknownProfile(name, known)
    return known[name]
