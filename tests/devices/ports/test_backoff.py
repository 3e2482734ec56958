"""When a failed thing is tried again."""

from devices.ports.backoff import Backoff


def test_the_wait_grows_to_two_seconds_and_no_further() -> None:
    backoff = Backoff()
    assert [backoff.record_failure() for _ in range(6)] == [0.25, 0.5, 1.0, 2.0, 2.0, 2.0]


def test_a_success_forgets_the_failures() -> None:
    backoff = Backoff()
    backoff.record_failure()
    backoff.record_failure()
    backoff.record_success()
    assert backoff.record_failure() == 0.25
