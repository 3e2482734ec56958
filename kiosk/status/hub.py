"""Checks of a kiosk that belongs to a hub: is the hub heard, what does it lack of this kiosk, how old is the copy."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from domain.log.chain import Head
from kiosk.home_files import is_held
from kiosk.joined_home.hub_trouble import NEED_A_PERSON, UNHEARD_AFTER
from kiosk.joined_home.sync_state import SYNC_LOCK, SyncState
from kiosk.joined_home.witnessed_clock import AGREES_NS, SECOND_NS
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.status.machine import check_clock
from kiosk.status.unit import check_certificate
from kiosk.sync.copy_age import find_home_trouble
from kiosk.sync.kiosk_home import CERTIFICATE_FILE
from kiosk.sync.unit_heads import UNIT_HEADS_FILE, load_unit_heads
from kiosk.text.short_codes import compute_code
from kiosk.words.joined import JoinedStatusText
from kiosk.words.language import find_language
from kiosk.words.reports import StatusText
from kiosk.words.source_events import SOURCE_EVENTS
from kiosk.words.sync import explain_trouble

if TYPE_CHECKING:
    from domain.log.event_log import EventLog
    from domain.model.kiosk_register import AlarmKind

CONTRADICTED: frozenset["AlarmKind"] = frozenset({"went_back", "forked", "restored", "clone"})
"""Alarms of a log that holds other events than the hub took: by its length nothing can be said of what is lacking."""
LASTING_FAILURES = frozenset(
    {
        "other_certificate",
        "certificate_expired",
        "certificate_not_yet_valid",
        "certificate_missing",
        "own_log_altered",
        "not_proved",
    }
)
"""Why the hub is not heard, by its code in the state, where waiting does not help."""


def check_hub(checked: CheckedHome) -> Check:
    """`kiosk sync` runs, the hub is heard, and takes what this kiosk records."""
    state, is_running = _load_state(checked), is_held(checked.path / SYNC_LOCK)
    if state.alarm or state.refusal in NEED_A_PERSON:
        since = _format(checked, state.since)
        return Check("hub", False, JoinedStatusText.STOPPED.fill(why=_explain(state, is_running), since=since))
    if state.heard_at is None:
        return Check("hub", False, JoinedStatusText.NEVER_HEARD.fill(why=_explain(state, is_running)))
    heard = _format(checked, state.heard_at)
    is_unheard = checked.now - state.heard_at >= UNHEARD_AFTER or state.failure in LASTING_FAILURES
    if is_unheard or not is_running:
        return Check("hub", False, JoinedStatusText.UNHEARD.fill(since=heard, why=_explain(state, is_running)))
    offset = (state.hub_offset_ns or 0) / SECOND_NS
    if abs(state.hub_offset_ns or 0) > AGREES_NS + state.uncertainty_ns:
        return Check("hub", False, JoinedStatusText.CLOCKS_DIFFER.fill(at=heard, offset=f"{offset:+.0f}"))
    return Check("hub", True, JoinedStatusText.HEARD.fill(at=heard, offset=f"{offset:+.3f}"))


def _explain(state: SyncState, is_running: bool) -> str:
    """Why the hub is not heard, or takes nothing; that nobody asks it comes before what it was when it was asked."""
    code = state.refusal or state.failure or ("stopped" if state.alarm else None)
    found = [] if is_running else [JoinedStatusText.NO_SYNC.fill()]
    if code:
        found.append(explain_trouble(code))
    why = StatusText.SEPARATOR.fill().join(found) or JoinedStatusText.NOT_YET.fill()
    if state.alarm is None:
        return why
    words = SOURCE_EVENTS[find_language()].codes
    return JoinedStatusText.ALARM.fill(why=why, alarm=words.get(state.alarm, state.alarm))


def check_unsent(checked: CheckedHome) -> Check:
    """The hub has what this kiosk recorded."""
    own, state = checked.home.log.own, _load_state(checked)
    held, end = state.held, own.head().position
    if state.alarm in CONTRADICTED or _is_another(own, state):
        return Check("unsent", False, JoinedStatusText.NOT_KNOWN_TO_BE_HELD.fill(events=end, held=held))
    if end == held:
        return Check("unsent", True, JoinedStatusText.ALL_SENT.fill(events=held))
    since = next((entry.event.timestamp for entry in own.read_entries_lenient(held, 1)), None)
    is_late = since is None or checked.now - since >= UNHEARD_AFTER
    return Check("unsent", not is_late, JoinedStatusText.UNSENT.fill(count=end - held, since=_format(checked, since)))


def _is_another(own: "EventLog", state: SyncState) -> bool:
    """Whether the own log is not the one of which the hub took so many events: it may have grown as long again."""
    if state.held_chain is None:
        return own.head().position < state.held
    return own.find_objection(Head(state.held, state.held_chain)) is not None


def check_copy(checked: CheckedHome) -> Check:
    """The copy of the unit's log is there, and is not too old."""
    trouble, events = find_home_trouble(checked.home), checked.home.log.head().position
    if trouble and trouble.kind == "empty":
        return Check("copy", False, JoinedStatusText.COPY_EMPTY.fill())
    if trouble and trouble.kind == "forgotten":
        return Check("copy", False, JoinedStatusText.COPY_CUT_DOWN.fill(since=_format(checked, trouble.since)))
    heard = _format(checked, _load_state(checked).heard_at)
    return Check("copy", trouble is None, JoinedStatusText.COPY_AS_OF.fill(at=heard, events=events))


def check_unit_heads(checked: CheckedHome) -> Check:
    """The log of the unit extends every head of it that this kiosk was sent, and the hub proves what it sends."""
    kept, state = load_unit_heads(checked.path), _load_state(checked)
    if lost := next((one for one in kept if one.is_lost), None):
        head, at = f"{lost.head.position}:{compute_code(lost.head.chain)}", _format(checked, lost.at)
        return Check("unit_heads", False, JoinedStatusText.UNIT_HEAD_LOST.fill(head=head, at=at, file=UNIT_HEADS_FILE))
    end, at = (kept[-1].head.position, kept[-1].at) if kept else (0, None)
    if state.position > end and (at is None or checked.now - at >= UNHEARD_AFTER):
        return Check("unit_heads", False, JoinedStatusText.NOT_PROVED_SINCE.fill(at=_format(checked, at)))
    text = JoinedStatusText.UNIT_HEADS_EXTENDED if kept else JoinedStatusText.NO_UNIT_HEADS
    return Check("unit_heads", True, text.fill(position=end, at=_format(checked, at)))


def check_kiosk_clock(checked: CheckedHome) -> Check:
    """The check of any clock, with what is otherwise at a kiosk."""
    return point_to_hub(check_clock(checked))


def point_to_hub(check: Check) -> Check:
    """What is wrong with a clock, with where a batch is run and which clock it confirms."""
    return check if check.ok else check._replace(detail=JoinedStatusText.CLOCK_OF_KIOSK.fill(fault=check.detail))


def check_hub_certificate(checked: CheckedHome) -> Check:
    """The certificate that this kiosk knows of its hub is there, and has not run out and is not about to."""
    hub = checked.settings.hub
    if hub and hub.address.startswith("https:") and not (checked.path / CERTIFICATE_FILE).exists():
        return Check("certificate", False, explain_trouble("certificate_missing"))
    return check_certificate(checked)


AT_A_KIOSK: dict[str, Callable[[CheckedHome], Check]] = {
    "hub": check_hub,
    "unsent": check_unsent,
    "copy": check_copy,
    "unit_heads": check_unit_heads,
}
"""In front of the other checks."""
OTHERWISE_AT_A_KIOSK: dict[str, Callable[[CheckedHome], Check]] = {
    "clock": check_kiosk_clock,
    "certificate": check_hub_certificate,
}
"""In place of those of the same name."""


def _load_state(checked: CheckedHome) -> SyncState:
    """What the sync program last heard. Raises: CannotCheck where the home does not open."""
    state = checked.home.sync_state
    return state.load() if state else SyncState()


def _format(checked: CheckedHome, at: datetime | None) -> str:
    """A local time; a dash for one that is not known."""
    return checked.format_local(at) if at else "-"
