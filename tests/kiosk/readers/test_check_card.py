"""`kiosk readers test`: a known card passes, or the reason is printed."""

from pathlib import Path

import pytest

from devices.simulated.scripted_reader import ScriptedReader
from kiosk.entrance import sound
from tests.kiosk.readers.held_cards import add_reader, hold_cards
from tests.support.kiosk_program import run_kiosk

FOB = "E:01026F6C3A"


@pytest.mark.parametrize("expected", [[], ["--card", FOB], ["--card", "0040856634 623,27706"]], ids=str)
def test_a_known_card_passes_in_any_form(real_home: Path, reader: ScriptedReader, expected: list[str]) -> None:
    add_reader(real_home, reader, "rdm6300")
    with hold_cards(reader, "rdm6300", [FOB]):
        result = run_kiosk("readers", "test", "door", *expected, "--home", real_home)
    assert (result.status, result.out) == (0, "passed: it read E:…C3A\n")


def test_after_a_card_that_passed_the_tones_are_played(
    real_home: Path, reader: ScriptedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound, "PLAYERS", (("true",),))
    add_reader(real_home, reader, "rdm6300")
    with hold_cards(reader, "rdm6300", [FOB]):
        result = run_kiosk("readers", "test", "door", "--home", real_home)
    assert (result.status, result.err.splitlines()[-1].partition(": ")[2]) == (
        0,
        "in (rises), out (falls), see the counter (twice low)",
    )


@pytest.mark.parametrize(
    ("profile", "card", "expected", "reason"),
    [
        ("rdm6300", FOB, "100086F444", "another number, E:…C3A"),
        ("em-8h10d", "E4:026F6C3A", "E4:026F6C3B", "another number, E4:…C3A"),
        ("hex-uid", "A:08123456", "08123456", "use a plastic card"),
    ],
)
def test_what_fails_says_why(
    real_home: Path, reader: ScriptedReader, profile: str, card: str, expected: str, reason: str
) -> None:
    add_reader(real_home, reader, profile)
    with hold_cards(reader, profile, [card]):
        result = run_kiosk("readers", "test", "door", "--card", expected, "--home", real_home)
    assert (result.status, result.out) == (1, "")
    assert reason in result.err


@pytest.mark.parametrize("expected", [FOB, "0040856634", "E4:026F6C3A", None])
def test_a_reader_that_loses_bytes_passes_with_a_warning(
    real_home: Path, reader: ScriptedReader, expected: str | None
) -> None:
    add_reader(real_home, reader, "em-8h10d")
    option = ["--card", expected] if expected else []
    with hold_cards(reader, "em-8h10d", ["E4:026F6C3A"]):
        result = run_kiosk("readers", "test", "door", *option, "--home", real_home)
    assert (result.status, result.out) == (0, "passed: it read E4:…C3A\n")
    assert "em-8h10d loses the customer byte" in result.err


def test_what_cannot_be_read_says_why(real_home: Path, reader: ScriptedReader) -> None:
    add_reader(real_home, reader, "rdm6300-sum")
    with hold_cards(reader, "rdm6300", [FOB]):
        result = run_kiosk("readers", "test", "door", "--for", "0.6", "--home", real_home)
    assert (result.status, "the checksum does not fit" in result.err) == (1, True)


def test_a_reader_that_is_not_there_says_so(real_home: Path, reader: ScriptedReader) -> None:
    add_reader(real_home, reader, "rdm6300")
    reader.unplug()
    result = run_kiosk("readers", "test", "door", "--home", real_home)
    assert (result.status, "there is no such device" in result.err) == (1, True)


def test_a_card_that_is_no_number_is_wrong_use(real_home: Path, reader: ScriptedReader) -> None:
    add_reader(real_home, reader, "rdm6300")
    assert run_kiosk("readers", "test", "door", "--card", " ", "--home", real_home).status == 2
