"""The documents of assessments: filled in, sorted by score, and one's own (R-061, R-063, R-064, R-093)."""

from collections.abc import Generator
from datetime import date

import pytest

from kiosk.documents.assessment import build_assessment_form, build_assessment_ranking, build_own_assessment
from kiosk.documents.source import DocumentSource, open_source
from kiosk.home import Home
from tests.kiosk.documents.test_month import list_rows, make_home
from tests.support.builders import ANN, BEN, CAT, SETUP_LINES, shift, tap
from tests.support.kiosk_program import line

YEAR = {"day": date(2026, 12, 31)}
LINES = (
    *SETUP_LINES,
    shift("S1", "11-19", ANN, BEN),
    tap(ANN, "11-19 08:58"),
    tap(ANN, "11-19 12:01"),
    line("record_assessment", "2026-12-20T09:00", volunteer=BEN, period_end="2026-12-31", score=59.9),
    line("record_assessment", "2026-12-20T09:01", volunteer=ANN, period_end="2026-12-31", score=86),
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Generator[DocumentSource]:
    """Ann has 86, Ben 59.9, Cat is not assessed."""
    with Home.open(make_home(tmp_path_factory.mktemp("assessed"), *LINES)) as home, open_source(home) as source:
        yield source


def test_the_form_has_what_attendance_says_and_boxes_for_the_rest(source: DocumentSource) -> None:
    """R-061, R-063: 甲 renew, 丁 a case; who is not assessed has neither score nor grade."""
    document = build_assessment_form(source, YEAR)
    rows = {row["volunteer"]: row for row in list_rows(source, document)}
    assert [rows[ANN][name] for name in ("duties", "minutes", "absent", "grade", "proposal")] == [
        *(1, 180, 0, "good", "renew")
    ]
    assert [rows[BEN][name] for name in ("absent", "score", "grade", "proposal")] == [1, 59.9, "fail", "exit_case"]
    assert (rows[CAT]["score"], rows[CAT]["grade"], rows[CAT]["meetings"]) == (None, None, None)
    words = {column.name: column.words for column in document.tables[0].columns}["proposal"]
    assert (words["exit_case"], words["renew,counsel"]) == ("raise a case", "renew, counsel")
    assert document.remarks[0] == "1 volunteer is not assessed yet."
    boxes = [column.name for column in document.tables[0].columns if column.kind == "check"]
    assert (boxes, document.period) == (["attitude", "quality"], (date(2026, 1, 1), date(2026, 12, 31)))


def test_the_list_is_sorted_by_score(source: DocumentSource) -> None:
    """R-093."""
    rows = list_rows(source, build_assessment_ranking(source, YEAR))
    assert [(row["rank"], row["volunteer"], row["score"]) for row in rows] == [(1, ANN, 86), (2, BEN, 59.9)]


def test_the_own_sheet_has_own_figures_and_the_rule_alone(source: DocumentSource) -> None:
    """R-064."""
    document = build_own_assessment(source, {**YEAR, "volunteer": source.people.find_id(ANN)})
    (row,) = list_rows(source, document)
    assert (row["volunteer"], row["duties"], row["minutes"]) == (ANN, 1, 180)
    assert not {"score", "grade", "proposal"} & {column.name for column in document.tables[0].columns}
    assert "60 and more is a pass" in document.remarks[0]
