"""Root, or any other user, runs the program on a home that is not theirs: the home stays as its owner left it."""

import os
import pwd
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from kiosk.cli.program import COMMANDS
from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, AttackResult
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, ProgramResult, run_kiosk, write_batch

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
OWNER = "nobody"

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "bundle": ("2026", "--output", "year.zip"),
    "tap": ("04000000000001",),
    "import": ("people.csv", "--at", "2026-11-21T09:00"),
    "issue": ("V001",),
    "erase": ("V001", "--basis", "request", "--yes"),
    "explain": ("V001", "2026-11-19"),
    "event": ("1",),
    "prove": ("1",),
    "coordinator": ("lin",),
    "account": ("list",),
    "token": ("list",),
    "month": ("lines", "2026-11"),
    "desk": ("--port", "0"),
    "hub": ("--port", "0"),
    "hub-certificate": ("--host", "hub.example.org"),
    "join": ("http://127.0.0.1:9", "12345678"),
    "add-kiosk": ("north",),
    "difference": ("--as-of", "2026-11-19T09:00", "--as-of", "2026-11-20T09:00"),
    "what-if": ("--policy", str(Path(__file__).with_name("policy.toml")), "--from", "2026-11-01"),
    "restore": ("--drill",),
    "move-log": ("--to", "file"),
    "presence": ("--muster",),
}
"""What the commands that need arguments are given."""
READ_NO_HOME = {"demo", "readers", "install-service", "witness"}
"""Commands that open no home, and the one that root is meant to run: it acts as the owner."""


@pytest.fixture
def strangers_home(tmp_path: Path) -> Iterator[Path]:
    """A home that belongs to another user, in a folder that everyone may enter."""
    home = Path("/tmp") / f"kiosk-of-nobody-{os.getpid()}-{tmp_path.name[-8:]}"  # noqa: S108 - tmp_path is closed to others
    Home.make(home, simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "day.jsonl", OPEN_UNIT, ENROL_ANN), "--home", home).status == 0
    (home / "backups").mkdir()
    chown(home, OWNER)
    yield home
    shutil.rmtree(home)


def chown(folder: Path, owner: str) -> None:
    """Give a folder and everything in it to a user."""
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, owner, -1)


def read_state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Who owns each file, and its content."""
    return {
        str(path.relative_to(folder)): (path.stat().st_uid, path.read_bytes() if path.is_file() else b"")
        for path in (folder, *folder.rglob("*"))
    }


def run_as_owner(own: Path, *arguments: str | Path) -> ProgramResult:
    """Run the program as the owner of the stranger's home.

    It is run on root's `own` home first: the owner may not be able to read the modules that it loads.
    """
    run_kiosk(*arguments[:-1], own)
    with ProcessPoolExecutor(1, get_context("fork"), become, (OWNER,)) as process:
        return process.submit(run_kiosk, *arguments).result()


def become(user: str) -> None:
    """Go on as another user."""
    found = pwd.getpwnam(user)
    os.setgroups([])
    os.setresgid(found.pw_gid, found.pw_gid, found.pw_gid)
    os.setresuid(found.pw_uid, found.pw_uid, found.pw_uid)


@pytest.fixture
def own_home(tmp_path: Path) -> Path:
    """A home of root's."""
    Home.make(tmp_path / "own", simulation=True).close()
    return tmp_path / "own"


@needs_root
def test_no_command_of_root_changes_a_home_of_another_user(
    strangers_home: Path, own_home: Path, tmp_path: Path
) -> None:
    commands = [name for name in COMMANDS if name not in READ_NO_HOME]
    batch = write_batch(tmp_path / "more.jsonl", OPEN_UNIT)
    before, harmed, believed = read_state(strangers_home), list[str](), list[str]()
    for name in commands:
        arguments = (str(batch),) if name == "apply" else ARGUMENTS.get(name, ())
        ended = run_kiosk(name, *arguments, "--home", strangers_home)
        if read_state(strangers_home) != before:
            harmed.append(name)
        if ended.status == 0:
            believed.append(name)
        if name != "status":
            assert "\n" not in ended.err.strip(), ended.err
    assert (harmed, believed) == ([], [])
    ended = run_as_owner(own_home, "verify", "--home", strangers_home)
    assert ended.status == 0, ended.err
    ATTACK_RESULTS.append(
        AttackResult("root uses a home of another user", len(commands), len(commands), len(harmed), "each command")
    )


@needs_root
def test_the_refusal_names_the_owner_and_says_what_to_do(strangers_home: Path) -> None:
    ended = run_kiosk("hours", "--home", strangers_home)
    assert (ended.status, f"belongs to {OWNER}" in ended.err, f"sudo -u {OWNER}" in ended.err) == (1, True, True)


@needs_root
def test_a_file_that_root_left_is_named_to_the_owner(strangers_home: Path, own_home: Path) -> None:
    (strangers_home / "views.db").touch(mode=0o600)
    ended = run_as_owner(own_home, "hours", "--home", strangers_home)
    assert (ended.status, f"{strangers_home / 'views.db'} belongs to root" in ended.err) == (1, True)


@needs_root
def test_no_home_is_made_in_a_folder_of_another_user(strangers_home: Path) -> None:
    for left in strangers_home.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    ended = run_kiosk("init", "--home", strangers_home)
    assert (ended.status, list(strangers_home.iterdir())) == (1, [])


@needs_root
def test_a_home_of_ones_own_is_used_as_before(strangers_home: Path, own_home: Path) -> None:
    assert run_kiosk("verify", "--home", own_home).status == 0
    assert run_as_owner(own_home, "hours", "--home", strangers_home).status == 0
