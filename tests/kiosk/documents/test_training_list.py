"""The list of trainings: who lacks one, who is open for the next, what was attended."""

from collections.abc import Generator
from datetime import date
from typing import Any

import pytest

from kiosk.documents.definition import Document
from kiosk.documents.source import DocumentSource, open_source
from kiosk.documents.training_list import build_training_list
from kiosk.home import Home
from kiosk.words.language import use_language
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, line, run_kiosk, write_batch

DAY = date(2026, 11, 19)
LATE = {**ENROL_ANN, "at": "2026-09-01T08:00", "agreement_from": "2026-09-01"}


def train(number: str, kind: str, on: str, **said: Any) -> dict[str, Any]:
    return line("complete_training", "2026-11-10T09:00", volunteer=number, kind=kind, on=on, **said)


def train_fully(number: str, on: str) -> list[dict[str, Any]]:
    return [train(number, "basic", on), train(number, "special", on, category="戶政")]


VISIT = {"check_in": "2026-09-07T09:00", "check_out": "2026-09-07T12:00", "reason": "on paper", "by": "lin"}
LINES = (
    {**OPEN_UNIT, "at": "2020-01-01T08:00"},
    *({**LATE, "volunteer": number} for number in ("V001", "V002", "V003", "V004", "V005")),
    line("schedule_shift", "2026-09-01T09:00", shift="S1", start="2026-09-07T09:00", end="2026-09-07T12:00")
    | {"volunteers": ["V001"]},
    line("add_visit", "2026-09-08T09:00", volunteer="V001", **VISIT),
    *train_fully("V002", "2025-11-19"),
    *train_fully("V003", "2025-11-20"),
    *(one for number in ("V004", "V005") for one in train_fully(number, "2020-01-01")),
    train("V004", "growth", "2024-01-01"),
    train("V005", "growth", "2024-02-01"),
    train("V002", "growth", "2026-11-01", hours=6),
    train("V002", "growth", "2026-11-02", hours=1.5),
    line("elect_leader", "2026-11-10T09:00", volunteer="V005", role="deputy", by="lin", **{"from": "2026-01-01"}),
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Generator[DocumentSource]:
    folder = tmp_path_factory.mktemp("trainings")
    Home.make(folder / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "lines.jsonl", *LINES), "--home", folder / "home").err == ""
    with Home.open(folder / "home") as home, open_source(home) as opened:
        yield opened


def list_rows(source: DocumentSource, document: Document, table: str, *names: str) -> list[tuple[Any, ...]]:
    (found,) = (one for one in document.tables if one.name == table)
    numbers = source.people.load_numbers()
    return [tuple(numbers[row[name]] if name == "volunteer" else row[name] for name in names) for row in found.rows]  # pyright: ignore[reportArgumentType]


def test_who_lacks_basic_training_is_listed_with_the_hours_that_do_not_count(source: DocumentSource) -> None:
    """R-124: of 12 hours in its example three are here."""
    document = build_training_list(source, {"day": DAY})
    names = ("volunteer", "enrolled_on", "days", "lost_minutes")
    assert list_rows(source, document, "untrained", *names) == [("V001", date(2026, 9, 1), 79, 180)]


def test_who_is_open_for_a_course_is_listed_with_the_hours_so_far(source: DocumentSource) -> None:
    """R-074 Ex: trained on 2025-11-19, open from 2026-11-19; R-075: officers first."""
    document = build_training_list(source, {"day": DAY})
    names = ("volunteer", "role", "eligible_from", "minutes")
    assert list_rows(source, document, "growth", *names) == [("V002", "", DAY, 450)]
    leadership = [("V005", "deputy", date(2024, 2, 1), 0), ("V004", "", date(2024, 1, 1), 0)]
    assert list_rows(source, document, "leadership", *names) == leadership
    before = build_training_list(source, {"day": date(2026, 11, 18)})
    assert list_rows(source, before, "growth", "volunteer") == []


def test_what_was_attended_this_year_is_counted(source: DocumentSource) -> None:
    """R-106: persons and person-times; hours that are not on record are not known, and never 0."""
    with use_language("zh-TW"):
        document = build_training_list(source, {"day": DAY})
    names = ("training", "persons", "person_times", "minutes", "without_hours")
    assert list_rows(source, document, "counts", *names) == [("growth", 1, 2, 450, 0)]
    older = build_training_list(source, {"day": date(2025, 12, 31)})
    assert list_rows(source, older, "counts", *names) == [("basic", 2, 2, None, 2), ("special", 2, 2, None, 2)]
    assert "18 小時" in document.tables[1].remarks[0]
