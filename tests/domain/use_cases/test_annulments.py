"""An annulment whose check-in is no visit any more: which visit it means then, and which it leaves alone (R-007)."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

import pytest

from domain.calendar import TAIPEI
from domain.errors import DomainError
from domain.spans import second
from domain.use_cases.clock_correction import correct_clock
from domain.use_cases.stream_queries import list_visits_around
from domain.use_cases.unit_rules import UnitRules
from projections.engine.as_of import views_as_of
from projections.read_models.visits import list_visits
from tests.support.door_with_clock import door_with_clock
from tests.support.office import ENTRANCE, Office, format_answer
from tests.support.people import ANN, NOTE, local_time


def write(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


Annul = Callable[[Office, object, str], None]
annulling = pytest.mark.parametrize("annul", [Office.void_visit, Office.annotate_misuse], ids=["void", "misuse"])


def list_statuses(office: Office) -> list[str]:
    return [row.status for row in office.list_visits()]


# --- A late tap made it something else ---


def void_ten_before_a_tap_of_nine(office: Office, came: str) -> None:
    """Ann came once without a departure; two days later her visit of ten o'clock began at nine, as is known then."""
    office.tap(ANN, came)
    office.tap(ANN, "2026-11-20 10:00")
    office.at("2026-11-20 11:00").void_visit(ANN, "2026-11-20 10:00")
    office.tap(ANN, "2026-11-20 09:00", "2026-11-20 12:00")
    office.at("2026-11-21 09:00")


def test_an_open_visit_of_an_earlier_day_can_be_closed(office: Office) -> None:
    """Decision 3."""
    void_ten_before_a_tap_of_nine(office, "2026-11-18 22:00")
    assert list_statuses(office) == ["no_check_out", "void"]
    office.close_visit(ANN, "2026-11-18 22:00", "2026-11-18 23:00")
    assert list_statuses(office) == ["closed", "void"]


@pytest.mark.parametrize("came", ["2026-11-20 03:58:59", "2026-11-20 03:59:01"])
def test_the_seconds_before_the_turn_after_which_days_are_evaluated_together_change_nothing(
    office: Office, came: str
) -> None:
    """Decision 8."""
    void_ten_before_a_tap_of_nine(office, came)
    assert list_statuses(office) == ["no_check_out", "void"]


@pytest.mark.parametrize(("first", "annulled"), [("03:59:40", "04:00:20"), ("11:59:40", "12:00:20")])
def test_a_check_in_that_repeats_an_arrival_is_part_of_that_visit_also_over_the_turn(
    office: Office, first: str, annulled: str
) -> None:
    office.tap(ANN, f"2026-11-20 {annulled}")
    office.at("2026-11-20 12:30").void_visit(ANN, f"2026-11-20 {annulled}")
    office.tap(ANN, f"2026-11-20 {first}", "2026-11-20 13:00")
    office.at("2026-11-21 09:00")
    assert list_statuses(office) == ["void"]


@pytest.mark.parametrize(("late", "left"), [("09:59:01", ["no_check_out", "void"]), ("09:59:00", ["no_check_out"] * 2)])
def test_a_visit_that_was_left_open_before_is_not_part_of_it(office: Office, late: str, left: list[str]) -> None:
    """At a reader of arrivals: 59 seconds make a repetition, 60 another visit, which is the annulled one."""
    office.tap(ANN, "2026-11-20 08:00", direction="in")
    office.tap(ANN, "2026-11-20 10:00", direction="in")
    office.at("2026-11-20 11:00").void_visit(ANN, "2026-11-20 10:00")
    office.tap(ANN, f"2026-11-20 {late}", "2026-11-20 12:00", direction="in")
    office.at("2026-11-21 09:00")
    assert list_statuses(office)[: len(left)] == left
    assert list_statuses(office)[-1] == "void"


def test_an_annulled_visit_stays_void_where_a_correction_of_the_clock_moves_it(office: Office) -> None:
    """The clock was an hour ahead; the annulment names what it showed."""
    door = door_with_clock(office, at="2026-11-19 10:00", behind=timedelta(hours=-1))
    door.tap(at="2026-11-19 10:00")
    door.tap(at="2026-11-19 13:00")
    (visit,) = office.list_visits()
    office.at("2026-11-19 15:00").void_visit(ANN, "2026-11-19 11:00")
    correct_clock(office.log, "entrance", door.machine.boot, -3_600, NOTE, office.act)
    (moved,) = office.list_visits()
    assert (visit.check_in - moved.check_in, moved.status) == (3_600, "void")


# --- What was annulled had been added, and was taken back ---


def annul_and_take_back(office: Office, annul: Annul, at: str = "2026-11-20 09:00") -> None:
    """The desk adds a visit by mistake, annuls it, and takes the addition back as well."""
    office.at("2026-11-20 12:00").add_visit(ANN, at, "2026-11-20 10:00")
    added = office.log.head().position
    annul(office, ANN, at)
    office.retract(added)


@annulling
@pytest.mark.parametrize("came", ["2026-11-19 22:00", "2026-11-20 08:00"])
def test_an_annulment_of_what_was_taken_back_means_no_other_visit(office: Office, annul: Annul, came: str) -> None:
    """Neither of the day before nor of the same day."""
    office.tap(ANN, came)
    annul_and_take_back(office, annul)
    assert list_statuses(office.at("2026-11-21 09:00")) == ["no_check_out"]
    office.close_visit(ANN, came, "2026-11-20 09:30")
    assert list_statuses(office) == ["closed"]


@annulling
def test_the_tap_after_it_is_the_departure(office: Office, annul: Annul) -> None:
    """At the door, and in what is evaluated."""
    office.tap(ANN, "2026-11-20 08:00")
    annul_and_take_back(office, annul)
    assert office.tap(ANN, "2026-11-20 13:00").outcome == "checked_out"
    assert list_statuses(office) == ["closed"]


@annulling
def test_an_added_visit_that_is_annulled_leaves_the_one_around_it_open(office: Office, annul: Annul) -> None:
    office.tap(ANN, "2026-11-20 08:00")
    office.at("2026-11-20 12:00").add_visit(ANN, "2026-11-20 09:00", "2026-11-20 10:00")
    annul(office, ANN, "2026-11-20 09:00")
    assert office.tap(ANN, "2026-11-20 13:00").outcome == "checked_out"
    assert list_statuses(office) == ["closed", "void"]


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_an_arrival_that_a_late_tap_covers_is_annulled_with_its_visit_while_it_stands(
    office: Office, *, is_taken_back: bool
) -> None:
    """R-036: an arrival is taken like a tap."""
    office.at("2026-11-20 09:00").add_arrival(ANN, "2026-11-20 09:00")
    arrived = office.log.head().position
    office.at("2026-11-20 09:10").void_visit(ANN, "2026-11-20 09:00")
    office.tap(ANN, "2026-11-20 08:00", "2026-11-20 09:20")
    if is_taken_back:
        office.at("2026-11-20 09:30").retract(arrived)
    outcome = "checked_out" if is_taken_back else "checked_in"
    assert office.tap(ANN, "2026-11-20 12:00").outcome == outcome
    assert list_statuses(office) == (["closed"] if is_taken_back else ["void", "open"])


def test_a_visit_that_taps_show_is_annulled_also_where_one_had_been_added_and_taken_back_before(office: Office) -> None:
    """The annulment was made when the added one was gone."""
    office.at("2026-11-20 10:30").add_visit(ANN, "2026-11-20 09:00", "2026-11-20 10:00")
    office.retract(office.log.head().position)
    office.tap(ANN, "2026-11-20 09:00", "2026-11-20 10:40")
    office.at("2026-11-20 11:00").void_visit(ANN, "2026-11-20 09:00")
    office.tap(ANN, "2026-11-20 08:00", "2026-11-20 11:10")
    assert format_answer(office.tap(ANN, "2026-11-20 12:00")) == "checked_in"
    assert list_statuses(office) == ["void", "open"]


@annulling
def test_a_link_of_days_that_is_written_later_changes_nothing_of_the_views_as_of_an_instant(
    office: Office, annul: Annul
) -> None:
    """R-126."""
    office.tap(ANN, "2026-11-19 22:00")
    annul_and_take_back(office, annul)
    then = list_statuses(office.at("2026-11-21 09:00"))
    office.at("2026-11-21 10:00").add_visit(ANN, "2026-11-19 23:00", "2026-11-20 05:00")
    instant = second(local_time("2026-11-21 09:00"))
    office.at("2026-11-21 11:00")
    for live in (None, office.current_views()):
        with views_as_of(office.log, instant, instant, live=live) as past:
            assert [row.status for row in list_visits(past)] == then == ["no_check_out"]


# --- Whatever happens ---


def live_on(
    office: Office, chance: Random, marks: list[datetime], added: list[datetime], corrections: list[int]
) -> None:
    """A tap, or something that the desk corrects, some time later. Raises: DomainError."""
    now = marks[-1] + timedelta(seconds=chance.choice((59, 60, 3_600, 7_200, 14_400)))
    marks.append(now)
    office.at(write(now))
    match chance.choice(("tap", "tap late", "add", "annul", "retract")):
        case "tap":
            office.tap(ANN)
        case "tap late":
            office.tap(ANN, write(chance.choice(marks) - timedelta(seconds=30)), write(now))
        case "add":
            since, until = sorted(chance.sample(marks, 2))
            office.add_visit(ANN, write(since), write(until))
            added.append(since)
            corrections.append(office.log.head().position)
        case "annul":
            office.void_visit(ANN, write(chance.choice(added or marks)))
            corrections.append(office.log.head().position)
        case _:
            office.retract(chance.choice(corrections or [office.log.head().position]))


@pytest.mark.parametrize("story", range(20))
def test_what_the_desk_finds_is_what_is_evaluated(office: Office, story: int) -> None:
    """The desk looks at some days together, the evaluation at those that are linked."""
    chance, added, corrections = Random(story), list[datetime](), list[int]()  # noqa: S311 - can be told again
    marks = [datetime(2026, 11, 19, 20, tzinfo=TAIPEI), datetime(2026, 11, 19, 21, tzinfo=TAIPEI)]
    for _ in range(25):
        with suppress(DomainError):
            live_on(office, chance, marks, added, corrections)
        rules, evaluated = UnitRules(office.log).load(), office.list_visits()
        for day in {row.date for row in evaluated}:
            found = list_visits_around(office.log, rules, ENTRANCE, ANN, day, now=marks[-1])
            assert [(one.check_in, one.check_out, bool(one.void)) for one in found if one.day == day.toordinal()] == [
                (row.check_in, row.check_out, row.status == "void") for row in evaluated if row.date == day
            ]
