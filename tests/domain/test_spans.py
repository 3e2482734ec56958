"""Stretches of whole seconds: half-open, so that nothing is counted twice and nothing is lost."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from domain.spans import Span, divide, instant, length, overlap, second, subtract_all

SPANS = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))


def test_an_instant_lies_in_the_second_that_began_before_it() -> None:
    """Also before 1970, and in whatever zone it is given."""
    nine = datetime(2026, 11, 19, 1, 0, 0, 999_999, tzinfo=UTC)
    assert instant(second(nine)) == nine.replace(microsecond=0)
    assert second(nine.astimezone(timezone(timedelta(hours=8)))) == second(nine)
    assert second(datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC)) == -1


def test_no_microsecond_is_rounded_into_the_next_second() -> None:
    """A float has no place for the microseconds of a distant year."""
    last = datetime.max.replace(tzinfo=UTC)
    assert instant(second(last)) == last.replace(microsecond=0)


def test_spans_that_only_touch_have_nothing_in_common() -> None:
    assert overlap((0, 10), (10, 20)) is None
    assert overlap((0, 11), (10, 20)) == (10, 11)


@given(SPANS, SPANS)
def test_what_is_taken_and_what_is_left_are_the_whole(whole: Span, taken: Span) -> None:
    """And no stretch of no length is left over."""
    common = overlap(whole, taken)
    inside, left = divide([whole], taken)
    assert inside == ([common] if common else [])
    assert length(left) + length([common] if common else []) == length([whole])
    assert all(overlap(part, taken) is None and part[0] < part[1] for part in left)


def test_a_stretch_that_only_touches_takes_nothing() -> None:
    assert divide([(10, 20)], (0, 10)) == divide([(10, 20)], (20, 30)) == ([], [(10, 20)])
    assert divide([(10, 20)], (0, 11)) == ([(10, 11)], [(11, 20)])
    assert divide([(10, 20)], (12, 14)) == ([(12, 14)], [(10, 12), (14, 20)])


def test_an_empty_span_is_left_wherever_it_lies() -> None:
    assert divide([(5, 5)], (0, 10)) == ([(5, 5)], [(5, 5)])
    assert divide([(5, 5)], (5, 10)) == ([], [(5, 5)])


@given(st.lists(SPANS, max_size=4), SPANS)
def test_what_lies_within_bounds_is_what_each_span_has_in_common_with_them(spans: list[Span], bounds: Span) -> None:
    assert divide(spans, bounds)[0] == [common for span in spans if (common := overlap(span, bounds))]


@given(SPANS, st.lists(SPANS, max_size=4))
def test_taking_several_stretches_out_leaves_what_none_of_them_covers(whole: Span, taken: list[Span]) -> None:
    left = {at for start, end in subtract_all([whole], taken) for at in range(start, end)}
    covered = {at for start, end in taken for at in range(start, end)}
    assert left == set(range(*whole)) - covered
