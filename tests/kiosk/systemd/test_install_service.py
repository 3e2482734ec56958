"""`kiosk install-service`: units that systemd accepts, hours that follow the policy, a terminal without a way out."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.systemd.terminal import FOOT_FILE, build_foot_ini
from kiosk.systemd.units import (
    CAGE,
    ENTRANCE,
    FOOT,
    OUT_OF_SERVICE_SECONDS,
    build_shell_line,
    quote_command,
    quote_word,
)
from tests.support.kiosk_program import ProgramResult, line, run_kiosk, write_batch

USER = "nobody"
"""A user that every machine has, and that is not root."""
NIGHTS = ("kiosk-reconcile", "kiosk-backup", "kiosk-restore-drill")
FILES = {ENTRANCE, *(f"{name}.{kind}" for name in NIGHTS for kind in ("service", "timer")), FOOT_FILE}


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """An empty folder for unit files."""
    (tmp_path / "units").mkdir()
    return tmp_path / "units"


def install(home: Path, folder: Path, *options: str) -> ProgramResult:
    return run_kiosk("install-service", "--home", home, "--user", USER, "--to", folder, *options)


def settings_in(unit: Path) -> dict[str, str]:
    """What a unit sets, each setting once."""
    pairs = [text.partition("=") for text in unit.read_text().splitlines() if re.match(r"\w+=", text)]
    assert len({name for name, _, _ in pairs}) == len(pairs)
    return {name: value for name, _, value in pairs}


# --- What is written ---


def test_a_dry_run_prints_every_file_and_writes_none(simulation: Path, units: Path) -> None:
    ended = install(simulation, units, "--dry-run")
    assert (ended.status, ended.err, list(units.iterdir())) == (0, "", [])
    assert {Path(name).name for name in re.findall(r"^### (.+)$", ended.out, re.MULTILINE)} == FILES


def test_everything_is_written_and_what_is_left_to_do_is_said(simulation: Path, units: Path) -> None:
    ended = install(simulation, units)
    assert (ended.status, ended.err) == (0, "")
    assert {path.name for path in units.iterdir()} == FILES
    enabled = " ".join([ENTRANCE, *(f"{name}.timer" for name in NIGHTS)])
    assert f"systemctl enable --now {enabled}" in ended.out
    assert install(simulation, units).status == 0, "its own files are replaced"


def test_the_entrance_is_watched_started_again_and_hardened(simulation: Path, units: Path) -> None:
    install(simulation, units)
    settings = settings_in(units / ENTRANCE)
    wanted = {
        "Type": "notify",
        "NotifyAccess": "all",
        "WatchdogSec": "30",
        "Restart": "always",
        "StartLimitIntervalSec": "0",
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
    assert shown[:4] == [str(CAGE), "-d", "--", str(FOOT)]
    assert "-s" not in shown, "it would let people change to another terminal"
    assert f"--config={units / FOOT_FILE}" in shown
    assert shown[-1].endswith(f"kiosk run --home {simulation} || sleep {OUT_OF_SERVICE_SECONDS}")


def test_backups_may_go_to_another_disk(simulation: Path, units: Path, tmp_path: Path) -> None:
    install(simulation, units, "--backups", str(tmp_path / "usb"))
    settings = settings_in(units / "kiosk-backup.service")
    assert settings["ReadWritePaths"] == f"{simulation} -{tmp_path / 'usb'}"
    assert f"kiosk backup {tmp_path / 'usb'} --home {simulation}" in settings["ExecStart"]


def test_a_backup_disk_that_is_not_there_keeps_no_entrance_from_opening(
    simulation: Path, units: Path, tmp_path: Path
) -> None:
    """Without the dash, systemd starts no unit whose folder is missing."""
    install(simulation, units, "--backups", str(tmp_path / "usb"))
    assert settings_in(units / "kiosk-entrance.service")["ReadWritePaths"] == str(simulation)
    assert settings_in(units / "kiosk-reconcile.service")["ReadWritePaths"] == f"{simulation} -{tmp_path / 'usb'}"


@pytest.mark.parametrize("name", NIGHTS)
def test_every_command_of_the_night_is_one_that_there_is(simulation: Path, units: Path, name: str) -> None:
    install(simulation, units)
    program, *words = shlex.split(settings_in(units / f"{name}.service")["ExecStart"])
    assert Path(program).name == "kiosk"
    options = [option for option in words if option.startswith("--")]
    help_text = run_kiosk(words[0], "--help").out
    assert [option for option in options if option not in help_text] == []


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
    install(simulation, units)
    timers = [settings_in(units / f"{name}.timer") for name in NIGHTS]
    assert [timer["OnCalendar"] for timer in timers] == [f"*-*-* {hour} Asia/Taipei" for hour in hours]
    assert {timer["Persistent"] for timer in timers} == {"true"}


# --- Whether others accept it ---


NAMES = ("home", "a home with spaces", "50% $HOME 'quoted' \"twice\" back\\slash", "志工隊")
"""Folders that a unit file or a shell could take for something else."""


@pytest.mark.skipif(
    not all(map(shutil.which, ("systemd-analyze", "cage", "foot"))),
    reason="systemd-analyze, cage and foot are not installed: nobody can say whether systemd takes the units",
)
@pytest.mark.parametrize("name", NAMES)
def test_systemd_accepts_the_units_whatever_the_folder_is_called(tmp_path: Path, units: Path, name: str) -> None:
    Home.make(tmp_path / name, simulation=True).close()
    assert install(tmp_path / name, units, "--backups", str(tmp_path / name)).status == 0
    files = sorted(str(path) for path in units.iterdir() if path.name != FOOT_FILE)
    verified = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    about_ours = [
        settings for settings in verified.stderr.splitlines() if "kiosk" in settings and "Special user" not in settings
    ]
    assert (verified.returncode, about_ours) == (0, [])


@pytest.mark.skipif(not shutil.which("foot"), reason="foot is not installed: nobody can say whether it takes its file")
def test_foot_accepts_its_configuration(tmp_path: Path) -> None:
    (tmp_path / FOOT_FILE).write_text(build_foot_ini())
    checked = subprocess.run(
        ["foot", "--check-config", f"--config={tmp_path / FOOT_FILE}"],
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, [settings for settings in checked.stderr.splitlines() if "err" in settings]) == (0, [])


DEFAULTS = Path("/etc/xdg/foot/foot.ini")


@pytest.mark.skipif(not DEFAULTS.exists(), reason="foot is not installed: what it binds by itself is not known")
@pytest.mark.parametrize("section", ["key-bindings", "mouse-bindings"])
def test_whatever_foot_binds_by_itself_is_unbound(section: str) -> None:
    """Its own file has every default as a comment."""
    of_section = DEFAULTS.read_text().partition(f"[{section}]")[2].partition("\n[")[0]
    bound = set(re.findall(r"^# ?([a-z-]+)=(?!none)", of_section, re.MULTILINE))
    ours = build_foot_ini().partition(f"[{section}]")[2].partition("\n[")[0]
    assert bound - set(re.findall(r"^([a-z-]+)=none$", ours, re.MULTILINE)) == set()
    assert "spawn-terminal" in bound or section == "mouse-bindings"


# --- Words ---


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" ")), min_size=1))
def test_every_word_stays_one_word_and_nothing_in_it_expands(words: list[str]) -> None:
    """In double quotes a unit file and a shell escape alike; %% and $$ are how systemd writes % and $."""
    read = [text.replace("%%", "%").replace("$$", "$") for text in shlex.split(quote_command(*words))]
    assert read == words


def test_a_shell_gets_the_words_that_were_meant() -> None:
    settings = build_shell_line(["printf", "%s|", "a b", "$HOME", "it's", '"x"'], "echo failed")
    done = subprocess.run(["/bin/sh", "-c", settings], capture_output=True, text=True, check=True)
    assert done.stdout == 'a b|$HOME|it\'s|"x"|'


@pytest.mark.parametrize("text", ["two\nlines", "a\x00b", "\x1b[2J"])
def test_what_no_unit_file_can_hold_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no unit file can hold"):
        quote_word(text)


# --- What is refused ---


def refused(ended: ProgramResult, status: int = 2) -> str:
    assert (ended.status, ended.out, ended.err.count("\n")) == (status, "", 1)
    return ended.err


def test_an_entrance_does_not_run_as_root(simulation: Path, units: Path) -> None:
    ended = run_kiosk("install-service", "--home", simulation, "--user", "root", "--to", units)
    assert "does not run as root: name a user with --user" in refused(ended)


def test_a_user_whom_the_machine_does_not_know_is_said(simulation: Path, units: Path) -> None:
    ended = run_kiosk("install-service", "--home", simulation, "--user", "kiosk-nobody-knows", "--to", units)
    assert "there is no user kiosk-nobody-knows: make one, `useradd " in refused(ended)


def test_a_folder_that_cannot_be_written_is_said(simulation: Path, tmp_path: Path) -> None:
    assert "(No such file or directory): run it as root" in refused(install(simulation, tmp_path / "nowhere"))
    (tmp_path / "file").touch()
    assert "(Not a directory): run it as root" in refused(install(simulation, tmp_path / "file"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours_is_said(simulation: Path, units: Path) -> None:
    units.chmod(0o500)
    assert "(Permission denied): run it as root" in refused(install(simulation, units))


def test_a_file_of_another_origin_stays(simulation: Path, units: Path) -> None:
    (units / "kiosk-backup.timer").write_text("[Timer]\nOnCalendar=daily\n")
    assert "was not written by this command: move it away" in refused(install(simulation, units), 1)
    assert [path.name for path in units.iterdir()] == ["kiosk-backup.timer"]
