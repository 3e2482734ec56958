"""The tones of the entrance: one for each kind of answer, their notes, and their sound as a WAV file in memory. Pure.

The rule: the three differ in shape, not in pitch alone, so that they are distinct without an ear for music; every
note lies between 500 and 1000 Hz, which people over 65 hear best.
"""

import io
import math
import wave
from array import array
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Literal, NamedTuple

from kiosk.entrance.service import TapResult
from kiosk.words.volunteer_words import ResultState

ToneName = Literal["in", "out", "counter"]
"""`counter`: something is not as it should be, look at the screen."""

TONE_OF_STATE: Mapping[ResultState, ToneName] = {
    "checked_in": "in",
    "checked_out": "out",
    "already": "counter",
    "unmatched": "counter",
    "noted": "counter",
    "unknown_card": "counter",
    "revoked_card": "counter",
    "suspended": "counter",
    "agreement_ended": "counter",
    "before_agreement": "counter",
    "unreadable": "counter",
    "phone_card": "counter",
}
"""The tone of each state. Two go by more than the state, see `choose_tone`."""


def choose_tone(result: TapResult) -> ToneName:
    """The tone for a result.

    A repeated tap sounds like the tap that it repeats: the volunteer is still in, or out. An arrival after a check-out
    that was forgotten sends to the counter, so it does not sound as if all were well.
    """
    if "forgot_last_time" in result.remarks:
        return "counter"
    if result.state == "already" and result.earlier:
        return TONE_OF_STATE[result.earlier.outcome]
    return TONE_OF_STATE[result.state]


# --- Notes ---


class Note(NamedTuple):
    """A note, or with 0 Hz a pause."""

    hertz: float
    seconds: float


LOW, MIDDLE, HIGH = 523.25, 587.33, 880.0
"""C5, D5 and A5, in Hz."""

NOTES: Mapping[ToneName, tuple[Note, ...]] = {
    "in": (Note(MIDDLE, 0.12), Note(HIGH, 0.22)),
    "out": (Note(HIGH, 0.12), Note(MIDDLE, 0.26)),
    "counter": (Note(LOW, 0.20), Note(0, 0.12), Note(LOW, 0.30)),
}
"""In rises, out falls, and the counter is one low note twice."""


# --- Sound ---

RATE = 48_000
"""Samples a second: what sound devices take without converting it."""
LOUDEST = 0.8 * 32_767
"""The amplitude at volume 100, of 16 bits: a loudspeaker that is driven to the end rattles."""
FADE_SECONDS = 0.008
"""In which a note comes and goes: one that is cut off clicks."""


def build_wave(tone: ToneName, volume: int) -> bytes:
    """A tone as a WAV file, 16 bits mono; `volume` is 0 to 100."""
    amplitude = LOUDEST * volume / 100
    samples = array("h", chain.from_iterable(_sample_note(note, amplitude) for note in NOTES[tone]))
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(samples.itemsize)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return written.getvalue()


def _sample_note(note: Note, amplitude: float) -> Iterator[int]:
    count, fade = round(note.seconds * RATE), round(FADE_SECONDS * RATE)
    for n in range(count):
        envelope = min(1.0, n / fade, (count - 1 - n) / fade)
        yield round(amplitude * envelope * math.sin(math.tau * note.hertz * n / RATE))
