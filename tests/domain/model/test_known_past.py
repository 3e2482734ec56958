"""What other machines wrote, and the clock of this one: theirs may be wrong, and so may this one."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.clock import OK, UNSYNCHRONISED, Reading
from domain.model.kiosk_clock import SECOND_NS
from domain.model.known_past import FAR_SECONDS, FAR_UNSYNCHRONISED_SECONDS, KnownPast
from domain.model.step_detector import StepDetector
from domain.spans import instant, second

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
AT, DAY = second(NOW), 86_400
WITHOUT_BATTERY = datetime(2000, 1, 1, tzinfo=UTC)
"""What a clock shows whose battery is empty."""


def show(at: datetime, trust: str) -> Reading:
    return Reading(at, trust, "boot", 0, round(at.timestamp()) * SECOND_NS)


@pytest.mark.parametrize("trust", [OK, UNSYNCHRONISED])
@pytest.mark.parametrize("others", [(), (AT + DAY,), (AT - DAY, AT + DAY)])
def test_what_others_wrote_later_neither_doubts_a_clock_nor_moves_its_present(
    trust: str, others: tuple[int, ...]
) -> None:
    detector = StepDetector(past=KnownPast([AT - 3_600], others=others))
    assert detector.rate(show(NOW, trust)).trust == trust
    assert detector.estimate_now(show(NOW, trust)) == NOW


@pytest.mark.parametrize(("others", "is_far"), [((), True), ((AT - DAY,), False)])
def test_what_others_wrote_meanwhile_bears_a_clock_out_that_was_off_for_long(
    others: tuple[int, ...], *, is_far: bool
) -> None:
    past = KnownPast([AT - FAR_SECONDS - 1], others=others)
    assert past.is_far(AT, OK) is is_far


@pytest.mark.parametrize(("trust", "limit"), [(OK, None), (UNSYNCHRONISED, FAR_UNSYNCHRONISED_SECONDS)])
def test_far_beyond_what_others_wrote_only_a_clock_is_not_believed_that_follows_nothing(
    trust: str, limit: int | None
) -> None:
    """Before it wrote anything itself: the clock that stopped may be theirs."""
    for since in (FAR_UNSYNCHRONISED_SECONDS, FAR_UNSYNCHRONISED_SECONDS + 1, 60 * DAY):
        past = KnownPast(others=[AT - since])
        assert past.is_far(AT, trust) is (limit is not None and since > limit)


def test_a_clock_that_cannot_be_right_goes_by_the_last_record_of_all() -> None:
    past = KnownPast([AT - 2 * DAY], others=[AT - DAY])
    for at in (WITHOUT_BATTERY, NOW + timedelta(days=30)):
        estimated = StepDetector(past=past).estimate_now(show(at, UNSYNCHRONISED))
        assert estimated == instant(AT - DAY)
