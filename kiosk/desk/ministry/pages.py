"""The page of the ministry's file: its rows, what cannot be in it and why, and the file in 15 or 17 columns (R-030)."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.months import format_month
from kiosk.batch.fields import parse_civil_month
from kiosk.desk.confirmation import Confirmation
from kiosk.desk.downloads import TYPES
from kiosk.desk.forms import Form
from kiosk.desk.ministry.source import MinistryMonth, MinistrySource
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.errors import UserError
from kiosk.text.typed import narrow
from kiosk.words.desk.ministry import MINISTRY, MinistryPageWords
from kiosk.words.desk.month import MONTH

COLUMNS = ("15", "17")


class MinistryPages:
    """Answers `/month/ministry`."""

    def __init__(self, source: MinistrySource, confirmation: Confirmation) -> None:
        self._source, self._confirmation = source, confirmation

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The page, and its file."""
        self._pages = pages
        return (
            Route("/month/ministry", pages.allow("month", self._show)),
            Route("/month/ministry", pages.receive("issue_documents", self._make), methods=["POST"]),
        )

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        return await self._show_month(visitor, _parse_month(request.query_params.get("month", "")))

    async def _show_month(self, visitor: Visitor, month: date, form: Form | None = None, refusal: str = "") -> Response:
        state, broken = await self._load(month)
        values = {
            "ministry": _words(visitor),
            "month_words": MONTH[visitor.words.language],
            "state": state,
            "month": format_month(month),
            "columns": COLUMNS,
            "form": form or Form((("columns", COLUMNS[0]),)),
            "refusal": refusal,
            "broken": broken,
            "may_make": visitor.may("issue_documents"),
        }
        return self._pages.show_to(visitor, "ministry/ministry.html", values, REFUSED if refusal else 200)

    async def _load(self, month: date) -> tuple[MinistryMonth, str]:
        """The month, and why it cannot be shown where a data file of the unit is not understood."""
        try:
            return await to_thread.run_sync(self._source.load_month, month), ""
        except UserError as error:
            return MinistryMonth(month, "broken"), str(error)

    async def _make(self, _: Request, visitor: Visitor, form: Form) -> Response:
        month, columns = _parse_month(form.get("month")), form.get("columns")
        if columns not in COLUMNS:
            return await self._show_month(visitor, month, form, _words(visitor).choose_columns)
        if refusal := await self._confirmation.find_fault(visitor, form):
            return await self._show_month(visitor, month, form, refusal)
        state, reason = await self._load(month)
        content = None
        if state.status in ("ready", "changed"):
            is_wide, leave_out = columns == COLUMNS[1], bool(form.get("leave_out"))
            content = await to_thread.run_sync(
                lambda: self._source.make_file(month, visitor.account.name, wide=is_wide, leave_out=leave_out)
            )
        if content is None:
            status = "ready" if state.status == "changed" else state.status
            return await self._show_month(visitor, month, form, reason or _words(visitor).statuses[status])
        name = f"{_words(visitor).title} {format_month(month)}.xlsx"
        disposition = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
        return Response(content, media_type=TYPES["xlsx"], headers=disposition)


def _words(visitor: Visitor) -> MinistryPageWords:
    return MINISTRY[visitor.words.language]


def _parse_month(text: str) -> date:
    """The first day of a month. Raises: HTTPException where there is none."""
    try:
        return parse_civil_month(narrow(text))
    except ValueError:
        raise HTTPException(404) from None
