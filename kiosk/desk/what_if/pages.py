"""The pages of what-if: a visit, a shift or a rule is chosen, and what would change is shown. Nothing is written."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.errors import DomainError
from domain.iso_forms import parse_iso_instant
from domain.policy import check_changes
from domain.spans import Second
from kiosk.batch.fields import parse_civil_day
from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.unit.policy_pages import ASKED_PARAMETERS, describe_policy, list_fields, read_values
from kiosk.desk.what_if_source import WhatIfSource
from kiosk.desk.what_if_table import describe_what_if
from kiosk.effects import ShownWhatIf
from kiosk.roster.view_model import DayView
from kiosk.statements.explained_day import format_time_of_day
from kiosk.statements.policy_values import format_policy_value
from kiosk.text.sanitise import sanitise
from kiosk.text.typed import narrow
from kiosk.what_if import WouldBeRefused
from kiosk.words.desk.unit import UNIT
from kiosk.words.desk.what_if import WHAT_IF, WhatIfPageWords

LONGEST = 128
"""Characters: no id of a shift, number of a volunteer, date or time has more."""
REASON = "what-if"
"""Of a correction on trial: it is forgotten with the copy on which it is tried."""
Query = Mapping[str, str]
Values = dict[str, Any]


class WhatIfPages:
    """Answers `/audit/what-if` and the addresses behind it."""

    def __init__(self, source: WhatIfSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The addresses: each only reads."""
        self._pages = pages
        return (
            Route("/audit/what-if", pages.allow("audit", self._show)),
            Route("/audit/what-if/visit", pages.allow("audit", self._try_visit)),
            Route("/audit/what-if/shift", pages.allow("audit", self._try_shift)),
            Route("/audit/what-if/rule", pages.allow("audit", self._try_rule)),
        )

    # --- What is to be tried ---

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        return await self._show_choice(request.query_params, visitor, {})

    async def _show_choice(self, query: Query, visitor: Visitor, errors: dict[str, str]) -> Response:
        words, view = WHAT_IF[visitor.words.language], None
        number = _read(query, "volunteer")
        if number and (day := _read_day(query, "date", words, errors)):
            view = await to_thread.run_sync(self._source.load_day, number, day)
            if view is None:
                errors["volunteer"] = words.no_volunteer
        today = await to_thread.run_sync(self._source.load_today)
        values = {
            "what_if_words": words,
            "query": query,
            "errors": errors,
            "today": today,
            "day": view and _describe_day(view),
            "rules": [(name, UNIT[visitor.words.language].policy_words.parameters[name]) for name in ASKED_PARAMETERS],
            "rule": await self._describe_rule(query, visitor, today),
        }
        return self._pages.show_to(visitor, "what_if/choose.html", values, REFUSED if errors else 200)

    async def _describe_rule(self, query: Query, visitor: Visitor, today: date) -> Values | None:
        """The field of the rule that was chosen, with its value of today."""
        name = _read(query, "rule")
        fields = {field["name"]: field for field in list_fields(UNIT[visitor.words.language])}
        if name not in fields:
            return None
        now = describe_policy(await to_thread.run_sync(self._source.load_policy, today))[name]
        return {**fields[name], "value": query.get("value", now)}

    # --- What would change ---

    async def _try_visit(self, request: Request, visitor: Visitor) -> Response:
        query, words, errors = request.query_params, WHAT_IF[visitor.words.language], dict[str, str]()
        number, check_in = _read(query, "volunteer"), _read(query, "check_in")
        day = _read_day(query, "date", words, errors)
        view = day and await to_thread.run_sync(self._source.load_day, number, day)
        shown = view and next((one for one in _describe_day(view)["visits"] if one["check_in"] == check_in), None)
        if view is None or not shown:
            errors |= {"visit": words.no_visit} if view else {}
            return await self._show_choice(query, visitor, errors)
        command = {"do": "void_visit", "volunteer": view.person.number, "check_in": check_in, "reason": REASON}
        title = words.if_void.format(who=view.person.label, visit=f"{view.date} {shown['span']}")
        return await self._show_result(title, visitor, lambda: self._source.foresee(self._sign(command, visitor)))

    async def _try_shift(self, request: Request, visitor: Visitor) -> Response:
        query, words, errors = request.query_params, WHAT_IF[visitor.words.language], dict[str, str]()
        shift = _read(query, "shift")
        if _read(query, "act") == "cancel":
            command: Command = {"do": "cancel_shift", "shift": shift, "reason": REASON}
            title = words.if_cancelled.format(shift=sanitise(shift))
        else:
            for name in ("start", "end"):
                if not _is_instant(_read(query, name)):
                    errors[name] = words.not_an_instant
            if errors:
                return await self._show_choice(query, visitor, errors)
            start, end = _read(query, "start"), _read(query, "end")
            command = {"do": "change_shift", "shift": shift, "start": start, "end": end, "long": True}
            title = words.if_moved.format(shift=sanitise(shift), span=f"{start} – {end}".replace("T", " "))
        return await self._show_result(title, visitor, lambda: self._source.foresee(self._sign(command, visitor)))

    async def _try_rule(self, request: Request, visitor: Visitor) -> Response:
        query, words, errors = request.query_params, WHAT_IF[visitor.words.language], dict[str, str]()
        since, name = _read_day(query, "from", words, errors), _read(query, "rule")
        unit_words = UNIT[visitor.words.language]
        if since is None or name not in ASKED_PARAMETERS:
            return await self._show_choice(query, visitor, errors)
        policy = await to_thread.run_sync(self._source.load_policy, since)
        typed = dict[str, str]()
        try:
            values = read_values(Form(((name, _read(query, "value")),)), policy, typed, unit_words)
            changes = check_changes({name: values[name]})
        except (DomainError, KeyError):
            return await self._show_choice(query, visitor, {"value": typed.get(name, words.not_a_value)})
        rule = unit_words.policy_words.parameters[name]
        value = format_policy_value(name, values[name], unit_words.policy_words)
        title = words.if_rule.format(rule=rule, value=value, since=since)
        return await self._show_result(title, visitor, lambda: self._source.foresee_policy(since, changes))

    def _sign(self, command: Command, visitor: Visitor) -> Command:
        return {**command, "by": visitor.account.name}

    async def _show_result(self, title: str, visitor: Visitor, foresee: Callable[[], ShownWhatIf]) -> Response:
        words = WHAT_IF[visitor.words.language]
        values: Values = {"what_if_words": words, "asked": title, "refused": ""}
        try:
            found = await to_thread.run_sync(foresee)
        except WouldBeRefused as refusal:
            values["refused"] = words.refused.format(why=refusal)
        else:
            values |= describe_what_if(found, visitor.words)
        return self._pages.show_to(visitor, "what_if/result.html", values, REFUSED if values["refused"] else 200)


# --- What was typed, and what can be chosen ---


def _read(query: Query, name: str) -> str:
    return query.get(name, "").strip()[:LONGEST]


def _read_day(query: Query, name: str, words: WhatIfPageWords, errors: dict[str, str]) -> date | None:
    try:
        return parse_civil_day(narrow(_read(query, name)))
    except ValueError:
        errors[name] = words.not_a_date
        return None


def _is_instant(text: str) -> bool:
    try:
        parse_iso_instant(text)
    except ValueError:
        return False
    return True


def _describe_day(view: DayView) -> Values:
    """The visits and shifts of a day, as their forms have them."""
    visits = [found.visit for found in view.explanation.visits] if view.explanation else []
    duties = [duty.assignment for duty in view.explanation.duties] if view.explanation else []
    return {
        "who": view.person.label,
        "visits": [_describe_span(view, visit.check_in, visit.check_out) for visit in visits if not visit.void],
        "shifts": [
            {"shift": duty.shift, **_describe_span(view, duty.start, duty.end)} for duty in duties if not duty.cancelled
        ],
    }


def _describe_span(view: DayView, start: Second, end: Second | None) -> Values:
    """From when to when, for people and as fields have it; the beginning of a visit to the second."""
    begins, ends = (None if at is None else datetime.fromtimestamp(at, view.zone) for at in (start, end))
    return {
        "span": "–".join(format_time_of_day(at, view.date, view.zone) for at in (start, end)),
        "check_in": begins and begins.isoformat(),
        "start": begins and f"{begins:%Y-%m-%dT%H:%M}",
        "end": ends and f"{ends:%Y-%m-%dT%H:%M}",
    }
