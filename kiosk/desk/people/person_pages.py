"""The pages of one person: what is known, masked; what can be done; and, once it is recorded why, all data to change.

Rule: the unmasked page is the answer to one form and no state: a reload shows the masked one (R-120).
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextvars import copy_context
from threading import Thread
from typing import NamedTuple, TypeVar, get_args

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.purposes import PURPOSES
from kiosk.desk.forms import SHOWN, Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.people.acts import list_acts
from kiosk.desk.people.fields import Entry, Field, PersonAct, read_cards, read_entry
from kiosk.desk.people.view_model import Outcome, PeopleSource, Person, list_texts
from kiosk.errors import UserError
from kiosk.words.desk.people_en import PEOPLE as ENGLISH
from kiosk.words.desk.people_words import PeopleWords
from kiosk.words.desk.people_zh_tw import PEOPLE as CHINESE
from kiosk.words.volunteer_words import Language

R = TypeVar("R")
GENDERS = ("female", "male", "other")
"""As the pages write it; a batch may have written another word, which then stays possible."""
CONTACT = (
    Field("telephone", "short"),
    Field("email", "short"),
    Field("address", "short"),
    Field("emergency_contact", "short"),
    Field("national_id", "national_id"),
    Field("education", "short"),
    Field("occupation", "short"),
    Field("notes", "text"),
)
DETAIL_FIELDS = (
    Field("name", "name"),
    Field("birth_date", "birth_date"),
    Field("gender", "choice", choices=GENDERS),
    Field("language", "choice", choices=get_args(Language)),
    Field("group", "short"),
    *CONTACT,
)
ACCESS = (Field("purpose", "choice", True, tuple(PURPOSES)), Field("reason", "text"))


class ActForm(NamedTuple):
    """One form on the page of a person."""

    act: PersonAct
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    refusal: str
    is_open: bool


class PersonPages:
    """Answers `/people/person` and the pages that lead on from there."""

    def __init__(self, source: PeopleSource, pages: Pages) -> None:
        self._source, self._pages = source, pages

    def list_routes(self) -> Iterable[Route]:
        """The addresses."""
        allow, receive = self._pages.allow, self._pages.receive
        yield Route("/people/person", allow("people", self._show_person))
        yield Route("/people/person", receive("people", self._act), methods=["POST"])
        for path, handler in (("/people/data", self._show_data), ("/people/change", self._change)):
            yield Route(path, allow("people", self._lead_back))
            yield Route(path, receive("people", handler), methods=["POST"])
        yield Route("/people/reader", allow("people", self._show_reader))
        yield Route("/people/reader", receive("people", self._read_card), methods=["POST"])

    async def _load(self, number: str) -> Person:
        person = await to_thread.run_sync(self._source.load_person, number)
        if person is None:
            raise HTTPException(404)
        return person

    # --- What is known ---

    async def _show_person(self, request: Request, visitor: Visitor) -> Response:
        return self._show(visitor, await self._load(request.query_params.get("volunteer", "")))

    async def _lead_back(self, request: Request, visitor: Visitor) -> Response:
        """A reload of the answer to a form, or another language chosen on it, shows the masked page."""
        person = await self._load(request.query_params.get("volunteer", ""))
        return self._pages.lead_to("/people/person", visitor, volunteer=person.number)

    def _show(self, visitor: Visitor, person: Person, opened: str = "", entry: Entry | None = None) -> Response:
        """The page of a person; `opened` names the form that is shown again, as it was filled in."""
        words = find_people_words(visitor)
        forms = [_build_form(act, person, words, entry if act.name == opened else None) for act in list_acts(person)]
        access = entry if opened == "access" and entry else Entry(dict.fromkeys(("purpose", "reason"), ""))
        values = {
            **_describe(words, person),
            "forms": forms,
            "access": access.typed,
            "access_errors": describe_faults(access, words),
            "access_open": opened == "access",
            "purposes": list(PURPOSES),
            "readers": self._source.list_readers(),
        }
        return self._pages.show_to(visitor, "people/person.html", values, REFUSED if entry else 200)

    # --- What can be done ---

    async def _act(self, _: Request, visitor: Visitor, form: Form) -> Response:
        person, words = await self._load(form.get("volunteer")), find_people_words(visitor)
        act = next((one for one in list_acts(person) if one.name == form.get("act")), None)
        if act is None:  # it cannot be done any more, or never could
            return self._pages.lead_to("/people/person", visitor, volunteer=person.number)
        entry = read_entry(form, act.fields)
        await to_thread.run_sync(self._complete, act, entry)
        outcome = Outcome()
        if entry.is_right:
            commands = act.build(person.number, entry)
            outcome = await to_thread.run_sync(self._source.run, commands, visitor.account.name, form.id)
            entry.refusal = outcome.sentence
        if not entry.is_right:
            return self._show(visitor, person, act.name, entry)
        message = visitor.words.sent_already if outcome.is_repeated else words.done[act.name]
        return self._pages.lead_to("/people/person", visitor, message, volunteer=person.number)

    def _complete(self, act: PersonAct, entry: Entry) -> None:
        """Look at what one field alone does not tell."""
        if entry.get("training_kind") == "special" and not entry.get("training_category"):
            entry.faults.setdefault("training_category", "required")
        read_cards(entry, act.fields, self._source.parse_card)

    # --- All data ---

    async def _show_data(self, _: Request, visitor: Visitor, form: Form) -> Response:
        """All data, for this one answer: that they are shown is recorded first."""
        person, entry = await self._load(form.get("volunteer")), read_entry(form, ACCESS)
        check_access(entry)
        if not entry.is_right:
            return self._show(visitor, person, "access", entry)
        purpose = PURPOSES[str(entry.get("purpose"))]
        text = entry.typed["reason"] or None
        show = self._source.show_details
        details = await to_thread.run_sync(show, person.number, purpose, text, visitor.account.name)
        if details is None:
            raise HTTPException(404)
        shown = list_texts(details)
        return self._show_details(visitor, person, Entry({**shown, "reason": ""}), shown, is_shown=True)

    def _show_details(
        self, visitor: Visitor, person: Person, entry: Entry, shown: Mapping[str, str], *, is_shown: bool
    ) -> Response:
        """The data with the form to change them, or that form alone, as it was filled in."""
        words = find_people_words(visitor)
        values = {
            **_describe(words, person),
            "typed": entry.typed,
            "shown": shown,
            "errors": describe_faults(entry, words),
            "refusal": entry.refusal,
            "is_shown": is_shown,
            "fields": DETAIL_FIELDS,
            "choices": {"gender": _list_genders(shown), "language": get_args(Language)},
        }
        return self._pages.show_to(visitor, "people/data.html", values, 200 if is_shown else REFUSED)

    async def _change(self, _: Request, visitor: Visitor, form: Form) -> Response:
        person, words = await self._load(form.get("volunteer")), find_people_words(visitor)
        shown = {one.name: form.get(SHOWN + one.name).replace("\r\n", "\n") for one in DETAIL_FIELDS}
        fields = [one._replace(choices=_list_genders(shown)) if one.name == "gender" else one for one in DETAIL_FIELDS]
        entry = read_entry(form, [*fields, Field("reason", "text")])
        if entry.is_right:
            await self._save(visitor, person, entry, shown, form.id)
        if not entry.is_right:
            return self._show_details(visitor, person, entry, shown, is_shown=False)
        message = words.changed if _list_changes(entry, shown) else words.nothing_changed
        return self._pages.lead_to("/people/person", visitor, message, volunteer=person.number)

    async def _save(
        self, visitor: Visitor, person: Person, entry: Entry, shown: Mapping[str, str], form_id: str
    ) -> None:
        """Change what was changed in the form; what another person changed meanwhile becomes a fault."""
        changed = _list_changes(entry, shown)
        if not changed:
            return
        if entry.typed["reason"]:
            changed["reason"] = entry.typed["reason"]
        by, change = visitor.account.name, self._source.change_person
        result = await to_thread.run_sync(change, person.number, changed, shown, by, form_id)
        if isinstance(result, Outcome):
            entry.refusal = result.sentence
        else:
            entry.faults.update(dict.fromkeys(result, "conflict"))

    # --- A card at the reader ---

    async def _show_reader(self, request: Request, visitor: Visitor) -> Response:
        """The page of an unknown card leads here with a number that was typed."""
        typed = request.query_params.get("volunteer", "")
        person = await to_thread.run_sync(self._source.load_person, typed)
        if person is not None:
            return self._show_waiting(visitor, person)
        values = {"people": find_people_words(visitor), "section": "people", "person": None, "typed": typed}
        return self._pages.show_to(visitor, "people/reader.html", values, REFUSED)

    def _show_waiting(self, visitor: Visitor, person: Person, refusal: str = "") -> Response:
        values = {**_describe(find_people_words(visitor), person), "readers": self._source.list_readers()}
        status = REFUSED if refusal else 200
        return self._pages.show_to(visitor, "people/reader.html", {**values, "refusal": refusal}, status)

    async def _read_card(self, _: Request, visitor: Visitor, form: Form) -> Response:
        """Wait until the card was read twice, and issue it."""
        person, words = await self._load(form.get("volunteer")), find_people_words(visitor)
        issue, by = self._source.issue_at_reader, visitor.account.name
        try:
            card = await wait_in_thread(lambda: issue(person.number, form.get("reader"), by))
        except UserError as error:
            return self._show_waiting(visitor, person, words.reader_failed.format(reason=error))
        message = words.reader_done.format(card=card)
        return self._pages.lead_to("/people/person", visitor, message, volunteer=person.number)


async def wait_in_thread(work: Callable[[], R]) -> R:
    """What `work` returns or raises: in a thread that does not keep the desk from ending, however long it waits."""
    result, context = Future[R](), copy_context()
    result.set_running_or_notify_cancel()

    def run() -> None:
        try:
            result.set_result(context.run(work))
        except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
            result.set_exception(error)

    Thread(target=run, daemon=True).start()
    return await asyncio.wrap_future(result)


def find_people_words(visitor: Visitor) -> PeopleWords:
    """The words of these pages in the language of a visitor."""
    return ENGLISH if visitor.words.language == "en" else CHINESE


def check_access(entry: Entry) -> None:
    """Demand words of one's own where the list of purposes has none that fits."""
    if entry.get("purpose") == "other" and not entry.get("reason"):
        entry.faults.setdefault("reason", "required")


def describe_faults(entry: Entry, words: PeopleWords) -> dict[str, str]:
    """What is wrong with each field, in words; empty where nothing is."""
    faults = {name: words.faults[fault] for name, fault in entry.faults.items()}
    return dict.fromkeys(entry.typed, "") | faults | entry.sentences


def _describe(words: PeopleWords, person: Person) -> dict[str, object]:
    return {"people": words, "section": "people", "person": person}


def _build_form(act: PersonAct, person: Person, words: PeopleWords, entry: Entry | None) -> ActForm:
    """A form as it was filled in, or a new one."""
    if entry:
        return ActForm(act, entry.typed, describe_faults(entry, words), entry.refusal, True)
    typed = {one.name: "" for one in act.fields}
    if "training_category" in typed:
        typed["training_category"] = person.category or ""
    return ActForm(act, typed, dict.fromkeys(typed, ""), "", False)


def _list_changes(entry: Entry, shown: Mapping[str, str]) -> dict[str, str]:
    """The details that differ from what the form showed; an empty text clears one."""
    values = {one.name: str(entry.get(one.name) or "") for one in DETAIL_FIELDS}
    return {name: value for name, value in values.items() if value != shown[name].strip()}


def _list_genders(shown: Mapping[str, str]) -> Sequence[str]:
    kept = shown["gender"]
    return (*GENDERS, kept) if kept and kept not in GENDERS else GENDERS
