"""What the hub took back counts no more at a kiosk either, in whose copy events have other positions (R-121)."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.act import Act
from domain.ids import simulated_volunteer_id
from domain.model.planned_period import Plan
from domain.model.training import Training
from domain.spans import instant
from kiosk.home import Home
from kiosk.statements.statements import Statements
from projections.playback.initial_state import load_timeline
from projections.playback.log_range import load_log_range
from projections.playback.seekable_views import seekable_views
from projections.read_models.day_filter import EVERYTHING
from tests.support.joined_kiosk import ANN, STRANGER, send, send_names, tap
from tests.support.kiosk_program import run_kiosk
from tests.support.people import COORDINATOR, NOTE, local_second, local_time

ANN_ID = simulated_volunteer_id("V001")
NINE, TEN = "2026-11-19 09:00", "2026-11-19 10:00"


def at(unit: Home, time: str) -> Act:
    unit.set_clock(local_time(time))
    return Act(local_time(time), COORDINATOR, local_time(time))


@pytest.fixture
def kiosk(unit: Home, side: Path) -> Iterator[Home]:
    """A kiosk that has refused a card three times, so that in its copy all that follows stands three places later."""
    with Home.open(side) as home:
        for minute in (10, 12, 14):
            tap(home, STRANGER, f"2026-11-18 09:{minute}")
        home.views.catch_up(local_second("2026-11-18 09:15"))
        yield home


def list_in_both(unit: Home, kiosk: Home, ask: Callable[[Statements], Any], time: str = TEN) -> list[Any]:
    """What the hub answers, and what the kiosk does, to which everything was sent."""
    send(kiosk.path, unit)
    answers: list[Any] = []
    for home in (unit, kiosk):
        home.set_clock(local_time(time))
        answers.append(ask(Statements.now(home)))
    return answers


def list_present(statements: Statements) -> list[str]:
    return [row["since"] for row in statements.list_present(None)]


def list_check_ins(statements: Statements) -> list[str]:
    return [row["check_in"] for row in statements.list_visits(EVERYTHING)]


def test_who_was_voided_by_mistake_is_in_again(unit: Home, kiosk: Home) -> None:
    tap(unit, ANN, NINE)
    unit.desk.void_visit(ANN_ID, local_time(NINE), NOTE, at(unit, "2026-11-19 09:30"))
    assert list_in_both(unit, kiosk, list_present) == [[], []]
    unit.desk.retract(unit.log.head().position, NOTE, at(unit, "2026-11-19 09:40"))
    assert list_in_both(unit, kiosk, list_present) == [["2026-11-19T09:00:00+08:00"]] * 2
    assert tap(kiosk, ANN, TEN).outcome == "checked_out"


def test_what_stands_at_that_position_in_the_copy_of_the_kiosk_stays(unit: Home, kiosk: Home) -> None:
    """Of four corrections of a day the first is taken back, at whose position the kiosk holds another event."""
    for hour in (8, 9, 10, 11):
        times = local_time(f"2026-11-19 {hour:02d}:00"), local_time(f"2026-11-19 {hour:02d}:30")
        unit.desk.add_visit(ANN_ID, times, NOTE, at(unit, "2026-11-19 12:00"))
    last = unit.log.head().position
    for position, left in ((last, [8, 9, 10]), (last - 3, [9, 10])):
        unit.desk.retract(position, NOTE, at(unit, "2026-11-19 12:10"))
        expected = [f"2026-11-19T{hour:02d}:00:00+08:00" for hour in left]
        assert list_in_both(unit, kiosk, list_check_ins, "2026-11-20 09:00") == [expected, expected]


def test_a_training_that_was_taken_back_credits_nothing(unit: Home, kiosk: Home) -> None:
    """R-010: the unit demands the basic and the special training."""
    shift = Plan(local_time(NINE), local_time("2026-11-19 12:00"))
    unit.desk.schedule_shift("AM", shift, [ANN_ID], at(unit, "2026-11-03 08:00"))
    for kind, category in (("basic", None), ("special", "戶政")):
        training = Training(kind, category, "2026-11-04", None, None)
        unit.desk.complete_training(ANN_ID, training, None, at(unit, "2026-11-05 08:00"))
    for time in (NINE, "2026-11-19 12:00"):
        tap(unit, ANN, time)
    worth = [list_in_both(unit, kiosk, list_credits, "2026-11-20 09:00")]
    unit.desk.retract(unit.log.head().position - 2, NOTE, at(unit, "2026-11-20 09:10"))
    worth.append(list_in_both(unit, kiosk, list_credits, "2026-11-20 09:20"))
    assert worth == [[[180], [180]], [[0], [0]]]


def list_credits(statements: Statements) -> list[int]:
    return [row["credited_minutes"] for row in statements.list_visits(EVERYTHING)]


def test_a_day_is_played_back_as_at_the_hub(unit: Home, kiosk: Home) -> None:
    """R-125: the visit of the evening before counts again from when its annulment was taken back."""
    shift = Plan(local_time("2026-11-19 04:15"), local_time("2026-11-19 08:00"))
    unit.desk.schedule_shift("NIGHT", shift, [ANN_ID], at(unit, "2026-11-03 08:00"))
    tap(unit, ANN, "2026-11-19 03:50")
    unit.desk.void_visit(ANN_ID, local_time("2026-11-19 03:50"), NOTE, at(unit, "2026-11-19 03:55"))
    unit.desk.retract(unit.log.head().position, NOTE, at(unit, "2026-11-19 04:10"))
    send(kiosk.path, unit)
    found = [list_played(home) for home in (unit, kiosk)]
    assert found == [[("04:10", "forgotten")]] * 2


def list_played(home: Home) -> list[tuple[str, str]]:
    day, first, last = date(2026, 11, 19), local_second("2026-11-19 03:59:59"), local_second("2026-11-19 12:00")
    log_range = load_log_range(home.log, first, last)
    with seekable_views(home.log, log_range, range(day.toordinal() - 1, day.toordinal() + 2)) as views:
        views.seek(first)
        entries = load_timeline(views, home.log, log_range, day.toordinal()).entries
    return [(f"{instant(entry.at).astimezone(home.zone):%H:%M}", entry.kind) for entry in entries]


def test_what_it_says_of_a_retraction_names_the_events_of_its_own_copy(unit: Home, kiosk: Home) -> None:
    """R-121: an annulment, and an excuse, whose retraction says no number in its stream."""
    shift = Plan(local_time(NINE), local_time("2026-11-19 12:00"))
    unit.desk.schedule_shift("AM", shift, [ANN_ID], at(unit, "2026-11-03 08:00"))
    unit.desk.excuse_absence("AM", ANN_ID, NOTE, at(unit, "2026-11-20 08:00"))
    unit.desk.retract(unit.log.head().position, NOTE, at(unit, "2026-11-20 08:10"))
    tap(unit, ANN, NINE)
    unit.desk.void_visit(ANN_ID, local_time(NINE), NOTE, at(unit, "2026-11-20 08:20"))
    unit.desk.retract(unit.log.head().position, NOTE, at(unit, "2026-11-20 08:30"))
    send(kiosk.path, unit)
    send_names(kiosk.path, unit)
    for home in (unit, kiosk):
        head = home.log.head().position
        for retraction, retracted in ((head, head - 1), (head - 3, head - 4)):
            assert ask(home, "event", retraction)["retracts"] == retracted
            assert ask(home, "event", retracted)["retracted_by"] == retraction
        acts = ask(home, "explain", home.people.load_numbers()[ANN_ID], "2026-11-19")["acts"]
        assert [act["retracts"] for act in acts if "retracts" in act] == [head - 4, head - 1]


def ask(home: Home, *words: str | int) -> Any:
    """What a command prints as JSON."""
    result = run_kiosk(*map(str, words), "--format", "json", "--home", home.path)
    assert result.status == 0, result.err
    return msgspec.json.decode(result.out)
