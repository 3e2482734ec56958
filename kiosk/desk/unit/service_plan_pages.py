"""The page of service plans: what was filed with the authority, how it stands, and what was reported (R-001, R-111)."""

from collections.abc import Iterable, Mapping
from datetime import date

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.ids import compose
from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.plan.fields import FieldReader
from kiosk.desk.plan.formatting import find_plan_words
from kiosk.desk.unit.ledger_source import LedgerSource, PlanBoard, describe_plan, list_authorities
from kiosk.words.desk.service_plans import SERVICE_PLANS, ServicePlanWords

ADDRESS = "/unit/plans"


class ServicePlanPages:
    """Answers `/unit/plans`."""

    def __init__(self, source: LedgerSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The page, and what its forms are sent to."""
        self._pages = pages
        return (
            Route(ADDRESS, pages.allow("unit", self._show)),
            Route(f"{ADDRESS}/file", pages.receive("unit", self._file), methods=["POST"]),
            Route(f"{ADDRESS}/report", pages.receive("unit", self._report), methods=["POST"]),
            Route(f"{ADDRESS}/end", pages.receive("unit", self._end), methods=["POST"]),
        )

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        board, chosen = await to_thread.run_sync(self._source.load_plans), request.query_params.get("plan")
        if chosen is None:
            return self._show_board(visitor, board, Form(()))
        line = board.find(chosen)
        if line is None:
            raise HTTPException(404)
        plan = line.plan
        days = (("valid_from", plan.valid_from.isoformat()), ("valid_to", plan.valid_to.isoformat()))
        texts = (("plan", plan.plan), ("shown", line.shown), ("authority", plan.authority))
        return self._show_board(visitor, board, Form((("act", "file"), *texts, *days)))

    def _show_board(
        self,
        visitor: Visitor,
        board: PlanBoard,
        form: Form,
        errors: Mapping[str, str] | None = None,
        message: str = "",
    ) -> Response:
        values = {
            "plan_words": _words(visitor),
            "board": board,
            "authorities": list_authorities(board),
            "form": form,
            "errors": errors or {},
            "message": message,
        }
        return self._pages.show_to(visitor, "unit/service_plans.html", values, REFUSED if errors or message else 200)

    # --- Forms ---

    async def _file(self, _: Request, visitor: Visitor, form: Form) -> Response:
        board, reader = await to_thread.run_sync(self._source.load_plans), _read(visitor, form)
        plan, authority = reader.read_text("plan"), reader.read_text("authority")
        first, last = reader.read_day("valid_from"), reader.read_day("valid_to")
        if plan and authority and first and last:
            stands = board.find(compose(plan))
            if stands and stands.shown not in (form.get("shown"), describe_plan(compose(authority), first, last)):
                reader.errors["plan"] = _words(visitor).known.format(
                    authority=stands.plan.authority, first=stands.plan.valid_from, last=stands.plan.valid_to
                )
        command = {
            "do": "file_plan",
            "plan": plan,
            "authority": authority,
            **_write_days(valid_from=first, valid_to=last),
        }
        return await self._carry_out(visitor, form, reader, command, _words(visitor).done["file"])

    async def _report(self, _: Request, visitor: Visitor, form: Form) -> Response:
        reader = _read(visitor, form)
        days = {"from": reader.read_day("since"), "to": reader.read_day("until"), "on": reader.read_day("on")}
        command = {"do": "report_results", "authority": reader.read_text("reported_to"), **_write_days(**days)}
        return await self._carry_out(visitor, form, reader, command, _words(visitor).done["report"])

    async def _end(self, _: Request, visitor: Visitor, form: Form) -> Response:
        reader = _read(visitor, form)
        plan, day, reason = reader.read_text("ended"), reader.read_day("ended_on"), reader.read_text("reason")
        command = {"do": "terminate_plan", "plan": plan, "reason": reason, **_write_days(on=day)}
        return await self._carry_out(visitor, form, reader, command, _words(visitor).done["end"])

    async def _carry_out(
        self, visitor: Visitor, form: Form, reader: FieldReader, command: Command, done: str
    ) -> Response:
        message = ""
        if not reader.errors:
            result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
            if not result.status:
                return self._pages.lead_on(ADDRESS, visitor, done, is_repeated=result.is_repeated)
            message = result.sentence or ""
        board = await to_thread.run_sync(self._source.load_plans)
        return self._show_board(visitor, board, form, reader.errors, message)


def _read(visitor: Visitor, form: Form) -> FieldReader:
    return FieldReader(form, find_plan_words(visitor.words))


def _write_days(**days: date | None) -> Command:
    """Days as the commands of a batch take them."""
    return {name: day and day.isoformat() for name, day in days.items()}


def _words(visitor: Visitor) -> ServicePlanWords:
    return SERVICE_PLANS[visitor.words.language]
