"""The tones: in rises, out falls, the counter is low twice; none is loud, late or above what old ears hear."""

import io
import math
import wave
from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest

from domain.use_cases.tap_meaning import EarlierTap
from kiosk.entrance.service import TapResult
from kiosk.entrance.tones import FADE_SECONDS, LOUDEST, RATE, ToneName, build_wave, choose_tone
from kiosk.words.volunteer_words import ResultState
from tests.kiosk.entrance.app_harness import ANN, AT

TONES = get_args(ToneName)


def sample(tone: ToneName, volume: int = 100) -> list[int]:
    """The samples of a tone, read as a player reads them."""
    with wave.open(io.BytesIO(build_wave(tone, volume))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return list(array("h", file.readframes(file.getnframes())))


def measure_hertz(samples: Sequence[int]) -> float:
    """The pitch, by how often the line is crossed upwards."""
    crossings = [n for n in range(1, len(samples)) if samples[n - 1] < 0 <= samples[n]]
    return RATE * (len(crossings) - 1) / (crossings[-1] - crossings[0])


def find_notes(samples: Sequence[int]) -> list[int]:
    """The pitches to 40 Hz that are heard one after the other, in pieces of 40 ms in which something is heard."""
    size = RATE // 25
    pieces = [samples[n : n + size] for n in range(0, len(samples) - size, size)]
    heard = [40 * round(measure_hertz(piece) / 40) if max(piece) > 1000 else 0 for piece in pieces]
    return [pitch for n, pitch in enumerate(heard) if n == 0 or pitch != heard[n - 1]]


def test_the_three_have_shapes_that_need_no_ear_for_music() -> None:
    low, high = find_notes(sample("in"))
    assert high > 1.4 * low
    assert find_notes(sample("out")) == [high, low]
    first, pause, second = find_notes(sample("counter"))
    assert (first, pause) == (second, 0)
    assert first < low


@pytest.mark.parametrize("tone", TONES)
def test_every_note_lies_where_ears_over_65_hear_it(tone: ToneName) -> None:
    notes = [pitch for pitch in find_notes(sample(tone)) if pitch]
    assert notes
    assert all(500 <= pitch <= 1000 for pitch in notes)


@pytest.mark.parametrize("tone", TONES)
def test_a_tone_is_over_before_the_next_person_taps(tone: ToneName) -> None:
    assert 0.3 < len(sample(tone)) / RATE < 0.7


@pytest.mark.parametrize("tone", TONES)
def test_a_tone_begins_and_ends_in_silence_and_never_jumps(tone: ToneName) -> None:
    samples = sample(tone)
    assert (samples[0], samples[-1]) == (0, 0)
    steepest = LOUDEST * (math.tau * 1000 / RATE + 1 / (FADE_SECONDS * RATE))
    assert max(abs(b - a) for a, b in pairwise(samples)) < steepest


@pytest.mark.parametrize("tone", TONES)
def test_the_volume_is_the_amplitude_and_the_loudest_is_not_clipped(tone: ToneName) -> None:
    loudest, half = max(sample(tone)), max(sample(tone, 50))
    assert 0.75 * 32_767 < loudest <= round(LOUDEST) < 32_767
    assert abs(half - loudest / 2) <= 1
    assert max(sample(tone, 0)) == 0


# --- Which result sounds how ---

LOW = {*get_args(ResultState)} - {"checked_in", "checked_out", "already"}


@pytest.mark.parametrize("state", sorted(LOW))
def test_what_did_not_count_sounds_low(state: ResultState) -> None:
    assert choose_tone(TapResult(state, AT)) == "counter"


def test_an_arrival_rises_and_a_departure_falls() -> None:
    assert choose_tone(TapResult("checked_in", AT)) == "in"
    assert choose_tone(replace(ANN, remarks=("late", "off_roster"))) == "in"
    assert choose_tone(TapResult("checked_out", AT)) == "out"


def test_a_repeated_tap_sounds_like_the_one_that_it_repeats() -> None:
    for outcome, tone in (("checked_in", "in"), ("checked_out", "out")):
        assert choose_tone(TapResult("already", AT, earlier=EarlierTap(outcome, AT, AT))) == tone


def test_an_arrival_after_a_forgotten_check_out_does_not_sound_as_if_all_were_well() -> None:
    assert choose_tone(replace(ANN, remarks=("forgot_last_time",))) == "counter"
