"""The page of desk sessions: when a visiting desk is at a post, once or every week, and what is called off (R-027)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.batch.run import LineResult
from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.plan.desk_sessions import DeskSessionSource
from kiosk.desk.plan.fields import FieldReader, combine_local
from kiosk.desk.plan.formatting import PlanFormat, find_plan_words
from kiosk.errors import EXIT_USAGE
from kiosk.words.desk.desk_sessions import DESK_SESSIONS, DeskSessionWords

ADDRESS = "/plan/desk-sessions"
LONGEST_REPEAT = timedelta(days=366)
"""From the first session of a form to the last."""

MOST_SAID = 5
"""Refusals written below a field."""


class DeskSessionPages:
    """Answers `/plan/desk-sessions`."""

    def __init__(self, source: DeskSessionSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The list, a session to cancel, and what the forms are sent to."""
        self._pages = pages
        return (
            Route(ADDRESS, pages.allow("plan_view", self._show)),
            Route(f"{ADDRESS}/add", pages.receive("plan", self._add), methods=["POST"]),
            Route(f"{ADDRESS}/cancel", pages.allow("plan", self._show_session)),
            Route(f"{ADDRESS}/cancel", pages.receive("plan", self._cancel), methods=["POST"]),
        )

    # --- The list ---

    async def _show(self, _: Request, visitor: Visitor) -> Response:
        return await self._show_board(visitor, Form(()), {})

    async def _show_board(self, visitor: Visitor, form: Form, errors: Mapping[str, str], said: str = "") -> Response:
        board = await to_thread.run_sync(self._source.load_board)
        values = {"board": board, "form": form, "errors": errors, "said": said}
        return self._show_page(visitor, "plan/desk_sessions.html", values, REFUSED if errors or said else 200)

    def _show_page(self, visitor: Visitor, template: str, values: Mapping[str, object], status: int) -> Response:
        words = find_plan_words(visitor.words)
        shared = {"section": "plan", "plan": words, "show": PlanFormat(words), "may_change": visitor.may("plan")}
        return self._pages.show_to(visitor, template, {**shared, "desk_words": _words(visitor), **values}, status)

    async def _add(self, _: Request, visitor: Visitor, form: Form) -> Response:
        reader, words = FieldReader(form, find_plan_words(visitor.words)), _words(visitor)
        commands = _read_sessions(reader, form, words)
        if reader.errors:
            return await self._show_board(visitor, form, reader.errors)
        results = await to_thread.run_sync(self._source.schedule, commands, visitor.account.name, form.id)
        count = sum(not (result.status or result.is_repeated) for result in results)
        if refused := [result for result in results if result.status]:
            is_named = await to_thread.run_sync(self._source.names_volunteer, form.get("post"))
            is_about_post = is_named or refused[0].status == EXIT_USAGE
            errors = {"post" if is_about_post else "start": _join_refusals(refused)}
            return await self._show_board(visitor, form, errors, words.partly.format(count=count) if count else "")
        repeated = all(result.is_repeated for result in results)
        return self._pages.lead_on(ADDRESS, visitor, words.saved.format(count=count), is_repeated=repeated)

    # --- One session ---

    async def _show_session(self, request: Request, visitor: Visitor) -> Response:
        asked = Form(tuple((name, request.query_params.get(name, "")) for name in ("post", "start")))
        return await self._show_cancelling(visitor, asked, {})

    async def _show_cancelling(self, visitor: Visitor, form: Form, errors: Mapping[str, str]) -> Response:
        session = await to_thread.run_sync(self._source.find, form.get("post"), form.get("start"))
        if session is None:
            raise HTTPException(404)
        values = {"session": session, "form": form, "errors": errors}
        return self._show_page(visitor, "plan/desk_session.html", values, REFUSED if errors else 200)

    async def _cancel(self, _: Request, visitor: Visitor, form: Form) -> Response:
        reader = FieldReader(form, find_plan_words(visitor.words))
        reason = reader.read_text("reason")
        if reason is None:
            return await self._show_cancelling(visitor, form, reader.errors)
        asked = (form.get("post"), form.get("start"), reason, visitor.account.name, form.id)
        result = await to_thread.run_sync(self._source.cancel, *asked)
        if result.status and await to_thread.run_sync(self._source.find, *asked[:2]):
            return await self._show_cancelling(visitor, form, {"reason": result.sentence or ""})
        if result.status:
            return await self._show_board(visitor, Form(()), {}, result.sentence or "")
        return self._pages.lead_on(ADDRESS, visitor, _words(visitor).cancelled, is_repeated=result.is_repeated)


def _read_sessions(reader: FieldReader, form: Form, words: DeskSessionWords) -> list[Command]:
    """A command a session, a week apart; what is wrong is with the reader."""
    post, day = reader.read_text("post"), reader.read_day("day")
    start, end = reader.read_time("start"), reader.read_time("end")
    until = reader.read_day("until") if form.get_text("until") else day
    if start and end and end <= start:
        reader.refuse("end", "backward")
    if day and until and not day <= until <= _find_last(day):
        reader.errors["until"] = words.bad_until
    if reader.errors or day is None or until is None or start is None or end is None:
        return []
    days = [date.fromordinal(one) for one in range(day.toordinal(), until.toordinal() + 1, 7)]
    return [
        {
            "do": "schedule_desk_session",
            "post": post,
            "start": combine_local(one, start),
            "end": combine_local(one, end),
        }
        for one in days
    ]


def _find_last(day: date) -> date:
    return day + min(LONGEST_REPEAT, date.max - day)


def _join_refusals(refused: Iterable[LineResult]) -> str:
    """A line each; what is said of every session stands once."""
    sentences = list(dict.fromkeys(result.sentence or "" for result in refused))
    return "\n".join(sentences[:MOST_SAID]) + ("\n…" if len(sentences) > MOST_SAID else "")


def _words(visitor: Visitor) -> DeskSessionWords:
    return DESK_SESSIONS[visitor.words.language]
