"""The lists of the read commands as files: visits, duties, hours, absences, cases, with numbers and without names."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, get_args
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.api.read import BadQuery, Query
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.people.export_pages import TYPES
from kiosk.sheets.cells import Row
from kiosk.sheets.export import build_workbook, write_csv
from kiosk.statements.columns import COLUMNS
from kiosk.words.desk.lists import LISTS

Listed = Literal["visits", "duties", "hours", "absences", "exits", "pending"]
LISTED: tuple[Listed, ...] = get_args(Listed)
FORMATS = ("xlsx", "ods", "csv")
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
        if name == "hours":
            wanted["by"] = "month,category"
        try:
            rows = await to_thread.run_sync(self._list_rows, name, wanted)
        except BadQuery as wrong:
            return self._show_form(request, visitor, str(wrong))
        content = await to_thread.run_sync(build_file, name, rows, form)
        disposition = f"attachment; filename*=UTF-8''{quote(f'{words.names[name]}.{form}')}"
        return Response(content, media_type=TYPES[form], headers={"content-disposition": disposition})


def build_file(name: str, rows: Sequence[Row], form: str) -> bytes:
    """Rows as a file; CSV begins with a byte order mark, or Excel takes it for Big5."""
    columns = COLUMNS.get(name, ())
    if form == "csv":
        text = io.StringIO(newline="")
        write_csv(text, rows, columns)
        return text.getvalue().encode("utf-8-sig")
    return build_workbook(name, rows, columns, "ods" if form == "ods" else "xlsx")
