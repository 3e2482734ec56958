"""Who the volunteers are, in numbers only: by gender, age, education, occupation, seniority (R-105, R-102).

Rule: a group smaller than the policy's `min_group_size_in_reports` is not shown, nor is one from which it could be
reckoned: of a table with a single such group, the next smallest is withheld too.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.calendar import count_full_years

AGE_BANDS = (12, 18, 30, 50, 55, 65)
"""The ages at which bands begin: 55 and 65 as the ministry's statistics have them (P46); the seeds name none."""
SENIORITY_BANDS = (1, 3, 5, 10)
"""The years at which bands begin: of our choice: the seeds name none."""
SENIOR = 65
"""高齡志工: from this birthday on (R-102)."""


class PersonFacts(NamedTuple):
    """What the people store knows of a volunteer, and when the service began."""

    gender: str | None = None
    birth_date: date | None = None
    education: str | None = None
    occupation: str | None = None
    serves_since: date | None = None


UNKNOWN_PERSON = PersonFacts()


class Group(NamedTuple):
    """One line of a table."""

    label: str | None
    """The value that its members share, or a band as `55-64`, `65-`, `-17`; None: it is not known."""
    people: int | None
    """How many; None: too few to be shown."""


class Demographics(NamedTuple):
    """The tables of a report; the groups of each add up to the volunteers."""

    volunteers: int
    gender: list[Group]
    age: list[Group]
    education: list[Group]
    occupation: list[Group]
    seniority: list[Group]


def count_groups(
    volunteers: Iterable[UUID], people: Mapping[UUID, PersonFacts], day: date, smallest: int
) -> Demographics:
    """The volunteers as of a day; a group of fewer than `smallest` is withheld."""
    facts = [people.get(volunteer, UNKNOWN_PERSON) for volunteer in volunteers]

    def table(find_label: Callable[[PersonFacts], str | None], order: Sequence[str] = ()) -> list[Group]:
        return _build_table(map(find_label, facts), order, smallest)

    return Demographics(
        len(facts),
        table(lambda person: person.gender),
        table(lambda person: find_band(AGE_BANDS, person.birth_date, day), list_bands(AGE_BANDS)),
        table(lambda person: person.education),
        table(lambda person: person.occupation),
        table(lambda person: find_band(SENIORITY_BANDS, person.serves_since, day), list_bands(SENIORITY_BANDS)),
    )


def _build_table(labels: Iterable[str | None], order: Sequence[str], smallest: int) -> list[Group]:
    counts = Counter(labels)
    known = [label for label in order if label in counts] or sorted(label for label in counts if label is not None)
    listed = [*known, *([None] if None in counts else [])]
    withheld = find_withheld({label: counts[label] for label in listed}, smallest)
    return [Group(label, None if label in withheld else counts[label]) for label in listed]


def find_withheld(counts: Mapping[str | None, int], smallest: int) -> set[str | None]:
    """The groups that are not shown: those below `smallest`, and one more where they could be reckoned from the sum."""
    withheld = {label for label, count in counts.items() if count < smallest}
    shown = {label: count for label, count in counts.items() if label not in withheld}
    if withheld and shown and sum(counts[label] for label in withheld) < smallest:
        withheld.add(min(shown, key=lambda label: shown[label]))
    return withheld


def list_bands(starts: Sequence[int]) -> list[str]:
    """The bands that begin at these numbers, and the one before the first."""
    ends = [start - 1 for start in starts]
    inner = [f"{start}-{end}" for start, end in zip(starts, ends[1:], strict=False)]
    return [f"-{ends[0]}", *inner, f"{starts[-1]}-"]


def find_band(starts: Sequence[int], since: date | None, day: date) -> str | None:
    """The band of the full years since a date; None where it is not known, or lies after the day."""
    if since is None or since > day:
        return None
    return list_bands(starts)[bisect_right(starts, count_full_years(since, day))]


def count_seniors(volunteers: Iterable[UUID], people: Mapping[UUID, PersonFacts], day: date) -> int:
    """How many are 65 or older on a day; who turns 65 on it is (R-102)."""
    births = (people.get(volunteer, UNKNOWN_PERSON).birth_date for volunteer in volunteers)
    return sum(1 for birth in births if birth and count_full_years(birth, day) >= SENIOR)
