"""Views that stand answer until time alone, or a clock that went back, may have changed an answer."""

from pathlib import Path

import pytest

from domain.spans import second
from projections.engine.standing_views import NotStanding, StandingViews
from tests.support.office import Office
from tests.support.people import ANN, local_second


@pytest.mark.parametrize(("time", "opens"), [("11:59:59", True), ("12:00:00", False)])
def test_time_alone_closes_the_way_when_it_changes_an_outcome(office: Office, time: str, opens: bool) -> None:
    """R-045: at noon the duty that was upcoming is an absence."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.at("2026-11-19 08:00").list_duties()
    assert views_stand(office, local_second(f"2026-11-19 {time}")) == opens


def views_stand(office: Office, at: int) -> bool:
    path = Path(str(office.log.place)).with_name("views.db")
    try:
        StandingViews.open(path, office.log.log_id, office.log.head().position, at).close()
    except NotStanding:
        return False
    return True


def test_a_clock_that_went_back_closes_the_way(office: Office) -> None:
    office.at("2026-11-19 08:00").list_duties()
    at = second(office.clock.at)
    assert [views_stand(office, at), views_stand(office, at - 1)] == [True, False]
