"""A person can write to the folder of the backups and not read the site key: nothing that they leave is believed."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kiosk.backups.folder import list_backups
from kiosk.erasure.ledger import Erasure, append_to_ledger
from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.support.forged_backup import forge_description, strip_seal
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, ProgramResult, run_kiosk, write_batch

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
NAME, OTHER_NAME = "王小明", "林大同"
SWAPS = 40 if LONG else 6
EDIT = "UPDATE volunteers SET name = ? WHERE number = 'V001'"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A real home, whose site key nobody knows, with one volunteer."""
    Home.make(tmp_path / "home", simulation=False).close()
    batch = write_batch(tmp_path / "day.jsonl", OPEN_UNIT, {**ENROL_ANN, "name": NAME})
    assert run_kiosk("apply", batch, "--home", tmp_path / "home").status == 0
    return tmp_path / "home"


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    """A backup of it on another disk."""
    assert run_kiosk("backup", tmp_path / "usb", "--home", home).status == 0
    return list_backups(tmp_path / "usb")[0]


@pytest.fixture
def ann(home: Path) -> UUID:
    """Her id, which the log of every backup names."""
    with Home.open(home) as opened:
        return opened.people.find_id("V001") or pytest.fail("she is enrolled")


def edit_people(backup: Path) -> None:
    """Give the volunteer another name."""
    with closing(sqlite3.connect(backup / "people.db", isolation_level=None)) as store:
        store.execute("PRAGMA journal_mode = DELETE")
        store.execute(EDIT, (OTHER_NAME,))
        store.execute("PRAGMA journal_mode = WAL")


def read_name(home: Path) -> str | None:
    with Home.open(home) as opened:
        volunteer = opened.people.find_id("V001")
        return volunteer and opened.people.find_name(volunteer)


def restore(backup: Path, into: Path, *options: str | Path) -> ProgramResult:
    ended = run_kiosk("restore", backup, "--to", into, *options)
    assert "Traceback" not in ended.err
    return ended


# --- What is planted ---


def plant_line(backup: Path, ann: UUID) -> None:
    append_to_ledger(backup.parent, [Erasure(ann, AT, "request")])


def plant_line_with_a_seal(backup: Path, ann: UUID) -> None:
    append_to_ledger(backup.parent, [Erasure(ann, AT, "request").add_seal(lambda _: b"guessed")])


def plant_line_in_the_backup(backup: Path, ann: UUID) -> None:
    append_to_ledger(backup, [Erasure(ann, AT, "request")])


def edit_with_digest(backup: Path, ann: UUID) -> None:
    edit_people(backup)
    forge_description(backup, None)


def edit_without_seal(backup: Path, ann: UUID) -> None:
    edit_with_digest(backup, ann)
    strip_seal(backup)


def seal_with_another_key(backup: Path, ann: UUID) -> None:
    edit_people(backup)
    forge_description(backup, bytes(32))


def exchange_key(backup: Path, ann: UUID) -> None:
    (backup / "site.key").write_bytes(bytes(32))
    forge_description(backup, bytes(32))


def replace_by_link(backup: Path, ann: UUID) -> None:
    (backup / "people.db").rename(backup / "elsewhere.db")
    (backup / "people.db").symlink_to("elsewhere.db")


def replace_by_pipe(backup: Path, ann: UUID) -> None:
    (backup / "people.db").unlink()
    os.mkfifo(backup / "people.db")


def replace_description_by_pipe(backup: Path, ann: UUID) -> None:
    (backup / "backup.json").unlink()
    os.mkfifo(backup / "backup.json")


def replace_ledger_by_pipe(backup: Path, ann: UUID) -> None:
    os.mkfifo(backup.parent / "erasures.jsonl")


def open_to_group(backup: Path, ann: UUID) -> None:
    backup.chmod(0o770)


def open_parent(backup: Path, ann: UUID) -> None:
    backup.parent.chmod(0o777)


PLANTED: tuple[Callable[[Path, UUID], None], ...] = (
    plant_line,
    plant_line_with_a_seal,
    edit_with_digest,
    edit_without_seal,
    seal_with_another_key,
    exchange_key,
    replace_by_link,
    replace_by_pipe,
    replace_description_by_pipe,
    replace_ledger_by_pipe,
    open_to_group,
    open_parent,
)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_what_was_planted_is_refused_in_one_sentence_and_nothing_is_restored(
    home: Path, backup: Path, ann: UUID, tmp_path: Path, plant: Callable[[Path, UUID], None]
) -> None:
    plant(backup, ann)
    ended = restore(backup, tmp_path / "new", "--from-home", home)
    assert (ended.status in (1, 2), ended.err.count("\n"), (tmp_path / "new" / "log.db").exists()) == (True, 1, False)
    drill = run_kiosk("restore", backup, "--drill", "--home", home)
    assert (drill.status in (1, 2), "Traceback" in drill.err) == (True, False)
    ATTACK_RESULTS.append(AttackResult(f"backup folder: {plant.__name__.replace('_', ' ')}", 2, 2, 0))


def test_a_ledger_that_the_description_of_a_backup_does_not_name_is_not_read(
    backup: Path, ann: UUID, tmp_path: Path
) -> None:
    plant_line_in_the_backup(backup, ann)
    ended = restore(backup, tmp_path / "new")
    assert (ended.status, "erased   0 again" in ended.out, read_name(tmp_path / "new")) == (0, True, NAME)


def test_a_line_of_another_home_in_the_same_folder_is_passed_over(backup: Path, tmp_path: Path) -> None:
    others = [Erasure(uuid4(), AT, "request"), Erasure(uuid4(), AT, "request").add_seal(lambda _: b"their key")]
    append_to_ledger(backup.parent, others)
    assert (restore(backup, tmp_path / "new").status, read_name(tmp_path / "new")) == (0, NAME)
    assert not (tmp_path / "new" / "erasures.jsonl").exists()


def test_the_next_backup_replaces_a_planted_line_by_the_line_of_the_home(home: Path, backup: Path) -> None:
    with Home.open(home) as opened:
        line = Erasure(uuid4(), AT, "request").add_seal(opened.compute_hmac)
        append_to_ledger(home, [line])
    append_to_ledger(backup.parent, [Erasure(line.volunteer, AT, "authority").add_seal(lambda _: b"guessed")])
    shutil.rmtree(backup)  # made in this second
    assert run_kiosk("backup", backup.parent, "--home", home).status == 0
    assert (backup.parent / "erasures.jsonl").read_bytes() == (home / "erasures.jsonl").read_bytes()


@pytest.mark.parametrize("plant", [edit_without_seal, seal_with_another_key, replace_by_link, open_to_group])
def test_verifying_a_backup_where_it_stands_checks_its_files_and_its_seal(
    backup: Path, ann: UUID, plant: Callable[[Path, UUID], None]
) -> None:
    """Without a seal it is one of version 0.1: then its digests, and those in the events, are all there is."""
    assert run_kiosk("verify", "--home", backup).status == 0
    plant(backup, ann)
    ended = run_kiosk("verify", "--home", backup)
    assert (ended.status != 0, ended.err.count("\n")) == (True, 1)


def test_a_wal_that_was_put_into_a_backup_is_not_read(backup: Path) -> None:
    (backup / "people.db-wal").write_bytes(b"rows of somebody else")
    ended = run_kiosk("hours", "--home", backup)
    assert (ended.status, "was altered" in ended.err) == (1, True)


# --- What is swapped meanwhile ---


def test_a_file_that_is_swapped_while_it_is_restored_never_wins(home: Path, backup: Path, tmp_path: Path) -> None:
    """What was copied is what is compared: either the restore is refused, or the file is the one that was backed up."""
    genuine, ended = (backup / "people.db").read_bytes(), threading.Event()
    edit_people(backup)
    forged = (backup / "people.db").read_bytes()
    (backup / "people.db").write_bytes(genuine)

    def swap() -> None:
        while not ended.wait(0.000_2):
            for content in (forged, genuine):
                (backup / "draft").write_bytes(content)
                (backup / "draft").rename(backup / "people.db")

    swapper, seen, lost = threading.Thread(target=swap), 0, 0
    swapper.start()
    try:
        for number in range(SWAPS):
            into = tmp_path / f"new-{number}"
            if restore(backup, into).status:
                seen += 1
            elif read_name(into) != NAME:
                lost += 1
    finally:
        ended.set()
        swapper.join()
    remark = f"refused {seen} times, else the genuine file was restored"
    ATTACK_RESULTS.append(AttackResult("swap a file during a restore", SWAPS, SWAPS - lost, lost, remark))
    assert lost == 0


# --- Whose the folder is ---


@pytest.mark.parametrize(("mode", "status"), [(0o755, 0), (0o775, 1), (0o757, 1)])
def test_a_backup_goes_to_a_folder_that_others_may_read_and_not_write(
    home: Path, tmp_path: Path, mode: int, status: int
) -> None:
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb").chmod(mode)
    ended = run_kiosk("backup", tmp_path / "usb", "--home", home)
    assert (ended.status, len(list_backups(tmp_path / "usb"))) == (status, 1 - status)
    assert ("chmod go-w" in ended.err) == bool(status)


@pytest.mark.parametrize(("mode", "status"), [(0o1777, 0), (0o777, 1)])
def test_a_backup_is_restored_from_a_folder_of_all_only_where_nobody_can_exchange_it(
    backup: Path, tmp_path: Path, mode: int, status: int
) -> None:
    backup.parent.chmod(mode)
    assert restore(backup, tmp_path / "new").status == status


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
@pytest.mark.parametrize("of", ["the backup", "the folder of the backups"])
def test_a_folder_of_another_user_is_refused(home: Path, backup: Path, tmp_path: Path, of: str) -> None:
    shutil.chown(backup if of == "the backup" else backup.parent, "nobody")
    if of == "the backup":
        assert "belongs to nobody" in restore(backup, tmp_path / "new").err
    else:
        assert "belongs to nobody" in run_kiosk("backup", backup.parent, "--home", home).err


# --- Version 0.1 ---


def test_a_backup_of_version_0_1_is_restored_where_it_is_said_to_be_one(backup: Path, tmp_path: Path) -> None:
    strip_seal(backup)
    ended = restore(backup, tmp_path / "new")
    assert (ended.status, "--unsealed" in ended.err) == (1, True)
    assert restore(backup, tmp_path / "newer", "--unsealed").status == 0
    assert read_name(tmp_path / "newer") == NAME


def test_a_ledger_of_version_0_1_still_erases_where_it_is_said_to_be_one(
    backup: Path, ann: UUID, tmp_path: Path
) -> None:
    append_to_ledger(backup.parent, [Erasure(ann, AT, "request")])
    assert restore(backup, tmp_path / "new").status == 1
    ended = restore(backup, tmp_path / "newer", "--unsealed")
    assert (ended.status, "erased   1 again" in ended.out, read_name(tmp_path / "newer")) == (0, True, None)


def test_the_next_backup_seals_the_ledger_that_version_0_1_wrote(home: Path, tmp_path: Path) -> None:
    append_to_ledger(home, [Erasure(uuid4(), AT, "request")])
    assert run_kiosk("backup", tmp_path / "usb", "--home", home).status == 0
    for folder in (home, tmp_path / "usb", *list_backups(tmp_path / "usb")):
        assert b'"seal"' in (folder / "erasures.jsonl").read_bytes()
