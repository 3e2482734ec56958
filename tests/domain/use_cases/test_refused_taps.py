"""Taps that count for nothing: refused from what was known when they happened, recorded all the same (R-021)."""

from datetime import date

from domain.ids import refused_taps_stream
from domain.model.attendance import RefusedTaps
from tests.support.desk_commands import card_token_of
from tests.support.office import Office, format_answer
from tests.support.people import ANN, BEN, local_time, reading

NOVEMBER_19 = date(2026, 11, 19)


def test_an_unknown_card_is_refused_and_recorded(office: Office) -> None:
    answer = office.tap("f00d" * 8, "2026-11-19 09:00")
    (event,) = office.list_events(RefusedTaps.TapRefused)
    assert (format_answer(answer), answer.volunteer_id) == ("refused: unknown_card", None)
    assert event.originator_id == refused_taps_stream("entrance", NOVEMBER_19)
    assert (event.reason, event.volunteer_id, event.card) == ("unknown_card", None, "f00d" * 8)
    assert (event.seq, event.at) == (answer.event, local_time("2026-11-19 09:00"))


def test_a_card_is_unknown_until_the_second_of_its_issue(office: Office) -> None:
    office.at("2026-11-19 09:00").issue(ANN, "a2" * 16)
    assert (
        format_answer(office.tap("a2" * 16, "2026-11-19 08:59:59", recorded="2026-11-19 09:30"))
        == "refused: unknown_card"
    )
    assert format_answer(office.tap("a2" * 16, "2026-11-19 09:00:00", recorded="2026-11-19 09:31")) == "checked_in"


def test_a_card_that_was_unknown_stays_refused_when_it_is_issued_later(office: Office) -> None:
    """The tap at nine opens no visit: the one at noon does."""
    office.tap("a2" * 16, "2026-11-19 09:00")
    office.at("2026-11-19 10:00").issue(ANN, "a2" * 16)
    assert format_answer(office.tap("a2" * 16, "2026-11-19 12:00")) == "checked_in"


def test_a_card_issued_at_a_past_moment_is_known_from_its_record_on(office: Office) -> None:
    """As far as the log knew then."""
    office.at("2026-11-19 08:00", recorded="2026-11-19 10:00").issue(ANN, "a2" * 16)
    assert (
        format_answer(office.tap("a2" * 16, "2026-11-19 09:59:59", recorded="2026-11-19 11:00"))
        == "refused: unknown_card"
    )


def test_a_revoked_card_is_refused_from_its_revocation_on(office: Office) -> None:
    """R-008."""
    office.at("2026-11-19 09:00").revoke(ANN)
    assert format_answer(office.tap(ANN, "2026-11-19 08:59:59", recorded="2026-11-19 09:30")) == "checked_in"
    assert format_answer(office.tap(ANN, "2026-11-19 09:00:00", recorded="2026-11-19 09:31")) == "refused: revoked_card"


def test_a_reissued_card_lets_its_new_holder_in(office: Office) -> None:
    office.at("2026-11-19 08:00").revoke(ANN)
    office.at("2026-11-19 08:30").issue(BEN, card_token_of(ANN))
    assert office.tap(ANN, "2026-11-19 09:00").volunteer_id == BEN


def test_a_suspended_volunteer_is_refused_by_name(office: Office) -> None:
    """R-053, R-054: the refusal knows whose card it was."""
    office.at("2026-11-18 09:00").suspend(ANN, "2026-11-19")
    assert format_answer(office.tap(ANN, "2026-11-18 14:00")) == "checked_in"
    answer = office.tap(ANN, "2026-11-19 09:00")
    (event,) = office.list_events(RefusedTaps.TapRefused)
    assert (format_answer(answer), answer.volunteer_id, event.volunteer_id) == ("refused: suspended", ANN, ANN)


def test_a_suspended_volunteer_is_let_in_again_when_service_is_resumed(office: Office) -> None:
    """R-053."""
    office.at("2026-11-01 09:00").suspend(ANN, "2026-11-10")
    office.resume(ANN, "2026-11-19")
    assert format_answer(office.tap(ANN, "2026-11-18 09:00")) == "refused: suspended"
    assert format_answer(office.tap(ANN, "2026-11-19 09:00")) == "checked_in"


def test_the_agreement_refuses_from_the_service_day_after_its_last(office: Office) -> None:
    """R-056: which turns at four."""
    office.at("2026-11-18 09:00").end(ANN, "2026-11-19")
    office.end(BEN, "2026-11-19")
    assert format_answer(office.tap(ANN, "2026-11-20 03:59:59")) == "checked_in"
    assert format_answer(office.tap(BEN, "2026-11-20 04:00:00")) == "refused: agreement_ended"


def test_a_refused_tap_stays_refused_and_repeats_nothing(office: Office) -> None:
    """It is no accepted tap: a minute does not begin with it, and no visit."""
    office.at("2026-11-18 09:00").suspend(ANN, "2026-11-19")
    refusals = [format_answer(office.tap(ANN, f"2026-11-19 09:00:{second}")) for second in ("00", "10")]
    office.at("2026-11-19 09:00:20").resume(ANN, "2026-11-19")
    assert refusals == ["refused: suspended"] * 2
    assert format_answer(office.tap(ANN, "2026-11-19 09:00:30")) == "checked_in"
    assert len(office.list_events(RefusedTaps.TapRefused)) == 2


def test_a_suspension_that_is_recorded_later_does_not_refuse_an_earlier_tap(office: Office) -> None:
    office.at("2026-11-18 09:00", recorded="2026-11-19 10:00").suspend(ANN, "2026-11-18")
    assert format_answer(office.tap(ANN, "2026-11-19 09:59:59", recorded="2026-11-19 11:00")) == "checked_in"
    assert format_answer(office.tap(BEN, "2026-11-19 10:00", recorded="2026-11-19 11:00")) == "checked_in"
    assert format_answer(office.tap(ANN, "2026-11-20 09:00")) == "refused: suspended"


def test_who_was_let_in_is_let_out(office: Office) -> None:
    """R-053: suspended after the check-in, and still asked to tap when leaving."""
    office.tap(ANN, "2026-11-19 09:00")
    office.at("2026-11-19 10:00").suspend(ANN, "2026-11-19")
    assert format_answer(office.tap(ANN, "2026-11-19 12:00")) == "checked_out"
    assert format_answer(office.tap(ANN, "2026-11-19 13:00")) == "refused: suspended"


def test_a_stray_departure_is_not_refused_for_a_suspension(office: Office) -> None:
    office.at("2026-11-18 09:00").suspend(ANN, "2026-11-19")
    assert format_answer(office.tap(ANN, "2026-11-19 09:00", direction="out")) == "unmatched"


def test_what_could_not_be_read_is_recorded(office: Office) -> None:
    """R-021: so that it can be asked after."""
    answer = office.door.record_unreadable("front", reading("2026-11-19 09:00"))
    (event,) = office.list_events(RefusedTaps.TapRefused)
    assert format_answer(answer) == "refused: unreadable"
    assert (event.reason, event.card, event.at) == ("unreadable", None, local_time("2026-11-19 09:00"))


def test_refusals_are_kept_by_service_day(office: Office) -> None:
    """Each stream ends with its day, and the count of the stream goes on."""
    for at in ("2026-11-20 03:59:58", "2026-11-20 03:59:59", "2026-11-20 04:00:00"):
        office.tap("f00d" * 8, at)
    streams = [(event.originator_id, event.originator_version) for event in office.list_events(RefusedTaps.TapRefused)]
    today, tomorrow = (refused_taps_stream("entrance", day) for day in (NOVEMBER_19, date(2026, 11, 20)))
    assert streams == [(today, 1), (today, 2), (tomorrow, 1)]
