"""What time alone changes, and what is recorded late or said of earlier days: days come out otherwise."""

from pathlib import Path

from projections.engine.rebuild import replay
from tests.support.office import Office
from tests.support.people import ANN


def test_time_alone_turns_an_upcoming_duty_into_an_absence(office: Office) -> None:
    """R-045: no event says so."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    assert [duty.outcome for duty in office.at("2026-11-19 11:59:59").list_duties()] == ["upcoming"]
    assert [duty.outcome for duty in office.at("2026-11-19 12:00:00").list_duties()] == ["absent"]


def test_a_late_training_gives_earlier_days_their_credit(office: Office, tmp_path: Path) -> None:
    """R-002: recorded in December, completed in October."""
    folder = tmp_path / "other"
    folder.mkdir()
    untrained = Office(folder)
    untrained.enrol(ANN)
    untrained.issue(ANN)
    untrained.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    untrained.tap(ANN, "2026-11-19 09:00")
    untrained.tap(ANN, "2026-11-19 12:00")
    assert untrained.list_hours() == []
    untrained.at("2026-12-01 09:00").train(ANN, "basic", "2026-10-05")
    untrained.train(ANN, "special", "2026-10-06")
    assert [row.minutes for row in untrained.list_hours()] == [180]
    untrained.close_down()


def test_a_policy_adopted_backwards_is_worth_something_at_once(office: Office) -> None:
    """What counts for a duty is the policy in force on its service day, whenever it was adopted."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.tap(ANN, "2026-11-19 09:12")
    office.tap(ANN, "2026-11-19 12:00")
    assert [duty.late_minutes for duty in office.list_duties()] == [12]
    office.at("2026-12-01 09:00").adopt_policy("2026-11-01", grace_minutes_in=15)
    assert [duty.late_minutes for duty in office.list_duties()] == [0]
    office.adopt_policy("2026-11-20", grace_minutes_in=5)
    assert [duty.late_minutes for duty in office.list_duties()] == [0]


def test_a_policy_that_moves_the_end_of_the_day_files_every_tap_anew(office: Office) -> None:
    """Decision 8: a check-out at 04:30 closes the visit once the day ends at five."""
    office.tap(ANN, "2026-11-19 22:00")
    office.tap(ANN, "2026-11-20 04:30")
    assert [visit.status for visit in office.at("2026-11-21 12:00").list_visits()] == ["no_check_out", "no_check_out"]
    office.adopt_policy("2026-11-01", day_ends_at="05:00")
    assert [visit.status for visit in office.list_visits()] == ["closed"]
    assert replay(office.log, office.current_views()).differences == []


def test_a_longer_debounce_unites_what_it_reaches(office: Office) -> None:
    """Decision 9, over the end of a day: taps of two service days become one check-in and a repetition."""
    office.tap(ANN, "2026-11-20 03:58")
    office.tap(ANN, "2026-11-20 04:01")
    assert len(office.list_visits()) == 2
    office.at("2026-11-21 12:00").adopt_policy("2026-11-01", debounce_seconds=600)
    assert len(office.list_visits()) == 1


def test_a_shift_moved_to_another_day_takes_its_duty_along(office: Office) -> None:
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.tap(ANN, "2026-11-20 09:00")
    office.tap(ANN, "2026-11-20 12:00")
    assert [(duty.date.day, duty.outcome) for duty in office.list_duties()] == [(19, "absent")]
    office.at("2026-11-21 09:00").change_shift("AM", "2026-11-20 09:00", "2026-11-20 12:00")
    assert [(duty.date.day, duty.outcome, duty.credited_minutes) for duty in office.list_duties()] == [
        (20, "attended", 180)
    ]


def test_a_night_shift_over_the_end_of_the_day_is_one_duty(office: Office) -> None:
    """A volunteer who arrives after 04:00 attends the shift of the evening before."""
    office.at("2026-11-01 08:00").schedule_shift("Night", "2026-11-19 22:00", "2026-11-20 06:00", ANN)
    office.tap(ANN, "2026-11-20 04:30")
    assert [duty.outcome for duty in office.at("2026-11-20 04:40").list_duties()] == ["attended"]
    office.tap(ANN, "2026-11-20 06:00")
    (duty,) = office.list_duties()
    assert (duty.date.day, duty.outcome, duty.credited_minutes, duty.late_minutes) == (19, "attended", 90, 390)
    assert replay(office.log, office.current_views()).differences == []


def test_an_event_of_two_days_is_floored_on_each_and_counts_once(office: Office) -> None:
    """R-023: 60.5 minutes on each of two days are 60 and 60; in two months, the days stand in theirs."""
    office.at("2026-11-01 08:00").schedule_event("Fair", "2026-11-21 09:00", "2026-11-22 18:00")
    for day in ("2026-11-21", "2026-11-22"):
        office.tap(ANN, f"{day} 10:00:00")
        office.tap(ANN, f"{day} 11:00:30")
    assert [(row.minutes, row.duties) for row in office.list_hours()] == [(120, 1)]


def test_an_event_announced_afterwards_counts_the_presence_it_finds(office: Office) -> None:
    office.tap(ANN, "2026-11-21 10:00")
    office.tap(ANN, "2026-11-21 11:00")
    assert office.list_hours() == []
    office.at("2026-11-22 09:00").schedule_event("Fair", "2026-11-21 09:00", "12:00")
    assert [row.minutes for row in office.list_hours()] == [60]
