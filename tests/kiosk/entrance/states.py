"""One of every screen that a designer cares about: who taps, and what is wrong meanwhile."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import get_args

from devices.readers.events import CardPresented, ReaderEvent, ReaderLost
from kiosk.entrance.look import EntranceOptions
from kiosk.entrance.results import Language, Remark, ResultState, TapResult
from tests.kiosk.entrance.stage import ANN, ANNS_CARD, AT, BEFORE, UNIT, ScriptedService

SIMULATION = EntranceOptions(UNIT, banner="模擬 SIMULATION", result_seconds=600)
TAP = CardPresented(ANNS_CARD, "入口", AT)


@dataclass(frozen=True)
class Scene:
    """What happens before the screen is looked at."""

    result: TapResult | None = None
    events: tuple[ReaderEvent, ...] = ()
    storage_works: bool = True
    trusted: bool = True
    readers: tuple[str, ...] = field(default=("入口", "側門"))

    def service(self) -> ScriptedService:
        return ScriptedService({ANNS_CARD: self.result or ANN}, self.storage_works, self.trusted)


def _tapped(state: ResultState, language: Language = "zh-TW", *remarks: Remark) -> Scene:
    return Scene(replace(_FULL, state=state, language=language, remarks=remarks), (TAP,))


_FULL = TapResult(
    "checked_in",
    AT,
    name="王〇明",
    since=BEFORE,
    minutes_off=12,
    duty="櫃台引導",
    today_minutes=181,
    month_minutes=931,
    counts_again_at=AT + timedelta(minutes=1),
)

SCENES = {
    "idle": Scene(),
    "idle, clock not set, a reader lost": Scene(events=(ReaderLost("側門", "its cable"),), trusted=False),
    "no reader": Scene(events=(ReaderLost("入口", "its cable"), ReaderLost("側門", "its cable"))),
    "no storage": Scene(ANN, (TAP,), storage_works=False),
    "late": _tapped("checked_in", "zh-TW", "late"),
    "late, in Vietnamese": _tapped("checked_in", "vi", "late"),
    "forgot last time, in Indonesian": _tapped("checked_in", "id", "forgot_last_time"),
    "already, everything wrong": replace(
        _tapped("already", "vi"), events=(TAP, ReaderLost("側門", "its cable")), trusted=False
    ),
    "already, in English": _tapped("already", "en"),
    **{state: _tapped(state) for state in get_args(ResultState)},
}
