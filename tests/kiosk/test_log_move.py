"""The event log of a home moves into a database, into another one, and back; killed anywhere, the home has one log."""

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import psycopg
import pytest

from kiosk.backups.folder import list_backups
from kiosk.home import Home
from kiosk.home_switch import PLAN, hold_alone
from kiosk.store_settings import find_store
from tests.kiosk.test_joined_kiosks import KioskHome
from tests.support.kiosk_program import ANNS_UNIT_LINES, ProgramResult, line, run_kiosk, write_batch
from tests.support.postgresql_server import OWNER, PostgreSQLServer

TAPS = tuple(line("tap", f"2026-11-19T{hour:02}:58", card="04000000000001") for hour in (8, 12))
LATER, LAST = (line("tap", f"2026-11-{day}T08:58", card="04000000000001") for day in (20, 23))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a log in a file."""
    Home.make(tmp_path / "home", simulation=True).close()
    apply(tmp_path / "home", *ANNS_UNIT_LINES, *TAPS)
    return tmp_path / "home"


@pytest.fixture(scope="module")
def other_database(postgresql: PostgreSQLServer) -> str:
    """The address of another database of the server."""
    return postgresql.add_database("another")


def apply(home: Path, *lines: dict[str, object]) -> None:
    """Carry a batch out."""
    assert run_kiosk("apply", write_batch(home.with_name("day.jsonl"), *lines), "--home", home).err == ""


def move(home: Path, to: str) -> ProgramResult:
    """Move the log."""
    return run_kiosk("move-log", "--to", to, "--home", home)


def read_log(home: Path) -> tuple[list[object], list[object], str]:
    """Names, rows and head of the log, wherever it is."""
    copy = home.with_name("copy.db")
    with Home.open(home) as opened:
        opened.log.copy_to(copy)
        head = opened.log.head().chain.hex()
    with closing(sqlite3.connect(copy)) as connection:
        rows = connection.execute("SELECT * FROM stored_events ORDER BY position").fetchall()
        names = connection.execute("SELECT log_id FROM log_identity ORDER BY ordinal").fetchall()
    copy.unlink()
    return names, rows, head


def find_old_log(home: Path) -> Path:
    """The file of the log that was kept."""
    (kept,) = home.glob("log-before-*.db")
    return kept


# --- There and back --------------------------------------------------------------------------


def test_a_log_moves_into_a_database_and_back_byte_for_byte(home: Path, postgresql: PostgreSQLServer) -> None:
    before, hours = read_log(home), run_kiosk("hours", "--format", "json", "--home", home).out
    there = move(home, postgresql.address)
    assert (there.status, there.err) == (0, "")
    assert f"the old log is kept in {find_old_log(home)}" in there.out
    assert not (home / "log.db").exists()
    assert read_log(home) == before
    assert run_kiosk("hours", "--format", "json", "--home", home).out == hours
    assert run_kiosk("replay", "--home", home).out.startswith("identical")
    apply(home, LATER)
    longer = read_log(home)
    store = find_store(home)
    back = move(home, "file")
    assert store
    assert f"the old log is kept in {postgresql.address}, unit {store.unit}" in back.out
    assert (find_store(home), read_log(home)) == (None, longer)
    assert len(longer[1]) > len(before[1])
    for check in ("verify", "replay"):
        assert (run_kiosk(check, "--home", home).status, run_kiosk(check, "--home", home).err) == (0, "")
    assert "[store]" not in (home / "kiosk.toml").read_text()


def test_a_unit_whose_kiosk_has_joined_and_sent_nothing_yet_is_whole_wherever_its_log_goes(
    tmp_path: Path, postgresql: PostgreSQLServer
) -> None:
    unit = KioskHome(tmp_path)
    assert move(unit.path, postgresql.address).status == 0
    unit.do("join")
    assert run_kiosk("backup", tmp_path / "usb", "--home", unit.path).status == 0
    (backup,) = list_backups(tmp_path / "usb")
    assert move(unit.path, "file").status == 0
    for place in (unit.path, backup):
        assert (run_kiosk("verify", "--home", place).status, run_kiosk("verify", "--home", place).err) == (0, "")
    unit.do("send")
    assert run_kiosk("verify", "--home", unit.path).status == 0


def test_a_unit_that_is_there_already_goes_on_where_it_ended(home: Path, postgresql: PostgreSQLServer) -> None:
    settings = (home / "kiosk.toml").read_text()
    move(home, postgresql.address)
    move(home, "file")
    assert (home / "kiosk.toml").read_text() == settings
    apply(home, LATER)
    before = read_log(home)
    again = move(home, postgresql.address)
    assert "the unit was there already: 1 event was added to it" in again.out
    assert read_log(home) == before


def test_a_unit_moves_to_another_database(home: Path, postgresql: PostgreSQLServer, other_database: str) -> None:
    before = read_log(home)
    move(home, postgresql.address)
    moved = move(home, other_database)
    assert (moved.status, read_log(home)) == (0, before)
    store = find_store(home)
    assert (store and store.address) == other_database
    assert move(home, other_database).err == (
        f"kiosk: the event log of {home} is in this database already: nothing was moved\n"
    )


def test_every_name_that_a_restored_log_has_had_goes_along(home: Path, postgresql: PostgreSQLServer) -> None:
    assert run_kiosk("backup", "--home", home).status == 0
    restored = home.with_name("restored")
    assert run_kiosk("restore", list_backups(home / "backups")[0], "--to", restored).status == 0
    before = read_log(restored)
    assert len(before[0]) == 2
    assert move(restored, postgresql.address).status == 0
    assert read_log(restored) == before


def test_the_log_of_a_unit_in_a_file_is_for_an_auditor_to_verify_alone(
    home: Path, postgresql: PostgreSQLServer, tmp_path: Path
) -> None:
    move(home, postgresql.address)
    apply(home, LATER)
    run_kiosk("backup", tmp_path / "usb", "--home", home)
    (backup,) = list_backups(tmp_path / "usb")
    head = run_kiosk("verify", "--home", home).out.splitlines()[1]
    assert run_kiosk("verify", "--home", backup).out.splitlines()[1] == head
    assert run_kiosk("replay", "--home", backup).out.startswith("identical")
    alone = tmp_path / "auditor"
    alone.mkdir(mode=0o700)
    shutil.copy2(backup / "log.db", alone)
    assert run_kiosk("verify", "--home", alone).out.splitlines()[1] == head


# --- Killed ----------------------------------------------------------------------------------


def kill_at(step: int, act: Callable[[], object]) -> bool:
    """Carry an act out in a process that is killed before its change number `step`; whether it came so far."""
    process = os.fork()
    if process == 0:
        steps = count(1)
        for kind, name in ((Path, "rename"), (Path, "replace"), (Path, "unlink"), (psycopg.Connection, "execute")):
            setattr(kind, name, _die_before(getattr(kind, name), steps, step))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL


def _die_before(function: Callable[..., object], steps: Iterator[int], last: int) -> Callable[..., object]:
    def call(*arguments: object, **named: object) -> object:
        if next(steps) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)

    return call


@pytest.mark.parametrize("direction", ["into a database", "into a file"])
def test_killed_at_any_step_a_move_leaves_one_whole_log_and_goes_on(
    home: Path, postgresql: PostgreSQLServer, direction: str
) -> None:
    to = postgresql.address
    if direction == "into a file":
        move(home, to)
        to = "file"
    before = read_log(home)
    trials: list[Path] = []
    killed = True
    while killed:
        trials.append(shutil.copytree(home, home.with_name(f"trial-{len(trials)}")))
        killed = kill_at(len(trials), lambda folder=trials[-1]: move(folder, to))
        assert read_log(trials[-1]) == before
        assert not (trials[-1] / PLAN).exists()
    assert {find_store(trial) is None for trial in trials} == {True, False}
    for trial in trials[::4]:
        finished = move(trial, to)
        assert finished.status == 0 or "already: nothing was moved" in finished.err
        assert (find_store(trial) is None, read_log(trial)) == (to == "file", before)


# --- Refusals --------------------------------------------------------------------------------


def demand_unmoved(home: Path, refused: ProgramResult, sentence: str) -> None:
    """The sentence was said, and the home has its log in its file."""
    assert refused.status in (1, 2)
    assert sentence in refused.err
    assert ((home / "log.db").exists(), find_store(home)) == (True, None)
    assert [*home.glob("log-before-*")] == []


def test_a_home_that_a_program_has_open_is_not_moved(home: Path, postgresql: PostgreSQLServer) -> None:
    with Home.open(home):
        demand_unmoved(home, move(home, postgresql.address), f"{home} is open in another program")
    assert not (home / "backups").exists()
    with hold_alone(home):
        tapped = run_kiosk("tap", "04000000000001", "--at", "2026-11-23T09:00", "--home", home)
    assert tapped.first_error_line == f"kiosk: the event log of {home} is being moved: wait until that is done"
    assert move(home, postgresql.address).status == 0


def test_a_place_that_cannot_be_used_is_refused_before_a_backup_is_made(
    home: Path, postgresql: PostgreSQLServer
) -> None:
    for place, sentence in (
        ("file", "is in a file already: nothing was moved"),
        ("fiel", "this is no database of PostgreSQL: write postgresql://ROLE@HOST/DATABASE"),
        ("postgresql://office:secret@db/city", "no password may stand here"),
        ("postgresql://office@/city?host=/nowhere", "cannot reach the event log"),
        (postgresql.build_address(OWNER), "may change or delete events"),
    ):
        demand_unmoved(home, move(home, place), sentence)
    assert not (home / "backups").exists()


def test_two_logs_that_parted_are_not_joined(home: Path, postgresql: PostgreSQLServer) -> None:
    other = shutil.copytree(home, home.with_name("other"))
    apply(other, LATER)
    apply(home, LAST)
    assert move(other, postgresql.address).status == 0
    there = read_log(other)
    demand_unmoved(home, move(home, postgresql.address), "goes another way, up to position 9")
    assert read_log(other) == there


def test_a_log_with_a_fault_is_not_moved(home: Path, postgresql: PostgreSQLServer) -> None:
    with closing(sqlite3.connect(home / "log.db", isolation_level=None)) as log:
        triggers = log.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            log.execute(f"DROP TRIGGER {name}")
        log.execute("UPDATE stored_events SET state = x'00' WHERE position = 3")
        for _, statement in triggers:
            log.execute(statement)
    demand_unmoved(home, move(home, postgresql.address), "event 3 does not fit the chain")


def test_a_log_that_went_back_is_not_moved(home: Path, postgresql: PostgreSQLServer) -> None:
    earlier = shutil.copy(home / "log.db", home.with_name("earlier.db"))
    apply(home, LATER)
    shutil.copy(earlier, home / "log.db")
    refused = move(home, postgresql.address)
    demand_unmoved(home, refused, "ends at position")


def test_a_disk_that_refuses_the_new_file_leaves_the_database_in_force(
    home: Path, postgresql: PostgreSQLServer
) -> None:
    move(home, postgresql.address)
    before = read_log(home)
    (home / ".log.db").mkdir()
    refused = move(home, "file")
    assert (refused.status, "make room or mend the disk, then move again" in refused.err) == (1, True)
    assert read_log(home) == before
    (home / ".log.db").rmdir()
    assert move(home, "file").status == 0


def test_a_plan_that_cannot_be_carried_out_is_named(home: Path) -> None:
    (home / PLAN).write_text("{")
    refused = run_kiosk("hours", "--home", home)
    assert (refused.status, "switch.json cannot be carried out" in refused.err) == (2, True)
