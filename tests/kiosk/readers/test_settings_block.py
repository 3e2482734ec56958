"""The block for kiosk.toml is one that the settings understand, or the file stays as it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from devices.profiles.detection import ProfileMatch
from devices.profiles.registry import BUILTIN_PROFILES
from kiosk.errors import UserError
from kiosk.reader_settings import Reader
from kiosk.readers.identification import append_block, find_free_name, format_reader_block
from kiosk.settings import Settings, load_settings
from tests.support.kiosk_program import run_kiosk

FOUND = ProfileMatch(BUILTIN_PROFILES["rdm6300"], 9600, ())


def test_a_block_names_its_speed_only_where_it_is_not_the_profiles() -> None:
    assert "baud" not in format_reader_block("door", "/dev/ttyUSB0", FOUND)
    assert "baud" not in format_reader_block("door", "socket://192.0.2.7:4001", replace(FOUND, baud=None))
    assert "baud = 115200" in format_reader_block("door", "/dev/ttyUSB0", replace(FOUND, baud=115_200))


def test_an_appended_block_is_understood(real_home: Path) -> None:
    file = real_home / "kiosk.toml"
    append_block(file, format_reader_block("door", '/dev/serial/by-id/usb-"odd"', FOUND))
    append_block(file, format_reader_block("side", "/dev/ttyUSB1", FOUND))
    assert [reader.port for reader in load_settings(file).readers] == ['/dev/serial/by-id/usb-"odd"', "/dev/ttyUSB1"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_block_that_would_not_be_understood_changes_nothing(real_home: Path) -> None:
    file = real_home / "kiosk.toml"
    append_block(file, format_reader_block("door", "/dev/ttyUSB0", FOUND))
    before = file.read_bytes()
    with pytest.raises(UserError, match="was not changed"):
        append_block(file, format_reader_block("door", "/dev/ttyUSB1", FOUND))
    assert file.read_bytes() == before
    assert not file.with_name("kiosk.toml.new").exists()


def test_a_name_is_found_that_no_reader_has() -> None:
    assert find_free_name(None) == "door"
    taken = Settings(readers=(Reader("door", "/dev/a", "rdm6300"), Reader("door-2", "/dev/b", "rdm6300")))
    assert find_free_name(taken) == "door-3"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--number", "1"], "--number is needed 3 times"),
        (["--number", " "] * 3, "--number: write what is printed"),
        ([], "without a terminal say the numbers"),
        (["--write"], "needs a home"),
    ],
)
def test_wrong_use_of_identify_is_said_before_anybody_taps(tmp_path: Path, options: list[str], complaint: str) -> None:
    result = run_kiosk("readers", "identify", "/dev/null", *options, "--home", tmp_path)
    assert (result.status, complaint in result.err) == (2, True)
