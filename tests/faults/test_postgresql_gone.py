"""The server of a log is gone for a while, or its disk is full: who waits is told so, and nobody has to start anew."""

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest

from domain.log.errors import CannotConnect, DiskFull, LogError
from domain.log.event_log import EventLog
from domain.log.postgresql import queries
from domain.model.attendance import TapEvent
from kiosk.backups.heads.last_verification import read_last_verification
from kiosk.backups.record import read_record
from kiosk.desk.home_access import HomeReader
from kiosk.entrance.preflight import run_preflight
from kiosk.entrance.service import StorageTrouble
from kiosk.home import Home
from tests.faults.result_table import FAULT_RESULTS, LONG, FaultResult
from tests.support.home_entrance import ANNS_CARD_NUMBER, LANS_CARD_NUMBER, OFFICE_LINES, HomeEntrance
from tests.support.hub_client import Refused, join_kiosk, serve_hub_of
from tests.support.kiosk_program import run_kiosk, write_batch
from tests.support.log_error_sentences import raises_log_error
from tests.support.log_stores import build_unit_store
from tests.support.people import local_time
from tests.support.postgresql_server import NOBODY, PostgreSQLServer
from tests.support.small_disk import fill_disk, needs_a_small_disk, small_disk
from tests.support.source_doors import SourceDoor
from tests.support.toy_aggregates import visit

COMMANDS = (
    ["hours"],
    ["presence", "--format", "json"],
    ["tap", "04000000000001", "--at", "2026-11-19T12:00"],
    ["verify"],
    ["replay"],
    ["reconcile", "--date", "2026-11-19"],
    ["backup"],
    ["restore", "--database"],
    ["hub", "--port", "0"],
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQLServer) -> Path:
    """A home in which Ann and Lan serve, with its log in a database."""
    folder = tmp_path_factory.mktemp("office")
    made = run_kiosk("init", "--simulation", "--home", folder / "home", "--store", postgresql.address)
    assert made.status == 0
    assert run_kiosk("apply", write_batch(folder / "office.jsonl", *OFFICE_LINES), "--home", folder / "home").err == ""
    return folder / "home"


@pytest.fixture
def gone(postgresql: PostgreSQLServer) -> Iterator[PostgreSQLServer]:
    """The server, which a test may stop."""
    yield postgresql
    if not postgresql.is_running:
        postgresql.start()


def test_an_entrance_says_so_and_takes_cards_again_when_the_server_is_there(
    office: Path, gone: PostgreSQLServer
) -> None:
    answers: list[str] = []
    with Home.open(office) as home:
        entrance = HomeEntrance(home)
        answers.append(entrance.tap("2026-11-19 06:00", ANNS_CARD_NUMBER).state)
        for hour, how in ((7, "fast"), (8, "immediate")):
            gone.stop(how)
            with pytest.raises(StorageTrouble):
                entrance.tap(f"2026-11-19 {hour:02}:00", LANS_CARD_NUMBER)
            assert not entrance.controller.is_storage_ready()
            gone.start()
            assert entrance.controller.is_storage_ready()
            answers.append(entrance.tap(f"2026-11-19 {hour:02}:05", LANS_CARD_NUMBER).state)
        assert home.log.verify().whole
        taps = [entry.event.at for entry in home.log.read_entries() if isinstance(entry.event, TapEvent)]
    FAULT_RESULTS.append(FaultResult("PostgreSQL: gone for a while", 2, len(answers), len(answers) - len(taps)))
    assert answers == ["checked_in", "checked_in", "checked_out"]
    assert taps == [local_time(f"2026-11-19 {at}") for at in ("06:00", "07:05", "08:05")]


def test_every_command_ends_with_a_sentence(office: Path, gone: PostgreSQLServer) -> None:
    gone.stop()
    for words in COMMANDS:
        ended = run_kiosk(*words, "--home", office)
        assert ended.status in {1, 2}, words
        assert "cannot reach the event log" in ended.first_error_line, words
    checked = run_kiosk("status", "--home", office)
    assert (checked.status, "cannot reach the event log" in checked.out) == (1, True)


@pytest.fixture
def lost_at_the_walk(gone: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server crashes when the rows of a log are asked for, to verify them."""
    execute = psycopg.Cursor.execute

    def lose_at_the_walk(self: psycopg.Cursor, query: bytes | str, *rest: object, **options: object) -> psycopg.Cursor:
        if query == queries.RAW and gone.is_running:
            gone.stop("immediate")
        return execute(self, query, *rest, **options)  # pyright: ignore[reportArgumentType] - passed on as they are

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", lose_at_the_walk)
        yield


VERIFYING = (
    ["verify"],
    ["reconcile", "--date", "2026-11-19"],
    ["restore", "--database"],
    ["move-log", "--to", "file"],
    ["prove", "1"],
    ["backup"],
)


@pytest.mark.parametrize("words", VERIFYING, ids=lambda words: words[0])
def test_a_server_that_goes_away_in_the_middle_of_a_verification_is_no_damage(
    office: Path, gone: PostgreSQLServer, request: pytest.FixtureRequest, words: list[str]
) -> None:
    """Nothing is kept of it either: with the server back, all is as before."""
    assert run_kiosk("verify", "--home", office).status == 0
    kept = read_last_verification(office)
    request.getfixturevalue("lost_at_the_walk")
    ended = run_kiosk(*words, "--home", office)
    assert not gone.is_running
    assert (ended.status, ended.first_error_line.partition(" (")[0]) == (
        2,
        f"kiosk: cannot reach the event log {gone.address}",
    )
    assert read_last_verification(office) == kept


def test_an_entrance_that_starts_while_the_server_goes_away_does_not_call_the_log_damaged(
    office: Path, lost_at_the_walk: None
) -> None:
    with Home.open(office) as home, raises_log_error(CannotConnect, match="cannot reach"):
        run_preflight(home)


def test_a_drill_that_cannot_compare_the_backup_with_its_home_is_not_one_that_failed(
    office: Path, gone: PostgreSQLServer
) -> None:
    assert run_kiosk("backup", "--home", office).status == 0
    assert run_kiosk("restore", "--drill", "--home", office).status == 0
    kept = read_record(office)
    gone.stop()
    ended = run_kiosk("restore", "--drill", "--home", office)
    assert (ended.status, "cannot reach the event log" in ended.first_error_line) == (2, True)
    assert read_record(office) == kept


def test_open_read_models_and_a_hub_go_on_when_the_server_is_there_again(office: Path, gone: PostgreSQLServer) -> None:
    door = SourceDoor("north")
    with Home.open(office) as home, serve_hub_of(home) as address:
        reader, kiosk = HomeReader(home), join_kiosk(home, address, door)
        door.tap(4)
        assert kiosk.push(0, 2) == 2
        rows = reader.read(lambda views: views.position)
        gone.stop("immediate")
        with raises_log_error(CannotConnect, match="cannot reach"):
            reader.read(lambda views: views.position)
        with pytest.raises(Refused) as refused:
            kiosk.push(2)
        assert refused.value.refusal.code == "busy"
        gone.start()
        assert kiosk.push(2) == 4
        assert reader.read(lambda views: views.position) == rows + 2


@needs_a_small_disk
def test_a_full_disk_of_the_server_refuses_what_it_cannot_keep_and_takes_it_later(
    postgresql: PostgreSQLServer, tmp_path: Path
) -> None:
    with small_disk(postgresql.folder / "small", 2**24) as disk:
        os.chown(disk, NOBODY, NOBODY)
        postgresql.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        try:
            address = postgresql.add_database("small")
            with psycopg.connect(postgresql.build_address("postgres", "postgres"), autocommit=True) as admin:
                admin.execute(b"ALTER DATABASE small SET TABLESPACE small")
            with closing(build_unit_store(tmp_path, address).create()) as log:
                log.append(visit("ann"))
                filling = fill_disk(disk)
                guest, stored = visit("0", texts=60), 3
                with raises_log_error(DiskFull, match="free or repair the disk, then retry"):
                    for number in count(1):
                        stored += len(log.append(guest))
                        guest = visit(str(number), texts=60)
                assert log.verify().events == stored
                filling.unlink()
                assert log.append(guest)[0] == stored + 1
                assert log.verify().whole
        finally:
            drop(postgresql)


def drop(server: PostgreSQLServer) -> None:
    with psycopg.connect(server.build_address("postgres", "postgres"), autocommit=True) as admin:
        with suppress(psycopg.Error):
            admin.execute(b"DROP DATABASE small WITH (FORCE)")
        admin.execute(b"DROP TABLESPACE small")


@needs_a_small_disk
@pytest.mark.skipif(not LONG, reason="a server of its own: `make faults`")
def test_a_server_that_ends_because_its_disk_is_full_has_lost_nothing(
    postgresql: PostgreSQLServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(postgresql.folder / "own", 2**27) as disk:
        disk.chmod(0o755)
        monkeypatch.setenv("PYTEST_DEBUG_TEMPROOT", str(disk))
        server = PostgreSQLServer.make()
        with closing(build_unit_store(tmp_path, server.address).create()) as log:
            filling = fill_disk(disk)
            stored = append_until_refused(log)
            filling.unlink()
            server.stop("immediate")
            server.start()
            assert log.verify().events - stored in {0, 61}  # the last may have been stored, and its answer lost
            assert log.verify().whole
            log.append(visit("last"))
        server.remove()


def append_until_refused(log: EventLog) -> int:
    """How many events were acknowledged."""
    stored = 0
    with suppress(LogError):
        for number in count():
            stored += len(log.append(visit(str(number), texts=60)))
    return stored
