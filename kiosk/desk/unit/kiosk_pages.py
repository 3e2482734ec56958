"""The page of the kiosks: when each was heard, what an alarm means and asks for, and the code for another one."""

from collections.abc import Iterable, Mapping

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.unit.kiosk_source import KioskSource, ShownCode
from kiosk.words.desk.kiosks import KIOSKS, KioskPageWords

ADDRESS = "/unit/kiosks"
LONGEST_NAME = 60
"""Characters, as a kiosk may wish to be called."""


class KioskPages:
    """Answers `/unit/kiosks`."""

    def __init__(self, source: KioskSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The page, and what its forms are sent to."""
        self._pages = pages
        receivers = {"settle": self._settle, "revoke": self._revoke, "add": self._add}
        yield Route(ADDRESS, pages.allow("unit", self._show))
        for name, handler in receivers.items():
            yield Route(f"{ADDRESS}/{name}", pages.receive("unit", handler), methods=["POST"])

    async def _show(self, _: Request, visitor: Visitor) -> Response:
        return await self._show_list(visitor)

    async def _show_list(
        self,
        visitor: Visitor,
        form: Form | None = None,
        errors: Mapping[str, str] | None = None,
        refusal: str = "",
        code: ShownCode | None = None,
    ) -> Response:
        """The page; `form` is one that was not carried out, with what is wrong with its fields."""
        values = {
            "kiosk_words": _words(visitor),
            "kiosks": await to_thread.run_sync(self._source.load),
            "form": form or Form(()),
            "errors": errors or {},
            "refusal": refusal,
            "code": code,
        }
        return self._pages.show_to(visitor, "unit/kiosks.html", values, REFUSED if form else 200)

    # --- What is done ---

    async def _settle(self, _: Request, visitor: Visitor, form: Form) -> Response:
        return await self._carry_out("settle_kiosk_alarm", visitor, form, _words(visitor).settled)

    async def _revoke(self, _: Request, visitor: Visitor, form: Form) -> Response:
        return await self._carry_out("revoke_kiosk", visitor, form, _words(visitor).has_been_revoked)

    async def _carry_out(self, do: str, visitor: Visitor, form: Form, done: str) -> Response:
        kiosk = form.get("kiosk")
        if kiosk not in [line.kiosk for line in await to_thread.run_sync(self._source.load)]:
            raise HTTPException(404)
        command = {"do": do, "kiosk": kiosk, "reason": form.get("reason").strip()}
        result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
        if result.status:
            return await self._show_list(visitor, form, refusal=result.sentence or "")
        return self._pages.lead_on(ADDRESS, visitor, done, is_repeated=result.is_repeated)

    async def _add(self, _: Request, visitor: Visitor, form: Form) -> Response:
        words, name = _words(visitor), (form.get_text("name") or "").strip()
        if not name or len(name) > LONGEST_NAME:
            return await self._show_list(visitor, form, {"name": words.long_name if name else words.no_name})
        found = await to_thread.run_sync(self._source.issue_code, name, visitor.account.name)
        if isinstance(found, str):
            return await self._show_list(visitor, form, {"name": found})
        return await self._show_list(visitor, code=found)


def _words(visitor: Visitor) -> KioskPageWords:
    return KIOSKS[visitor.words.language]
