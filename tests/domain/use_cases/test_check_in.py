"""What happens at the door: every tap is written down, and answered from what was known when it happened (R-021)."""

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.errors import InTheFuture
from domain.ids import attendance_stream, card_stream
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.model.attendance import Attendance
from domain.model.corrections import Corrections
from domain.use_cases.check_in import Door
from domain.use_cases.kiosk_place import KioskPlace
from tests.support.desk_commands import card_token_of
from tests.support.noted_reads import noting_reads
from tests.support.office import Office, format_answer
from tests.support.people import ANN, BEN, local_second, local_time
from tests.support.undecodable_events import insert_undecodable

NOVEMBER_19, NOVEMBER_20 = date(2026, 11, 19), date(2026, 11, 20)


# --- Each outcome ---


def test_a_day_at_the_door(office: Office) -> None:
    """Decision 9, R-021."""
    assert format_answer(office.tap(ANN, "2026-11-19 08:58")) == "checked_in"
    assert format_answer(office.tap(ANN, "2026-11-19 08:58:59")) == "duplicate"
    assert format_answer(office.tap(ANN, "2026-11-19 12:01")) == "checked_out"
    assert format_answer(office.tap(ANN, "2026-11-19 12:05", direction="out")) == "unmatched"
    assert format_answer(office.tap(ANN, "2026-11-19 13:00", direction="in")) == "checked_in"
    assert format_answer(office.tap(ANN, "2026-11-19 14:00", direction="in")) == "checked_in"


def test_what_somebody_was_told_is_in_the_log(office: Office) -> None:
    """R-021: the event is named for the answer, and carries everything that the place saw."""
    answer = office.tap(ANN, "2026-11-19 08:58:03", recorded="2026-11-19 10:00", direction="in")
    (event,) = office.list_events(Attendance.CheckedIn)
    assert event.originator_id == attendance_stream(ANN, NOVEMBER_19, "entrance")
    assert (event.volunteer_id, event.card, event.reader) == (ANN, card_token_of(ANN), "front")
    assert (event.kiosk, event.direction, event.seq) == ("entrance", "in", answer.event)
    assert (event.at, event.timestamp) == (local_time("2026-11-19 08:58:03"), local_time("2026-11-19 10:00"))
    assert (event.clock, event.boot, event.boot_ns) == ("simulated", "simulation", 0)


def test_each_answer_has_an_event_of_its_own(office: Office) -> None:
    for at in ("08:58:00", "08:58:30", "12:00:00"):
        office.tap(ANN, f"2026-11-19 {at}")
    office.tap(ANN, "2026-11-19 12:05", direction="out")
    kinds = (Attendance.CheckedIn, Attendance.TapRepeated, Attendance.CheckedOut, Attendance.TapUnmatched)
    assert [len(office.list_events(kind)) for kind in kinds] == [1, 1, 1, 1]


def test_an_answer_says_since_when_somebody_is_or_was_in(office: Office) -> None:
    began = local_time("2026-11-19 08:58")
    assert office.tap(ANN, "2026-11-19 08:58").since == began
    assert office.tap(ANN, "2026-11-19 08:58:30").since == began
    assert office.tap(ANN, "2026-11-19 12:00").since == began


def test_a_duplicate_says_after_which_tap_it_comes_too_soon(office: Office) -> None:
    """The last accepted one: after a departure that is the departure, not the arrival."""
    for at, again in (("08:58:00", "08:58:59"), ("12:00:00", "12:00:59")):
        accepted, duplicate = office.tap(ANN, f"2026-11-19 {at}"), office.tap(ANN, f"2026-11-19 {again}")
        assert accepted.earlier is None
        assert duplicate.earlier == (accepted.outcome, accepted.at, accepted.at + timedelta(minutes=1))


def test_a_departure_that_matches_no_arrival_belongs_to_no_visit(office: Office) -> None:
    """Not to the one that is over."""
    office.tap(ANN, "2026-11-19 08:58")
    office.tap(ANN, "2026-11-19 12:00")
    assert office.tap(ANN, "2026-11-19 13:00", direction="out").since is None


def test_a_tap_knows_where_the_log_holds_it(office: Office) -> None:
    """Its count is the position that the log gives it."""
    for number, at in enumerate(("08:58", "12:00", "13:00")):
        office.at(f"2026-11-19 {at}").schedule_shift(f"S{number}", "2026-12-01 09:00", "12:00")
        answer = office.tap(ANN)
        last = office.log.read_entries(after=answer.event - 1)
        assert [(entry.position, entry.event.seq) for entry in last] == [(answer.event, answer.event)]


def test_a_tap_without_a_time_of_its_own_happens_now(office: Office) -> None:
    office.at("2026-11-19 09:00")
    answer = office.door.record_tap(card_token_of(ANN), "front")
    (event,) = office.list_events(Attendance.CheckedIn)
    assert answer.at == event.at == event.timestamp == local_time("2026-11-19 09:00")


def test_nothing_is_tapped_in_the_future(office: Office) -> None:
    """The same second is now."""
    with pytest.raises(InTheFuture) as refused:
        office.tap(ANN, "2026-11-19 09:00:01", recorded="2026-11-19 09:00:00")
    assert vars(refused.value) == {"at": local_time("2026-11-19 09:00:01"), "now": local_time("2026-11-19 09:00")}
    assert format_answer(office.tap(ANN, "2026-11-19 09:00", recorded="2026-11-19 09:00")) == "checked_in"


# --- What came before, whenever it arrived ---


def test_a_tap_that_arrives_late_is_decided_among_those_that_happened_before_it(office: Office) -> None:
    """The arrival at nine was held back; at noon the door knew nothing of it."""
    assert format_answer(office.tap(ANN, "2026-11-19 12:00")) == "checked_in"
    assert format_answer(office.tap(ANN, "2026-11-19 09:00", recorded="2026-11-19 13:00")) == "checked_in"
    assert format_answer(office.tap(ANN, "2026-11-19 12:00:30", recorded="2026-11-19 13:00")) == "duplicate"
    assert format_answer(office.tap(ANN, "2026-11-19 14:00")) == "checked_in"


def test_a_double_tap_across_the_end_of_the_day_is_one_tap(office: Office) -> None:
    """Decision 9: at four the day turns, the minute goes on."""
    assert format_answer(office.tap(ANN, "2026-11-20 03:59:30")) == "checked_in"
    assert format_answer(office.tap(ANN, "2026-11-20 04:00:29")) == "duplicate"
    assert format_answer(office.tap(ANN, "2026-11-20 04:00:30")) == "checked_in"


def test_what_follows_a_double_tap_across_the_end_of_the_day_is_the_arrival(office: Office) -> None:
    """Decision 9: the first tap of the new day changed nothing, and the one behind it is no departure."""
    office.tap(ANN, "2026-11-20 03:59:50")
    assert format_answer(office.tap(ANN, "2026-11-20 04:00:10")) == "duplicate"
    assert format_answer(office.tap(ANN, "2026-11-20 09:00")) == "checked_in"


@pytest.mark.parametrize(
    ("closed_at", "answers"),
    [
        ("2026-11-20 05:00", ["checked_in", "checked_out"]),
        ("2026-11-20 04:59:59", ["checked_out", "checked_in"]),
    ],
    ids=["over_the_tap", "before_it"],
)
def test_a_visit_that_the_desk_closed_over_the_end_of_the_day_covers_the_tap_at_its_end(
    office: Office, closed_at: str, answers: list[str]
) -> None:
    """Decision 8: the tap at five began a visit of the new day until the night duty was closed up to it."""
    office.tap(ANN, "2026-11-19 21:55")
    assert format_answer(office.tap(ANN, "2026-11-20 05:00")) == "checked_in"
    office.at("2026-11-20 08:30").close_visit(ANN, "2026-11-19 21:55", closed_at)
    assert [format_answer(office.tap(ANN, f"2026-11-20 {at}")) for at in ("08:58", "12:00")] == answers
    began = "2026-11-20 08:58" if answers[0] == "checked_in" else "2026-11-20 12:00"
    assert office.list_visits()[-1].check_in == local_second(began)


def test_what_cannot_be_read_of_yesterdays_corrections_closes_nothing(office: Office) -> None:
    """R-035: nor does the evaluation know of it."""
    insert_undecodable(office.log, Corrections.of(ANN, date(2026, 11, 19)).id, "corrections.visit-blessed")
    assert format_answer(office.tap(ANN, "2026-11-20 09:00")) == "checked_in"


def test_a_visit_of_yesterday_is_not_closed_today(office: Office) -> None:
    """R-035, decision 8."""
    office.tap(ANN, "2026-11-19 22:00")
    assert format_answer(office.tap(ANN, "2026-11-20 03:59:59")) == "checked_out"
    office.tap(BEN, "2026-11-19 22:00")
    assert format_answer(office.tap(BEN, "2026-11-20 04:00:00")) == "checked_in"


def test_a_visit_that_the_desk_closed_is_closed_for_the_door(office: Office) -> None:
    office.tap(ANN, "2026-11-19 08:58")
    office.at("2026-11-19 12:30").close_visit(ANN, "2026-11-19 08:58", "12:00")
    assert format_answer(office.tap(ANN, "2026-11-19 11:00", recorded="2026-11-19 12:40")) == "duplicate"
    assert format_answer(office.tap(ANN, "2026-11-19 13:00")) == "checked_in"


def test_the_unit_can_change_its_rules_while_the_door_is_open(office: Office) -> None:
    """Another process adopted the policy: the next tap goes by it."""
    office.tap(ANN, "2026-11-19 09:00:00")
    office.tap(BEN, "2026-11-19 09:00:00")
    assert format_answer(office.tap(ANN, "2026-11-19 09:00:20")) == "duplicate"
    office.adopt_policy("2026-11-19", debounce_seconds=10)
    assert format_answer(office.tap(BEN, "2026-11-19 09:00:20")) == "checked_out"


def test_a_card_is_known_after_a_restart(office: Office) -> None:
    """Nothing that the door decides by is kept in memory."""
    office.tap(ANN, "2026-11-19 09:00:00")
    office.restart()
    assert format_answer(office.tap(ANN, "2026-11-19 09:00:59")) == "duplicate"
    office.restart()
    assert format_answer(office.tap(ANN, "2026-11-19 09:01:00")) == "checked_out"


@pytest.mark.parametrize(("debounce", "repeated", "counts"), [(0, None, "04:30:00"), (3_600, "05:29:59", "05:30:00")])
def test_the_shortest_and_the_longest_debounce_reach_as_far_as_they_say(
    office: Office, debounce: int, repeated: str | None, counts: str
) -> None:
    """Decision 9, also in the hour after the turn of the day, and after taps of the hour before it that repeat."""
    office.adopt_policy("2026-11-19", debounce_seconds=debounce)
    office.tap(ANN, "2026-11-20 03:30")
    office.tap(ANN, "2026-11-20 04:30")
    if repeated:
        assert format_answer(office.tap(ANN, f"2026-11-20 {repeated}")) == "duplicate"
    accepted = format_answer(office.tap(ANN, f"2026-11-20 {counts}"))
    assert accepted == "checked_out"
    assert [row.check_in for row in office.list_visits()] == [
        local_second("2026-11-20 03:30"),
        local_second("2026-11-20 04:30"),
    ]


@pytest.mark.parametrize(("later", "outcome"), [("09:00:59.999999", "duplicate"), ("09:01:00.900000", "checked_out")])
def test_a_fraction_of_a_second_is_not_cut_before_taps_are_compared(office: Office, later: str, outcome: str) -> None:
    """Decision 9: 59.1 seconds are less than 60; the read models agree, and show whole seconds."""
    office.tap(ANN, "2026-11-19 09:00:00.900000")
    assert format_answer(office.tap(ANN, "2026-11-19 09:01:00.000000")) == "duplicate"
    assert format_answer(office.tap(ANN, f"2026-11-19 {later}")) == outcome
    (visit,) = office.list_visits()
    assert (visit.check_in, visit.check_out) == (
        local_second("2026-11-19 09:00"),
        local_second("2026-11-19 09:01") if outcome == "checked_out" else None,
    )


def test_taps_of_one_second_are_taken_in_the_order_of_their_fractions(office: Office) -> None:
    office.at("2026-11-19 08:00").adopt_policy("2026-11-19", debounce_seconds=0)
    office.tap(ANN, "2026-11-19 09:00:00.900000", direction="out")
    office.tap(ANN, "2026-11-19 09:00:00.100000", recorded="2026-11-19 09:00:02", direction="in")
    assert [(visit.check_in, visit.check_out) for visit in office.list_visits()] == [
        (local_second("2026-11-19 09:00"), local_second("2026-11-19 09:00"))
    ]


# --- What is read ahead ---


def test_the_first_tap_of_a_day_that_was_read_ahead_asks_the_log_for_no_stream(office: Office) -> None:
    for who in (ANN, BEN):
        office.door.read_ahead(card_token_of(who), NOVEMBER_19)
    office.tap(BEN, "2026-11-19 08:57")
    with noting_reads(office.log) as asked:
        assert format_answer(office.tap(ANN, "2026-11-19 08:58")) == "checked_in"
    assert asked == []


def test_a_tap_on_another_day_than_was_read_ahead_asks_for_the_streams_of_its_own(office: Office) -> None:
    for who in (ANN, BEN):
        office.door.read_ahead(card_token_of(who), NOVEMBER_20)
    office.tap(BEN, "2026-11-19 08:57")
    with noting_reads(office.log) as asked:
        assert format_answer(office.tap(ANN, "2026-11-19 08:58")) == "checked_in"
    assert {card_stream(card_token_of(ANN)), ANN}.isdisjoint(asked)
    assert attendance_stream(ANN, NOVEMBER_19, "entrance") in asked


@pytest.mark.parametrize("change", ["revoke", "suspend", "end"])
def test_what_was_changed_since_a_card_was_read_ahead_counts(office: Office, change: str) -> None:
    office.door.read_ahead(card_token_of(ANN), NOVEMBER_19)
    office.at("2026-11-19 08:00")
    match change:
        case "revoke":
            office.revoke(ANN)
        case "suspend":
            office.suspend(ANN, "2026-11-19")
        case _:
            office.end(ANN, "2026-11-18")
    answer = format_answer(office.tap(ANN, "2026-11-19 08:58"))
    assert answer == {"revoke": "refused: revoked_card", "suspend": "refused: suspended"}.get(
        change, "refused: agreement_ended"
    )


def test_a_tap_that_another_program_recorded_since_a_card_was_read_ahead_counts(office: Office, tmp_path: Path) -> None:
    office.door.read_ahead(card_token_of(ANN), NOVEMBER_19)
    with closing(open_sqlite_log(tmp_path / "log.db", REGISTERED_NAMES)) as log:
        office.tap(ANN, "2026-11-19 08:00", door=Door(log, KioskPlace("entrance"), office.clock))
    assert format_answer(office.tap(ANN, "2026-11-19 08:58")) == "checked_out"


@pytest.mark.parametrize(("at", "outcome"), [("04:00:39", "duplicate"), ("04:00:40", "checked_in")])
def test_a_day_that_was_read_ahead_begins_with_a_tap_that_repeats_one_of_the_day_before(
    office: Office, at: str, outcome: str
) -> None:
    """Decision 9: that tap came to another kiosk, whose streams of the day before were not read."""
    entrance = Door(office.log, KioskPlace("entrance", ["side"]), office.clock)
    entrance.read_ahead(card_token_of(ANN), NOVEMBER_20)
    office.tap(ANN, "2026-11-20 03:59:40", door=office.side_door())
    assert format_answer(office.tap(ANN, f"2026-11-20 {at}", door=entrance)) == outcome


def test_a_card_that_nobody_holds_can_be_read_ahead(office: Office) -> None:
    office.at("2026-11-19 08:00").revoke(ANN)
    for token in (card_token_of(ANN), "f00d" * 8):
        office.door.read_ahead(token, NOVEMBER_19)
        assert office.tap(token, "2026-11-19 09:00").outcome == "refused"
