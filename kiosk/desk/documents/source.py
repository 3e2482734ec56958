"""The documents of a home as the pages ask for them: to be looked at, handed out, checked.

Rule: what is looked at has masked names; full names leave here in a file alone, once it is recorded to whom and why
(R-120).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from domain.spans import instant
from domain.use_cases.unit_rules import UnitRules
from kiosk.awards.catalogue import load_catalogue
from kiosk.batch.recorded_instant import parse_recorded_instant
from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.documents.definition import Document
from kiosk.documents.digest import compute_digest
from kiosk.documents.document_type import DocumentType
from kiosk.documents.forms import DocumentForm, build_document_file
from kiosk.documents.issue import DocumentCheck, check_document, explain_check, issue_document
from kiosk.documents.people_lookup import StoredPersons
from kiosk.documents.registry import DOCUMENTS
from kiosk.documents.source import build_source, find_last_position
from kiosk.documents.written import WrittenDocument, WrittenTable, write_document
from kiosk.name_access import AccessReason, record_names_listed
from kiosk.words.language import find_language
from projections.engine.views import Views
from projections.read_models.plan_status import list_results
from projections.read_models.report_calendar import DueReport, list_due_reports

MOST_SHOWN = 200
"""Rows of a table that a page shows; a file has all."""


class AskedDocument(NamedTuple):
    """What a page asks for."""

    kind: DocumentType
    texts: Mapping[str, str]
    """Its arguments, as they were typed."""
    as_of: str = ""
    """A recorded instant or a date, as it was typed; empty is now."""


class ShownDocument(NamedTuple):
    """A document on a page."""

    written: WrittenDocument
    cut: Sequence[tuple[str, int]]
    """Title and number of rows of the tables that are not shown whole."""
    has_persons: bool


class CheckedCode(NamedTuple):
    """What a code leads to."""

    check: DocumentCheck
    sentence: str
    shown: ShownDocument | None


class DocumentDesk:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands, self._home = reader, commands, reader.home

    def list_types(self) -> list[DocumentType]:
        """All kinds of documents."""
        return [*DOCUMENTS.values()]

    def list_due_reports(self) -> list[DueReport]:
        """The results that are due to the authority, or will be within a month (R-107, R-108)."""
        rules = UnitRules(self._home.log).load()

        def load(views: Views) -> list[DueReport]:
            today = rules.days.of(instant(views.evaluated_at))
            handed_in = [(one.since, one.until) for one in list_results(views)]
            windows = rules.policies.on(today.toordinal()).report_windows
            return list_due_reports(windows, today, handed_in, since=rules.opened_on or today)

        return self._reader.read(load)

    def find_type(self, name: str) -> DocumentType | None:
        """The kind with a name; None where there is none."""
        return DOCUMENTS.get(name)

    def list_award_names(self, kind: DocumentType) -> list[tuple[str, str]]:
        """Ids and names of the awards of the catalogue; empty where the kind asks for none. Raises: SettingsError."""
        if all(argument.kind != "award" for argument in kind.arguments):
            return []
        catalogue, is_english = load_catalogue(self._home.path), find_language() == "en"
        return [
            (award, rule.name_en if is_english else rule.name)
            for award in catalogue.list_ids()
            for rule in catalogue.list_versions(award)[-1:]
        ]

    def show(self, asked: AskedDocument) -> ShownDocument:
        """A document to be looked at, with masked names. Raises: LogError, UserError."""
        return self._show(self._build(asked))

    def _show(self, document: Document) -> ShownDocument:
        written = write_document(document, self._find_persons(is_masked=True), "")
        long = [(table.title, len(table.rows)) for table in written.tables if len(table.rows) > MOST_SHOWN]
        return ShownDocument(
            replace(written, tables=[_shorten(table) for table in written.tables]), long, document.has_persons
        )

    def _find_persons(self, *, is_masked: bool) -> StoredPersons:
        return StoredPersons(self._home.people, self._home.settings.masking, is_masked=is_masked)

    def _build(self, asked: AskedDocument) -> Document:
        arguments = asked.kind.parse_arguments(asked.texts, self._home.people)
        if asked.as_of:
            past = parse_recorded_instant(self._home, asked.as_of)
            with self._reader.hold_past(past, find_last_position(self._home.log, past)) as views:
                return asked.kind.build_document(build_source(self._home, views, past=past), arguments)

        def build_now(views: Views) -> Document:
            with views.hold_snapshot():
                return asked.kind.build_document(build_source(self._home, views), arguments)

        return self._reader.read(build_now)

    def hand_out(
        self, asked: AskedDocument, form: DocumentForm, table: str | None, names: AccessReason | None, by: UUID
    ) -> tuple[str, bytes]:
        """The name and the bytes of a file, once it is recorded; `names`: why they are needed, None where they are not.

        Raises: LogError, UserError: then nothing is handed out.
        """
        document = self._build(asked)
        people = self._find_persons(is_masked=names is None)
        written = write_document(document, people, compute_digest(document).code)
        content = build_document_file(document, written, form, table)
        act, volunteers = self._commands.build_act(by), document.list_volunteers()
        if names is not None and volunteers:
            record_names_listed(self._home, "document", volunteers, names, act)
        issue_document(self._home, document, act)
        return f"{document.title} {written.code}.{form}", content

    def check(self, code: str) -> CheckedCode:
        """What became of checking a code. Raises: LogError."""
        check = check_document(self._home, code)
        shown = None if check.document is None else self._show(check.document)
        return CheckedCode(check, explain_check(self._home, check), shown)


def _shorten(table: WrittenTable) -> WrittenTable:
    return replace(table, rows=table.rows[:MOST_SHOWN])
