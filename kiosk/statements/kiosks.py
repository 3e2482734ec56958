"""The kiosks that joined, as rows for a list, for checks and for a page; and what their alarms ask of a person."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from domain.log.event_rows import EventRow
from domain.typed_decoding import build_json_decoder
from domain.use_cases.joined_kiosks import KioskState, load_kiosk_states
from kiosk.home import Home
from kiosk.text.masking import mask
from kiosk.text.sanitise import sanitise
from kiosk.words.kiosks import KioskText

if TYPE_CHECKING:
    from domain.model.kiosk_register import Alarm, AlarmKind

COLUMNS = ("kiosk", "joined", "heard", "complete", "held", "unsent", "alarm", "revoked", "log_id")
"""The keys of a row, in order."""
REMEDIES: "dict[AlarmKind, KioskText]" = {
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


def explain_alarm(kiosk: str, alarm: "Alarm") -> str:
    """What an alarm means, and what to do about it."""
    what = KioskText[alarm.kind.upper()].fill(held=alarm.held, reached=alarm.reached, detail=alarm.detail)
    return KioskText.ALARM.fill(kiosk=kiosk, what=what, remedy=REMEDIES[alarm.kind].fill())


# --- What a kiosk has, and its hub has not ---

TAP_COLUMNS = ("at", "volunteer", "name", "kiosk", "reader", "event")
"""The keys of a tap that is not held, in order."""
_TAPS = ("attendance.", "refused-taps.")
_PAGE = 1_000


class _TapFields(msgspec.Struct):
    """What is shown of a tap."""

    at: datetime
    kiosk: str
    reader: str
    volunteer_id: UUID | None = None


_read_tap = build_json_decoder(_TapFields).decode


def list_taps_not_held(home: Home, kiosk: Home) -> list[dict[str, Any]]:
    """The taps in the own log of a kiosk that do not stand in that of its unit, in the order of recording.

    Each is compared as it is stored: where the log of the kiosk was taken back and went on, both lines have events of
    the same stream and number. Raises: LogError.
    """
    held: dict[UUID, set[bytes]] = {}
    rows: list[dict[str, Any]] = []
    after = 0
    while page := kiosk.log.own.read_rows(after, _PAGE):
        for row in map(EventRow._make, page):
            if row.topic.startswith(_TAPS):
                stream = UUID(row.stream)
                if stream not in held:
                    held[stream] = {EventRow._make(found).state for found in home.log.read_stream_rows(stream)}
                if row.state not in held[stream]:
                    rows.append(_build_tap_row(home, row))
        after = page[-1][0]
    return rows


def _build_tap_row(home: Home, row: EventRow) -> dict[str, Any]:
    tap = _read_tap(row.state)
    who, people = tap.volunteer_id, home.people
    name = people.find_name(who) if who else None
    return {
        "at": tap.at.astimezone(home.zone).isoformat(),
        "volunteer": who and (people.find_number(who) or str(who)),
        "name": sanitise(mask(name, home.settings.masking)) if name else None,
        "kiosk": tap.kiosk,
        "reader": tap.reader,
        "event": row.topic,
    }
