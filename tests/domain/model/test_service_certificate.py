"""A badge is issued one at a time, is valid on its last day, and is taken back with a reason (R-006, R-008)."""

from datetime import date

from domain.model.service_certificate import (
    BadgeEntry,
    BadgeExpiresEarly,
    BadgeHeld,
    NoBadge,
    ServiceCertificate,
    find_badge,
)
from tests.support.given_when_then import given
from tests.support.people import ANN, NOTE, act

NOW = act("2026-09-16 10:00")
DAY, LAST = date(2026, 9, 16), date(2026, 12, 31)


def badges() -> ServiceCertificate:
    return ServiceCertificate.of(ANN)


def issue(badges: ServiceCertificate, on: date = DAY, last: date | None = LAST) -> None:
    badges.issue(ANN, on, last, NOTE, NOW)


def test_a_badge_has_a_number_and_a_last_day() -> None:
    given(badges()).when(issue).then(
        ServiceCertificate.Issued, on="2026-09-16", expires_on="2026-12-31", note=NOTE.id, volunteer_id=ANN
    )


def test_there_is_one_badge_at_a_time() -> None:
    given(badges(), issue).when(lambda badges: issue(badges, LAST, None)).then_refused(BadgeHeld(ANN, LAST))
    given(badges(), issue).when(lambda badges: issue(badges, date(2027, 1, 1), None)).then(ServiceCertificate.Issued)


def test_a_badge_cannot_expire_before_it_is_issued() -> None:
    early = date(2026, 9, 15)
    given(badges()).when(lambda badges: issue(badges, DAY, early)).then_refused(BadgeExpiresEarly(DAY, early))
    given(badges()).when(lambda badges: issue(badges, DAY, DAY)).then(ServiceCertificate.Issued)


def test_a_badge_is_taken_back_once_and_its_number_cancelled() -> None:
    """R-008."""

    def take_back(badges: ServiceCertificate) -> None:
        badges.take_back(ANN, date(2026, 10, 5), NOTE, NOW, is_number_cancelled=True)

    given(badges(), issue).when(take_back).then(ServiceCertificate.TakenBack, on="2026-10-05", is_number_cancelled=True)
    given(badges()).when(take_back).then_refused(NoBadge(ANN, date(2026, 10, 5)))
    given(badges(), issue, take_back).when(take_back).then_refused(NoBadge(ANN, date(2026, 10, 5)))
    given(badges(), issue, take_back).when(lambda badges: issue(badges, LAST, None)).then(ServiceCertificate.Issued)


def test_a_badge_is_valid_on_its_last_day_and_not_on_the_next() -> None:
    entries = [BadgeEntry("issued", 10, 20), BadgeEntry("taken_back", 25)]
    found = [find_badge(entries, day).status for day in (9, 10, 20, 21, 24, 25)]
    assert found == ["none", "held", "held", "expired", "expired", "taken_back"]
