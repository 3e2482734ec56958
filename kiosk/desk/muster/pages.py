"""The pages of who is in the building: masked until full names are needed, printable, with a drill."""

from collections.abc import Iterable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.forms import Form
from kiosk.desk.muster.source import Muster, MusterSource
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.words.desk.muster import MUSTER


class MusterPages:
    """Answers `/muster`."""

    def __init__(self, source: MusterSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The list, the list with names, and the drill."""
        self._pages = pages
        return (
            Route("/muster", pages.allow("muster", self._show_masked)),
            Route("/muster/names", pages.receive("muster", self._show_names), methods=["POST"]),
            Route("/muster/drill", pages.receive("muster", self._record_drill), methods=["POST"]),
        )

    async def _show_masked(self, _: Request, visitor: Visitor) -> Response:
        return self._show(visitor, await to_thread.run_sync(self._source.load_muster), with_names=False)

    async def _show_names(self, _: Request, visitor: Visitor, __: Form) -> Response:
        """The answer to this one request: nobody finds the names by going back to an address."""
        muster = await to_thread.run_sync(self._source.show_names, visitor.session.actor)
        return self._show(visitor, muster, with_names=True)

    def _show(self, visitor: Visitor, muster: Muster, *, with_names: bool, message: str = "") -> Response:
        values = {
            "muster_words": MUSTER[visitor.words.language],
            "muster": muster,
            "with_names": with_names,
            "message": message,
        }
        return self._pages.show_to(visitor, "muster/muster.html", values, REFUSED if message else 200)

    async def _record_drill(self, _: Request, visitor: Visitor, form: Form) -> Response:
        listed, accounted = form.get_all("listed"), form.get_all("accounted")
        missing = [number for number in listed if number not in accounted]
        command = {
            "do": "record_drill",
            "accounted": accounted,
            "missing": missing,
            "reason": form.get_text("reason"),
        }
        result = await to_thread.run_sync(self._source.record_drill, command, visitor.account.name, form.id)
        if result.status:
            muster = await to_thread.run_sync(self._source.load_muster)
            return self._show(visitor, muster, with_names=False, message=result.sentence or "")
        words = MUSTER[visitor.words.language]
        done = words.recorded.format(accounted=len(accounted), missing=len(missing))
        return self._pages.lead_to("/muster", visitor, done)
