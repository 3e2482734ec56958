"""The controller without a home: what it makes of the answers of its sources, and of a source that fails."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from domain.calendar import TAIPEI
from domain.log.errors import LogMissing
from domain.policy import Policy
from domain.spans import second
from domain.use_cases.check_in import TapAnswer, TapOutcome
from kiosk.entrance.cards_ahead import READ_SECONDS
from kiosk.entrance.notice import build_notice
from kiosk.entrance.service import StorageTrouble, TapResult
from kiosk.errors import UserError
from kiosk.text.short_codes import compute_code
from projections.read_models.today import OwnSession, Today
from tests.kiosk.entrance.fake_sources import (
    ANN,
    CARD,
    CARD_NEXT,
    DAY,
    DUTY,
    NINE,
    FakeDays,
    FakeDoor,
    FakePeople,
    Sources,
)
from tests.support.fixed_clock import FixedClock

# --- What is recorded, and shown ---


def test_a_tap_is_recorded_with_its_token_its_reader_its_direction_and_when_it_was_read() -> None:
    sources = Sources()
    sources.tap(NINE + timedelta(seconds=3, microseconds=7))
    assert sources.door.taps == [(str(CARD), "exit", "out", NINE + timedelta(seconds=3, microseconds=7))]


def test_cards_are_read_ahead_without_a_wait_for_other_programs() -> None:
    """A card that comes meanwhile has a second to be written."""
    sources = Sources(cards=["a", "b"])
    sources.controller.read_ahead()
    today = NINE.astimezone(TAIPEI).date()
    assert (sources.door.ahead, sources.waits) == ([("a", today), ("b", today)], [READ_SECONDS])


def test_a_log_that_does_not_answer_while_cards_are_read_ahead_is_no_trouble() -> None:
    """The next tap says what is wrong."""
    Sources(FakeDoor(log_works=False), cards=["a"]).controller.read_ahead()


def test_the_result_joins_the_answer_the_masked_name_and_the_day() -> None:
    assert Sources().tap() == TapResult(
        "checked_in",
        NINE.astimezone(TAIPEI),
        name="王〇〇",
        since=NINE.astimezone(TAIPEI),
        duty="櫃台",
        today_minutes=30,
        month_minutes=90,
    )


@pytest.mark.parametrize(("stored", "shown"), [("vi", "vi"), ("de", "zh-TW"), (None, "zh-TW")])
def test_a_language_that_the_screen_does_not_have_becomes_chinese(stored: str | None, shown: str) -> None:
    assert Sources(people=FakePeople(language=stored)).tap().language == shown


@pytest.mark.parametrize(("clock", "trusted"), [("ok", True), ("simulated", True), ("unsynchronised", False)])
def test_a_result_says_whether_the_clock_of_its_tap_is_trusted(clock: str, trusted: bool) -> None:
    answer = msgspec.structs.replace(FakeDoor().answer, clock=clock)
    assert Sources(FakeDoor(answer)).tap().clock_trusted == trusted


def test_a_refused_card_without_a_holder_has_neither_name_nor_day() -> None:
    answer = TapAnswer("refused", NINE, 1, "unknown_card")
    assert Sources(FakeDoor(answer)).tap() == TapResult("unknown_card", NINE.astimezone(TAIPEI))


# --- A source that fails ---


@pytest.mark.parametrize("failure", [UserError("no people store"), ValueError("no text")])
def test_a_people_store_that_fails_for_whatever_reason_costs_the_name_alone(failure: Exception) -> None:
    result = Sources(people=FakePeople(failure=failure)).tap()
    assert (result.name, result.language, result.duty) == (None, "zh-TW", "櫃台")


@pytest.mark.parametrize("days", [FakeDays(works=False), FakeDays(today=None)], ids=["fail", "know no volunteer"])
def test_read_models_that_fail_or_do_not_hold_the_volunteer_cost_the_hours_alone(days: FakeDays) -> None:
    result = Sources(days=days).tap()
    assert (result.state, result.name, result.duty, result.today_minutes) == ("checked_in", "王〇〇", None, None)


def test_a_duty_whose_time_cannot_be_shown_costs_the_hours_alone() -> None:
    result = Sources(days=FakeDays(today=DAY._replace(duties=[DUTY._replace(start=10**18, post=None)]))).tap()
    assert (result.state, result.name, result.duty, result.today_minutes) == ("checked_in", "王〇〇", None, None)


@pytest.mark.parametrize(
    ("outcome", "shows_hours", "asked"),
    [("duplicate", True, 1), ("duplicate", False, 0), ("checked_in", True, 0), ("checked_out", True, 0)],
)
def test_only_a_second_tap_asks_for_the_next_award_where_the_unit_wants_it(
    outcome: TapOutcome,
    shows_hours: bool,
    asked: int,
) -> None:
    """R-125: where it fails, the line alone is left out."""
    for works in (True, False):
        door = FakeDoor(TapAnswer(outcome, NINE, 1, volunteer_id=ANN))
        days = FakeDays(policy=Policy(show_own_hours=shows_hours), has_awards=works)
        result = Sources(door, days=days).tap()
        assert (days.asked, result.next_award) == (asked, CARD_NEXT if asked and works else None)
        assert (result.month_minutes, result.year_minutes) == (DAY.month_minutes, 5910 if asked else None)


def test_a_log_that_fails_is_storage_trouble_and_no_result() -> None:
    sources = Sources(FakeDoor(log_works=False))
    with pytest.raises(StorageTrouble):
        sources.tap()
    with pytest.raises(StorageTrouble):
        sources.controller.record_unreadable("exit")
    assert not sources.controller.is_storage_ready()
    assert sources.door.taps == []


# --- The clock ---


@pytest.mark.parametrize("log_works", [True, False])
@pytest.mark.parametrize(("trust", "trusted"), [("ok", True), ("unknown", False)])
def test_the_clock_is_rated_whether_or_not_its_changes_can_be_written(
    trust: str, trusted: bool, log_works: bool
) -> None:
    sources = Sources(FakeDoor(log_works=log_works), clock=FixedClock(NINE, trust))
    assert sources.controller.is_clock_trusted() == trusted


def test_the_time_of_day_is_local() -> None:
    assert Sources().controller.now().isoformat() == "2026-11-19T09:00:00+08:00"


def test_cards_without_an_answer_are_counted_before_anything_is_written() -> None:
    sources = Sources(door=FakeDoor(log_works=False))
    with pytest.raises(StorageTrouble):
        sources.controller.check_refusals({"door": 7})
    assert sources.door.unanswered == {"door": 7}


def test_the_readers_of_nonsense_are_those_of_the_door() -> None:
    assert Sources().controller.check_refusals({"door": 7}) == ("door",)


# --- A meeting or a training ---

MEETING = OwnSession(second(NINE + timedelta(minutes=20)), second(NINE + timedelta(hours=2)), "志工會議")
MEETING_DAY = Today("rostered", [], [], minutes=0, month_minutes=90, forgot_last_time=False, sessions=[MEETING])


def test_a_volunteer_who_comes_to_a_meeting_is_shown_that_and_no_duty() -> None:
    """R-033: 已報到：志工會議, whatever the roster says of the day."""
    result = Sources(days=FakeDays(today=MEETING_DAY)).tap()
    assert (result.session, result.duty, result.remarks) == ("志工會議", None, ())
    notice = build_notice(result)
    assert (notice.headline, notice.duty, notice.next_step) == ("已報到", "志工會議", "離開時請再刷卡")


def test_a_volunteer_who_comes_for_a_duty_is_shown_the_duty() -> None:
    """R-033: the duty comes first."""
    result = Sources(days=FakeDays(today=MEETING_DAY._replace(duties=[DUTY]))).tap()
    assert (result.session, result.duty) == (None, "櫃台")


def test_a_minute_too_early_for_the_meeting_the_volunteer_is_off_the_roster() -> None:
    """As for a duty, 30 minutes before it and no earlier."""
    later = MEETING._replace(start=second(NINE + timedelta(minutes=30, seconds=1)))
    result = Sources(days=FakeDays(today=MEETING_DAY._replace(sessions=[later]))).tap()
    assert (result.session, result.remarks) == (None, ("off_roster",))


# --- The code of a tap ---


def test_a_unit_that_wants_it_shows_the_code_of_the_head_that_holds_the_tap() -> None:
    assert Sources().tap().receipt == ""
    result = Sources(find_chain=lambda position: bytes([position]) * 32).tap()
    assert result.receipt == f"#1:{compute_code(bytes([1]) * 32)}"
    assert build_notice(result).receipt == result.receipt


@pytest.mark.parametrize("failure", [LogMissing(Path("log.db")), ValueError("not enough values to unpack")])
def test_a_code_that_cannot_be_looked_up_for_whatever_reason_is_left_out(failure: Exception) -> None:
    """The tap is recorded: its result is shown, and the entrance goes on."""

    def refuse(_position: int) -> bytes:
        raise failure

    assert Sources(find_chain=refuse).tap() == Sources().tap()
