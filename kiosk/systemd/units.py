"""The unit files, as text: the entrance under its watchdog, and the three jobs of every night with their timers.

Rule: a unit may do what its part of the product does, and nothing else. It may write the home, and where backups go.
Not hardened away: `adjtimex`, by which each tap asks whether somebody vouches for the clock. ProtectClock= would forbid
it, and with it every device that is not a clock.
"""

from pathlib import Path

from kiosk.systemd.plan import SystemdSettings
from kiosk.systemd.quoting import build_shell_line, quote_command, quote_word
from kiosk.systemd.terminal import FOOT_FILE, build_foot_ini

FILE_HEADER = "# Written by `kiosk install-service`: it writes this file anew."
CAGE, FOOT, SHELL = Path("/usr/bin/cage"), Path("/usr/bin/foot"), Path("/bin/sh")
XWAYLAND = Path("/usr/bin/Xwayland")
"""Seen: the cage of Debian 12 does not start without it, and its package does not ask for it."""
WATCHDOG_SECONDS = 30
"""Silence after which systemd starts the entrance anew; it is told each second that all is well."""
OUT_OF_SERVICE_SECONDS = 2
"""For which a screen that ended says why, before it is started anew: together with RestartSec three seconds."""

TEMPORARY_FOLDERS = ("/tmp", "/var/tmp")  # noqa: S108 - asked about, not written to
"""Folders of which a unit with a private one sees nothing."""
ENTRANCE = "kiosk-entrance.service"


def build_unit_files(plan: SystemdSettings) -> dict[str, str]:
    """Every file by its name, in the order in which one reads them."""
    jobs = (
        ("kiosk-reconcile", "settle the service days that are over", ("reconcile",)),
        ("kiosk-backup", "copy the home", ("backup", *([plan.backups] if plan.backups else []))),
        ("kiosk-restore-drill", "restore the last backup for trial", ("restore", "--drill")),
    )
    files = {ENTRANCE: _format_entrance(plan)}
    for number, (name, does, words) in enumerate(jobs):
        files[f"{name}.service"] = _format_job(plan, does, words)
        files[f"{name}.timer"] = _format_timer(plan, does, number)
    files[FOOT_FILE] = build_foot_ini()
    return {name: f"{FILE_HEADER}\n{text}" for name, text in files.items()}


def list_units_to_enable(files: dict[str, str]) -> list[str]:
    """What systemd is to start by itself."""
    return [name for name in files if name == ENTRANCE or name.endswith(".timer")]


# --- The entrance ---


def _format_entrance(plan: SystemdSettings) -> str:
    run = build_shell_line([plan.program, "run", "--home", plan.home], f"sleep {OUT_OF_SERVICE_SECONDS}")
    foot = [FOOT, f"--config={plan.unit_folder / FOOT_FILE}", "--fullscreen", "--", SHELL, "-c", run]
    return _ENTRANCE.format(
        watchdog=WATCHDOG_SECONDS,
        shown=quote_command(CAGE, "-d", "--", *foot),
        whose=_format_owner(plan),
        hardened=_format_hardening(plan),
    )


_ENTRANCE = """\
[Unit]
Description=Volunteers check in: the entrance
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
ExecStart={shown}
{whose}
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
{hardened}
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallFilter=@system-service adjtimex clock_adjtime

[Install]
WantedBy=multi-user.target
"""


# --- The night ---


def _format_job(plan: SystemdSettings, does: str, words: tuple[str | Path, ...]) -> str:
    return f"""\
[Unit]
Description=Volunteers check in: {does}

[Service]
Type=oneshot
ExecStart={quote_command(plan.program, *words, "--home", plan.home)}
Nice=10
IOSchedulingClass=idle
TimeoutStartSec=2h
{_format_owner(plan)}
{_format_hardening(plan, plan.backups)}
PrivateDevices=yes
RestrictAddressFamilies=AF_UNIX
SystemCallFilter=@system-service adjtimex clock_adjtime
"""


def _format_timer(plan: SystemdSettings, does: str, job: int) -> str:
    return f"""\
[Unit]
Description=Every night: {does}

[Timer]
OnCalendar=*-*-* {plan.compute_job_start(job):%H:%M:%S} {plan.zone}
Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target
"""


# --- What all have ---


def _format_owner(plan: SystemdSettings) -> str:
    return f"""\
User={plan.user}
UMask=0077
LimitCORE=0"""


def _format_hardening(plan: SystemdSettings, backups: Path | None = None) -> str:
    """A disk for backups that is not there stops nothing: the dash lets a unit begin without the folder."""
    written = [quote_word(plan.home), *([quote_word(f"-{backups}")] if backups else [])]
    used = [plan.home, *([backups] if backups else [])]
    lies_in_tmp = any(path.is_relative_to(folder) for path in used for folder in TEMPORARY_FOLDERS)
    return f"""\
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={" ".join(written)}
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
