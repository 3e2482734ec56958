"""Why a hub takes nothing, as the kiosk is answered: one code each, which tells it what to do."""

from domain.log.errors import LogBusy
from domain.source_errors import (
    KeyNotValid,
    KioskNameTaken,
    NotSigned,
    SourceBehind,
    SourceRefused,
    SourceStopped,
    TooMuchAtOnce,
    UnknownSource,
)
from kiosk.sync.retry import draw_at_random
from kiosk.wire_protocol.messages import Refusal, RefusalCode

BUSY_SECONDS, FAILED_SECONDS = 1.0, 10.0
"""When to ask again: a hub whose log another program holds, and one that cannot read or write, at the least."""

CODES: dict[type[Exception], RefusalCode] = {
    UnknownSource: "unknown_source",
    KeyNotValid: "key_not_valid",
    NotSigned: "not_signed",
    TooMuchAtOnce: "too_much",
    KioskNameTaken: "name_taken",
}


class HubRefused(Exception):
    """The hub takes nothing, and says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def refuse(code: RefusalCode) -> HubRefused:
    """A refusal that needs no more than its code."""
    return HubRefused(Refusal(code))


def build_busy(seconds: float) -> Refusal:
    """The kiosk is to ask again, not before so many seconds."""
    return Refusal("busy", wait_seconds=seconds)


def build_refusal(refused: SourceRefused | KioskNameTaken) -> Refusal:
    """Why what a kiosk sent is not taken."""
    match refused:
        case SourceBehind():
            return Refusal("behind", held=refused.held)
        case SourceStopped():
            return Refusal("stopped", alarm=refused.alarm)
        case _:
            return Refusal(CODES[type(refused)])


def build_failure(error: Exception) -> Refusal:
    """What the home could not do now. All kiosks of a hub hear it where its database is away: they are spread."""
    if isinstance(error, LogBusy):
        return build_busy(BUSY_SECONDS)
    return build_busy(draw_at_random(FAILED_SECONDS, 2 * FAILED_SECONDS))
