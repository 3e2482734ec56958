"""The story of a day: every tap, and everything that wanted a person, at the instant from which the roster shows it."""

from uuid import UUID

import pytest

from domain.spans import Second
from domain.use_cases.refusal_sums import RefusalSums
from projections.playback.initial_state import load_timeline
from projections.playback.seekable_views import seekable_views
from projections.playback.timeline import Timeline, TimelineEntry
from tests.projections.playback.test_seekable_views import DAY, DAYS, FIRST, stretch
from tests.support.office import Office
from tests.support.people import ANN, BEN, local_second

TODAY = "2026-11-19"


def story(office: Office) -> Timeline:
    over = stretch(office)
    with seekable_views(office.log, over, DAYS) as views:
        views.seek(over.first)
        return load_timeline(views, office.log, over, DAY)


def moments(office: Office) -> list[tuple[str, str, str | None, UUID | None]]:
    """When, what, in which shift, who."""
    return [(_time(m.at), m.kind, m.slot and m.slot.shift, m.volunteer) for m in story(office).entries]


def _time(at: Second) -> str:
    seconds = at - FIRST - 1 + 4 * 3600
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@pytest.fixture
def morning(office: Office) -> Office:
    """Ann serves from 9 to 12; grace 10 minutes."""
    office.at("2026-11-01 09:00").schedule_shift("AM", f"{TODAY} 09:00", "12:00", ANN)
    return office


LEFT = "12:00"


@pytest.mark.parametrize("came", ["09:00:00", "09:10:00"])
def test_who_comes_in_time_and_taps_out_makes_no_story(morning: Office, came: str) -> None:
    morning.tap(ANN, f"{TODAY} 08:50")
    morning.tap(ANN, f"{TODAY} {LEFT}")
    assert moments(morning) == []


@pytest.mark.parametrize(("came", "before"), [("09:10:01", []), ("09:10:02", [("09:10:01", "uncovered", "AM", None)])])
def test_who_comes_after_the_grace_is_late_at_their_tap(
    morning: Office, came: str, before: list[tuple[str, str, str, None]]
) -> None:
    """R-020: the second after the grace, in which the duty would be uncovered; a second later it was."""
    morning.tap(ANN, f"{TODAY} {came}")
    morning.tap(ANN, f"{TODAY} {LEFT}")
    assert moments(morning) == [*before, (came, "late", "AM", ANN)]


def test_who_does_not_come_is_absent_when_the_duty_is_over(morning: Office) -> None:
    assert moments(morning) == [("09:10:01", "uncovered", "AM", None), ("12:00:00", "absent", "AM", ANN)]


def test_who_is_excused_before_the_duty_is_over_is_not_absent(morning: Office) -> None:
    """R-045."""
    morning.at(f"{TODAY} 11:59:59").excuse_absence("AM", ANN)
    assert moments(morning) == [("09:10:01", "uncovered", "AM", None)]


def test_who_is_excused_afterwards_was_absent(morning: Office) -> None:
    morning.at(f"{TODAY} 12:00:01").excuse_absence("AM", ANN)
    assert moments(morning)[-1] == ("12:00:00", "absent", "AM", ANN)


def test_who_stays_half_an_hour_longer_forgot_to_tap_out(morning: Office) -> None:
    """R-035."""
    morning.tap(ANN, f"{TODAY} 09:00")
    assert moments(morning) == [("12:30:00", "forgotten", None, ANN)]


def test_who_taps_out_in_the_last_second_of_that_half_hour_did_not(morning: Office) -> None:
    morning.tap(ANN, f"{TODAY} 09:00")
    morning.tap(ANN, f"{TODAY} 12:29:59")
    assert moments(morning) == []


def test_who_is_in_without_a_duty_is_told_at_their_tap_and_when_the_day_ends_on_them(office: Office) -> None:
    office.tap(BEN, f"{TODAY} 10:00")
    assert moments(office) == [("10:00:00", "without_duty", None, BEN), ("27:59:59", "forgotten", None, BEN)]


@pytest.mark.parametrize("listed", [(), (BEN,)])
def test_who_serves_at_an_event_needs_no_duty(office: Office, listed: tuple[UUID, ...]) -> None:
    office.at("2026-11-01 09:00").schedule_event("Fair", f"{TODAY} 09:00", "12:00", *listed)
    office.tap(BEN, f"{TODAY} 10:00")
    office.tap(BEN, f"{TODAY} 11:00")
    assert moments(office) == []


def test_who_is_flexible_needs_no_duty(office: Office) -> None:
    """R-026."""
    guest = UUID(int=7, version=4)
    office.onboard(guest, "flexible")
    office.tap(guest, f"{TODAY} 10:00")
    office.tap(guest, f"{TODAY} 11:00")
    assert moments(office) == []


def test_a_refused_card_is_told_with_the_reason(office: Office) -> None:
    """R-021."""
    office.tap("a stranger's card", f"{TODAY} 10:00")
    assert story(office).entries == [TimelineEntry(local_second(f"{TODAY} 10:00"), "refused", reason="unknown_card")]


def test_refusals_that_were_summed_are_told_once(office: Office) -> None:
    """R-021."""
    office.door.refusal_sums = RefusalSums()
    office.at(f"{TODAY} 10:00").door.count_unanswered("front", 40_000)
    office.door.record_refusal_sums(ends=True)
    assert story(office).entries == [TimelineEntry(local_second(f"{TODAY} 10:00"), "refused", reason="unanswered")]


def test_a_departure_without_an_arrival_is_told(office: Office) -> None:
    office.tap(ANN, f"{TODAY} 10:00", direction="out")
    assert moments(office) == [("10:00:00", "unmatched", None, ANN)]


def test_a_duty_without_anybody_is_uncovered_when_it_begins(office: Office) -> None:
    office.at("2026-11-01 09:00").schedule_shift("AM", f"{TODAY} 09:00", "12:00")
    assert moments(office) == [("09:00:00", "uncovered", "AM", None)]


def test_what_a_kiosk_held_back_is_told_when_it_arrives(morning: Office) -> None:
    """Two clocks: the roster of then could not know."""
    morning.tap(ANN, f"{TODAY} 09:00", recorded=f"{TODAY} 13:00")
    assert story(morning).taps == [local_second(f"{TODAY} 13:00")]
    assert moments(morning) == [
        ("09:10:01", "uncovered", "AM", None),
        ("12:00:00", "absent", "AM", ANN),
        ("13:00:00", "forgotten", None, ANN),
    ]


# --- Finding one's way in it ---


def test_two_taps_in_one_second_are_one_step(office: Office) -> None:
    for at in ("09:00:00", "09:00:00", "09:00:01"):
        office.tap(ANN, f"{TODAY} {at}")
    assert len(story(office).taps) == 2


HIS = Timeline((10, 20), (TimelineEntry(15, "refused"), TimelineEntry(20, "late"), TimelineEntry(20, "unmatched")))


@pytest.mark.parametrize(("at", "before", "after"), [(9, None, 10), (10, None, 20), (11, 10, 20), (20, 10, None)])
def test_the_taps_before_and_after_an_instant(at: Second, before: Second | None, after: Second | None) -> None:
    assert (HIS.find_tap_before(at), HIS.find_tap_after(at)) == (before, after)


@pytest.mark.parametrize(("at", "kinds"), [(14, ["refused"]), (15, ["late", "unmatched"]), (20, [])])
def test_the_next_exceptions_are_all_of_the_next_instant(at: Second, kinds: list[str]) -> None:
    assert [moment.kind for moment in HIS.find_entries_after(at)] == kinds


def test_it_begins_with_whatever_happens_first() -> None:
    assert [HIS.begins, HIS._replace(taps=()).begins, Timeline((), ()).begins] == [10, 15, None]
