"""Cover holds on the first and the last day of its period; an end cuts all of it (R-071)."""

from datetime import date

from domain.model.insurance import CoveredAlready, CoverEndsEarly, Insurance, NotCovered
from domain.model.insurance_cover import Cover, InsuranceEntry, is_covered, list_covers
from tests.support.given_when_then import given
from tests.support.people import ANN, NOTE, act

NOW = act("2026-01-02 10:00")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def insurance() -> Insurance:
    return Insurance.of(ANN)


def enrol(insurance: Insurance, since: date = FIRST, until: date | None = LAST) -> None:
    insurance.enrol(ANN, (since, until), NOTE, NOW)


def test_a_volunteer_is_insured_for_a_period() -> None:
    given(insurance()).when(enrol).then(
        Insurance.Enrolled, volunteer_id=ANN, since="2026-01-01", until="2026-12-31", note=NOTE.id
    )
    given(insurance()).when(lambda ledger: enrol(ledger, LAST, FIRST)).then_refused(CoverEndsEarly(LAST, FIRST))
    given(insurance()).when(lambda ledger: enrol(ledger, LAST, LAST)).then(Insurance.Enrolled)


def test_the_same_period_is_entered_once() -> None:
    given(insurance(), enrol).when(enrol).then_refused(CoveredAlready(ANN, FIRST))
    given(insurance(), enrol).when(lambda ledger: enrol(ledger, date(2027, 1, 1))).then_refused(
        CoverEndsEarly(date(2027, 1, 1), LAST)
    )
    given(insurance(), enrol).when(lambda ledger: enrol(ledger, FIRST, None)).then(Insurance.Enrolled)


def test_only_cover_that_there_is_can_end() -> None:
    given(insurance(), enrol).when(lambda ledger: ledger.end(ANN, LAST, None, NOW)).then(
        Insurance.Ended, on="2026-12-31", note=None
    )
    after = date(2027, 1, 1)
    given(insurance(), enrol).when(lambda ledger: ledger.end(ANN, after, None, NOW)).then_refused(
        NotCovered(ANN, after)
    )


def test_cover_holds_from_the_first_day_to_the_last() -> None:
    covers = list_covers([InsuranceEntry("enrolled", 10, 20)])
    assert [is_covered(covers, day) for day in (9, 10, 20, 21)] == [False, True, True, False]


def test_an_end_cuts_what_was_entered_before_it_and_nothing_later() -> None:
    entries = [
        InsuranceEntry("enrolled", 10, None),
        InsuranceEntry("enrolled", 30, 40),
        InsuranceEntry("ended", None, 20),
        InsuranceEntry("enrolled", 50, 60),
    ]
    assert list_covers(entries) == [Cover(10, 20), Cover(50, 60)]
