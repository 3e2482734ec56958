"""How old the copy at a kiosk is, and what follows: a word on the screen, a coordinator who is called, names deleted.

Rule: none of it keeps a tap from being recorded. An instant later than now, by a clock that was set back, is no age.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.joined_home.sync_state import SyncState
from kiosk.wire_protocol.messages import RefusalCode
from kiosk.words.volunteer_words import HubTroubleKind

UNHEARD_AFTER, CALL_AFTER, FORGET_AFTER = timedelta(minutes=15), timedelta(hours=24), timedelta(days=30)
"""Since the hub was heard: when the screen says so, when a coordinator is called, and when others are forgotten."""
NEED_A_PERSON: frozenset[RefusalCode] = frozenset({"unknown_source", "key_not_valid", "not_signed", "stopped"})
"""Refusals that do not end by themselves."""


class HubTrouble(NamedTuple):
    """Why the screen may show less than the unit knows."""

    kind: HubTroubleKind
    since: datetime | None
    """When the hub was last heard, or since when it refuses; None where that is not known."""


def find_hub_trouble(state: SyncState, now: datetime, *, is_empty: bool) -> HubTrouble | None:
    """What is wrong between a kiosk and its hub; None where nothing is. `is_empty`: there is no copy."""
    heard = state.heard_at
    if is_empty or heard is None:
        return HubTrouble("empty" if is_empty else "unheard", heard)
    if now - heard >= FORGET_AFTER:
        return HubTrouble("forgotten", heard)
    if state.alarm or state.refusal in NEED_A_PERSON:
        return HubTrouble("stopped", state.since or heard)
    if now - heard >= CALL_AFTER:
        return HubTrouble("call", heard)
    return HubTrouble("unheard", heard) if now - heard >= UNHEARD_AFTER else None
