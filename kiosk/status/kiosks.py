"""Checks of the kiosks that joined: each is heard, and none was stopped."""

from datetime import timedelta

from domain.spans import second
from domain.use_cases.joined_kiosks import KioskState, load_kiosk_states
from kiosk.statements.kiosks import explain_alarm
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.words.kiosks import KioskText
from kiosk.words.reports import StatusText

LONGEST_SILENCE = timedelta(days=3)
"""An office that is closed over a weekend may have switched its kiosks off."""


def list_standing_kiosks(checked: CheckedHome) -> list[KioskState]:
    """The kiosks whose keys count. Raises: CannotCheck, CannotRead."""
    return [state for state in load_kiosk_states(checked.home.log) if not state.source.is_revoked]


def check_kiosks(checked: CheckedHome) -> Check:
    """Each kiosk whose key counts was heard not long ago."""
    states = list_standing_kiosks(checked)
    if not states:
        return Check("kiosks", True, KioskText.NO_KIOSKS.fill())
    separator = StatusText.SEPARATOR.fill()
    if silent := [state for state in states if _is_silent(checked, state)]:
        kiosks = separator.join(_describe(checked, state) for state in silent)
        return Check("kiosks", False, KioskText.NOT_HEARD.fill(days=LONGEST_SILENCE.days, kiosks=kiosks))
    return Check(
        "kiosks", True, KioskText.ALL_HEARD.fill(kiosks=separator.join(_describe(checked, state) for state in states))
    )


def _is_silent(checked: CheckedHome, state: KioskState) -> bool:
    last = state.heard.at if state.heard else state.source.joined_at
    return second(checked.now) - second(last) > LONGEST_SILENCE.total_seconds()


def _describe(checked: CheckedHome, state: KioskState) -> str:
    if state.heard is None:
        return KioskText.NEVER_HEARD.fill(kiosk=state.source.kiosk)
    return KioskText.HEARD.fill(kiosk=state.source.kiosk, at=checked.format_local(state.heard.at))


def check_alarms(checked: CheckedHome) -> Check:
    """No kiosk was stopped; each that was is named with what to do."""
    sources = (state.source for state in list_standing_kiosks(checked))
    found = [explain_alarm(source.kiosk, source.alarm) for source in sources if source.alarm]
    return Check("alarms", not found, "; ".join(found) or KioskText.NO_ALARM.fill())
