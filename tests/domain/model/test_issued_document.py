"""A document that was handed out: once for one content, found by its code."""

from dataclasses import replace

from domain.model.issued_document import DocumentFacts, IssuedDocument
from tests.support.given_when_then import given
from tests.support.people import COORDINATOR, act, local_time

NOW, LATER = act("2026-12-01 09:00"), act("2026-12-02 09:00")
FACTS = DocumentFacts(
    "monthly_hours",
    {"month": "2026-11-01"},
    local_time("2026-12-01 08:59"),
    is_past=False,
    made_from=120,
    digest="6f",
    tables={"hours": "7a"},
)


def document(code: str = "7K3M-Q2WX-9HTB") -> IssuedDocument:
    return IssuedDocument.of(code)


def test_what_it_takes_to_build_it_again_is_recorded() -> None:
    given(document()).when(lambda document: document.issue(FACTS, NOW)).then(
        IssuedDocument.Issued,
        document="monthly_hours",
        arguments={"month": "2026-11-01"},
        as_of=FACTS.as_of,
        is_past=False,
        made_from=120,
        digest="6f",
        tables={"hours": "7a"},
        by=COORDINATOR,
    )


def test_handed_out_again_it_is_the_same_document_and_the_first_facts_stay() -> None:
    issued = document()
    given(issued, lambda document: document.issue(FACTS, NOW)).when(
        lambda document: document.issue(replace(FACTS, made_from=999), LATER)
    ).then_nothing()
    assert (issued.facts, issued.issued_at, issued.issued_by) == (FACTS, NOW.at, COORDINATOR)


def test_each_code_has_a_stream_of_its_own() -> None:
    assert document().id == document().id != document("2222-2222-2222").id
