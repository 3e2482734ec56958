"""What a unit wrote itself comes back from a backup; one that is damaged or gone is named by `status` and the drill."""

from pathlib import Path

import pytest

from domain.clock import MachineClock
from kiosk.backups.folder import list_backups, read_description
from kiosk.batch.run import open_dry_run
from kiosk.home import Home
from kiosk.home_files import UNIT_FILES
from kiosk.hub_certificate import make_certificate, read_certificate
from kiosk.ministry.data_files import SHIPPED
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.status.unit import check_unit_files
from kiosk.unit_files import LOADERS
from tests.kiosk.status.conftest import run_check
from tests.support.kiosk_program import ProgramResult, run_kiosk

CONTENTS = {
    "awards.toml": 'city = "臺中市"\n',
    "codes.toml": (SHIPPED / "codes.toml").read_text(encoding="utf-8") + "# ours\n",
    "ministry.toml": (SHIPPED / "ministry.toml").read_text(encoding="utf-8") + "# ours\n",
    "trainings.toml": '[[training]]\nkind = "growth"\nhours = 12\n',
}


def write_file(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).chmod(0o600)


@pytest.fixture
def own(home: Path) -> Path:
    """A home whose unit wrote all of them."""
    for name, text in CONTENTS.items():
        write_file(home, name, text)
    return home


def back_up(home: Path) -> Path:
    ended = run_kiosk("backup", home.parent / "usb", "--home", home)
    assert (ended.status, ended.err) == (0, "")
    return list_backups(home.parent / "usb")[-1]


def drill(home: Path) -> ProgramResult:
    return run_kiosk("restore", "--drill", "--home", home)


def check(home: Path) -> Check:
    with CheckedHome(home) as checked:
        return check_unit_files(checked)


def test_every_file_of_a_unit_is_tried_here_and_read_by_something() -> None:
    assert set(CONTENTS) == set(UNIT_FILES) == set(LOADERS)


def test_they_come_back_byte_by_byte_from_a_restore_and_pass_the_drill(own: Path, new: Path) -> None:
    backup = back_up(own)
    assert set(read_description(backup).digests) >= set(UNIT_FILES)
    assert drill(own).status == 0
    assert run_kiosk("restore", backup, "--to", new).err == ""
    assert {name: (new / name).read_text(encoding="utf-8") for name in UNIT_FILES} == CONTENTS
    assert {(new / name).stat().st_mode & 0o777 for name in UNIT_FILES} == {0o600}
    assert check(new) == Check("unit_files", True, ", ".join(UNIT_FILES))


def test_a_home_without_any_needs_none(home: Path) -> None:
    back_up(home)
    assert check(home) == Check("unit_files", True, "none")


@pytest.mark.parametrize("name", UNIT_FILES)
def test_one_that_is_damaged_is_named_and_the_rest_comes_back_all_the_same(own: Path, new: Path, name: str) -> None:
    write_file(own, name, "\nodd = = 1\n")
    found = check(own)
    assert (found.ok, f"{own / name}:2: " in found.detail) == (False, True)
    backup = back_up(own)
    failed = drill(own)
    assert (failed.status, f"{backup / name}:2: " in failed.err) == (1, True)
    restored = run_kiosk("restore", backup, "--to", new)
    assert (restored.status, f"{new / name}:2: " in restored.err) == (0, True)


@pytest.mark.parametrize("name", UNIT_FILES)
def test_one_that_was_altered_or_removed_in_the_backup_is_named(own: Path, new: Path, name: str) -> None:
    backup = back_up(own)
    write_file(backup, name, CONTENTS[name] + "# altered\n")
    for ended in (drill(own), run_kiosk("restore", backup, "--to", new)):
        assert (ended.status, f"{backup / name} was altered" in ended.err) == (1, True)
    (backup / name).unlink()
    ended = drill(own)
    assert (ended.status, str(backup / name) in ended.err) == (1, True)


@pytest.mark.parametrize("name", UNIT_FILES)
def test_one_that_is_gone_since_the_last_backup_is_named_until_the_next(own: Path, name: str) -> None:
    backup = back_up(own)
    (own / name).unlink()
    found = check(own)
    assert (found.ok, name in found.detail, str(backup) in found.detail) == (False, True, True)
    run_kiosk("backup", own.parent / "another", "--home", own)
    assert check(own).ok


# --- Reader profiles of a home's own ---

PROFILE = """
[[profile]]
name = "library-door"
about = "two numbers with a dash: 090-00324"
kind = "W24"
loses = "all but 24 bits"
framing = { kind = "lines", longest = 16 }
notation = { base = "decimal", parts = [{ digits = 3, bytes = 1 }, { digits = 5, bytes = 2 }], separator = "-" }
"""
READER = '[[reader]]\nname = "front"\nport = "/dev/ttyUSB9"\nprofile = "library-door"\n'


@pytest.fixture
def own_reader(home: Path) -> Path:
    """A home whose reader has a profile that is in no program."""
    (home / "profiles").mkdir(mode=0o700)
    write_file(home, "profiles/門.toml", PROFILE)
    write_file(home, "kiosk.toml", (home / "kiosk.toml").read_text(encoding="utf-8") + READER)
    return home


def test_a_home_whose_reader_has_a_profile_of_its_own_can_be_restored(own_reader: Path, new: Path) -> None:
    backup = back_up(own_reader)
    assert drill(own_reader).err == ""
    assert run_kiosk("restore", backup, "--to", new).err == ""
    assert (new / "profiles" / "門.toml").read_text(encoding="utf-8") == PROFILE
    assert [path.stat().st_mode & 0o777 for path in (new / "profiles", new / "profiles" / "門.toml")] == [0o700, 0o600]
    assert run_kiosk("visits", "--home", backup).err == ""


def test_a_profile_that_was_altered_in_the_backup_is_named(own_reader: Path) -> None:
    backup = back_up(own_reader)
    write_file(backup, "profiles/門.toml", PROFILE + "# altered\n")
    ended = drill(own_reader)
    assert (ended.status, "門.toml was altered" in ended.err) == (1, True)


def test_one_that_is_damaged_fails_the_drill_and_its_reader_and_nothing_else(own_reader: Path, new: Path) -> None:
    """The night, the backup and what people ask for go on, as with any other file of the unit."""
    write_file(own_reader, "profiles/門.toml", "\nodd = = 1\n")
    where = f"{own_reader / 'profiles' / '門.toml'}:2: "
    for command in ("reconcile", "hours", "verify"):
        assert run_kiosk(command, "--home", own_reader).status == 0
    backup = back_up(own_reader)
    failed = drill(own_reader)
    assert (failed.status, f"{backup / 'profiles' / '門.toml'}:2: " in failed.err) == (1, True)
    restored = run_kiosk("restore", backup, "--to", new)
    assert (restored.status, f"{new / 'profiles' / '門.toml'}:2: " in restored.err) == (0, True)
    found = {name: run_check(own_reader, name) for name in ("settings", "unit_files", "readers")}
    assert {name: (one.ok, where in one.detail) for name, one in found.items()} == {
        "settings": (True, False),
        "unit_files": (False, True),
        "readers": (False, True),
    }


def test_a_damaged_profile_that_no_reader_needs_keeps_no_reader_from_being_well(own_reader: Path) -> None:
    write_file(own_reader, "profiles/門.toml", "\nodd = = 1\n")
    settings = own_reader / "kiosk.toml"
    write_file(own_reader, "kiosk.toml", settings.read_text(encoding="utf-8").replace("library-door", "rdm6300"))
    assert "profiles" not in run_check(own_reader, "readers").detail


def test_an_entrance_does_not_open_on_a_damaged_profile_and_says_why(own_reader: Path) -> None:
    write_file(own_reader, "profiles/門.toml", "\nodd = = 1\n")
    ended = run_kiosk("run", "--home", own_reader)
    assert (ended.status, f"{own_reader / 'profiles' / '門.toml'}:2: " in ended.err) == (2, True)
    assert "門.toml:2: " in (own_reader / "kiosk.log").read_text(encoding="utf-8")


def test_a_profile_that_is_gone_since_the_last_backup_is_named_until_the_next(own_reader: Path) -> None:
    backup = back_up(own_reader)
    assert check(own_reader) == Check("unit_files", True, "profiles/門.toml")
    (own_reader / "profiles" / "門.toml").rename(own_reader / "profiles" / "door.toml")
    found = check(own_reader)
    assert (found.ok, "profiles/門.toml" in found.detail, str(backup) in found.detail) == (False, True, True)
    run_kiosk("backup", own_reader.parent / "another", "--home", own_reader)
    assert check(own_reader).ok


def test_a_dry_run_knows_what_the_unit_and_its_reader_have(own: Path, own_reader: Path) -> None:
    """Twelve hours of growth training are enough here, and in the copy of the home that is tried."""
    assert own == own_reader
    with Home.open(own) as home, open_dry_run(home) as copy:
        assert copy.training_requirements.find_requirement("growth", None).hours == 12
        assert [reader.profile for reader in copy.settings.readers] == ["library-door"]


def test_a_hub_comes_back_with_the_certificate_that_its_kiosks_know(home: Path, new: Path) -> None:
    made = make_certificate(home, ["hub.example.org"], MachineClock().now())
    back_up(home)
    assert drill(home).status == 0

    assert run_kiosk("restore", list_backups(home.parent / "usb")[-1], "--to", new).status == 0

    assert read_certificate(new / "hub.pem").fingerprint == made.fingerprint
    assert (new / "hub.key").read_bytes() == (home / "hub.key").read_bytes()
    assert (new / "hub.key").stat().st_mode & 0o777 == 0o600
