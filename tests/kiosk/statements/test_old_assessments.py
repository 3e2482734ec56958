"""A home whose scores stand where earlier versions wrote them answers everything as one of today."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from domain.act import Act
from domain.ids import SYSTEM
from kiosk.desk.api.read import READ_MODELS
from kiosk.documents.registry import DOCUMENTS
from kiosk.documents.source import DocumentSource, open_source
from kiosk.home import Home
from kiosk.statements.statements import Statements
from tests.kiosk.conftest import list_topics
from tests.support.builders import ANN, BEN, FOUR_DAYS, shift
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.old_assessments import record_old_assessment
from tests.support.people import local_time

NIGHT = line("reconcile", "2026-12-01T05:00", date="2026-11-30")
DECIDED = line(
    "decide_exit", "2026-12-01T09:00", volunteer=ANN, rule="R-052", decision="keep", reason="on paper", by="lin"
)
LINES = (
    *FOUR_DAYS,
    line("record_assessment", "2026-11-30T09:00", volunteer=BEN, period_end="2026-06-30", score=59.99),
    shift("S9", "12-02", ANN),
    NIGHT,
    DECIDED,
    line("record_assessment", "2026-12-01T10:00", volunteer=ANN, period_end="2026-06-30", score=40),
    line("record_assessment", "2026-12-01T11:00", volunteer=BEN, period_end="2026-06-30", score=60),
    line("reconcile", "2026-12-02T05:00", date="2026-12-01"),
)
QUESTIONS = (
    *(("exits",), ("pending",), ("volunteers",), ("hours", "--by", "month,category"), ("month", "list")),
    *(("explain", ANN, "2026-11-18"), ("explain", BEN, "2026-11-19"), ("explain", BEN, "2026-11-30")),
    ("difference", "--as-of", "2026-11-20T12:00:00", "--as-of", "2026-12-02T05:00:00"),
    ("exits", "--as-of", "2026-12-01T09:30:00"),
)
Homes = tuple[Path, Path]


def write_as_before(home: Path, said: dict[str, object]) -> None:
    at = local_time(str(said["at"]).replace("T", " "))
    with Home.open(home) as opened:
        volunteer = opened.people.find_id(str(said["volunteer"]))
        assert volunteer is not None
        score = float(str(said["score"]))
        record_old_assessment(
            opened.log, volunteer, date.fromisoformat(str(said["period_end"])), score, Act(at, SYSTEM, at)
        )


def fill(home: Path, *, as_before: bool) -> Path:
    """All lines, in as few batches as that takes."""
    Home.make(home, simulation=True).close()
    for is_old, lines in groupby(LINES, lambda said: as_before and said["do"] == "record_assessment"):
        if is_old:
            for said in lines:
                write_as_before(home, said)
        else:
            ended = run_kiosk("apply", "--keep-going", write_batch(home.with_suffix(".jsonl"), *lines), "--home", home)
            assert ended.status < 2, ended.err
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    """One of today, and one of before."""
    folder = tmp_path_factory.mktemp("scores")
    return fill(folder / "now", as_before=False), fill(folder / "old", as_before=True)


@contextmanager
def open_both(homes: Homes) -> Generator[list[Home]]:
    with Home.open(homes[0]) as now, Home.open(homes[1]) as old:
        yield [now, old]


def test_both_homes_are_what_they_are_called(homes: Homes) -> None:
    kinds = [[topic for topic in list_topics(home) if "assess" in topic] for home in homes]
    scores = sum(said["do"] == "record_assessment" for said in LINES)
    assert kinds == [["assessments.recorded"] * scores, ["volunteer.assessed"] * scores]


@pytest.mark.parametrize("asked", QUESTIONS, ids=" ".join)
def test_they_give_one_answer(homes: Homes, asked: tuple[str, ...]) -> None:
    """R-052, R-060 to R-063: cases, evidence, explanations, and what changed between two instants."""
    now, old = (run_kiosk(*asked, "--format", "json", "--home", home) for home in homes)
    assert (now.status, now.err, now.out) == (0, "", old.out.replace("volunteer.assessed", "assessments.recorded"))


def test_scores_raise_cases_and_withdraw_them(homes: Homes) -> None:
    """R-052: so there is something to compare."""
    rows = json.loads(run_kiosk("exits", "--format", "json", "--home", homes[1]).out)
    found = {(row["volunteer"], row["status"], row["score"]) for row in rows if row["rule"] == "R-052"}
    assert found >= {(ANN, "decided", 55.0), (BEN, "withdrawn", 59.99)}


def test_a_score_is_said_and_explains_the_same(homes: Homes) -> None:
    """R-121: whose it is, what it is, and what follows from it."""
    position = list_topics(homes[0]).index("assessments.recorded") + 2
    events = [json.loads(run_kiosk("event", position, "--format", "json", "--home", home).out) for home in homes]
    for name in ("happened_at", "by", "explains"):
        assert events[0][name] == events[1][name], name
    assert {event["fields"]["score"] for event in events} == {55.0}


def test_the_interface_answers_alike(homes: Homes) -> None:
    with open_both(homes) as opened:
        answers = [
            {name: model.ask(found, found.build_filter(None, None, None), {}) for name, model in READ_MODELS.items()}
            for found in map(Statements.now, opened)
        ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", ["assessment_form", "assessment_ranking", "own_assessment", "annual_results"])
def test_documents_say_the_same(homes: Homes, name: str) -> None:
    """R-061, R-063, R-064."""

    def build(source: DocumentSource) -> object:
        kind, ann = DOCUMENTS[name], source.people.find_id(ANN)
        given = {"day": date(2026, 6, 30), "year": 2026, "volunteer": ann}
        wanted = {one.name: given[one.name] for one in kind.arguments if one.name in given}
        document = kind.build(source, wanted)
        return document.tables, document.facts, document.remarks

    with open_both(homes) as opened:
        papers: list[object] = []
        for home in opened:
            with open_source(home) as source:
                papers.append(build(source))
    assert papers[0] == papers[1]
