"""The kiosks that joined, as rows for a list, for checks and for a page; and what their alarms ask of a person."""

from datetime import datetime
from typing import Any

from domain.model.kiosk_register import Alarm, AlarmKind
from domain.use_cases.joined_kiosks import KioskState, load_kiosk_states
from kiosk.home import Home
from kiosk.words.kiosks import KioskText

COLUMNS = ("kiosk", "joined", "heard", "complete", "held", "unsent", "alarm", "revoked", "log_id")
"""The keys of a row, in order."""
REMEDIES: dict[AlarmKind, KioskText] = {
    "went_back": KioskText.JOIN_ANEW,
    "forked": KioskText.JOIN_ANEW,
    "restored": KioskText.JOIN_ANEW,
    "clone": KioskText.STOP_ONE,
    "not_yours": KioskText.LOOK_INTO_IT,
}


def build_kiosk_rows(home: Home) -> list[dict[str, Any]]:
    """A row a kiosk, in the order in which they joined. Raises: LogError."""
    return [_build_row(state, home) for state in load_kiosk_states(home.log)]


def _build_row(state: KioskState, home: Home) -> dict[str, Any]:
    source, heard = state.source, state.heard

    def localise(at: datetime | None) -> str | None:
        return at and at.astimezone(home.zone).replace(microsecond=0).isoformat()

    return {
        "kiosk": source.kiosk,
        "joined": localise(source.joined_at),
        "heard": localise(heard.at if heard else None),
        "complete": localise(heard.complete_at if heard else None),
        "held": state.held,
        "unsent": state.unsent,
        "alarm": source.alarm and source.alarm.kind,
        "revoked": source.is_revoked,
        "log_id": str(source.log_id),
    }


def explain_alarm(kiosk: str, alarm: Alarm) -> str:
    """What an alarm means, and what to do about it."""
    what = KioskText[alarm.kind.upper()].fill(held=alarm.held, reached=alarm.reached, detail=alarm.detail)
    return KioskText.ALARM.fill(kiosk=kiosk, what=what, remedy=REMEDIES[alarm.kind].fill())
