"""The reader thread on real pseudo-terminals: what a program hears of its reader."""

from collections.abc import Iterator
from functools import partial

import pytest

from devices.faults import Fault, FrameFault, PortFault
from devices.ports.serial_port import open_port
from devices.protocols.decoder import CardNumber
from devices.protocols.em4100 import encode
from devices.readers.events import CardPresented, InputUnreadable, ReaderLost
from devices.readers.reader_thread import CARD_LEFT_SECONDS, NOISE_AGAIN_SECONDS
from devices.simulated.scripted_reader import ScriptedReader
from tests.devices.readers.listener import ANN, ANNS_CARD, BEN, BENS_CARD, CARLA, CARLAS_CARD, NINE, Listener

NOISE = bytes(range(256)) * 40


def test_a_card_is_presented_with_its_reader_and_when_it_was_read(scripted: ScriptedReader, listener: Listener) -> None:
    scripted.send(ANN)
    assert listener.next_event() == CardPresented(CardNumber.parse(ANNS_CARD), "door", read_at=NINE)


def test_a_card_that_is_held_is_presented_once(scripted: ScriptedReader, listener: Listener) -> None:
    scripted.send(ANN * 20 + BEN)
    assert listener.collect_events(2) == [ANNS_CARD, BENS_CARD]


def test_two_cards_that_alternate_are_presented_once_each(scripted: ScriptedReader, listener: Listener) -> None:
    scripted.send((ANN + BEN) * 10 + CARLA)
    assert listener.collect_events(3) == [ANNS_CARD, BENS_CARD, CARLAS_CARD]


def test_a_card_that_comes_back_after_a_second_is_presented_again(scripted: ScriptedReader, listener: Listener) -> None:
    scripted.send(ANN)
    assert listener.collect_events(1) == [ANNS_CARD]
    listener.clock.seconds += 1.0
    scripted.send(ANN)
    assert listener.collect_events(1) == [ANNS_CARD]


# --- A card that lies on the reader ---

LINE = b"010063E9AE\r"
"""Ann's card as a reader of lines prints it."""


def repeat_reading(listener: Listener, scripted: ScriptedReader, times: int, interval: float = 2.5) -> list[str]:
    """Ann's card goes on lying there while others come, one after each reading; what was reported besides them."""
    reported: list[str] = []
    for visitor in range(times):
        listener.clock.seconds += interval
        scripted.send(LINE + f"0200{visitor:06X}\r".encode())
        while (event := listener.collect_events(1)[0]) != f"E:0200{visitor:06X}":
            reported.append(event)
    return reported


@pytest.fixture
def slow(scripted: ScriptedReader) -> Iterator[Listener]:
    """A reader of lines, which reads a card that lies there again after two or three seconds."""
    with Listener(scripted.port, profile="em-10h") as listening:
        assert listening.collect_events(1) == ["ready"]
        yield listening


def test_a_card_that_a_slow_reader_sends_again_and_again_is_presented_once(
    scripted: ScriptedReader, slow: Listener
) -> None:
    scripted.send(LINE)
    assert repeat_reading(slow, scripted, 100) == [ANNS_CARD, "card left"]


def test_a_card_that_lies_there_is_not_presented_again_after_its_reader_was_unplugged(
    scripted: ScriptedReader, slow: Listener
) -> None:
    scripted.send(LINE)
    assert repeat_reading(slow, scripted, 6) == [ANNS_CARD]
    scripted.unplug()
    assert slow.collect_events(1) == ["lost"]
    slow.clock.seconds += 600
    scripted.replug()
    assert slow.collect_events(1) == ["ready"]
    scripted.send(LINE + b"3C00CE754C\r")
    assert slow.collect_events(1) == [BENS_CARD]


def test_a_card_that_lies_there_is_not_presented_again_after_the_machine_slept(
    scripted: ScriptedReader, slow: Listener
) -> None:
    scripted.send(LINE)
    assert repeat_reading(slow, scripted, 6) == [ANNS_CARD]
    slow.clock.seconds += 3600
    for _ in range(2):  # the tick that sees the sleep, and the next
        slow.clock.wait_until_read()
    scripted.send(LINE + b"3C00CE754C\r")
    assert sorted(slow.collect_events(2)) == [BENS_CARD, "card left"]


def test_a_card_that_was_left_is_reported_after_a_minute_and_when_it_is_gone(
    scripted: ScriptedReader, slow: Listener
) -> None:
    scripted.send(LINE)
    assert repeat_reading(slow, scripted, int(CARD_LEFT_SECONDS / 2.5)) == [ANNS_CARD]
    assert repeat_reading(slow, scripted, 2) == ["card left"]
    for _ in range(5):  # in steps, so that it is no sleep of the machine
        slow.clock.seconds += 2
        slow.clock.wait_until_read()
    assert slow.collect_events(1) == ["card gone"]


def test_bad_frames_beside_a_card_that_lies_there_are_that_card(scripted: ScriptedReader, slow: Listener) -> None:
    scripted.send(LINE)
    assert repeat_reading(slow, scripted, 6) == [ANNS_CARD]
    scripted.send(b"0100\r3C00CE754C\r")
    assert slow.collect_events(1) == [BENS_CARD]


def test_noise_that_does_not_end_is_reported_again_after_five_seconds(
    scripted: ScriptedReader, listener: Listener
) -> None:
    heard: list[str] = []
    for visitor in range(8):
        scripted.send(b"\x02NOISE" + encode(visitor.to_bytes(5, "big")))
        while (event := listener.collect_events(1)[0]) == "unreadable":
            heard.append(event)
        listener.clock.seconds += 0.9
    assert NOISE_AGAIN_SECONDS < 0.9 * 7
    assert len(heard) == 2


def test_ten_thousand_bytes_of_noise_are_one_event_and_the_next_card_is_read(
    scripted: ScriptedReader, listener: Listener
) -> None:
    scripted.send(NOISE)
    scripted.send(ANN)
    assert listener.collect_events(2) == ["unreadable", ANNS_CARD]


def test_a_damaged_card_says_why(scripted: ScriptedReader, listener: Listener) -> None:
    scripted.send(b"\x02100026F44426\x03")
    assert listener.next_event() == InputUnreadable("door", Fault(FrameFault.NUMBER_CHECKSUM_DIFFERS))


def test_a_reader_may_be_unplugged_and_plugged_in_again_and_again(scripted: ScriptedReader, listener: Listener) -> None:
    for card, frame in ((ANNS_CARD, ANN), (BENS_CARD, BEN), (CARLAS_CARD, CARLA)):
        scripted.unplug()
        assert listener.collect_events(1) == ["lost"]
        scripted.replug()
        assert listener.collect_events(1) == ["ready"]
        scripted.send(frame)
        assert listener.collect_events(1) == [card]


def test_half_a_line_before_the_loss_does_not_spoil_the_next_card(scripted: ScriptedReader) -> None:
    with Listener(scripted.port, profile="em-10h") as listener:
        listener.collect_events(1)
        scripted.send(b"010063E9AE\rFFFF")
        assert listener.collect_events(1) == [ANNS_CARD]
        scripted.replug()
        assert listener.collect_events(2) == ["lost", "ready"]
        scripted.send(b"3C00CE754C\r")
        assert listener.collect_events(1) == [BENS_CARD]


def test_a_reader_that_is_missing_at_the_start_is_lost_once_and_tried_until_it_is_plugged_in(
    scripted: ScriptedReader,
) -> None:
    scripted.unplug()
    with Listener(scripted.port) as listener:
        assert listener.next_event() == ReaderLost("door", Fault(PortFault.MISSING))
        for _ in range(3):
            listener.clock.wait_until_read()
        scripted.replug()
        assert listener.collect_events(1) == ["ready"]
        scripted.send(ANN)
        assert listener.collect_events(1) == [ANNS_CARD]


def test_each_outage_begins_with_the_shortest_wait(scripted: ScriptedReader) -> None:
    with Listener(scripted.port, backoff=(0.25, 3600.0)) as listener:
        assert listener.collect_events(1) == ["ready"]
        for card, frame in ((ANNS_CARD, ANN), (BENS_CARD, BEN)):
            scripted.send(frame)
            assert listener.collect_events(1) == [card]
            scripted.replug()
            assert listener.collect_events(2) == ["lost", "ready"]


def test_a_port_that_another_program_has_is_lost_until_it_is_given_back(
    scripted: ScriptedReader, listener: Listener
) -> None:
    with Listener(scripted.port) as second:
        assert second.next_event() == ReaderLost("door", Fault(PortFault.BUSY))
        listener.reader.stop()
        assert second.collect_events(1) == ["ready"]


def test_stopping_ends_a_thread_that_waits_for_a_card_at_once(
    scripted: ScriptedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.readers.serial_reader.open_port", partial(open_port, tick=3600.0))
    with Listener(scripted.port) as listener:
        assert listener.collect_events(1) == ["ready"]
        listener.reader.stop()
        assert not listener.reader.running


def test_stopping_ends_a_thread_that_waits_to_try_again(scripted: ScriptedReader) -> None:
    scripted.unplug()
    with Listener(scripted.port, backoff=(3600.0,)) as listener:
        assert listener.collect_events(1) == ["lost"]
        listener.reader.stop()
        assert not listener.reader.running


def test_a_reader_may_be_stopped_before_it_starts_and_twice(scripted: ScriptedReader) -> None:
    reader = Listener(scripted.port).reader
    reader.stop()
    reader.stop()
    assert not reader.running


def test_the_port_is_given_back_when_the_reader_stops(scripted: ScriptedReader, listener: Listener) -> None:
    listener.reader.stop()
    with Listener(scripted.port) as next_program:
        assert next_program.collect_events(1) == ["ready"]
