"""The conversation that identifies a reader: hold a card, say its number, three times over.

Rule: what is heard stays in memory and is forgotten with the verdict. The person is told what to do next, and asked
for one thing at a time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from devices.ports.serial_port import Port
from devices.profiles.detection import Heard, Piece, Tapped, Verdict, identify, is_readable, reading_of
from devices.profiles.profile import Profile
from devices.profiles.typed_number import TypedNumber
from kiosk.errors import NO, Mistake
from kiosk.readers.candidate_ports import Spot
from kiosk.readers.listening import (
    QUIET_SECONDS,
    first_answer,
    first_to_speak,
    wait_until_quiet,
    wait_until_taken_away,
)
from kiosk.readers.probing import Answers, who_answers

CARDS = 3
"""Cards to tap: one may look alike in two notations, three hardly ever."""

_HOLD = f"card {{card}} of {CARDS}: hold it to the reader"
HEARD = "heard: take the card away"
_UNKNOWN = (
    "what comes from {port} is read by no profile: look at it with `kiosk readers watch {port}`, "
    "and describe it in a profile of your own (README, Card readers)"
)


@dataclass(frozen=True, slots=True)
class Talk:
    """The person's side of it."""

    say: Callable[[str], None]
    """Tells what to do now."""
    number_of: Callable[[int], TypedNumber]
    """The number of the n-th card; may take as long as the person does."""
    patience: float
    """Seconds to wait for a tap."""


@dataclass(frozen=True, slots=True)
class Identified:
    """What was found out."""

    spot: Spot
    verdict: Verdict


def identify_at(spots: Sequence[Spot], known: Mapping[str, Profile], talk: Talk) -> Identified:
    """Have three cards held to whatever hangs at one of some ports. Raises: Mistake, PortTrouble."""
    talk.say(f"listening at {', '.join(spot.written for spot in spots)}: wait until you are asked for a card")
    answering = who_answers(spots, known)
    spot, taps = _by_asking(answering, known, talk) if answering else _by_listening(spots, known, talk)
    return Identified(spot, identify(taps, known))


# --- A reader that must be asked ---


def _by_asking(way: Answers, known: Mapping[str, Profile], talk: Talk) -> tuple[Spot, list[Tapped]]:
    talk.say(f"a reader answers the questions of {way.profile.name}")
    poller, taps = way.profile.asking(), list[Tapped]()
    with way.spot.opened(way.speed) as port:
        while poller and len(taps) < CARDS:
            _ask_for_card(len(taps) + 1, port, talk)
            pieces = first_answer(port, poller, talk.patience)
            if not pieces:
                raise _nothing_came([way.spot], talk.patience)
            talk.say(HEARD)
            wait_until_taken_away(port, poller)
            taps += _numbered(Heard(pieces, way.speed, way.profile.name), taps, known, talk)
    return way.spot, taps


# --- A reader that speaks ---


def _by_listening(spots: Sequence[Spot], known: Mapping[str, Profile], talk: Talk) -> tuple[Spot, list[Tapped]]:
    spot, heard = _first_tap(spots, known, talk)
    taps = list(_numbered(heard, [], known, talk))
    with spot.opened(heard.baud) as port:
        while len(taps) < CARDS:
            _ask_for_card(len(taps) + 1, port, talk)
            pieces = _spoken({spot: port}, talk)[1]
            taps += _numbered(Heard(pieces, heard.baud, typed=spot.is_keyboard), taps, known, talk)
    return spot, taps


def _first_tap(spots: Sequence[Spot], known: Mapping[str, Profile], talk: Talk) -> tuple[Spot, Heard]:
    """Listen at one speed after the other until what comes is a card. Raises: Mistake, where it never is."""
    for speed in dict.fromkeys(speed for spot in spots for speed in spot.speeds):
        spot, pieces = _tap_at(speed, spots, talk)
        heard = Heard(pieces, speed, typed=spot.is_keyboard)
        if is_readable(heard, known):
            return spot, heard
        spots = [spot]
        if spot.speeds == (None,):
            break
        talk.say("that was no card at this speed of the line: take it away, and hold the same card once more")
    raise Mistake(_UNKNOWN.format(port=spots[0].written), NO)


def _tap_at(speed: int | None, spots: Sequence[Spot], talk: Talk) -> tuple[Spot, tuple[Piece, ...]]:
    with ExitStack() as open_ports:
        ports = {spot: open_ports.enter_context(spot.opened(speed)) for spot in spots}
        talk.say(_HOLD.format(card=1))
        return _spoken(ports, talk)


def _spoken(ports: Mapping[Spot, Port], talk: Talk) -> tuple[Spot, tuple[Piece, ...]]:
    """One tap, and its card gone again."""
    spoke = first_to_speak(ports, talk.patience)
    if spoke is None:
        raise _nothing_came(list(ports), talk.patience)
    spot, pieces = spoke
    talk.say(HEARD)
    if pieces[-1].pause < QUIET_SECONDS:
        wait_until_quiet(ports[spot])
    return spot, pieces


# --- Either ---


def _ask_for_card(card: int, port: Port, talk: Talk) -> None:
    """What came meanwhile, while a number was typed, is none of it."""
    port.discard()
    talk.say(_HOLD.format(card=card))


def _numbered(heard: Heard, before: list[Tapped], known: Mapping[str, Profile], talk: Talk) -> Iterator[Tapped]:
    """The tap with its number; nothing for a card that was held before."""
    if any(_is_same_card(heard, tap.heard[0], known) for tap in before):
        talk.say("that is a card that you have held already: take another one")
        return
    yield Tapped((heard,), talk.number_of(len(before) + 1))


def _is_same_card(one: Heard, other: Heard, known: Mapping[str, Profile]) -> bool:
    reads = ((reading_of(profile, one), reading_of(profile, other)) for profile in known.values())
    return any(mine is not None and mine == theirs for mine, theirs in reads)


def _nothing_came(spots: Sequence[Spot], seconds: float) -> Mistake:
    where = ", ".join(spot.written for spot in spots)
    return Mistake(
        f"nothing came from {where} within {seconds:g} seconds: check the reader's cable and power, "
        "and that the card is of its kind; `kiosk readers list` shows what is wrong with a port",
        NO,
    )
