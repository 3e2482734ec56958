"""The pages of documents: the list, one to be looked at and handed out, and the check of a code."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.purposes import PURPOSES
from kiosk.desk.confirmation import Confirmation
from kiosk.desk.documents.source import MOST_SHOWN, AskedDocument, DocumentDesk, ShownDocument
from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.people.person_pages import find_people_words
from kiosk.documents.document_type import BadArgument
from kiosk.documents.forms import FORM_OF, TYPES, DocumentForm
from kiosk.documents.page import describe_page
from kiosk.errors import UserError
from kiosk.name_access import AccessReason, parse_access_reason
from kiosk.words.desk.documents import DOCUMENT_PAGES

OFFERED: tuple[DocumentForm, ...] = ("pdf", "xlsx", "ods")
"""Beside a CSV file for each table; the page itself is the form for a browser."""


class Fault(NamedTuple):
    """What is wrong with what was asked."""

    sentence: str = ""
    argument: str = ""
    """The field that it stands beside; empty where it is about none."""


class DocumentPages:
    """Answers `/documents`."""

    def __init__(self, source: DocumentDesk, confirmation: Confirmation) -> None:
        self._source, self._confirmation = source, confirmation

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The list, a document, its files, the check."""
        self._pages = pages
        return (
            Route("/documents", pages.allow("documents", self._list)),
            Route("/documents/show", pages.allow("documents", self._show)),
            Route("/documents/issue", pages.receive("issue_documents", self._issue), methods=["POST"]),
            Route("/documents/check", pages.allow("documents", self._check)),
        )

    async def _list(self, _: Request, visitor: Visitor) -> Response:
        due = await to_thread.run_sync(self._source.list_due_reports)
        return self._pages.show_to(
            visitor,
            "documents/list.html",
            {"page_words": DOCUMENT_PAGES[visitor.words.language], "types": self._source.list_types(), "due": due},
        )

    # --- One document ---

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        asked = self._read_asked(request.query_params)
        has_all = all(asked.texts[one.name].strip() for one in asked.kind.arguments if one.is_required)
        if not has_all and not any(name in request.query_params for name in asked.texts):
            return self._show_page(visitor, asked)
        try:
            shown = await to_thread.run_sync(self._source.show, asked)
        except UserError as error:
            return self._show_page(visitor, asked, fault=_describe_fault(error, visitor))
        return self._show_page(visitor, asked, shown)

    def _read_asked(self, fields: Mapping[str, str]) -> AskedDocument:
        kind = self._source.find_type(fields.get("document", ""))
        if kind is None:
            raise HTTPException(404)
        texts = {argument.name: fields.get(argument.name, "") for argument in kind.arguments}
        return AskedDocument(kind, texts, fields.get("as_of", "").strip())

    def _show_page(
        self,
        visitor: Visitor,
        asked: AskedDocument,
        shown: ShownDocument | None = None,
        fault: Fault = Fault(),  # noqa: B008 - never changed
        form: Form | None = None,
        refusal: str = "",
    ) -> Response:
        words = DOCUMENT_PAGES[visitor.words.language]
        values = {
            "page_words": words,
            "asked": asked,
            "awards": self._source.list_award_names(asked.kind),
            "language": visitor.words.language,
            "shown": shown,
            "most_shown": MOST_SHOWN,
            "described": describe_page(shown.written) if shown else {},
            "fault": fault,
            "offers": [*((one, words.forms[one]) for one in OFFERED), *_list_csv(shown, words.csv)],
            "people": find_people_words(visitor),
            "purposes": list(PURPOSES),
            "form": form or Form(()),
            "refusal": refusal,
            "may_issue": visitor.may("issue_documents"),
        }
        status = REFUSED if fault.sentence or refusal else 200
        return self._pages.show_to(visitor, "documents/show.html", values, status)

    # --- Files ---

    async def _issue(self, _: Request, visitor: Visitor, form: Form) -> Response:
        asked = self._read_asked(dict(form.fields))
        try:
            chosen, table = _parse_format(form.get("format"))
            names, refusal = await self._read_names(visitor, form)
            if not refusal:
                name, content = await to_thread.run_sync(
                    self._source.hand_out, asked, chosen, table, names, visitor.session.actor
                )
                disposition = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
                return Response(content, media_type=TYPES[chosen], headers=disposition)
            shown = await to_thread.run_sync(self._source.show, asked)
        except UserError as error:
            return self._show_page(visitor, asked, fault=_describe_fault(error, visitor), form=form)
        return self._show_page(visitor, asked, shown, form=form, refusal=refusal)

    async def _read_names(self, visitor: Visitor, form: Form) -> tuple[AccessReason | None, str]:
        """Why full names are needed, None where they are not; and why the form is not carried out."""
        if not form.get("names"):
            return None, ""
        try:
            reason = parse_access_reason(form.get("purpose"), form.get_text("reason"))
        except ValueError:
            return None, DOCUMENT_PAGES[visitor.words.language].reason_missing
        return reason, await self._confirmation.find_fault(visitor, form)

    # --- Codes ---

    async def _check(self, request: Request, visitor: Visitor) -> Response:
        code = request.query_params.get("code", "").strip()
        checked = await to_thread.run_sync(self._source.check, code) if code else None
        shown = checked.shown if checked else None
        values = {
            "page_words": DOCUMENT_PAGES[visitor.words.language],
            "code": code,
            "checked": checked,
            "shown": shown,
            "described": describe_page(shown.written) if shown else {},
        }
        return self._pages.show_to(visitor, "documents/check.html", values)


def _describe_fault(error: UserError, visitor: Visitor) -> Fault:
    """The sentence, beside its field where it is about one, which is called there as it is labelled."""
    if isinstance(error, BadArgument):
        label = error.argument.labels[visitor.words.language]
        return Fault(error.explain(label), error.argument.name)
    return Fault(str(error))


def _list_csv(shown: ShownDocument | None, text: str) -> Iterable[tuple[str, str]]:
    if shown is not None:
        for table in shown.written.tables:
            yield f"csv {table.name}", text.format(table=table.title or table.name)


def _parse_format(text: str) -> tuple[DocumentForm, str | None]:
    """The form that was chosen, and of a CSV file its table. Raises: HTTPException."""
    name, _, table = text.partition(" ")
    chosen = FORM_OF.get(name)
    if chosen is None:
        raise HTTPException(400)
    return chosen, table or None
