"""What a wrong clock does to visits, duties and credit, before it is put right and after."""

from datetime import date, timedelta

import pytest

from domain.clock import OK
from domain.model.attendance import Attendance, CardReadAtKiosk
from domain.model.kiosk_clock import KioskClock
from domain.spans import instant
from domain.use_cases.check_in import Door
from domain.use_cases.clock_correction import correct_clock
from projections.engine.as_of import views_as_of
from projections.engine.rebuild import replay
from projections.read_models.day_totals import find_unreconciled_days
from projections.read_models.explanation import explain
from projections.read_models.presence import list_present
from projections.read_models.unsynchronised_taps import list_waiting_clocks
from projections.read_models.visits import list_visits
from tests.support.desk_commands import card_token_of
from tests.support.fake_machine import FakeMachine
from tests.support.office import ENTRANCE, Office
from tests.support.people import ANN, BEN, NOTE, act, local_second, local_time

DAY = "2026-11-19"
BEHIND = timedelta(hours=5, minutes=51)
A_DAY = timedelta(days=1)


class Kiosk:
    """An entrance on a machine, in an office whose desk has the right time."""

    def __init__(self, office: Office, machine: FakeMachine) -> None:
        self.office, self.machine = office, machine
        self.door = Door(office.log, ENTRANCE, machine)

    def tap(self, *who_at: tuple[object, str]) -> None:
        for who, at in who_at:
            self.machine.advance_to(f"{DAY} {at}")
            self.door.record_tap(card_token_of(who), "front")

    def look(self, at: str) -> int:
        """The screen looks at the clock; the position of the correction."""
        self.machine.advance_to(f"{DAY} {at}")
        self.door.clock_monitor.rate(self.machine.read())
        self.door.clock_monitor.record_changes()
        return self.office.log.head().position

    def right_at(self, at: str) -> int:
        self.machine.advance_to(f"{DAY} {at}").synchronise_clock()
        return self.look(at)


@pytest.fixture
def rostered(office: Office) -> Office:
    """Ann is on the roster from 9 to 12."""
    office.at("2026-11-01 08:00").schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN)
    return office.at(f"{DAY} 13:00")


def kiosk(office: Office, behind: timedelta = BEHIND) -> Kiosk:
    return Kiosk(office, FakeMachine(f"{DAY} 08:50", behind))


def clock_times(office: Office) -> list[tuple[str, str | None, int]]:
    """Ann's visits: from, to, credited minutes."""
    return [
        (
            f"{instant(row.check_in):%d %H:%M}",
            row.check_out and f"{instant(row.check_out):%d %H:%M}",
            row.credited_minutes,
        )
        for row in office.list_visits()
    ]


def outcome(office: Office) -> tuple[str, int]:
    (duty,) = office.list_duties()
    return duty.outcome, duty.credited_minutes


# --- Everywhere at the corrected instant ---


@pytest.mark.parametrize("behind", [BEHIND, A_DAY, timedelta(days=20_000), -A_DAY])
def test_before_it_is_put_right_a_tap_counts_at_what_the_clock_showed_and_afterwards_when_it_was(
    rostered: Office, behind: timedelta
) -> None:
    """R-020: the duty was attended, whatever the clock showed."""
    door = kiosk(rostered, behind)
    door.tap((ANN, "08:58"), (ANN, "12:05"))
    assert outcome(rostered) == ("absent", 0)
    door.right_at("12:30")
    assert outcome(rostered) == ("attended", 180)
    assert clock_times(rostered) == [("19 00:58", "19 04:05", 180)]
    assert replay(rostered.log, rostered.current_views()).differences == []


def test_an_arrival_on_a_wrong_clock_and_a_departure_on_the_right_one_are_one_visit(rostered: Office) -> None:
    door = kiosk(rostered)
    door.tap((ANN, "08:58"))
    door.right_at("10:00")
    door.tap((ANN, "12:05"))
    assert clock_times(rostered) == [("19 00:58", "19 04:05", 180)]


def test_who_is_in_follows_the_correction(rostered: Office) -> None:
    door = kiosk(rostered, A_DAY)
    door.tap((ANN, "08:58"))
    views, rules = rostered.at(f"{DAY} 10:00").current_views(), door.door._rules.load()
    assert list(list_present(views, rules.days, rules.policies, local_second(f"{DAY} 10:00"))) == []
    door.right_at("10:00")
    (row,) = list_present(rostered.current_views(), rules.days, rules.policies, local_second(f"{DAY} 10:00"))
    assert (row.volunteer, row.since, row.duty) == (ANN, local_second(f"{DAY} 08:58"), "AM")


def test_both_days_are_derived_again_and_a_settled_one_has_a_late_fact(rostered: Office) -> None:
    """Ann's tap was settled on the 18th, where the clock showed it; on the 19th she was absent."""
    door = kiosk(rostered, A_DAY)
    door.tap((ANN, "08:58"), (ANN, "12:05"))
    rostered.at("2026-11-20 05:00").reconcile("2026-11-18")
    assert rostered.reconcile(DAY).totals["absent"] == 1
    assert [row.date for row in rostered.list_visits()] == [date(2026, 11, 18)]
    stated = act("2026-11-20 09:00")
    correct_clock(rostered.log, "entrance", "boot-1", 86_400, NOTE, stated)
    rostered.at("2026-11-21 05:00")
    assert [row.date for row in rostered.list_visits()] == [date(2026, 11, 19)]
    assert rostered.reconcile("2026-11-20").totals["late_facts"] == 2
    assert rostered.list_absences() == []


def test_a_refused_tap_counts_on_the_day_on_which_it_was(rostered: Office) -> None:
    door = kiosk(rostered, A_DAY)
    door.machine.advance_to(f"{DAY} 09:00")
    door.door.record_tap("f" * 32, "front")
    days = lambda: [day for (day,) in rostered.current_views().rows("SELECT day FROM refused")]  # noqa: E731
    assert days() == [date(2026, 11, 18).toordinal()]
    door.right_at("09:30")
    assert days() == [date(2026, 11, 19).toordinal()]


def test_a_correction_that_arrives_before_its_tap_holds_for_it(rostered: Office) -> None:
    """The logs of two doors merge in any order."""
    clock = KioskClock.of("entrance", "boot-1")
    right = FakeMachine(f"{DAY} 08:50", trust=OK).advance_to(f"{DAY} 12:30").read()
    clock.record_measurement("entrance", 21_060, right, local_time(f"{DAY} 12:30"))
    rostered.log.append(clock)
    assert rostered.list_visits() == []
    kiosk(rostered).tap((ANN, "08:58"), (ANN, "12:05"))
    assert outcome(rostered) == ("attended", 180)


def test_taps_of_one_second_are_in_the_order_of_the_boot_clock(office: Office) -> None:
    """Whichever was written first: two readers, one kiosk."""
    office.at("2026-11-01 08:00").adopt_policy("2026-11-01", debounce_seconds=0)
    machine = FakeMachine(f"{DAY} 09:00", trust=OK)
    earlier = machine.advance_to(f"{DAY} 09:00:00.200000").read()
    later = machine.advance_to(f"{DAY} 09:00:00.700000").read()
    door = Door(office.log, ENTRANCE, machine)
    door.record_tap(card_token_of(ANN), "exit", "out", later)
    door.record_tap(card_token_of(ANN), "front", "in", earlier)
    (visit,) = office.at(f"{DAY} 10:00").list_visits()
    assert (visit.check_in, visit.check_out) == (local_second(f"{DAY} 09:00"), local_second(f"{DAY} 09:00"))


# --- As of, and what waits ---


def test_as_of_before_the_correction_the_original_reckoning_stands(rostered: Office) -> None:
    door = kiosk(rostered, A_DAY)
    door.tap((ANN, "08:58"), (ANN, "12:05"))
    door.right_at("12:30")
    for as_of, day in ((f"{DAY} 12:29:59", 18), (f"{DAY} 12:30:00", 19)):
        with views_as_of(rostered.log, local_second(as_of)) as past:
            assert [row.date.day for row in list_visits(past)] == [day]


def test_taps_that_wait_are_listed_by_session_until_they_are_put_right(rostered: Office) -> None:
    door = kiosk(rostered)
    door.tap((ANN, "08:58"), (BEN, "09:05"))
    (waiting,) = list_waiting_clocks(rostered.current_views())
    shown = (local_second(f"{DAY} 03:07"), local_second(f"{DAY} 03:14"))
    assert (waiting.kiosk, waiting.boot, waiting.taps, waiting.first, waiting.last) == ("entrance", "boot-1", 2, *shown)
    door.right_at("09:30")
    assert list(list_waiting_clocks(rostered.current_views())) == []


def test_a_day_explains_what_the_clock_showed_and_by_which_event_it_was_put_right(rostered: Office) -> None:
    """On the day on which it counts, and on the one that the clock showed."""
    door = kiosk(rostered, A_DAY)
    door.tap((ANN, "08:58"))
    by = door.right_at("12:30")
    views = rostered.current_views()
    key = views.find_key(ANN)
    assert key is not None
    for day in (18, 19):
        (tap,) = explain(views, key, date(2026, 11, day)).unsynchronised
        assert (tap.shown, tap.at, tap.seconds_behind) == (
            local_second("2026-11-18 08:58"),
            local_second(f"{DAY} 08:58"),
            86_400,
        )
        assert tap.put_right_by == by


@pytest.mark.parametrize("minutes_ahead", [4, 10])
def test_a_tap_that_counts_before_the_turn_of_the_day_and_was_shown_behind_it_is_explained_once(
    office: Office, minutes_ahead: int
) -> None:
    """It is of the day by what the clock showed, and behind a visit of the day before that counts for a duty of it."""
    office.at("2026-11-01 08:00").schedule_shift("S1", f"{DAY} 04:15", "08:00", ANN)
    door = kiosk(office.at("2026-11-19 03:50"), timedelta(minutes=-minutes_ahead))
    door.tap((ANN, "03:55"))
    door.right_at("09:00")
    views = office.current_views()
    key = views.find_key(ANN)
    assert key is not None
    for day in (18, 19):
        (tap,) = explain(views, key, date(2026, 11, day)).unsynchronised
        assert (tap.at, tap.seconds_behind) == (local_second(f"{DAY} 03:55"), -60 * minutes_ahead)


def test_a_clock_that_stood_in_1970_does_not_make_the_night_settle_every_day_since(rostered: Office) -> None:
    kiosk(rostered, timedelta(days=20_000)).tap((ANN, "08:58"))
    day = date(2026, 11, 19)
    assert find_unreconciled_days(rostered.current_views(), None, day) == [day]


# --- A clock that was ahead ---


def test_what_time_alone_had_changed_on_a_clock_that_was_ahead_is_taken_back(rostered: Office) -> None:
    """Fifty-four years on, everybody was absent; today Ann is expected."""
    views = rostered.current_views()
    views.catch_up(local_second(f"{DAY} 08:00"))
    views.catch_up(local_second("2080-11-19 08:00"))
    views.catch_up(local_second(f"{DAY} 08:00"))
    assert [outcome for (outcome,) in views.rows("SELECT outcome FROM duties")] == ["upcoming"]
    assert replay(rostered.log, views).differences == []


def test_a_visit_that_a_clock_ahead_had_ended_is_open_again(rostered: Office) -> None:
    rostered.tap(ANN, f"{DAY} 08:58")
    views = rostered.current_views()
    for now in (f"{DAY} 09:00", "2026-11-20 09:00", f"{DAY} 09:00"):
        views.catch_up(local_second(now))
    assert [status for (status,) in views.rows("SELECT status FROM visits")] == ["open"]
    assert replay(rostered.log, views).differences == []


# --- A clock that was ahead, with the kernel's word on it ---


def test_taps_on_a_synchronised_clock_move_when_a_person_states_that_it_was_wrong(rostered: Office) -> None:
    place = Kiosk(rostered, FakeMachine(f"{DAY} 08:50", -10 * A_DAY, trust=OK))
    place.tap((ANN, "08:58"), (ANN, "12:05"))
    assert [row[0] for row in clock_times(rostered)] == ["29 00:58"]
    correct_clock(rostered.log, "entrance", "boot-1", -10 * 86_400, NOTE, act(f"{DAY} 13:00"))
    assert clock_times(rostered) == [("19 00:58", "19 04:05", 180)]
    (explained,) = [one for one in rostered.list_duties() if one.shift == "AM"]
    assert explained.outcome == "attended"
    assert list(list_waiting_clocks(rostered.current_views())) == []
    assert replay(rostered.log, rostered.current_views()).differences == []


def test_such_a_tap_that_reaches_the_log_after_the_statement_moves_too(rostered: Office) -> None:
    """As from a copy of another kiosk's log."""
    place = Kiosk(rostered, FakeMachine(f"{DAY} 08:50", -10 * A_DAY, trust=OK))
    place.tap((ANN, "12:05"))
    correct_clock(rostered.log, "entrance", "boot-1", -10 * 86_400, NOTE, act(f"{DAY} 13:00"))
    reading = place.machine.advance_to(f"{DAY} 08:58").read()
    with rostered.log.writing():
        stream = rostered.log.move_to_end(Attendance.of(ANN, date(2026, 11, 29), "entrance"))
        read = CardReadAtKiosk(card_token_of(ANN), "front", "entrance", None, rostered.log.next_position(), reading)
        stream.record("checked_in", ANN, read, local_time(f"{DAY} 13:10"))
        rostered.log.append(stream)
    assert clock_times(rostered) == [("19 00:58", "19 04:05", 180)]
    assert replay(rostered.log, rostered.current_views()).differences == []
