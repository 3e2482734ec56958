"""A server of PostgreSQL is lost: a base backup and its archive bring it back, or a synchronous standby takes over.

What was acknowledged is there, what the archive did not reach is sent again by the kiosks or named, nothing is twice.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest

from domain.act import Act
from domain.log.errors import CannotConnect, Conflict, LogError, OutcomeUnknown
from domain.log.event_log import EventLog
from domain.log.postgresql.store import create_unit
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.server_errors import DatabaseWentBack
from domain.model.unit import Unit
from kiosk.home import Home
from tests.faults.result_table import FAULT_RESULTS, FaultResult
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch
from tests.support.log_error_sentences import raises_log_error
from tests.support.lost_answers import lose_answer_of_commit
from tests.support.postgresql_server import WRITER, PostgreSQLServer, find_programs
from tests.support.source_doors import NINE, Hub, SourceDoor
from tests.support.toy_aggregates import NAMES, Tally, id_for, visit
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(find_programs() is None, reason="PostgreSQL is not packed for this machine")
OPERATORS_GUIDE = Path(__file__).parents[2] / "docs" / "postgresql.md"
BEFORE, LATER = (line("tap", f"2026-11-{day}T08:58", card="04000000000001") for day in (19, 20))


@pytest.fixture(scope="module")
def primary() -> Iterator[PostgreSQLServer]:
    """A server that archives what it writes, as docs/postgresql.md says."""
    server = PostgreSQLServer.make()
    (command,) = re.findall(r"^archive_command = .*$", OPERATORS_GUIDE.read_text("utf-8"), re.MULTILINE)
    server.put(
        "postgresql.auto.conf", f"archive_mode = on\n{command.replace('/mnt/archive/wal', str(server.archive))}\n"
    )
    server.stop()
    server.start()
    yield server
    server.remove()


# --- From a base backup ----------------------------------------------------------------------


@pytest.fixture
def base_backup() -> Iterator[Callable[[PostgreSQLServer], PostgreSQLServer]]:
    """Takes one, which is removed after the test, whatever came of it."""
    taken: list[PostgreSQLServer] = []

    def take(server: PostgreSQLServer) -> PostgreSQLServer:
        taken.append(server.back_up())
        return taken[-1]

    yield take
    for copy in taken:
        copy.remove()


def test_a_database_that_was_restored_to_an_instant_goes_on_and_kiosks_send_what_is_missing(
    primary: PostgreSQLServer, base_backup: Callable[[PostgreSQLServer], PostgreSQLServer], tmp_path: Path
) -> None:
    path, door = tmp_path / "office", SourceDoor("north")
    assert run_kiosk("init", "--simulation", "--home", path, "--store", primary.address).status == 0
    apply(path, *ANNS_UNIT_LINES)
    copy = base_backup(primary)
    with Home.open(path) as home:
        hub = Hub(home.log)
        act = Act(NINE, home.people.ensure_actor("lin"), NINE)
        hub.intake.join(door.kiosk, door.log_id, door.key.public, (), act)
        door.tap(6)
        hub.intake.take(door.build_batch())
        apply(path, BEFORE)
        known = home.log.head()
        instant = primary.execute("SELECT clock_timestamp()::text")[0][0]
        door.tap(5)
        hub.intake.take(door.build_batch(6))
        apply(path, LATER)
        keep_heads(path)
        recover(primary, copy, str(instant))
        with raises_log_error(DatabaseWentBack, match="its log had reached event"):
            home.log.head()
    assert re.search("is not extended|ends at position", run_kiosk("verify", "--home", path).err)
    demand_resumed(path, known.position)
    with Home.open(path) as home:
        hub = Hub(home.log)
        assert (hub.greet(door).position, len(door.rows)) == (6, 11)
        hub.intake.take(door.build_batch(6))
        hub.prove(door)
    assert run_kiosk("verify", "--home", path).err == ""
    assert run_kiosk("replay", "--home", path).out.startswith("identical")


def keep_heads(path: Path) -> None:
    """What the home keeps of its log: a signed head, a report, a backup, a verification."""
    assert run_kiosk("reconcile", "--date", "2026-11-19", "--home", path).err == ""
    assert run_kiosk("backup", "--home", path).err == ""
    assert run_kiosk("verify", "--home", path).err == ""
    assert [*path.glob("heads/*")]


def apply(home: Path, *lines: dict[str, object]) -> None:
    assert run_kiosk("apply", write_batch(home.with_name("day.jsonl"), *lines), "--home", home).err == ""


def recover(lost: PostgreSQLServer, copy: PostgreSQLServer, instant: str) -> None:
    """The server is lost with its disk; its base backup goes on in its place, as the archive had it at an instant."""
    lost.execute("SELECT pg_switch_wal()")
    (last,) = lost.execute("SELECT pg_walfile_name(pg_current_wal_lsn() - 1)")[0]
    wait_until((lost.archive / str(last)).exists, lambda: f"{last} was not archived")
    lost.stop("immediate")
    copy.put("recovery.signal")
    copy.put(
        "postgresql.auto.conf",
        f"restore_command = 'cp {lost.archive}/%f %p'\narchive_command = '/bin/true'\n"
        f"recovery_target_time = '{instant}'\nrecovery_target_action = 'promote'\n",
    )
    copy.place = lost.place
    copy.start()
    wait_until(lambda: copy.execute("SELECT pg_is_in_recovery()") == [(False,)], lambda: "it still recovers")


def demand_resumed(path: Path, position: int) -> None:
    """The home goes on with what its database holds."""
    resumed = run_kiosk("restore", "--database", "--home", path)
    assert (resumed.status, resumed.err) == (0, "")
    assert f"{position} events, whole" in resumed.out
    with Home.open(path) as home:
        assert str(home.log.log_id) in resumed.out
        assert len(home.log.list_names()) == 2


# --- A synchronous standby -------------------------------------------------------------------


@pytest.fixture(scope="module")
def standby(primary: PostgreSQLServer) -> Iterator[PostgreSQLServer]:
    """A second server: what is acknowledged stands on both."""
    if not primary.is_running:
        primary.start()
    server = primary.back_up("-R", "-C", "-S", "standby", "--no-sync")
    server.start()
    primary.set("synchronous_standby_names", "*")
    primary.set("synchronous_commit", "remote_apply")
    yield server
    server.remove()


@pytest.fixture
def address(primary: PostgreSQLServer, standby: PostgreSQLServer) -> str:
    """The address of both, as a home names them."""
    return f"postgresql://{WRITER}@/kiosk?host={primary.place},{standby.place}&target_session_attrs=read-write"


def test_a_commit_whose_wait_for_the_standby_is_cancelled_is_no_acknowledgement(
    primary: PostgreSQLServer, standby: PostgreSQLServer, address: str, tmp_path: Path
) -> None:
    with closing(create_unit(address, uuid4(), NAMES, tmp_path)) as log, ThreadPoolExecutor(1) as thread:
        log.append(visit("ann"))
        standby.stop("immediate")
        guest = visit("ben")
        waiting = thread.submit(log.append, guest)
        end_wait(primary, "pg_cancel_backend")
        with raises_log_error(OutcomeUnknown, match="may be stored or not"):
            waiting.result()
        with pytest.raises(Conflict):
            log.append(guest)
        waiting = thread.submit(log.append, visit("cat"))
        end_wait(primary, "pg_terminate_backend")  # its answer is lost: what is looked up waits for the standby too
        wait_for_commit(primary)
        standby.start()
        assert waiting.result() == [7, 8, 9]
        assert log.verify().events == 9


def count_until_refused(log: EventLog, begun: Event) -> int:
    """Taps one after the other until the server is gone; how many were acknowledged."""
    tally = Tally.begin(id_for("door"))
    try:
        while True:
            tally.count(by=1)
            log.append(tally)
            begun.set()
    except LogError:
        return tally.version - len(tally.pending_events)


def wait_for_commit(primary: PostgreSQLServer) -> int:
    """The process of a session that waits for the standby."""
    found: list[tuple[object, ...]] = []

    def look() -> bool:
        found[:] = primary.execute("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
        return bool(found)

    wait_until(look, lambda: "nothing waits for the standby")
    return int(str(found[0][0]))


def end_wait(primary: PostgreSQLServer, function: str) -> None:
    primary.execute(f"SELECT {function}({wait_for_commit(primary)})")


def test_a_standby_takes_over_without_a_lost_tap_and_a_tap_of_unknown_outcome_is_there_once(
    primary: PostgreSQLServer,
    standby: PostgreSQLServer,
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    north, south = SourceDoor("north"), SourceDoor("south")
    with (
        closing(create_unit(address, uuid4(), NAMES, tmp_path)) as log,
        closing(create_unit(address, uuid4(), REGISTERED_NAMES, tmp_path)) as unit,
        ThreadPoolExecutor(1) as thread,
    ):
        unit.append(Unit.make_home("Asia/Taipei", NINE, simulation=True))
        hub = Hub(unit)
        hub.admit(north, south)
        north.tap(8)
        hub.intake.take(north.build_batch(0, 5))
        taps = thread.submit(count_until_refused, log, begun := Event())
        begun.wait()
        lose_answer_of_commit(monkeypatch, lambda: primary.stop("immediate"))
        with pytest.raises(OutcomeUnknown):
            hub.intake.take(north.build_batch(5))
        acknowledged = taps.result()
        with raises_log_error(CannotConnect, match="read-only|cannot reach"):
            log.head()
        standby.promote()
        assert hub.greet(north) == north.head
        hub.intake.take(north.build_batch(5))
        south.tap(3)
        hub.intake.take(south.build_batch())
        hub.prove(north, south)
        assert log.verify().events - acknowledged in {0, 1}  # one was under way
        log.append(visit())
    FAULT_RESULTS.append(FaultResult("PostgreSQL: a standby takes over", 1, acknowledged, 0))
