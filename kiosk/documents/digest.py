"""The digest of what a document says, and the short code that stands on it.

Rule: it is computed of ids and codes, and of no name, no heading and no sentence: one document has one code in every
language, masked or not, before and after an erasure. The order of rows does not matter, which may follow names.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from kiosk.documents.definition import VOLUNTEER, Document, Table, Value
from kiosk.text.short_codes import compute_code

DOMAIN = b"vms-document-v1\0"
"""What keeps the digest apart from every other; changing it makes every code unknown."""


class DocumentDigest(NamedTuple):
    """What a document said."""

    whole: str
    tables: Mapping[str, str]
    """Of each table and of each source beside the log, by its name: where a document differs."""

    @property
    def code(self) -> str:
        """The short code of the document."""
        return compute_code(bytes.fromhex(self.whole))


def compute_digest(document: Document) -> DocumentDigest:
    """The digest of what a document says: its name, period, arguments and figures."""
    tables = {table.name: _hash(_list_content(table)) for table in document.tables if not table.is_of_people}
    tables |= document.sources
    period = [day.isoformat() for day in document.period]
    whole = _hash([document.name, period, sorted(document.arguments.items()), sorted(tables.items())])
    return DocumentDigest(whole, tables)


def _list_content(table: Table) -> list[object]:
    columns = [column.name for column in table.columns]
    kept = [column.name for column in table.columns if column.kind not in ("person", "check", "signature")]
    rows = [[_encode(row.get(name)) for name in (VOLUNTEER, *kept)] for row in table.rows]
    return [columns, sorted(rows, key=msgspec.json.encode)]


def _encode(value: Value) -> object:
    match value:
        case UUID():
            return value.hex
        case date():
            return value.isoformat()
        case _:
            return value


def _hash(content: object) -> str:
    return hashlib.sha256(DOMAIN + msgspec.json.encode(content)).hexdigest()
