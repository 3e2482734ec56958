"""The pages that plan new duties: one by hand, many from a pattern or from another week.

Rule: what a pattern comes to is shown with everything that speaks against it before anything is saved.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.forms import Form
from kiosk.desk.pages import Pages, Visitor
from kiosk.desk.plan.changes import PlanChanges, decode_line
from kiosk.desk.plan.fields import FieldReader
from kiosk.desk.plan.formatting import PlanFormat, find_plan_words
from kiosk.desk.plan.new_forms import Defaults, read_copy, read_new_duty, read_pattern
from kiosk.desk.plan.source import PlanSource
from kiosk.desk.plan.view_model import PreviewLine

PATTERN, COPY = "plan/pattern.html", "plan/copy.html"


class NewDutyPages:
    """The forms of new duties, and the preview between them and the roster."""

    def __init__(self, source: PlanSource, changes: PlanChanges, pages: Pages) -> None:
        self._source, self._changes, self._pages = source, changes, pages

    def list_routes(self) -> Iterable[Route]:
        """Their addresses."""
        allow, receive = self._pages.allow, self._pages.receive
        return [
            Route("/plan/add", allow("plan", self._show_add)),
            Route("/plan/add", receive("plan", self._preview_one), methods=["POST"]),
            Route("/plan/new", allow("plan", self._show_pattern)),
            Route("/plan/copy", allow("plan", self._show_copy)),
            Route("/plan/preview", receive("plan", self._preview_pattern), methods=["POST"]),
            Route("/plan/preview-copy", receive("plan", self._preview_copy), methods=["POST"]),
            Route("/plan/save", receive("plan", self._save), methods=["POST"]),
        ]

    # --- One duty ---

    async def _show_add(self, request: Request, visitor: Visitor) -> Response:
        usual = await to_thread.run_sync(self._source.suggest)
        form = Form(tuple(request.query_params.multi_items()))
        return self._show(visitor, "plan/add.html", {"defaults": Defaults(usual, form), "errors": {}})

    async def _preview_one(self, _: Request, visitor: Visitor, form: Form) -> Response:
        reader = FieldReader(form, find_plan_words(visitor.words), self._changes.search)
        usual = await to_thread.run_sync(self._source.suggest)
        proposal = await to_thread.run_sync(read_new_duty, reader, form, usual.slots)
        if proposal is None:
            values = {"defaults": Defaults(usual, form), "errors": reader.errors}
            return self._show(visitor, "plan/add.html", values, 422)
        lines = await to_thread.run_sync(self._source.preview, [proposal])
        return await self._show_preview(visitor, form, "/plan/add", lines, [])

    # --- Many ---

    async def _show_pattern(self, request: Request, visitor: Visitor) -> Response:
        usual = await to_thread.run_sync(self._source.suggest)
        form = Form(tuple(request.query_params.multi_items()))
        return self._show(visitor, PATTERN, {"defaults": Defaults(usual, form), "errors": {}})

    async def _preview_pattern(self, _: Request, visitor: Visitor, form: Form) -> Response:
        usual = await to_thread.run_sync(self._source.suggest)
        reader = FieldReader(form, find_plan_words(visitor.words), self._changes.search)
        pattern = await to_thread.run_sync(read_pattern, reader, form, self._source.list_closed)
        values = {"defaults": Defaults(usual, form), "errors": reader.errors}
        if pattern is None:
            return self._show(visitor, PATTERN, values, 422)
        lines = await to_thread.run_sync(self._source.preview, list(pattern.list_proposals()))
        return await self._show_preview(visitor, form, "/plan/new", lines, pattern.list_closed())

    async def _show_copy(self, request: Request, visitor: Visitor) -> Response:
        form = Form(tuple(request.query_params.multi_items()))
        return self._show(visitor, COPY, {"form": form, "errors": {}})

    async def _preview_copy(self, _: Request, visitor: Visitor, form: Form) -> Response:
        reader = FieldReader(form, find_plan_words(visitor.words), self._changes.search)
        weeks = read_copy(reader)
        if weeks is None:
            return self._show(visitor, COPY, {"form": form, "errors": reader.errors}, 422)
        lines = await to_thread.run_sync(self._source.propose_copy, *weeks)
        return await self._show_preview(visitor, form, "/plan/copy", lines, [])

    async def _show_preview(
        self, visitor: Visitor, form: Form, path: str, lines: Sequence[PreviewLine], closed: Sequence[date]
    ) -> Response:
        days = [*closed, *(line.duty.day for line in lines)]
        years = await to_thread.run_sync(self._source.list_unknown_years, days)
        values = {"lines": lines, "closed": closed, "years": years, "back": f"{path}?{form.encode()}"}
        return self._show(visitor, "plan/preview.html", values)

    async def _save(self, _: Request, visitor: Visitor, form: Form) -> Response:
        words = find_plan_words(visitor.words)
        try:
            lines = [decode_line(text) for text in form.get_all("line")]
        except ValueError:
            raise HTTPException(400) from None
        refused = await to_thread.run_sync(self._changes.save, lines, visitor.account.name, form.id)
        count = len(lines) - len(refused)
        first = min((line.start[:10] for line in lines), default="")
        if refused or not lines:
            values = {"refused": refused, "count": count, "first": first}
            return self._show(visitor, "plan/saved.html", values, 422)
        return self._pages.lead_to("/plan", visitor, words.saved.format(count=count), day=first)

    def _show(self, visitor: Visitor, template: str, values: Mapping[str, object], status: int = 200) -> Response:
        words = find_plan_words(visitor.words)
        shared = {"section": "plan", "plan": words, "show": PlanFormat(words)}
        return self._pages.show_to(visitor, template, {**shared, **values}, status)
