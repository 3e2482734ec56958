"""A card is issued while the entrance is open: the same sentences, the same refusals, and no tap is recorded."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import pytest

from devices.faults import Fault, FrameFault, PortFault
from devices.protocols.decoder import CardNumber
from devices.readers.events import CardPresented, InputUnreadable, ReaderEvent, ReaderLost, ReaderReady
from domain.clock import SIMULATION_BEGINS
from kiosk.entrance.card_requests import CardRequests, Issuing
from kiosk.entrance.issuing_server import serve_issuing
from kiosk.home import Home
from kiosk.home_files import ENTRANCE_LOCK, hold_lock_file
from kiosk.readers import entrance_session
from kiosk.readers.entrance_protocol import READS, listen_in_home
from tests.kiosk.conftest import list_topics
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, add_reader, line, run_kiosk, write_batch
from tests.support.waiting import wait_until

FOB, OTHER_FOB = "E:01026F6C3A", "E:100086F444"
BEN_ENROLLED = line(
    "enrol_volunteer", "2024-01-02T08:00", volunteer="V002", name="王小明", mode="rostered", agreement_from="2024-01-02"
)
BENS_CARD = line("issue_card", "2024-01-02T08:05", volunteer="V002", card=OTHER_FOB)
NOISE = InputUnreadable("door", Fault(FrameFault.CHECKSUM_DIFFERS))
READY = ReaderReady("door")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A simulation with a reader that the entrance has; nothing is at its port."""
    folder = tmp_path / "home"
    Home.make(folder, simulation=True).close()
    assert (
        run_kiosk(
            "apply", write_batch(tmp_path / "b", OPEN_UNIT, ENROL_ANN, BEN_ENROLLED, BENS_CARD), "--home", folder
        ).err
        == ""
    )
    return add_reader(folder, str(tmp_path / "reader"))


def present(card: str) -> CardPresented:
    return CardPresented(CardNumber.parse(card), "door", SIMULATION_BEGINS)


class OpenEntrance:
    """An entrance without its screen, at whose reader something happens as soon as a person asks for a card."""

    def __init__(self, home: Path, happens: Sequence[ReaderEvent]) -> None:
        self.shown: list[Issuing | None] = []
        self.taps: list[ReaderEvent] = []
        self._home = home
        self._happens = happens
        self._steps: SimpleQueue[Issuing | None] = SimpleQueue()
        self._requests = CardRequests(["door"], self._report)
        self._requests.take(READY)

    def _report(self, issuing: Issuing | None) -> None:
        self.shown.append(issuing)
        self._steps.put(issuing)

    def _play(self) -> None:
        if self._steps.get() is not None:
            self.taps.extend(event for event in self._happens if not self._requests.take(event))

    @contextmanager
    def run(self) -> Generator[None]:
        Thread(target=self._play, daemon=True).start()
        with (
            hold_lock_file(self._home / ENTRANCE_LOCK, ""),
            serve_issuing(self._home, self._requests, self.taps.append),
        ):
            yield
        self._steps.put(None)


Open = Callable[..., OpenEntrance]


@pytest.fixture
def open_with(home: Path) -> Iterator[Open]:
    """Opens the entrance, with what happens at its reader."""
    with ExitStack() as running:

        def start(*happens: ReaderEvent) -> OpenEntrance:
            entrance = OpenEntrance(home, happens)
            running.enter_context(entrance.run())
            return entrance

        yield start


def test_a_card_is_issued_and_nothing_else_is_recorded(home: Path, open_with: Open) -> None:
    entrance = open_with(present(FOB), present(FOB), present(FOB))
    before = list_topics(home)
    result = run_kiosk("issue", "V002", "--by", "lin", "--home", home)
    assert (result.status, result.out) == (0, "volunteer V002 has the card E:…C3A\n")
    assert result.err == (
        "hold the card for V002 to door\nread E:…C3A: take it away, count to two, and hold it there once more\n"
    )
    assert list_topics(home) == [*before, "card.issued"]
    shown = [Issuing("door", "V002", "王〇明"), Issuing("door", "V002", "王〇明", READS - 1), None]
    wait_until(lambda: entrance.shown == shown, lambda: repr(entrance.shown))
    assert entrance.taps == [present(FOB)], "the third is a tap"


@pytest.mark.parametrize(
    ("happens", "status", "sentence", "recorded"),
    [
        ((present(FOB), present(OTHER_FOB)), 1, "the second read was another number, E:…444: nothing was issued", []),
        ((present(OTHER_FOB),), 1, "belongs to volunteer V002 (王〇明)", ["refused-commands.command-refused"]),
        ((present("A:08123456"),), 1, "use a plastic card", ["refused-commands.command-refused"]),
        ((ReaderLost("door", Fault(PortFault.LOST)),), 1, "door: ", []),
        ((), 1, "door: nothing came in 0.1 seconds", []),
        ((NOISE,), 1, "door: what came could not be read", []),
    ],
    ids=["two cards", "another's", "a phone", "lost", "nothing", "noise"],
)
def test_what_is_refused_without_an_entrance_is_refused_with_it(
    home: Path, open_with: Open, happens: tuple[ReaderEvent, ...], status: int, sentence: str, recorded: list[str]
) -> None:
    entrance, before = open_with(*happens), list_topics(home)
    result = run_kiosk("issue", "V001", "--for", "0.1", "--home", home)
    assert (result.status, result.out) == (status, "")
    assert sentence in result.err
    assert list_topics(home) == [*before, *recorded]
    lost = [event for event in happens if isinstance(event, ReaderLost)]
    wait_until(lambda: entrance.taps == lost, lambda: f"the entrance got {entrance.taps}")


def test_a_volunteer_who_does_not_exist_asks_nothing_of_the_entrance(home: Path, open_with: Open) -> None:
    entrance = open_with()
    result = run_kiosk("issue", "V999", "--home", home)
    assert (result.status, "there is no volunteer V999" in result.err) == (1, True)
    assert entrance.shown == []


def test_an_entrance_that_does_not_know_the_reader_has_to_be_opened_again(home: Path, open_with: Open) -> None:
    open_with()
    with (home / "kiosk.toml").open("a") as settings:
        settings.write('[[reader]]\nname = "desk"\nport = "/dev/ttyUSB7"\nprofile = "rdm6300"\n')
    result = run_kiosk("issue", "V001", "--reader", "desk", "--home", home)
    assert (result.status, "the entrance was opened before desk was written" in result.err) == (1, True)


def test_a_second_program_is_refused_while_the_first_one_waits(home: Path, open_with: Open) -> None:
    open_with()
    with Home.open(home) as other, entrance_session.open_card_source(other.settings.readers[0], other, "V001", 30.0):
        result = run_kiosk("issue", "V002", "--home", home)
    assert (result.status, "another card is being issued at the entrance" in result.err) == (1, True)


def test_an_entrance_that_does_not_answer_is_to_be_closed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrance_session, "ANSWER_SECONDS", 0.05)
    with hold_lock_file(home / ENTRANCE_LOCK, ""), listen_in_home(home):
        result = run_kiosk("issue", "V001", "--home", home)
    assert (result.status, "close the entrance" in result.err) == (1, True)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"", "the entrance ended meanwhile"),
        (b'{"type": "Later"}\n', "close the entrance"),
        (b"x\n", "close the entrance"),
    ],
)
def test_what_no_entrance_of_this_version_answers_is_a_sentence(home: Path, answer: bytes, sentence: str) -> None:
    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(answer)

    with hold_lock_file(home / ENTRANCE_LOCK, ""), listen_in_home(home) as listener:
        serving = Thread(target=serve)
        serving.start()
        result = run_kiosk("issue", "V001", "--home", home)
        serving.join()
    assert (result.status, sentence in result.err) == (1, True)


def test_no_card_number_is_left_in_the_home(home: Path, open_with: Open) -> None:
    open_with(present(FOB), present(FOB))
    assert run_kiosk("issue", "V001", "--home", home).status == 0
    number = FOB.removeprefix("E:")
    files = [file for file in home.rglob("*") if file.is_file()]
    assert files
    spellings = (number.encode(), number.lower().encode(), bytes.fromhex(number))
    assert [file for file in files if any(spelling in file.read_bytes() for spelling in spellings)] == []
