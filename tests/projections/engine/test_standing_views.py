"""Views that stand answer until time alone, or a clock that went back, may have changed an answer."""

from pathlib import Path
from uuid import UUID

import pytest

from domain.calendar import TAIPEI
from domain.model.known_past import EARLIEST, FAR_UNSYNCHRONISED_SECONDS, LATEST
from domain.spans import instant, second
from projections.engine.standing_views import NotStanding, StandingEnd, StandingViews
from tests.support.office import Office
from tests.support.people import ANN, local_second


@pytest.mark.parametrize(("time", "opens"), [("11:59:59", True), ("12:00:00", False)])
def test_time_alone_closes_the_way_when_it_changes_an_outcome(office: Office, time: str, opens: bool) -> None:
    """R-045: at noon the duty that was upcoming is an absence."""
    follow_a_shift(office)
    assert views_stand(office, local_second(f"2026-11-19 {time}")) == opens


def follow_a_shift(office: Office, on: str = "2026-11-19", at: str = "2026-11-19 08:00") -> None:
    """The office schedules one until noon, and reads what follows."""
    office.at(at).schedule_shift("AM", f"{on} 09:00", "12:00", ANN)
    office.list_duties()


def format_local(at: int) -> str:
    return f"{instant(at).astimezone(TAIPEI):%F %T}"


def views_stand(office: Office, at: int, **changes: object) -> bool:
    path, log = Path(str(office.log.place)).with_name("views.db"), office.log
    try:
        StandingViews.open(path, StandingEnd(log.log_id, *log.head(), log.fingerprint)._replace(**changes), at).close()
    except NotStanding:
        return False
    return True


def test_a_clock_that_went_back_closes_the_way(office: Office) -> None:
    follow_a_shift(office)
    at = second(office.clock.at)
    assert [views_stand(office, at), views_stand(office, at - 1)] == [True, False]


def test_a_clock_that_an_opened_home_may_not_believe_closes_the_way(office: Office) -> None:
    """That decides by the records and by the kernel's word; here it is the nearest limit of both."""
    follow_a_shift(office, "2027-11-19")
    limit = second(office.clock.at) + FAR_UNSYNCHRONISED_SECONDS
    assert [views_stand(office, at) for at in (limit, limit + 1)] == [True, False]


@pytest.mark.parametrize(("at", "opens"), [(EARLIEST - 1, False), (EARLIEST, True)])
def test_a_clock_before_the_release_closes_the_way(office: Office, at: int, opens: bool) -> None:
    follow_a_shift(office, "2027-11-19", format_local(at))
    assert views_stand(office, at) == opens


@pytest.mark.parametrize(("at", "opens"), [(LATEST, True), (LATEST + 1, False)])
def test_a_clock_years_after_the_release_closes_the_way(office: Office, at: int, opens: bool) -> None:
    follow_a_shift(office, "2040-11-19", format_local(LATEST - 60))
    assert views_stand(office, at) == opens


@pytest.mark.parametrize(
    "changes",
    [{"log_id": UUID(int=1)}, {"position": 1}, {"chain": bytes(32)}, {"program": "another"}],
    ids=["another log", "a shorter one", "one that went another way", "a program that knows other events"],
)
def test_views_of_another_log_or_program_close_the_way(office: Office, changes: dict[str, object]) -> None:
    follow_a_shift(office)
    assert [views_stand(office, second(office.clock.at), **change) for change in ({}, changes)] == [True, False]
