"""A year of an office is closed month by month; its papers are written, checked, and read back by other programs."""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import load_workbook

from kiosk.demo.office import COORDINATOR, ROSTERED, list_founding_lines
from kiosk.documents.definition import Column
from kiosk.documents.people_lookup import StoredPersons
from kiosk.documents.registry import DOCUMENTS
from kiosk.documents.source import open_source
from kiosk.documents.workbook import build_document_csv, build_document_workbook
from kiosk.documents.written import WrittenCell, WrittenDocument, WrittenTable, write_document
from kiosk.home import Home
from kiosk.sheets.export import WorkbookFormat
from kiosk.words.language import use_language
from tests.support.builders import BatchLine
from tests.support.kiosk_program import line, run_kiosk, write_batch

YEAR, MONTHS = 2026, range(1, 13)
ASKED = {"month": "2026-11", "date": "2026-12-31", "year": "115"}
ASKED |= {"volunteer": "V001", "count": "1", "award": "honor-card"}
SERVING = ROSTERED[:3]
NATIONAL_IDS = ("A123456789", "B234567894", "C123456781")
FORMS: tuple[WorkbookFormat, ...] = ("xlsx", "ods")
DIGITS = 12
"""After the point: a workbook keeps fewer than the program reckons with."""
SOFFICE = shutil.which("soffice")
SHEETS_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""Every sheet as a CSV file of its own, in UTF-8, cells as they are shown."""


def list_year_lines() -> Iterator[BatchLine]:
    """One duty a week, turn by turn; each month is closed and entered in the record books when it is over."""
    days = [date(YEAR, 1, 8) + timedelta(weeks=week) for week in range(51)]
    yield from list_founding_lines(days[:1])
    founded = f"{YEAR}-01-02T09:00"
    yield line("adopt_policy", founded, effective_from=f"{YEAR}-01-02", meal_allowance=80)
    for person, national_id in zip(SERVING, NATIONAL_IDS, strict=True):
        facts = {"national_id": national_id, "birth_date": "1950-03-01", "gender": "female"}
        yield line("change_person", founded, volunteer=person.number, by=COORDINATOR, **facts)
        yield line("register_record_book", founded, volunteer=person.number, number=f"115-{person.number}")
    insured = {"from": f"{YEAR}-01-01", "to": f"{YEAR}-12-31"}
    yield line("enrol_insurance", founded, volunteers=[person.number for person in SERVING], **insured)
    yield line("draw_spot_check", founded, size=2, seed=7, by=COORDINATOR)
    for month in MONTHS:
        for day in (day for day in days if day.month == month):
            yield from list_duty_lines(day)
        next_month = date(YEAR + month // 12, month % 12 + 1, 1)
        for command in ("close_month", "enter_record_books"):
            yield line(command, f"{next_month}T09:00", month=f"{YEAR}-{month:02}", by=COORDINATOR)


def list_duty_lines(day: date) -> Iterator[BatchLine]:
    """A morning and what the door saw; every fifth ends without a check-out, every seventh nobody comes."""
    week = day.toordinal() // 7
    person = SERVING[week % len(SERVING)]
    coded = {"start": f"{day}T08:30", "end": f"{day}T11:30", "item": "0130", "content": "0028"}
    yield line("schedule_shift", f"{day}T07:00", shift=f"S{day}", volunteers=[person.number], **coded)
    if week % 7:
        yield line("tap", f"{day}T08:2{week % 10}", card=person.card)
    if week % 7 and week % 5:
        yield line("tap", f"{day}T11:3{week % 10}", card=person.card)
        yield line("record_served_count", f"{day}T12:00", shift=f"S{day}", count=30 + week % 9, by=COORDINATOR)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    Home.make(folder / "home", simulation=True).close()
    ended = run_kiosk("apply", write_batch(folder / "year.jsonl", *list_year_lines()), "--home", folder / "home")
    assert (ended.status, ended.err) == (0, "")
    return folder / "home"


@pytest.fixture(scope="module")
def papers(home: Path) -> dict[str, WrittenDocument]:
    """Every kind of document of the year, in Chinese, with names."""
    written: dict[str, WrittenDocument] = {}
    with use_language("zh-TW"), Home.open(home) as opened, open_source(opened) as source:
        people = StoredPersons(opened.people, opened.settings.masking, is_masked=False)
        for name, kind in DOCUMENTS.items():
            document = kind.build_document(source, kind.parse_arguments(find_arguments(name), opened.people))
            written[name] = write_document(document, people, "")
    return written


def find_arguments(name: str) -> dict[str, str]:
    """What a document is asked with: November, the end of the year, the first of its choices."""
    return {one.name: next(iter(one.choices), ASKED.get(one.kind, "")) for one in DOCUMENTS[name].arguments}


# --- The year ---


def test_every_month_of_the_year_was_closed_and_its_hours_are_those_of_the_year(
    home: Path, papers: dict[str, WrittenDocument]
) -> None:
    listed = run_kiosk("month", "list", "--format", "csv", "--home", home)
    assert (listed.status, len(listed.out.splitlines())) == (0, 1 + len(MONTHS)), listed.err
    with Home.open(home) as opened, open_source(opened) as source:
        kind = DOCUMENTS["monthly_statement"]
        months = (kind.build_document(source, {"month": date(YEAR, month, 1)}) for month in MONTHS)
        by_month = sum(int(str(row["minutes"])) for month in months for row in month.tables[0].rows)
    (service,) = (table for table in papers["annual_results"].tables if table.name == "service")
    assert service.totals[-1].value == by_month > 0


def test_every_document_is_handed_out_and_its_code_is_found_right(home: Path, tmp_path: Path) -> None:
    for name in DOCUMENTS:
        asked = [f"{argument}={value}" for argument, value in find_arguments(name).items()]
        handed_out = run_kiosk("document", name, *asked, "--output", tmp_path / f"{name}.xlsx", "--home", home)
        assert handed_out.status == 0, handed_out.err
        checked = run_kiosk("verify", "--document", handed_out.err.split()[-1], "--home", home)
        assert (checked.status, checked.err) == (0, ""), name


def test_the_year_on_paper_names_the_unit_and_its_hours(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "year.pdf"
    with use_language("zh-TW"):
        assert run_kiosk("document", "annual_results", "year=115", "--output", file, "--home", home).status == 0
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert "清溪區戶政事務所" in text
    assert "民國 115/01/01 至 115/12/31" in text


def test_the_ministry_file_of_a_month_has_its_hours(
    home: Path, papers: dict[str, WrittenDocument], tmp_path: Path
) -> None:
    """R-030: read by another library."""
    file = tmp_path / "november.xlsx"
    made = run_kiosk("ministry", "2026-11", "--output", file, "--home", home)
    assert made.status == 0, made.err
    header, *rows = load_workbook(file).get_sheet_by_name("服務時數記錄").to_python()
    hours, minutes = header.index("服務時數-小時"), header.index("服務時數-分鐘")
    written = sum(int(str(row[hours] or 0).split(".")[0]) * 60 + int(float(str(row[minutes] or 0))) for row in rows)
    assert written == papers["monthly_statement"].tables[0].totals[-1].value


# --- Read back ---


@pytest.mark.parametrize("form", FORMS)
def test_a_workbook_read_back_has_the_rows_of_its_document(
    papers: dict[str, WrittenDocument], form: WorkbookFormat
) -> None:
    for name, document in papers.items():
        workbook = load_workbook(io.BytesIO(build(document, form)))
        for number, table in enumerate(document.tables):
            _, *rows = workbook.get_sheet_by_index(number).to_python()
            assert [list(map(read_cell, row)) for row in rows] == list_lines(table, find_value), (name, table.name)


def test_a_csv_file_has_the_rows_of_its_document(papers: dict[str, WrittenDocument]) -> None:
    for name, document in papers.items():
        for table in document.tables:
            header, *rows = csv.reader(io.StringIO(build_document_csv(table).decode("utf-8-sig")))
            assert header == [column.name for column in table.columns], (name, table.name)
            minutes = [number for number, column in enumerate(table.columns) if column.kind == "minutes"]
            assert [[row[number] for number in minutes] for row in rows] == [
                [str(row[number].value) for number in minutes] for row in table.rows
            ], (name, table.name)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_what_the_documents_say(papers: dict[str, WrittenDocument], tmp_path: Path) -> None:
    """Every sheet of every workbook, XLSX and ODS: lengths of time beyond a day, dates of the ROC, shares."""
    sheets: dict[str, list[list[object]]] = {}
    for name, document in papers.items():
        for form in FORMS:
            (tmp_path / f"{name}-{form}.{form}").write_bytes(content := build(document, form))
            names = load_workbook(io.BytesIO(content)).sheet_names
            for sheet, table in zip(names, document.tables, strict=False):  # the last sheet is about the document
                sheets[f"{name}-{form}-{sheet}.csv"] = list_lines(table, find_shown)
    convert_with_libreoffice(tmp_path)
    for file, lines in sheets.items():
        _, *shown = csv.reader(io.StringIO((tmp_path / "out" / file).read_text(encoding="utf-8")))
        assert shown == lines, file


def convert_with_libreoffice(folder: Path) -> None:
    """Each sheet of the workbooks in a folder as a CSV file in `out`."""
    assert SOFFICE is not None
    files = sorted(map(str, (*folder.glob("*.xlsx"), *folder.glob("*.ods"))))
    command = [
        *(SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
        *("--convert-to", SHEETS_AS_SHOWN, "--outdir", str(folder / "out"), *files),
    ]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=environment)


def build(document: WrittenDocument, form: WorkbookFormat) -> bytes:
    with use_language("zh-TW"):
        return build_document_workbook(document, form)


def list_lines(table: WrittenTable, find: Callable[[WrittenCell, Column], object]) -> list[list[object]]:
    """The cells of a table, its totals last."""
    lines = [*table.rows, *([table.totals] if table.totals else [])]
    return [[find(cell, column) for cell, column in zip(line, table.columns, strict=True)] for line in lines]


def find_value(cell: WrittenCell, column: Column) -> object:
    """What a spreadsheet reckons with."""
    value = cell.value
    if column.kind == "minutes" and isinstance(value, int):
        return timedelta(minutes=value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, float):
        return round(value, DIGITS)
    is_typed = isinstance(value, int | date) and not isinstance(value, bool) and column.kind != "month"
    return value if is_typed else cell.text


def find_shown(cell: WrittenCell, column: Column) -> str:
    """How a spreadsheet shows it."""
    value = cell.value
    if column.kind == "minutes" and isinstance(value, int):
        return f"{value // 60}:{value % 60:02}"
    if column.kind == "decimal" and isinstance(value, float):
        return f"{value:g}"
    if column.kind in ("count", "money") and isinstance(value, int):
        return f"{value:,}" if column.kind == "money" else str(value)
    return cell.text


def read_cell(cell: object) -> object:
    """The reader takes a length in ODS for a time of day, and a longer one as it is written there."""
    if isinstance(cell, float):
        return round(cell, DIGITS)
    if isinstance(cell, time):
        return timedelta(hours=cell.hour, minutes=cell.minute)
    if written := re.fullmatch(r"PT(\d+)H(\d+)M00S", str(cell)):
        return timedelta(hours=int(written[1]), minutes=int(written[2]))
    return cell
