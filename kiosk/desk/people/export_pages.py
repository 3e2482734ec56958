"""The list as a file with full names and data: for a reason, with the own password, and recorded first (R-120)."""

from collections.abc import Iterable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.purposes import PURPOSES
from kiosk.desk.confirmation import Confirmation
from kiosk.desk.downloads import FORMATS, send_rows
from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.people.fields import Entry, Field, read_entry
from kiosk.desk.people.person_pages import ACCESS, check_access, describe_faults, find_people_words
from kiosk.desk.people.view_model import Detailed, ListQuery, PeopleSource, parse_query
from kiosk.words.desk.people_words import PeopleWords

FIELDS = (*ACCESS, Field("format", "choice", True, FORMATS))
OF_QUERY = ("text", "lack", "days")
"""What a form carries on of the list that it exports."""


class ExportPages:
    """Answers `/people/export`."""

    def __init__(self, source: PeopleSource, confirmation: Confirmation, pages: Pages) -> None:
        self._source, self._confirmation, self._pages = source, confirmation, pages

    def list_routes(self) -> Iterable[Route]:
        """The form, and the file that answers it."""
        yield Route("/people/export", self._pages.allow("people", self._show))
        yield Route("/people/export", self._pages.receive("people", self._export), methods=["POST"])

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        entry = Entry(dict.fromkeys((one.name for one in FIELDS), ""))
        return await self._show_form(visitor, parse_query(request.query_params), entry, "")

    async def _show_form(self, visitor: Visitor, query: ListQuery, entry: Entry, refusal: str) -> Response:
        found = await to_thread.run_sync(self._source.list_people, query)
        words = find_people_words(visitor)
        values = {
            "people": words,
            "section": "people",
            "total": found.total,
            "asked": {name: getattr(query, name) for name in OF_QUERY},
            "typed": entry.typed,
            "errors": describe_faults(entry, words),
            "refusal": refusal,
            "purposes": list(PURPOSES),
            "formats": FORMATS,
        }
        return self._pages.show_to(visitor, "people/export.html", values, REFUSED if refusal or entry.faults else 200)

    async def _export(self, _: Request, visitor: Visitor, form: Form) -> Response:
        query, entry = parse_query(dict(form.fields)), read_entry(form, FIELDS)
        check_access(entry)
        refusal = "" if entry.faults else await self._confirmation.find_fault(visitor, form)
        if refusal or entry.faults:
            return await self._show_form(visitor, query, entry, refusal)
        words, by, form_name = find_people_words(visitor), visitor.account.name, str(entry.get("format"))
        purpose, text = PURPOSES[str(entry.get("purpose"))], entry.typed["reason"] or None
        people = await to_thread.run_sync(self._source.list_details, query, purpose, text, by)
        rows = [build_row(one, words) for one in people]
        return await send_rows(words.title, rows, form_name)


def build_row(person: Detailed, words: PeopleWords) -> dict[str, str]:
    """A row of the file, under the headings that a person reads and an import knows."""
    listed, details = person.listed, person.details
    missing = (" ".join(filter(None, (words.trainings[kind], category))) for kind, category in listed.missing)
    values = {
        **details,
        "volunteer": listed.number,
        "gender": words.genders.get(details["gender"], details["gender"]),
        "mode": words.modes[listed.mode],
        "agreement_from": str(person.agreement_from or ""),
        "agreement_to": str(listed.agreement_to or ""),
    }
    order = ("volunteer", *details, "mode", "agreement_from", "agreement_to")
    rest = {
        words.columns["standing"]: words.standings[listed.standing],
        words.columns["missing"]: "; ".join(missing),
        words.columns["cards"]: str(listed.cards),
    }
    return {words.labels[name]: values[name] for name in order} | rest
