"""`kiosk install-service` tries the program as its user, writes nothing that cannot work, and says what to do next."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kiosk.home import Home
from kiosk.systemd import shortcomings
from kiosk.systemd.door_units import ENTRANCE
from kiosk.systemd.shortcomings import find_shortcomings
from kiosk.systemd.trial import SystemUser
from kiosk.systemd.units import SystemdSettings, build_settings
from tests.support.joined_kiosk import join, make_unit
from tests.support.kiosk_program import KIOSK, ProgramResult, add_reader, run_kiosk
from tests.support.public_program import find_service_user

USER = find_service_user()
NUMBER_OF_NOBODY = 65_499
"""Of no user of any machine."""
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can start the program as another user")


@pytest.fixture
def home(program: Path) -> Iterator[Path]:
    """A real home of the user, in a folder that they can enter."""
    with hold_home(program, simulation=False) as folder:
        yield folder


@contextmanager
def hold_home(program: Path, *, simulation: bool) -> Generator[Path]:
    folder = program.parents[1] / "home" if os.geteuid() == 0 else Path.home() / f".kiosk-test-{os.getpid()}"
    Home.make(folder, simulation=simulation).close()
    give_to_user(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def give_to_user(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, USER)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """An empty folder for unit files."""
    (tmp_path / "units").mkdir()
    return tmp_path / "units"


@pytest.fixture(autouse=True)
def run_public_program(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command looks for the program beside the Python that runs it."""
    monkeypatch.setattr(sys, "executable", str(program.with_name("python")))


def install(home: Path, folder: Path, *options: str) -> ProgramResult:
    return run_kiosk("install-service", "--home", home, "--user", USER, "--to", folder, *options)


# --- What is written, and what is left to do ---


def test_everything_is_written_and_each_next_step_is_a_line_to_copy(home: Path, units: Path, program: Path) -> None:
    ended = install(home, units)
    assert ended.status == 0
    names = {path.name for path in units.iterdir()}
    assert ENTRANCE in names
    head, *steps = ended.out.split("\n\n")
    assert head == f"{len(names)} files written to {units}. Next, as root, one line after the other:"
    assert [step.partition(".")[0] for step in steps] == [str(number) for number in range(1, len(steps) + 1)]
    commands = [step.splitlines()[1] for step in steps]
    assert f"   runuser -u {USER} -- {program} readers identify --home {home} --write" in commands
    assert any(command.startswith(f"   systemctl enable --now {ENTRANCE} ") for command in commands)
    assert commands[-1] == f"   runuser -u {USER} -- {program} status --home {home}"
    assert all(line.startswith("warning: ") for line in ended.err.splitlines())
    assert f"warning: {home}/kiosk.toml names no card reader: the entrance does not open without one" in ended.err


def test_a_dry_run_warns_of_the_same_and_writes_nothing(home: Path, units: Path) -> None:
    tried = install(home, units, "--dry-run")
    assert (tried.status, list(units.iterdir())) == (0, [])
    written = install(home, units)
    assert tried.err == written.err
    assert set(re.findall(r"^### (.+)$", tried.out, re.MULTILINE)) == {str(path) for path in units.iterdir()}


@needs_root
def test_no_file_of_root_is_left_in_the_home(home: Path, units: Path) -> None:
    install(home, units)
    assert {path.owner() for path in (home, *home.rglob("*"))} == {USER}


# --- What is refused: nothing is written ---


def refused(ended: ProgramResult, units: Path, status: int = 1) -> str:
    assert (ended.status, ended.out, ended.err.count("\n"), list(units.iterdir())) == (status, "", 1, [])
    return ended.err


@needs_root
def test_a_program_that_the_user_cannot_start_is_found_out(
    home: Path, units: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(Path(sys.executable).parents[1] / "bin", tmp_path / "bin", symlinks=True)
    assert tmp_path.parent.stat().st_mode & 0o007 == 0, "a folder of mode 0700, as below /root"
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin/python"))
    said = f"{USER} cannot start {tmp_path}/bin/kiosk (Permission denied): put the program where every user"
    assert said in refused(install(home, units), units)
    assert said in refused(install(home, units, "--dry-run"), units)
    (home / "kiosk.toml").write_text("= not read before it is known that the user of the home can load the program\n")
    assert said in refused(install(home, units), units)


@needs_root
def test_a_python_that_the_owner_of_a_joined_home_cannot_read_is_said_as_at_any_home(tmp_path: Path) -> None:
    """What such a home needs is loaded when it is opened, as its owner."""
    folder = Path(mkdtemp(prefix="kiosk-joined-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        with Home.open(make_unit(tmp_path / "unit")) as unit:
            home = join(folder / "side", unit)
        give_to_user(home)
        closed = tmp_path / "bin"
        closed.mkdir()
        for name in ("python", "kiosk"):
            (closed / name).symlink_to(KIOSK.with_name(name))
        code = f"import sys; sys.executable = {str(closed / 'python')!r}; from kiosk.cli.program import main; main()"
        words = ["install-service", "--dry-run", "--user", USER, "--home", home]
        ended = subprocess.run(
            [KIOSK.with_name("python"), "-c", code, *words], capture_output=True, text=True, check=False
        )
    finally:
        shutil.rmtree(folder)
    assert (ended.returncode, f"{USER} cannot start {closed}/kiosk" in ended.stderr) == (1, True), ended.stderr


@needs_root
def test_a_program_whose_modules_are_missing_is_found_out(home: Path, units: Path) -> None:
    (modules,) = Path(sys.executable).parents[1].glob("lib/python*/site-packages/modules.pth")
    kept = modules.read_text()
    try:
        modules.write_text("")
        error = refused(install(home, units), units)
    finally:
        modules.write_text(kept)
    assert "(ModuleNotFoundError: No module named 'kiosk')" in error


@needs_root
def test_a_home_that_the_user_cannot_enter_is_found_out(units: Path, real_home: Path) -> None:
    give_to_user(real_home)
    assert f"{real_home} may not be entered by this user" in refused(install(real_home, units), units, 2)


@needs_root
def test_a_home_of_another_user_is_refused(units: Path, real_home: Path) -> None:
    assert f"belongs to root, and the entrance is to run as {USER}: `chown -R " in refused(
        install(real_home, units), units
    )


def test_a_simulation_is_no_door(program: Path, units: Path) -> None:
    with hold_home(program, simulation=True) as home:
        assert "is a simulation, whose clock follows batch files" in refused(install(home, units), units)


@needs_root
def test_a_home_whose_owner_has_no_name_on_this_machine_is_said(home: Path, units: Path) -> None:
    os.chown(home, NUMBER_OF_NOBODY, -1)
    ended = run_kiosk("install-service", "--home", home, "--to", units)
    assert f"there is no user {NUMBER_OF_NOBODY}: make one" in refused(ended, units, 2)


def test_a_folder_that_is_not_there_is_no_home(units: Path, tmp_path: Path) -> None:
    assert f"{tmp_path}/nowhere is not a home" in refused(install(tmp_path / "nowhere", units), units, 2)


def test_an_entrance_does_not_run_as_root(home: Path, units: Path) -> None:
    ended = run_kiosk("install-service", "--home", home, "--user", "root", "--to", units)
    assert "does not run as root: name a user with --user" in refused(ended, units, 2)


def test_a_user_whom_the_machine_does_not_know_is_said(home: Path, units: Path) -> None:
    ended = run_kiosk("install-service", "--home", home, "--user", "kiosk-nobody-knows", "--to", units)
    assert "there is no user kiosk-nobody-knows: make one, `useradd " in refused(ended, units, 2)


def test_a_folder_that_cannot_be_written_is_said(home: Path, tmp_path: Path) -> None:
    assert "(No such file or directory): run it as root" in install(home, tmp_path / "nowhere").err
    (tmp_path / "file").touch()
    ended = install(home, tmp_path / "file")
    assert (ended.status, ended.out) == (2, "")
    assert "(Not a directory): run it as root" in ended.err


def test_a_file_of_another_origin_stays(home: Path, units: Path) -> None:
    (units / "kiosk-backup.timer").write_text("[Timer]\nOnCalendar=daily\n")
    ended = install(home, units)
    assert ended.status == 1
    assert "was not written by this command: move it away" in ended.err
    assert [path.name for path in units.iterdir()] == ["kiosk-backup.timer"]


# --- What is missing ---

SERIAL_GROUP = "dialout"


@pytest.fixture
def settings(real_home: Path, units: Path) -> SystemdSettings:
    with Home.open(real_home) as opened:
        return build_settings(opened, KIOSK, USER, units, None)


def list_missing(settings: SystemdSettings, *groups: int, uid: int = -1) -> dict[str, str]:
    """What is missing for a user in these groups, and the command that mends it."""
    with Home.open(settings.home) as opened:
        readers = opened.settings.readers
    user = SystemUser("kiosk", uid, -1, list(groups))
    return {missing.warning: missing.command for missing in find_shortcomings(settings, user, readers)}


def find_warning(missing: dict[str, str], text: str) -> list[str]:
    return [warning for warning in missing if text in warning]


def test_a_reader_that_is_not_there_and_its_group_are_named(settings: SystemdSettings) -> None:
    add_reader(settings.home, "/dev/serial/by-id/usb-nothing")
    missing = list_missing(settings)
    assert find_warning(missing, "reader door: /dev/serial/by-id/usb-nothing is not there; plug it in")
    assert any(command.startswith(f"usermod -aG {SERIAL_GROUP},video,") for command in missing.values())


def test_a_user_in_every_group_lacks_none(settings: SystemdSettings) -> None:
    add_reader(settings.home, "/dev/serial/by-id/usb-nothing")
    every = [int(line.split(":")[2]) for line in Path("/etc/group").read_text().splitlines()]
    assert not find_warning(list_missing(settings, *every), "is not in")


def test_backups_on_the_disk_of_the_home_are_warned_of(settings: SystemdSettings) -> None:
    assert find_warning(list_missing(settings), "backups are lost with the disk of the home")


def test_a_folder_for_backups_that_is_missing_or_not_ones_own_is_named(
    settings: SystemdSettings, tmp_path: Path
) -> None:
    folder = tmp_path / "usb"
    of_backups = settings._replace(backups=folder)
    missing = list_missing(of_backups)
    (warning,) = find_warning(missing, "is not there; is its disk mounted?")
    assert missing[warning] == f"install -d -m 0700 -o kiosk {folder}"
    folder.mkdir()
    assert find_warning(list_missing(of_backups), "does not belong to kiosk: no backup would be made")
    own = list_missing(of_backups, uid=os.geteuid())
    assert not find_warning(own, "no backup would be made")
    assert find_warning(own, "is on the disk of the home")
    folder.chmod(0o777)
    assert find_warning(list_missing(of_backups, uid=os.geteuid()), "others can write to the folder")


def test_a_terminal_without_its_font_is_warned_of(
    settings: SystemdSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(shortcomings, "FONTS", tmp_path)
    missing = list_missing(settings)
    assert find_warning(missing, "the font Noto Sans Mono CJK TC is not installed")
    assert any("fonts-noto-cjk" in command for command in missing.values())
    (tmp_path / "noto").mkdir()
    (tmp_path / "noto/NotoSansCJK-Regular.ttc").touch()
    assert not find_warning(list_missing(settings), "the font")


@pytest.mark.skipif(os.geteuid() == 0, reason="root can start the program as anybody")
def test_what_could_not_be_tried_is_said(real_home: Path, units: Path) -> None:
    ended = run_kiosk("install-service", "--home", real_home, "--user", "nobody", "--to", units)
    assert "belongs to" in ended.err
