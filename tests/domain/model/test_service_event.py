"""A service event: for everybody or for those listed (R-023)."""

import pytest

from domain.errors import EndsBeforeStart
from domain.model.planned_period import EventTooLong, Plan
from domain.model.service_event import ServiceEvent
from tests.support.people import ANN, CATEGORY, act, local_time, span

MONDAY = act("2026-10-26 09:00")
EVENING = span("2026-10-31 17:00", "21:30")


@pytest.mark.parametrize("listed", [None, [ANN], []])
def test_an_event_says_when_and_for_whom(listed: list[object] | None) -> None:
    """R-023: nobody listed is not the same as everybody."""
    (scheduled,) = ServiceEvent.schedule("E1", Plan(*EVENING, CATEGORY), listed, MONDAY).collect_events()
    assert isinstance(scheduled, ServiceEvent.Created)
    assert (scheduled.event, scheduled.start, scheduled.end) == ("E1", *EVENING)
    assert (scheduled.category, scheduled.volunteers) == (CATEGORY, listed)


def test_an_event_ends_after_it_begins() -> None:
    start = local_time("2026-10-31 17:00")
    with pytest.raises(EndsBeforeStart) as refused:
        ServiceEvent.schedule("E1", Plan(start, start), None, MONDAY)
    assert vars(refused.value) == {"start": start, "end": start}
    assert ServiceEvent.schedule("E1", Plan(start, local_time("2026-10-31 17:00:01")), None, MONDAY).name == "E1"


def test_an_event_lasts_31_days_at_most_unless_its_length_is_confirmed() -> None:
    start, longest, longer = (local_time(f"2026-{at}") for at in ("10-01 09:00", "11-01 09:00", "11-01 09:00:01"))
    assert ServiceEvent.schedule("E1", Plan(start, longest), None, MONDAY).name == "E1"
    with pytest.raises(EventTooLong) as refused:
        ServiceEvent.schedule("E1", Plan(start, longer), None, MONDAY)
    assert vars(refused.value) == {"name": "E1", "start": start, "end": longer}
    assert ServiceEvent.schedule("E1", Plan(start, longer, long=True), None, MONDAY).name == "E1"
