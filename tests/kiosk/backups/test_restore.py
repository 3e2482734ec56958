"""`kiosk restore`: a home from a backup, proved, never over another one."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from domain.log.copying import read_names_and_head as log_head
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from kiosk.backups.folder import FILES, list_backups, read_description
from kiosk.home import Home
from kiosk.home_unit import SIMULATED_KEY
from tests.kiosk.backups.conftest import sentence
from tests.kiosk.conftest import Apply, read_head
from tests.support.forged_backup import forge_description
from tests.support.full_disk import full_disk
from tests.support.kiosk_program import line, run_kiosk
from tests.support.tampering import flip_bit

READS = ("visits", "duties", "hours", "absences", "exits", "pending", "presence")
ADVICE = "look there what it was, and enter it again; kiosks with a home of their own send their taps again"


def run_read_commands(home: Path) -> list[str]:
    """Every read model, and who is who."""
    return [run_kiosk(command, "--format", "json", "--home", home).out for command in READS]


# --- A home from a backup ---


def test_a_restored_home_gives_the_same_answers_as_the_lost_one(home: Path, backup: Path, new: Path) -> None:
    ended = run_kiosk("restore", backup, "--to", new)
    assert (ended.status, ended.err) == (0, "")
    assert run_read_commands(new) == run_read_commands(home)
    assert read_head(new)[0] == read_head(home)[0] + 1  # the restore is an event


def test_it_reports_what_it_verified(backup: Path, new: Path) -> None:
    said = run_kiosk("restore", backup, "--to", new).out.splitlines()
    description = read_description(backup)
    assert said[0] == f"{new} is restored from {backup}"
    assert said[1] == f"chain    {description.position:,} events, whole; it ends as the backup says"
    assert said[2] == f"head     {description.chain}"
    assert said[3].startswith("views    identical when built twice: ")
    assert said[4] == "people   1 registered"
    assert said[5] == "newest   recorded 2026-11-19 12:01:00+08:00"


def test_the_log_has_a_new_name_so_that_followers_notice(home: Path, backup: Path, new: Path) -> None:
    run_kiosk("restore", backup, "--to", new)
    before, after = log_head(home / "log.db")[0], log_head(new / "log.db")[0]
    assert (after[0], len(after), after[-1] in before) == (before[0], 2, False)


def test_it_can_be_written_to_and_a_backup_of_it_restored_again(
    backup: Path, new: Path, apply: Apply, tmp_path: Path
) -> None:
    run_kiosk("restore", backup, "--to", new)
    assert apply(new, line("tap", "2026-11-20T09:00", card="04000000000001")).status == 0
    assert run_kiosk("verify", "--home", new).status == 0
    assert run_kiosk("backup", tmp_path / "second", "--home", new).status == 0
    assert run_kiosk("restore", list_backups(tmp_path / "second")[0], "--to", tmp_path / "third").status == 0
    assert run_read_commands(tmp_path / "third") == run_read_commands(new)


def test_a_real_home_is_restored_like_a_simulation(real_home: Path, tmp_path: Path, new: Path) -> None:
    assert run_kiosk("backup", tmp_path / "usb", "--home", real_home).status == 0
    assert run_kiosk("restore", list_backups(tmp_path / "usb")[0], "--to", new).status == 0
    assert (new / "site.key").read_bytes() == (real_home / "site.key").read_bytes()
    with Home.open(new) as restored:
        assert not restored.simulation


def test_only_its_owner_can_read_it_and_no_scratch_folder_is_left(backup: Path, new: Path) -> None:
    run_kiosk("restore", backup, "--to", new)
    assert new.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in new.iterdir()} == {0o600}
    assert [file.name for file in new.iterdir() if file.name.startswith(".")] == []


def test_the_folder_of_the_home_is_the_default(backup: Path, new: Path) -> None:
    assert run_kiosk("restore", backup, "--home", new).status == 0
    assert run_kiosk("verify", "--home", new).status == 0


def test_an_older_log_that_is_put_back_by_hand_is_noticed_a_restored_one_is_welcome(
    home: Path, backup: Path, new: Path, apply: Apply
) -> None:
    """That is why `kiosk restore` gives a new name: copying a backup's log over the home's is what went wrong."""
    run_kiosk("restore", backup, "--to", new)
    with closing(open_sqlite_log(new / "log.db", REGISTERED_NAMES)) as log:
        assert log.verify().whole
    assert apply(home, line("tap", "2026-11-20T09:00", card="04000000000001")).status == 0
    shutil.copy(backup / "log.db", home / "log.db")
    ended = run_kiosk("presence", "--home", home)
    assert (ended.status, "went back" in ended.err) == (2, True)


# --- What is missing ---


def test_the_lost_home_says_how_many_events_are_missing(home: Path, backup: Path, new: Path, apply: Apply) -> None:
    """It was moved aside; its log can still be read."""
    assert apply(home, line("tap", "2026-11-20T09:00", card="04000000000001")).status == 0
    lost = home.rename(home.with_name("lost"))
    ended = run_kiosk("restore", backup, "--to", new, "--from-home", lost)
    assert ended.out.splitlines()[-1] == f"missing  1 event that {lost} had after the backup: {ADVICE}"


def test_without_the_lost_log_its_head_file_says_how_many(home: Path, backup: Path, new: Path, apply: Apply) -> None:
    assert apply(home, line("tap", "2026-11-20T09:00", card="04000000000001")).status == 0
    for file in home.glob("log.db*"):
        file.unlink()
    ended = run_kiosk("restore", backup, "--to", new, "--from-home", home)
    assert ended.out.splitlines()[-1] == f"missing  1 event that {home} had after the backup: {ADVICE}"


def test_without_log_and_head_file_the_number_is_unknown(home: Path, backup: Path, new: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = run_kiosk("restore", backup, "--to", new, "--from-home", tmp_path / "empty")
    assert ended.out.splitlines()[-1].endswith("tells how much that is")
    shutil.rmtree(new)
    ended = run_kiosk("restore", backup, "--to", new, "--from-home", home)
    assert ended.out.splitlines()[-1] == f"missing  nothing: {home} had no event after the backup"


def test_a_backup_of_another_home_is_refused(backup: Path, real_home: Path, new: Path) -> None:
    ended = run_kiosk("restore", backup, "--to", new, "--from-home", real_home)
    assert (ended.status, sentence(ended)) == (
        1,
        f"the backup is of another home than {real_home}: name the home that was lost",
    )
    assert not new.exists()


# --- Never over anything ---


def test_an_existing_home_is_not_overwritten(home: Path, backup: Path) -> None:
    before = {file.name: file.read_bytes() for file in home.iterdir() if file.is_file()}
    ended = run_kiosk("restore", backup, "--home", home)
    assert (ended.status, "is a home: nothing was changed; move it aside first" in sentence(ended)) == (1, True)
    assert {file.name: file.read_bytes() for file in home.iterdir() if file.is_file()} == before


@pytest.mark.parametrize("stranger", ["kiosk.toml", "photo.jpg"])
def test_a_folder_that_is_not_empty_is_not_used(backup: Path, new: Path, stranger: str) -> None:
    new.mkdir()
    (new / stranger).write_text("mine")
    ended = run_kiosk("restore", backup, "--to", new)
    assert (ended.status, f"is not empty ({stranger})" in sentence(ended)) == (1, True)
    assert [(file.name, file.read_text()) for file in new.iterdir()] == [(stranger, "mine")]


def test_what_a_killed_restore_left_is_in_nobodys_way(backup: Path, new: Path) -> None:
    (new / ".kiosk-scratch-home-left").mkdir(parents=True)
    assert run_kiosk("restore", backup, "--to", new).status == 0
    assert not (new / ".kiosk-scratch-home-left").exists()


def test_where_there_is_anything_else_even_that_stays(backup: Path, new: Path) -> None:
    (new / ".kiosk-scratch-home-left").mkdir(parents=True)
    (new / "mine").touch()
    assert run_kiosk("restore", backup, "--to", new).status == 1
    assert (new / ".kiosk-scratch-home-left").exists()


def test_a_full_disk_leaves_the_folder_empty(backup: Path, new: Path) -> None:
    with full_disk():
        ended = run_kiosk("restore", backup, "--to", new)
    assert (ended.status, "nothing was restored" in ended.err) == (1, True)
    assert list(new.iterdir()) == []


# --- Backups that are none ---


@pytest.mark.parametrize("name", [*FILES, "backup.json"])
def test_one_byte_that_was_altered_is_found_wherever_it_is(backup: Path, new: Path, name: str) -> None:
    file = backup / name
    flip_bit(file, file.stat().st_size // 2, 3)
    ended = run_kiosk("restore", backup, "--to", new)
    assert (ended.status, "was altered" in sentence(ended) or "of another" in ended.err) == (1, True)
    assert not new.exists()


def test_an_altered_event_with_a_matching_description_is_found_by_the_chain(backup: Path, new: Path) -> None:
    """Sealed with the site key of a simulation, which is no secret; a chain made anew as well needs a kept head."""
    flip_bit(backup / "log.db", (backup / "log.db").read_bytes().index(b'"shift":"S1"') + 9, 0)
    forge_description(backup, SIMULATED_KEY)
    ended = run_kiosk("restore", backup, "--to", new)
    assert (ended.status, "nothing was restored: event" in sentence(ended)) == (1, True)
    assert list(new.iterdir()) == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_is_named(backup: Path, new: Path, name: str) -> None:
    (backup / name).unlink()
    ended = run_kiosk("restore", backup, "--to", new)
    assert (ended.status, f"{name} cannot be read" in sentence(ended)) == (1, True)


@pytest.mark.parametrize("what", ["nothing", "a folder", "a file", "a home"])
def test_a_folder_that_is_no_backup_is_refused(what: str, home: Path, new: Path, tmp_path: Path) -> None:
    named = home if what == "a home" else tmp_path / "named"
    if what == "a folder":
        named.mkdir()
    if what == "a file":
        named.write_text("mine")
    ended = run_kiosk("restore", named, "--to", new)
    assert (ended.status, sentence(ended).startswith(str(named))) == (2, True)
    assert not new.exists()


@pytest.mark.parametrize(
    "words",
    [[], ["--check"], ["x", "--drill", "--to", "y"], ["x", "--drill", "--check"], ["--drill", "--from-home", "y"]],
)
def test_wrong_usage_is_refused_in_one_line_with_the_usage(words: list[str], home: Path) -> None:
    ended = run_kiosk("restore", *words, "--home", home)
    assert (ended.status, ended.err.count("\n")) == (2, 2)
