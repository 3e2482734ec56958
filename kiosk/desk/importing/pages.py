"""The pages that import volunteers, cards, trainings and shifts: a file is sent, checked, and saved when all is right.

Rule: nothing is saved that was not shown; wrong rows are left out only where a person says so.
"""

import re
from collections.abc import Iterable, Mapping

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.forms import Form
from kiosk.desk.importing.choices import COLUMN_PREFIX, Choices, read_choices
from kiosk.desk.importing.source import MOST_TRIED, ImportSource, Preview
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.sessions import HeldFile
from kiosk.desk.uploads import HeldFiles, Upload
from kiosk.importing.rows import RowFault
from kiosk.words.desk.importing import IMPORTING, ImportingWords
from kiosk.words.import_headings import HEADINGS
from kiosk.words.language import replace_texts

MOST_FAULTS = 200
"""Wrong rows that a page lists."""
MOST_COLUMNS = 50
"""Columns that a page lists: each has a choice of every field, and a page stays under 200 KB."""
MOST_NUMBERS = 30
"""Row numbers in a message."""
NOT_READ = "-"
_FIELD = re.compile(r"`(\w+)`")


class ImportPages:
    """Answers `/people/import` and what is below it."""

    def __init__(self, source: ImportSource) -> None:
        self._source, self._files = source, HeldFiles()

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The addresses."""
        self._pages = pages
        return (
            Route("/people/import", pages.allow("people", self._show_form)),
            Route("/people/import", pages.receive_upload("people", self._receive_file), methods=["POST"]),
            Route("/people/import/check", pages.allow("people", self._show_file)),
            Route("/people/import/check", pages.receive("people", self._check), methods=["POST"]),
            Route("/people/import/save", pages.receive("people", self._save), methods=["POST"]),
        )

    # --- Sending ---

    async def _show_form(self, _: Request, visitor: Visitor) -> Response:
        return self._ask_for_file(visitor)

    def _ask_for_file(self, visitor: Visitor, refusal: str = "") -> Response:
        values = {"importing": IMPORTING[visitor.words.language], "section": "people", "refusal": refusal}
        return self._pages.show_to(visitor, "importing/upload.html", values, REFUSED if refusal else 200)

    async def _receive_file(self, _: Request, visitor: Visitor, upload: Upload) -> Response:
        if upload.file is None:
            return self._ask_for_file(visitor, IMPORTING[visitor.words.language].no_file)
        held = self._files.hold(visitor.session, upload.file)
        return self._pages.lead_to("/people/import/check", visitor, file=held.id)

    # --- Checking ---

    async def _show_file(self, request: Request, visitor: Visitor) -> Response:
        return await self._answer(visitor, request.query_params.get("file", ""), Choices(), None)

    async def _check(self, _: Request, visitor: Visitor, form: Form) -> Response:
        return await self._answer(visitor, form.get("file"), read_choices(form), None)

    async def _save(self, _: Request, visitor: Visitor, form: Form) -> Response:
        return await self._answer(visitor, form.get("file"), read_choices(form), form)

    async def _answer(self, visitor: Visitor, file_id: str, choices: Choices, saved: Form | None) -> Response:
        """The preview of a file, or after the form `saved` what came of it."""
        words, file = IMPORTING[visitor.words.language], visitor.session.file
        if file is None or file.id != file_id:
            return self._ask_for_file(visitor, words.file_gone)
        with replace_texts(words.sentences):
            preview = await to_thread.run_sync(self._preview, file, choices, visitor.account.name, saved)
        if preview.saved is None or preview.stopped:
            return self._show_preview(visitor, file, choices, preview, is_saving=saved is not None)
        return self._pages.lead_to("/people", visitor, format_outcome(preview, words))

    def _preview(self, file: HeldFile, choices: Choices, by: str, saved: Form | None) -> Preview:
        if saved is None:
            return self._source.check(file, choices, by)
        return self._source.save(file, choices, by, saved.get("digest"), skip=saved.get("skip") == "yes")

    def _show_preview(
        self, visitor: Visitor, file: HeldFile, choices: Choices, preview: Preview, *, is_saving: bool
    ) -> Response:
        words = IMPORTING[visitor.words.language]
        plan = preview.plan
        values = {
            "importing": words,
            "section": "people",
            "file": file,
            "choices": choices,
            "preview": preview,
            "fault": name_fields(preview.fault, words.fields),
            "faults": [describe_fault(fault, words) for fault in (plan.faults if plan else ())][:MOST_FAULTS],
            "fields": [(NOT_READ, words.not_read), *((name, words.fields[name]) for name in HEADINGS)],
            "prefix": COLUMN_PREFIX,
            "most_columns": MOST_COLUMNS,
            "is_long": plan is not None and plan.count_lines().total() > MOST_TRIED,
            "counts": plan.count_lines().items() if plan else (),
            "look_again": is_saving and not preview.stopped and not preview.fault,
        }
        status = REFUSED if is_saving or preview.fault else 200
        return self._pages.show_to(visitor, "importing/check.html", values, status)


def describe_fault(fault: RowFault, words: ImportingWords) -> RowFault:
    """A wrong row with the fields as a person calls them."""
    return fault._replace(sentence=name_fields(fault.sentence, words.fields))


def name_fields(sentence: str, fields: Mapping[str, str]) -> str:
    """A sentence with the fields as a person calls them: `birth_date` is what programs call it."""
    return _FIELD.sub(lambda found: fields.get(found[1], found[1]), sentence)


def format_outcome(preview: Preview, words: ImportingWords) -> str:
    """What the next page says."""
    text = words.saved.format(count=preview.saved) if preview.saved else words.nothing_new
    if not preview.wrong:
        return text
    numbers = words.comma.join(map(str, preview.wrong[:MOST_NUMBERS]))
    return text + words.left_out.format(count=len(preview.wrong), rows=numbers)
