"""The keys that signed heads come back from a backup: a restored home knows which heads are its own."""

from pathlib import Path

import pytest

from domain.log.checkpoint import parse_proved_head
from domain.log.signed_note import parse_key
from kiosk.backups.folder import list_backups
from tests.kiosk.backups.heads.conftest import Site
from tests.support.kiosk_program import run_kiosk


@pytest.fixture
def backup(site: Site) -> Path:
    assert site.run("backup", site.kept / "backups").status == 0
    return list_backups(site.kept / "backups")[-1]


@pytest.fixture
def restored(site: Site, backup: Path) -> Site:
    """In the place of the home that was lost."""
    site.home.rename(site.home.with_name("lost"))
    assert run_kiosk("restore", backup, "--to", site.home).status == 0
    return site


def test_they_come_back_as_they_were_and_no_head_with_them(restored: Site) -> None:
    folder = restored.home / "heads"
    assert [file.name for file in folder.iterdir()] == ["keys.txt"]
    assert (folder / "keys.txt").read_bytes() == (restored.usb / "keys.txt").read_bytes()
    assert (folder.stat().st_mode & 0o777, (folder / "keys.txt").stat().st_mode & 0o777) == (0o700, 0o600)


def test_the_next_night_adds_its_key_below_them_here_and_where_heads_are_kept(restored: Site) -> None:
    restored.tap("2026-11-23T08:58")
    assert restored.run("reconcile").status == 0
    names = [parse_key(key).name for key in (restored.home / "heads" / "keys.txt").read_text().splitlines()]
    assert (len(names), (restored.usb / "keys.txt").read_text().splitlines()[0][: len(names[0])]) == (2, names[0])
    (head,) = (restored.home / "heads").glob("*-*.txt")
    assert parse_proved_head((restored.usb / head.name).read_text()).checkpoint.name == names[1]
    ended = restored.run("verify", "--heads", restored.usb, "--signed-by", restored.home / "heads" / "keys.txt")
    assert (ended.status, ended.err) == (0, ""), ended


def test_a_backup_whose_keys_were_changed_is_refused(site: Site, backup: Path, tmp_path: Path) -> None:
    with (backup / "heads" / "keys.txt").open("a") as keys:
        keys.write("# one more\n")
    for words in (("restore", backup, "--to", tmp_path / "new"), ("restore", "--drill", "--home", site.home)):
        ended = run_kiosk(*words)
        assert (ended.status, "keys.txt was altered" in ended.err) == (1, True), ended
    assert not (tmp_path / "new").exists()


def test_a_home_without_signed_heads_has_a_backup_without_keys(site: Site, tmp_path: Path) -> None:
    (site.home / "heads" / "keys.txt").unlink()
    assert site.run("backup", tmp_path / "backups").status == 0
    (backup,) = list_backups(tmp_path / "backups")
    assert run_kiosk("restore", backup, "--to", tmp_path / "new").status == 0
    assert not (tmp_path / "new" / "heads").exists()
