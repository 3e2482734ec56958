"""A home whose log stands in PostgreSQL: the same commands, the same answers, the same chain as over a file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.entrance.preflight import run_preflight
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.store_settings import copy_settings, find_store
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch
from tests.support.postgresql_server import OWNER, PostgreSQLServer

HERE = Path(__file__).parents[2]
DAY = (
    line("complete_training", "2024-01-12T08:00", volunteer="V001", kind="basic", on="2024-01-10"),
    line("complete_training", "2024-01-12T08:00", volunteer="V001", kind="special", category="戶政", on="2024-01-10"),
    *ANNS_UNIT_LINES[3:],
    line("tap", "2026-11-19T08:58", card="04000000000001"),
    line("reconcile", "2026-11-20T04:30", date="2026-11-19"),
    line(
        "close_visit",
        "2026-11-20T09:15",
        volunteer="V001",
        check_in="2026-11-19T08:58",
        check_out="2026-11-19T12:00",
        reason="seen leaving",
        by="coordinator",
    ),
    line("reconcile", "2026-11-21T04:30", date="2026-11-20"),
)
READS = (
    ["hours"],
    ["hours", "--as-of", "2026-11-20T05:00"],
    ["visits"],
    ["duties"],
    ["verify"],
    ["explain", "V001", "2026-11-19"],
)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQLServer) -> tuple[Path, Path]:
    """One batch in two simulations, of which one stands in a file."""
    folder = tmp_path_factory.mktemp("twins")
    batch = write_batch(folder / "day.jsonl", *ANNS_UNIT_LINES[:3], *DAY)
    file, database = folder / "file", folder / "database"
    assert run_kiosk("init", "--simulation", "--home", file).status == 0
    assert run_kiosk("init", "--simulation", "--home", database, "--store", postgresql.address).status == 0
    for home in (file, database):
        assert run_kiosk("apply", batch, "--home", home).err == ""
    return file, database


def test_the_log_is_not_in_the_folder_and_its_address_is_in_the_settings(twins: tuple[Path, Path]) -> None:
    _, database = twins
    assert not [*database.glob("log.*")]
    assert "[store]\naddress = " in (database / "kiosk.toml").read_text()


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_every_answer_is_that_of_a_home_with_a_file(twins: tuple[Path, Path], words: list[str]) -> None:
    file, database = (run_kiosk(*words, "--format", "json", "--home", home) for home in twins)
    assert (database.status, database.err) == (0, "")
    assert json.loads(database.out) == json.loads(file.out)


def test_read_models_replay_and_every_check_but_that_of_the_calendar_is_well(twins: tuple[Path, Path]) -> None:
    _, database = twins
    assert run_kiosk("replay", "--home", database).out.startswith("identical")
    checks = json.loads(run_kiosk("status", "--format", "json", "--home", database).out)
    assert [check["name"] for check in checks["checks"] if not check["ok"]] == ["calendar"]  # none was imported


def test_a_trial_of_a_batch_changes_nothing(twins: tuple[Path, Path], tmp_path: Path) -> None:
    _, database = twins
    before = run_kiosk("verify", "--home", database).out.splitlines()[1]
    batch = write_batch(tmp_path / "more.jsonl", line("suspend_volunteer", "2026-11-22T08:00", volunteer="V001"))
    tried = run_kiosk("apply", "--check", batch, "--home", database)
    assert "nothing was changed" in tried.out
    assert run_kiosk("verify", "--home", database).out.splitlines()[1] == before


def test_a_backup_is_that_of_a_home_with_a_file_and_is_restored_as_one(
    twins: tuple[Path, Path], tmp_path: Path
) -> None:
    _, database = twins
    assert run_kiosk("backup", tmp_path / "backups", "--home", database).err == ""
    (backup,) = (tmp_path / "backups").glob("backup-*")
    assert run_kiosk("restore", "--drill", "--home", database).err == ""
    restored = run_kiosk("restore", backup, "--to", tmp_path / "restored", "--from-home", database)
    assert restored.err == ""
    assert "missing  nothing" in restored.out
    with Home.open(tmp_path / "restored") as restored, Home.open(database) as home:
        assert restored.settings.store is None
        assert restored.log.find_objection(home.log.head()) is None
        assert restored.log.list_names()[0] == home.log.list_names()[0]


# --- A real home -----------------------------------------------------------------------------


def test_a_card_is_tapped_in_a_real_home(postgresql: PostgreSQLServer, tmp_path: Path) -> None:
    home = tmp_path / "office"
    assert run_kiosk("init", "--home", home, "--store", postgresql.address).status == 0
    people = write_batch(tmp_path / "people.jsonl", *ANNS_UNIT_LINES[:3])
    assert run_kiosk("apply", people, "--home", home).err == ""
    assert run_kiosk("tap", "04000000000001", "--home", home).status == 0
    presence = json.loads(run_kiosk("presence", "--format", "json", "--home", home).out)
    assert [row["volunteer"] for row in presence] == ["V001"]
    with Home.open(home) as opened:
        run_preflight(opened)
        assert not opened.reserve_released


def test_a_home_that_is_only_read_writes_neither_log_nor_folder(twins: tuple[Path, Path]) -> None:
    _, database = twins
    database.chmod(0o500)
    try:
        with Home.open_to_read(database) as home:
            home.views.catch_up()
            assert home.log.head().position > 0
    finally:
        database.chmod(0o700)


# --- Refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mysql://office@db/city", "this is no database of PostgreSQL"),
        ("postgresql://[office@db/city", "this is no database of PostgreSQL"),
        ("postgresql://office:secret@db/city", "no password may stand here"),
        ("postgresql://office@db/city?password=secret", "no password may stand here"),
        ("postgresql://office@/city?host=/nowhere", "cannot reach the event log"),
        ("postgresql://office@db..example/city", "cannot reach the event log"),
    ],
)
def test_an_address_that_cannot_be_used_leaves_no_home(tmp_path: Path, address: str, sentence: str) -> None:
    refused = run_kiosk("init", "--home", tmp_path / "office", "--store", address)
    assert refused.status == 2
    assert sentence in refused.err
    assert "secret" not in refused.err
    assert not (tmp_path / "office").exists()


def test_a_role_with_too_many_rights_makes_no_home(postgresql: PostgreSQLServer, tmp_path: Path) -> None:
    refused = run_kiosk("init", "--home", tmp_path / "office", "--store", postgresql.build_address(OWNER))
    assert (refused.status, (tmp_path / "office").exists()) == (2, False)
    assert "may change or delete events" in refused.err


def test_a_home_has_one_log(twins: tuple[Path, Path]) -> None:
    _, database = twins
    (database / "log.db").write_bytes(b"")
    try:
        refused = run_kiosk("hours", "--home", database)
    finally:
        (database / "log.db").unlink()
    assert refused.status == 2
    assert "remove [store], or move log.db away" in refused.err


def test_the_password_is_no_setting(twins: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text(
        '[store]\naddress = "postgresql://a:b@c/d"\nunit = "12f3df64-4434-4f32-97a2-1a4b78b6705b"\n'
    )
    with pytest.raises(UserError, match=r"kiosk\.toml:2: no password may stand here"):
        find_store(tmp_path)


def test_a_copy_of_the_settings_names_no_database(tmp_path: Path) -> None:
    block = '[store] # ours\naddress = "x"\nunit = "y"\n'
    for text in (f"a = 1\n{block}", f"a = 1\n{block}[sound]\non = false\n", "a = 1\n[stores]\nb = 2\n"):
        source, copy = tmp_path / "source", tmp_path / "copy"
        source.write_text(text)
        copy.unlink(missing_ok=True)
        copy_settings(source, copy)
        assert copy.read_text() == text.replace(block, "")


def test_a_home_with_a_file_never_loads_the_client_of_postgresql(twins: tuple[Path, Path]) -> None:
    file, _ = twins
    program = "import sys; from kiosk.cli.program import run; run(['hours']); sys.exit('psycopg' in sys.modules)"
    environment = {**os.environ, "KIOSK_HOME": str(file)}
    subprocess.run([sys.executable, "-c", program], cwd=HERE, env=environment, check=True, stdout=subprocess.DEVNULL)
