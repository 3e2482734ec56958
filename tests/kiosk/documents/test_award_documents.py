"""Award list, honor-card list and certificate data sheet: what their tables say (R-032, R-080, R-083, R-084)."""

import re
from datetime import date

from kiosk.awards.catalogue import load_catalogue
from kiosk.documents.awards import build_award_table, build_card_table, build_certificate_tables
from kiosk.documents.formatting import format_value
from kiosk.words.award_sources import format_source
from kiosk.words.documents.awards import AWARD_DOCUMENTS
from kiosk.words.language import use_language
from projections.evaluation.awards.windows import find_expiry
from projections.read_models.certificates import BookMismatch, CertificateSheet, compare_record_book
from tests.support.award_facts import ask, evaluate, find_rule, hours, volunteer
from tests.support.people import ANN

CHINESE, ENGLISH = AWARD_DOCUMENTS["zh-TW"], AWARD_DOCUMENTS["en"]


def test_an_award_list_holds_the_candidates_and_what_to_attest() -> None:
    """R-080: those who are short are not on it; the decision is a box to tick."""
    candidate = evaluate("golden-diamond", volunteer("2023-06-30", hours(612, "2026-01-05")), "2026-11-20")
    short = evaluate("golden-diamond", volunteer("2023-06-30", hours(599, "2026-01-05")), "2026-11-20")
    with use_language("zh-TW"):
        table = build_award_table(find_rule("golden-diamond"), [candidate, short], CHINESE)
    assert table.rows == [
        {
            "volunteer": ANN,
            "seniority_from": date(2023, 6, 30),
            "minutes": 612 * 60,
            "met_on": date(2026, 6, 30),
            "group": None,
            "to_attest": "no-criminal-record,innovation",
            "citation": "",
        }
    ]
    (conditions,) = [column.words for column in table.columns if column.name == "to_attest"]
    assert conditions == {"no-criminal-record,innovation": "無刑事案件紀錄；創新服務方法有具體成果"}
    assert [column.name for column in table.columns if column.kind == "check"] == ["attested"]
    assert "找不到官方版面" in table.remarks[0]


def test_a_card_list_says_until_when_each_card_would_be_valid() -> None:
    """R-083."""
    facts = volunteer("2023-11-20", hours(300, "2026-06-10"))
    result = evaluate("honor-card", facts, "2026-11-20")
    expiry = find_expiry(find_rule("honor-card"), facts, ask("2026-11-20"))
    table = build_card_table(find_rule("honor-card"), [(result, expiry)], ENGLISH)
    assert (table.rows[0]["expires_on"], table.rows[0]["minutes"]) == (date(2029, 11, 20), 18_000)
    assert {column.name for column in table.columns} >= set(table.rows[0]) - {"volunteer", "met_on"}
    (counted_from,) = [column for column in table.columns if column.name == "counted_from"]
    assert format_value(table.rows[0]["counted_from"], counted_from) == "the first", "it is not unknown"


def test_a_certificate_is_due_seven_days_after_the_application() -> None:
    """R-084: applied 2026-11-19, due 2026-11-26; full dates."""
    sheet = CertificateSheet(ANN, date(2025, 11, 19), date(2026, 11, 10), 9_000, 0, [])
    (table,) = build_certificate_tables(sheet, date(2026, 11, 19), CHINESE)
    assert (table.rows[0]["due_on"], table.rows[0]["minutes"]) == (date(2026, 11, 26), 9_000)
    assert (table.rows[0]["first_day"], table.rows[0]["last_day"]) == (date(2025, 11, 19), date(2026, 11, 10))
    assert "一致" in table.remarks[0]


def test_a_certificate_names_the_months_in_which_the_record_book_differs() -> None:
    """R-032: an entry 3 h short is a mismatch of 3 h."""
    sheet = CertificateSheet(
        ANN, date(2026, 1, 1), date(2026, 11, 19), 6_480, 0, [BookMismatch(date(2026, 5, 1), 360, 540)]
    )
    certificate, differences = build_certificate_tables(sheet, date(2026, 11, 19), ENGLISH)
    assert differences.rows == [{"month": date(2026, 5, 1), "entered": 360, "credited": 540}]
    assert "must not be issued" in certificate.remarks[0]


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


def test_a_source_of_an_award_is_named_and_no_tag_of_the_catalogue_is_left() -> None:
    """A remark is shown as it is, on the page of the award and on its list."""
    for rule in load_catalogue().built_in:
        for text in (format_source(rule.source), rule.remark or "", rule.name, rule.organiser):
            assert not re.search(r"\b[RSP]-?\d|NOT FOUND", text), rule.id
    assert (
        format_source("R-096；S3 陸二；級距 P21、P22（110年版）")
        == "臺北市志願服務實務手冊 陸二；級距 公開資料（110年版）"
    )
    assert format_source("本府 S3 組 115 年函") == "本府 S3 組 115 年函"
