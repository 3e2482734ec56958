"""What this machine and this home still lack for an entrance that works, and the commands that mend it.

Rule: nothing here keeps the units from being written: a machine may be installed before its reader and its disk for
backups are there. What is missing is one warning, and where a command can mend it, one of the next steps.
"""

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from devices.ports.addresses import parse_address
from kiosk.backups.trust import OTHERS_WRITE
from kiosk.input_files import SETTINGS_FILE
from kiosk.reader_settings import Reader
from kiosk.readers.diagnostics import find_device, find_group
from kiosk.systemd.door_units import CAGE
from kiosk.systemd.start_terminal import FONT, FOOT
from kiosk.systemd.trial import SystemUser
from kiosk.systemd.units import SystemdSettings
from kiosk.words.installation import InstallText

XWAYLAND = Path("/usr/bin/Xwayland")
"""Observed: the cage of Debian 12 does not start without it, and its package does not depend on it."""
LIBRARIES = Path("/usr/lib")
SESSION_MODULE = "security/pam_systemd.so"
"""Without it the user of the units gets no session, and cage neither screen nor keyboard."""
FONTS, FONT_FILES = Path("/usr/share/fonts"), "NotoSansCJK*"
USUAL_GROUPS = {"serial": "dialout", "keyboard": "input"}
"""The groups of Debian for devices that are not plugged in yet, by the kind of their port."""
SCREEN_AND_SOUND = ("video", "render", "audio")
ALL_MAY_USE = 0o006


class Shortcoming(NamedTuple):
    """One thing that is missing."""

    warning: str
    about: str = ""
    """What the command does, in the list of next steps."""
    command: str = ""
    """For root; empty where only a person can mend it."""


def find_shortcomings(settings: SystemdSettings, user: SystemUser, readers: tuple[Reader, ...]) -> list[Shortcoming]:
    """All of them, in the order in which they are mended."""
    return [
        *_find_missing_packages(),
        *_find_missing_groups(user, readers),
        *_find_backup_faults(settings, user),
        *_find_missing_readers(settings, user, readers),
    ]


# --- The machine ---


def _find_missing_packages() -> Iterator[Shortcoming]:
    programs = {"cage": CAGE, "foot": FOOT, "xwayland": XWAYLAND}
    missing = [package for package, program in programs.items() if not program.exists()]
    if not any(LIBRARIES.glob(f"*/{SESSION_MODULE}")) and not (Path("/lib") / SESSION_MODULE).exists():
        missing.append("libpam-systemd")
    if not has_font():
        missing.append("fonts-noto-cjk")
        yield Shortcoming(InstallText.FONT_MISSING.fill(font=FONT))
    if missing:
        packages = " ".join(missing)
        command = f"apt-get install --no-install-recommends {packages}"
        yield Shortcoming(
            InstallText.PACKAGES_MISSING.fill(packages=packages), InstallText.INSTALL_PACKAGES.fill(), command
        )


def has_font() -> bool:
    """Whether the terminal finds its font: by the list of fontconfig, without its tools by the file of the package."""
    program = shutil.which("fc-list")
    if program is None:
        return any(FONTS.rglob(FONT_FILES))
    listed = subprocess.run([program, FONT, "family"], capture_output=True, text=True, check=False)  # noqa: S603 - fc-list
    return FONT in listed.stdout


# --- The user ---


def _find_missing_groups(user: SystemUser, readers: tuple[Reader, ...]) -> Iterator[Shortcoming]:
    wanted = dict.fromkeys([*filter(None, map(_find_group_of, readers)), *SCREEN_AND_SOUND])
    missing = ",".join(group for group in wanted if not user.is_in(group))
    if missing:
        yield Shortcoming(
            InstallText.GROUPS_MISSING.fill(user=user.name, groups=missing),
            InstallText.JOIN_GROUPS.fill(),
            f"usermod -aG {missing} {user.name}",
        )


def _find_group_of(reader: Reader) -> str:
    """The group that may use a reader's device; empty where no group is needed."""
    device = find_device(reader.port)
    if device is None:
        return ""
    if not device.exists():
        return USUAL_GROUPS.get(parse_address(reader.port).kind, "")
    return "" if device.stat().st_mode & ALL_MAY_USE == ALL_MAY_USE else find_group(device)


# --- The backups ---


def _find_backup_faults(settings: SystemdSettings, user: SystemUser) -> Iterator[Shortcoming]:
    folder = settings.backups
    if settings.has_hub:
        return
    if folder is None:
        yield Shortcoming(InstallText.BACKUPS_IN_HOME.fill())
        return
    mend = (
        InstallText.MAKE_BACKUP_FOLDER.fill(),
        shlex.join(["install", "-d", "-m", "0700", "-o", user.name, str(folder)]),
    )
    try:
        found = folder.stat()
    except OSError:
        yield Shortcoming(InstallText.BACKUPS_MISSING.fill(folder=folder), *mend)
        return
    if found.st_uid != user.uid:
        yield Shortcoming(InstallText.BACKUPS_NOT_OWN.fill(folder=folder, user=user.name), *mend)
    elif found.st_mode & OTHERS_WRITE:
        yield Shortcoming(InstallText.BACKUPS_OPEN.fill(folder=folder), *mend)
    if found.st_dev == settings.home.stat().st_dev:
        yield Shortcoming(InstallText.BACKUPS_ON_SAME_DISK.fill(folder=folder))


# --- The readers ---


def _find_missing_readers(
    settings: SystemdSettings, user: SystemUser, readers: tuple[Reader, ...]
) -> Iterator[Shortcoming]:
    if not readers:
        words = [settings.program, "readers", "identify", "--home", settings.home, "--write"]
        command = shlex.join(["runuser", "-u", user.name, "--", *map(str, words)])
        warning = InstallText.NO_READER.fill(settings=settings.home / SETTINGS_FILE)
        yield Shortcoming(warning, InstallText.FIND_READER.fill(), command)
    for reader in readers:
        device = find_device(reader.port)
        if device is not None and not device.exists():
            yield Shortcoming(InstallText.READER_MISSING.fill(name=reader.name, device=device))
