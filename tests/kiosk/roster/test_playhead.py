"""The playhead: where a replay stands by the stopwatch, and what the keys do to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.roster.playback.playhead import FASTEST, SLOWEST, SPEEDS, Playhead

STANDING = Playhead(first=100, last=10_000, at=1_000, speed=60)
PLAYING = STANDING.toggle(5.0)


def test_while_it_stands_no_time_passes() -> None:
    assert (STANDING.position_at(5.0), STANDING.position_at(500.0), STANDING.is_playing(5.0)) == (1_000, 1_000, False)


@pytest.mark.parametrize(("now", "where"), [(5.0, 1_000), (5.01, 1_000), (5.02, 1_001), (6.0, 1_060), (15.0, 1_600)])
def test_while_it_plays_its_speed_is_seconds_in_a_second(now: float, where: int) -> None:
    assert (PLAYING.position_at(now), PLAYING.is_playing(now)) == (where, True)


def test_it_stops_at_the_end() -> None:
    assert (PLAYING.position_at(154.98), PLAYING.has_ended(154.98), PLAYING.is_playing(154.98)) == (9_998, False, True)
    assert (PLAYING.position_at(155.0), PLAYING.has_ended(155.0), PLAYING.is_playing(155.0)) == (10_000, True, False)


def test_from_the_end_it_plays_from_the_beginning() -> None:
    assert STANDING.seek(10_000).toggle(7.0).position_at(8.0) == 160


def test_pausing_keeps_the_place_and_playing_goes_on_from_it() -> None:
    paused = PLAYING.toggle(6.0)
    assert paused.position_at(100.0) == 1_060
    assert paused.toggle(100.0).position_at(101.0) == 1_120


@pytest.mark.parametrize(("at", "where"), [(99, 100), (100, 100), (10_000, 10_000), (10_001, 10_000)])
def test_it_stands_nowhere_but_in_the_day(at: int, where: int) -> None:
    assert PLAYING.seek(at).position_at(1_000.0) == where


def test_another_speed_changes_the_future_and_not_the_place() -> None:
    faster = PLAYING.speed_up(6.0)
    assert (faster.speed, faster.position_at(6.0), faster.position_at(7.0)) == (120, 1_060, 1_180)


@pytest.mark.parametrize(("speed", "slower", "faster"), [(1, 1, 2), (45, 30, 60), (60, 30, 120), (3_600, 1_200, 3_600)])
def test_speeds_are_passed_through_one_by_one(speed: int, slower: int, faster: int) -> None:
    head = Playhead(0, 10, 0, speed)
    assert (head.slow_down(0.0).speed, head.speed_up(0.0).speed) == (slower, faster)


def test_the_speeds_are_in_order_and_reach_from_end_to_end() -> None:
    assert list(SPEEDS) == sorted(set(SPEEDS))
    assert (SPEEDS[0], SPEEDS[-1]) == (SLOWEST, FASTEST)


KEYS = (
    lambda head, now: head.toggle(now),
    lambda head, now: head.speed_up(now),
    lambda head, now: head.slow_down(now),
    lambda head, now: head.seek(head.position_at(now) - 500),
)


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.floats(0, 50)), max_size=20))
def test_no_key_moves_it_out_of_the_day_and_only_a_jump_moves_it_back(pressed: list[tuple[object, float]]) -> None:
    head, now = STANDING, 0.0
    for key, later in pressed:
        before = head.position_at(now)
        now += later
        assert head.first <= before <= head.position_at(now) <= head.last
        head = key(head, now)
