"""The form that changes the rules of the unit: what it would change is shown before it is adopted."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.calendar import parse_date
from domain.policy import Policy
from kiosk.desk.confirmation import Confirmation
from kiosk.desk.forms import SHOWN, Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.unit.pages import READ_PARAMETERS, list_coming
from kiosk.desk.unit.source import UnitFacts, UnitSource, list_changes
from kiosk.desk.what_if_source import WhatIfSource
from kiosk.desk.what_if_table import describe_what_if
from kiosk.statements.policy_values import find_choice, format_policy_value
from kiosk.what_if import WouldBeRefused
from kiosk.words.desk.unit import UNIT, UnitWords

TYPES = get_type_hints(Policy)
CHOICES = {name: get_args(kind) for name, kind in TYPES.items() if get_origin(kind) is Literal}
"""The values of a parameter that has few."""
ASKED_PARAMETERS = tuple(name for name in READ_PARAMETERS if len(CHOICES.get(name, ())) != 1)
"""Those that a field can change: `rounding` has one value."""
Values = dict[str, Any]


class PolicyPages:
    """Answers `/unit/policy`."""

    def __init__(self, source: UnitSource, what_if: WhatIfSource, confirmation: Confirmation) -> None:
        self._source, self._what_if, self._confirmation = source, what_if, confirmation

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The form, its preview, and the adoption."""
        self._pages = pages
        return (
            Route("/unit/policy", pages.allow("unit", self._show)),
            Route("/unit/policy/preview", pages.receive("unit", self._preview), methods=["POST"]),
            Route("/unit/policy/adopt", pages.receive("unit", self._adopt), methods=["POST"]),
        )

    async def _show(self, _: Request, visitor: Visitor) -> Response:
        facts = await to_thread.run_sync(self._source.load_facts)
        return self._show_form(visitor, facts, Form((("effective_from", facts.today.isoformat()),)), {})

    async def _preview(self, _: Request, visitor: Visitor, form: Form) -> Response:
        since, changes, errors = await self._read(visitor, form)
        if since is None or errors:
            return await self._show_again(visitor, form, errors)
        return await self._show_preview(visitor, form, since, changes)

    async def _adopt(self, _: Request, visitor: Visitor, form: Form) -> Response:
        since, changes, errors = await self._read(visitor, form)
        if since is None or errors:
            return await self._show_again(visitor, form, errors)
        words = UNIT[visitor.words.language]
        wrong = await self._confirmation.find_fault(visitor, form)
        if not wrong:
            command = {"do": "adopt_policy", "effective_from": since.isoformat(), **changes}
            result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
            if not result.status:
                return self._pages.lead_to("/unit", visitor, words.adopted.format(since=since))
            wrong = result.sentence or ""
        return await self._show_preview(visitor, form, since, changes, wrong)

    async def _read(self, visitor: Visitor, form: Form) -> tuple[date | None, Values, dict[str, str]]:
        """The first day, the parameters that were changed in the form, and what is wrong, by field.

        What has the value already that is in force then is no change.
        """
        words, errors = UNIT[visitor.words.language], dict[str, str]()
        since = None
        try:
            since = parse_date(form.get_narrow("effective_from"))
        except ValueError:
            errors["effective_from"] = words.not_a_date
        facts = await to_thread.run_sync(self._source.load_facts)
        policy = facts.policies.on((since or facts.today).toordinal())
        errors |= find_conflicts(form, facts, words)
        changes = list_changes(read_values(pick_changed(form), policy, errors, words), policy)
        if not errors and not changes:
            errors["effective_from"] = words.no_change_of_policy
        return since, changes, errors

    async def _show_again(self, visitor: Visitor, form: Form, errors: dict[str, str]) -> Response:
        """The form with what was changed in it; every other field with the value that is in force."""
        facts = await to_thread.run_sync(self._source.load_facts)
        return self._show_form(visitor, facts, form, errors)

    def _show_form(self, visitor: Visitor, facts: UnitFacts, form: Form, errors: dict[str, str]) -> Response:
        words, stands = UNIT[visitor.words.language], describe_policy(facts.policies.on(facts.today.toordinal()))
        shown = {
            "unit_words": words,
            "effective_from": form.get("effective_from"),
            "stands": stands,
            "values": {**stands, **dict(pick_changed(form).fields)},
            "hints": list_coming(facts, words),
            "errors": errors,
            "fields": list_fields(words),
        }
        return self._pages.show_to(visitor, "unit/policy.html", shown, REFUSED if errors else 200)

    async def _show_preview(
        self, visitor: Visitor, form: Form, since: date, changes: Values, message: str = ""
    ) -> Response:
        words = UNIT[visitor.words.language]
        try:
            effect = describe_what_if(
                await to_thread.run_sync(self._what_if.foresee_policy, since, changes), visitor.words
            )
        except WouldBeRefused as refusal:
            effect, message = {}, str(refusal)
        values = {
            "unit_words": words,
            "since": since,
            "changes": [
                (words.policy_words.parameters[name], format_policy_value(name, value, words.policy_words))
                for name, value in changes.items()
            ],
            # Nothing else: a value that stays as it is here may be what another person changes meanwhile.
            "kept": [field for field in form.fields if field[0].removeprefix(SHOWN) in (*changes, "effective_from")],
            "message": message,
            **effect,
        }
        return self._pages.show_to(visitor, "unit/policy_preview.html", values, REFUSED if message else 200)


# --- The fields ---


def pick_changed(form: Form) -> Form:
    """The parameters that were changed in a form."""
    return Form(tuple(one for one in form.fields if one[0] in ASKED_PARAMETERS and form.is_changed(one[0])))


def find_conflicts(form: Form, facts: UnitFacts, words: UnitWords) -> dict[str, str]:
    """The parameters that were changed in a form, and by another person after it was opened; with what to say."""
    policy, conflicts = facts.policies.on(facts.today.toordinal()), dict[str, str]()
    stands = describe_policy(policy)
    for name, typed in pick_changed(form).fields:
        if stands[name] not in (form.get(SHOWN + name), typed.strip()):
            value = format_policy_value(name, getattr(policy, name), words.policy_words)
            conflicts[name] = words.changed_meanwhile.format(value=value)
    return conflicts


def list_fields(words: UnitWords) -> list[Values]:
    """How each parameter is asked for."""
    return [_describe_field(name, words) for name in ASKED_PARAMETERS]


def _describe_field(name: str, words: UnitWords) -> Values:
    default = getattr(Policy(), name)
    field: Values = {"name": name, "label": words.policy_words.parameters[name], "type": "number", "options": ()}
    field["is_required"] = not is_optional(name)
    if isinstance(default, bool):
        field["options"] = (("yes", words.yes), ("no", words.no))
    elif name in CHOICES:
        field["options"] = [(value, find_choice(name, value, words.policy_words)) for value in CHOICES[name]]
    elif name == "day_ends_at":
        field["type"] = "time"
    return field


def is_optional(name: str) -> bool:
    """Whether a parameter may have no value."""
    return getattr(Policy(), name) is None


def describe_policy(policy: Policy) -> Values:
    """The values of a policy as the fields of the form hold them."""
    return {name: _write_value(getattr(policy, name)) for name in ASKED_PARAMETERS}


def _write_value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    return str(value).removesuffix(":00") if str(value).count(":") > 1 else str(value).removesuffix(".0")


def read_values(form: Form, policy: Policy, errors: dict[str, str], words: UnitWords) -> Values:
    """The values in a form, as a batch takes them; a field that is missing keeps what is in force."""
    values: Values = {}
    for name in ASKED_PARAMETERS:
        text, now = form.get_narrow(name) or None, getattr(policy, name)
        if text is None:
            if is_optional(name) and any(field == name for field, _ in form.fields):
                values[name] = None
            continue
        if isinstance(now, bool):
            values[name] = text == "yes"
        elif name in CHOICES:
            values[name] = text
        elif name == "day_ends_at":
            values[name] = f"{text}:00" if text.count(":") == 1 else text
        else:
            try:
                values[name] = float(text) if float in (TYPES[name], *get_args(TYPES[name])) else int(text)
            except ValueError:
                errors[name] = words.not_a_number
    return values
