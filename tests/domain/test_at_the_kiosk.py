"""What happens at the door: every tap is written down, and answered from what was known when it happened (R-021)."""

from datetime import date

import pytest

from domain.at_the_kiosk import Answer, Door, Place
from domain.attendance import Attendance, RefusedTaps
from domain.clock import SimulatedClock
from domain.errors import InTheFuture
from domain.ids import attendance_stream, refused_taps_stream
from tests.support.cast import ANN, BEN, local, reading
from tests.support.desk import card_of
from tests.support.office import Office

NOVEMBER_19 = date(2026, 11, 19)


def what(answer: Answer) -> str:
    """The outcome, and for a refused tap why."""
    return f"refused: {answer.reason}" if answer.reason else answer.outcome


# --- Each outcome ---


def test_a_day_at_the_door(office: Office) -> None:
    """Decision 9, R-021."""
    assert what(office.tap(ANN, "2026-11-19 08:58")) == "checked_in"
    assert what(office.tap(ANN, "2026-11-19 08:58:59")) == "duplicate"
    assert what(office.tap(ANN, "2026-11-19 12:01")) == "checked_out"
    assert what(office.tap(ANN, "2026-11-19 12:05", direction="out")) == "unmatched"
    assert what(office.tap(ANN, "2026-11-19 13:00", direction="in")) == "checked_in"
    assert what(office.tap(ANN, "2026-11-19 14:00", direction="in")) == "checked_in"


def test_what_somebody_was_told_is_in_the_log(office: Office) -> None:
    """R-021: the event is named for the answer, and carries everything that the place saw."""
    answer = office.tap(ANN, "2026-11-19 08:58:03", recorded="2026-11-19 10:00", direction="in")
    (event,) = office.recorded(Attendance.CheckedIn)
    assert event.originator_id == attendance_stream(ANN, NOVEMBER_19, "entrance")
    assert (event.volunteer_id, event.card, event.reader) == (ANN, card_of(ANN), "front")
    assert (event.kiosk, event.direction, event.seq) == ("entrance", "in", answer.event)
    assert (event.at, event.timestamp) == (local("2026-11-19 08:58:03"), local("2026-11-19 10:00"))
    assert (event.clock, event.boot, event.boot_ns) == ("simulated", "simulation", 0)


def test_each_answer_has_an_event_of_its_own(office: Office) -> None:
    for at in ("08:58:00", "08:58:30", "12:00:00"):
        office.tap(ANN, f"2026-11-19 {at}")
    office.tap(ANN, "2026-11-19 12:05", direction="out")
    kinds = (Attendance.CheckedIn, Attendance.TapRepeated, Attendance.CheckedOut, Attendance.TapUnmatched)
    assert [len(office.recorded(kind)) for kind in kinds] == [1, 1, 1, 1]


def test_an_answer_says_since_when_somebody_is_or_was_in(office: Office) -> None:
    began = local("2026-11-19 08:58")
    assert office.tap(ANN, "2026-11-19 08:58").since == began
    assert office.tap(ANN, "2026-11-19 08:58:30").since == began
    assert office.tap(ANN, "2026-11-19 12:00").since == began


def test_a_departure_that_matches_no_arrival_belongs_to_no_visit(office: Office) -> None:
    """Not to the one that is over."""
    office.tap(ANN, "2026-11-19 08:58")
    office.tap(ANN, "2026-11-19 12:00")
    assert office.tap(ANN, "2026-11-19 13:00", direction="out").since is None


def test_a_tap_knows_where_the_log_holds_it(office: Office) -> None:
    """Its count is the position that the log gives it."""
    for number, at in enumerate(("08:58", "12:00", "13:00")):
        office.at(f"2026-11-19 {at}").shift(f"S{number}", "2026-12-01 09:00", "12:00")
        answer = office.tap(ANN)
        last = office.log.entries(after=answer.event - 1)
        assert [(entry.position, entry.event.seq) for entry in last] == [(answer.event, answer.event)]


def test_a_tap_without_a_time_of_its_own_happens_now(office: Office) -> None:
    office.at("2026-11-19 09:00")
    answer = office.door.tap(card_of(ANN), "front")
    (event,) = office.recorded(Attendance.CheckedIn)
    assert answer.at == event.at == event.timestamp == local("2026-11-19 09:00")


def test_nothing_is_tapped_in_the_future(office: Office) -> None:
    """The same second is now."""
    with pytest.raises(InTheFuture) as refused:
        office.tap(ANN, "2026-11-19 09:00:01", recorded="2026-11-19 09:00:00")
    assert vars(refused.value) == {"at": local("2026-11-19 09:00:01"), "now": local("2026-11-19 09:00")}
    assert what(office.tap(ANN, "2026-11-19 09:00", recorded="2026-11-19 09:00")) == "checked_in"


# --- Refused, and recorded all the same (R-021) ---


def test_an_unknown_card_is_refused_and_recorded(office: Office) -> None:
    answer = office.tap("f00d" * 8, "2026-11-19 09:00")
    (event,) = office.recorded(RefusedTaps.TapRefused)
    assert (what(answer), answer.volunteer_id) == ("refused: unknown_card", None)
    assert event.originator_id == refused_taps_stream("entrance", NOVEMBER_19)
    assert (event.reason, event.volunteer_id, event.card) == ("unknown_card", None, "f00d" * 8)
    assert (event.seq, event.at) == (answer.event, local("2026-11-19 09:00"))


def test_a_card_is_unknown_until_the_second_of_its_issue(office: Office) -> None:
    office.at("2026-11-19 09:00").issue(ANN, "a2" * 16)
    assert what(office.tap("a2" * 16, "2026-11-19 08:59:59", recorded="2026-11-19 09:30")) == "refused: unknown_card"
    assert what(office.tap("a2" * 16, "2026-11-19 09:00:00", recorded="2026-11-19 09:31")) == "checked_in"


def test_a_card_that_was_unknown_stays_refused_when_it_is_issued_later(office: Office) -> None:
    """The tap at nine opens no visit: the one at noon does."""
    office.tap("a2" * 16, "2026-11-19 09:00")
    office.at("2026-11-19 10:00").issue(ANN, "a2" * 16)
    assert what(office.tap("a2" * 16, "2026-11-19 12:00")) == "checked_in"


def test_a_card_issued_at_a_past_moment_is_known_from_its_record_on(office: Office) -> None:
    """As far as the log knew then."""
    office.at("2026-11-19 08:00", recorded="2026-11-19 10:00").issue(ANN, "a2" * 16)
    assert what(office.tap("a2" * 16, "2026-11-19 09:59:59", recorded="2026-11-19 11:00")) == "refused: unknown_card"


def test_a_revoked_card_is_refused_from_its_revocation_on(office: Office) -> None:
    """R-008."""
    office.at("2026-11-19 09:00").revoke(ANN)
    assert what(office.tap(ANN, "2026-11-19 08:59:59", recorded="2026-11-19 09:30")) == "checked_in"
    assert what(office.tap(ANN, "2026-11-19 09:00:00", recorded="2026-11-19 09:31")) == "refused: revoked_card"


def test_a_reissued_card_lets_its_new_holder_in(office: Office) -> None:
    office.at("2026-11-19 08:00").revoke(ANN)
    office.at("2026-11-19 08:30").issue(BEN, card_of(ANN))
    assert office.tap(ANN, "2026-11-19 09:00").volunteer_id == BEN


def test_a_suspended_volunteer_is_refused_by_name(office: Office) -> None:
    """R-053, R-054: the refusal knows whose card it was."""
    office.at("2026-11-18 09:00").suspend(ANN, "2026-11-19")
    assert what(office.tap(ANN, "2026-11-18 14:00")) == "checked_in"
    answer = office.tap(ANN, "2026-11-19 09:00")
    (event,) = office.recorded(RefusedTaps.TapRefused)
    assert (what(answer), answer.volunteer_id, event.volunteer_id) == ("refused: suspended", ANN, ANN)


def test_a_suspended_volunteer_is_let_in_again_when_service_is_resumed(office: Office) -> None:
    """R-053."""
    office.at("2026-11-01 09:00").suspend(ANN, "2026-11-10")
    office.resume(ANN, "2026-11-19")
    assert what(office.tap(ANN, "2026-11-18 09:00")) == "refused: suspended"
    assert what(office.tap(ANN, "2026-11-19 09:00")) == "checked_in"


def test_the_agreement_refuses_from_the_service_day_after_its_last(office: Office) -> None:
    """R-056: which turns at four."""
    office.at("2026-11-18 09:00").end(ANN, "2026-11-19")
    office.end(BEN, "2026-11-19")
    assert what(office.tap(ANN, "2026-11-20 03:59:59")) == "checked_in"
    assert what(office.tap(BEN, "2026-11-20 04:00:00")) == "refused: agreement_ended"


def test_a_refused_tap_stays_refused_and_repeats_nothing(office: Office) -> None:
    """It is no accepted tap: a minute does not begin with it, and no visit."""
    office.at("2026-11-18 09:00").suspend(ANN, "2026-11-19")
    refusals = [what(office.tap(ANN, f"2026-11-19 09:00:{second}")) for second in ("00", "10")]
    office.at("2026-11-19 09:00:20").resume(ANN, "2026-11-19")
    assert refusals == ["refused: suspended"] * 2
    assert what(office.tap(ANN, "2026-11-19 09:00:30")) == "checked_in"
    assert len(office.recorded(RefusedTaps.TapRefused)) == 2


def test_a_suspension_that_is_recorded_later_does_not_refuse_an_earlier_tap(office: Office) -> None:
    office.at("2026-11-18 09:00", recorded="2026-11-19 10:00").suspend(ANN, "2026-11-18")
    assert what(office.tap(ANN, "2026-11-19 09:59:59", recorded="2026-11-19 11:00")) == "checked_in"
    assert what(office.tap(BEN, "2026-11-19 10:00", recorded="2026-11-19 11:00")) == "checked_in"
    assert what(office.tap(ANN, "2026-11-20 09:00")) == "refused: suspended"


def test_who_was_let_in_is_let_out(office: Office) -> None:
    """R-053: suspended after the check-in, and still asked to tap when leaving."""
    office.tap(ANN, "2026-11-19 09:00")
    office.at("2026-11-19 10:00").suspend(ANN, "2026-11-19")
    assert what(office.tap(ANN, "2026-11-19 12:00")) == "checked_out"
    assert what(office.tap(ANN, "2026-11-19 13:00")) == "refused: suspended"


def test_a_stray_departure_is_not_refused_for_a_suspension(office: Office) -> None:
    office.at("2026-11-18 09:00").suspend(ANN, "2026-11-19")
    assert what(office.tap(ANN, "2026-11-19 09:00", direction="out")) == "unmatched"


def test_what_could_not_be_read_is_recorded(office: Office) -> None:
    """R-021: so that it can be asked after."""
    answer = office.door.unreadable("front", reading("2026-11-19 09:00"))
    (event,) = office.recorded(RefusedTaps.TapRefused)
    assert what(answer) == "refused: unreadable"
    assert (event.reason, event.card, event.at) == ("unreadable", None, local("2026-11-19 09:00"))


def test_refusals_are_kept_by_service_day(office: Office) -> None:
    """Each stream ends with its day, and the count of the stream goes on."""
    for at in ("2026-11-20 03:59:58", "2026-11-20 03:59:59", "2026-11-20 04:00:00"):
        office.tap("f00d" * 8, at)
    streams = [(event.originator_id, event.originator_version) for event in office.recorded(RefusedTaps.TapRefused)]
    today, tomorrow = (refused_taps_stream("entrance", day) for day in (NOVEMBER_19, date(2026, 11, 20)))
    assert streams == [(today, 1), (today, 2), (tomorrow, 1)]


# --- What came before, whenever it arrived ---


def test_a_tap_that_arrives_late_is_decided_among_those_that_happened_before_it(office: Office) -> None:
    """The arrival at nine was held back; at noon the door knew nothing of it."""
    assert what(office.tap(ANN, "2026-11-19 12:00")) == "checked_in"
    assert what(office.tap(ANN, "2026-11-19 09:00", recorded="2026-11-19 13:00")) == "checked_in"
    assert what(office.tap(ANN, "2026-11-19 12:00:30", recorded="2026-11-19 13:00")) == "duplicate"
    assert what(office.tap(ANN, "2026-11-19 14:00")) == "checked_in"


def test_a_double_tap_across_the_end_of_the_day_is_one_tap(office: Office) -> None:
    """Decision 9: at four the day turns, the minute goes on."""
    assert what(office.tap(ANN, "2026-11-20 03:59:30")) == "checked_in"
    assert what(office.tap(ANN, "2026-11-20 04:00:29")) == "duplicate"
    assert what(office.tap(ANN, "2026-11-20 04:00:30")) == "checked_in"


def test_a_visit_of_yesterday_is_not_closed_today(office: Office) -> None:
    """R-035, decision 8."""
    office.tap(ANN, "2026-11-19 22:00")
    assert what(office.tap(ANN, "2026-11-20 03:59:59")) == "checked_out"
    office.tap(BEN, "2026-11-19 22:00")
    assert what(office.tap(BEN, "2026-11-20 04:00:00")) == "checked_in"


def test_a_visit_that_the_desk_closed_is_closed_for_the_door(office: Office) -> None:
    office.tap(ANN, "2026-11-19 08:58")
    office.at("2026-11-19 12:30").close(ANN, "2026-11-19 08:58", "12:00")
    assert what(office.tap(ANN, "2026-11-19 11:00", recorded="2026-11-19 12:40")) == "duplicate"
    assert what(office.tap(ANN, "2026-11-19 13:00")) == "checked_in"


def test_the_unit_can_change_its_rules_while_the_door_is_open(office: Office) -> None:
    """Another process adopted the policy: the next tap goes by it."""
    office.tap(ANN, "2026-11-19 09:00:00")
    office.tap(BEN, "2026-11-19 09:00:00")
    assert what(office.tap(ANN, "2026-11-19 09:00:20")) == "duplicate"
    office.policy("2026-11-19", debounce_seconds=10)
    assert what(office.tap(BEN, "2026-11-19 09:00:20")) == "checked_out"


def test_a_card_is_known_after_a_restart(office: Office) -> None:
    """Nothing that the door decides by is kept in memory."""
    office.tap(ANN, "2026-11-19 09:00:00")
    office.restart()
    assert what(office.tap(ANN, "2026-11-19 09:00:59")) == "duplicate"
    office.restart()
    assert what(office.tap(ANN, "2026-11-19 09:01:00")) == "checked_out"


# --- Several doors ---


def test_a_visit_is_closed_at_another_door_whose_taps_are_known_there(office: Office) -> None:
    side = office.side_door()
    assert what(office.tap(ANN, "2026-11-19 09:00")) == "checked_in"
    answer = office.tap(ANN, "2026-11-19 12:00", door=side)
    assert (what(answer), answer.since) == ("checked_out", local("2026-11-19 09:00"))


def test_each_door_writes_only_its_own_streams(office: Office) -> None:
    """So that logs of several doors merge by copying."""
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00", door=office.side_door())
    taps = [*office.recorded(Attendance.CheckedIn), *office.recorded(Attendance.CheckedOut)]
    streams = [attendance_stream(ANN, NOVEMBER_19, kiosk) for kiosk in ("entrance", "side")]
    assert [(tap.originator_id, tap.originator_version) for tap in taps] == [(stream, 1) for stream in streams]


def test_a_double_tap_at_two_doors_is_one_tap(office: Office) -> None:
    side = office.side_door()
    office.tap(ANN, "2026-11-19 09:00:00")
    assert what(office.tap(ANN, "2026-11-19 09:00:59", door=side)) == "duplicate"
    assert what(office.tap(ANN, "2026-11-19 09:01:00", door=side)) == "checked_out"


def test_a_door_that_knows_of_no_other_decides_alone(office: Office) -> None:
    """And what it told somebody is on record, whatever the visits turn out to be."""
    alone = Door(office.log, Place("back"), SimulatedClock())
    office.tap(ANN, "2026-11-19 09:00")
    assert what(office.tap(ANN, "2026-11-19 12:00", door=alone)) == "checked_in"
