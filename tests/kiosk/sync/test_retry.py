"""How long a kiosk waits before it asks a hub again that was not reached."""

from kiosk.sync.retry import LAST_LIMIT, SETTLE_SECONDS, JitterBackoff


def draw_limit(_least: float, most: float) -> float:
    return most


def test_the_limit_doubles_from_a_fifth_of_a_second_to_five_minutes_and_is_never_passed() -> None:
    backoff = JitterBackoff(draw_limit)

    waits = [backoff.record_failure().seconds for _ in range(60)]

    assert waits[:4] == [0.2, 0.4, 0.8, 1.6]
    assert waits[10:12] == [204.8, LAST_LIMIT]
    assert max(waits) == LAST_LIMIT == 300.0


def test_the_first_success_forgets_the_failures() -> None:
    backoff = JitterBackoff(draw_limit)
    for _ in range(5):
        backoff.record_failure()
    assert backoff.is_failing

    backoff.record_success()

    assert not backoff.is_failing
    assert backoff.record_failure().seconds == 0.2


def test_the_whole_wait_is_drawn_at_random() -> None:
    waits = [JitterBackoff().record_failure().seconds for _ in range(300)]

    assert min(waits) < 0.05 < 0.15 < max(waits) <= 0.2


def test_a_hub_that_is_busy_is_asked_when_it_said_however_often_it_says_so() -> None:
    """A second at most is added by chance, and no more the tenth time than the first."""
    backoff = JitterBackoff(draw_limit)
    assert [backoff.record_busy(2.0).seconds for _ in range(10)] == [3.0] * 10
    assert JitterBackoff(lambda least, _: least).record_busy(2.0).seconds == 2.0
    assert backoff.record_busy(0.0).seconds > 0
    assert backoff.record_busy(1e9).seconds == LAST_LIMIT
    assert backoff.is_failing


def test_a_person_is_waited_for_slowly() -> None:
    waits = [JitterBackoff().wait_for_person().seconds for _ in range(100)]

    assert SETTLE_SECONDS / 2 <= min(waits) < max(waits) <= SETTLE_SECONDS
