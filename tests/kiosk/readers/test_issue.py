"""A card is issued by tapping it twice, and refused with the reason when it cannot tell a person."""

import fcntl
import os
from pathlib import Path

import pytest

from devices.simulated.scripted_reader import ScriptedReader
from tests.kiosk.conftest import Apply, list_topics
from tests.kiosk.readers.held_cards import add_reader, hold_cards
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, line, run_kiosk

FOB, OTHER_FOB = "E:01026F6C3A", "E:100086F444"
BEN_ENROLLED = line(
    "enrol_volunteer", "2024-01-02T08:00", volunteer="V002", name="王小明", mode="rostered", agreement_from="2024-01-02"
)
BENS_CARD = line("issue_card", "2024-01-02T08:05", volunteer="V002", card=FOB)


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    assert apply(simulation, OPEN_UNIT, ENROL_ANN, BEN_ENROLLED).status == 0
    return simulation


def test_a_card_that_was_read_twice_is_issued(home: Path, reader: ScriptedReader) -> None:
    add_reader(home, reader, "rdm6300")
    with hold_cards(reader, "rdm6300", [FOB, FOB]):
        result = run_kiosk("issue", "V001", "--by", "lin", "--home", home)
    assert (result.status, result.out) == (0, "volunteer V001 has the card E:…C3A\n")
    assert list_topics(home)[-1] == "card.issued"
    tapped = run_kiosk("tap", FOB, "--at", "2026-11-19T09:00", "--home", home)
    assert "V001" in tapped.out


def test_two_reads_that_differ_issue_nothing(home: Path, reader: ScriptedReader) -> None:
    add_reader(home, reader, "rdm6300")
    before = list_topics(home)
    with hold_cards(reader, "rdm6300", [FOB, OTHER_FOB]):
        result = run_kiosk("issue", "V001", "--home", home)
    assert result.status == 1
    assert "second read was another number" in result.err
    assert list_topics(home) == before


@pytest.mark.parametrize(
    ("card", "reason"),
    [("A:08123456", "use a plastic card"), ("A:88041234", "The reader cut this number short")],
    ids=["random", "cascade tag"],
)
def test_a_number_that_identifies_no_volunteer_is_refused_and_recorded(
    home: Path, reader: ScriptedReader, card: str, reason: str
) -> None:
    add_reader(home, reader, "hex-uid")
    with hold_cards(reader, "hex-uid", [card]):
        result = run_kiosk("issue", "V001", "--home", home)
    assert result.status == 1
    assert reason in result.err
    assert card[-8:] not in result.err
    assert list_topics(home)[-1] == "refused-commands.command-refused"


def test_the_holder_of_a_card_is_named_at_the_terminal_only(home: Path, reader: ScriptedReader, apply: Apply) -> None:
    assert apply(home, BENS_CARD).status == 0
    add_reader(home, reader, "rdm6300")
    with hold_cards(reader, "rdm6300", [FOB]):
        result = run_kiosk("issue", "V001", "--home", home)
    assert result.status == 1
    assert "belongs to volunteer V002 (王〇明)" in result.err
    assert not (home / "kiosk.log").exists()
    assert list_topics(home)[-1] == "refused-commands.command-refused"


def test_a_card_that_the_volunteer_has_already_is_left_as_it_is(
    home: Path, reader: ScriptedReader, apply: Apply
) -> None:
    assert apply(home, BENS_CARD).status == 0
    add_reader(home, reader, "rdm6300")
    with hold_cards(reader, "rdm6300", [FOB]):
        result = run_kiosk("issue", "V002", "--home", home)
    assert (result.status, "V002 holds this card already" in result.err) == (1, True)


@pytest.mark.parametrize(("options", "warned"), [([], True), (["--lossy-ok"], False)])
def test_a_reader_that_loses_bytes_issues_with_a_warning(
    home: Path, reader: ScriptedReader, options: list[str], warned: bool
) -> None:
    add_reader(home, reader, "em-8h10d")
    with hold_cards(reader, "em-8h10d", ["E4:026F6C3A"] * 2):
        result = run_kiosk("issue", "V001", *options, "--home", home)
    assert (result.status, result.out) == (0, "volunteer V001 has the card E4:…C3A\n")
    assert ("em-8h10d loses the customer byte" in result.err) is warned


def test_nothing_within_the_time_is_said_with_what_to_look_at(home: Path, reader: ScriptedReader) -> None:
    add_reader(home, reader, "rdm6300")
    result = run_kiosk("issue", "V001", "--for", "0.2", "--home", home)
    assert (result.status, "nothing came in 0.2 seconds" in result.err) == (1, True)


def test_an_unknown_volunteer_gets_no_card(home: Path, reader: ScriptedReader) -> None:
    add_reader(home, reader, "rdm6300")
    result = run_kiosk("issue", "V999", "--home", home)
    assert (result.status, "there is no volunteer V999" in result.err) == (1, True)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ([], "several readers"),
        (["--reader", "roof"], "there is no reader 'roof'"),
        (["--reader", "door", "--by", "a\n"], "--by"),
    ],
)
def test_wrong_use_ends_with_two(home: Path, reader: ScriptedReader, options: list[str], complaint: str) -> None:
    add_reader(home, reader, "rdm6300")
    with ScriptedReader() as side:
        add_reader(home, side, "rdm6300", "side")
        result = run_kiosk("issue", "V001", *options, "--home", home)
    assert (result.status, complaint in result.err) == (2, True)


def test_while_the_entrance_is_open_it_has_the_reader(home: Path, reader: ScriptedReader) -> None:
    add_reader(home, reader, "rdm6300")
    lock = os.open(home / "entrance.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    result = run_kiosk("issue", "V001", "--home", home)
    os.close(lock)
    assert (result.status, "the entrance has it open" in result.err) == (1, True)
