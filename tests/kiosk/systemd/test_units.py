"""Units for systemd: hours that follow the policy, a terminal without a way out, a door that comes back."""

import re
import shlex
from pathlib import Path

import pytest

from kiosk.home import Home
from kiosk.systemd.door_units import (
    CAGE,
    CONSOLE,
    ENTRANCE,
    MOST_STARTS,
    OUT_OF_SERVICE_SECONDS,
    PAPER,
    RETRY,
    RETRY_MINUTES,
    STARTS_MINUTES,
    WATCHDOG_SECONDS,
)
from kiosk.systemd.install import list_units_to_enable
from kiosk.systemd.paper_screen import PAPER_FILE
from kiosk.systemd.terminal import FOOT_FILE
from kiosk.systemd.units import SYNC
from tests.kiosk.systemd.conftest import USER, write_units
from tests.support.joined_kiosk import join
from tests.support.kiosk_program import KIOSK, line, run_kiosk, write_batch

NIGHTS = ("kiosk-reconcile", "kiosk-backup", "kiosk-restore-drill")
FILES = {
    *(ENTRANCE, PAPER, CONSOLE, RETRY, FOOT_FILE, PAPER_FILE),
    *(f"{name}.{kind}" for name in NIGHTS for kind in ("service", "timer")),
}
PROGRAM_SECONDS = 6
"""From the start of an entrance to its first word to systemd, at most, on a small machine."""


def settings_in(unit: Path) -> dict[str, str]:
    """What a unit sets, each setting once."""
    pairs = [text.partition("=") for text in unit.read_text().splitlines() if re.match(r"\w+=", text)]
    assert len({name for name, _, _ in pairs}) == len(pairs)
    return {name: value for name, _, value in pairs}


# --- What is written ---


def test_every_file_is_written_and_its_own_files_are_replaced(simulation: Path, units: Path) -> None:
    files = write_units(simulation, units)
    assert {path.name for path in units.iterdir()} == set(files) == FILES
    assert list_units_to_enable(files) == [ENTRANCE, *(f"{name}.timer" for name in NIGHTS)]
    assert write_units(simulation, units) == files


@pytest.mark.parametrize(("folder", "writes"), [("outbox", "outbox"), ("/srv/outbox", "/srv/outbox")])
def test_a_home_with_notices_gets_a_timer_that_looks_every_quarter_of_an_hour(
    simulation: Path, units: Path, folder: str, writes: str
) -> None:
    with (simulation / "kiosk.toml").open("a") as settings:
        settings.write(f'[notices]\nfrom = "kiosk@example.org"\nreminders = true\nfolder = "{folder}"\n')
    files = write_units(simulation, units)
    assert set(files) == FILES | {"kiosk-notify.service", "kiosk-notify.timer"}
    assert list_units_to_enable(files)[-1] == "kiosk-notify.timer"
    job = settings_in(units / "kiosk-notify.service")
    assert job["ReadWritePaths"] == f"{simulation} -{simulation / writes}"
    assert "AF_INET6" in job["RestrictAddressFamilies"]
    assert settings_in(units / "kiosk-backup.service")["RestrictAddressFamilies"] == "AF_UNIX"
    assert settings_in(units / "kiosk-notify.timer")["OnCalendar"] == "*-*-* *:00/15:00"


def test_a_kiosk_with_a_hub_gets_the_entrance_and_its_exchange_and_nothing_of_the_night(
    simulation: Path, units: Path, tmp_path: Path
) -> None:
    with Home.open(simulation) as unit:
        kiosk = join(tmp_path / "side", unit)
    files = write_units(kiosk, units)
    assert set(files) == {ENTRANCE, PAPER, CONSOLE, RETRY, FOOT_FILE, PAPER_FILE, SYNC}
    assert list_units_to_enable(files) == [ENTRANCE, SYNC]
    settings = settings_in(units / SYNC)
    assert settings["ExecStart"].endswith(f"kiosk sync --home {kiosk}")
    assert (settings["Restart"], settings["StartLimitIntervalSec"]) == ("always", "0")
    assert "AF_INET6" in settings["RestrictAddressFamilies"]
    assert SYNC not in (units / ENTRANCE).read_text(), "the entrance does not wait for the network"


def test_the_entrance_is_watched_started_again_and_hardened(simulation: Path, units: Path) -> None:
    write_units(simulation, units)
    settings = settings_in(units / ENTRANCE)
    wanted = {
        "Type": "notify",
        "KillMode": "mixed",
        "SuccessExitStatus": "SIGABRT",
        "NotifyAccess": "all",
        "WatchdogSec": "30",
        "Restart": "always",
        "TTYPath": "/dev/tty1",
        "User": USER,
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ReadWritePaths": str(simulation),
    }
    assert wanted.items() <= settings.items()
    assert "adjtimex" in settings["SystemCallFilter"], "or the state of the clock could not be read"
    assert "ProtectClock" not in settings, "it would take every card reader away"
    shown = shlex.split(settings["ExecStart"])
    assert shown[:4] == [str(CAGE), "-d", "--", str(KIOSK.with_name("python"))]
    assert "-s" not in shown, "it would let people change to another terminal"
    assert shown[4:8] == ["-I", "-m", "kiosk.systemd.start_terminal", str(units / FOOT_FILE)]
    assert shown[-1].endswith(f"kiosk run --home {simulation} || sleep {OUT_OF_SERVICE_SECONDS}")


@pytest.mark.parametrize("name", [ENTRANCE, PAPER])
def test_what_fonts_and_graphics_cache_goes_beside_no_log(simulation: Path, units: Path, name: str) -> None:
    write_units(simulation, units)
    settings = settings_in(units / name)
    assert f"XDG_CACHE_HOME=/var/cache/{settings['CacheDirectory']}" in settings["Environment"].split()


def test_backups_may_go_to_another_disk(simulation: Path, units: Path, tmp_path: Path) -> None:
    write_units(simulation, units, tmp_path / "usb")
    settings = settings_in(units / "kiosk-backup.service")
    assert settings["ReadWritePaths"] == f"{simulation} -{tmp_path / 'usb'}"
    assert f"kiosk backup {tmp_path / 'usb'} --home {simulation}" in settings["ExecStart"]


def test_the_key_of_the_heads_is_given_to_the_nightly_job_alone(simulation: Path, units: Path) -> None:
    with (simulation / "kiosk.toml").open("a") as settings:
        settings.write('[heads]\nfolders = ["/mnt/office/heads", "out"]\nkey = "/etc/kiosk/head.key"\n')
    files = write_units(simulation, units)
    job = settings_in(units / "kiosk-reconcile.service")
    assert job["LoadCredential"] == "head.key:/etc/kiosk/head.key"
    assert job["PrivateMounts"] == "yes", "or another unit of the user could read what systemd loaded for this one"
    assert job["ReadWritePaths"] == f"{simulation} -/mnt/office/heads -{simulation / 'out'}"
    assert [name for name, text in files.items() if "head.key" in text or "/heads" in text] == [
        "kiosk-reconcile.service"
    ]


def test_a_backup_disk_that_is_not_there_keeps_no_entrance_from_opening(
    simulation: Path, units: Path, tmp_path: Path
) -> None:
    """Without the dash, systemd starts no unit whose folder is missing."""
    write_units(simulation, units, tmp_path / "usb")
    assert settings_in(units / "kiosk-entrance.service")["ReadWritePaths"] == str(simulation)
    assert settings_in(units / "kiosk-reconcile.service")["ReadWritePaths"] == f"{simulation} -{tmp_path / 'usb'}"


@pytest.mark.parametrize("name", NIGHTS)
def test_every_command_of_the_night_is_one_that_there_is(simulation: Path, units: Path, name: str) -> None:
    write_units(simulation, units)
    program, *words = shlex.split(settings_in(units / f"{name}.service")["ExecStart"])
    assert Path(program).name == "kiosk"
    options = [option for option in words if option.startswith("--")]
    help_text = run_kiosk(words[0], "--help").out
    assert [option for option in options if option not in help_text] == []


# --- A door that fails ---


def test_an_entrance_that_fails_again_and_again_gives_way_to_paper_and_is_tried_again(
    simulation: Path, units: Path
) -> None:
    write_units(simulation, units)
    entrance, paper, retry = (settings_in(units / name) for name in (ENTRANCE, PAPER, RETRY))
    assert (entrance["OnFailure"], paper["OnFailure"]) == (PAPER, CONSOLE)
    assert {PAPER, CONSOLE} < set(entrance["Conflicts"].split()), "the door that opens takes the last screen away"
    assert RETRY in paper["Wants"].split()
    assert (retry["Unit"], retry["OnActiveSec"]) == (ENTRANCE, f"{RETRY_MINUTES}min")
    assert "PartOf" not in entrance
    assert retry["PartOf"].split() == [PAPER, CONSOLE], "not of the entrance, or no paper could be shown by hand"
    assert RETRY_MINUTES > STARTS_MINUTES, "or systemd would refuse the start"


def test_an_entrance_that_hangs_at_every_start_is_given_up_too(simulation: Path, units: Path) -> None:
    write_units(simulation, units)
    settings = settings_in(units / ENTRANCE)
    limits = settings["StartLimitBurst"], settings["StartLimitIntervalSec"]
    assert limits == (f"{MOST_STARTS}", f"{STARTS_MINUTES}min")
    assert MOST_STARTS * (WATCHDOG_SECONDS + PROGRAM_SECONDS) < STARTS_MINUTES * 60


def test_the_last_screen_needs_nothing_of_the_product(simulation: Path, units: Path) -> None:
    write_units(simulation, units)
    for name in (PAPER, CONSOLE):
        command = settings_in(units / name)["ExecStart"]
        assert str(KIOSK.parent) not in command
        assert shlex.split(command)[-2:] == ["/bin/sh", str(units / PAPER_FILE)]
    assert "PAMName" not in settings_in(units / CONSOLE), "a session is what may be missing"


# --- When ---


@pytest.mark.parametrize(
    ("ends", "hours"),
    [
        (None, ["04:20:00", "04:50:00", "05:20:00"]),
        ("05:30", ["05:50:00", "06:20:00", "06:50:00"]),
        ("23:50", ["00:10:00", "00:40:00", "01:10:00"]),
    ],
)
def test_the_night_begins_when_the_service_day_is_over(
    simulation: Path, units: Path, tmp_path: Path, ends: str | None, hours: list[str]
) -> None:
    if ends:
        policy = line("adopt_policy", "2026-01-01T08:00", effective_from="2026-01-01", day_ends_at=ends)
        opened = line("open_unit", "2026-01-01T07:00", name="清水戶政事務所", kind="public")
        assert (
            run_kiosk("apply", write_batch(tmp_path / "policy.jsonl", opened, policy), "--home", simulation).err == ""
        )
    write_units(simulation, units)
    timers = [settings_in(units / f"{name}.timer") for name in NIGHTS]
    assert [timer["OnCalendar"] for timer in timers] == [f"*-*-* {hour} Asia/Taipei" for hour in hours]
    assert {timer["Persistent"] for timer in timers} == {"true"}
