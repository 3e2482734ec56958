"""The cards of a day are read ahead, a few at a time; what cannot be read ahead is left to its tap."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from domain.ids import unit_stream
from domain.log.errors import LogError
from kiosk.entrance import cards_ahead
from kiosk.entrance.cards_ahead import CardsAhead
from kiosk.home import Home
from tests.kiosk.conftest import Apply
from tests.support.home_entrance import OFFICE_LINES, HomeEntrance
from tests.support.noted_reads import noting_reads
from tests.support.people import local_time

TODAY, TOMORROW = date(2026, 11, 19), date(2026, 11, 20)
NO_TIME, MUCH_TIME = -1.0, 60.0


@pytest.fixture(autouse=True)
def much_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Time enough for every card, and what changes it."""

    def limit(seconds: float) -> None:
        monkeypatch.setattr(cards_ahead, "READ_SECONDS", seconds)

    limit(MUCH_TIME)
    return limit


def test_each_card_is_read_once_a_day() -> None:
    read, days = list[tuple[str, date]](), list[date]()

    def list_expected(day: date) -> Sequence[str]:
        days.append(day)
        return ["first", "second"]

    ahead = CardsAhead(list_expected, lambda token, day: read.append((token, day)))
    for day in (TODAY, TODAY, TOMORROW, TOMORROW):
        ahead.read_some(day)
    assert read == [("first", TODAY), ("second", TODAY), ("first", TOMORROW), ("second", TOMORROW)]
    assert days == [TODAY, TOMORROW]


def test_when_its_time_is_over_it_reads_on_the_next_time(much_time: Callable[[float], None]) -> None:
    read = list[str]()

    def read_slowly(token: str, _day: date) -> None:
        read.append(token)
        much_time(NO_TIME)

    ahead = CardsAhead(lambda _: "abc", read_slowly)
    much_time(NO_TIME)
    ahead.read_some(TODAY)
    assert read == []
    much_time(MUCH_TIME)
    ahead.read_some(TODAY)
    assert read == ["a", "b", "c"], "its time is taken when it begins"


def test_a_log_that_does_not_answer_is_asked_no_more_until_the_next_time() -> None:
    read = list[str]()

    def read_card(token: str, _day: date) -> None:
        read.append(token)
        if token == "a":
            raise LogError

    ahead = CardsAhead(lambda _: "abc", read_card)
    ahead.read_some(TODAY)
    assert read == ["a"]
    ahead.read_some(TODAY)
    assert read == ["a", "b", "c"]


def test_read_models_that_fail_are_logged_once_a_day(caplog: pytest.LogCaptureFixture) -> None:
    def list_expected(day: date) -> Sequence[str]:
        raise OSError(day)

    ahead = CardsAhead(list_expected, pytest.fail)
    for _ in range(2):
        ahead.read_some(TODAY)
    (record,) = caplog.records
    assert "cannot be listed" in record.message


def test_the_entrance_of_a_home_reads_the_cards_in_use_ahead(simulation: Path, apply: Apply) -> None:
    assert apply(simulation, *OFFICE_LINES).err == ""
    with Home.open(simulation) as home:
        home.set_clock(local_time("2026-11-19 08:00"))
        entrance = HomeEntrance(home)
        home.views.catch_up(home.now_second())
        entrance.controller.read_ahead()
        with noting_reads(home.log) as asked:
            assert entrance.tap("08:58").state == "checked_in"
        assert {*asked} == {unit_stream()}, "by the read models"
