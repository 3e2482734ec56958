"""The pages of the plan: a week, a month, and the page of a duty with what can be done about it.

Rule: a page is shown to those who may see the plan; its forms only to those who may change it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import cast, get_args

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.months import find_next_month
from kiosk.batch.fields import parse_civil_day
from kiosk.desk.forms import Form
from kiosk.desk.pages import Pages, Visitor
from kiosk.desk.plan.changes import PlanChanges
from kiosk.desk.plan.duty_forms import is_changed_meanwhile, list_shown, read_command
from kiosk.desk.plan.fields import FieldReader
from kiosk.desk.plan.formatting import PlanFormat, find_plan_words
from kiosk.desk.plan.grid import build_month, build_week, choose_density, is_counted
from kiosk.desk.plan.new_pages import NewDutyPages
from kiosk.desk.plan.source import PlanSource
from kiosk.desk.plan.view_model import DutyView
from kiosk.text.typed import narrow
from kiosk.words.desk.plan_words import DutyAct
from kiosk.words.desk.what_if import WHAT_IF

LAST_DAY = 6
"""Of a week, counted from Monday."""


class PlanPages:
    """The section in which duties are planned."""

    def __init__(self, source: PlanSource, changes: PlanChanges) -> None:
        self._source, self._changes = source, changes

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """Its addresses."""
        self._pages = pages
        return [
            Route("/plan", pages.allow("plan_view", self._show_week)),
            Route("/plan/month", pages.allow("plan_view", self._show_month)),
            *NewDutyPages(self._source, self._changes, pages).list_routes(),
            Route("/plan/duty/{shift:path}", pages.allow("plan_view", self._show_duty)),
            Route("/plan/duty/{shift:path}", pages.receive("plan", self._change_duty), methods=["POST"]),
        ]

    # --- Weeks and months ---

    async def _show_week(self, request: Request, visitor: Visitor) -> Response:
        day = await self._find_day(request)
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=LAST_DAY)
        period = await to_thread.run_sync(self._source.load_period, first, last)
        coverage = await to_thread.run_sync(self._source.list_coverage)
        values = {
            "week": build_week(period),
            "coverage": coverage,
            "desks": period.desks,
            "earlier": first - timedelta(days=1),
            "later": last + timedelta(days=1),
            "first": first,
            "last": last,
        }
        return self._show(visitor, "plan/week.html", values)

    async def _show_month(self, request: Request, visitor: Visitor) -> Response:
        first = (await self._find_day(request)).replace(day=1)
        later = find_next_month(first)
        period = await to_thread.run_sync(self._source.load_period, first, later - timedelta(days=1))
        values = {
            "weeks": build_month(period),
            "earlier": first - timedelta(days=1),
            "later": later,
            "first": first,
            "density": choose_density(period),
            "is_counted": is_counted(period),
        }
        return self._show(visitor, "plan/month.html", values)

    async def _find_day(self, request: Request) -> date:
        """The day that an address names; today, where it names none."""
        text = request.query_params.get("day", "")
        if not text:
            return await to_thread.run_sync(self._source.find_today)
        try:
            return parse_civil_day(narrow(text))
        except ValueError:
            raise HTTPException(404) from None

    # --- One duty ---

    async def _show_duty(self, request: Request, visitor: Visitor) -> Response:
        view = await self._find_duty(request)
        return await self._show_duty_page(visitor, view, Form(()), {})

    async def _find_duty(self, request: Request) -> DutyView:
        view = await to_thread.run_sync(self._source.find_duty, request.path_params["shift"])
        if view is None:
            raise HTTPException(404)
        return view

    async def _show_duty_page(
        self, visitor: Visitor, view: DutyView, form: Form, errors: Mapping[str, str], refusal: str = ""
    ) -> Response:
        words = find_plan_words(visitor.words)
        half_choices = [("", words.any_half), *words.half_days.items()]
        values = {
            "view": view,
            "stands": list_shown(view),
            "form": form,
            "errors": errors,
            "refusal": refusal,
            "half_choices": half_choices,
        }
        values["choices"] = await to_thread.run_sync(self._source.load_choices)
        values["what_if_title"] = WHAT_IF[visitor.words.language].title if visitor.may("audit") else ""
        return self._show(visitor, "plan/duty.html", values, 422 if errors or refusal else 200)

    async def _change_duty(self, request: Request, visitor: Visitor, form: Form) -> Response:
        view, words = await self._find_duty(request), find_plan_words(visitor.words)
        reader = FieldReader(form, words, self._changes.search)
        do = form.get("do")
        if do not in get_args(DutyAct):
            raise HTTPException(400)
        act = cast("DutyAct", do)
        if is_changed_meanwhile(act, view, form):
            return await self._show_duty_page(visitor, view, Form(()), {}, words.changed_meanwhile)
        if act == "leave" and view.is_started:
            if not form.get_text("reason"):
                return await self._show_duty_page(visitor, view, form, {"reason": words.started_meanwhile})
            act = "excuse"
        read = partial(read_command, act, view.duty.shift, reader, form, self._source.list_duties_of)
        command = await to_thread.run_sync(read)
        if reader.errors:
            return await self._show_duty_page(visitor, view, form, reader.errors)
        change = partial(self._changes.change, command, visitor.account.name, form.id)
        result = await to_thread.run_sync(change)
        if result.status:
            view = await self._find_duty(request)
            return await self._show_duty_page(visitor, view, form, {}, words.refused.format(reason=result.sentence))
        return self._pages.lead_to(view.duty.path, visitor, words.done[act])

    def _show(self, visitor: Visitor, template: str, values: Mapping[str, object], status: int = 200) -> Response:
        words = find_plan_words(visitor.words)
        shared = {"section": "plan", "plan": words, "show": PlanFormat(words), "may_change": visitor.may("plan")}
        return self._pages.show_to(visitor, template, {**shared, **values}, status)
