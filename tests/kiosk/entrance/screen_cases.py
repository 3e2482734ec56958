"""One of every screen that a designer cares about: who taps, and what is wrong meanwhile."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import get_args

from devices.faults import Fault, PortFault
from devices.readers.events import CardPresented, ReaderEvent, ReaderLost
from domain.use_cases.tap_meaning import EarlierTap
from kiosk.entrance.cell_grid import CellGrid
from kiosk.entrance.service import EntranceOptions, NextAward, TapResult
from kiosk.words.volunteer_words import Language, Remark, ResultState
from tests.kiosk.entrance.app_harness import ANN, ANNS_CARD, AT, BEFORE, UNIT, ScriptedService

SIMULATION = EntranceOptions(UNIT, banner="模擬 SIMULATION", result_seconds=600, grid=CellGrid(mode="quadrants"))
"""Its large text has two colours and no shade between them."""
LOST = Fault(PortFault.LOST)
TAP = CardPresented(ANNS_CARD, "入口", AT)


@dataclass(frozen=True)
class ScreenCase:
    """What happens before the screen is captured."""

    result: TapResult | None = None
    events: tuple[ReaderEvent, ...] = ()
    storage_works: bool = True
    trusted: bool = True
    readers: tuple[str, ...] = field(default=("入口", "側門"))

    def build_service(self) -> ScriptedService:
        return ScriptedService({ANNS_CARD: self.result or ANN}, self.storage_works, self.trusted)


def _case_after_tap(state: ResultState, language: Language = "zh-TW", *remarks: Remark) -> ScreenCase:
    return ScreenCase(replace(_FULL_RESULT, state=state, language=language, remarks=remarks), (TAP,))


_FULL_RESULT = TapResult(
    "checked_in",
    AT,
    name="王〇明",
    since=BEFORE,
    minutes_off=12,
    duty="櫃台引導",
    today_minutes=181,
    month_minutes=931,
    earlier=EarlierTap("checked_in", AT, AT + timedelta(minutes=1)),
)

SCREEN_CASES = {
    "idle": ScreenCase(),
    "idle, clock not set, a reader lost": ScreenCase(events=(ReaderLost("側門", LOST),), trusted=False),
    "no reader": ScreenCase(events=(ReaderLost("入口", LOST), ReaderLost("側門", LOST))),
    "no storage": ScreenCase(ANN, (TAP,), storage_works=False),
    "late": _case_after_tap("checked_in", "zh-TW", "late"),
    "late, in Vietnamese": _case_after_tap("checked_in", "vi", "late"),
    "at a meeting": ScreenCase(replace(_FULL_RESULT, duty=None, session="志工會議"), (TAP,)),
    "forgot last time, in Indonesian": _case_after_tap("checked_in", "id", "forgot_last_time"),
    "already, with the own hours": replace(
        _case_after_tap("already"),
        result=replace(
            _FULL_RESULT, state="already", year_minutes=5910, next_award=NextAward("志願服務榮譽卡", 750, None)
        ),
    ),
    "already, with the own hours and a long award, in Vietnamese": replace(
        _case_after_tap("already"),
        result=replace(
            _FULL_RESULT,
            state="already",
            language="vi",
            year_minutes=5910,
            next_award=NextAward("榮譽觀護人及犯罪被害人保護志工獎勵", 9030, date(2027, 3, 1)),
        ),
    ),
    "already, everything wrong": replace(
        _case_after_tap("already", "vi"), events=(TAP, ReaderLost("側門", LOST)), trusted=False
    ),
    "already, in English": _case_after_tap("already", "en"),
    **{state: _case_after_tap(state) for state in get_args(ResultState)},
}
