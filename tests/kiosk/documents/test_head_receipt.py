"""The receipt of a head: a telephone reads from it what `kiosk verify --heads` takes, and paper what `--head` takes."""

from pathlib import Path

import pytest

from domain.log.checkpoint import parse_proved_head
from kiosk.documents.document_type import Arguments
from kiosk.documents.head_receipt import HEAD_RECEIPT
from kiosk.documents.page import build_page
from kiosk.documents.people_lookup import StoredPersons
from kiosk.documents.qr_code import draw_qr_code
from kiosk.documents.source import open_source
from kiosk.documents.written import WrittenDocument, write_document
from kiosk.home import Home
from tests.kiosk.conftest import read_head
from tests.support.kiosk_program import run_kiosk
from tests.support.tampering import chain_again, open_unguarded

NOTHING: Arguments = {}


@pytest.fixture
def receipt(simulation: Path) -> WrittenDocument:
    with Home.open(simulation) as home, open_source(home) as source:
        people = StoredPersons(home.people, home.settings.masking, is_masked=True)
        return write_document(HEAD_RECEIPT.build_document(source, NOTHING), people, "")


def test_what_is_scanned_is_the_head_and_the_paper_says_the_same(
    simulation: Path, receipt: WrittenDocument, tmp_path: Path
) -> None:
    position, chain = read_head(simulation)
    scanned = parse_proved_head(receipt.scanned).checkpoint
    assert scanned.head == (position, chain)
    values = [row[1].text for row in receipt.tables[0].rows]
    assert values[2:] == [chain.hex(), scanned.root.hex()]
    (tmp_path / "scanned.txt").write_text(receipt.scanned)
    for words in (("--heads", tmp_path / "scanned.txt"), ("--head", values[1])):
        assert run_kiosk("verify", *words, "--home", simulation).status == 0
    with open_unguarded(simulation / "log.db") as tool:
        tool.execute("UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '1970', '1971') AS BLOB)")
        chain_again(tool)
    (simulation / "log.head").unlink()
    for words in (("--heads", tmp_path / "scanned.txt"), ("--head", values[1])):
        assert run_kiosk("verify", *words, "--home", simulation).status == 1


def test_the_page_holds_the_code_on_white_also_where_the_screen_is_dark(receipt: WrittenDocument) -> None:
    page = build_page(receipt).decode()
    assert page.count("<svg ") == 1
    assert draw_qr_code(receipt.scanned) in page
    assert '"white"' in draw_qr_code(receipt.scanned) or "#fff" in draw_qr_code(receipt.scanned)
