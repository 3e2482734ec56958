"""Root, or any other user, runs the program on a home that is not theirs: the home stays as its owner left it."""

import json
import os
import pwd
import re
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pytest

from domain.log.signing import SigningKey
from kiosk.backups.heads.signed_heads import copy_heads, sign_head
from kiosk.cli.program import COMMANDS
from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, AttackResult
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, ProgramResult, run_kiosk, write_batch

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
OWNER, OTHER = "nobody", "games"
T = TypeVar("T")

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
    return call_as(OWNER, run_kiosk, *arguments)


def call_as(user: str, function: Callable[..., T], *arguments: object) -> T:
    """What a function returns to another user; what it raises is raised here."""
    with ProcessPoolExecutor(1, get_context("fork"), become, (user,)) as process:
        return process.submit(function, *arguments).result()


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


# --- The heads of the log, out of the reach of the owner of a home ---


def sign_into(home: Path, shared: Path) -> list[str]:
    """What a night does with heads; what is wrong."""
    with (home / "kiosk.toml").open("a") as settings:
        settings.write(f'[heads]\nfolders = ["{shared}"]\n')
    with Home.open(home) as opened:
        sign_head(opened)
        return list(copy_heads(home, opened.settings))


@pytest.fixture
def shared(strangers_home: Path, own_home: Path) -> Iterator[Path]:
    """A folder with the heads of the stranger's home, in which the other user, its witness, may write too."""
    shared = strangers_home.with_name(f"{strangers_home.name}-heads")
    assert sign_into(own_home, own_home) == []  # loads what the others may not be able to read
    shared.mkdir()
    shutil.chown(shared, OWNER, OTHER)
    shared.chmod(0o2770)
    assert call_as(OWNER, sign_into, strangers_home, shared) == []
    yield shared
    shutil.rmtree(shared)


@pytest.fixture
def witness(shared: Path) -> Iterator[Path]:
    """The folder of a witness of the other user, which has looked once."""
    state = shared.with_name(f"{shared.name}-witness")
    state.mkdir(mode=0o700)
    shutil.chown(state, OTHER, OTHER)
    ended = call_as(OTHER, look_as_installed, shared, state)
    assert (ended.status, ended.err) == (0, "")
    yield state
    shutil.rmtree(state)


def look_as_installed(shared: Path, state: Path) -> ProgramResult:
    """What a witness does, under the umask of the installed program."""
    os.umask(0o077)
    return run_kiosk("witness", "--state", state, "--name", "here", "--trust", shared / "keys.txt", shared)


@needs_root
def test_a_witness_of_another_user_of_the_machine_is_out_of_the_owners_reach(
    strangers_home: Path, witness: Path
) -> None:
    for read in (Path.read_bytes, Path.unlink):
        with pytest.raises(PermissionError):
            call_as(OWNER, read, witness / "witness.key")
    with pytest.raises(PermissionError):
        call_as(OTHER, Path.read_bytes, strangers_home / "log.db")


@needs_root
@pytest.mark.usefixtures("witness")
def test_what_such_a_witness_co_signed_is_compared_by_the_owner(
    strangers_home: Path, own_home: Path, shared: Path
) -> None:
    (file,) = (shared / "cosigned-here").glob("*-0*.txt")
    assert run_as_owner(own_home, "reconcile", "--home", strangers_home).status == 0

    old = file.read_text()
    file.write_text(re.sub(r"(?m)^(kiosk/.*\n\d+\n).*$", rf"\g<1>{b64encode(bytes(32)).decode()}", old))
    ended = run_as_owner(own_home, "reconcile", "--home", strangers_home)
    assert (ended.status, f"{file} names another tree" in ended.err) == (1, True), ended.err


@needs_root
@pytest.mark.usefixtures("witness")
@pytest.mark.parametrize("closed", ["", "keys.txt"])
def test_what_the_owner_cannot_read_of_a_witness_is_said_by_the_night_and_the_status(
    strangers_home: Path, own_home: Path, shared: Path, closed: str
) -> None:
    path = shared / "cosigned-here" / closed
    path.chmod(path.stat().st_mode & 0o700)
    said = f"{path} cannot be read (Permission denied)"
    ended = run_as_owner(own_home, "reconcile", "--home", strangers_home)
    assert (ended.status, said in ended.err) == (1, True), ended.err
    status = run_as_owner(own_home, "status", "--format", "json", "--home", strangers_home)
    details = {check["name"]: check["detail"] for check in json.loads(status.out)["checks"]}
    assert details["signed_heads"].startswith(said)


@needs_root
def test_a_key_of_roots_is_not_read_by_the_owner_of_a_home_and_that_is_said(
    strangers_home: Path, own_home: Path
) -> None:
    key = strangers_home.with_name(f"{strangers_home.name}-head.key")
    SigningKey.create(key)
    try:
        with (strangers_home / "kiosk.toml").open("a") as settings:
            settings.write(f'[heads]\nkey = "{key}"\n')
        ended = run_as_owner(own_home, "reconcile", "--home", strangers_home)
    finally:
        key.unlink()

    assert (ended.status, f"signing key {key} (Permission denied)" in ended.err) == (1, True), ended.err
    assert not list((strangers_home / "heads").glob("*.txt"))
