"""Looking for a reader that must be asked: each family's first question at each speed it may have, until one answers.

Rule: what speaks by itself meanwhile is no such reader, and the search ends. A question that nobody understands does
nothing: readers that only send do not listen.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from devices.profiles.detection import Capture, Piece, is_readable
from devices.profiles.profile import Profile
from devices.protocols.polling import poll_once
from kiosk.readers.candidate_ports import CandidatePort
from kiosk.readers.listening import PortCapture

SECONDS_PER_PROBE = 0.7
"""How long one family is asked at one speed: two questions, for the first may find the reader asleep."""


class Probe(NamedTuple):
    """A reader that answers, and in whose words."""

    candidate: CandidatePort
    profile: Profile
    speed: int | None


def find_polled_reader(spots: Sequence[CandidatePort], known: Mapping[str, Profile]) -> Probe | None:
    """The first reader that answers a family's questions; None when none does, or something speaks by itself.

    Raises: PortTrouble.
    """
    for way in _list_probes(spots, known):
        answers, said = _run_probe(way)
        if answers:
            return way
        if is_readable(Capture((Piece(said),)), known):
            return None
    return None


def _list_probes(spots: Sequence[CandidatePort], known: Mapping[str, Profile]) -> Iterator[Probe]:
    polled = [profile for profile in known.values() if profile.poller]
    for spot in (spot for spot in spots if not spot.is_keyboard):
        for profile in polled:
            yield from (Probe(spot, profile, speed) for speed in spot.speeds_of(profile))


def _run_probe(way: Probe) -> tuple[bool, bytes]:
    """Whether somebody answers, and what was said whether or not."""
    poller, until = way.profile.build_poller(), time.monotonic() + SECONDS_PER_PROBE
    with way.candidate.open_at(way.speed) as port:
        line = PortCapture(port)
        while poller and time.monotonic() < until:
            if poll_once(poller, line, time.monotonic).answers:
                return True, line.data
    return False, line.data
