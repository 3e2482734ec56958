"""Whether a person serves on a day: R-053, R-056, and the agreement that absences count within (R-050)."""

from datetime import date

import pytest

from domain.model.standing import (
    Standing,
    StandingByDay,
    StandingChange,
    StandingChangeKind,
    filter_known_at,
    find_agreement,
    find_standing,
)

ENROLLED: tuple[StandingChangeKind, int, int] = ("agreement", 1, 1)


def november(*turns: tuple[StandingChangeKind, int, int]) -> list[StandingChange]:
    """Turns as (kind, day of November, when recorded)."""
    return [StandingChange(kind, date(2026, 11, day).toordinal(), recorded) for kind, day, recorded in turns]


def stands(turns: list[StandingChange], day: int) -> Standing:
    return find_standing(turns, date(2026, 11, day).toordinal())


def test_an_agreement_that_ends_on_a_day_ends_after_it() -> None:
    turns = november(ENROLLED, ("ended", 19, 1))
    assert (stands(turns, 19), stands(turns, 20)) == ("in_service", "agreement_ended")


def test_a_suspension_begins_on_its_day() -> None:
    """R-053."""
    turns = november(ENROLLED, ("suspended", 19, 1))
    assert (stands(turns, 18), stands(turns, 19)) == ("in_service", "suspended")


def test_service_goes_on_from_the_day_on_which_it_is_resumed() -> None:
    """R-053."""
    turns = november(ENROLLED, ("suspended", 10, 1), ("resumed", 19, 1))
    assert (stands(turns, 18), stands(turns, 19)) == ("suspended", "in_service")


def test_how_a_volunteer_stands_on_each_day_is_found_once_between_changes() -> None:
    """An end counts from the day after it, everything else from its day."""
    turns = november(ENROLLED, ("suspended", 9, 1), ("resumed", 12, 2), ("ended", 19, 3), ("agreement", 25, 4))
    days, by_day = range(turns[0].day - 400, turns[0].day + 40), StandingByDay(turns)
    assert [by_day.on(day) for day in days] == [find_standing(turns, day) for day in days]


def test_somebody_can_be_suspended_again() -> None:
    turns = november(ENROLLED, ("suspended", 5, 1), ("resumed", 7, 1), ("suspended", 9, 1))
    assert [stands(turns, day) for day in (4, 5, 6, 7, 8, 9)] == [
        "in_service", "suspended", "suspended", "in_service", "in_service", "suspended",
    ]  # fmt: skip


def test_of_two_turns_on_one_day_the_one_recorded_later_counts() -> None:
    assert stands(november(ENROLLED, ("suspended", 9, 1), ("resumed", 9, 2)), 9) == "in_service"
    assert stands(november(ENROLLED, ("suspended", 5, 1), ("resumed", 9, 2), ("suspended", 9, 3)), 9) == "suspended"


def test_the_end_of_the_agreement_outweighs_a_suspension() -> None:
    turns = november(ENROLLED, ("suspended", 10, 1), ("ended", 19, 1))
    assert (stands(turns, 19), stands(turns, 20)) == ("suspended", "agreement_ended")


def test_somebody_who_comes_back_serves_from_the_new_agreement_on() -> None:
    turns = november(ENROLLED, ("ended", 10, 1), ("agreement", 19, 1))
    assert [stands(turns, day) for day in (10, 11, 18, 19)] == [
        "in_service", "agreement_ended", "agreement_ended", "in_service",
    ]  # fmt: skip


def test_a_new_agreement_does_not_lift_a_suspension() -> None:
    turns = november(ENROLLED, ("suspended", 5, 1), ("ended", 10, 1), ("agreement", 19, 1))
    assert stands(turns, 19) == "suspended"


def test_an_agreement_can_last_one_day() -> None:
    """It begins on a day and ends after it."""
    turns = november(("agreement", 10, 1), ("ended", 10, 1))
    assert (stands(turns, 10), stands(turns, 11)) == ("in_service", "agreement_ended")


def test_of_two_ends_the_earlier_one_holds() -> None:
    turns = november(ENROLLED, ("ended", 19, 1), ("ended", 10, 2))
    assert (stands(turns, 10), stands(turns, 11)) == ("in_service", "agreement_ended")


@pytest.mark.parametrize(("at", "known"), [(99, "in_service"), (100, "suspended")])
def test_what_was_not_recorded_yet_was_not_known(at: int, known: Standing) -> None:
    """R-021: a suspension written down at second 100 refuses nobody at second 99."""
    turns = november(ENROLLED, ("suspended", 10, 100))
    assert stands(filter_known_at(turns, at), 19) == known


def test_the_agreement_of_a_day_is_the_latest_that_began_by_then() -> None:
    """R-050."""
    turns = november(ENROLLED, ("agreement", 19, 1))
    ordinal = date(2026, 11, 1).toordinal()
    found = [find_agreement(turns, ordinal + offset) for offset in (-1, 0, 17, 18)]
    assert found == [None, ordinal, ordinal, ordinal + 18]


def test_before_the_first_agreement_begins_a_volunteer_does_not_serve_yet() -> None:
    """Between two agreements the first has ended; without any on record there is nothing to refuse by."""
    turns = [StandingChange("agreement", 10, 0), StandingChange("ended", 15, 0), StandingChange("agreement", 20, 0)]
    standings = [find_standing(turns, day) for day in (9, 10, 15, 16, 19, 20)]
    assert standings == [
        "before_agreement", "in_service", "in_service", "agreement_ended", "agreement_ended", "in_service",
    ]  # fmt: skip
    assert find_standing([], 9) == "in_service"


def test_a_suspension_before_the_agreement_begins_does_not_matter() -> None:
    turns = [StandingChange("agreement", 10, 0), StandingChange("suspended", 5, 0)]
    assert [find_standing(turns, day) for day in (5, 9, 10)] == ["before_agreement", "before_agreement", "suspended"]
