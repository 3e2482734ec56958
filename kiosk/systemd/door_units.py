"""The units of the screen at the door, as text: the entrance under its watchdog, and "sign on paper" where it fails.

Rule: the screen is never black. An entrance that fails is started again at once; one that fails again and again gives
way to a screen that asks people to sign on paper, and is tried again after a while, without an administrator.
"""

from pathlib import Path

from kiosk.systemd.paper_screen import FONT_PIXELS, PAPER_FILE, build_paper_script
from kiosk.systemd.quoting import build_shell_line, quote_command, quote_word
from kiosk.systemd.start_terminal import FONT, FOOT
from kiosk.systemd.terminal import FOOT_FILE, build_foot_ini
from kiosk.systemd.units import SystemdSettings, format_hardening, format_owner
from kiosk.words.reports import SystemdText

CAGE, SHELL = Path("/usr/bin/cage"), Path("/bin/sh")
ENTRANCE, PAPER = "kiosk-entrance.service", "kiosk-sign-on-paper.service"
CONSOLE, RETRY = "kiosk-sign-on-paper-console.service", "kiosk-entrance-retry.timer"

CACHE = "kiosk"
"""In /var/cache, of the user of the units."""
WATCHDOG_SECONDS = 30
"""Silence after which systemd restarts the entrance, which reports each second that it works."""
OUT_OF_SERVICE_SECONDS = 2
"""Seconds for which an entrance that ended shows the reason; with RestartSec three seconds until the restart."""
MOST_STARTS = 6
"""Starts within `STARTS_MINUTES` after which the entrance is given up for a while. One that ends at once has had them
after half a minute, one that hangs until the watchdog ends it (some 36 s a start) after less than four minutes."""
STARTS_MINUTES = 4
RETRY_MINUTES = 5
"""After which the entrance is tried again; longer than `STARTS_MINUTES`, or systemd would refuse."""


def build_door_files(settings: SystemdSettings) -> dict[str, str]:
    """Every file by its name, in the order of reading."""
    return {
        ENTRANCE: _format_entrance(settings),
        PAPER: _format_paper(settings),
        CONSOLE: _format_console(settings),
        RETRY: _RETRY.format(
            description=SystemdText.RETRY.fill(), entrance=ENTRANCE, papers=f"{PAPER} {CONSOLE}", minutes=RETRY_MINUTES
        ),
        FOOT_FILE: build_foot_ini(),
        PAPER_FILE: build_paper_script(),
    }


def _format_entrance(settings: SystemdSettings) -> str:
    run = build_shell_line([settings.program, "run", "--home", settings.home], f"sleep {OUT_OF_SERVICE_SECONDS}")
    start = [settings.program.with_name("python"), "-I", "-m", "kiosk.systemd.start_terminal"]
    return _ENTRANCE.format(
        description=SystemdText.ENTRANCE.fill(),
        paper=PAPER,
        console=CONSOLE,
        starts=MOST_STARTS,
        minutes=STARTS_MINUTES,
        watchdog=WATCHDOG_SECONDS,
        command=quote_command(CAGE, "-d", "--", *start, settings.unit_folder / FOOT_FILE, SHELL, "-c", run),
        screen=_format_screen(settings),
    )


def _format_paper(settings: SystemdSettings) -> str:
    look = [f"--config={settings.unit_folder / FOOT_FILE}", "--fullscreen", f"--font={FONT}:pixelsize={FONT_PIXELS}"]
    return _PAPER.format(
        description=SystemdText.PAPER.fill(),
        entrance=ENTRANCE,
        console=CONSOLE,
        retry=RETRY,
        command=quote_command(CAGE, "-d", "--", FOOT, *look, "--", SHELL, settings.unit_folder / PAPER_FILE),
        screen=_format_screen(settings),
    )


def _format_console(settings: SystemdSettings) -> str:
    return _CONSOLE.format(
        description=SystemdText.CONSOLE.fill(),
        entrance=ENTRANCE,
        paper=PAPER,
        retry=RETRY,
        command=quote_command(SHELL, settings.unit_folder / PAPER_FILE),
        user=quote_word(settings.user),
    )


def _format_screen(settings: SystemdSettings) -> str:
    """What a unit needs that shows something on the first terminal, through a session of its user (pam_systemd)."""
    return f"""\
{format_owner(settings)}
# Where cage is ended together with its programs it aborts (seen on Debian 12): a door that is stopped has not failed.
KillMode=mixed
SuccessExitStatus=SIGABRT
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
# The home is often the home directory of its user as well: what fonts and graphics cache has no place in it.
CacheDirectory={CACHE}
CacheDirectoryMode=0700
Environment=LANG=C.UTF-8 TEXTUAL_ANIMATIONS=none XDG_CACHE_HOME=/var/cache/{CACHE}
{format_hardening(settings)}
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallFilter=@system-service adjtimex clock_adjtime"""


_ENTRANCE = """\
[Unit]
Description={description}
Wants=dbus.socket systemd-logind.service
After=dbus.socket systemd-logind.service systemd-user-sessions.service getty@tty1.service time-sync.target
Conflicts=getty@tty1.service {paper} {console}
StartLimitBurst={starts}
StartLimitIntervalSec={minutes}min
OnFailure={paper}

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
{screen}

[Install]
WantedBy=multi-user.target
"""

_PAPER = """\
[Unit]
Description={description}
Wants=dbus.socket systemd-logind.service {retry}
After={entrance} dbus.socket systemd-logind.service systemd-user-sessions.service getty@tty1.service
Conflicts=getty@tty1.service {console}
# Where cage, foot or the session is what fails.
OnFailure={console}

[Service]
TimeoutStopSec=15
ExecStart={command}
{screen}
"""

_CONSOLE = """\
[Unit]
Description={description}
Wants={retry}
After={entrance} {paper} getty@tty1.service
Conflicts=getty@tty1.service {paper}
PartOf={paper}

[Service]
ExecStart={command}
User={user}
TTYPath=/dev/tty1
TTYReset=yes
TTYVHangup=yes
StandardInput=tty-force
StandardOutput=tty
StandardError=journal
Environment=TERM=linux
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateNetwork=yes
SystemCallArchitectures=native
"""

_RETRY = """\
[Unit]
Description={description}
# The stop of the last screen stops this too, and the door stays closed.
PartOf={papers}

[Timer]
OnActiveSec={minutes}min
RemainAfterElapse=no
AccuracySec=1s
Unit={entrance}
"""
