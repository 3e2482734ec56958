"""Why volunteers left, counted by the year (R-077)."""

from datetime import date
from uuid import UUID

from domain.model.volunteer import EndReason
from projections.read_models.resignations import count_resignations
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, NOTE


def leave(office: Office, who: UUID, on: str, reason: EndReason | None) -> None:
    office.desk.end_agreement(who, date.fromisoformat(on), NOTE, office.act, reason)


def count(office: Office, year: int = 2026) -> dict[str | None, int]:
    return dict(count_resignations(office.current_views(), year))


def test_the_reasons_of_a_year_are_counted(office: Office) -> None:
    """R-077 Ex: 2026: 3 left, health 2, moved 1."""
    office.at("2026-12-31 09:00")
    leave(office, ANN, "2026-01-01", "health")
    leave(office, BEN, "2026-12-31", "health")
    leave(office, CAT, "2026-06-30", "moved")
    assert count(office) == {"health": 2, "moved": 1}
    assert (count(office, 2025), count(office, 2027)) == ({}, {})


def test_what_was_not_stated_is_counted_as_not_stated(office: Office) -> None:
    office.at("2026-12-31 09:00")
    leave(office, ANN, "2026-06-30", None)
    assert count(office) == {None: 1}


def test_an_agreement_ends_once_and_one_that_goes_on_did_not_end(office: Office) -> None:
    office.at("2026-05-01 09:00")
    leave(office, ANN, "2026-06-30", "work")
    leave(office, ANN, "2026-05-31", "family")
    leave(office, BEN, "2026-06-30", "term_over")
    office.renew(BEN, "2026-07-01")
    leave(office, CAT, "2026-06-30", "study")
    office.renew(CAT, "2026-09-01")
    assert count(office) == {"family": 1, "study": 1}, "Cat was away for two months"
