"""A reader on a real pseudo-terminal is identified by holding three cards to it."""

import pytest

from devices.profiles.registry import BUILTIN_PROFILES
from devices.simulated.readers import SimulatedPn532
from devices.simulated.scripted_reader import ScriptedReader
from devices.simulated.terminal import TerminalReader
from kiosk.errors import UserError
from kiosk.readers.identification import OperatorDialog, format_verdict, identify_reader
from kiosk.readers.listening import parse_ports
from tests.kiosk.readers.simulated_user import user_at_polled_reader, user_at_streaming_reader

FOBS = ("E:01026F6C3A", "E:100086F444", "E:3C00CE754C")
ON_FOBS = ("0040856634 623,27706", "134,62532", "0013530444")
CARDS = ("A:26DEFAE7", "A:86CFD936", "A:04416D412B0289")
ON_CARDS = ("26:de:fa:e7", "86CFD936", "04 41 6D 41 2B 02 89")
SPEAKING = {name: profile for name, profile in BUILTIN_PROFILES.items() if profile.poller is None}
"""Without the seconds that it takes to ask for the others."""


def test_a_reader_that_speaks_is_identified(reader: ScriptedReader) -> None:
    person = user_at_streaming_reader(reader, BUILTIN_PROFILES["rdm6300"], FOBS, ON_FOBS)
    found = identify_reader(parse_ports([reader.port]), SPEAKING, person.dialog)
    assert found.verdict.best
    assert found.verdict.best.profile.name == "rdm6300"
    text = "\n".join(format_verdict(found.verdict))
    assert "id-12la reads every card like rdm6300" in text
    assert "6F6C3A" not in text


def test_of_several_ports_the_one_that_speaks_is_found(reader: ScriptedReader) -> None:
    with ScriptedReader() as silent:
        person = user_at_streaming_reader(reader, BUILTIN_PROFILES["hex-uid"], CARDS, ON_CARDS)
        found = identify_reader(parse_ports([silent.port, reader.port]), SPEAKING, person.dialog)
    assert found.candidate.address_text == reader.port
    assert found.verdict.best
    assert found.verdict.best.profile.name == "hex-uid"


def test_a_reader_that_must_be_asked_is_identified() -> None:
    with TerminalReader(SimulatedPn532()) as reader:
        person = user_at_polled_reader(reader, CARDS, ON_CARDS)
        found = identify_reader(parse_ports([reader.port]), BUILTIN_PROFILES, person.dialog)
    assert found.verdict.best
    assert (found.verdict.best.profile.name, found.verdict.best.baud) == ("pn532", 115_200)


def test_a_reader_set_to_another_speed_is_asked_at_that_speed() -> None:
    """Which a pseudo-terminal does not mind: the first family that answers is taken."""
    candidate = parse_ports(["/dev/ttyUSB0"])[0]
    assert candidate.speeds_of(BUILTIN_PROFILES["sl025m"]) == (115_200, 9_600)
    assert candidate.speeds_of(BUILTIN_PROFILES["aa-bb"]) == (9_600,)
    assert parse_ports(["socket://192.0.2.7:4001"])[0].speeds_of(BUILTIN_PROFILES["sl025m"]) == (None,)


def test_a_card_that_was_held_before_is_not_counted(reader: ScriptedReader) -> None:
    person = user_at_streaming_reader(reader, BUILTIN_PROFILES["rdm6300"], [FOBS[0], FOBS[0], *FOBS[1:]], ON_FOBS)
    found = identify_reader(parse_ports([reader.port]), SPEAKING, person.dialog)
    assert found.verdict.best
    assert [sentence for sentence in person.sentences if "held already" in sentence] == [
        "that is a card that you have held already: take another one"
    ]


SHORT_FOBS = ("E4:026F6C3A", "E4:0086F444", "E4:00CE754C")
IN_DECIMAL = ("0040856634", "0008844356", "0013530444")


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        (IN_DECIMAL, ["623,27706"]),
        (IN_DECIMAL, ["", "134,62532"]),
        (("0040856635", *IN_DECIMAL[1:]), ["0040856634", "623,27706"]),
        (("0040856635", "0008844357", IN_DECIMAL[2]), ["623,27706", "", "134,62532"]),
    ],
    ids=["first card", "second card", "one was mistyped", "two were"],
)
def test_what_still_fits_two_is_asked_for_and_no_card_is_held_again(
    reader: ScriptedReader, typed: tuple[str, ...], answers: list[str]
) -> None:
    person = user_at_streaming_reader(reader, BUILTIN_PROFILES["em-8h10d"], SHORT_FOBS, typed)
    person.answers = answers
    found = identify_reader(parse_ports([reader.port]), SPEAKING, person.dialog)
    assert found.verdict.best
    assert found.verdict.best.profile.name == "em-8h10d"
    assert person.answers == []
    assert len([sentence for sentence in person.sentences if "hold it to the reader" in sentence]) == len(SHORT_FOBS)


@pytest.mark.parametrize("answers", [None, []], ids=["cannot be asked", "knows no more"])
def test_what_still_fits_two_says_what_would_tell(reader: ScriptedReader, answers: list[str] | None) -> None:
    person = user_at_streaming_reader(reader, BUILTIN_PROFILES["em-8h10d"], SHORT_FOBS, IN_DECIMAL)
    person.answers = answers
    found = identify_reader(parse_ports([reader.port]), SPEAKING, person.dialog)
    with pytest.raises(UserError) as undecided:
        list(format_verdict(found.verdict))
    assert "em-8h10d" in str(undecided.value)
    assert "623,27706" in str(undecided.value)


def test_a_reader_that_says_nothing_is_said_to(reader: ScriptedReader) -> None:
    with pytest.raises(UserError, match="nothing came from"):
        identify_reader(
            parse_ports([reader.port]), SPEAKING, OperatorDialog(lambda _: None, lambda _: pytest.fail("asked"), 0.1)
        )


def test_bytes_that_no_profile_reads_are_reported_as_unreadable_at_every_speed(reader: ScriptedReader) -> None:
    def hold(sentence: str) -> None:
        if "hold it to the reader" in sentence or "once more" in sentence:
            reader.send(b"\x07\x07nobody knows")

    with pytest.raises(UserError, match="kiosk readers watch"):
        identify_reader(parse_ports([reader.port]), SPEAKING, OperatorDialog(hold, lambda _: pytest.fail("asked"), 5.0))


def test_a_reader_of_the_service_needs_no_profile() -> None:
    with pytest.raises(UserError, match="needs no profile"):
        parse_ports(["pcsc:"])
