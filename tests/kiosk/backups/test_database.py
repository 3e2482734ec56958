"""The backup of a unit of a database, and a home that goes on in a database that was restored."""

import shutil
from pathlib import Path

import pytest

from domain.act import Act
from domain.log.event_log import EventLog
from kiosk.backups.database import resume_in_restored_database
from kiosk.backups.folder import list_backups, read_description
from kiosk.backups.heads.comparison import find_seen_objection, list_restores
from kiosk.home import Home
from kiosk.store_settings import Store, add_store
from tests.support.hub_client import join_kiosk, serve_hub_of
from tests.support.kiosk_program import ANNS_UNIT_LINES, ProgramResult, line, run_kiosk, write_batch
from tests.support.postgresql_server import PostgreSQLServer
from tests.support.source_doors import NINE, Hub, SourceDoor

DAY = (*ANNS_UNIT_LINES, line("tap", "2026-11-19T08:58", card="04000000000001"))


@pytest.fixture
def home(tmp_path: Path, postgresql: PostgreSQLServer) -> Path:
    """A home with its log in a database."""
    path = tmp_path / "office"
    assert run_kiosk("init", "--simulation", "--home", path, "--store", postgresql.address).status == 0
    apply(path, *DAY)
    return path


@pytest.fixture(scope="module")
def another_database(postgresql: PostgreSQLServer) -> str:
    """The address of another database of the server."""
    return postgresql.add_database("restored")


def apply(home: Path, *lines: dict[str, object]) -> None:
    assert run_kiosk("apply", write_batch(home.with_name("day.jsonl"), *lines), "--home", home).err == ""


def resume(home: Path) -> ProgramResult:
    return run_kiosk("restore", "--database", "--home", home)


# --- Its backup ------------------------------------------------------------------------------


def test_the_backup_of_a_unit_is_proved_without_the_server_and_becomes_a_unit_of_another_database(
    home: Path, another_database: str, postgresql: PostgreSQLServer
) -> None:
    door, places = SourceDoor("north"), home.with_name("usb")
    take_taps(home, door)
    assert run_kiosk("backup", places, "--home", home).err == ""
    (backup,) = list_backups(places)
    assert run_kiosk("restore", "--drill", "--home", home).err == ""
    apply(home, line("tap", "2026-11-20T08:58", card="04000000000001"))
    postgresql.stop()
    try:
        for check in ("verify", "replay"):
            assert (run_kiosk(check, "--home", backup).status, run_kiosk(check, "--home", backup).err) == (0, "")
        restored = home.with_name("restored")
        assert run_kiosk("restore", backup, "--to", restored).err == ""
    finally:
        postgresql.start()
    demand_goes_on(restored, door)
    there = run_kiosk("move-log", "--to", postgresql.address, "--home", restored)
    assert (there.status, "goes another way" in there.err) == (2, True)
    assert run_kiosk("move-log", "--to", another_database, "--home", restored).err == ""
    demand_goes_on(restored, door)
    assert run_kiosk("verify", "--home", restored).err == ""


def take_taps(path: Path, door: SourceDoor) -> None:
    with Home.open(path) as home:
        hub = Hub(home.log)
        act = Act(NINE, home.people.ensure_actor("lin"), NINE)
        hub.intake.join(door.kiosk, door.log_id, door.key.public, (), act)
        door.tap(6)
        hub.intake.take(door.build_batch(0, 4))
        hub.intake.take(door.build_batch(4))


def demand_goes_on(path: Path, door: SourceDoor) -> None:
    """The kiosk is known, its taps are proved, and new ones are taken."""
    with Home.open(path) as home:
        hub = Hub(home.log)
        held = hub.greet(door).position
        door.tap(2)
        hub.intake.take(door.build_batch(held))
        hub.prove(door)


def test_a_folder_that_was_lost_comes_back_from_a_backup_and_the_database_keeps_its_log(
    home: Path, postgresql: PostgreSQLServer
) -> None:
    places, folder = home.with_name("usb"), home.with_name("restored")
    assert run_kiosk("backup", places, "--home", home).err == ""
    apply(home, line("tap", "2026-11-20T08:58", card="04000000000001"))
    hours = run_kiosk("hours", "--format", "json", "--home", home).out
    shutil.rmtree(home)
    (backup,) = list_backups(places)
    assert run_kiosk("restore", backup, "--to", folder).err == ""
    for left in folder.glob("log.*"):
        left.unlink()
    add_store(folder / "kiosk.toml", Store(postgresql.address, read_description(backup).born))
    assert run_kiosk("verify", "--home", folder).err == ""
    assert run_kiosk("hours", "--format", "json", "--home", folder).out == hours


# --- A database that went back ---------------------------------------------------------------


def test_a_log_that_is_whole_goes_on_under_a_new_name_and_old_heads_are_excused(home: Path) -> None:
    assert run_kiosk("verify", "--home", home).status == 0
    assert run_kiosk("backup", "--home", home).status == 0
    with Home.open(home) as opened:
        names = opened.log.list_names()
    assert (resume(home).status, resume(home).err) == (0, "")
    with Home.open(home) as opened:
        assert opened.log.list_names()[:1] == names
        assert [restore.event.log_id for restore in list_restores(opened.log)] == opened.log.list_names()[1:]
        assert find_seen_objection(opened.log, home) is None
    assert run_kiosk("backup", home.with_name("usb"), "--home", home).err == ""
    assert run_kiosk("restore", "--drill", "--home", home).err == ""


def test_a_kiosk_of_the_hub_begins_its_copy_anew_and_is_held_as_before(home: Path) -> None:
    door = SourceDoor("south")
    with Home.open(home) as opened, serve_hub_of(opened) as address:
        kiosk = join_kiosk(opened, address, door)
        door.tap(4)
        assert kiosk.push() == 4
        known = len(kiosk.pull_all())
        assert not kiosk.pull().begins_anew
    assert resume(home).status == 0
    with Home.open(home) as opened, serve_hub_of(opened) as address:
        kiosk.hub = address
        assert kiosk.greet().held == 4
        copied = kiosk.pull()
        assert (copied.begins_anew, copied.unit) == (True, opened.log.log_id)
        assert len(kiosk.pull_all()) == known > 0


def test_killed_between_the_event_and_the_name_it_is_completed_by_the_next(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(EventLog, "renew_identity", die)
        with pytest.raises(KeyboardInterrupt):
            resume_in_restored_database(home)
    with Home.open(home) as opened:
        assert (len(opened.log.list_names()), len(list_restores(opened.log))) == (1, 1)
        assert find_seen_objection(opened.log, home) is not None
    resume_in_restored_database(home)
    with Home.open(home) as opened:
        assert (len(opened.log.list_names()), len(list_restores(opened.log))) == (2, 1)
        assert find_seen_objection(opened.log, home) is None


def test_what_cannot_go_on_is_said_and_nothing_is_changed(home: Path, postgresql: PostgreSQLServer) -> None:
    with Home.open(home) as opened:
        assert "is open in another program" in resume(home).err
        head, unit = opened.log.head(), opened.log.log_id
    assert "takes no backup and no other option" in run_kiosk("restore", "--database", "--drill", "--home", home).err
    select = f"SELECT unit_no FROM kiosk.unit_name WHERE log_id = '{unit}'"
    forge(postgresql, f"UPDATE kiosk.event SET state = '{{}}' WHERE position = 3 AND unit_no = ({select})")
    refused = resume(home)
    assert (refused.status, "event 3 does not fit the chain" in refused.err) == (1, True)
    with Home.open(home) as opened:
        assert (opened.log.head(), opened.log.log_id) == (head, unit)


def forge(server: PostgreSQLServer, statement: str) -> None:
    server.execute(
        f"ALTER TABLE kiosk.event DISABLE TRIGGER event_no_change; {statement};"
        " ALTER TABLE kiosk.event ENABLE TRIGGER event_no_change"
    )


def test_a_log_in_a_file_is_not_in_a_database(tmp_path: Path) -> None:
    Home.make(tmp_path / "home", simulation=True).close()
    assert "is in a file, not in a database: restore a backup" in resume(tmp_path / "home").err
