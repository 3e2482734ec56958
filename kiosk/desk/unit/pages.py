"""The pages of the unit: what it is, its office calendar, the state of the home."""

from collections.abc import Iterable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.policy import PARAMETERS
from kiosk.batch.run import LineResult
from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.unit.source import UnitFacts, UnitSource
from kiosk.desk.uploads import Upload
from kiosk.input_files import LONGEST
from kiosk.statements.policy_values import format_policy_value
from kiosk.words.codes import find_check_name
from kiosk.words.desk.unit import UNIT, UnitWords

FOUR_DIGITS = 4
OF_SEVERAL_VALUES = ("reward_standard", "report_windows")
"""Parameters that a field of a form cannot hold: a batch line changes them."""
READ_PARAMETERS = tuple(name for name in PARAMETERS if name not in OF_SEVERAL_VALUES)
"""Those that decide something today, and have one value."""


class UnitPages:
    """Answers `/unit` and what its forms are sent to."""

    def __init__(self, source: UnitSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The addresses of the unit."""
        self._pages = pages
        return (
            Route("/unit", pages.allow("unit", self._show)),
            Route("/unit/open", pages.receive("unit", self._open), methods=["POST"]),
            Route("/unit/calendar", pages.receive_upload("unit", self._import_calendar), methods=["POST"]),
            Route("/unit/state", pages.allow("unit", self._show_state)),
        )

    async def _show(self, _: Request, visitor: Visitor) -> Response:
        return await self._show_unit(visitor)

    async def _show_unit(self, visitor: Visitor, form: Form | None = None, message: str = "") -> Response:
        facts, words = await to_thread.run_sync(self._source.load_facts), UNIT[visitor.words.language]
        values = {
            "unit_words": words,
            "facts": facts,
            "opening_hours": describe_opening_hours(facts, words, visitor.words.gap),
            "parameters": list_parameters(facts, words),
            "form": form or Form(()),
            "message": message,
        }
        return self._pages.show_to(visitor, "unit/unit.html", values, REFUSED if message else 200)

    async def _open(self, _: Request, visitor: Visitor, form: Form) -> Response:
        days = sorted(int(day) for day in form.get_all("day") if day in map(str, range(1, 8)))
        hours = {"from": form.get_narrow("opens"), "to": form.get_narrow("closes")}
        command = {
            "do": "open_unit",
            "name": form.get_text("name"),
            "kind": form.get("kind"),
            "category": form.get_text("category"),
            "opens": [{"days": days, **hours}] if days else [],
        }
        return await self._carry_out(command, visitor, form, UNIT[visitor.words.language].opened)

    async def _import_calendar(self, _: Request, visitor: Visitor, upload: Upload) -> Response:
        form, file = upload
        words, year = UNIT[visitor.words.language], form.get_narrow("year")
        if not year.isdecimal() or len(year) > FOUR_DIGITS:
            return await self._show_unit(visitor, form, words.not_a_number)
        if file and len(file.content) > LONGEST:
            return await self._show_unit(visitor, form, words.calendar_too_large)
        by, done = visitor.account.name, words.calendar_imported.format(year=year)
        result = await to_thread.run_sync(self._source.import_calendar, int(year), file, by, form.id)
        return await self._lead_on(result, visitor, form, done)

    async def _carry_out(self, command: dict[str, object], visitor: Visitor, form: Form, done: str) -> Response:
        result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
        return await self._lead_on(result, visitor, form, done)

    async def _lead_on(self, result: LineResult, visitor: Visitor, form: Form, done: str) -> Response:
        if result.status:
            return await self._show_unit(visitor, form, result.sentence or "")
        return self._pages.lead_on("/unit", visitor, done, is_repeated=result.is_repeated)

    async def _show_state(self, _: Request, visitor: Visitor) -> Response:
        checks = await to_thread.run_sync(self._source.run_checks)
        values = {
            "unit_words": UNIT[visitor.words.language],
            "checks": checks,
            "names": {check.name: find_check_name(check.name) for check in checks},
        }
        return self._pages.show_to(visitor, "unit/state.html", values)


# --- What is shown ---


def describe_opening_hours(facts: UnitFacts, words: UnitWords, gap: str) -> list[str]:
    """The opening hours, a line each; `gap` stands between days and hours."""
    if not facts.opens:
        return [words.all_day]
    lines = [
        f"{' '.join(words.weekdays[day] for day in hours['days'])}{gap}{hours['from']}–{hours['to']}"
        for hours in facts.opens
        if hours["days"]
    ]
    return lines or [words.never]


def list_parameters(facts: UnitFacts, words: UnitWords) -> list[dict[str, str]]:
    """Each parameter with its value today, since when, and what was adopted for later."""
    return [_describe_parameter(name, facts, words) for name in READ_PARAMETERS]


def list_coming(facts: UnitFacts, words: UnitWords) -> dict[str, str]:
    """What was adopted for later of each parameter, in words; empty where nothing was."""
    return {name: _describe_coming(name, facts, words) for name in READ_PARAMETERS}


def _describe_coming(name: str, facts: UnitFacts, words: UnitWords) -> str:
    coming = [one for one in facts.adoptions if name in one.changes and one.effective_from > facts.today]
    return words.policy_words.separator.join(
        words.coming.format(
            value=format_policy_value(name, one.changes[name], words.policy_words), since=one.effective_from
        )
        for one in coming
    )


def _describe_parameter(name: str, facts: UnitFacts, words: UnitWords) -> dict[str, str]:
    since = [one.effective_from for one in facts.adoptions if name in one.changes and one.effective_from <= facts.today]
    policy_words = words.policy_words
    value = getattr(facts.policies.on(facts.today.toordinal()), name)
    return {
        "label": policy_words.parameters[name],
        "value": format_policy_value(name, value, policy_words),
        "since": since[-1].isoformat() if since else words.always,
        "coming": _describe_coming(name, facts, words),
    }
