"""The page of people served: a field for each day of a month, saved at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.months import find_next_month, find_previous_month, format_month
from kiosk.batch.fields import parse_civil_month
from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.served.source import ServedDay, ServedMonth, ServedSource
from kiosk.text.typed import narrow
from kiosk.words.desk.served import SERVED, ServedWords

MOST_PEOPLE = 1_000_000
"""As the command takes."""


class ServedPages:
    """Answers `/month/served`."""

    def __init__(self, source: ServedSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The month, and what its form is sent to."""
        self._pages = pages
        return (
            Route("/month/served", pages.allow("month", self._show)),
            Route("/month/served/save", pages.receive("month", self._save), methods=["POST"]),
        )

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        typed = request.query_params.get("month")
        month = _parse_month(typed) if typed else await to_thread.run_sync(self._source.find_current_month)
        return self._show_month(visitor, [await to_thread.run_sync(self._source.load_month, month)])

    def _show_month(
        self,
        visitor: Visitor,
        months: Sequence[ServedMonth],
        form: Form | None = None,
        errors: Mapping[date, str] | None = None,
        message: str = "",
    ) -> Response:
        """The first of the months; of another one the days that were changed in the form."""
        served, *others = months
        typed = [row for one in others for row in one.days if form and is_changed(form, row.day)]
        values = {
            "served_words": _words(visitor),
            "served": served,
            "days": sorted([*served.days, *typed], key=lambda row: row.day),
            "months": [format_month(one.month) for one in months],
            "is_changed": lambda day: form is not None and is_changed(form, day),
            "month": format_month(served.month),
            "earlier": format_month(find_previous_month(served.month)),
            "later": format_month(find_next_month(served.month)),
            "form": form,
            "errors": errors or {},
            "message": message,
        }
        return self._pages.show_to(visitor, "served/served.html", values, REFUSED if message else 200)

    async def _save(self, _: Request, visitor: Visitor, form: Form) -> Response:
        """The days of one month, or of today's page, where yesterday may lie in the month before."""
        months = await self._load_named(form)
        counts, errors = _read_counts([day for served in months for day in served.days], form, _words(visitor))
        if errors:
            return self._show_month(visitor, months, form, errors, _words(visitor).wrong)
        results = await to_thread.run_sync(self._source.record, counts, visitor.account.name, form.id)
        if results and results[-1].status:
            months = await self._load_named(form)
            return self._show_month(visitor, months, form, message=results[-1].sentence or "")
        done = _words(visitor).saved.format(count=len(counts))
        if form.get("page") == "today":
            return self._pages.lead_to("/", visitor, done)
        return self._pages.lead_to("/month/served", visitor, done, month=format_month(months[0].month))

    async def _load_named(self, form: Form) -> list[ServedMonth]:
        """The months that a form names. Raises: HTTPException where there is none."""
        named = dict.fromkeys(_parse_month(month) for month in form.get_all("month")[:2] or [""])
        return [await to_thread.run_sync(self._source.load_month, month) for month in named]


def is_changed(form: Form, day: date) -> bool:
    """Whether the count of a day was changed in a form."""
    return form.is_changed(f"count-{day}", f"shown-{day}")


def _read_counts(
    days: Iterable[ServedDay], form: Form, words: ServedWords
) -> tuple[dict[date, int | None], dict[date, str]]:
    """The days whose field was changed, with what stands there now; and what is wrong with a field."""
    counts: dict[date, int | None] = {}
    errors: dict[date, str] = {}
    for row in days:
        if not is_changed(form, row.day):
            continue
        typed, shown = form.get_narrow(f"count-{row.day}"), form.get(f"shown-{row.day}")
        stands = "" if row.whole is None else str(row.whole)
        if stands not in (shown, typed):
            errors[row.day] = words.changed_meanwhile.format(count=stands or words.not_recorded)
        elif typed and not (typed.isdecimal() and typed.isascii() and len(typed) <= 7 and int(typed) <= MOST_PEOPLE):
            errors[row.day] = words.not_a_count
        else:
            counts[row.day] = int(typed) if typed else None
    return counts, errors


def _words(visitor: Visitor) -> ServedWords:
    return SERVED[visitor.words.language]


def _parse_month(text: str) -> date:
    """The first day of a month. Raises: HTTPException where there is none."""
    try:
        return parse_civil_month(narrow(text))
    except ValueError:
        raise HTTPException(404) from None
