"""The units of the nightly jobs with their timers, as text, and what the units of the door share with them.

Rule: a unit may do what its part of the product does, and nothing else. It may write the home, and where backups go.
Not hardened away: `adjtimex`, by which each tap checks whether the clock is synchronised. ProtectClock= would forbid
it, and with it every device that is not a clock.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from domain.use_cases.unit_rules import UnitRules
from kiosk.head_settings import HeadSettings
from kiosk.home import Home
from kiosk.notice_settings import NoticeSettings
from kiosk.systemd.quoting import quote_command, quote_word
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
    notices: NoticeSettings | None = None
    heads: HeadSettings | None = None
    has_hub: bool = False
    """Whether the kiosk belongs to a hub, where nights, backups and notices are."""

    def compute_job_start(self, job: int) -> time:
        """The local start of the n-th job of the night: 0 reconciles, 1 makes a backup, 2 restores it in a drill."""
        ends = datetime.combine(date.min, self.day_ends_at)
        return (ends + MARGIN + job * BETWEEN_JOBS).time()


def build_settings(home: Home, program: Path, user: str, unit_folder: Path, backups: Path | None) -> SystemdSettings:
    """The settings by the policy that is in force today."""
    rules = UnitRules(home.log).load()
    policy = rules.policies.on(rules.days.of(home.clock.now()).toordinal())
    path, copies = home.path.resolve(), backups.resolve() if backups else None
    zone, kept = home.zone.key, home.settings
    has_hub = kept.hub is not None
    return SystemdSettings(
        path, program, user, unit_folder, copies, zone, policy.day_ends_at, kept.notices, kept.heads, has_hub
    )


TEMPORARY_FOLDERS = ("/tmp", "/var/tmp")  # noqa: S108 - compared with, not written to
"""Folders that are replaced for a unit with PrivateTmp=."""


# --- The nightly jobs ---


def build_night_files(settings: SystemdSettings) -> dict[str, str]:
    """Every file by its name, in the order of reading."""
    jobs = (
        ("kiosk-reconcile", SystemdText.RECONCILE_JOB.fill(), ("reconcile",)),
        ("kiosk-backup", SystemdText.BACKUP_JOB.fill(), ("backup", *([settings.backups] if settings.backups else []))),
        ("kiosk-restore-drill", SystemdText.RESTORE_DRILL_JOB.fill(), ("restore", "--drill")),
    )
    files, where = dict[str, str](), [settings.backups] if settings.backups else []
    for job, (name, description, words) in enumerate(jobs):
        files[f"{name}.service"] = (
            _format_job(settings, description, words, [*where, *_list_heads_folders(settings)])
            + _format_credential(settings)
            if words == ("reconcile",)
            else _format_job(settings, description, words, where)
        )
        begins = f"*-*-* {settings.compute_job_start(job):%H:%M:%S} {settings.zone}"
        files[f"{name}.timer"] = _format_timer(SystemdText.TIMER.fill(description=description), begins)
    return files


def _list_heads_folders(settings: SystemdSettings) -> list[Path]:
    return [settings.home / folder for folder in settings.heads.folders] if settings.heads else []


def _format_credential(settings: SystemdSettings) -> str:
    """The key that signs heads, for the job that signs them: no other unit of the same user can read it."""
    key = settings.heads and settings.heads.key
    return f"LoadCredential={quote_word(f'head.key:{settings.home / key}')}\n" if key else ""


def build_notice_files(settings: SystemdSettings) -> dict[str, str]:
    """The unit that sends the notices, with its timer; nothing where none are configured."""
    if settings.notices is None:
        return {}
    description = SystemdText.NOTIFY_JOB.fill()
    folder = [settings.home / settings.notices.folder] if settings.notices.folder else []
    service = _format_job(settings, description, ("notify",), folder, "AF_UNIX AF_INET AF_INET6 AF_NETLINK")
    timer = _format_timer(SystemdText.OFTEN.fill(description=description), EVERY_QUARTER)
    return {"kiosk-notify.service": service, "kiosk-notify.timer": timer}


# --- A kiosk that belongs to a hub ---

SYNC = "kiosk-sync.service"
RESTART_SECONDS, SECONDS_TO_STOP = 5, 10
"""It ends within three seconds of a signal."""


def build_sync_files(settings: SystemdSettings) -> dict[str, str]:
    """The unit that exchanges with the hub. It is started again for ever: what waits must not be forgotten."""
    text = f"""\
[Unit]
Description={SystemdText.JOB.fill(description=SystemdText.SYNC_JOB.fill())}
After=network.target
StartLimitIntervalSec=0

[Service]
ExecStart={quote_command(settings.program, "sync", "--home", settings.home)}
Restart=always
RestartSec={RESTART_SECONDS}
TimeoutStopSec={SECONDS_TO_STOP}
{format_owner(settings)}
{format_hardening(settings)}
PrivateDevices=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallFilter=@system-service adjtimex clock_adjtime

[Install]
WantedBy=multi-user.target
"""
    return {SYNC: text}


# --- Settings of every job ---

EVERY_QUARTER = "*-*-* *:00/15:00"
"""How often it is looked what is due, in the terms of systemd.time(7): as soon as a notice is first tried again."""


def _format_job(
    settings: SystemdSettings,
    description: str,
    words: tuple[str | Path, ...],
    writable: Sequence[Path],
    families: str = "AF_UNIX",
) -> str:
    """A job that may write the home and some folders, and use the sockets of some families."""
    return f"""\
[Unit]
Description={SystemdText.JOB.fill(description=description)}

[Service]
Type=oneshot
ExecStart={quote_command(settings.program, *words, "--home", settings.home)}
Nice=10
IOSchedulingClass=idle
TimeoutStartSec=2h
{format_owner(settings)}
{format_hardening(settings, *writable)}
PrivateDevices=yes
RestrictAddressFamilies={families}
SystemCallFilter=@system-service adjtimex clock_adjtime
"""


def _format_timer(description: str, begins: str) -> str:
    return f"""\
[Unit]
Description={description}

[Timer]
OnCalendar={begins}
Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target
"""


# --- Settings of every unit ---


def format_owner(settings: SystemdSettings) -> str:
    """By whom a unit is run."""
    return f"""\
User={settings.user}
UMask=0077
LimitCORE=0"""


def format_hardening(settings: SystemdSettings, *elsewhere: Path) -> str:
    """What a unit may do, and the folders that it may write beside the home.

    A missing disk stops no unit: the dash lets it start without the folder.
    """
    writable = [quote_word(settings.home), *(quote_word(f"-{folder}") for folder in elsewhere)]
    folders = (settings.home, *elsewhere)
    lies_in_tmp = any(path.is_relative_to(temporary) for path in folders for temporary in TEMPORARY_FOLDERS)
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
