"""The lists of the read commands as files: visits, duties, hours, absences, cases, with numbers and without names."""

from collections.abc import Callable, Iterable
from typing import Any, Literal, get_args

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.batch.fields import parse_civil_day
from kiosk.desk.api.read import BadQuery, Query
from kiosk.desk.downloads import FORMATS, send_rows
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.statements.columns import COLUMNS
from kiosk.text.typed import narrow
from kiosk.words.desk.lists import LISTS, ListWords

Listed = Literal["visits", "duties", "hours", "absences", "exits", "pending"]
LISTED: tuple[Listed, ...] = get_args(Listed)
ListRows = Callable[[str, Query], list[dict[str, Any]]]
"""The rows of a read model, asked as the interface asks it. Raises: BadQuery, LogError, UserError."""


class ListPages:
    """Answers `/audit/lists`."""

    def __init__(self, list_rows: ListRows) -> None:
        self._list_rows = list_rows

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The form, and the file that answers it."""
        self._pages = pages
        return (
            Route("/audit/lists", pages.allow("audit", self._show)),
            Route("/audit/lists/file", pages.allow("audit", self._send)),
        )

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        return self._show_form(request, visitor, "")

    def _show_form(self, request: Request, visitor: Visitor, fault: str) -> Response:
        values = {
            "list_words": LISTS[visitor.words.language],
            "listed": LISTED,
            "formats": FORMATS,
            "query": request.query_params,
            "fault": fault,
        }
        return self._pages.show_to(visitor, "audit/lists.html", values, REFUSED if fault else 200)

    async def _send(self, request: Request, visitor: Visitor) -> Response:
        asked, words = request.query_params, LISTS[visitor.words.language]
        name, form = asked.get("list", ""), asked.get("format", "")
        if name not in LISTED or form not in FORMATS:
            return self._show_form(request, visitor, words.choose)
        wanted = {key: asked[key].strip() for key in ("from", "to", "volunteer") if asked.get(key, "").strip()}
        if fault := _find_fault(wanted, words):
            return self._show_form(request, visitor, fault)
        if name == "hours":
            wanted["by"] = "month,category"
        try:
            rows = await to_thread.run_sync(self._list_rows, name, wanted)
        except BadQuery as wrong:
            return self._show_form(request, visitor, str(wrong))
        return await send_rows(words.names[name], rows, form, COLUMNS.get(name, ()))


def _find_fault(wanted: Query, words: ListWords) -> str:
    """What is wrong with the dates, in words of the form; empty where nothing is."""
    try:
        days = [parse_civil_day(narrow(wanted[key])) for key in ("from", "to") if key in wanted]
    except ValueError:
        return words.not_a_date
    return words.dates_reversed if days != sorted(days) else ""
