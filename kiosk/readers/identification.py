"""The conversation that identifies a reader: hold a card, say its number, three times over.

Rule: what is heard stays in memory and is forgotten with the verdict. The person is told what to do next, and asked
for one thing at a time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from devices.ports.serial_port import Port
from devices.profiles.detection import Capture, DetectionResult, Piece, TapSample, identify, is_readable, read_card
from devices.profiles.profile import Profile
from devices.profiles.typed_number import TypedNumber
from kiosk.errors import EXIT_NO, UserError
from kiosk.readers.candidate_ports import CandidatePort
from kiosk.readers.listening import (
    QUIET_SECONDS,
    poll_for_card,
    poll_until_removed,
    wait_for_tap,
    wait_until_quiet,
)
from kiosk.readers.probing import Probe, find_polled_reader
from kiosk.words.readers import ReaderText

CARDS = 3
"""Cards to tap: one may look alike in two notations, three hardly ever."""

_HOLD_PROMPT = ReaderText.CARD.fill(cards=CARDS)
CARD_READ_PROMPT = ReaderText.HEARD_TAKE_CARD_AWAY
_NO_PROFILE_READS_PORT = ReaderText.COMES_READ_NO_PROFILE


@dataclass(frozen=True, slots=True)
class OperatorDialog:
    """The person's side of it."""

    say: Callable[[str], None]
    """Tells what to do now."""
    ask_number: Callable[[int], TypedNumber]
    """The number of the n-th card; may take as long as the person does."""
    patience: float
    """Seconds to wait for a tap."""


@dataclass(frozen=True, slots=True)
class Identification:
    """What was found out."""

    candidate: CandidatePort
    verdict: DetectionResult


def identify_reader(
    spots: Sequence[CandidatePort], known: Mapping[str, Profile], talk: OperatorDialog
) -> Identification:
    """Have three cards held to whatever hangs at one of some ports. Raises: Mistake, PortTrouble."""
    talk.say(ReaderText.LISTENING.fill(spots=", ".join(spot.address_text for spot in spots)))
    answering = find_polled_reader(spots, known)
    spot, taps = (
        _collect_polled_taps(answering, known, talk) if answering else _collect_streamed_taps(spots, known, talk)
    )
    return Identification(spot, identify(taps, known))


# --- A reader that must be asked ---


def _collect_polled_taps(
    way: Probe, known: Mapping[str, Profile], talk: OperatorDialog
) -> tuple[CandidatePort, list[TapSample]]:
    talk.say(ReaderText.READER_ANSWERS_QUESTIONS.fill(name=way.profile.name))
    poller, taps = way.profile.build_poller(), list[TapSample]()
    with way.candidate.open_at(way.speed) as port:
        while poller and len(taps) < CARDS:
            _ask_for_card(len(taps) + 1, port, talk)
            pieces = poll_for_card(port, poller, talk.patience)
            if not pieces:
                raise _build_silence_error([way.candidate], talk.patience)
            talk.say(CARD_READ_PROMPT)
            poll_until_removed(port, poller)
            taps += _add_number(Capture(pieces, way.speed, way.profile.name), taps, known, talk)
    return way.candidate, taps


# --- A reader that speaks ---


def _collect_streamed_taps(
    spots: Sequence[CandidatePort], known: Mapping[str, Profile], talk: OperatorDialog
) -> tuple[CandidatePort, list[TapSample]]:
    spot, heard = _read_first_tap(spots, known, talk)
    taps = list(_add_number(heard, [], known, talk))
    with spot.open_at(heard.baud) as port:
        while len(taps) < CARDS:
            _ask_for_card(len(taps) + 1, port, talk)
            pieces = _read_tap({spot: port}, talk)[1]
            taps += _add_number(Capture(pieces, heard.baud, from_keyboard=spot.is_keyboard), taps, known, talk)
    return spot, taps


def _read_first_tap(
    spots: Sequence[CandidatePort], known: Mapping[str, Profile], talk: OperatorDialog
) -> tuple[CandidatePort, Capture]:
    """Listen at one speed after the other until what comes is a card. Raises: Mistake, where it never is."""
    for speed in dict.fromkeys(speed for spot in spots for speed in spot.speeds):
        spot, pieces = _read_tap_at(speed, spots, talk)
        heard = Capture(pieces, speed, from_keyboard=spot.is_keyboard)
        if is_readable(heard, known):
            return spot, heard
        spots = [spot]
        if spot.speeds == (None,):
            break
        talk.say(ReaderText.NO_CARD_SPEED_LINE)
    raise UserError(_NO_PROFILE_READS_PORT.format(port=spots[0].address_text), EXIT_NO)


def _read_tap_at(
    speed: int | None, spots: Sequence[CandidatePort], talk: OperatorDialog
) -> tuple[CandidatePort, tuple[Piece, ...]]:
    with ExitStack() as open_ports:
        ports = {spot: open_ports.enter_context(spot.open_at(speed)) for spot in spots}
        talk.say(_HOLD_PROMPT.format(card=1))
        return _read_tap(ports, talk)


def _read_tap(ports: Mapping[CandidatePort, Port], talk: OperatorDialog) -> tuple[CandidatePort, tuple[Piece, ...]]:
    """One tap, and its card gone again."""
    spoke = wait_for_tap(ports, talk.patience)
    if spoke is None:
        raise _build_silence_error(list(ports), talk.patience)
    spot, pieces = spoke
    talk.say(CARD_READ_PROMPT)
    if pieces[-1].pause < QUIET_SECONDS:
        wait_until_quiet(ports[spot])
    return spot, pieces


# --- Either ---


def _ask_for_card(card: int, port: Port, talk: OperatorDialog) -> None:
    """What came meanwhile, while a number was typed, is none of it."""
    port.discard()
    talk.say(_HOLD_PROMPT.format(card=card))


def _add_number(
    heard: Capture, before: list[TapSample], known: Mapping[str, Profile], talk: OperatorDialog
) -> Iterator[TapSample]:
    """The tap with its number; nothing for a card that was held before."""
    if any(_is_same_card(heard, tap.captures[0], known) for tap in before):
        talk.say(ReaderText.CARD_YOU_HELD_ALREADY)
        return
    yield TapSample((heard,), talk.ask_number(len(before) + 1))


def _is_same_card(one: Capture, other: Capture, known: Mapping[str, Profile]) -> bool:
    reads = ((read_card(profile, one), read_card(profile, other)) for profile in known.values())
    return any(mine is not None and mine == theirs for mine, theirs in reads)


def _build_silence_error(spots: Sequence[CandidatePort], seconds: float) -> UserError:
    where = ", ".join(spot.address_text for spot in spots)
    return UserError(
        ReaderText.NOTHING_CAME_WITHIN_SECONDS.fill(where=where, seconds=seconds),
        EXIT_NO,
    )
