"""The pages of exit cases: what waits for a decision, the evidence, and what a decision brings about."""

from collections.abc import Iterable
from typing import get_args

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.cases.source import Case, CaseSource, Decision
from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.words.desk.cases import CASES, CaseWords

DECISIONS: tuple[Decision, ...] = get_args(Decision)
ENDING = ("not_renew", "terminate")
"""Decisions that end service, at once or with the agreement."""


class CasePages:
    """Answers `/cases`."""

    def __init__(self, source: CaseSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The list, a case, and what its forms are sent to."""
        self._pages = pages
        return (
            Route("/cases", pages.allow("cases", self._list)),
            Route("/cases/report", pages.receive("cases", self._report), methods=["POST"]),
            Route("/cases/{position:int}", pages.allow("cases", self._show)),
            Route("/cases/{position:int}/talk", pages.receive("cases", self._record_talk), methods=["POST"]),
            Route("/cases/{position:int}/decide", pages.receive("cases", self._decide), methods=["POST"]),
            Route("/cases/{position:int}/retract", pages.receive("cases", self._retract), methods=["POST"]),
        )

    # --- What is shown ---

    async def _list(self, _: Request, visitor: Visitor) -> Response:
        return await self._show_list(visitor)

    async def _show_list(self, visitor: Visitor, form: Form | None = None, message: str = "") -> Response:
        cases = await to_thread.run_sync(self._source.list_cases)
        values = {"case_words": _words(visitor), "cases": cases, "form": form or Form(()), "message": message}
        return self._pages.show_to(visitor, "cases/cases.html", values, REFUSED if message else 200)

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        return self._show_case(visitor, await self._load(request))

    async def _load(self, request: Request) -> Case:
        case = await to_thread.run_sync(self._source.load_case, request.path_params["position"])
        if case is None:
            raise HTTPException(404)
        return case

    def _show_case(self, visitor: Visitor, case: Case, form: Form | None = None, message: str = "") -> Response:
        decided = [step.position for step in case.steps if step.kind == "decided"]
        values = {
            "case_words": _words(visitor),
            "case": case,
            "decisions": [(name, _words(visitor).decisions[name]) for name in DECISIONS],
            "last_decision": decided[-1] if decided and case.line.status == "decided" else None,
            "form": form or Form(()),
            "message": message,
        }
        return self._pages.show_to(visitor, "cases/case.html", values, REFUSED if message else 200)

    # --- What is done ---

    async def _report(self, _: Request, visitor: Visitor, form: Form) -> Response:
        command = {
            "do": "report_misconduct",
            "volunteer": form.get("volunteer").strip(),
            "on": form.get("on").strip(),
            "reason": form.get("reason").strip(),
        }
        (result,) = await to_thread.run_sync(self._source.run, [command], visitor.account.name, form.id)
        if result.status:
            return await self._show_list(visitor, form, result.sentence or "")
        return self._pages.lead_to("/cases", visitor, _words(visitor).reported)

    async def _record_talk(self, request: Request, visitor: Visitor, form: Form) -> Response:
        case = await self._load(request)
        command = {"do": "counsel", "reason": form.get("reason").strip(), **_name_case(case)}
        return await self._carry_out(case, command, visitor, form, _words(visitor).talk_recorded)

    async def _retract(self, request: Request, visitor: Visitor, form: Form) -> Response:
        case, event = await self._load(request), form.get("event")
        if not event.isdecimal():
            raise HTTPException(400)
        command = {"do": "retract", "event": int(event), "reason": form.get("reason").strip()}
        return await self._carry_out(case, command, visitor, form, _words(visitor).retracted)

    async def _carry_out(self, case: Case, command: Command, visitor: Visitor, form: Form, done: str) -> Response:
        (result,) = await to_thread.run_sync(self._source.run, [command], visitor.account.name, form.id)
        if result.status:
            return self._show_case(visitor, case, form, result.sentence or "")
        return self._pages.lead_to(f"/cases/{case.line.position}", visitor, done)

    async def _decide(self, request: Request, visitor: Visitor, form: Form) -> Response:
        case, words, reason = await self._load(request), _words(visitor), form.get("reason").strip()
        decision = form.get("decision")
        commands: list[Command] = [{"do": "decide_exit", "decision": decision, "reason": reason, **_name_case(case)}]
        if decision in ENDING:
            commands += build_leaving(case.line.person.number, form)
        results = await to_thread.run_sync(self._source.run, commands, visitor.account.name, form.id)
        if results[0].status:
            return self._show_case(visitor, case, form, results[0].sentence or "")
        failed = results[-1].sentence if results[-1].status else None
        done = words.done_so_far.format(why=failed) if failed else words.decided
        return self._pages.lead_to(f"/cases/{case.line.position}", visitor, done)


def _words(visitor: Visitor) -> CaseWords:
    return CASES[visitor.words.language]


def _name_case(case: Case) -> dict[str, str]:
    return {"volunteer": case.line.person.number, "rule": case.line.rule}


def build_leaving(number: str, form: Form) -> list[Command]:
    """The commands that follow a decision to end service, as the form showed and the person wanted them (R-056)."""
    wanted, reason, commands = form.get_all("follow"), form.get("reason").strip(), list[Command]()
    if "duties" in wanted:
        commands += [{"do": "unassign", "shift": shift, "volunteer": number} for shift in form.get_all("duty")]
    if "cards" in wanted:
        cards = [int(card) for card in form.get_all("card") if card.isdecimal()]
        commands += [{"do": "revoke_card", "event": card, "reason": reason} for card in cards]
    if "agreement" in wanted:
        commands.append({"do": "end_agreement", "volunteer": number, "on": form.get("day"), "reason": reason})
    return commands
