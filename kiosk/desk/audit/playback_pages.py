"""The page of a past day: the roster as the log said at an instant, and what happened on that day beside it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.audit.fields import FEW, FormErrors, read_day, read_time
from kiosk.desk.audit.playback_source import PlayedDays, PlayedMoment, TimelineInstant
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.roster.formatting import format_alerts, format_counters, format_lines, format_taps
from kiosk.roster.playback.formatting import format_exception
from kiosk.roster.playback.played_day import UnplayableDay
from kiosk.words import staff_en, staff_zh_tw
from kiosk.words.desk.audit import AUDIT, AuditWords
from kiosk.words.desk.shared_words import DeskWords

UNLIMITED = 10_000
"""Lines, or cells in a line: a page has room."""
TAPS_SHOWN = 10
PLAYBACK_WORDS = {"zh-TW": staff_zh_tw.PLAYBACK, "en": staff_en.PLAYBACK}
Values = dict[str, Any]


class PlaybackPages:
    """Answers `/audit/play`."""

    def __init__(self, days: PlayedDays) -> None:
        self._days = days

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The one address, also of its form."""
        self._pages = pages
        return (Route("/audit/play", pages.allow("audit", self._show)),)

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        words, errors, query = AUDIT[visitor.words.language], FormErrors(), request.query_params
        day, moment = None, None
        if query:
            day = read_day(query, "date", words, errors)
        typed = query.get("at", "").strip()[:FEW]
        at = read_time(typed)
        if typed and at is None:
            errors["at"] = words.not_a_time
        if day is not None and not errors:
            try:
                moment = await to_thread.run_sync(self._days.show, day, at)
            except UnplayableDay as refused:
                errors["date"] = describe_unplayable(refused, words)
        values: Values = {"audit_words": words, "query": query, "errors": errors, "moment": moment, "day": day}
        if day is not None and moment is not None:
            values |= describe_moment(moment, day, visitor.words)
        return self._pages.show_to(visitor, "audit/play.html", values, REFUSED if errors else 200)


def describe_unplayable(refused: UnplayableDay, words: AuditWords) -> str:
    """Why a day cannot be played."""
    return {"before": words.day_before_log, "future": words.future_day, "empty": words.empty_day}[refused.why]


def describe_moment(moment: PlayedMoment, day: date, words: DeskWords) -> Values:
    """The roster and the timeline as the template shows them."""
    view, roster = moment.view, words.roster
    return {
        "time": format_time(moment.at, day, words),
        "counters": format_counters(view, roster, UNLIMITED)[0],
        "alerts": format_alerts(view, roster, UNLIMITED, UNLIMITED),
        "lines": list(format_lines(view.rows, roster)),
        "taps": format_taps(view, roster, TAPS_SHOWN),
        "timeline": [describe_instant(one, moment, day, words) for one in moment.instants],
    }


def describe_instant(one: TimelineInstant, moment: PlayedMoment, day: date, words: DeskWords) -> Values:
    """A line of the timeline: its time, as the address has it and as a person reads it, and what happened."""
    exceptions = [format_exception(alert, PLAYBACK_WORDS[words.language], words.roster) for alert in one.alerts]
    return {
        "at": f"{one.at:%H:%M:%S}",
        "time": format_time(one.at, day, words),
        "text": words.separator.join(([AUDIT[words.language].tap] if one.has_tap else []) + exceptions),
        "needs_attention": bool(exceptions),
        "is_shown": one.at == moment.at,
    }


def format_time(at: datetime, day: date, words: DeskWords) -> str:
    """A local time of a service day, which goes on after midnight."""
    text = f"{at:%H:%M:%S}".removesuffix(":00")
    return f"{PLAYBACK_WORDS[words.language].next_day} {text}" if at.date() > day else text
