"""Award list, honor-card list and certificate data sheet: what their tables say (R-032, R-080, R-083, R-084)."""

from datetime import UTC, date, datetime

from kiosk.documents.awards import build_award_list, build_card_list, build_certificate_document
from kiosk.documents.definition import LogPosition
from projections.evaluation.awards.windows import find_expiry
from projections.read_models.certificates import BookMismatch, CertificateSheet, compare_record_book
from tests.support.award_facts import ask, evaluate, find_rule, hours, volunteer
from tests.support.people import ANN

LOG = LogPosition(datetime(2026, 11, 20, tzinfo=UTC), 7, "00")
TODAY = date(2026, 11, 20)


def test_an_award_list_holds_the_candidates_and_what_to_attest() -> None:
    """R-080: those who are short are not on it; the decision is a box to tick."""
    candidate = evaluate("golden-diamond", volunteer("2023-06-30", hours(612, "2026-01-05")), "2026-11-20")
    short = evaluate("golden-diamond", volunteer("2023-06-30", hours(599, "2026-01-05")), "2026-11-20")
    document = build_award_list(find_rule("golden-diamond"), [candidate, short], "戶政", TODAY, LOG, "zh-TW")
    (table,) = document.tables
    assert document.title == "獎勵名冊：優良志工金鑽獎"
    assert table.rows == [
        {
            "volunteer": ANN,
            "seniority_from": date(2023, 6, 30),
            "minutes": 612 * 60,
            "met_on": date(2026, 6, 30),
            "to_attest": "無刑事案件紀錄；創新服務方法有具體成果",
            "citation": None,
        }
    ]
    assert [column.name for column in table.columns if column.kind == "check"] == ["attested"]
    assert "找不到官方版面" in table.remarks[0]


def test_a_card_list_says_until_when_each_card_would_be_valid() -> None:
    """R-083."""
    facts = volunteer("2023-11-20", hours(300, "2026-06-10"))
    result = evaluate("honor-card", facts, "2026-11-20")
    expiry = find_expiry(find_rule("honor-card"), facts, ask("2026-11-20"))
    document = build_card_list([(result, expiry)], "戶政", TODAY, "day_after_counted_through", LOG, "en")
    (table,) = document.tables
    assert (table.rows[0]["expires_on"], table.rows[0]["minutes"]) == (date(2029, 11, 20), 18_000)
    assert {column.name for column in table.columns} >= set(table.rows[0]) - {"volunteer", "met_on"}


def test_a_certificate_is_due_seven_days_after_the_application() -> None:
    """R-084: applied 2026-11-19, due 2026-11-26; full dates."""
    sheet = CertificateSheet(ANN, date(2025, 11, 19), date(2026, 11, 10), 9_000, 0, [])
    document = build_certificate_document(sheet, "戶政", date(2026, 11, 19), LOG, "zh-TW")
    (table,) = document.tables
    assert (table.rows[0]["due_on"], table.rows[0]["minutes"]) == (date(2026, 11, 26), 9_000)
    assert document.period == (date(2025, 11, 19), date(2026, 11, 10))
    assert "一致" in table.remarks[0]


def test_a_certificate_names_the_months_in_which_the_record_book_differs() -> None:
    """R-032: an entry 3 h short is a mismatch of 3 h."""
    sheet = CertificateSheet(
        ANN, date(2026, 1, 1), date(2026, 11, 19), 6_480, 0, [BookMismatch(date(2026, 5, 1), 360, 540)]
    )
    document = build_certificate_document(sheet, "戶政", date(2026, 11, 19), LOG, "en")
    assert document.tables[1].rows == [{"month": date(2026, 5, 1), "entered": 360, "credited": 540}]
    assert "must not be issued" in document.tables[0].remarks[0]


def test_entries_that_add_up_to_108_hours_agree() -> None:
    """R-032: period 115.01.01-115.11.19, 108 h 0 min; one entry 3 h short is listed with both figures."""
    credited = [(date(2026, month, day), 216) for month in range(1, 11) for day in (5, 15, 25)]
    entered = [(date(2026, month, 1), 648) for month in range(1, 11)]
    assert sum(minutes for _, minutes in credited) == 108 * 60
    assert compare_record_book(entered, credited) == []
    entered[4] = (date(2026, 5, 1), 648 - 180)
    assert compare_record_book(entered, credited) == [BookMismatch(date(2026, 5, 1), 468, 648)]
    assert compare_record_book([], credited[:1]) == [BookMismatch(date(2026, 1, 1), 0, 216)]
    assert compare_record_book(entered[:1], []) == [BookMismatch(date(2026, 1, 1), 648, 0)]
