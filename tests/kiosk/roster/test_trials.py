"""What if, at the roster: a visit void, a shift cancelled or at other times; shown, and nothing is written."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar
from uuid import UUID

import msgspec
import pytest
from textual.events import Key

from domain.errors import EndsBeforeStart
from domain.spans import second
from kiosk.desk.home_access import HomeReader
from kiosk.effects import Effect, ShownWhatIf, WhatIf
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.roster.corrections.corrections import Trial
from kiosk.roster.corrections.dialog import Prompter, Question
from kiosk.roster.corrections.pin_session import SESSION_SECONDS, PinHolder, PinSession
from kiosk.roster.corrections.service import HomeCorrectionService
from kiosk.roster.corrections.trials import TrialDialog
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.view_model import DayView, RosterView
from kiosk.what_if import foresee
from kiosk.words.staff_zh_tw import ROSTER
from projections.read_models.effects import DutyChange, Grounds, VolunteerEffect
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.app_harness import open_app
from tests.kiosk.roster.authenticated import LIN, Seconds
from tests.kiosk.roster.morning_data import DAY
from tests.kiosk.roster.test_app import (
    ANN,
    ANN_ON_SCREEN,
    MISSED,
    MORNING,
    TAIPEI,
    MemoryCorrections,
    MemorySource,
    at,
    explain_day,
    open_session,
)
from tests.kiosk.roster.test_app import LIN as LIN_ID
from tests.support.people import local_second
from tests.support.waiting import TIMEOUT_SECONDS

R = TypeVar("R")


class MemoryTrials(MemoryCorrections):
    """What is tried is kept; the answer comes when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.tried: list[Trial] = []
        self.may_answer = Event()

    def foresee(self, day: DayView, trial: Trial, by: UUID) -> ShownWhatIf:
        assert by == LIN_ID
        self.tried.append(trial)
        assert self.may_answer.wait(TIMEOUT_SECONDS)
        changed = DutyChange("S1", day.date.toordinal(), "attended", "cancelled", (8, 0), (5, 0))
        effect = Effect(ANN, "V001", VolunteerEffect(ANN, 60, 0, (changed,), (), (Grounds("R-050", 3),)))
        return ShownWhatIf(WhatIf([effect], {"volunteers": 1, "outcomes": 1, "late_or_early": 1}), {ANN: "V001 安〇"})


class OutlastedSession(MemoryTrials):
    """The coordinator's session ends as the answer comes."""

    def __init__(self, clock: Seconds) -> None:
        super().__init__()
        self._clock = clock

    def foresee(self, day: DayView, trial: Trial, by: UUID) -> ShownWhatIf:
        shown = super().foresee(day, trial, by)
        self._clock.now = SESSION_SECONDS
        return shown


class UnreadableDays(MemorySource):
    """The roster is shown; a day of it can be read once the test says so."""

    is_readable = False

    def load_day(self, volunteer_id: UUID, day: date) -> DayView:
        if not self.is_readable:
            raise UserError("the disk is full")
        return super().load_day(volunteer_id, day)


class SlowDays(MemorySource):
    """Days before the one of the roster take until the test lets them come."""

    def __init__(self, view: RosterView) -> None:
        super().__init__(view)
        self.may_answer = Event()

    def load_day(self, volunteer_id: UUID, day: date) -> DayView:
        assert day == MORNING.day or self.may_answer.wait(TIMEOUT_SECONDS)
        return super().load_day(volunteer_id, MORNING.day)._replace(date=day)


@async_test
async def test_a_shift_is_tried_while_the_roster_goes_on_and_what_changes_is_shown() -> None:
    trials = MemoryTrials()
    async with open_app(MemorySource(MORNING), corrections=trials, pin_session=open_session()) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.pilot.press("w")
        await roster.wait_for_text("請先用上下鍵選一位志工")
        await roster.pilot.press("enter", "down", "w")
        await roster.wait_for_text("V001 安〇　2026-11-19　試算：如果不一樣", "> 如果班次 S1  09:00-12:00 改時間")
        await roster.pilot.press("down", "enter")
        await roster.wait_for_text("試算中")
        trials.may_answer.set()
        await roster.wait_for_text(
            "累計採計分鐘：60 -> 0（-60）",
            "S1：出勤、遲到 8 分鐘、早退 5 分鐘 -> 取消",
            "R-050：退場審查將不再成立",
            "沒有寫入任何資料",
        )
    assert trials.tried == [Trial("cancel", "S1")]


@async_test
async def test_a_wait_that_is_left_frees_the_keys_at_once_and_its_answer_is_not_shown() -> None:
    """The call still runs: what is tried next waits for it, and what is left before its turn is never tried."""
    trials = MemoryTrials()
    async with open_app(MemorySource(MORNING), corrections=trials, pin_session=open_session()) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.open_day("V001", "S1：缺席")
        for start in ("10:00", "11:00", "12:00"):
            await roster.pilot.press("w", "enter")
            await roster.wait_for_text("開始時間改為")
            await roster.type_answer(start)
            await roster.type_answer("13:00")
            await roster.wait_for_text("試算中")
            if start != "12:00":
                await roster.pilot.press("escape")
                await roster.wait_for_text("S1：缺席")
        trials.may_answer.set()
        await roster.wait_for_text("沒有寫入任何資料")
    assert trials.tried == [Trial("move", "S1", second(at(start)), second(at("13:00"))) for start in ("10:00", "12:00")]


@async_test
async def test_a_session_that_ends_while_it_calculates_leaves_no_answer_on_the_screen() -> None:
    clock = Seconds()
    pin_session = PinSession(clock=clock)
    pin_session.begin(PinHolder(LIN_ID, "林〇任"))
    trials = OutlastedSession(clock)
    async with open_app(MemorySource(MORNING), corrections=trials, pin_session=pin_session) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.open_day("V001", "S1：缺席")
        await roster.pilot.press("w", "down", "enter")
        await roster.wait_for_text("試算中")
        trials.may_answer.set()
        await roster.wait_for_text("S1：缺席", "p PIN")
    assert trials.tried == [Trial("cancel", "S1")]


@async_test
async def test_a_key_that_comes_twice_at_once_answers_once() -> None:
    """As a key that is held down sends it: the second took down a screen that was not asked for."""
    trials = MemoryTrials()
    async with open_app(MemorySource(MORNING), corrections=trials, pin_session=open_session()) as roster:
        await roster.wait_for_text("V001  安〇")
        for keys, shown in (
            (("down", "w"), "試算：如果不一樣"),
            (("escape", "escape"), "V002  本〇"),
            (("enter", "enter"), "S1：缺席"),
            (("escape", "escape"), "V002  本〇"),
        ):
            for key in keys:
                roster.app.post_message(Key(key, None))
            await roster.wait_for_text(shown)
            await roster.pilot.pause()
        assert len(roster.app.screen_stack) == 1


@async_test
async def test_at_sixty_columns_a_time_that_is_none_is_answered_with_the_whole_sentence() -> None:
    async with open_app(MemorySource(MORNING), (60, 20), MemoryTrials(), open_session()) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.pilot.press("l", "down", "w")
        await roster.wait_for_text("if the shift S1")
        await roster.pilot.press("enter")
        await roster.wait_for_text("New start")
        await roster.type_answer("99")
        await roster.wait_for_text("this is no time: write it as 11:30", "2026-11-19 11:30")


@async_test
async def test_a_key_that_comes_while_another_day_is_read_tries_that_day() -> None:
    """It tried the day of the roster, of a volunteer who has duties on both."""
    source = SlowDays(MORNING)
    async with open_app(source, corrections=MemoryTrials(), pin_session=open_session()) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.open_day("V001", "S1：缺席")
        await roster.pilot.press("less_than_sign")
        await roster.wait_for_text(ROSTER.reading)
        await roster.pilot.press("w")
        source.may_answer.set()
        await roster.wait_for_text("V001 安〇　2026-11-18　試算：如果不一樣")


@async_test
async def test_a_day_that_cannot_be_read_now_is_said_and_the_roster_goes_on() -> None:
    source = UnreadableDays(MORNING)
    async with open_app(source, corrections=MemoryTrials(), pin_session=open_session()) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.pilot.press("down")
        await roster.pilot.press("w")
        await roster.wait_for_text("資料無法讀寫")
        source.is_readable = True
        await roster.pilot.press("enter", "w")
        await roster.wait_for_text("試算：如果不一樣")


@async_test
async def test_the_times_of_a_duty_after_midnight_can_be_left_as_they_are_suggested() -> None:
    """A time alone is one of the service day that is shown: half past one is on the morning after."""
    start = second(datetime(2026, 11, 20, 1, tzinfo=TAIPEI))
    night = MISSED.assignment._replace(shift="N1", start=start, end=start + 10_800)
    view = explain_day(ANN, ANN_ON_SCREEN)
    assert view.explanation
    day = view._replace(
        explanation=view.explanation._replace(duties=[msgspec.structs.replace(MISSED, assignment=night)])
    )
    trials, asked = MemoryTrials(), list[str]()
    trials.may_answer.set()

    async def answer(question: Question) -> str:
        asked.append(question.suggestion)
        typed = "02:30" if len(asked) == 2 else question.suggestion
        assert question.validate(typed) == ""
        return typed if question.kind == "text" else "0"

    async def wait(_: Question, call: Callable[..., R], *args: object) -> R:
        return call(*args)

    prompter = Prompter(answer, wait, ROSTER.corrections)

    def foresee(day: DayView, trial: Trial) -> Awaitable[ShownWhatIf | None]:
        return prompter.wait_for("", "", trials.foresee, day, trial, LIN_ID)

    await TrialDialog(prompter, foresee, ROSTER).run(day)
    assert asked[1:3] == ["2026-11-20 01:00", "2026-11-20 04:00"]
    assert trials.tried == [Trial("move", "N1", start + 5_400, start + 10_800)]


def test_it_is_tried_on_a_copy_by_the_rules_of_the_desk(home: Path) -> None:
    """Without the visit nobody came for the duty yet; nothing is written, and a rule refuses as it would."""
    with Home.open(home) as opened:
        who, by = opened.people.find_id("V006"), opened.people.ensure_actor(LIN)
        assert who is not None
        day = HomeRosterSource(opened).load_day(who, date.fromisoformat(DAY))
        before, service = opened.log.head(), HomeCorrectionService(opened)
        shown = service.foresee(day, Trial("void", local_second(f"{DAY} 08:55")), by)
        assert [effect.service.duties for effect in shown.found.effects] == [
            (DutyChange("GUIDE", day.date.toordinal(), "attended", "upcoming", early=(118, 0)),)
        ]
        assert shown.labels == {who: "V006 李〇婷"}
        backwards = Trial("move", "GUIDE", local_second(f"{DAY} 10:00"), local_second(f"{DAY} 09:00"))
        with pytest.raises(EndsBeforeStart):
            service.foresee(day, backwards, by)
        assert opened.log.head() == before


def test_neither_a_page_nor_a_tap_waits_while_it_is_tried_and_compared(home: Path) -> None:
    with Home.open(home) as opened:
        reader, asked = HomeReader(opened), list[bool]()

        def ask() -> None:
            with reader.lock, opened.log.writing():
                asked.append(True)

        def ask_from_another_thread(_: Home) -> None:
            other = Thread(target=ask, daemon=True)
            other.start()
            other.join(TIMEOUT_SECONDS)

        foresee(opened, ask_from_another_thread, reader.read)
        assert asked == [True]
