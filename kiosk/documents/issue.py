"""Handing out a document, and checking one that was handed out: by its code, against the log.

Rule: a code stands on a document only once the log has it. To check one, it is built again from the log up to its
position: what is compared are figures and ids, so names may have been erased since.
"""

from datetime import UTC
from typing import Literal, NamedTuple

from domain.act import Act
from domain.log.event_log import EventLog
from domain.model.issued_document import DocumentFacts, IssuedDocument
from kiosk.documents.awards import CATALOGUE
from kiosk.documents.definition import Document, LogPosition
from kiosk.documents.digest import DocumentDigest, compute_digest
from kiosk.documents.formatting import format_instant, format_period
from kiosk.documents.registry import DOCUMENTS
from kiosk.documents.source import reopen_source
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.text.escaping import escape_line
from kiosk.text.short_codes import parse_code
from kiosk.words.documents.shared import DocumentText

CheckResult = Literal["matches", "differs", "unknown", "not_built"]
"""`not_built`: this program has no such document any more, or does not build it with these arguments."""


class DocumentCheck(NamedTuple):
    """What became of checking a code."""

    result: CheckResult
    code: str
    """As it is written; as it was typed where it is none."""
    issued: IssuedDocument | None = None
    document: Document | None = None
    """As it is built now."""
    tables: list[str] = []  # noqa: RUF012 - never changed
    """The names of the tables, and of the sources beside the log, that differ."""


def issue_document(home: Home, document: Document, act: Act) -> str:
    """Record that a document is handed out, once for one content; its code. Raises: LogError."""
    digest = compute_digest(document)
    log = document.log
    facts = DocumentFacts(
        document.name,
        document.arguments,
        log.as_of.astimezone(UTC),
        log.is_past,
        log.position,
        digest.whole,
        digest.tables,
    )
    with home.log.writing():
        issued = home.log.catch_up(IssuedDocument.of(digest.code))
        issued.issue(facts, act)
        home.log.append(issued)
    return digest.code


def find_issued(log: EventLog, code: str) -> IssuedDocument | None:
    """The document with a code; None where none was handed out. Raises: LogError."""
    issued = log.catch_up(IssuedDocument.of(code))
    return issued if issued.facts else None


def check_document(home: Home, typed: str) -> DocumentCheck:
    """Build the document with a code again, and compare it. Raises: LogError."""
    code = parse_code(typed)
    issued = find_issued(home.log, code) if code else None
    if code is None or issued is None or issued.facts is None:
        return DocumentCheck("unknown", code or typed)
    document = _build_again(home, issued.facts)
    if document is None:
        return DocumentCheck("not_built", code, issued)
    digest = compute_digest(document)
    if digest.whole == issued.facts.digest:
        return DocumentCheck("matches", code, issued, document)
    return DocumentCheck("differs", code, issued, document, _list_different(issued.facts, digest))


def _build_again(home: Home, facts: DocumentFacts) -> Document | None:
    kind = DOCUMENTS.get(facts.document)
    if kind is None:
        return None
    state = LogPosition(facts.as_of.astimezone(home.zone), facts.made_from, "", is_past=facts.is_past)
    try:
        with reopen_source(home, state) as source:
            return kind.build_document(source, kind.restore_arguments(facts.arguments))
    except (UserError, KeyError, ValueError):
        return None


def _list_different(facts: DocumentFacts, digest: DocumentDigest) -> list[str]:
    names = [*facts.tables, *(name for name in digest.tables if name not in facts.tables)]
    return [name for name in names if facts.tables.get(name) != digest.tables.get(name)]


def explain_check(home: Home, check: DocumentCheck) -> str:
    """What a check came to, in one sentence."""
    issued = check.issued
    if issued is None or issued.facts is None or issued.issued_at is None or issued.issued_by is None:
        return DocumentText.UNKNOWN_CODE.fill(code=escape_line(check.code))
    filled = {
        "code": check.code,
        "at": format_instant(issued.issued_at.astimezone(home.zone)),
        "by": home.people.find_actor_name(issued.issued_by) or str(issued.issued_by),
        "position": issued.facts.made_from,
    }
    if check.document is None and CATALOGUE in issued.facts.tables:
        return DocumentText.CATALOGUE_LACKS.fill(name=issued.facts.document, **filled)
    if check.document is None:
        return DocumentText.NOT_BUILT.fill(name=issued.facts.document, **filled)
    filled |= {"title": check.document.title, "period": format_period(check.document.period)}
    if check.result == "matches":
        return DocumentText.MATCHES.fill(**filled)
    if CATALOGUE in check.tables:
        return DocumentText.CATALOGUE_CHANGED.fill(**filled)
    titles = {table.name: table.title for table in check.document.tables}
    tables = ", ".join(titles.get(name, name) for name in check.tables) or DocumentText.ARGUMENTS_DIFFER.fill()
    return DocumentText.DIFFERS.fill(tables=tables, **filled)
