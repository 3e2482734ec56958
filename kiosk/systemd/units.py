"""The unit files, as text: the entrance under its watchdog, and the three jobs of every night with their timers.

Rule: a unit may do what its part of the product does, and nothing else. It may write the home, and where backups go.
Not hardened away: `adjtimex`, by which each tap checks whether the clock is synchronised. ProtectClock= would forbid
it, and with it every device that is not a clock.
"""

import re
import shlex
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from domain.use_cases.unit_rules import UnitRules
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.systemd.terminal import FOOT_FILE, build_foot_ini
from kiosk.words.reports import SystemdText

MARGIN = timedelta(minutes=20)
"""From the end of a service day to the first job: taps of other kiosks and late corrections still arrive."""
BETWEEN_JOBS = timedelta(minutes=30)
"""So that the backup holds what the reconciliation recorded, and the drill restores that backup."""


class SystemdSettings(NamedTuple):
    """The settings of one kiosk."""

    home: Path
    """Absolute, without links."""
    program: Path
    """The installed `kiosk`."""
    user: str
    unit_folder: Path
    backups: Path | None
    """The folder of the backups; None for the home's own."""
    zone: str
    day_ends_at: time
    """Local time at which the service day ends."""

    def compute_job_start(self, job: int) -> time:
        """The local start of the n-th job of the night: 0 reconciles, 1 makes a backup, 2 restores it in a drill."""
        ends = datetime.combine(date.min, self.day_ends_at)
        return (ends + MARGIN + job * BETWEEN_JOBS).time()


def build_settings(
    home: Home, program: Path, user: str | None, unit_folder: Path, backups: Path | None
) -> SystemdSettings:
    """The settings by the policy that is in force today; without a user, the owner of the home."""
    rules = UnitRules(home.log).load()
    policy = rules.policies.on(rules.days.of(home.clock.now()).toordinal())
    path, copies = home.path.resolve(), backups.resolve() if backups else None
    return SystemdSettings(path, program, user or path.owner(), unit_folder, copies, home.zone.key, policy.day_ends_at)


FILE_HEADER = SystemdText.FILE_HEADER.fill()
CAGE, FOOT, SHELL = Path("/usr/bin/cage"), Path("/usr/bin/foot"), Path("/bin/sh")
XWAYLAND = Path("/usr/bin/Xwayland")
"""Observed: the cage of Debian 12 does not start without it, and its package does not depend on it."""
WATCHDOG_SECONDS = 30
"""Silence after which systemd restarts the entrance, which reports each second that it works."""
OUT_OF_SERVICE_SECONDS = 2
"""Seconds for which an entrance that ended shows the reason; with RestartSec three seconds until the restart."""

TEMPORARY_FOLDERS = ("/tmp", "/var/tmp")  # noqa: S108 - compared with, not written to
"""Folders that are replaced for a unit with PrivateTmp=."""
ENTRANCE = "kiosk-entrance.service"


def build_unit_files(settings: SystemdSettings) -> dict[str, str]:
    """Every file by its name, in the order of reading."""
    jobs = (
        ("kiosk-reconcile", SystemdText.RECONCILE_JOB.fill(), ("reconcile",)),
        ("kiosk-backup", SystemdText.BACKUP_JOB.fill(), ("backup", *([settings.backups] if settings.backups else []))),
        ("kiosk-restore-drill", SystemdText.RESTORE_DRILL_JOB.fill(), ("restore", "--drill")),
    )
    files = {ENTRANCE: _format_entrance(settings)}
    for job, (name, description, words) in enumerate(jobs):
        files[f"{name}.service"] = _format_job(settings, description, words)
        files[f"{name}.timer"] = _format_timer(settings, description, job)
    files[FOOT_FILE] = build_foot_ini()
    return {name: f"{FILE_HEADER}\n{text}" for name, text in files.items()}


def list_units_to_enable(files: dict[str, str]) -> list[str]:
    """The units that systemd starts by itself."""
    return [name for name in files if name == ENTRANCE or name.endswith(".timer")]


# --- The entrance ---


def _format_entrance(settings: SystemdSettings) -> str:
    run = build_shell_line([settings.program, "run", "--home", settings.home], f"sleep {OUT_OF_SERVICE_SECONDS}")
    foot = [FOOT, f"--config={settings.unit_folder / FOOT_FILE}", "--fullscreen", "--", SHELL, "-c", run]
    return _ENTRANCE.format(
        description=SystemdText.ENTRANCE.fill(),
        watchdog=WATCHDOG_SECONDS,
        command=quote_command(CAGE, "-d", "--", *foot),
        owner=_format_owner(settings),
        hardening=_format_hardening(settings),
    )


_ENTRANCE = """\
[Unit]
Description={description}
Wants=dbus.socket systemd-logind.service
After=dbus.socket systemd-logind.service systemd-user-sessions.service getty@tty1.service time-sync.target
Conflicts=getty@tty1.service
StartLimitIntervalSec=0

[Service]
Type=notify
# The program that tells is a grandchild: cage shows foot, and foot runs it.
NotifyAccess=all
WatchdogSec={watchdog}
# A start may have to build all read models anew.
TimeoutStartSec=10min
TimeoutStopSec=15
Restart=always
RestartSec=1
ExecStart={command}
{owner}
PAMName=login
TTYPath=/dev/tty1
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes
StandardInput=tty-fail
StandardOutput=journal
StandardError=journal
UtmpIdentifier=tty1
UtmpMode=user
Environment=LANG=C.UTF-8 TEXTUAL_ANIMATIONS=none
{hardening}
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallFilter=@system-service adjtimex clock_adjtime

[Install]
WantedBy=multi-user.target
"""


# --- The nightly jobs ---


def _format_job(settings: SystemdSettings, description: str, words: tuple[str | Path, ...]) -> str:
    return f"""\
[Unit]
Description={SystemdText.JOB.fill(description=description)}

[Service]
Type=oneshot
ExecStart={quote_command(settings.program, *words, "--home", settings.home)}
Nice=10
IOSchedulingClass=idle
TimeoutStartSec=2h
{_format_owner(settings)}
{_format_hardening(settings, settings.backups)}
PrivateDevices=yes
RestrictAddressFamilies=AF_UNIX
SystemCallFilter=@system-service adjtimex clock_adjtime
"""


def _format_timer(settings: SystemdSettings, description: str, job: int) -> str:
    return f"""\
[Unit]
Description={SystemdText.TIMER.fill(description=description)}

[Timer]
OnCalendar=*-*-* {settings.compute_job_start(job):%H:%M:%S} {settings.zone}
Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target
"""


# --- Settings of every unit ---


def _format_owner(settings: SystemdSettings) -> str:
    return f"""\
User={settings.user}
UMask=0077
LimitCORE=0"""


def _format_hardening(settings: SystemdSettings, backups: Path | None = None) -> str:
    """A missing disk for backups stops no unit: the dash lets it start without the folder."""
    writable = [quote_word(settings.home), *([quote_word(f"-{backups}")] if backups else [])]
    folders = [settings.home, *([backups] if backups else [])]
    lies_in_tmp = any(path.is_relative_to(folder) for path in folders for folder in TEMPORARY_FOLDERS)
    return f"""\
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={" ".join(writable)}
PrivateTmp={"no" if lies_in_tmp else "yes"}
PrivateMounts=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
LockPersonality=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM"""


# --- Quoting: systemd.service(5), "Command lines"; systemd.unit(5), "Specifiers" ---

PLAIN = re.compile(r"[\w@+=:,./-]+")
"""Text that needs no quotes."""


def quote_word(word: str | Path) -> str:
    """One word of a setting, nothing in it expanded. Raises: UserError for text that no unit file can hold."""
    text = str(word)
    if PLAIN.fullmatch(text):
        return text
    if not text.isprintable():
        raise UserError(SystemdText.UNQUOTABLE.fill(text=text))
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def quote_command(*words: str | Path) -> str:
    """A command line of a unit, where a dollar sign would expand too; its first word is the program's full path."""
    return " ".join(quote_word(word).replace("$", "$$") for word in words)


def build_shell_line(words: Sequence[str | Path], fallback: str) -> str:
    """A line for `sh -c`: the command, and another one when it fails."""
    return f"{shlex.join(map(str, words))} || {fallback}"
