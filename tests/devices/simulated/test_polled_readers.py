"""Readers that must be asked, over a real pseudo-terminal, driven as the reader thread drives them."""

import os
import select
import time
from collections.abc import Callable, Iterator

import pytest

from devices.profiles.registry import find_profile
from devices.protocols.polling import POLL_TICK, poll_once
from devices.simulated.readers import (
    SimulatedAaBb,
    SimulatedPn532,
    SimulatedReader,
    SimulatedSl025m,
    SimulatedSm130,
    SimulatedYhy523u,
)
from devices.simulated.terminal import TerminalReader
from tests.support.decoder_checks import simplify_output
from tests.support.waiting import TIMEOUT_SECONDS

FAMILIES: dict[str, Callable[[], SimulatedReader]] = {
    "pn532": SimulatedPn532,
    "sl025m": SimulatedSl025m,
    "sm130": SimulatedSm130,
    "yhy523u": SimulatedYhy523u,
    "aa-bb": SimulatedAaBb,
}


class Wire:
    """The host's end of a terminal."""

    def __init__(self, path: str) -> None:
        self._end = os.open(path, os.O_RDWR | os.O_NOCTTY)

    def read(self) -> bytes:
        return os.read(self._end, 1024) if select.select([self._end], [], [], POLL_TICK)[0] else b""

    def write(self, data: bytes, /) -> None:
        os.write(self._end, data)

    def close(self) -> None:
        os.close(self._end)


class Desk:
    """A polled reader and the program that asks it."""

    def __init__(self, family: str) -> None:
        self.terminal = TerminalReader(FAMILIES[family]())
        self.wire = Wire(self.terminal.port)
        asking = find_profile(family).build_poller()
        assert asking is not None
        self.poller = asking
        self.reads: list[str | bytes] = []
        self.answers: bool | None = None

    def turn_until(self, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while not happened():
            assert time.monotonic() < deadline
            asked = poll_once(self.poller, self.wire, time.monotonic)
            self.reads += map(simplify_output, asked.reads)
            self.answers = asked.answers

    def close(self) -> None:
        self.terminal.close()
        self.wire.close()


@pytest.fixture(params=FAMILIES)
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    desk = Desk(request.param)
    yield desk
    desk.close()


def test_a_card_is_read_over_a_real_line(desk: Desk) -> None:
    desk.turn_until(lambda: desk.answers is True)
    assert desk.reads == []
    desk.terminal.reader.card = bytes.fromhex("04416D412B0289")
    desk.turn_until(lambda: "A:04416D412B0289" in desk.reads)
    assert set(desk.reads) == {"A:04416D412B0289"}


@pytest.mark.parametrize("desk", ["pn532", "sm130"], indirect=True)
def test_a_reader_that_falls_silent_is_lost_and_comes_back(desk: Desk) -> None:
    desk.turn_until(lambda: desk.answers is True)
    desk.terminal.reader.powered = False
    desk.turn_until(lambda: desk.answers is False)
    desk.terminal.reader.powered, desk.terminal.reader.card = True, bytes.fromhex("26DEFAE7")
    desk.turn_until(lambda: "A:26DEFAE7" in desk.reads)
    assert desk.answers is True


def test_noise_that_comes_by_itself_does_not_stop_the_reading(desk: Desk) -> None:
    desk.terminal.send(b"\x00\x00\xff\x00\xff\x00\xaa\xbb\x3c\x00\xbd\x30\xff\x00\x30\x11")
    desk.terminal.reader.card = bytes.fromhex("26DEFAE7")
    desk.turn_until(lambda: "A:26DEFAE7" in desk.reads)
