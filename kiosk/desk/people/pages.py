"""The pages about people: the list, enrolling in one form, and the pages of one person.

Rule: what was typed is kept where something is wrong, and what is wrong stands beside its field.
"""

from collections.abc import Iterable
from typing import get_args

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.confirmation import Confirmation
from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.people.export_pages import ExportPages
from kiosk.desk.people.fields import Entry, Field, read_cards, read_entry, suggest_number
from kiosk.desk.people.person_pages import CONTACT, GENDERS, PersonPages, describe_faults, find_people_words
from kiosk.desk.people.view_model import LACKS, ORDERS, Command, ListQuery, PeopleSource, parse_query
from kiosk.words.desk.people_words import PeopleWords
from kiosk.words.volunteer_words import Language

MODES = ("rostered", "event", "flexible", "guide")
ENROLMENT = (
    Field("volunteer", "number", True),
    Field("name", "name", True),
    Field("birth_date", "birth_date"),
    Field("gender", "choice", choices=GENDERS),
    Field("language", "choice", choices=get_args(Language)),
    Field("group", "short"),
    Field("mode", "choice", True, MODES),
    Field("agreement_from", "date", True),
    Field("agreement_to", "date"),
    Field("basic_on", "date"),
    Field("special_on", "date"),
    Field("special_category", "short"),
    Field("card", "card"),
    *CONTACT,
)
OF_ENROLMENT = ("volunteer", "name", "birth_date", "gender", "language", "group", "mode", "agreement_from")
"""The fields of the form that the batch line that enrols has too, beside those of the contact."""


class PeoplePages:
    """Answers `/people` and what is below it."""

    def __init__(self, source: PeopleSource, confirmation: Confirmation) -> None:
        self._source, self._confirmation = source, confirmation

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The addresses."""
        self._pages = pages
        yield Route("/people", pages.allow("people", self._show_list))
        yield Route("/people/new", pages.allow("people", self._show_new))
        yield Route("/people/new", pages.receive("people", self._enrol), methods=["POST"])
        yield from PersonPages(self._source, pages).list_routes()
        yield from ExportPages(self._source, self._confirmation, pages).list_routes()

    # --- The list ---

    async def _show_list(self, request: Request, visitor: Visitor) -> Response:
        query = parse_query(request.query_params)
        found = await to_thread.run_sync(self._source.list_people, query)
        asked = {name: value for name, value in query._asdict().items() if value != getattr(ListQuery(), name)}
        values = {
            "people": find_people_words(visitor),
            "section": "people",
            "query": query,
            "found": found,
            "asked": asked,
        }
        return self._pages.show_to(
            visitor, "people/list.html", {**values, "lacks": list(LACKS), "orders": list(ORDERS)}
        )

    # --- Enrolling ---

    async def _show_new(self, _: Request, visitor: Visitor) -> Response:
        return await self._show_form(visitor, None)

    async def _show_form(self, visitor: Visitor, entry: Entry | None) -> Response:
        """The form as it was filled in; None for one that is new."""
        words, unit = find_people_words(visitor), await to_thread.run_sync(self._source.read_unit)
        status = REFUSED
        if entry is None:
            numbers, status = await to_thread.run_sync(self._source.list_numbers), 200
            usual = {"volunteer": suggest_number(numbers), "agreement_from": unit.today.isoformat()}
            entry = Entry({one.name: "" for one in ENROLMENT} | usual | {"special_category": unit.category or ""})
        values = {"people": words, "section": "people", "unit": unit, "typed": entry.typed, "refusal": entry.refusal}
        choices = {"gender": GENDERS, "mode": MODES, "language": get_args(Language)}
        errors = describe_faults(entry, words)
        wrong = any(errors[one.name] for one in CONTACT)
        more = {"errors": errors, "choices": choices, "contact": CONTACT, "contact_is_wrong": wrong}
        return self._pages.show_to(visitor, "people/new.html", values | more, status)

    async def _enrol(self, _: Request, visitor: Visitor, form: Form) -> Response:
        words, entry = find_people_words(visitor), read_entry(form, ENROLMENT)
        await to_thread.run_sync(self._complete, entry)
        if not entry.is_right:
            return await self._show_form(visitor, entry)
        commands = build_enrolment(entry, words)
        by, lines = visitor.account.name, list(commands.values())
        outcome = await to_thread.run_sync(self._source.run, lines, by, form.id)
        if outcome.sentence:
            entry.sentences[list(commands)[outcome.refused]] = outcome.sentence
            return await self._show_form(visitor, entry)
        number = str(entry.get("volunteer"))
        message = visitor.words.sent_already if outcome.is_repeated else words.enrolled.format(number=number)
        return self._pages.lead_to("/people/person", visitor, message, volunteer=number)

    def _complete(self, entry: Entry) -> None:
        """Look at what one field alone does not tell."""
        if entry.get("special_on") and not entry.get("special_category"):
            entry.faults.setdefault("special_category", "required")
        read_cards(entry, ENROLMENT, self._source.parse_card)


def build_enrolment(entry: Entry, words: PeopleWords) -> dict[str, Command]:
    """The batch lines that a filled form comes to, each by the field that is to blame where it is refused."""
    number = {"volunteer": entry.get("volunteer")}
    details = {name: entry.get(name) for name in (*OF_ENROLMENT, *(one.name for one in CONTACT))}
    commands: dict[str, Command] = {"volunteer": {"do": "enrol_volunteer", **details}}
    for kind, category in (("basic", None), ("special", entry.get("special_category"))):
        if on := entry.get(f"{kind}_on"):
            commands[f"{kind}_on"] = {"do": "complete_training", **number, "kind": kind, "category": category, "on": on}
    if on := entry.get("agreement_to"):
        commands["agreement_to"] = {"do": "end_agreement", **number, "on": on, "reason": words.end_reason}
    if card := entry.get("card"):
        commands["card"] = {"do": "issue_card", **number, "card": card}
    return commands
