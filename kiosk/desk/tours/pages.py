"""The pages of tours: bookings to come with guides, languages and groups, and what is done about one (R-049)."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast, get_args

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.plan.fields import FieldReader, Search, combine_local
from kiosk.desk.plan.formatting import PlanFormat, find_plan_words
from kiosk.desk.plan.source import PlanSource
from kiosk.desk.tours.source import TourLine, TourSource
from kiosk.words.desk.tours import TOURS, TourAct, TourWords

MOST_PEOPLE = 100_000
"""As the command takes."""


class TourPages:
    """Answers `/tours`."""

    def __init__(self, source: TourSource, plan: PlanSource, search: Search) -> None:
        """`search` finds volunteers by number or a part of a name."""
        self._source, self._plan, self._search = source, plan, search

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The list, a booking, and what their forms are sent to."""
        self._pages = pages
        return (
            Route("/tours", pages.allow("plan_view", self._show)),
            Route("/tours/book", pages.receive("plan", self._book), methods=["POST"]),
            Route("/tours/one", pages.allow("plan_view", self._show_one)),
            Route("/tours/change", pages.receive("plan", self._change), methods=["POST"]),
        )

    def _show_page(
        self, visitor: Visitor, template: str, values: Mapping[str, object], form: Form, errors: Mapping[str, str]
    ) -> Response:
        words = find_plan_words(visitor.words)
        shared = {"tour_words": _words(visitor), "plan": words, "show": PlanFormat(words)}
        asked = {"form": form, "errors": errors, "may_plan": visitor.may("plan")}
        return self._pages.show_to(visitor, template, {**shared, **asked, **values}, REFUSED if errors else 200)

    # --- The list ---

    async def _show(self, _: Request, visitor: Visitor) -> Response:
        return await self._show_board(visitor, Form(()), {})

    async def _show_board(self, visitor: Visitor, form: Form, errors: Mapping[str, str]) -> Response:
        board = await to_thread.run_sync(self._source.load_board)
        return self._show_page(visitor, "tours/tours.html", {"board": board}, form, errors)

    async def _book(self, _: Request, visitor: Visitor, form: Form) -> Response:
        reader = FieldReader(form, find_plan_words(visitor.words), self._search)
        commands = await to_thread.run_sync(_read_booking, reader, form, _words(visitor))
        if reader.errors:
            return await self._show_board(visitor, form, reader.errors)
        booking = str(commands[0]["booking"])
        result = await to_thread.run_sync(self._source.run, commands, visitor.account.name, form.id)
        if not result.status:
            return self._pages.lead_to("/tours/one", visitor, _words(visitor).done["book"], booking=booking)
        line = await to_thread.run_sync(self._source.find, booking)
        if line is None:
            return await self._show_board(visitor, form, {"": result.sentence or ""})
        return await self._show_line(visitor, line, Form(()), {"": result.sentence or ""})

    # --- One booking ---

    async def _show_one(self, request: Request, visitor: Visitor) -> Response:
        line = await self._find(request.query_params.get("booking", ""))
        return await self._show_line(visitor, line, Form(()), {})

    async def _find(self, booking: str) -> TourLine:
        line = await to_thread.run_sync(self._source.find, booking)
        if line is None:
            raise HTTPException(404)
        return line

    async def _show_line(self, visitor: Visitor, line: TourLine, form: Form, errors: Mapping[str, str]) -> Response:
        view = await to_thread.run_sync(self._plan.find_duty, line.row.booking)
        values = {"line": line, "conflicts": view.conflicts if view else ()}
        return self._show_page(visitor, "tours/one.html", values, form, errors)

    async def _change(self, _: Request, visitor: Visitor, form: Form) -> Response:
        line = await self._find(form.get("booking"))
        if form.get("act") not in get_args(TourAct):
            raise HTTPException(400)
        reader, act = FieldReader(form, find_plan_words(visitor.words), self._search), cast("TourAct", form.get("act"))
        command = await to_thread.run_sync(_read_change, act, line, reader, form, _words(visitor))
        if not reader.errors:
            result = await to_thread.run_sync(self._source.run, [command], visitor.account.name, form.id)
            if not result.status:
                done = _words(visitor).done[act]
                return self._pages.lead_on(
                    "/tours/one", visitor, done, is_repeated=result.is_repeated, booking=line.row.booking
                )
            reader.errors[""] = result.sentence or ""
        return await self._show_line(visitor, line, form, reader.errors)


def _read_booking(reader: FieldReader, form: Form, words: TourWords) -> list[Command]:
    """The booking with its first guide, and the others one by one; what is wrong is with the reader."""
    day, start, end = reader.read_day("day"), reader.read_time("start"), reader.read_time("end")
    guides, size = reader.read_volunteers("guides"), _read_people(reader, form, "group_size", words)
    if start and end and end <= start:
        reader.refuse("end", "backward")
    if not guides:
        reader.refuse("guides", "required")
    if size is None or size == 0:
        reader.errors.setdefault("group_size", words.not_a_size)
    if reader.errors or day is None or start is None or end is None:
        return []
    booking = name_booking(day, form.id)
    booked: Command = {
        "do": "book_tour",
        "booking": booking,
        "guide": guides[0],
        "start": combine_local(day, start),
        "end": combine_local(day, end),
        "group_size": size,
        "language": form.get_text("language"),
        "post": form.get_text("post"),
    }
    return [booked, *({"do": "assign", "shift": booking, "volunteer": guide} for guide in guides[1:])]


def name_booking(day: date, form_id: str) -> str:
    """The id of a booking: the same form names the same one again."""
    return f"T{day:%y%m%d}-{re.sub('[^0-9a-z]', '', form_id)[:6]}"


def _read_change(act: TourAct, line: TourLine, reader: FieldReader, form: Form, words: TourWords) -> Command:
    booking = line.row.booking
    match act:
        case "assign":
            return {"do": "assign", "shift": booking, "volunteer": reader.read_volunteer("volunteer")}
        case "unassign":
            return {"do": "unassign", "shift": booking, "volunteer": form.get("number")}
        case "cancel":
            return {"do": "cancel_shift", "shift": booking, "reason": reader.read_text("reason")}
        case "count":
            people = _read_people(reader, form, "people", words)
            stands = "" if line.counted is None else str(line.counted)
            if stands not in (form.get("shown"), form.get_narrow("people")):
                reader.errors.setdefault("people", words.counted_meanwhile.format(people=stands or "–"))
            return {"do": "record_served_count", "shift": booking, "count": people, "source": "head_count"}


def _read_people(reader: FieldReader, form: Form, name: str, words: TourWords) -> int | None:
    """A number of people; None where nothing is typed."""
    text = form.get_narrow(name)
    if text and not (text.isdecimal() and text.isascii() and len(text) <= 6 and int(text) <= MOST_PEOPLE):
        reader.errors[name] = words.not_a_size
        return None
    return int(text) if text else None


def _words(visitor: Visitor) -> TourWords:
    return TOURS[visitor.words.language]
