"""The pages of a month: what is open, closing it, what is handed out, and what was corrected since."""

from collections.abc import Iterable
from datetime import date

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.months import find_next_month, find_previous_month, format_month
from kiosk.batch.fields import parse_civil_month
from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.month.source import MonthSource
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.text.typed import narrow
from kiosk.words.desk.kiosks import KIOSKS
from kiosk.words.desk.month import MONTH, MonthPageWords

DOCUMENTS = (
    *("monthly_statement", "monthly_statistics", "hour_slips", "record_book_lines"),
    *("allowance_list", "attendance_report", "absence_list", "correction_list", "month_difference"),
)
"""What is handed out of a month, in the order in which it is listed."""


class MonthPages:
    """Answers `/month`."""

    def __init__(self, source: MonthSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The month, its differences, and what its forms are sent to."""
        self._pages = pages
        return (
            Route("/month", pages.allow("month", self._show)),
            Route("/month/difference", pages.allow("month", self._show_difference)),
            Route("/month/close", pages.receive("month", self._close), methods=["POST"]),
            Route("/month/enter", pages.receive("month", self._enter), methods=["POST"]),
        )

    # --- What is shown ---

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        typed = request.query_params.get("month")
        month = _parse_month(typed) if typed else await to_thread.run_sync(self._source.find_current)
        return await self._show_month(visitor, month)

    async def _show_month(self, visitor: Visitor, month: date, form: Form | None = None, message: str = "") -> Response:
        state = await to_thread.run_sync(self._source.load_state, month)
        values = {
            "month_words": _words(visitor),
            "kiosk_words": KIOSKS[visitor.words.language],
            "state": state,
            "month": format_month(month),
            "earlier": format_month(find_previous_month(month)),
            "later": format_month(find_next_month(month)),
            "documents": DOCUMENTS if state.statements else (),
            "form": form or Form(()),
            "message": message,
        }
        return self._pages.show_to(visitor, "month/month.html", values, REFUSED if message else 200)

    async def _show_difference(self, request: Request, visitor: Visitor) -> Response:
        month = _parse_month(request.query_params.get("month", ""))
        changes = await to_thread.run_sync(self._source.list_changes, month)
        values = {"month_words": _words(visitor), "month": format_month(month), "changes": changes}
        return self._pages.show_to(visitor, "month/difference.html", values)

    # --- What is done ---

    async def _close(self, _: Request, visitor: Visitor, form: Form) -> Response:
        month = _parse_month(form.get("month"))
        state = await to_thread.run_sync(self._source.load_state, month)
        if state.missing_kiosks and form.get("despite") != "yes":
            return await self._show_month(visitor, month, form, KIOSKS[visitor.words.language].close_unasked)
        command = {"do": "close_month", "month": format_month(month), "reason": form.get_text("reason")}
        return await self._carry_out(month, command, visitor, form, _words(visitor).closed_now)

    async def _enter(self, _: Request, visitor: Visitor, form: Form) -> Response:
        month = _parse_month(form.get("month"))
        command = {"do": "enter_record_books", "month": format_month(month)}
        return await self._carry_out(month, command, visitor, form, _words(visitor).entered_now)

    async def _carry_out(self, month: date, command: Command, visitor: Visitor, form: Form, done: str) -> Response:
        result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
        if result.status:
            return await self._show_month(visitor, month, form, result.sentence or "")
        return self._pages.lead_to("/month", visitor, done, month=format_month(month))


def _words(visitor: Visitor) -> MonthPageWords:
    return MONTH[visitor.words.language]


def _parse_month(text: str) -> date:
    """The first day of a month. Raises: HTTPException where there is none."""
    try:
        return parse_civil_month(narrow(text))
    except ValueError:
        raise HTTPException(404) from None
