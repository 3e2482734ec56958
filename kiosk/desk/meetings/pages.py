"""The pages of meetings and trainings: what is held in a month, who came, and what is done about it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.meetings.fields import Fault, read_new_session
from kiosk.desk.meetings.source import Meeting, MeetingSource
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.text.typed import narrow
from kiosk.words.desk.meetings import MEETINGS, MeetingWords

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Months that can be asked for."""
LONGEST_OFFERED = 300
"""Volunteers who did not come and are offered beside the field; of more, their numbers are typed."""


class MeetingPages:
    """Answers `/sessions`."""

    def __init__(self, source: MeetingSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """A month, a session, and what their forms are sent to."""
        self._pages = pages
        allow, receive = pages.allow, pages.receive
        return (
            Route("/sessions", allow("plan_view", self._show_month)),
            Route("/sessions/new", receive("plan", self._schedule), methods=["POST"]),
            Route("/sessions/one", allow("plan_view", self._show)),
            Route("/sessions/one/add", receive("plan", self._add), methods=["POST"]),
            Route("/sessions/one/take-back", receive("plan", self._take_back), methods=["POST"]),
            Route("/sessions/one/training", receive("plan", self._record_training), methods=["POST"]),
            Route("/sessions/one/cancel", receive("plan", self._cancel), methods=["POST"]),
        )

    # --- A month ---

    async def _show_month(self, request: Request, visitor: Visitor) -> Response:
        return await self._show_month_of(visitor, parse_month(request.query_params.get("month", "")))

    async def _show_month_of(
        self,
        visitor: Visitor,
        first: date | None,
        form: Form | None = None,
        faults: Mapping[str, Fault] | None = None,
        message: str = "",
    ) -> Response:
        month, words = await to_thread.run_sync(self._source.load_month, first), _words(visitor)
        errors = {name: words.faults[fault] for name, fault in (faults or {}).items()}
        values = {
            "meeting_words": words,
            "month": month,
            "form": form or Form(()),
            "errors": errors,
            "message": message,
            "may_plan": visitor.may("plan"),
        }
        status = REFUSED if errors or message else 200
        return self._pages.show_to(visitor, "meetings/month.html", values, status)

    async def _schedule(self, _: Request, visitor: Visitor, form: Form) -> Response:
        new = read_new_session(form)
        if new.faults:
            return await self._show_month_of(visitor, None, form, new.faults)
        name = f"{new.day}-{re.sub('[^0-9a-z]', '', form.id)[:8]}"
        command = {**new.command, "session": name}
        result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
        if result.status:
            return await self._show_month_of(visitor, None, form, message=result.sentence or "")
        return self._pages.lead_to("/sessions/one", visitor, _words(visitor).saved, session=name)

    # --- One session ---

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        return self._show_one(visitor, await self._load(request.query_params.get("session", "")))

    async def _load(self, name: str) -> Meeting:
        meeting = await to_thread.run_sync(self._source.load_meeting, name)
        if meeting is None:
            raise HTTPException(404)
        return meeting

    def _show_one(self, visitor: Visitor, meeting: Meeting, form: Form | None = None, message: str = "") -> Response:
        values = {
            "meeting_words": _words(visitor),
            "meeting": meeting,
            "offered": meeting.not_come if len(meeting.not_come) <= LONGEST_OFFERED else (),
            "form": form or Form(()),
            "message": message,
            "may_plan": visitor.may("plan"),
        }
        return self._pages.show_to(visitor, "meetings/one.html", values, REFUSED if message else 200)

    async def _add(self, _: Request, visitor: Visitor, form: Form) -> Response:
        command = {
            "do": "add_session_attendance",
            "session": form.get("session"),
            "volunteer": form.get("volunteer").strip(),
            "reason": form.get("reason").strip(),
        }
        return await self._carry_out(visitor, command, form, _words(visitor).added)

    async def _take_back(self, _: Request, visitor: Visitor, form: Form) -> Response:
        if not form.get("event").isdecimal():
            raise HTTPException(400)
        command = {"do": "retract", "event": int(form.get("event")), "reason": form.get("reason").strip()}
        return await self._carry_out(visitor, command, form, _words(visitor).taken_back)

    async def _record_training(self, _: Request, visitor: Visitor, form: Form) -> Response:
        command = {"do": "complete_session_training", "session": form.get("session")}
        return await self._carry_out(visitor, command, form, _words(visitor).recorded)

    async def _cancel(self, _: Request, visitor: Visitor, form: Form) -> Response:
        meeting = await self._load(form.get("session"))
        command = {"do": "cancel_session", "session": form.get("session"), "reason": form.get("reason").strip()}
        result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
        if result.status:
            return self._show_one(visitor, meeting, form, result.sentence or "")
        month = f"{meeting.line.row.date:%Y-%m}"
        return self._pages.lead_to("/sessions", visitor, _words(visitor).cancelled, month=month)

    async def _carry_out(self, visitor: Visitor, command: Command, form: Form, done: str) -> Response:
        meeting = await self._load(form.get("session"))
        result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
        if result.status:
            return self._show_one(visitor, meeting, form, result.sentence or "")
        return self._pages.lead_to("/sessions/one", visitor, done, session=form.get("session"))


def parse_month(text: str) -> date | None:
    """The first day of `2026-11`; None, the current month, for anything else."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", narrow(text), re.ASCII)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    return date(year, month, 1) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else None


def _words(visitor: Visitor) -> MeetingWords:
    return MEETINGS[visitor.words.language]
