"""The documents of a month: statement, slips, record books, what was corrected since, attendance (R-028, R-029)."""

from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest

from kiosk.documents.allowance_list import build_allowance_list
from kiosk.documents.attendance import build_absence_list, build_attendance_report, build_correction_list
from kiosk.documents.definition import Document, TableRow
from kiosk.documents.month import build_monthly_statement, build_monthly_statistics
from kiosk.documents.month_slips import build_hour_slips, build_month_difference, build_record_book_lines
from kiosk.documents.source import DocumentSource, open_source
from kiosk.home import Home
from kiosk.words.language import use_language
from tests.support.builders import ANN, BEN, CAT, COORDINATOR, SETUP_LINES, BatchLine, coordinator_line, shift, tap
from tests.support.kiosk_program import line, run_kiosk, write_batch

NOVEMBER = date(2026, 11, 1)
MONTH = {"month": NOVEMBER}


NOVEMBERS_LINES = (
    *SETUP_LINES,
    *(
        said
        for day in ("11-05", "11-12", "11-19", "11-26")
        for said in (shift(f"S{day}", day, ANN, BEN), tap(ANN, f"{day} 08:58"), tap(ANN, f"{day} 12:01"))
    ),
    line("schedule_event", "2026-10-01T08:00", event="E1", start="2026-11-28T17:00", end="2026-11-28T21:30"),
    tap(CAT, "11-28 16:10"),
    tap(CAT, "11-28 21:50"),
    coordinator_line("excuse_absence", "11-12 14:00", volunteer=BEN, shift="S11-12"),
    tap(BEN, "11-26 09:30"),
    line("adopt_policy", "2026-10-01T08:00", effective_from="2026-11-12", meal_allowance=80),
    *(
        line("describe_duty", "2026-11-27T08:00", shift=f"S{day}", item="0130", content="0028", by=COORDINATOR)
        for day in ("11-19", "11-26")
    ),
    line("record_served_count", "2026-11-27T08:01", on="2026-11-26", count=150, source="counter", by=COORDINATOR),
)
"""Ann came four times; Ben was absent twice, once excused, and went without a check-out; Cat, who comes when
there is time, served at an event and before and after it."""
STATED = line("close_month", "2026-12-01T09:00", month="2026-11", by=COORDINATOR)
ENTERED = line("enter_record_books", "2026-12-01T09:10", month="2026-11", by=COORDINATOR)
VOIDED = coordinator_line("void_visit", "12-03 09:00", volunteer=ANN, check_in="2026-11-26T08:58")


def make_home(folder: Path, *lines: BatchLine) -> Path:
    Home.make(folder / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "lines.jsonl", *lines), "--home", folder / "home").err == ""
    return folder / "home"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Generator[DocumentSource]:
    """The month was closed and entered in the record books."""
    folder = make_home(tmp_path_factory.mktemp("closed"), *NOVEMBERS_LINES, STATED, ENTERED)
    with Home.open(folder) as home, open_source(home) as source:
        yield source


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Generator[DocumentSource]:
    """The month was closed, and then one of Ann's visits was void."""
    folder = make_home(tmp_path_factory.mktemp("corrected"), *NOVEMBERS_LINES, STATED, VOIDED)
    with Home.open(folder) as home, open_source(home) as source:
        yield source


def list_rows(source: DocumentSource, document: Document, table: int = 0) -> list[TableRow]:
    """The rows of a table, with numbers for ids."""
    numbers = source.people.load_numbers()
    rows = document.tables[table].rows
    return [{**row, "volunteer": numbers[who]} if (who := row.get("volunteer")) else row for row in rows]  # pyright: ignore[reportArgumentType] - an id


def test_the_statement_has_a_line_for_each_volunteer_and_kind_of_work(closed: DocumentSource) -> None:
    """R-028 Ex: 12 h 0 min."""
    document = build_monthly_statement(closed, MONTH)
    names = ("volunteer", "category", "item", "duties", "minutes")
    assert (document.name, document.unit) == ("monthly_statement", "清水戶政事務所")
    assert document.period == (NOVEMBER, date(2026, 11, 30))
    assert [tuple(row[name] for name in names) for row in list_rows(closed, document)] == [
        (ANN, "戶政", "", 2, 360),
        (ANN, "戶政", "0130", 2, 360),
        (CAT, "戶政", "", 2, 340),
    ]
    unclassified, guided = list_rows(closed, document, 1)
    assert [unclassified[name] for name in ("item", "volunteers", "duties", "minutes")] == ["", 2, 4, 700]
    assert [guided[name] for name in ("item", "content", "volunteers", "minutes")] == ["0130", "0028", 1, 360]
    assert document.facts == [("Closed", f"statement 1 ({COORDINATOR})")]


def test_people_served_are_listed_as_they_were_counted(closed: DocumentSource) -> None:
    """R-104: what nobody recorded is not known."""
    (row,) = build_monthly_statistics(closed, MONTH).tables[1].rows
    assert (row["day"], row["people"]) == (date(2026, 11, 26), 150)
    october = build_monthly_statistics(closed, {"month": date(2026, 10, 1)}).tables[1]
    assert (october.rows, october.remarks) == (
        [],
        ("Nobody recorded how many people were served: that is not zero.",),
    )


def test_allowances_are_counted_by_duty_and_paid_where_there_is_an_amount(closed: DocumentSource) -> None:
    """R-070: four duties of 180 minutes; the amount is of the policy in force on the day, and unknown before it."""
    document = build_allowance_list(closed, MONTH)
    ann, cat = list_rows(closed, document)
    assert [ann[name] for name in ("volunteer", "times", "minutes", "meal", "amount")] == [ANN, 4, 720, None, None]
    assert [cat[name] for name in ("volunteer", "times", "meal", "transport", "amount")] == [CAT, 1, 80, None, 80]
    assert document.remarks[1] == "The unit has set no amount: it is not known, not zero."


def test_the_statement_has_the_allowances_where_the_unit_pays_some(closed: DocumentSource) -> None:
    """R-028, R-070: who they are is on the list that is signed; a month without an amount says nothing of money."""
    document = build_monthly_statement(closed, MONTH)
    paid = document.tables[2]
    assert [(row["volunteer"], row["times"], row["amount"]) for row in list_rows(closed, document, 2)] == [
        (ANN, 4, None),
        (CAT, 1, 80),
    ]
    assert "national_id" not in {column.name for column in paid.columns}
    assert len(build_monthly_statement(closed, {"month": date(2026, 10, 1)}).tables) == 2


def test_work_without_an_item_is_unclassified_in_the_language_of_the_document(closed: DocumentSource) -> None:
    with use_language("zh-TW"):
        document = build_monthly_statistics(closed, MONTH)
    columns = {column.name: column for column in document.tables[0].columns}
    assert columns["item"].words == {"": "未分類"}
    assert (document.title, document.facts) == ("志工服務月統計", [("結清", f"第 1 次月報（{COORDINATOR}）")])


def test_a_statement_says_what_was_open_and_what_has_changed_since(
    closed: DocumentSource, corrected: DocumentSource
) -> None:
    remarks = [list(build_monthly_statement(source, MONTH).remarks) for source in (closed, corrected)]
    assert "matters were open when the month was closed" in remarks[0][0]
    assert remarks[1][0].startswith("Hours of 1 volunteer were corrected since")


def test_a_slip_says_whose_it_is_who_issued_it_and_of_which_period(closed: DocumentSource) -> None:
    """R-022, R-029: item and content, registrar and unit; R-023 Ex: one slip for the event, 270 min."""
    document = build_hour_slips(closed, MONTH)
    of_month, guided, of_opening_hours = list_rows(closed, document)
    (of_event,) = list_rows(closed, document, 1)
    assert (of_month["volunteer"], of_month["unit"], of_month["minutes"]) == (ANN, "清水戶政事務所", 360)
    assert (of_month["first"], of_month["last"]) == (date(2026, 11, 5), date(2026, 11, 12))
    assert (guided["item"], guided["content"], guided["minutes"]) == ("0130", "0028", 360)
    assert (of_event["volunteer"], of_event["event"], of_event["minutes"]) == (CAT, "E1", 270)
    assert (of_opening_hours["volunteer"], of_opening_hours["minutes"]) == (CAT, 70)
    assert document.facts == [("Registrar", COORDINATOR)]
    assert {"name", "number"} <= {column.name for column in document.tables[0].columns}


def test_the_lines_of_record_books_say_what_stands_there(closed: DocumentSource, corrected: DocumentSource) -> None:
    """R-029, R-032."""
    entered = [row["entered"] for row in list_rows(closed, build_record_book_lines(closed, MONTH))]
    assert entered == [1, 1, 1]
    assert [row["entered"] for row in list_rows(corrected, build_record_book_lines(corrected, MONTH))] == [None] * 3


def test_the_corrections_of_a_statement_are_listed_line_by_line(
    closed: DocumentSource, corrected: DocumentSource
) -> None:
    """R-126 Ex: the difference between the two statements."""
    (row,) = list_rows(corrected, build_month_difference(corrected, MONTH))
    assert (row["volunteer"], row["stated"], row["now"], row["change"]) == (ANN, 360, 180, -180)
    (table,) = build_month_difference(closed, MONTH).tables
    assert (table.rows, table.remarks) == ([], ("Hours are as they were stated.",))


def test_a_month_that_is_not_closed_says_so(closed: DocumentSource) -> None:
    october = {"month": date(2026, 10, 1)}
    assert build_monthly_statement(closed, october).facts == [("Closed", "not yet")]
    assert build_hour_slips(closed, october).remarks == ["The month is not closed yet: hours may still be corrected."]
    (table,) = build_month_difference(closed, october).tables
    assert (table.rows, table.remarks) == ([], ())


def test_the_rate_of_attendance_stands_beside_its_inputs(closed: DocumentSource) -> None:
    """Attended ÷ (rostered − leave − swapped away); a duty without a check-out was attended."""
    document = build_attendance_report(closed, MONTH)
    ann, ben = list_rows(closed, document)
    assert (ann["rostered"], ann["attended"], ann["late"], ann["rate"]) == (4, 4, 0, 1.0)
    counts = [ben[name] for name in ("rostered", "attended", "no_check_out", "leave", "absent", "late")]
    assert (counts, ben["rate"]) == ([4, 1, 1, 1, 2, 1], pytest.approx(1 / 3))
    (unit,) = document.tables[1].rows
    assert (unit["rostered"], unit["attended"], unit["rate"]) == (8, 5, pytest.approx(5 / 7))
    assert "rostered − leave − swapped away" in document.remarks[0]


def test_absences_and_leaves_are_listed_with_who_excused_them(closed: DocumentSource) -> None:
    rows = list_rows(closed, build_absence_list(closed, MONTH))
    assert [(row["volunteer"], row["day"], row["kind"], row["excused_by"]) for row in rows] == [
        (BEN, date(2026, 11, 5), "unexcused", ""),
        (BEN, date(2026, 11, 12), "leave", COORDINATOR),
        (BEN, date(2026, 11, 19), "unexcused", ""),
    ]
    assert (rows[0]["start"], rows[0]["end"]) == ("09:00", "12:00")


def test_corrections_are_listed_with_author_and_reason(corrected: DocumentSource) -> None:
    """R-121: the reason is a note, which goes with its person."""
    rows = list_rows(corrected, build_correction_list(corrected, MONTH))
    assert [(row["volunteer"], row["kind"], row["by"], row["at"]) for row in rows] == [
        (BEN, "excused", COORDINATOR, date(2026, 11, 12)),
        (ANN, "voided", COORDINATOR, date(2026, 12, 3)),
    ]
    assert [(row["day"], row["start"], row["end"]) for row in rows] == [
        (date(2026, 11, 12), "09:00", "12:00"),
        (date(2026, 11, 26), "08:58", None),
    ]
    assert corrected.people.find_note_text(rows[1]["note"]) == "on paper"  # pyright: ignore[reportArgumentType] - an id


def test_a_correction_that_was_taken_back_is_listed_with_its_retraction_and_a_shift_with_its_times(
    tmp_path: Path,
) -> None:
    """R-121: the void and an assignment that was written down afterwards; of that duty nothing is left."""
    times = {"start": "2026-11-27T14:00", "end": "2026-11-27T16:00"}
    planned = line("schedule_shift", "2026-10-01T08:00", shift="S9", volunteers=[], **times)
    folder = make_home(tmp_path, *NOVEMBERS_LINES, planned, VOIDED)
    for made in (None, line("assign", "2026-12-05T09:00", by=COORDINATOR, volunteer=CAT, shift="S9")):
        if made:
            assert run_kiosk("apply", write_batch(tmp_path / "a.jsonl", made), "--home", folder).err == ""
        with Home.open(folder) as home:
            position = home.log.head().position
        undone = coordinator_line("retract", "12-06 09:00", event=position)
        assert run_kiosk("apply", write_batch(tmp_path / "b.jsonl", undone), "--home", folder).err == ""
    with Home.open(folder) as home, open_source(home) as source:
        rows = list_rows(source, build_correction_list(source, MONTH))
    assert [(row["volunteer"], row["kind"], row["day"], row["start"], row["end"]) for row in rows] == [
        (BEN, "excused", date(2026, 11, 12), "09:00", "12:00"),
        (ANN, "voided", date(2026, 11, 26), "08:58", None),
        (ANN, "retracted", date(2026, 11, 26), "08:58", None),
        (CAT, "assignment_retracted", date(2026, 11, 27), "14:00", "16:00"),
    ]
