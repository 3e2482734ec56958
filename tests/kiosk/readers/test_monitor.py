"""`kiosk readers watch` shows what a reader sends, and the whole number of a card, on the screen only."""

from collections.abc import Callable
from pathlib import Path

from devices.profiles.registry import BUILTIN_PROFILES
from devices.simulated.readers import SimulatedAaBb
from devices.simulated.scripted_reader import ScriptedReader
from devices.simulated.terminal import TerminalReader
from kiosk.readers.monitor import format_bytes, watch_port
from tests.kiosk.readers.held_cards import add_reader, hold_cards
from tests.support.kiosk_program import run_kiosk

FOB = "E:01026F6C3A"


def endless() -> bool:
    return True


def lines_until(text: str, port: str, profile: str | None, still: Callable[[], bool] = endless) -> list[str]:
    """What is shown, up to the first line with a text."""
    found: list[str] = []
    for line in watch_port(port, BUILTIN_PROFILES[profile] if profile else None, still):
        found.append(line)
        if text in line:
            break
    return found


def test_bytes_are_shown_in_both_ways() -> None:
    assert format_bytes(b"\x020A\r") == "02 30 41 0D  |.0A.|"


def test_what_a_reader_sends_is_shown_with_the_card_in_it() -> None:
    with ScriptedReader() as reader, hold_cards(reader, "rdm6300", [FOB]):
        lines = lines_until("card", reader.port, "rdm6300")
    assert lines[-1] == f"  card {FOB}"
    assert lines[0].startswith("02 30 31")


def test_without_a_profile_the_bytes_are_shown_alone() -> None:
    with ScriptedReader() as reader, hold_cards(reader, "em-10h", [FOB]):
        lines = lines_until("0D 0A", reader.port, None)
    assert "|01026F6C3A..|" in lines[-1]


def test_a_reader_that_must_be_asked_is_asked() -> None:
    with TerminalReader(SimulatedAaBb(bytes.fromhex("160FF47F"))) as reader:
        lines = lines_until("card", reader.port, "aa-bb")
    assert (lines[0], lines[-1]) == ("the reader answers", "  card A:160FF47F")


def test_why_something_is_no_card_is_shown() -> None:
    with ScriptedReader() as reader, hold_cards(reader, "rdm6300", [FOB]):
        lines = lines_until("no card", reader.port, "rdm6300-sum")
    assert "checksum" in lines[-1]


def test_the_command_ends_after_its_time_and_leaves_no_trace(real_home: Path) -> None:
    with ScriptedReader() as reader:
        add_reader(real_home, reader, "rdm6300")
        before = {file.name: file.stat().st_size for file in real_home.iterdir()}
        with hold_cards(reader, "rdm6300", [FOB]):
            result = run_kiosk("readers", "watch", "--for", "0.5", "--home", real_home)
    assert (result.status, result.out.splitlines()[-1]) == (0, f"  card {FOB}")
    assert {file.name: file.stat().st_size for file in real_home.iterdir()} == before


def test_a_port_that_ends_is_said_to(tmp_path: Path) -> None:
    result = run_kiosk("readers", "watch", str(tmp_path / "ttyUSB0"), "--home", tmp_path)
    assert (result.status, "there is no such device" in result.err) == (1, True)


def test_what_is_no_port_is_wrong_use(tmp_path: Path) -> None:
    assert run_kiosk("readers", "watch", "ttyUSB0", "--home", tmp_path).status == 2
    assert run_kiosk("readers", "watch", "--home", tmp_path).status == 2
    assert run_kiosk("readers", "watch", "/dev/null", "--profile", "nothing", "--home", tmp_path).status == 2
