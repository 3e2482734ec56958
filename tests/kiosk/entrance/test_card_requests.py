"""The reads that are asked for go to the program that asked, exactly those; none is lost between it and the taps."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from devices.faults import Fault, PortFault
from devices.protocols.decoder import CardNumber
from devices.readers.events import CardLeft, CardPresented, InputUnreadable, ReaderLost, ReaderReady
from kiosk.entrance import card_requests
from kiosk.entrance.card_requests import CardRequests, Issuing, Requester
from kiosk.readers.entrance_protocol import (
    REPLIES,
    AnyReply,
    CardRead,
    CardRequest,
    LineReceiver,
    ReaderFailed,
    ReadFailed,
    Ready,
    Refused,
    TimeOver,
)
from tests.kiosk.entrance.app_harness import ANNS_CARD, AT, BENS_CARD, NOISE

LOST = ReaderLost("door", Fault(PortFault.LOST))
REQUEST = CardRequest("door", "V001", "王〇明", 30.0)


def tap(card: CardNumber = ANNS_CARD, reader: str = "door") -> CardPresented:
    return CardPresented(card, reader, AT)


@dataclass
class Program:
    """A program that asks, seen from both ends of its connection."""

    near: socket.socket
    far: socket.socket
    requester: Requester
    receiver: LineReceiver

    @classmethod
    def make(cls, request: CardRequest = REQUEST) -> "Program":
        near, far = socket.socketpair()
        near.settimeout(0)
        return cls(near, far, Requester(far, request), LineReceiver(near))

    @property
    def replies(self) -> list[AnyReply | None]:
        """What has come since the last look."""
        found: list[AnyReply | None] = []
        try:
            while True:
                found.append(self.receiver.receive(REPLIES))
        except BlockingIOError:
            return found

    def close(self) -> None:
        self.near.close()
        self.far.close()


@dataclass
class Entrance:
    """The requests of an entrance with two readers that answer."""

    shown: list[Issuing | None] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.requests = CardRequests(["door", "side"], self.shown.append)
        for reader in ("door", "side"):
            self.requests.take(ReaderReady(reader))

    def ask(self, request: CardRequest = REQUEST) -> Program:
        program = Program.make(request)
        self.programs.append(program)
        self.requests.begin(program.requester)
        return program


@pytest.fixture
def entrance() -> Iterator[Entrance]:
    entrance = Entrance()
    yield entrance
    for program in entrance.programs:
        program.close()


def test_without_a_request_every_read_is_a_tap(entrance: Entrance) -> None:
    assert not entrance.requests.take(tap())
    assert not entrance.requests.take(NOISE)


def test_the_next_two_reads_are_handed_over_and_the_third_is_a_tap(entrance: Entrance) -> None:
    program = entrance.ask()
    assert [entrance.requests.take(tap()) for _ in range(3)] == [True, True, False]
    assert program.replies == [Ready(), CardRead("A:26DEFAE7"), CardRead("A:26DEFAE7")]
    waiting = Issuing("door", "V001", "王〇明")
    assert entrance.shown == [waiting, Issuing("door", "V001", "王〇明", 1), None]


def test_cards_at_another_reader_stay_taps(entrance: Entrance) -> None:
    program = entrance.ask()
    assert not entrance.requests.take(tap(BENS_CARD, "side"))
    assert not entrance.requests.take(InputUnreadable("side", NOISE.fault))
    assert program.replies == [Ready()]


def test_noise_at_the_reader_is_said_to_the_program_and_is_no_refusal(entrance: Entrance) -> None:
    program = entrance.ask()
    assert entrance.requests.take(NOISE)
    assert [type(reply) for reply in program.replies] == [Ready, ReadFailed]
    assert entrance.requests.take(tap())


def test_a_program_that_is_gone_leaves_the_card_to_the_entrance(entrance: Entrance) -> None:
    program = entrance.ask()
    program.near.close()
    assert not entrance.requests.take(tap())
    assert entrance.shown[-1] is None
    assert entrance.requests.end(program.requester) is None


@pytest.mark.parametrize(("confirmed", "put_back"), [(False, True), (True, False)])
def test_a_card_that_was_handed_over_and_never_taken_is_a_tap_after_all(
    entrance: Entrance, confirmed: bool, put_back: bool
) -> None:
    program = entrance.ask()
    presented = tap()
    assert entrance.requests.take(presented)
    if confirmed:
        entrance.requests.confirm(program.requester)
    assert (entrance.requests.end(program.requester) is presented) is put_back
    assert entrance.shown[-1] is None
    assert not entrance.requests.take(tap())


def test_a_second_request_is_refused_and_the_first_goes_on(entrance: Entrance) -> None:
    first, second = entrance.ask(), entrance.ask(CardRequest("side", "V002", "", 30.0))
    assert second.replies == [Refused("busy")]
    entrance.requests.end(second.requester)
    assert entrance.requests.take(tap())
    assert first.replies == [Ready(), CardRead("A:26DEFAE7")]


def test_when_the_first_is_done_the_next_is_answered(entrance: Entrance) -> None:
    entrance.requests.end(entrance.ask().requester)
    assert entrance.ask().replies == [Ready()]


def test_a_reader_that_is_lost_ends_the_request_and_is_the_entrances_trouble_too(entrance: Entrance) -> None:
    program = entrance.ask()
    assert not entrance.requests.take(LOST)
    assert [type(reply) for reply in program.replies] == [Ready, ReaderFailed]
    assert entrance.shown[-1] is None
    assert [type(reply) for reply in entrance.ask().replies] == [ReaderFailed]
    entrance.requests.take(ReaderReady("door"))
    assert entrance.ask().replies == [Ready()]


def test_another_reader_that_is_lost_ends_nothing(entrance: Entrance) -> None:
    program = entrance.ask()
    for event in (ReaderLost("side", LOST.fault), CardLeft("door", lies=True)):
        assert not entrance.requests.take(event)
    assert program.replies == [Ready()]
    assert entrance.requests.take(tap())


def test_a_reader_that_was_never_ready_or_is_unknown_is_not_waited_for() -> None:
    requests = CardRequests(["door"], lambda _: None)
    for reader, kind in (("door", ReaderFailed), ("roof", Refused)):
        program = Program.make(CardRequest(reader, "V001", "", 30.0))
        assert not requests.begin(program.requester)
        assert [type(reply) for reply in program.replies] == [kind]
        program.close()


def test_until_the_last_moment_a_read_is_handed_over_and_from_then_on_it_is_a_tap(
    entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(card_requests, "monotonic", lambda: now)
    program = entrance.ask()
    now = 129.9
    assert entrance.requests.count_seconds_left(program.requester) == pytest.approx(0.1)
    assert entrance.requests.take(tap())
    now = 159.8
    assert entrance.requests.count_seconds_left(program.requester) > 0
    now = 159.9
    assert entrance.requests.count_seconds_left(program.requester) == 0
    assert not entrance.requests.take(tap())
    assert program.replies == [Ready(), CardRead("A:26DEFAE7"), TimeOver()]
    assert entrance.shown[-1] is None
