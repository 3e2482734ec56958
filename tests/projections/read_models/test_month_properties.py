"""Whatever is tapped at the end of a month: parts sum to the whole, in any order of arrival (R-028)."""

import random
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import TAIPEI
from domain.clock import SimulatedClock
from projections.read_models.month_credit import list_month_credit
from projections.read_models.month_lines import MonthLine, compute_line_digests, list_month_lines
from tests.faults.result_table import LONG
from tests.support.desk_commands import card_token_of
from tests.support.office import Office
from tests.support.people import ANN, STRANGER, local_time

NOON = local_time("2026-11-30 12:00")
"""Of the last day of a month."""
MONTHS = (date(2026, 11, 1), date(2026, 12, 1))
SECONDS = 24 * 60 * 60

Tap = tuple[int, int]
"""Whose, and how many seconds behind noon."""
taps = st.lists(st.tuples(st.integers(0, 1), st.integers(0, SECONDS)), max_size=8)
duties = st.lists(st.tuples(st.integers(0, SECONDS // 60 - 1), st.integers(1, 600)), max_size=4)


def tell(folder: Path, plan: list[tuple[int, int]], arriving: list[Tap]) -> Office:
    """An office in which Ann has these duties and a flexible volunteer none, and taps arrive in this order."""
    office = Office(folder, ANN)
    office.onboard(STRANGER, "flexible")
    office.at("2026-11-01 08:00")
    for number, (begins, lasts) in enumerate(plan):
        start = NOON + timedelta(minutes=begins)
        span = [f"{at.astimezone(TAIPEI):%Y-%m-%d %H:%M}" for at in (start, start + timedelta(minutes=lasts))]
        office.schedule_shift(f"S{number}", *span, ANN)
    office.at("2026-12-03 08:00")
    for who, seconds in arriving:
        seen = SimulatedClock(NOON + timedelta(seconds=seconds)).read()
        office.door.record_tap(card_token_of((ANN, STRANGER)[who]), "front", None, seen, office.clock.at)
    return office


def list_lines(office: Office) -> list[list[MonthLine]]:
    return [list_month_lines(office.current_views(), month) for month in MONTHS]


@settings(deadline=None, max_examples=32 if LONG else 5)
@given(taps, duties, st.randoms(use_true_random=False))
def test_months_sum_to_the_hours_in_any_order(
    arriving: list[Tap], plan: list[tuple[int, int]], chance: random.Random
) -> None:
    """R-028, R-034: no part is below zero, and none is lost or counted twice."""
    shuffled = arriving[:]
    chance.shuffle(shuffled)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        office, again = tell(Path(one), plan, arriving), tell(Path(other), plan, shuffled)
        lines = list_lines(office)
        credits_of = [[*list_month_credit(office.current_views(), month)] for month in MONTHS]
        hours = office.list_hours()
        assert all(account.minutes >= 0 for accounts in credits_of for account in accounts)
        assert sum(line.minutes for month in lines for line in month) == sum(row.minutes for row in hours)
        assert sum(line.duties for month in lines for line in month) == sum(row.duties for row in hours)
        assert [compute_line_digests(month) for month in list_lines(again)] == [*map(compute_line_digests, lines)]
        office.close_down()
        again.close_down()
