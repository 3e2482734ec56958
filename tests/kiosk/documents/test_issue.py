"""`kiosk document` and `kiosk verify --document`: what is handed out is recorded, and can be checked later."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from domain.model.issued_document import DocumentFacts, IssuedDocument
from kiosk.documents.digest import compute_digest
from kiosk.documents.forms import FORMS
from kiosk.documents.registry import DOCUMENTS
from kiosk.documents.source import open_source
from kiosk.home import Home
from kiosk.words.language import StaffLanguage, use_language
from tests.kiosk.conftest import list_topics
from tests.support.home_entrance import ANNS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import ProgramResult, line, run_kiosk, write_batch
from tests.support.people import act

DOCUMENT = ("document", "monthly_hours", "month=2026-11")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which V001 served on two days."""
    folder = tmp_path_factory.mktemp("documents")
    Home.make(folder / "home", simulation=True).close()
    taps = (
        line("tap", f"2026-11-{at}", card=card)
        for at, card in (("19T09:00", ANNS_CARD_NUMBER), ("19T12:00", ANNS_CARD_NUMBER))
    )
    book = (
        line("register_record_book", "2026-11-19T13:00", volunteer="V001", number="110-1"),
        line("draw_spot_check", "2026-11-19T13:01", seed=7, by="lin"),
    )
    batch = write_batch(folder / "story", *OFFICE_LINES, *taps, *book)
    assert run_kiosk("apply", batch, "--home", folder / "home").err == ""
    return folder / "home"


def hand_out(home: Path, file: Path, *options: str) -> str:
    """Hand it out; its code."""
    ended = run_kiosk(*DOCUMENT, "--output", file, *options, "--home", home)
    assert ended.status == 0, ended.err
    return ended.err.strip().rpartition(" ")[2]


def verify(home: Path, code: str) -> ProgramResult:
    return run_kiosk("verify", "--document", code, "--home", home)


def correct(home: Path, folder: Path) -> None:
    """A correction that is recorded later: Ann served an hour less."""
    void = line("void_visit", "2026-11-21T09:00", volunteer="V001", check_in="2026-11-19T09:00", reason="x", by="lin")
    assert run_kiosk("apply", write_batch(folder / "void", void), "--home", home).err == ""


def test_a_document_has_one_code_in_every_form_and_language_masked_or_not(home: Path, tmp_path: Path) -> None:
    codes = {hand_out(home, tmp_path / f"masked.{form}") for form in FORMS}
    with use_language("zh-TW"):
        codes |= {hand_out(home, tmp_path / "named.pdf", "--names", "--reason", "papers", "--shown-to", "lin")}
    (code,) = codes
    assert list_topics(home).count("issued-document.issued") == 1
    text = PdfReader(tmp_path / "masked.pdf").pages[0].extract_text()
    assert code in text
    assert "3 h 00 min" in text
    assert "王〇明" in text
    assert (tmp_path / "masked.html").stat().st_mode & 0o777 == 0o600


def test_full_names_are_recorded_before_they_are_written(home: Path, tmp_path: Path) -> None:
    hand_out(home, tmp_path / "named.html", "--names", "--reason", "papers", "--shown-to", "lin")
    assert "王小明" in (tmp_path / "named.html").read_text()
    *_, access = json.loads(run_kiosk("accesses", "--format", "json", "--home", home).out)
    assert (access["shown"], access["volunteers"], access["by"]) == ("document", ["V001"], "lin")
    refused = run_kiosk(*DOCUMENT, "--output", tmp_path / "x.pdf", "--names", "--home", home)
    assert refused.status == 2
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_in_a_folder_that_is_not_there_shows_no_name_to_anyone(home: Path, tmp_path: Path) -> None:
    """Refused before it is recorded that names were shown."""
    before = run_kiosk("accesses", "--format", "json", "--home", home).out
    names = ("--names", "--reason", "papers", "--shown-to", "lin")
    refused = run_kiosk(*DOCUMENT, "--output", tmp_path / "missing" / "x.html", *names, "--home", home)
    assert (refused.status, "there is no folder" in refused.err) == (2, True)
    assert run_kiosk("accesses", "--format", "json", "--home", home).out == before


def test_a_code_is_checked_against_the_log_of_its_position(home: Path, tmp_path: Path) -> None:
    code = hand_out(home, tmp_path / "before.csv")
    correct(home, tmp_path)
    later = hand_out(home, tmp_path / "after.csv")
    assert code != later
    for each in (code, later, code.replace("-", "").lower()):
        ended = verify(home, each)
        assert (ended.status, ended.err) == (0, "")
        assert "says what the log says up to position" in ended.out
    assert (tmp_path / "before.csv").read_text() != (tmp_path / "after.csv").read_text()
    past = hand_out(home, tmp_path / "past.csv", "--as-of", "2026-11-20T09:00")
    assert past == code  # as of then it says what it said then
    assert verify(home, past).status == 0


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKMN", "x", "", "a\x1b[31m", "長" * 5000])
def test_an_unknown_code_is_one_sentence(home: Path, code: str) -> None:
    ended = verify(home, code)
    if code:
        assert (ended.status, ended.err.count("\n")) == (1, 1)
        assert "no document with the code" in ended.err
        assert "\x1b" not in ended.err
    answer = json.loads(run_kiosk("verify", "--document", "ABCD-EFGH-JKMN", "--format", "json", "--home", home).out)
    assert answer["document"] == {"code": "ABCD-EFGH-JKMN", "result": "unknown"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nothing", "--output", "x.pdf"), "there is no document `nothing`: the documents are monthly_statement"),
        (("monthly_hours", "--output", "x.pdf"), "needs month, such as month=2026-11"),
        (("monthly_hours", "month", "--output", "x.pdf"), "`month` is not NAME=VALUE"),
        (("monthly_hours", "month=2026-11", "month=2026-12", "--output", "x.pdf"), "`month` is given twice"),
        (("monthly_hours", "month=2026-13", "--output", "x.pdf"), "month is a month, such as 2026-11"),
        (("monthly_hours", "month=26-11", "--output", "x.pdf"), "month is a month, such as 2026-11"),
        (("monthly_hours", "month=2026-11", "year=1", "--output", "x.pdf"), "takes no `year`: it takes month"),
        (("monthly_hours", "month=2026-11", "--output", "x.doc"), "is written as .pdf, .xlsx, .ods, .csv, .html"),
        (("monthly_hours", "month=2026-11"), "is written as .pdf, .xlsx, .ods, .csv, .html"),
        (
            ("monthly_hours", "month=2026-11", "--table", "x", "--output", "x.csv"),
            "has no table `x`: its tables are hours",
        ),
        (("monthly_hours", "month=2026-11", "--table", "hours", "--output", "x.pdf"), "--table is for a CSV file"),
    ],
)
def test_what_cannot_be_written_is_refused_and_records_nothing(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = list_topics(home)
    ended = run_kiosk("document", *arguments, "--home", home)
    assert ended.status == 2
    assert sentence in ended.err
    assert list_topics(home) == before
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_kept(home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.pdf").write_text("mine")
    ended = run_kiosk(*DOCUMENT, "--output", tmp_path / "mine.pdf", "--home", home)
    assert ended.status == 2
    assert (tmp_path / "mine.pdf").read_text() == "mine"


def test_the_documents_are_listed(home: Path) -> None:
    listed = run_kiosk("document", "--home", home).out
    assert all(name in listed for name in DOCUMENTS)


def test_a_document_of_an_erased_volunteer_is_still_the_same(tmp_path: Path) -> None:
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    taps = (line("tap", f"2026-11-19T{at}", card=ANNS_CARD_NUMBER) for at in ("09:00", "12:00"))
    end = line("end_agreement", "2026-11-20T09:00", volunteer="V001", on="2026-11-20", reason="x")
    later = line("reconcile", "2026-11-23T09:00", date="2026-11-20")
    story = write_batch(tmp_path / "story", *OFFICE_LINES, *taps, end, later)
    assert run_kiosk("apply", story, "--home", home).err == ""
    code = hand_out(home, tmp_path / "before.html")
    assert run_kiosk("erase", "V001", "--basis", "request", "--yes", "--home", home).status == 0
    assert verify(home, code).status == 0
    assert hand_out(home, tmp_path / "after.html", "--names", "--reason", "papers") == code
    written = (tmp_path / "after.html").read_text()
    assert "(erased)" in written
    assert "3 h 00 min" in written
    assert "王" not in written


FORGED = "2222-2222-2222"


@pytest.mark.parametrize(
    ("document", "result", "sentence"),
    [
        ("monthly_hours", "differs", "By volunteer and category differ. The log was altered, or this program computes"),
        ("of_another_program", "not_built", "is of a kind that this program does not build"),
    ],
)
def test_a_document_that_said_something_else_differs_and_where_is_said(
    home: Path, document: str, result: str, sentence: str
) -> None:
    """As if the program of then had computed otherwise: the event holds the digest of another content."""
    code = FORGED.replace("2222", "3333" if result == "differs" else "4444")
    with Home.open(home) as opened, opened.log.writing():
        at, position = datetime(2026, 11, 20, tzinfo=UTC), opened.log.head().position
        other = {"hours": 64 * "0"}
        facts = DocumentFacts(document, {"month": "2026-11-01"}, at, False, position, 64 * "0", other)
        issued = IssuedDocument.of(code)
        issued.issue(facts, act("2026-11-20 09:00"))
        opened.log.append(issued)
    ended = verify(home, code)
    assert ended.status == 1
    assert sentence in ended.err
    assert json.loads(run_kiosk("verify", "--document", code, "--format", "json", "--home", home).out)["document"] == {
        "code": code,
        "result": result,
    }


LANGUAGES: tuple[StaffLanguage, ...] = ("zh-TW", "en")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_has_a_title_and_labels_in_both_languages(name: str) -> None:
    kind = DOCUMENTS[name]
    assert kind.name == name
    for texts in (kind.titles, *(argument.labels for argument in kind.arguments)):
        assert set(texts) == set(LANGUAGES)
    assert len(set(kind.titles.values())) == len(LANGUAGES)


def test_the_month_before_the_first_service_is_empty_and_has_a_code(home: Path, tmp_path: Path) -> None:
    ended = run_kiosk("document", "monthly_hours", "month=114-02", "--output", tmp_path / "x.pdf", "--home", home)
    assert ended.status == 0, ended.err
    text = PdfReader(io.BytesIO((tmp_path / "x.pdf").read_bytes())).pages[0].extract_text()
    assert "2025-02-01 to 2025-02-28" in text


EXAMPLES = {
    "month": "2026-11",
    "date": "2026-11-19",
    "year": "115",
    "count": "1",
    "volunteer": "V001",
    "award": "honor-card",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_has_one_code_in_both_languages(home: Path, name: str) -> None:
    kind = DOCUMENTS[name]
    typed = {one.name: next(iter(one.choices), EXAMPLES.get(one.kind, "")) for one in kind.arguments}
    codes: set[str] = set()
    with Home.open(home) as opened:
        for language in LANGUAGES:
            with use_language(language), open_source(opened) as source:
                document = kind.build_document(source, kind.parse_arguments(typed, opened.people))
                codes.add(compute_digest(document).code)
                assert document.title == kind.title
                assert kind.restore_arguments(document.arguments) == kind.parse_arguments(typed, opened.people)
    assert len(codes) == 1
