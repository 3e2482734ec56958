"""The forms in which a document is handed out, by the ending of their files."""

from collections.abc import Mapping
from typing import Literal, get_args

from kiosk.documents.definition import Document
from kiosk.documents.page import build_page
from kiosk.documents.pdf import build_pdf
from kiosk.documents.workbook import build_document_csv, build_document_workbook, choose_table
from kiosk.documents.written import WrittenDocument
from kiosk.errors import UserError
from kiosk.words.documents.shared import DocumentText

DocumentForm = Literal["pdf", "xlsx", "ods", "csv", "html"]
FORMS: tuple[DocumentForm, ...] = get_args(DocumentForm)
FORM_OF: Mapping[str, DocumentForm] = {form: form for form in FORMS}
"""By the ending of a file."""
TYPES: Mapping[DocumentForm, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "html": "text/html",
}
"""Their media types."""


def build_document_file(
    document: Document, written: WrittenDocument, form: DocumentForm, table: str | None = None
) -> bytes:
    """The bytes of a file, the same ones for the same content; `table` is that of a CSV file. Raises: UserError."""
    if table is not None and form != "csv":
        raise UserError(DocumentText.TABLE_IS_FOR_CSV.fill())
    match form:
        case "pdf":
            return build_pdf(written, document.log.as_of)
        case "html":
            return build_page(written)
        case "csv":
            return build_document_csv(choose_table(written, table))
        case "xlsx" | "ods":
            return build_document_workbook(written, form)
