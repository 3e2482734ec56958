"""The page of the spot checks of record books: one is drawn, compared with the books, recorded (R-112)."""

from collections.abc import Iterable, Mapping

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.spot_checks.source import SpotCheckSource
from kiosk.words.desk.spot_checks import SPOT_CHECKS, SpotCheckPageWords

PATH = "/month/spot-checks"
MOST_BOOKS = 10_000
"""As the commands take."""


class SpotCheckPages:
    """Answers `/month/spot-checks`."""

    def __init__(self, source: SpotCheckSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The list, and what its forms are sent to."""
        self._pages = pages
        receivers = {"draw": self._draw, "record": self._record, "retract": self._retract}
        yield Route(PATH, pages.allow("month", self._show))
        for name, handler in receivers.items():
            yield Route(f"{PATH}/{name}", pages.receive("month", handler), methods=["POST"])

    async def _show(self, _: Request, visitor: Visitor) -> Response:
        return await self._show_list(visitor)

    async def _show_list(
        self, visitor: Visitor, form: Form | None = None, errors: Mapping[str, str] | None = None, refusal: str = ""
    ) -> Response:
        """The page; `form` is one that was not carried out, with what is wrong with its fields."""
        values = {
            "check_words": _words(visitor),
            "state": await to_thread.run_sync(self._source.load),
            "form": form or Form(()),
            "errors": errors or {},
            "refusal": refusal,
        }
        return self._pages.show_to(visitor, "spot_checks/spot_checks.html", values, REFUSED if form else 200)

    # --- What is done ---

    async def _draw(self, _: Request, visitor: Visitor, form: Form) -> Response:
        size = _parse_count(form.get_narrow("size"), least=1)
        if size is None:
            return await self._show_list(visitor, form, {"size": _words(visitor).not_a_count})
        return await self._carry_out({"do": "draw_spot_check", "size": size}, visitor, form, _words(visitor).drawn)

    async def _record(self, _: Request, visitor: Visitor, form: Form) -> Response:
        number, matching = form.get("number"), _parse_count(form.get_narrow("matching"), least=0)
        if (await to_thread.run_sync(self._source.load)).find(number) is None:
            raise HTTPException(404)
        if matching is None:
            return await self._show_list(visitor, form, {f"matching-{number}": _words(visitor).not_a_count})
        command = {"do": "record_spot_check", "number": int(number), "matching": matching}
        return await self._carry_out(
            {**command, "reason": form.get_text("reason")}, visitor, form, _words(visitor).recorded
        )

    async def _retract(self, _: Request, visitor: Visitor, form: Form) -> Response:
        position = form.get("event")
        if not (await to_thread.run_sync(self._source.load)).has_event(position):
            raise HTTPException(404)
        command = {"do": "retract", "event": int(position), "reason": form.get("reason").strip()}
        return await self._carry_out(command, visitor, form, _words(visitor).taken_back)

    async def _carry_out(self, command: Command, visitor: Visitor, form: Form, done: str) -> Response:
        result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
        if result.status:
            return await self._show_list(visitor, form, refusal=result.sentence or "")
        return self._pages.lead_on(PATH, visitor, done, is_repeated=result.is_repeated)


def _parse_count(text: str, *, least: int) -> int | None:
    """How many books; None where it is no such number."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_BOOKS))):
        return None
    return int(text) if least <= int(text) <= MOST_BOOKS else None


def _words(visitor: Visitor) -> SpotCheckPageWords:
    return SPOT_CHECKS[visitor.words.language]
