"""Corrections of a service day: each refusal, at the aggregate; with taps and a log in test_at_the_desk."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.errors import (
    EndsBeforeStart,
    InTheFuture,
    NoSuchVisit,
    VisitClosedAlready,
    VisitsOverlap,
    VisitTooLong,
    VisitVoidAlready,
)
from domain.model.corrections import Corrections
from domain.model.visits import Visit, VoidReason
from domain.spans import instant
from tests.support.given_when_then import Given, given
from tests.support.people import ANN, NOTE, act, local_second, local_time, span

NOVEMBER_19 = date(2026, 11, 19)
NEXT_DAY = act("2026-11-20 10:00")
NINE = local_time("2026-11-19 09:00")


def visit(check_in: str, check_out: str | None, void: VoidReason | None = None) -> Visit:
    ends = local_second(f"2026-11-19 {check_out}") if check_out else None
    return Visit(NOVEMBER_19.toordinal(), local_second(f"2026-11-19 {check_in}"), ends, "entrance", [1], void=void)


def times(start: str, end: str) -> tuple:
    return span(f"2026-11-19 {start}", end)


def anns_day() -> Given[Corrections]:
    return given(Corrections.of(ANN, NOVEMBER_19))


def closing(claim: tuple, *visits: Visit) -> Callable[[Corrections], None]:
    return lambda day: day.close(ANN, claim, iter(visits), NOTE, NEXT_DAY)


def adding(claim: tuple, *visits: Visit) -> Callable[[Corrections], None]:
    return lambda day: day.add(ANN, claim, iter(visits), NOTE, NEXT_DAY)


def voiding(*visits: Visit) -> Callable[[Corrections], None]:
    return lambda day: day.void(ANN, NINE, iter(visits), NOTE, NEXT_DAY)


def misusing(*visits: Visit) -> Callable[[Corrections], None]:
    return lambda day: day.annotate_misuse(ANN, (NINE, "lent"), iter(visits), NOTE, NEXT_DAY)


# --- What is recorded ---


def test_a_closing_says_who_when_and_why() -> None:
    """R-035: with author and reason."""
    anns_day().when(closing(times("09:00", "12:00"), visit("09:00", None))).then(
        Corrections.VisitClosed,
        volunteer_id=ANN,
        check_in=NINE,
        check_out=local_time("2026-11-19 12:00"),
        note=NOTE.id,
        note_digest=NOTE.digest,
        by=NEXT_DAY.by,
        at=NEXT_DAY.at,
    )


def test_a_visit_is_added_where_no_tap_shows_it() -> None:
    """R-036."""
    anns_day().when(adding(times("09:00", "12:00"))).then(
        Corrections.VisitAdded, check_in=NINE, check_out=local_time("2026-11-19 12:00")
    )


def test_a_visit_is_voided_and_a_misuse_noted_with_its_kind() -> None:
    """R-007."""
    anns_day().when(voiding(visit("09:00", "12:00"))).then(Corrections.VisitVoided, check_in=NINE)
    anns_day().when(misusing(visit("09:00", None))).then(Corrections.MisuseAnnotated, check_in=NINE, kind="lent")


# --- Which visit ---


@pytest.mark.parametrize(
    "ask",
    [
        lambda visits: closing(times("09:00", "12:00"), *visits),
        lambda visits: voiding(*visits),
        lambda visits: misusing(*visits),
    ],
    ids=["close", "void", "misuse"],
)
def test_only_a_visit_that_stands_is_corrected(ask: Callable[..., Callable]) -> None:
    """To the second."""
    anns_day().when(ask([visit("09:00:01", None)])).then_refused(NoSuchVisit(ANN, NINE))
    anns_day().when(ask([visit("09:00", None, "voided")])).then_refused(VisitVoidAlready(ANN, NINE))


def test_of_two_visits_that_begin_together_the_one_that_stands_is_voided() -> None:
    anns_day().when(voiding(visit("09:00", "12:00", "voided"), visit("09:00", "11:00"))).then(Corrections.VisitVoided)


def test_a_visit_that_has_a_check_out_is_never_overwritten() -> None:
    """R-021: it can be voided, and another added."""
    noon = local_time("2026-11-19 12:00")
    anns_day().when(closing(times("09:00", "11:00"), visit("09:00", "12:00"))).then_refused(
        VisitClosedAlready(ANN, NINE, noon)
    )


# --- Which times ---


@pytest.mark.parametrize("ask", [closing, adding])
def test_nobody_leaves_before_they_come(ask: Callable[..., Callable]) -> None:
    """Nor in the same second; a second later will do."""
    stands = [visit("09:00", None)] if ask is closing else []
    anns_day().when(ask(times("09:00", "09:00"), *stands)).then_refused(EndsBeforeStart(NINE, NINE))
    anns_day().when(ask(times("09:00", "08:00"), *stands)).then_refused(
        EndsBeforeStart(NINE, local_time("2026-11-19 08:00"))
    )
    happened = Corrections.VisitClosed if ask is closing else Corrections.VisitAdded
    anns_day().when(ask(times("09:00", "09:00:01"), *stands)).then(happened)


@pytest.mark.parametrize("ask", [closing, adding])
def test_nobody_vouches_for_the_future(ask: Callable[..., Callable]) -> None:
    """Up to the second in which it is written down."""
    stands = [visit("09:00", None)] if ask is closing else []
    later = local_time("2026-11-20 10:00:01")
    anns_day().when(ask((NINE, later), *stands)).then_refused(InTheFuture(later, NEXT_DAY.recorded))


@pytest.mark.parametrize("ask", [closing, adding])
def test_a_visit_lasts_24_hours_at_most(ask: Callable[..., Callable]) -> None:
    """A longer one is a mistyped date: it would swallow the visits of the days between."""
    stands = [visit("09:00", None)] if ask is closing else []
    a_day_later, longer = local_time("2026-11-20 09:00"), local_time("2026-11-20 09:00:01")
    anns_day().when(ask((NINE, longer), *stands)).then_refused(VisitTooLong(ANN, NINE, longer))
    happened = Corrections.VisitClosed if ask is closing else Corrections.VisitAdded
    anns_day().when(ask((NINE, a_day_later), *stands)).then(happened)


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        pytest.param(visit("08:00", "09:00"), False, id="it ends as the other begins"),
        pytest.param(visit("08:00", "09:00:01"), True, id="it ends a second later"),
        pytest.param(visit("12:00", "13:00"), False, id="it begins as the other ends"),
        pytest.param(visit("11:59:59", "13:00"), True, id="it begins a second earlier"),
        pytest.param(visit("10:00", "11:00"), True, id="within"),
        pytest.param(visit("08:00", "13:00"), True, id="around"),
        pytest.param(visit("10:00", None), True, id="an open one within"),
        pytest.param(visit("12:00", None), False, id="an open one afterwards"),
        pytest.param(visit("08:00", None), False, id="a forgotten one before"),
        pytest.param(visit("10:00", "11:00", "voided"), False, id="a void one"),
    ],
)
@pytest.mark.parametrize("ask", [closing, adding])
def test_no_claim_overlaps_another_visit(ask: Callable[..., Callable], other: Visit, refused: bool) -> None:
    stands = [visit("09:00", None)] if ask is closing else []
    asked = anns_day().when(ask(times("09:00", "12:00"), *stands, other))
    if refused:
        asked.then_refused(VisitsOverlap(ANN, NINE, _begins(other)))
    else:
        asked.then(Corrections.VisitClosed if ask is closing else Corrections.VisitAdded)


def _begins(visit: Visit) -> object:
    return instant(visit.check_in)


# --- What they add up to ---


def test_corrections_are_kept_in_the_order_in_which_they_were_made() -> None:
    """So that a visit added after an annulment outlives it."""
    day = Corrections.of(ANN, NOVEMBER_19)
    voiding(visit("09:00", "12:00"))(day)
    adding(times("09:00", "11:00"))(day)
    (annulment,), (addition,) = day.day.annulments, day.day.additions
    assert (annulment.order, addition.order) == (1, 2)
    assert day.day.closings == {}
