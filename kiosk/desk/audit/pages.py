"""The pages of the audit: what can be asked, a day, an event, what was done in a month, the heads of the log."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from domain.model.name_access import NameAccess
from domain.spans import instant
from kiosk.desk.audit.fields import FormErrors, read_day, read_instant, read_month, step_month
from kiosk.desk.audit.head_source import HeadSource
from kiosk.desk.audit.source import AuditSource, MonthOfActs
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.documents.head_receipt import HEAD_RECEIPT
from kiosk.roster.view_model import DayView
from kiosk.statements.event_lines import format_event, format_field, format_refusal
from kiosk.statements.event_statement import NoSuchEvent
from kiosk.statements.explained_day import ExplanationFormatter, format_actor
from kiosk.text.sanitise import sanitise
from kiosk.text.typed import narrow
from kiosk.words import event_en, event_zh_tw
from kiosk.words.desk.audit import AUDIT
from kiosk.words.desk.heads import HEADS
from kiosk.words.desk.lists import LISTS
from kiosk.words.desk.what_if import WHAT_IF
from kiosk.words.event_words import EventWords
from kiosk.words.language import StaffLanguage

EVENT_WORDS: Mapping[StaffLanguage, EventWords] = {"zh-TW": event_zh_tw.EVENT, "en": event_en.EVENT}
ONE_DAY = timedelta(days=1)
Values = dict[str, Any]
MOST_ROWS = 200
"""Of each list of a month: the latest ones."""
LONGEST_NOTE = 200
"""Cells of why names were needed."""
LONGEST_POSITION = 18
"""Digits of the position of an event."""


class AuditPages:
    """Answers `/audit`, `/audit/day`, `/audit/event` and `/audit/heads`."""

    def __init__(self, source: AuditSource, heads: HeadSource) -> None:
        self._source, self._heads = source, heads

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The addresses of these pages."""
        self._pages = pages
        return (
            Route("/audit", pages.allow("audit", self._show)),
            Route("/audit/day", pages.allow("audit", self._show_day)),
            Route("/audit/event", pages.allow("audit", self._find_event)),
            Route("/audit/event/{position}", pages.allow("audit", self._show_event)),
            Route("/audit/heads", pages.allow("audit", self._show_heads)),
        )

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        return await self._show_index(request, visitor, FormErrors())

    async def _show_index(self, request: Request, visitor: Visitor, errors: FormErrors) -> Response:
        words, now = AUDIT[visitor.words.language], self._source.find_last_instant()
        month = read_month(request.query_params.get("month", ""), now)
        acts = await to_thread.run_sync(self._source.load_month, month)
        values = {
            "audit_words": words,
            "query": request.query_params,
            "errors": errors,
            "now": now,
            "links": (
                ("/audit/difference", words.difference_title),
                ("/audit/play", words.play_title),
                ("/audit/what-if", WHAT_IF[visitor.words.language].title),
                ("/audit/lists", LISTS[visitor.words.language].title),
                ("/audit/heads", HEADS[visitor.words.language].title),
            ),
            "month": f"{month[0]}-{month[1]:02d}",
            "month_before": step_month(month, -1),
            "month_after": step_month(month, 1),
            "most": MOST_ROWS,
            **describe_month(acts.cut(MOST_ROWS), self._source, visitor),
            "is_cut": acts != acts.cut(MOST_ROWS),
        }
        return self._pages.show_to(visitor, "audit/index.html", values, REFUSED if errors else 200)

    # --- A volunteer's day ---

    async def _show_day(self, request: Request, visitor: Visitor) -> Response:
        words, errors, query = AUDIT[visitor.words.language], FormErrors(), request.query_params
        day, as_of, view = None, None, None
        if query:
            day = read_day(query, "date", words, errors)
        if query.get("as_of", "").strip():
            as_of = read_instant(self._source, query, "as_of", words, errors)
        number = query.get("volunteer", "").strip()
        if day is not None and not errors:
            view = await to_thread.run_sync(self._source.load_day, number, day, as_of)
            if view is None:
                errors["volunteer"] = words.no_volunteer
        values = {"audit_words": words, "query": query, "errors": errors, "view": view}
        if view is not None:
            values |= describe_day(view, visitor) | {"what_if_title": WHAT_IF[visitor.words.language].title}
            values["as_of"] = None if as_of is None else f"{instant(as_of).astimezone(view.zone):%Y-%m-%d %H:%M:%S}"
        return self._pages.show_to(visitor, "audit/day.html", values, REFUSED if errors else 200)

    # --- An event ---

    async def _find_event(self, request: Request, visitor: Visitor) -> Response:
        """The form of the first page leads to the address of the event."""
        text = narrow(request.query_params.get("position", ""))
        if text.isdecimal() and len(text) <= LONGEST_POSITION and 0 < int(text) <= self._source.count_events():
            return RedirectResponse(f"/audit/event/{int(text)}", 303)
        words = AUDIT[visitor.words.language]
        wrong = FormErrors(position=words.no_event.format(last=self._source.count_events()))
        return await self._show_index(request, visitor, wrong)

    async def _show_event(self, request: Request, visitor: Visitor) -> Response:
        text = request.path_params["position"]
        if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_POSITION):
            raise HTTPException(404)
        words, position = AUDIT[visitor.words.language], int(text)
        try:
            row = await to_thread.run_sync(self._source.load_event, position)
        except NoSuchEvent:
            raise HTTPException(404) from None
        values = {
            "audit_words": words,
            "position": position,
            "last": self._source.count_events(),
            "lines": format_event(row, EVENT_WORDS[visitor.words.language]),
        }
        return self._pages.show_to(visitor, "audit/event.html", values)

    # --- The heads of the log ---

    async def _show_heads(self, _request: Request, visitor: Visitor) -> Response:
        heads = await to_thread.run_sync(self._heads.list_heads)
        position, code = self._heads.find_now()
        signed = next((one.position for one in heads if one.is_extended), None)
        values = {
            "head_words": HEADS[visitor.words.language],
            "rows": heads,
            "code": f"{position}:{code}",
            "since": None if signed is None else position - signed,
            "has_other": not all(one.is_extended for one in heads),
            "receipt": HEAD_RECEIPT.name if visitor.may("documents") else None,
        }
        return self._pages.show_to(visitor, "audit/heads.html", values)


# --- What is shown ---


def describe_day(view: DayView, visitor: Visitor) -> Values:
    """The lines of a day, and the days beside it."""
    words = visitor.words.roster.explained
    formatter = ExplanationFormatter(words, view.build_name_lookup(with_reasons=True), view.zone)
    return {
        "lines": formatter.format_lines(view.explanation, view.audit_trail),
        "heads": words.heads,
        "day_before": _step(view.date, -ONE_DAY),
        "day_after": _step(view.date, ONE_DAY),
        "now": view.now,
    }


def _step(day: date, by: timedelta) -> date | None:
    try:
        return day + by
    except OverflowError:
        return None


def describe_month(acts: MonthOfActs, source: AuditSource, visitor: Visitor) -> Values:
    """The lists of a month, each row with the number of its event."""
    names, numbers = source.build_names(with_names=True), source.build_names(with_names=False)
    formatter = ExplanationFormatter(visitor.words.roster.explained, names, source.home.zone)
    corrections = [
        {
            "event": one.entry.position,
            "recorded": one.recorded,
            "label": one.volunteer and names.volunteer(one.volunteer),
            "number": one.volunteer and numbers.volunteer(one.volunteer),
            "day": one.day,
            "text": formatter.format_audit_entry(one.entry, one.day).text,
        }
        for one in acts.corrections
    ]
    shown = [describe_names_shown(position, event, source, visitor) for position, event in acts.names_shown]
    unit_acts = describe_unit_acts(acts, source, EVENT_WORDS[visitor.words.language])
    return {"corrections": corrections, "names_shown": shown, **unit_acts}


def describe_names_shown(
    position: int, event: NameAccess.PersonShown | NameAccess.NamesListed, source: AuditSource, visitor: Visitor
) -> Values:
    """Who was shown whose names, when and why (R-120)."""
    names, event_words = source.build_names(with_names=True), EVENT_WORDS[visitor.words.language]
    if isinstance(event, NameAccess.PersonShown):
        whose = names.volunteer(event.volunteer_id)
    else:
        whose = AUDIT[visitor.words.language].names_of.format(count=len(event.volunteers))
    note = names.reason(event.note, event.note_digest) if event.note and names.reason else ""
    reason = (format_field("purpose", event.purpose, event_words), sanitise(note or "", LONGEST_NOTE))
    return {
        "event": position,
        "recorded": event.timestamp.astimezone(source.home.zone),
        "whose": whose,
        "reason": " ".join(filter(None, reason)),
        "by": format_actor(names.actor(event.by), event_words.explained),
    }


def describe_unit_acts(acts: MonthOfActs, source: AuditSource, words: EventWords) -> Values:
    """What was refused in a month, and the policies of all months."""
    refused = [
        {
            "event": position,
            "recorded": event.timestamp.astimezone(source.home.zone),
            "command": format_field("command", event.command, words),
            "reason": format_refusal(event.refusal, words),
            "by": format_actor(source.format_actor(event.by), words.explained),
        }
        for position, event in acts.refused
    ]
    policies = [
        {
            "event": position,
            "since": event.effective_from,
            "text": format_field("changes", event.changes, words),
            "by": format_actor(source.format_actor(event.by), words.explained),
        }
        for position, event in acts.policies
    ]
    return {"refused": refused, "policies": policies}
