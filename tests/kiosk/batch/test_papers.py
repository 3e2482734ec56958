"""Record books, badges and insurance as lines of a batch: numbers stand in the people store alone."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.home import Home
from projections.read_models.insurance import list_cover_lines
from projections.read_models.record_books import list_book_lines
from tests.kiosk.conftest import Apply, list_topics, read_refusal
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, line

NUMBER, POLICY = "110-0042", "115 志工保險 88-1"
OPENED = {**OPEN_UNIT, "at": "2024-01-01T08:00"}
BEN = {**ENROL_ANN, "volunteer": "V002"}
REGISTER = line("register_record_book", "2026-09-16T10:00", volunteer="V001", number=NUMBER, issued_on="110-03-02")
PERIOD = {"from": "2026-01-01", "to": "2026-12-31"}
INSURE = line("enrol_insurance", "2026-09-16T10:10", volunteers=["V001", "V002"], policy=POLICY, **PERIOD)


def train(kind: str, **fields: Any) -> dict[str, Any]:
    return line("complete_training", "2026-09-16T09:00", volunteer="V001", kind=kind, on="2026-09-05", **fields)


ISSUE = line("issue_badge", "2026-09-16T10:20", volunteer="V001", number="113-07", expires_on="2027-12-31")


@pytest.fixture
def office(simulation: Path, apply: Apply) -> Path:
    """A home in which Ann and Ben serve."""
    assert apply(simulation, OPENED, ENROL_ANN, BEN).err == ""
    return simulation


def test_numbers_and_policies_are_notes_and_in_no_event(office: Path, apply: Apply) -> None:
    """R-009, R-071, R-120; each of those who are insured has a note of their own, which goes with them alone."""
    assert apply(office, REGISTER, INSURE).err == ""
    with Home.open(office) as home:
        texts = [home.people.find_note_text(note) for note in home.people.list_notes()]
        assert sorted(filter(None, texts)) == [NUMBER, POLICY, POLICY]
        home.views.catch_up(home.now_second())
        assert [(one.kind, str(one.day), one.holds) for one in list_book_lines(home.views, 1)] == [
            ("registered", "2021-03-02", True)
        ]
        assert [(str(one.since), str(one.until)) for one in list_cover_lines(home.views, 2)] == [
            ("2026-01-01", "2026-12-31")
        ]
    log = b"".join(file.read_bytes() for file in office.glob("log.db*"))
    assert NUMBER.encode() not in log
    assert POLICY.encode() not in log


@pytest.mark.parametrize("typed", [NUMBER, "１１０－００４２", " 110 - 0042 ".strip()])
def test_a_number_is_the_same_in_whatever_width_it_is_typed(office: Path, apply: Apply, typed: str) -> None:
    """R-009: two volunteers with one book."""
    refused = apply(office, REGISTER, {**REGISTER, "volunteer": "V002", "number": typed})
    assert "this number is that of the record book of volunteer V001" in read_refusal(refused, 2)


def test_a_badge_is_refused_with_what_is_missing(office: Path, apply: Apply) -> None:
    """R-006 Ex."""
    missing = "training is missing (basic training, special training 戶政)"
    assert missing in read_refusal(apply(office, ISSUE), 1)
    assert "is missing (special training 戶政)" in read_refusal(apply(office, train("basic"), ISSUE), 2)
    assert apply(office, train("special", category="戶政"), ISSUE).err == ""
    assert list_topics(office)[-1] == "service-certificate.issued"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (INSURE | {"volunteers": ["V001", "V001"]}, "a volunteer stands twice in `volunteers`"),
        (INSURE | {"volunteers": []}, "`volunteers`"),
        (INSURE | {"to": "2025-12-31"}, "insurance from 2026-01-01 cannot end on 2025-12-31"),
        (INSURE | {"from": "2026-02-30"}, "`from`"),
        (INSURE | {"volunteers": ["V001", "V009"]}, "there is no volunteer V009"),
        (REGISTER | {"number": "\x1b[2J"}, "`number` must be 1 to 128 characters"),
        (line("end_insurance", "2026-09-16T11:00", volunteer="V001", on="2026-09-16"), "is not insured on 2026-09-16"),
        (line("state_book_custody", "2026-09-16T11:00", volunteer="V001", with_volunteer=True), "`by` is missing"),
    ],
)
def test_what_cannot_be_is_refused_and_records_no_paper(
    office: Path, apply: Apply, said: dict[str, Any], sentence: str
) -> None:
    ended = apply(office, said)
    assert ended.status > 0
    assert sentence in ended.err
    with Home.open(office) as home:
        assert home.people.list_notes() == []
    assert {"record-book.registered", "insurance.enrolled"} & {*list_topics(office)} == set()
