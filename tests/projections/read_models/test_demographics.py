"""Who the volunteers are, in numbers only: R-105, R-102."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import ROOT
from projections.read_models.demographics import (
    AGE_BANDS,
    Group,
    PersonFacts,
    count_groups,
    count_seniors,
    find_band,
    find_withheld,
    list_bands,
)

DAY = date(2026, 12, 31)


def people_of(*facts: PersonFacts) -> Mapping[UUID, PersonFacts]:
    return {uuid5(ROOT, f"person {number}"): person for number, person in enumerate(facts)}


def test_who_turns_65_on_the_day_is_a_senior() -> None:
    """R-102: 4 of 19, one of whom turned 65 on the day of the report."""
    births = [date(1940, 5, 1), date(1961, 12, 31), date(1962, 1, 1), None]
    people = people_of(*(PersonFacts(birth_date=birth) for birth in births))
    assert count_seniors(people, people, DAY) == 2


def test_the_bands_of_ages() -> None:
    """R-105: a birthday moves a person to the next band."""
    assert list_bands(AGE_BANDS) == ["-11", "12-17", "18-29", "30-49", "50-54", "55-64", "65-"]
    assert find_band(AGE_BANDS, date(1962, 1, 1), DAY) == "55-64"
    assert find_band(AGE_BANDS, date(1961, 12, 31), DAY) == "65-"
    assert find_band(AGE_BANDS, date(2015, 1, 1), DAY) == "-11"


def test_a_date_that_is_not_known_or_lies_ahead_belongs_to_no_band() -> None:
    assert find_band(AGE_BANDS, None, DAY) is None
    assert find_band(AGE_BANDS, date(2027, 1, 1), DAY) is None


def test_groups_are_counted_and_what_is_not_known_stands_last() -> None:
    """R-105: the known first, in order; who said nothing is a group too."""
    people = people_of(*[PersonFacts(gender="F")] * 6, *[PersonFacts(gender="M")] * 5, *[PersonFacts()] * 7)
    counted = count_groups(people, people, DAY, smallest=5)
    assert counted.volunteers == 18
    assert counted.gender == [Group("F", 6), Group("M", 5), Group(None, 7)]


def test_a_small_group_is_withheld_and_the_next_one_with_it() -> None:
    """R-105, RULES 7.3: four of nineteen could be reckoned from the sum, if the others were all told."""
    people = people_of(*[PersonFacts(gender="F")] * 15, *[PersonFacts(gender="M")] * 4)
    assert count_groups(people, people, DAY, smallest=5).gender == [Group("F", None), Group("M", None)]


def test_a_person_who_was_erased_is_counted_as_unknown() -> None:
    people = people_of(*[PersonFacts(gender="F")] * 6)
    erased = list(people)[5:]
    known = {who: facts for who, facts in people.items() if who not in erased}
    assert count_groups(people, known, DAY, smallest=1).gender == [Group("F", 5), Group(None, 1)]


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=1), st.integers(1, 30)), st.integers(1, 8))
def test_no_small_group_can_be_reckoned_from_the_sum(counts: dict[str | None, int], smallest: int) -> None:
    withheld = find_withheld(counts, smallest)
    assert all(counts[label] >= smallest for label in counts if label not in withheld)
    hidden = sum(counts[label] for label in withheld)
    assert hidden == 0 or hidden >= smallest or len(withheld) == len(counts)
