"""Scratch folders: one owner, deleted at the end, swept when a killed program left one, and beside the log."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from domain.log.errors import CannotWrite
from domain.log.scratch import (
    MEMORY,
    hold_scratch_folder,
    hold_views_folder,
    holds_personal_data,
    sweep_scratch_folders,
)
from tests.support.small_disk import fill_disk, needs_a_small_disk, small_disk

HOLD = """
import sys, time
from pathlib import Path
from domain.log.scratch import hold_scratch_folder
with hold_scratch_folder(Path(sys.argv[1]), "home") as folder:
    (folder / "people.db").write_text("a name")
    print("held", flush=True)
    time.sleep(60)
"""


def start_holder(beside: Path) -> "subprocess.Popen[bytes]":
    """A program that holds a scratch folder, once it does."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, beside], stdout=subprocess.PIPE)
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    return holder


def test_a_scratch_folder_is_its_owners_alone_and_goes_at_the_end(tmp_path: Path) -> None:
    with hold_scratch_folder(tmp_path, "home") as folder:
        assert (folder.parent, folder.stat().st_mode & 0o777) == (tmp_path, 0o700)
    assert list(tmp_path.iterdir()) == []


def test_it_goes_also_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold_scratch_folder(tmp_path, "home"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_what_it_was_renamed_to_stays(tmp_path: Path) -> None:
    with hold_scratch_folder(tmp_path, "backup") as folder:
        folder.rename(tmp_path / "kept")
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept"]


def test_a_folder_that_a_program_holds_stays_and_is_reported_and_is_swept_once_the_program_is_killed(
    tmp_path: Path,
) -> None:
    holder = start_holder(tmp_path)
    (held,) = sweep_scratch_folders(tmp_path)
    assert (held / "people.db").exists()
    with holder:
        holder.kill()
    assert (sweep_scratch_folders(tmp_path), list(tmp_path.iterdir())) == ([], [])


@pytest.mark.parametrize("name", [".rehearsal-a1_b2c3d", ".restoring-killed", ".unfinished-backup-20261120T203000Z"])
def test_a_folder_of_version_0_1_is_swept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert (sweep_scratch_folders(tmp_path), list(tmp_path.iterdir())) == ([], [])


def test_a_file_a_link_and_another_folder_of_any_name_stay(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / ".unfinished-novel").mkdir()
    (tmp_path / ".kiosk-scratch-link").symlink_to(tmp_path / "mine")
    (tmp_path / ".kiosk-scratch-file").touch()
    (tmp_path / ".kiosk-scratch-home-file").touch()
    (tmp_path / ".kiosk-scratch-home-link").symlink_to(tmp_path / "mine")
    before = sorted(tmp_path.iterdir())
    assert (sweep_scratch_folders(tmp_path, tmp_path / "missing"), sorted(tmp_path.iterdir())) == ([], before)


def test_where_no_folder_can_be_locked_all_count_as_held_except_for_one_who_is_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NFS refuses an exclusive lock on what is not open for writing, and a folder never is."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    monkeypatch.setattr("domain.log.scratch.fcntl.flock", refuse)
    with hold_scratch_folder(tmp_path, "backup") as folder:
        assert sweep_scratch_folders(tmp_path) == [folder]
        assert (sweep_scratch_folders(tmp_path, alone=True), folder.exists()) == ([], False)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_a_folder_of_another_user_stays(tmp_path: Path) -> None:
    (tmp_path / ".kiosk-scratch-home-x").mkdir()
    os.chown(tmp_path / ".kiosk-scratch-home-x", 65534, -1)
    assert (sweep_scratch_folders(tmp_path), len(list(tmp_path.iterdir()))) == ([], 1)


def test_read_models_are_built_beside_the_log_and_in_memory_where_it_may_not_be_written(tmp_path: Path) -> None:
    with hold_views_folder(tmp_path, 0, read_only=False) as folder:
        assert (folder.parent, holds_personal_data(folder)) == (tmp_path, False)
    with hold_views_folder(tmp_path, 0, read_only=True) as folder:
        assert folder.parent == MEMORY
    assert not folder.exists()


@needs_a_small_disk
def test_read_models_are_built_in_memory_where_the_disk_is_full(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        fill_disk(disk)
        with hold_views_folder(disk, 0, read_only=False) as folder:
            assert folder.parent == MEMORY


def test_where_no_folder_can_be_made_at_all_the_error_names_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.log.scratch.MEMORY", tmp_path / "missing")
    (tmp_path / "log.db").touch()
    with pytest.raises(CannotWrite), hold_views_folder(tmp_path, 0, read_only=True):
        pytest.fail("a folder was made")
