"""Looking for a reader that must be asked: each family's first question at each speed it may have, until one answers.

Rule: what speaks by itself meanwhile is no such reader, and the search ends. A question that nobody understands does
nothing: readers that only send do not listen.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from devices.profiles.detection import Heard, Piece, is_readable
from devices.profiles.profile import Profile
from devices.protocols.polling import turn
from kiosk.readers.candidate_ports import Spot
from kiosk.readers.listening import Overheard

ASKING_SECONDS = 0.7
"""How long one family is asked at one speed: two questions, for the first may find the reader asleep."""


class Answers(NamedTuple):
    """A reader that answers, and in whose words."""

    spot: Spot
    profile: Profile
    speed: int | None


def who_answers(spots: Sequence[Spot], known: Mapping[str, Profile]) -> Answers | None:
    """The first reader that answers a family's questions; None when none does, or something speaks by itself.

    Raises: PortTrouble.
    """
    for way in _ways(spots, known):
        answers, said = _asked(way)
        if answers:
            return way
        if is_readable(Heard((Piece(said),)), known):
            return None
    return None


def _ways(spots: Sequence[Spot], known: Mapping[str, Profile]) -> Iterator[Answers]:
    polled = [profile for profile in known.values() if profile.poller]
    for spot in (spot for spot in spots if not spot.is_keyboard):
        for profile in polled:
            yield from (Answers(spot, profile, speed) for speed in spot.speeds_of(profile))


def _asked(way: Answers) -> tuple[bool, bytes]:
    """Whether somebody answers, and what was said whether or not."""
    poller, until = way.profile.asking(), time.monotonic() + ASKING_SECONDS
    with way.spot.opened(way.speed) as port:
        line = Overheard(port)
        while poller and time.monotonic() < until:
            if turn(poller, line, time.monotonic).answers:
                return True, line.data
    return False, line.data
