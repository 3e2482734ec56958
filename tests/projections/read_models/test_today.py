"""Read model: what the entrance may tell a person about their own day and month, and of nobody else's (R-125)."""

from datetime import date

from domain.policy import Policy
from projections.evaluation.attendance_state import find_duty_for_arrival
from projections.read_models.today import Today, list_expected_cards, load_today, sum_own_year
from tests.support.desk_commands import card_token_of
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, local_second


def anns_day(office: Office, day: str = "2026-11-19", until: str = "2026-11-20 04:30") -> Today:
    """What Ann may be told now."""
    views = office.current_views()
    key = views.find_key(ANN)
    assert key is not None
    return load_today(views, key, date.fromisoformat(day).toordinal(), local_second(until))


def test_somebody_sees_the_minutes_of_their_own_day_and_month(office: Office) -> None:
    """R-125: the month begins on its first, and Ben's hours are Ben's."""
    office.at("2026-10-01 09:00")
    for number, day in enumerate(("2026-10-31", "2026-11-01", "2026-11-19")):
        office.schedule_shift(f"S{number}", f"{day} 09:00", "12:00", ANN, BEN)
        office.tap(BEN, f"{day} 09:00")
        office.tap(BEN, f"{day} 12:00")
        office.tap(ANN, f"{day} 10:00")
        office.tap(ANN, f"{day} 12:00")
    seen = anns_day(office)
    assert (seen.minutes, seen.month_minutes) == (120, 240)


def sum_year(office: Office, day: str) -> int:
    views = office.current_views()
    key = views.find_key(ANN)
    assert key is not None
    return sum_own_year(views, key, date.fromisoformat(day).toordinal())


def test_the_minutes_of_a_night_duty_are_of_its_day_month_and_year_also_after_a_break(office: Office) -> None:
    """R-125: as in the hours; the visit after the break began on the first service day of the new year."""
    office.at("2026-11-01 09:00").schedule_shift("N1", "2026-12-31 22:00", "2027-01-01 06:00", ANN)
    for at in ("2026-12-31 22:00", "2027-01-01 03:30", "2027-01-01 04:10", "2027-01-01 06:00"):
        office.tap(ANN, at)
    assert [(row.month, row.minutes) for row in office.list_hours(by_month=True)] == [("2026-12", 440)]
    eve, new_year = anns_day(office, "2026-12-31"), anns_day(office, "2027-01-01")
    assert (eve.minutes, eve.month_minutes, sum_year(office, "2026-12-31")) == (440, 440, 440)
    assert (new_year.minutes, new_year.month_minutes, sum_year(office, "2027-01-01")) == (0, 0, 0)


def test_the_minutes_of_a_duty_are_of_its_day_also_for_an_arrival_before_the_turn(office: Office) -> None:
    """Decision 8: the visit is filed under the last service day of November, its duty is of December."""
    office.at("2026-11-01 09:00").schedule_shift("S1", "2026-12-01 04:15", "08:00", ANN)
    office.tap(ANN, "2026-12-01 03:55")
    office.at("2026-12-01 09:00").close_visit(ANN, "2026-12-01 03:55", "08:00")
    seen = anns_day(office, "2026-12-01")
    assert (seen.minutes, seen.month_minutes) == (225, 225)
    seen = anns_day(office, "2026-11-30")
    assert (seen.minutes, seen.month_minutes) == (0, 0)


def test_somebody_sees_the_duties_that_are_theirs_today(office: Office) -> None:
    """R-125: in order of start; one that was handed over is not theirs."""
    office.at("2026-11-01 09:00")
    office.schedule_shift("S3", "2026-11-19 14:00", "17:00", ANN)
    office.schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    office.schedule_shift("S2", "2026-11-19 12:00", "13:00", ANN)
    office.swap("S2", ANN, BEN)
    assert [duty.shift for duty in anns_day(office).duties] == ["S1", "S3"]


def test_somebody_who_comes_before_the_turn_sees_the_duty_soon_after_it(office: Office) -> None:
    """Decision 8: the turn of the day is no border; a duty later on the next day is not shown yet."""
    office.at("2026-11-01 09:00")
    office.schedule_shift("S1", "2026-11-20 04:30", "08:00", ANN)
    office.schedule_shift("S2", "2026-11-20 04:31", "09:00", ANN)
    assert [duty.shift for duty in anns_day(office).duties] == ["S1"]


def test_an_arrival_belongs_to_the_duty_under_way_or_about_to_begin(office: Office) -> None:
    """Decision 5: from half an hour before the start to the end; before that to the next one."""
    office.at("2026-11-01 09:00")
    office.schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    office.schedule_shift("S2", "2026-11-19 14:00", "17:00", ANN)
    seen = anns_day(office)

    def duty(at: str) -> str | None:
        found = find_duty_for_arrival(seen.duties, local_second(f"2026-11-19 {at}"), Policy())
        return found.shift if found else None

    moments = ("07:00", "08:30", "11:59:59", "12:00", "16:59:59", "17:00")
    assert [duty(at) for at in moments] == ["S1", "S1", "S1", "S2", "S2", None]


def test_somebody_who_forgot_to_leave_is_told_the_next_time(office: Office) -> None:
    """R-035: until a person closed the visit."""
    office.tap(ANN, "2026-11-18 09:00")
    office.at("2026-11-19 08:00")
    assert anns_day(office).forgot_last_time
    office.close_visit(ANN, "2026-11-18 09:00", "12:00")
    assert not anns_day(office).forgot_last_time


def test_somebody_who_was_never_there_forgot_nothing(office: Office) -> None:
    seen = anns_day(office.at("2026-11-19 08:00"))
    assert (seen.minutes, seen.month_minutes, seen.forgot_last_time) == (0, 0, False)


def test_a_volunteer_sees_the_sessions_to_which_they_are_invited(office: Office) -> None:
    """R-047: those of the day and its neighbours, not those of others, not those that are called off."""
    office.at("2026-11-17 08:00")
    office.schedule_session("M1", "2026-11-19 10:00", "11:00")
    office.schedule_session("M2", "2026-11-19 14:00", "15:00", BEN)
    office.schedule_session("M3", "2026-11-19 16:00", "17:00")
    office.cancel_session("M3")
    sessions = anns_day(office).sessions
    assert [(one.title, one.start) for one in sessions] == [("志工會議", local_second("2026-11-19 10:00"))]


def test_a_session_without_check_out_is_no_forgotten_departure(office: Office) -> None:
    """R-035: no minute waits for it."""
    office.at("2026-11-17 08:00").schedule_session("M1", "2026-11-18 10:00", "11:00")
    office.tap(ANN, "2026-11-18 09:55")
    office.at("2026-11-19 08:00")
    assert not anns_day(office).forgot_last_time


def test_the_cards_that_are_expected_are_those_in_use_and_of_the_volunteers_on_duty_first(office: Office) -> None:
    office.at("2026-11-01 09:00")
    for who in (ANN, BEN, CAT):
        office.schedule_shift(f"of {who}", "2026-11-18 09:00", "12:00", who)
    office.schedule_shift("S1", "2026-11-19 09:00", "12:00", CAT)
    office.schedule_shift("S2", "2026-11-19 09:00", "12:00", ANN)
    office.cancel_shift("S2")
    views, day = office.current_views(), date(2026, 11, 19).toordinal()
    others = sorted(card_token_of(who) for who in (ANN, BEN))
    assert list_expected_cards(views, day, 3) == [card_token_of(CAT), *others]
    assert list_expected_cards(views, day, 1) == [card_token_of(CAT)]
    office.revoke(CAT)
    assert list_expected_cards(office.current_views(), day, 3) == others
