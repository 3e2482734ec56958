"""A volunteer's agreements, trainings and suspensions."""

from datetime import date

from domain.errors import (
    AgreementInForce,
    AgreementNotLater,
    AlreadySuspended,
    NoAgreementInForce,
    NotSuspended,
    PersonErased,
)
from domain.model.training import Training
from domain.model.volunteer import Volunteer
from tests.support.given_when_then import given
from tests.support.people import ANN, CATEGORY, NOTE, act, local_second, local_time

MONDAY = act("2026-11-16 09:00")
JANUARY_2 = date(2026, 1, 2)


def ann() -> Volunteer:
    return Volunteer.enrol(ANN, "rostered", JANUARY_2, act("2026-01-02 09:00"))


def on(day: int) -> date:
    return date(2026, 11, day)


def test_somebody_is_enrolled_with_an_agreement() -> None:
    (enrolled,) = ann().collect_events()
    assert isinstance(enrolled, Volunteer.Created)
    facts = (enrolled.originator_id, enrolled.mode, enrolled.agreement_from, enrolled.group)
    assert facts == (ANN, "rostered", "2026-01-02", None)


# --- The person (R-120, R-121) ---


def test_a_change_of_the_person_says_the_fields_and_the_digest_of_what_is_kept_now() -> None:
    """R-120, R-121."""
    given(ann()).when(lambda ann: ann.change_person(["name", "email"], "digest", NOTE, MONDAY)).then(
        Volunteer.PersonChanged, fields=["name", "email"], person_digest="digest", note=NOTE.id
    )


def test_a_change_of_no_field_is_none() -> None:
    changed = ann()
    changed.collect_events()
    changed.change_person([], None, None, MONDAY)
    assert list(changed.collect_events()) == []


def test_an_erased_person_is_not_changed_not_even_in_no_field() -> None:
    erased = given(ann(), lambda ann: ann.erase(on(14), "request", MONDAY))
    erased.when(lambda ann: ann.change_person(["name"], None, None, MONDAY)).then_refused(PersonErased(ANN))
    erased.when(lambda ann: ann.change_person([], None, None, MONDAY)).then_refused(PersonErased(ANN))


# --- Agreements (R-050, R-056) ---


def test_an_agreement_is_renewed_from_a_later_day() -> None:
    """R-050: the day after it began is the first on which another can begin."""
    given(ann()).when(lambda ann: ann.renew_agreement(date(2026, 1, 3), MONDAY)).then(
        Volunteer.AgreementRenewed, agreement_from="2026-01-03"
    )
    given(ann()).when(lambda ann: ann.renew_agreement(JANUARY_2, MONDAY)).then_refused(
        AgreementNotLater(ANN, JANUARY_2)
    )


def test_a_renewal_follows_the_latest_agreement() -> None:
    (
        given(ann(), lambda ann: ann.renew_agreement(on(1), MONDAY))
        .when(lambda ann: ann.renew_agreement(on(1), MONDAY))
        .then_refused(AgreementNotLater(ANN, on(1)))
    )


def test_an_agreement_ends_after_a_day() -> None:
    """R-056."""
    given(ann()).when(lambda ann: ann.end_agreement(on(19), NOTE, MONDAY)).then(
        Volunteer.AgreementEnded, on="2026-11-19", note=NOTE.id
    )


def test_no_agreement_ends_before_the_first_one_begins() -> None:
    given(ann()).when(lambda ann: ann.end_agreement(JANUARY_2, NOTE, MONDAY)).then(Volunteer.AgreementEnded)
    given(ann()).when(lambda ann: ann.end_agreement(date(2026, 1, 1), NOTE, MONDAY)).then_refused(
        NoAgreementInForce(ANN, date(2026, 1, 1))
    )


def test_an_agreement_that_has_ended_cannot_end_later() -> None:
    """It can turn out to have ended earlier."""
    ended = given(ann(), lambda ann: ann.end_agreement(on(19), NOTE, MONDAY))
    ended.when(lambda ann: ann.end_agreement(on(20), NOTE, MONDAY)).then_refused(NoAgreementInForce(ANN, on(20)))
    ended.when(lambda ann: ann.end_agreement(on(18), NOTE, MONDAY)).then(Volunteer.AgreementEnded, on="2026-11-18")


def test_the_agreement_that_follows_can_end_too() -> None:
    (
        given(
            ann(),
            lambda ann: ann.end_agreement(on(1), NOTE, MONDAY),
            lambda ann: ann.renew_agreement(on(10), MONDAY),
        )
        .when(lambda ann: ann.end_agreement(on(20), NOTE, MONDAY))
        .then(Volunteer.AgreementEnded, on="2026-11-20")
    )


# --- Suspensions (R-053) ---


def test_service_is_suspended_from_a_day_on() -> None:
    """R-053."""
    given(ann()).when(lambda ann: ann.suspend(on(19), MONDAY)).then(Volunteer.Suspended, since="2026-11-19")


def test_a_suspended_volunteer_is_not_suspended_again() -> None:
    """R-053: on the first day of the suspension; the day before it is free."""
    suspended = given(ann(), lambda ann: ann.suspend(on(19), MONDAY))
    suspended.when(lambda ann: ann.suspend(on(19), MONDAY)).then_refused(AlreadySuspended(ANN, on(19)))
    suspended.when(lambda ann: ann.suspend(on(18), MONDAY)).then(Volunteer.Suspended, since="2026-11-18")


def test_only_a_suspension_can_be_lifted() -> None:
    """R-053: from its first day on."""
    suspended = given(ann(), lambda ann: ann.suspend(on(19), MONDAY))
    suspended.when(lambda ann: ann.resume(on(18), MONDAY)).then_refused(NotSuspended(ANN, on(18)))
    suspended.when(lambda ann: ann.resume(on(19), MONDAY)).then(Volunteer.Resumed, on="2026-11-19")


def test_a_suspension_that_was_lifted_is_not_lifted_again() -> None:
    (
        given(ann(), lambda ann: ann.suspend(on(10), MONDAY), lambda ann: ann.resume(on(19), MONDAY))
        .when(lambda ann: ann.resume(on(20), MONDAY))
        .then_refused(NotSuspended(ANN, on(20)))
    )


def test_the_log_knows_of_a_suspension_from_its_record_on() -> None:
    """R-021: at the door, not from the day that it names."""
    volunteer = ann()
    volunteer.suspend(on(10), act("2026-11-10 09:00", recorded="2026-11-19 12:00"))
    day = on(19).toordinal()
    assert volunteer.find_known_standing(day, local_second("2026-11-19 11:59:59")) == "in_service"
    assert volunteer.find_known_standing(day, local_second("2026-11-19 12:00:00")) == "suspended"


# --- Trainings ---


def test_a_training_is_on_file_with_its_day_or_its_instant() -> None:
    """R-002, decision 4."""
    on_a_day = Training("special", CATEGORY, "2026-09-16", None, 6.0)
    given(ann()).when(lambda ann: ann.complete_training(on_a_day, NOTE, MONDAY)).then(
        Volunteer.TrainingCompleted, kind="special", category=CATEGORY, on="2026-09-16", hours=6.0, note=NOTE.id
    )
    at_noon = Training("basic", None, None, local_time("2026-09-05 12:00"), None)
    given(ann()).when(lambda ann: ann.complete_training(at_noon, None, MONDAY)).then(
        Volunteer.TrainingCompleted, on=None, completed_at=local_time("2026-09-05 12:00"), note=None
    )


# --- Erasing ---


def test_a_volunteer_who_serves_or_will_serve_is_not_erased() -> None:
    """An agreement that ends on a day is in force on it."""
    leaving = given(ann(), lambda ann: ann.end_agreement(on(19), NOTE, MONDAY))
    leaving.when(lambda ann: ann.demand_erasable(on(19))).then_refused(AgreementInForce(ANN, on(19)))
    leaving.when(lambda ann: ann.demand_erasable(on(20))).then_nothing()
    given(
        ann(), lambda ann: ann.end_agreement(on(19), NOTE, MONDAY), lambda ann: ann.renew_agreement(on(28), MONDAY)
    ).when(lambda ann: ann.demand_erasable(on(20))).then_refused(AgreementInForce(ANN, on(20)))


def test_an_erasure_says_when_and_why_and_not_who() -> None:
    given(ann()).when(lambda ann: ann.erase(on(19), "request", MONDAY)).then(
        Volunteer.PersonErased, on="2026-11-19", basis="request"
    )


def test_somebody_is_erased_once_and_does_not_serve_afterwards() -> None:
    """Also where a log that went back lacks the end of the agreement."""
    erased = given(ann(), lambda ann: ann.erase(on(19), "request", MONDAY))
    erased.when(lambda ann: ann.erase(on(20), "request", MONDAY)).then_refused(PersonErased(ANN))
    erased.when(lambda ann: ann.demand_erasable(on(20))).then_refused(PersonErased(ANN))
    gone = ann()
    gone.erase(on(19), "request", MONDAY)
    known = [gone.find_known_standing(on(day).toordinal(), local_second("2026-11-25 09:00")) for day in (19, 20)]
    assert known == ["in_service", "agreement_ended"]
