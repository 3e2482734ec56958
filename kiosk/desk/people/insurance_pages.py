"""The pages of an insurance for many: whom it is about, saved for all of them or for none (R-071, R-072)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.people.fields import Entry, Field, read_entry
from kiosk.desk.people.insurance_source import WHOM, AskedCover, InsurancePreview, InsuranceSource, Whom
from kiosk.desk.people.person_pages import describe_faults, find_people_words
from kiosk.words.desk.insurance import INSURANCE, InsurancePageWords

FIELDS = (
    Field("whom", "choice", True, WHOM),
    Field("from", "date", True),
    Field("to", "date"),
    Field("policy", "short"),
)


class InsurancePages:
    """Answers `/people/insurance`."""

    def __init__(self, source: InsuranceSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The form, who it is about, and saving."""
        self._pages = pages
        return (
            Route("/people/insurance", pages.allow("people", self._show)),
            Route("/people/insurance/preview", pages.receive("people", self._preview), methods=["POST"]),
            Route("/people/insurance/save", pages.receive("people", self._save), methods=["POST"]),
        )

    async def _show(self, _: Request, visitor: Visitor) -> Response:
        return self._show_form(visitor, Entry({one.name: "" for one in FIELDS}), 200)

    def _show_form(
        self,
        visitor: Visitor,
        entry: Entry,
        status: int = REFUSED,
        preview: InsurancePreview | None = None,
        chosen: Sequence[str] | None = None,
    ) -> Response:
        """The form as it was filled in, with those whom it is about once they are known; None: all are chosen."""
        people = find_people_words(visitor)
        values = {
            "people": people,
            "insurance": _words(visitor),
            "typed": entry.typed,
            "errors": describe_faults(entry, people),
            "refusal": entry.refusal,
            "whom": WHOM,
            "preview": preview,
            "chosen": chosen,
        }
        return self._pages.show_to(visitor, "people/insurance.html", values, status)

    async def _preview(self, _: Request, visitor: Visitor, form: Form) -> Response:
        entry = read_entry(form, FIELDS)
        if not entry.is_right:
            return self._show_form(visitor, entry)
        asked = _read_cover(entry)
        found = await to_thread.run_sync(self._source.preview, asked)
        if numbers := [one.person.number for one in found.people]:
            result = await to_thread.run_sync(self._source.check, asked, numbers, visitor.account.name)
            entry.refusal = result.sentence or "" if result.status else ""
        if entry.refusal:
            return self._show_form(visitor, entry)
        return self._show_form(visitor, entry, 200, found)

    async def _save(self, _: Request, visitor: Visitor, form: Form) -> Response:
        entry, numbers, words = read_entry(form, FIELDS), form.get_all("volunteer"), _words(visitor)
        if not entry.is_right:
            return self._show_form(visitor, entry)
        asked = _read_cover(entry)
        if not numbers:
            entry.refusal = words.nobody_chosen
            return self._show_form(visitor, entry, REFUSED, await to_thread.run_sync(self._source.preview, asked))
        by = visitor.account.name
        left = await to_thread.run_sync(self._source.list_without, asked, numbers)
        result = await to_thread.run_sync(self._source.save, asked, left, by, form.id) if left else None
        if result and result.status:
            entry.refusal = result.sentence or ""
            preview = await to_thread.run_sync(self._source.preview, asked)
            return self._show_form(visitor, entry, REFUSED, preview, numbers)
        message = words.nothing_new if result is None or result.is_repeated else words.saved.format(count=len(left))
        return self._pages.lead_to("/people", visitor, message)


def _read_cover(entry: Entry) -> AskedCover:
    until, policy = entry.get("to"), entry.get("policy")
    return AskedCover(
        cast("Whom", entry.get("whom")),
        date.fromisoformat(str(entry.get("from"))),
        date.fromisoformat(str(until)) if until else None,
        str(policy) if policy else None,
    )


def _words(visitor: Visitor) -> InsurancePageWords:
    return INSURANCE[visitor.words.language]
