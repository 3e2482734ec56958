"""The user of the units, and a trial start of the installed program as that user.

Rule: it is really run, by that user, in their groups, so that whatever keeps it from starting is found out: a folder
that is closed, a missing interpreter, a home that is not theirs.
"""

import grp
import os
import pwd
import subprocess
from pathlib import Path
from typing import Any, NamedTuple, Self

import msgspec

from domain.typed_decoding import decode_json
from kiosk.errors import EXIT_NO, UserError
from kiosk.words.installation import InstallText

TRIAL_SECONDS = 600
"""A start may have to build all read models anew, as `TimeoutStartSec=` of the entrance allows."""
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
"""What systemd sets, as far as it matters: nothing of root's shell helps the program."""
NEEDED_CHECKS = ("settings", "log")
"""Checks of `kiosk status` without which the entrance does not open."""
USUAL_GROUPS = "dialout,input,audio,video,render"
"""Groups of Debian: serial ports, keyboards, sound, the screen and its accelerator."""


class _Check(msgspec.Struct):
    name: str
    ok: bool
    detail: str


class _Status(msgspec.Struct):
    """The JSON of `kiosk status`."""

    checks: list[_Check]


class SystemUser(NamedTuple):
    """A user other than root."""

    name: str
    uid: int
    gid: int
    groups: list[int]
    """All of them, as at a login."""

    @classmethod
    def find(cls, name: str) -> Self:
        """Raises: UserError where there is none of that name, or it is root."""
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            raise UserError(InstallText.NO_USER.fill(user=name, groups=USUAL_GROUPS)) from None
        if found.pw_uid == 0:
            raise UserError(InstallText.USER_IS_ROOT.fill())
        return cls(name, found.pw_uid, found.pw_gid, os.getgrouplist(name, found.pw_gid))

    def is_in(self, group: str) -> bool:
        """Whether they belong to a group; to one that this machine does not have, nobody needs to."""
        try:
            return grp.getgrnam(group).gr_gid in self.groups
        except KeyError:
            return True


def try_program(program: Path, user: SystemUser) -> bool:
    """Start the program as a user; False where only root could try that. Raises: UserError where they cannot."""
    if not _is_possible(user):
        return False
    version = _run_as(user, program, "--version")
    if version.returncode != 0:
        reason = _find_last_line(version)
        raise UserError(InstallText.PROGRAM_UNUSABLE.fill(user=user.name, program=program, reason=reason), EXIT_NO)
    return True


def try_home(program: Path, home: Path, user: SystemUser) -> None:
    """Have the program look at a home as a user, where that can be tried. Raises: UserError where they cannot."""
    if not _is_possible(user):
        return
    if reason := _find_obstacle(_run_as(user, program, "status", "--home", str(home), "--format", "json")):
        text = InstallText.HOME_UNUSABLE.fill(user=user.name, program=program, home=home, reason=reason)
        raise UserError(text, EXIT_NO)


def _is_possible(user: SystemUser) -> bool:
    return os.geteuid() in (0, user.uid)


def _find_obstacle(looked: subprocess.CompletedProcess[str]) -> str:
    """What keeps the entrance from opening, from the answer of `kiosk status`; empty where nothing does."""
    try:
        checks = decode_json(looked.stdout, _Status).checks
    except msgspec.DecodeError:
        return _find_last_line(looked)
    return next((check.detail for check in checks if check.name in NEEDED_CHECKS and not check.ok), "")


def _find_last_line(ended: subprocess.CompletedProcess[str]) -> str:
    """Of what a program that failed wrote: there stands the reason, also of a fault in Python."""
    return (ended.stderr.strip().splitlines() or [f"status {ended.returncode}"])[-1]


def _run_as(user: SystemUser, program: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end. Raises: UserError where it does not start, or does not end."""
    identity: dict[str, Any] = {"user": user.uid, "group": user.gid, "extra_groups": user.groups}
    try:
        return subprocess.run(  # noqa: S603 - this very program
            [program, *words],
            **(identity if os.geteuid() == 0 else {}),
            cwd="/",
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TRIAL_SECONDS,
            check=False,
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except subprocess.TimeoutExpired:
        reason = InstallText.NO_ANSWER.fill(seconds=TRIAL_SECONDS)
    raise UserError(InstallText.PROGRAM_UNUSABLE.fill(user=user.name, program=program, reason=reason), EXIT_NO)
