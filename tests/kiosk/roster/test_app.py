"""The roster's app over sources in memory: what its screens show and ask for, without a home, a log or a disk."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from textual.widgets import Input

from domain.calendar import OpenDays, ServiceDays
from domain.errors import DomainError, NotOnLeave, ShiftCancelled
from domain.policy import Policies
from domain.spans import Second, second
from kiosk.accounts.pins import Pin
from kiosk.effects import Effect
from kiosk.roster.corrections.pin_session import PinHolder, PinSession
from kiosk.roster.view_model import DayView, Duty, KioskLastSeen, Person, Present, RosterView, Row, Tap
from kiosk.words.refusals import format_refusal
from projections.evaluation.facts import Assignment, UnitInForce
from projections.evaluation.outcomes import DutyResult
from projections.read_models.effects import DutyChange, VolunteerEffect
from projections.read_models.explanation import Explanation
from projections.read_models.settlements import Correction, Excusing
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.app_harness import open_app

TAIPEI = ZoneInfo("Asia/Taipei")
DAY = date(2026, 11, 19)
ANN, BEN, LIN = uuid4(), uuid4(), uuid4()
ANN_ON_SCREEN, BEN_ON_SCREEN = Person("V001", "安〇"), Person("V002", "本〇")
REASON = "seen at the door"


def at(clock: str) -> datetime:
    return datetime.combine(DAY, time.fromisoformat(clock), TAIPEI)


DESK = Duty("morning", at("09:00"), at("12:00"), "服務台")
ANN_ABSENT = Row("S1/ann", DESK, ANN_ON_SCREEN, "absent", None, 0, None, "shift", ANN)
BEN_EXPECTED = Row("S1/ben", DESK, BEN_ON_SCREEN, "late", None, 10, None, "shift", BEN)
BEN_HERE = BEN_EXPECTED._replace(state="here", at=at("09:10"))
MORNING = RosterView(
    unit="清溪區戶政事務所",
    banner="",
    now=at("09:10"),
    day=DAY,
    past=False,
    rows=(ANN_ABSENT, BEN_EXPECTED),
    uncovered=(),
    taps=(),
    kiosks=(KioskLastSeen("entrance", None),),
    present=(),
)
AFTER_BENS_TAP = MORNING._replace(
    rows=(ANN_ABSENT, BEN_HERE),
    taps=(Tap(at("09:10"), BEN_ON_SCREEN, "checked_in"),),
    present=(Present(BEN_ON_SCREEN, at("09:10"), "entrance", "09:00-12:00 服務台"),),
)

MISSED = DutyResult(
    Assignment("S1", DAY.toordinal(), second(at("09:00")), second(at("12:00")), None, False, "responsible"),
    "absent",
    0,
    0,
    None,
)
UNIT = UnitInForce(ServiceDays(TAIPEI, [(date.min, time(4))]), Policies(), None, OpenDays(TAIPEI, ()))


def explain_day(volunteer_id: UUID, person: Person) -> DayView:
    """The day of a volunteer who missed one duty."""
    explanation = Explanation(DAY, [MISSED], [], [], UNIT, [], [], [])
    return DayView(volunteer_id, person, DAY, at("09:10"), False, TAIPEI, explanation, [], {}, {}, {})


class MemorySource:
    """A source with a view that the test replaces, and days that it counts when they are loaded."""

    def __init__(self, view: RosterView) -> None:
        self._view: RosterView | None = view
        self.loaded: list[UUID] = []

    def poll(self) -> RosterView | None:
        view, self._view = self._view, None
        return view

    def change(self, view: RosterView) -> None:
        self._view = view

    def load_day(self, volunteer_id: UUID, day: date) -> DayView:
        assert day == DAY
        self.loaded.append(volunteer_id)
        return explain_day(volunteer_id, {ANN: ANN_ON_SCREEN, BEN: BEN_ON_SCREEN}[volunteer_id])


class MemoryCorrections:
    """Corrections of one coordinator: each is kept, or refused with the error that the test sets."""

    def __init__(self, refusal: DomainError | None = None) -> None:
        self._refusal = refusal
        self.applied: list[tuple[UUID, Correction, str, UUID]] = []

    def list_coordinators(self) -> dict[UUID, str]:
        return {LIN: "林〇任"}

    def check_lockout(self, actor: UUID) -> None:
        assert actor == LIN

    def authenticate(self, actor: UUID, pin: Pin) -> bool:
        return actor == LIN and pin == Pin("482915")

    def now(self) -> Second:
        return second(at("09:10"))

    def preview(self, day: DayView, correction: Correction) -> Effect:
        assert (day.volunteer, correction) == (ANN, Excusing("S1"))
        changed = DutyChange("S1", DAY.toordinal(), "absent", "leave")
        return Effect(ANN, service=VolunteerEffect(ANN, duties=(changed,)))

    def apply(self, volunteer_id: UUID, correction: Correction, reason: str, by: UUID) -> None:
        if self._refusal:
            raise self._refusal
        self.applied.append((volunteer_id, correction, reason, by))

    def format_refusal(self, refusal: DomainError, sentences: Mapping[str, str]) -> str:
        return format_refusal(refusal, {ANN: "V001"}.get, TAIPEI, sentences)


def open_session() -> PinSession:
    session = PinSession()
    session.begin(PinHolder(LIN, "林〇任"))
    return session


# --- The view ---


@async_test
async def test_the_first_view_is_shown_with_its_alerts_and_its_rows() -> None:
    async with open_app(MemorySource(MORNING)) as roster:
        await roster.wait_for_text("清溪區戶政事務所", "2026-11-19 09:10", "V001  安〇", "x 缺席", "! 遲到 10 分，未到")
        assert roster.shows_text("在場 0", "今天還沒有人刷卡")


@async_test
async def test_a_tap_that_arrives_is_shown_in_its_row_and_among_the_taps() -> None:
    source = MemorySource(MORNING)
    async with open_app(source) as roster:
        await roster.wait_for_text("在場 0")
        source.change(AFTER_BENS_TAP)
        await roster.wait_for_text("在場 1", "+ 在場 09:10", "09:10  簽到  V002 本〇")
        assert roster.table.row_count == 2


@async_test
async def test_a_search_leaves_the_rows_that_match() -> None:
    async with open_app(MemorySource(MORNING)) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.pilot.press("slash", *"v002")
        await roster.wait_for_text("搜尋「v002」：1 / 2")
        assert roster.table.row_count == 1
        await roster.pilot.press("escape")
        await roster.wait_until(lambda: roster.table.row_count == 2, "the search is still open")
        await roster.pilot.press("slash")
        roster.app.screen.query_one("#search", Input).value = "ｖ００２"
        await roster.wait_for_text("：1 / 2")


@async_test
async def test_a_search_finds_a_name_in_either_normal_form() -> None:
    named = ANN_ABSENT._replace(person=Person("V001", "H. \u1ebe"))
    async with open_app(MemorySource(MORNING._replace(rows=(named, BEN_EXPECTED)))) as roster:
        await roster.wait_for_text("V001")
        await roster.pilot.press("slash")
        roster.app.screen.query_one("#search", Input).value = "E\u0302\u0301"
        await roster.wait_for_text("：1 / 2")


@async_test
async def test_the_muster_sheet_lists_who_is_in() -> None:
    source = MemorySource(MORNING)
    async with open_app(source) as roster:
        await roster.wait_for_text("在場 0")
        await roster.pilot.press("m")
        await roster.wait_for_text("緊急疏散點名單", "沒有人在場")
        source.change(AFTER_BENS_TAP)
        await roster.wait_for_text(
            "在場 1 人", "[ ] V002       本〇       09:10       entrance       09:00-12:00 服務台"
        )


# --- A day ---


@async_test
async def test_a_day_is_loaded_when_it_is_opened_and_again_when_the_view_changes() -> None:
    source = MemorySource(MORNING)
    async with open_app(source) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.open_day("V001", "2026-11-19  V001 安〇", "S1：缺席")
        assert source.loaded == [ANN]
        source.change(AFTER_BENS_TAP)
        await roster.wait_until(lambda: source.loaded == [ANN, ANN], "the day was not loaded again")


class LongNumbers(MemorySource):
    """A volunteer with a long number."""

    def load_day(self, volunteer_id: UUID, day: date) -> DayView:
        return super().load_day(volunteer_id, day)._replace(person=Person("HR-2024-0017", "陳〇玉"))


SIMULATED = MORNING._replace(banner="模擬 SIMULATION")


@async_test
async def test_at_sixty_columns_the_clock_makes_room_for_the_day_and_the_number() -> None:
    """The day that a key would correct stands there, beside the banner of a simulation and the coordinator."""
    async with open_app(LongNumbers(SIMULATED), (60, 20), pin_session=open_session()) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.pilot.press("down", "enter")
        await roster.wait_for_text("S1：缺席")
        assert roster.shows_text("2026-11-19  HR-2024-0017", SIMULATED.banner, "林〇任 (x)"), roster.rows()
        assert not roster.shows_text("09:10")


@async_test
async def test_where_there_is_room_the_clock_stands_beside_them() -> None:
    async with open_app(LongNumbers(SIMULATED), (100, 20), pin_session=open_session()) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.pilot.press("down", "enter")
        await roster.wait_for_text("S1：缺席")
        texts = "2026-11-19  HR-2024-0017 陳〇玉", SIMULATED.banner, "林〇任 (x)", "2026-11-19 09:10"
        assert roster.shows_text(*texts), roster.rows()


# --- A correction ---


@async_test
async def test_a_correction_goes_to_the_service_after_pin_reason_and_preview() -> None:
    corrections = MemoryCorrections()
    async with open_app(MemorySource(MORNING), corrections=corrections) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.open_day("V001", "S1：缺席")
        await roster.pilot.press("e")
        await roster.wait_for_text("林〇任 的 PIN")
        await roster.type_answer("482915")
        await roster.wait_for_text("2026-11-19  V001 安〇  缺席改為請假  S1", "理由（必填")
        await roster.type_answer(REASON)
        await roster.wait_for_text("S1：缺席 -> 請假")
        await roster.pilot.press("y")
        await roster.wait_for_text("完成")
    assert corrections.applied == [(ANN, Excusing("S1"), REASON, LIN)]


@async_test
async def test_a_refused_correction_is_reported_in_the_language_of_the_screen() -> None:
    corrections = MemoryCorrections(ShiftCancelled("S1"))
    async with open_app(MemorySource(MORNING), corrections=corrections, pin_session=open_session()) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.pilot.press("l")
        await roster.wait_for_text("V001  安〇", "10 min late")
        await roster.open_day("V001", "S1: absent")
        await roster.pilot.press("e")
        await roster.wait_for_text("Reason (required")
        await roster.type_answer(REASON)
        await roster.wait_for_text("S1: absent -> on leave")
        await roster.pilot.press("y")
        await roster.wait_for_text("Refused: shift S1 is cancelled: schedule another")
    assert corrections.applied == []


@async_test
async def test_a_refusal_names_the_volunteer_by_number() -> None:
    corrections = MemoryCorrections(NotOnLeave(ANN, "S1"))
    async with open_app(MemorySource(MORNING), corrections=corrections, pin_session=open_session()) as roster:
        await roster.wait_for_text("V001  安〇")
        await roster.open_day("V001", "S1：缺席")
        await roster.pilot.press("e")
        await roster.wait_for_text("理由（必填")
        await roster.type_answer(REASON)
        await roster.wait_for_text("S1：缺席 -> 請假")
        await roster.pilot.press("y")
        await roster.wait_for_text("未受理", "V001")
        assert not roster.shows_text(str(ANN))
