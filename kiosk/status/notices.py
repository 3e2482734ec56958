"""The check of the notices: are they made and sent, and which could not be."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from kiosk.notices.queue import NOTICES_FOLDER, UNSENT, NoticeQueue, QueuedNotice
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.words.notices import NoticeStatusText
from kiosk.words.reports import StatusText

REPORTED_DAYS = 7
"""How long a notice that could not be sent is reported."""
OVERDUE_SECONDS = 26 * 3600
"""After a digest the next one is a day later; two hours more for a machine that is busy or was off."""
LONG_WAIT_SECONDS = 6 * 3600
"""A server that is down for so long needs a person."""


def check_notices(checked: CheckedHome) -> Check:
    """Notices are made every day, none waits long, and none of the last week ended without being sent."""
    settings = checked.settings.notices
    if settings is None:
        return Check("notices", True, NoticeStatusText.OFF.fill())
    queue, now = NoticeQueue(checked.path), checked.home.now_second()
    notices = queue.load()
    since = now - int(timedelta(days=REPORTED_DAYS).total_seconds())
    faults = [*_find_faults(checked, notices, now, since, is_daily=bool(settings.digest_to or settings.heads_to))]
    if damaged := queue.count_damaged():
        faults.append(NoticeStatusText.DAMAGED.fill(count=damaged, folder=checked.path / NOTICES_FOLDER))
    sent = sum(one.state == "sent" and one.changed_at >= since for one in notices)
    waiting = sum(one.state == "waiting" for one in notices)
    well = NoticeStatusText.WELL.fill(days=REPORTED_DAYS, sent=sent, waiting=waiting)
    return Check("notices", not faults, StatusText.SEPARATOR.fill().join(faults) or well)


def _find_faults(
    checked: CheckedHome, notices: Sequence[QueuedNotice], now: int, since: int, *, is_daily: bool
) -> Iterable[str]:
    made = max((one.queued_at for one in notices if one.kind != "reminder"), default=None)
    if is_daily and not checked.simulation:
        if made is None:
            yield NoticeStatusText.NEVER_MADE.fill()
        elif now - made > OVERDUE_SECONDS:
            yield NoticeStatusText.OVERDUE.fill(at=checked.format_local(made))
    waiting = [one.queued_at for one in notices if one.state == "waiting" and now - one.queued_at > LONG_WAIT_SECONDS]
    if waiting:
        yield NoticeStatusText.WAITING_LONG.fill(count=len(waiting), since=checked.format_local(min(waiting)))
    unsent = [one for one in notices if one.state in UNSENT and one.changed_at >= since]
    if unsent:
        first = checked.format_local(min(one.changed_at for one in unsent))
        yield NoticeStatusText.UNSENT.fill(count=len(unsent), since=first, reasons=_format_reasons(unsent))


def _format_reasons(unsent: Iterable[QueuedNotice]) -> str:
    counts = Counter(_find_reason(one) for one in unsent)
    return StatusText.SEPARATOR.fill().join(text.fill(code=code, count=count) for (text, code), count in counts.items())


def _find_reason(one: QueuedNotice) -> tuple[NoticeStatusText, str]:
    if one.state == "given_up":
        return NoticeStatusText.REASON_TOO_LATE, ""
    if one.reason == "address":
        return NoticeStatusText.REASON_ADDRESS, ""
    return NoticeStatusText.REASON_REFUSED, one.reason
