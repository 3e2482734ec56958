"""The page of a difference: what changed between two instants, in words, by whom and why."""

from collections.abc import Iterable, Sequence
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.audit.fields import FEW, FormErrors, read_instant
from kiosk.desk.audit.source import AuditSource
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.statements.changed_row import describe_change
from kiosk.words.desk.audit import AUDIT, AuditWords

ROWS_ON_A_PAGE = 50
Row = dict[str, Any]
Values = dict[str, Any]


class DifferencePages:
    """Answers `/audit/difference`."""

    def __init__(self, source: AuditSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The one address, also of its form."""
        self._pages = pages
        return (Route("/audit/difference", pages.allow("audit", self._show)),)

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        words, errors, query = AUDIT[visitor.words.language], FormErrors(), request.query_params
        rows: list[Row] | None = None
        if query:
            instants = [read_instant(self._source, query, name, words, errors) for name in ("from", "to")]
            number = self._read_number(query.get("volunteer", "").strip(), words, errors)
            if not errors:
                rows = await self._compare([at for at in instants if at is not None], number)
        values = {
            "audit_words": words,
            "query": query,
            "errors": errors,
            "rows": rows,
            **describe_page(rows or [], query.get("page", ""), words),
        }
        values["changes"] = [describe_change(row) for row in values["shown"]]
        return self._pages.show_to(visitor, "audit/difference.html", values, REFUSED if errors else 200)

    def _read_number(self, typed: str, words: AuditWords, errors: FormErrors) -> str | None:
        """The number of the volunteer who is asked about; None for all of them."""
        number = self._source.find_volunteer_number(typed) if typed else None
        if typed and number is None:
            errors["volunteer"] = words.no_volunteer
        return number

    async def _compare(self, instants: Sequence[int], number: str | None) -> list[Row]:
        earlier, later = sorted(instants)
        rows = await to_thread.run_sync(self._source.compare, earlier, later)
        return rows if number is None else [row for row in rows if row["key"].get("volunteer") == number]


def describe_page(rows: list[Row], typed: str, words: AuditWords) -> Values:
    """The rows of one page, and where that stands; the first one where its number is none."""
    pages = max(-(-len(rows) // ROWS_ON_A_PAGE), 1)
    number = min(max(int(typed), 1), pages) if typed.isascii() and typed.isdecimal() and len(typed) < FEW else 1
    return {
        "shown": rows[(number - 1) * ROWS_ON_A_PAGE : number * ROWS_ON_A_PAGE],
        "page": number,
        "pages": pages,
        "position": words.page_of.format(page=number, pages=pages),
    }
