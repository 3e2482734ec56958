"""A new reader in five minutes: identified, tried, a card issued from it, and the volunteer greeted at the door."""

import signal
import sys
from pathlib import Path

import pytest

from devices.profiles.encoder import encode_card
from devices.profiles.registry import BUILTIN_PROFILES
from devices.protocols.decoder import CardNumber
from devices.protocols.em4100 import encode
from devices.simulated.scripted_reader import ScriptedReader
from tests.kiosk.readers.held_cards import add_reader
from tests.support.kiosk_program import OPEN_UNIT, line, run_kiosk, write_batch
from tests.support.terminal import Terminal

KIOSK = Path(sys.executable).with_name("kiosk")
FOBS = {
    "E:01026F6C3A": b"0040856634 623,27706",
    "E:100086F444": b"134,62532",
    "E:3C00CE754C": b"0013530444",
}
"""Three fobs, and what is printed on each."""
HERS, *_ = FOBS
HER = line(
    "enrol_volunteer", "2024-01-02T08:00", volunteer="V001", name="陳美玉", mode="flexible", agreement_from="2024-01-02"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    assert run_kiosk("init", "--home", home).status == 0
    assert run_kiosk("apply", write_batch(tmp_path / "people.jsonl", OPEN_UNIT, HER), "--home", home).err == ""
    return home


def program(home: Path, *words: str) -> Terminal:
    """The installed program in a terminal of its own."""
    return Terminal([str(KIOSK), *words, "--home", str(home)])


def holds(reader: ScriptedReader, card: str) -> None:
    reader.send(encode(CardNumber.parse(card).raw))


def test_from_the_box_to_the_first_greeting(home: Path, reader: ScriptedReader) -> None:
    with program(home, "readers", "identify", reader.port, "--write") as terminal:
        assert reader.wait_until_opened()
        holds(reader, HERS)  # before anybody asked for it: it is not counted, and no other kind of reader is asked for
        for number, (card, written_on_it) in enumerate(FOBS.items(), 1):
            terminal.wait_for_text(f"card {number} of 3: hold it to the reader")
            holds(reader, card)
            terminal.wait_for_text(f"what is printed on card {number}")
            terminal.type_keys(written_on_it + b"\r")
        terminal.wait_for_text("try it with `kiosk readers test`")
        assert terminal.wait_for_exit() == 0
    assert 'profile = "rdm6300"' in (home / "kiosk.toml").read_text(encoding="utf-8")

    with program(home, "readers", "test", "door", "--card", "0040856634") as terminal:
        terminal.wait_for_text("hold the card to door")
        holds(reader, HERS)
        terminal.wait_for_text("passed")
        assert terminal.wait_for_exit() == 0

    with program(home, "issue", "V001") as terminal:
        terminal.wait_for_text("hold the card for V001 to door")
        holds(reader, HERS)
        terminal.wait_for_text("hold it there once more")
        terminal.read_for(1.1)  # a card must be gone for a second to be a second tap
        holds(reader, HERS)
        terminal.wait_for_text("volunteer V001 has the card E:…C3A")
        assert terminal.wait_for_exit() == 0

    reader.replug()
    with program(home, "run") as terminal:
        terminal.wait_for_text("Please tap your card")
        assert reader.wait_until_opened()
        holds(reader, HERS)
        terminal.wait_for_drawn_text("陳〇玉")
        refused = run_kiosk("readers", "test", "door", "--home", home)
        assert (refused.status, "the entrance has it open" in refused.err) == (1, True)
        terminal.send_signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 0


def test_a_reader_that_three_numbers_leave_open_is_decided_without_another_card(
    home: Path, reader: ScriptedReader
) -> None:
    lossy = BUILTIN_PROFILES["em-8h10d"]
    with program(home, "readers", "identify", reader.port, "--write") as terminal:
        assert reader.wait_until_opened()
        for number, printed in enumerate((b"0040856634", b"0008844356", b"0013530444"), 1):
            terminal.wait_for_text(f"card {number} of 3: hold it to the reader")
            reader.send(encode_card(lossy, CardNumber("E4", int(printed).to_bytes(4, "big"))))
            terminal.wait_for_text(f"what is printed on card {number}")
            terminal.type_keys(printed + b"\r")
        terminal.wait_for_text("the number of card 1")
        terminal.type_keys(b"\r")
        terminal.wait_for_text("the number of card 2")
        terminal.type_keys(b"134,62532\r")
        terminal.wait_for_text("try it with `kiosk readers test`")
        assert terminal.wait_for_exit() == 0
    assert 'profile = "em-8h10d"' in (home / "kiosk.toml").read_text(encoding="utf-8")


def test_a_reader_that_knows_the_cards_says_their_numbers(home: Path, reader: ScriptedReader) -> None:
    cards = [CardNumber.parse(card) for card in ("A:26DEFAE7", "A:86CFD936", "A:2A83155E")]
    with ScriptedReader() as known:
        add_reader(home, known, "hex-uid")
        with program(home, "readers", "identify", reader.port, "--known-by", "door", "--name", "side") as terminal:
            assert reader.wait_until_opened()
            reader.send(encode_card(BUILTIN_PROFILES["decimal-uid-reversed"], cards[0]))
            for number, card in enumerate(cards, 1):
                terminal.wait_for_text(f"card {number} of 3: hold it to the reader")
                reader.send(encode_card(BUILTIN_PROFILES["decimal-uid-reversed"], card))
                terminal.wait_for_text(f"card {number} of 3: hold the same card to door")
                known.send(encode_card(BUILTIN_PROFILES["hex-uid"], card))
            terminal.wait_for_text('profile = "decimal-uid-reversed"')
            assert terminal.wait_for_exit() == 0
    assert b'name = "side"' in terminal.output


def test_watching_is_ended_by_ctrl_c(home: Path, reader: ScriptedReader) -> None:
    with program(home, "readers", "watch", reader.port, "--profile", "rdm6300") as terminal:
        assert reader.wait_until_opened()
        holds(reader, HERS)
        terminal.wait_for_text(HERS)
        terminal.send_signal(signal.SIGINT)  # as Ctrl+C does
        assert terminal.wait_for_exit() == 0
