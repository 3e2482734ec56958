"""The page of service items and contents: what is done at each post and event of a month (R-022)."""

from collections.abc import Iterable
from functools import partial
from typing import cast

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.calendar import add_months
from domain.ids import compose
from domain.model.duty_description import PlannedKind
from domain.months import format_month
from kiosk.batch.fields import parse_civil_month
from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.plan.work import WorkMonth, WorkSource
from kiosk.words.desk.planned_work import PLANNED_WORK, WorkWords

ADDRESS = "/plan/duty-work"
MOST_GROUPS = 100
"""On a page; what nobody has described stands first."""


class WorkPages:
    """Answers `/plan/duty-work`."""

    def __init__(self, source: WorkSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The month, and what its forms are sent to."""
        self._pages = pages
        return (
            Route(ADDRESS, pages.allow("plan", self._show)),
            Route(f"{ADDRESS}/describe", pages.receive("plan", self._describe), methods=["POST"]),
        )

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        month = await self._load(request.query_params.get("month", ""))
        return self._show_month(visitor, month, Form(()), "")

    async def _load(self, text: str) -> WorkMonth:
        try:
            first = parse_civil_month(text) if text else None
        except ValueError:
            raise HTTPException(404) from None
        return await to_thread.run_sync(self._source.load_month, first)

    def _show_month(self, visitor: Visitor, month: WorkMonth, form: Form, message: str) -> Response:
        values = {
            "work_words": _words(visitor),
            "work": month,
            "groups": month.works[:MOST_GROUPS],
            "left_out": len(month.works[MOST_GROUPS:]),
            "month": format_month(month.month),
            "earlier": format_month(add_months(month.month, -1)),
            "later": format_month(add_months(month.month, 1)),
            "form": form,
            "message": message,
        }
        return self._pages.show_to(visitor, "plan/work.html", values, REFUSED if message else 200)

    async def _describe(self, _: Request, visitor: Visitor, form: Form) -> Response:
        month, words = await self._load(form.get("month")), _words(visitor)
        kind, of = form.get("kind"), form.get("of") if form.get("has_post") else None
        shown, typed = ((_read(form, f"{prefix}item"), _read(form, f"{prefix}content")) for prefix in ("shown_", ""))
        said = (typed[0] or shown[0], typed[1] or shown[1])
        found, is_done = month.find(kind, of, *shown), month.find(kind, of, *said) is not None
        if said == (None, None):
            return self._show_month(visitor, month, form, words.nothing_said)
        if found is None and not is_done:
            return self._show_month(visitor, month, Form(()), words.changed_meanwhile)
        if found is not None and said != shown:
            by = visitor.account.name
            describe = partial(self._source.describe, cast("PlannedKind", kind), found.names, said, by, form.id)
            result = await to_thread.run_sync(describe)
            if result.status:
                month = await self._load(form.get("month"))
                return self._show_month(visitor, month, form, result.sentence or "")
        return self._pages.lead_to(ADDRESS, visitor, words.saved, month=format_month(month.month))


def _read(form: Form, name: str) -> str | None:
    text = form.get_text(name)
    return text and compose(text)


def _words(visitor: Visitor) -> WorkWords:
    return PLANNED_WORK[visitor.words.language]
