"""The page of heads: what was signed, where it was copied to, whether the log still extends it, and the receipt."""

from collections.abc import Iterable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.audit.head_source import HeadSource
from kiosk.desk.pages import Pages, Visitor
from kiosk.documents.head_receipt import HEAD_RECEIPT
from kiosk.words.desk.heads import HEADS


class HeadPages:
    """Answers `/audit/heads`."""

    def __init__(self, source: HeadSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The address of the page."""
        self._pages = pages
        return (Route("/audit/heads", pages.allow("audit", self._show)),)

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        heads = await to_thread.run_sync(self._source.list_heads)
        position, code = self._source.find_now()
        values = {
            "head_words": HEADS[visitor.words.language],
            "rows": heads,
            "code": f"{position}:{code}",
            "since": position - heads[0].position if heads else None,
            "has_other": not all(one.is_extended for one in heads),
            "receipt": HEAD_RECEIPT.name if visitor.may("documents") else None,
        }
        return self._pages.show_to(visitor, "audit/heads.html", values)
