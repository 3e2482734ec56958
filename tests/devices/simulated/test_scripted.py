"""The scripted reader is a device like any other, on a real pseudo-terminal."""

import os
import select
from pathlib import Path

import pytest
import serial

from devices.simulated.scripted_reader import ScriptedReader
from tests.support.waiting import TIMEOUT_SECONDS


def open_as_a_program_would(path: str) -> serial.Serial:
    return serial.Serial(path, 9600, timeout=TIMEOUT_SECONDS)


def test_what_is_sent_is_read_byte_for_byte(reader: ScriptedReader) -> None:
    every_byte = bytes(range(256))
    with open_as_a_program_would(reader.port) as program:
        reader.send(every_byte)
        assert program.read(256) == every_byte


def test_a_program_that_changes_no_setting_of_the_terminal_reads_every_byte_too(reader: ScriptedReader) -> None:
    program, received = os.open(reader.port, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK), b""
    reader.send(bytes(range(256)))
    while len(received) < 256 and select.select([program], [], [], TIMEOUT_SECONDS)[0]:
        received += os.read(program, 256)
    os.close(program)
    assert received == bytes(range(256))


def test_bytes_sent_before_the_port_is_opened_are_lost(reader: ScriptedReader) -> None:
    reader.send(b"early")
    with open_as_a_program_would(reader.port) as program:
        reader.send(b"later")
        assert program.read(5) == b"later"


def test_it_knows_whether_a_program_has_opened_it(reader: ScriptedReader) -> None:
    assert not reader.wait_until_opened(seconds=0.01)
    with open_as_a_program_would(reader.port):
        assert reader.wait_until_opened()


def test_a_new_terminal_has_not_been_opened_though_the_one_before_had(reader: ScriptedReader) -> None:
    with open_as_a_program_would(reader.port):
        assert reader.wait_until_opened()
        reader.replug()
        assert not reader.wait_until_opened(seconds=0.01)


def test_what_a_program_writes_is_not_taken_for_opening(reader: ScriptedReader) -> None:
    program = os.open(reader.port, os.O_RDWR | os.O_NOCTTY)
    os.write(program, b"\x01\x01")
    assert not reader.wait_until_opened(seconds=0.01)
    os.close(program)


def test_a_script_waits_before_each_step(reader: ScriptedReader) -> None:
    waited: list[float] = []
    with open_as_a_program_would(reader.port) as program:
        reader.play([(0.5, b"ann"), (2.0, b"ben")], sleep=waited.append)
        assert program.read(6) == b"annben"
    assert waited == [0.5, 2.0]


def test_unplugging_takes_the_path_away_and_replugging_brings_it_back(tmp_path: Path) -> None:
    with ScriptedReader(tmp_path, name="ttyDoor") as reader:
        assert reader.port == str(tmp_path / "ttyDoor")
        reader.unplug()
        assert list(tmp_path.iterdir()) == []
        reader.replug()
        with open_as_a_program_would(reader.port) as program:
            reader.send(b"again")
            assert program.read(5) == b"again"
    assert list(tmp_path.iterdir()) == []


def test_unplugging_fails_the_program_that_reads(reader: ScriptedReader) -> None:
    with open_as_a_program_would(reader.port) as program:
        reader.unplug()
        with pytest.raises(serial.SerialException):
            program.read(1)


def test_nothing_is_sent_while_unplugged(reader: ScriptedReader) -> None:
    reader.unplug()
    assert reader.send(b"nobody hears") == 0
    assert not reader.wait_until_opened(seconds=0.01)


def test_it_does_not_wait_for_a_program_that_does_not_read(reader: ScriptedReader) -> None:
    with open_as_a_program_would(reader.port):
        sent = [reader.send(b"x" * 1000) for _ in range(1000)]
    assert sent[0] == 1000
    assert sent[-1] == 0


def test_a_link_that_a_killed_program_left_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "reader").symlink_to("/dev/pts/4096")
    with ScriptedReader(tmp_path) as reader, open_as_a_program_would(reader.port) as program:
        reader.send(b"card")
        assert program.read(4) == b"card"


def test_its_temporary_directory_goes_when_it_does() -> None:
    with ScriptedReader() as reader:
        directory = Path(reader.port).parent
        assert directory.is_dir()
    assert not directory.exists()
    reader.close()
