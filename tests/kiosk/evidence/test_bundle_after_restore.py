"""A bundle of evidence of a home that was restored: what it says of an instant before is what it said then."""

import json
import re
from base64 import b64encode
from pathlib import Path
from shutil import copytree

import pytest

from kiosk.backups.folder import list_backups
from kiosk.backups.heads.head_notes import add_key, list_log_keys
from tests.kiosk.evidence.conftest import check, make, read, tap
from tests.support.kiosk_program import run_kiosk

THEN = "2026-11-23T00:00"


class Restored:
    """A home that was lost, its backup, what was restored from it, and the folder where its heads are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lost, self.kept, self.home = folder, folder / "lost", folder / "kept", folder / "restored"

    @property
    def backup(self) -> Path:
        return list_backups(self.folder / "backups")[-1]

    def tap(self, *days: int) -> None:
        """In the restored home."""
        tap(self.home, *days)

    def make(self, home: Path, *options: str) -> Path:
        file = self.folder / f"{home.name}-{len(list(self.folder.glob('*.zip')))}.zip"
        assert make(home, file, *options).status == 0
        return file


@pytest.fixture(scope="module")
def built(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Restored:
    built = Restored(tmp_path_factory.mktemp("lost"))
    copytree(home, built.lost)
    built.kept.mkdir()
    with (built.lost / "kiosk.toml").open("a") as settings:
        settings.write('\n[heads]\nfolders = ["../kept"]\n')
    tap(built.lost, 23, 24)
    assert run_kiosk("reconcile", "--home", built.lost).status == 0
    assert run_kiosk("backup", built.folder / "backups", "--home", built.lost).status == 0
    assert run_kiosk("restore", built.backup, "--to", built.home).status == 0
    return built


@pytest.fixture
def restored(built: Restored, tmp_path: Path) -> Restored:
    return Restored(copytree(built.folder, tmp_path / "site"))


def test_of_an_instant_before_it_is_made_again_byte_for_byte(restored: Restored) -> None:
    """The name of the log is that of then, and the head is taken from where the settings have it kept."""
    before = restored.make(restored.lost, "--as-of", THEN)
    assert "signed with the key in `keys.txt`" in read(before, "README.md")
    assert restored.make(restored.home, "--as-of", THEN).read_bytes() == before.read_bytes()


def test_a_backup_answers_likewise_from_where_its_settings_find_the_heads(restored: Restored) -> None:
    (restored.folder / "backups" / "kept").symlink_to(restored.kept)
    answered = restored.make(restored.backup, "--as-of", THEN)
    assert answered.read_bytes() == restored.make(restored.lost, "--as-of", THEN).read_bytes()


def test_until_the_first_night_the_last_head_is_one_under_the_earlier_name(restored: Restored) -> None:
    restored.tap(25)
    archive = restored.make(restored.home)
    ends = json.loads(read(archive, "proofs.json"))["checkpoint"]
    assert ends.partition("\n")[0] not in read(archive, "head.txt")
    assert check(archive)[0] == 0

    assert run_kiosk("reconcile", "--home", restored.home).status == 0
    restored.tap(26)  # behind the head, which was written today
    archive = restored.make(restored.home)
    assert ends.partition("\n")[0] in read(archive, "head.txt")
    assert check(archive)[0] == 0
    assert len(read(archive, "keys.txt").splitlines()) == 1
    assert len(list_log_keys(restored.home / "heads")) == 2


def test_without_the_keys_of_the_home_none_of_the_folder_counts_whatever_key_stands_there(restored: Restored) -> None:
    """Whoever may write into that folder can put a head there, and a key beside it."""
    (key,) = list_log_keys(restored.home / "heads")
    (restored.home / "heads" / "keys.txt").unlink()
    archive = restored.make(restored.home, "--as-of", THEN)
    assert (read(archive, "head.txt"), read(archive, "keys.txt")) == ("", "")
    assert "or none was found" in read(archive, "README.md")
    assert "或在製作這份證據的地方找不到" in read(archive, "README.zh-TW.md")
    assert check(archive)[0] == 0
    add_key(restored.home / "heads", key)  # as a person does who kept it
    again = restored.make(restored.home, "--as-of", THEN)
    assert again.read_bytes() == restored.make(restored.lost, "--as-of", THEN).read_bytes()


def test_what_a_stranger_adds_to_a_head_in_the_folder_is_not_in_the_bundle(restored: Restored) -> None:
    before = restored.make(restored.home, "--as-of", THEN)
    for file in restored.kept.glob("*-*.txt"):
        (name,) = {*re.findall(r"^\u2014 (\S+) ", file.read_text(), re.MULTILINE)}
        with file.open("a") as head:
            head.writelines(f"\u2014 {who} {b64encode(bytes(68)).decode()}\n" for who in ("witness/annex", name))
    assert restored.make(restored.home, "--as-of", THEN).read_bytes() == before.read_bytes()
