"""Talking to readers that must be asked: greeting, searching, silence, and back again. Time is in the test's hand."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.profiles.registry import find_profile
from devices.protocols import aa_bb, pn532, sl025m, sm130, yhy523u
from devices.protocols.dialogue import ANSWER_SECONDS, PAUSE_SECONDS, RETRIES
from devices.simulated.readers import (
    SimulatedAaBb,
    SimulatedPn532,
    SimulatedReader,
    SimulatedSl025m,
    SimulatedSm130,
    SimulatedYhy523u,
)
from tests.support.decoder_checks import NOISE, simplify_output

TICK = 0.02
SHORT, LONG, LONGEST = bytes.fromhex("26DEFAE7"), bytes.fromhex("04416D412B0289"), bytes(range(1, 11))
FAMILIES: dict[str, Callable[[], SimulatedReader]] = {
    "pn532": SimulatedPn532,
    "sl025m": SimulatedSl025m,
    "sm130": SimulatedSm130,
    "yhy523u": SimulatedYhy523u,
    "aa-bb": SimulatedAaBb,
}
EVERY_FAMILY = pytest.mark.parametrize("family", FAMILIES)
UNTIL_LOST = (RETRIES + 1) * ANSWER_SECONDS


class Conversation:
    """A poller and a reader with a wire between them, and a clock that ticks."""

    def __init__(self, family: str) -> None:
        self.reader = FAMILIES[family]()
        asking = find_profile(family).build_poller()
        assert asking is not None
        self._poller = asking
        self._on_the_wire = b""
        self.now = 50.0
        self.sent: list[bytes] = []
        self.heard: list[str | bytes] = []
        self.answers: list[bool | None] = [None]

    def step(self, noise: bytes = b"") -> None:
        asked = self._poller.step(self.now, self._on_the_wire + noise)
        self.heard += map(simplify_output, asked.reads)
        self.sent += [asked.send] if asked.send else []
        self.answers += [asked.answers] if asked.answers is not self.answers[-1] else []
        self._on_the_wire = self.reader.answer(asked.send) if asked.send else b""
        self.now += TICK

    def run(self, seconds: float, noise: bytes = b"") -> None:
        for _ in range(round(seconds / TICK)):
            self.step(noise)

    def reads(self) -> list[str | bytes]:
        heard, self.heard = self.heard, []
        return heard


@EVERY_FAMILY
@pytest.mark.parametrize("card", [SHORT, LONG, LONGEST], ids=["4 bytes", "7 bytes", "10 bytes"])
def test_a_card_is_read_while_it_lies_there_and_not_before_or_after(family: str, card: bytes) -> None:
    conversation = Conversation(family)
    conversation.run(0.5)
    assert conversation.reads() == []
    conversation.reader.card = card
    conversation.run(0.5)
    assert set(conversation.reads()) == {f"A:{card.hex().upper()}"}
    conversation.reader.card = None
    conversation.step()
    conversation.reads()
    conversation.run(0.5)
    assert conversation.reads() == []
    assert conversation.answers == [None, True]


def test_a_silent_reader_is_lost_after_the_time_that_the_readme_says() -> None:
    assert pytest.approx(1.2) == UNTIL_LOST


@EVERY_FAMILY
def test_a_reader_that_never_answers_is_lost_after_its_retries_and_asked_on(family: str) -> None:
    conversation = Conversation(family)
    conversation.reader.powered = False
    conversation.run(UNTIL_LOST - 2 * TICK)
    assert conversation.answers == [None]
    conversation.run(4 * TICK)
    assert conversation.answers == [None, False]
    asked = len(conversation.sent)
    conversation.run(3 * ANSWER_SECONDS)
    assert len(conversation.sent) >= asked + 2


@EVERY_FAMILY
def test_a_reader_that_loses_its_power_is_lost_and_reads_again_when_it_is_back(family: str) -> None:
    conversation = Conversation(family)
    conversation.run(0.5)
    conversation.reader.powered = False
    conversation.run(UNTIL_LOST + 0.5)
    conversation.reader.powered, conversation.reader.card = True, SHORT
    conversation.run(2 * ANSWER_SECONDS + 0.5)
    assert conversation.answers == [None, True, False, True]
    assert set(conversation.reads()) == {"A:26DEFAE7"}


@EVERY_FAMILY
def test_one_lost_answer_is_no_lost_reader(family: str) -> None:
    conversation = Conversation(family)
    conversation.run(0.5)
    conversation.reader.powered = False
    conversation.run(ANSWER_SECONDS)
    conversation.reader.powered, conversation.reader.card = True, SHORT
    conversation.run(1.0)
    assert conversation.answers == [None, True]
    assert set(conversation.reads()) == {"A:26DEFAE7"}


@EVERY_FAMILY
def test_a_reader_is_not_asked_more_often_than_it_must(family: str) -> None:
    conversation = Conversation(family)
    conversation.run(0.5)
    before = len(conversation.sent)
    conversation.run(10.0)
    assert len(conversation.sent) - before <= 10.0 / PAUSE_SECONDS


@EVERY_FAMILY
@pytest.mark.parametrize("noise", [bytes.fromhex("0000FF00FF00"), bytes.fromhex("00FFFF00")])
def test_acknowledgements_that_nobody_asked_for_change_nothing(family: str, noise: bytes) -> None:
    conversation = Conversation(family)
    conversation.reader.card = SHORT
    conversation.run(2.0, noise)
    assert "A:26DEFAE7" in conversation.reads()
    assert conversation.answers == [None, True]


@EVERY_FAMILY
def test_noise_on_the_line_is_noise_and_the_card_is_read(family: str) -> None:
    conversation = Conversation(family)
    conversation.reader.card = SHORT
    conversation.run(3.0, b"\xaa\xbb\x3c\x00\xbd\x30\x00\xff\x20\xe0\xff\x00\x30")
    reads = conversation.reads()
    assert "A:26DEFAE7" in reads
    assert set(reads) <= {"A:26DEFAE7", NOISE}


@EVERY_FAMILY
@given(data=st.data())
def test_no_bytes_can_make_a_poller_raise_or_read_what_was_not_there(family: str, data: st.DataObject) -> None:
    conversation = Conversation(family)
    for _ in range(30):
        conversation.step(data.draw(st.binary(max_size=6)))
    conversation.reads()
    conversation.reader.card = LONG
    conversation.run(2 * UNTIL_LOST)
    assert "A:04416D412B0289" in conversation.reads()
    assert conversation.answers[-1] is True


# --- What is sent, byte by byte ---


def test_a_pn532_is_woken_configured_and_asked() -> None:
    conversation = Conversation("pn532")
    conversation.run(0.3)
    assert [sent.hex().upper() for sent in conversation.sent[:4]] == [
        "5555" + "00" * 14 + "FF03FDD414011700",
        "0000FF02FED4022A00",
        "0000FF06FAD43205FF0102F300",
        "0000FF04FCD44A0100E100",
    ]


@pytest.mark.parametrize(
    ("family", "greeting", "search"),
    [
        ("sl025m", ["BA02F048"], "BA0201B9"),
        ("sm130", ["FF00018182", "FF0002900193"], "FF00018384"),
        ("yhy523u", ["AABB0500FFFF040105"], "AABB0600FFFF01025251"),
        ("aa-bb", [], "AA000325520074BB"),
    ],
)
def test_the_others_are_greeted_and_asked(family: str, greeting: list[str], search: str) -> None:
    conversation = Conversation(family)
    conversation.run(0.5)
    assert [sent.hex().upper() for sent in conversation.sent[: len(greeting) + 2]] == [*greeting, search, search]


def test_a_yhy523u_is_asked_for_the_uid_of_the_card_that_answered() -> None:
    conversation = Conversation("yhy523u")
    conversation.reader.card = SHORT
    conversation.run(0.2)
    assert yhy523u.encode(b"\x02\x02\x04") in conversation.sent
    conversation.reader.card = LONG
    conversation.run(0.2)
    assert yhy523u.encode(b"\x12\x02") in conversation.sent


def test_an_sm130_whose_field_went_off_is_told_to_turn_it_on() -> None:
    conversation = Conversation("sm130")
    conversation.run(0.5)
    assert isinstance(conversation.reader, SimulatedSm130)
    conversation.reader.field = False
    conversation.reader.card = SHORT
    conversation.run(1.0)
    assert "A:26DEFAE7" in conversation.reads()
    assert conversation.answers == [None, True]


def test_a_pn532_that_reports_errors_is_greeted_anew() -> None:
    conversation = Conversation("pn532")
    conversation.run(0.5)
    assert isinstance(conversation.reader, SimulatedPn532)
    conversation.reader.configured = False
    conversation.reader.card = SHORT
    conversation.run(1.0)
    assert "A:26DEFAE7" in conversation.reads()


def test_two_cards_at_once_are_refused_and_the_reader_is_well() -> None:
    poller = find_profile("aa-bb").build_poller()
    assert poller is not None
    poller.step(0.0, b"")
    asked = poller.step(0.1, aa_bb.encode(bytes.fromhex("0001160FF47F")))
    assert list(map(simplify_output, asked.reads)) == [NOISE]
    assert asked.answers


# --- The simulated readers are what they say ---


@EVERY_FAMILY
@given(st.binary(max_size=200))
def test_no_bytes_can_break_a_simulated_reader(family: str, data: bytes) -> None:
    reader = FAMILIES[family]()
    reader.answer(data)
    reader.answer(data)


def test_simulated_readers_answer_as_the_real_ones_did() -> None:
    assert SimulatedSl025m().answer(bytes.fromhex("BA0201B9")).hex().upper() == "BD030101BE"
    assert SimulatedSl025m(SHORT).answer(bytes.fromhex("BA0201B9")).hex().upper() == "BD08010026DEFAE70150"
    assert SimulatedAaBb().answer(aa_bb.encode(aa_bb.WHICH_CARD)).hex().upper() == "AA0002018380BB"
    assert SimulatedYhy523u(bytes.fromhex("26AAFACE")).answer(yhy523u.encode(b"\x02\x02\x04")).hex().upper() == (
        "AABB0A00000002020026AA00FACEB8"
    )
    no_card = SimulatedSm130()
    no_card.answer(sm130.encode(b"\x90\x01"))
    assert no_card.answer(bytes.fromhex("FF00018384")).hex().upper() == "FF0002834ED3"
    assert sl025m.encode(sl025m.TO_READER, b"\xf0").hex().upper() == "BA02F048"


def test_a_pn532_that_sleeps_does_not_hear_what_comes_before_the_wake_up() -> None:
    asleep = SimulatedPn532(SHORT)
    assert asleep.answer(pn532.encode(pn532.FIRMWARE)) == b""
    woken = asleep.answer(pn532.WAKE_UP + pn532.encode(pn532.NORMAL_MODE))
    assert woken.hex().upper() == "0000FF00FF000000FF02FED5151600"
