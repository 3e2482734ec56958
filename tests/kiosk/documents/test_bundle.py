"""`kiosk bundle`: the documents of a year in one file, the same bytes as of the same instant (R-110)."""

import csv
import io
from datetime import date
from itertools import product
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import pytest

from kiosk.documents.bundle import BUNDLED, INDEX, find_bundled, list_arguments
from kiosk.documents.people_lookup import StoredPersons
from kiosk.documents.source import open_source
from kiosk.documents.workbook import build_document_csv
from kiosk.documents.written import write_document
from kiosk.home import Home
from kiosk.words.language import StaffLanguage, use_language
from tests.kiosk.conftest import list_topics
from tests.support.home_entrance import ANNS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import ProgramResult, line, run_kiosk, run_kiosk_process, write_batch

LANGUAGES: tuple[StaffLanguage, ...] = get_args(StaffLanguage)

BY = {"by": "lin"}
ONLY = ("--only", "insured_list", "--only", "spot_check_sheet")
THEN = "2026-11-21T12:00"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A unit in its eleventh month of 2026, with one spot check; what comes later is recorded after THEN."""
    folder = tmp_path_factory.mktemp("bundles")
    Home.make(folder / "home", simulation=True).close()
    lines = (
        *OFFICE_LINES,
        line("register_record_book", "2026-11-19T08:50", volunteer="V001", number="110-1"),
        *(line("tap", f"2026-11-{at}", card=ANNS_CARD_NUMBER) for at in ("19T09:00", "19T12:00")),
        line("draw_spot_check", "2026-11-20T09:00", seed=7, **BY),
        line("record_drill", "2026-11-22T09:00", accounted=["V001"], **BY),
    )
    assert run_kiosk("apply", write_batch(folder / "story", *lines), "--home", folder / "home").err == ""
    return folder / "home"


def bundle(home: Path, file: Path, *options: str, year: str = "2026") -> ProgramResult:
    return run_kiosk("bundle", year, "--output", file, *options, "--home", home)


def read_index(file: Path) -> list[dict[str, str]]:
    with ZipFile(file) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(INDEX).decode())))


def test_a_year_up_to_the_instant_is_the_same_file_again(home: Path, tmp_path: Path) -> None:
    """R-110: one record book was checked; every code is known to the log."""
    first, again = tmp_path / "first.zip", tmp_path / "again.zip"
    ended = bundle(home, first, *ONLY, "--as-of", THEN, "--by", "lin")
    assert (ended.status, ended.out) == (0, "")
    assert "2 documents of 2026, up to position" in ended.err
    assert bundle(home, again, *ONLY, "--as-of", THEN, year="115").status == 0
    assert first.read_bytes() == again.read_bytes()
    assert first.stat().st_mode & 0o777 == 0o600
    topics = list_topics(home)
    assert topics.count("issued-document.issued") == 2
    rows = read_index(first)
    assert {row["position"] for row in rows} == {str(topics.index("spot-checks.drawn") + 2)}
    assert [(row["document"], row["arguments"]) for row in rows] == [
        ("insured_list", "day=2026-11-21"),
        ("spot_check_sheet", "number=1"),
    ]
    assert [run_kiosk("verify", "--document", row["code"], "--home", home).status for row in rows] == [0, 0]
    with ZipFile(first) as archive:
        names = set(archive.namelist())
        insured = archive.read("insured_list-2026-11-21-shared.csv").decode()
        assert archive.read(rows[0]["file"]).startswith(b"%PDF")
    assert {row["file"] for row in rows} < names
    assert [text in insured for text in ("王〇明", "王小明", "110-1")] == [True, False, False]


def test_it_is_the_same_file_in_every_language_of_its_maker(home: Path, tmp_path: Path) -> None:
    """The home's language counts: here it names none, and the documents are in Chinese."""
    made = [tmp_path / "en.zip", tmp_path / "zh.zip"]
    for file, language in zip(made, ("en_US.UTF-8", "zh_TW.UTF-8"), strict=True):
        given = ("--only", "annual_results", "--as-of", THEN, "--output", file, "--home", home)
        assert run_kiosk_process("bundle", "2026", *given, LC_ALL=language, LANGUAGE="").status == 0
    assert made[0].read_bytes() == made[1].read_bytes()
    assert [row["title"] for row in read_index(made[0])] == ["志願服務年度成果報表"]


def test_a_csv_file_is_the_same_in_every_language(home: Path) -> None:
    files: dict[str, list[bytes]] = {language: [] for language in LANGUAGES}
    with Home.open(home) as opened, open_source(opened) as source:
        people = StoredPersons(opened.people, opened.settings.masking, is_masked=True)
        for language, kind in product(LANGUAGES, BUNDLED):
            with use_language(language):
                document = kind.build_document(source, [*list_arguments(source, kind, 2026)][-1])
                written = write_document(document, people, "")
            files[language] += [build_document_csv(table) for table in written.tables]
    assert files["en"] == files["zh-TW"]
    assert len(files["en"]) > len(BUNDLED)


def test_each_period_that_has_begun_has_its_document(home: Path) -> None:
    """R-110: eleven months, both halves, and the days on which they end or the last one that is there."""
    with Home.open(home) as opened, open_source(opened) as source:
        asked = {
            name: [list(one.values()) for one in list_arguments(source, find_bundled((name,))[0], 2026)]
            for name in ("monthly_hours", "half_year_results", "assessment_ranking", "year_overview")
        }
        assert list(list_arguments(source, find_bundled(("spot_check_sheet",))[0], 2025)) == []
    assert asked == {
        "monthly_hours": [[date(2026, month, 1)] for month in range(1, 12)],
        "half_year_results": [[2026, "first"], [2026, "second"]],
        "assessment_ranking": [[date(2026, 6, 30)], [date(2026, 11, 22)]],
        "year_overview": [[2026]],
    }


def test_every_document_of_a_month_a_half_year_and_a_year_is_in_it() -> None:
    """R-110: rosters, record-book checks, hours and coverage."""
    names = {kind.name for kind in find_bundled(())}
    assert {"attendance_report", "spot_check_sheet", "annual_results", "insured_list", "monthly_statement"} <= names
    assert {kind.occasion for kind in BUNDLED} == {"month", "half_year", "year", "occasion"}
    assert names.isdisjoint({"own_assessment", "record_book_applications"})


@pytest.mark.parametrize(
    ("year", "options", "sentence"),
    [
        ("2027", (), "2027 begins after 2026-11"),
        ("0", (), "YEAR is a year, such as 2026 or 115, not `0`"),
        ("20266", (), "YEAR is a year"),
        ("2026", ("--only", "own_assessment"), "`own_assessment` is no document of a month, a half-year or a year"),
        ("2026", ("--as-of", "yesterday"), "--as-of"),
    ],
)
def test_a_bundle_that_cannot_be_is_refused_and_records_nothing(
    home: Path, tmp_path: Path, year: str, options: tuple[str, ...], sentence: str
) -> None:
    before = list_topics(home)
    ended = bundle(home, tmp_path / "x.zip", *options, year=year)
    assert ended.status == 2
    assert sentence in ended.err
    assert list_topics(home) == before
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_kept_and_a_bundle_ends_in_zip(home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("mine")
    assert "exists already" in bundle(home, tmp_path / "mine.zip").err
    assert (tmp_path / "mine.zip").read_text() == "mine"
    assert "there is no folder" in bundle(home, tmp_path / "missing" / "year.zip").err
    assert "is written as .zip" in bundle(home, tmp_path / "year.pdf").err
