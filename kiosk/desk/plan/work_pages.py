"""The page of service items and contents: of each post and event of a month, and the defaults of posts (R-022)."""

from collections.abc import Iterable, Mapping
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
from kiosk.desk.plan.fields import FieldReader
from kiosk.desk.plan.formatting import find_plan_words
from kiosk.desk.plan.work import WorkMonth, WorkSource
from kiosk.text.typed import narrow
from kiosk.words.desk.planned_work import PLANNED_WORK, WorkWords
from projections.read_models.plan import PostWork

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
            Route(f"{ADDRESS}/usual", pages.receive("plan", self._describe_post), methods=["POST"]),
        )

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        month = await self._load(request.query_params.get("month", ""))
        key = (request.query_params.get("post", ""), request.query_params.get("since", ""))
        usual = next((one for one in month.usual if (one.post, one.since.isoformat()) == key), None)
        if any(key) and usual is None:
            raise HTTPException(404)
        return self._show_month(visitor, month, _fill_form(usual) if usual else Form(()), "")

    async def _load(self, text: str) -> WorkMonth:
        try:
            first = parse_civil_month(narrow(text)) if text else None
        except ValueError:
            raise HTTPException(404) from None
        return await to_thread.run_sync(self._source.load_month, first)

    def _show_month(
        self, visitor: Visitor, month: WorkMonth, form: Form, message: str, errors: Mapping[str, str] | None = None
    ) -> Response:
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
            "errors": errors or {},
            "usual_work": month.list_current_usual()[:MOST_GROUPS],
        }
        return self._pages.show_to(visitor, "plan/work.html", values, REFUSED if message or errors else 200)

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

    async def _describe_post(self, _: Request, visitor: Visitor, form: Form) -> Response:
        """From the first day of the month where no other day is given; what stands there must be what was shown."""
        month, words = await self._load(form.get("month")), _words(visitor)
        reader = FieldReader(form, find_plan_words(visitor.words))
        post, since = reader.read_text("of"), reader.read_day("since") if form.get("usual") else month.month
        if post is None or since is None:
            return self._show_month(visitor, month, form, "", reader.errors)
        usual = PostWork(compose(post), since, _read(form, "item"), _read(form, "content"))
        stands = month.find_usual(usual.post, since)
        shown = (_read(form, "usual_item"), _read(form, "usual_content"))
        if stands is None and usual[2:] == (None, None) and usual.post not in {one.post for one in month.usual}:
            return self._show_month(visitor, month, form, words.nothing_said)
        if stands and stands != usual and stands[2:] != shown:
            return self._show_month(visitor, month, form, words.usual_known.format(**_show_texts(stands)))
        if stands != usual:
            by = visitor.account.name
            result = await to_thread.run_sync(partial(self._source.describe_post, usual, by, form.id))
            if result.status:
                return self._show_month(visitor, month, form, result.sentence or "")
        done = words.usual_saved.format(post=usual.post, since=since)
        return self._pages.lead_to(ADDRESS, visitor, done, month=format_month(month.month))


def _fill_form(usual: PostWork) -> Form:
    """The form that changes it; it says what was shown."""
    work = {"item": usual.item or "", "content": usual.content or ""}
    shown = {f"usual_{name}": text for name, text in work.items()}
    fields = {"usual": "yes", "of": usual.post, "since": usual.since.isoformat(), **work, **shown}
    return Form(tuple(fields.items()))


def _show_texts(usual: PostWork) -> Mapping[str, object]:
    return {name: "–" if value is None else value for name, value in usual._asdict().items()}


def _read(form: Form, name: str) -> str | None:
    text = form.get_text(name)
    return text and compose(text)


def _words(visitor: Visitor) -> WorkWords:
    return PLANNED_WORK[visitor.words.language]
