"""That parts add up to the whole, in the answers of a home and in its explanations."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from domain.spans import Second
from kiosk.home import Home
from kiosk.statements.statements import Statements
from projections.read_models.explanation import ExplainedVisit, Explanation

MINUTE = 60

Answers = dict[str, Any]


def assert_tiled(visit: ExplainedVisit, where: object) -> None:
    """The stretches cover a visit that is not open exactly, in order."""
    if visit.status == "open":
        assert (visit.stretches, visit.minutes) == ([], 0), where
        return
    at: Second | None = visit.visit.check_in
    for stretch in visit.stretches:
        assert (stretch.start, stretch.reason is None) == (at, stretch.credited), where
        at = stretch.end
    assert at == visit.visit.check_out, where


def assert_sums(answers: Answers, days: Sequence[tuple[str, Explanation]], where: object) -> None:
    """Hours by volunteer, month and category, those of the visits and those of the explained days are the same."""
    hours = sum_minutes(answers["hours"])
    for name in ("hours month", "hours category", "hours month category"):
        assert sum_minutes(answers[name]) == hours, (where, name)
    assert sum_minutes([{**row, "minutes": row["credited_minutes"]} for row in answers["visits"]]) == hours, where
    assert sum_minutes([{"volunteer": who, "minutes": day.credited_minutes} for who, day in days]) == hours, where


def assert_days_are_explained(home: Home, days: Sequence[tuple[str, Explanation]], where: object) -> None:
    """What the hours of a day are is what its explanation credits (R-126)."""
    statements = Statements.now(home)
    for day in sorted({found.date for _, found in days}):
        hours = sum_minutes(statements.list_hours(statements.build_filter(day, day, None), frozenset()))
        explained = [{"volunteer": who, "minutes": one.credited_minutes} for who, one in days if one.date == day]
        assert sum_minutes(explained) == hours, (where, day)


def sum_minutes(rows: Sequence[Answers]) -> dict[str, int]:
    """Of each volunteer who has any."""
    sums = defaultdict[str, int](int)
    for row in rows:
        sums[row["volunteer"]] += row["minutes"]
    return {volunteer: minutes for volunteer, minutes in sums.items() if minutes}


def assert_months_are_spans_of_days(home: Home, months: Sequence[Answers], where: object) -> None:
    """A month of hours is what `--from` its first day `--to` its last gives."""
    statements = Statements.now(home)
    for month in sorted({row["month"] for row in months}):
        first = date.fromisoformat(f"{month}-01")
        span = statements.build_filter(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), None)
        expected = sum_minutes([row for row in months if row["month"] == month])
        assert sum_minutes(statements.list_hours(span, frozenset())) == expected, (where, month)


def assert_absences_are_duties(answers: Answers, where: object) -> None:
    """An absence is the outcome of a duty, and has the duty's kind."""
    kinds = {"absent": "unexcused", "leave": "leave"}
    duties = [(row["volunteer"], row["shift"], kinds.get(row["outcome"])) for row in answers["duties"]]
    absences = [(row["volunteer"], row["shift"], row["kind"]) for row in answers["absences"]]
    assert sorted(absences) == sorted(duty for duty in duties if duty[2]), where


def assert_no_more_than_presence(answers: Answers, days: Sequence[tuple[str, Explanation]], where: object) -> None:
    """Each duty has the minutes of its stretches, and all together lose less than a minute a stretch by the floor."""
    for number, minutes in sum_minutes(answers["hours"]).items():
        credited = [one for who, day in days if who == number for one in day.stretches if one.counts_on == day.date]
        spans = sorted((stretch.start, stretch.end or stretch.start) for stretch in credited)
        assert all(one[1] <= other[0] for one, other in pairwise(spans)), (where, number)
        seconds = sum(end - start for start, end in spans)
        assert 0 <= seconds - minutes * MINUTE < len(spans) * MINUTE, (where, number)
        for duty in (row for row in answers["duties"] if row["volunteer"] == number):
            of_shift = (one for one in credited if (one.account_kind, one.duty) == ("shift", duty["shift"]))
            lasted = sum((stretch.end or stretch.start) - stretch.start for stretch in of_shift)
            assert duty["credited_minutes"] == lasted // MINUTE, (where, duty)
