"""Spot checks of record books: a sample that can be drawn again, its result, and the sheet for it (R-112)."""

from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.model.spot_checks import draw_sample
from kiosk.documents.source import DocumentSource, open_source
from kiosk.documents.spot_check import build_spot_check_sheet
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.words.language import use_language
from projections.engine.as_of import views_as_of
from projections.read_models.spot_checks import list_book_holders, list_spot_checks
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, line, run_kiosk, write_batch

NUMBERS = [f"V{number:03}" for number in range(1, 22)]
BY = {"by": "lin"}
AT = "2026-11-19T15:00"
LINES = (
    {**OPEN_UNIT, "at": "2024-01-01T08:00"},
    *({**ENROL_ANN, "volunteer": number} for number in NUMBERS),
    *(line("register_record_book", "2026-01-05T09:00", volunteer=one, number=f"110-{one}") for one in NUMBERS[:19]),
    line("register_record_book", "2026-01-05T09:00", volunteer=NUMBERS[20]),
    *(
        line("complete_training", "2026-01-05T09:00", volunteer=one, on="2026-01-05", kind=kind, category=category)
        for one in NUMBERS[:19]
        for kind, category in (("basic", None), ("special", "戶政"))
    ),
    line(
        *("schedule_shift", "2026-10-01T09:00"),
        shift="S1",
        start="2026-10-08T09:00",
        end="2026-10-08T12:00",
        volunteers=NUMBERS[:19],
    ),
    *(
        line("add_visit", "2026-10-09T09:00", volunteer=one, reason="paper", **BY)
        | {"check_in": "2026-10-08T09:00", "check_out": "2026-10-08T12:00"}
        for one in NUMBERS[:19]
    ),
    line("close_month", "2026-11-02T09:00", month="2026-10", **BY),
    line("enter_record_books", "2026-11-02T09:05", month="2026-10", **BY),
)
FIRST = (
    line("draw_spot_check", AT, seed=7, **BY),
    line("record_spot_check", "2026-11-19T16:00", number=1, matching=4, **BY),
    line("record_spot_check", "2026-11-19T16:10", number=1, matching=5, reason="found the page", **BY),
    line("draw_spot_check", "2026-11-20T15:00", size=100, seed=8, **BY),
)


def apply(home: Path, *lines: dict[str, Any]) -> tuple[str, str]:
    ended = run_kiosk("apply", write_batch(home.parent / "lines.jsonl", *lines), "--home", home, "--keep-going")
    return ended.out, ended.err


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """19 of 21 hold a book with a number: of one it is not known, one has none. Five are drawn, then all."""
    home = tmp_path_factory.mktemp("checks") / "home"
    Home.make(home, simulation=True).close()
    assert apply(home, *LINES)[1] == ""
    out, err = apply(home, *FIRST)
    assert err == ""
    return home, out


@pytest.fixture(scope="module")
def source(checked: tuple[Path, str]) -> Generator[DocumentSource]:
    with Home.open(checked[0]) as home, open_source(home) as opened:
        yield opened


def test_five_of_nineteen_are_drawn_and_all_agree(checked: tuple[Path, str], source: DocumentSource) -> None:
    """R-112 Ex: sample 5 of 19, all match: 5/5; the later result counts."""
    first, second = list_spot_checks(source.views)
    assert (first.number, first.day, first.holders, len(first.sample), first.matching) == (
        *(1, date(2026, 11, 19)),
        *(19, 5, 5),
    )
    assert (len(second.sample), second.matching) == (19, None)
    assert "spot check 1: 5 of 19 record books: V0" in checked[1]
    assert list(list_spot_checks(source.views, date(2026, 11, 20))) == [second]
    assert list(list_spot_checks(source.views, until=date(2026, 11, 18))) == []


def test_a_sample_can_be_drawn_again_from_its_seed(source: DocumentSource) -> None:
    """R-112: a later look finds the same books, in whichever order their holders are listed."""
    check = next(list_spot_checks(source.views))
    holders = list_book_holders(source.views, source.unit, check.day)
    assert draw_sample(holders, 5, check.seed) == draw_sample(reversed(holders), 5, check.seed) == check.sample
    others = [frozenset(draw_sample(holders, 5, seed)) for seed in range(20)]
    assert len(set(others)) > 10


def test_every_book_is_drawn_about_as_often() -> None:
    """5 of 19 in 1,900 samples: 500 times each."""
    holders = [uuid5(UUID(int=0), str(number)) for number in range(19)]
    drawn = [one for seed in range(1_900) for one in draw_sample(holders, 5, seed)]
    assert [one for one in holders if not 400 < drawn.count(one) < 600] == []


def test_the_sheet_lists_the_sample_with_the_entries_on_file(source: DocumentSource) -> None:
    """R-112: no name and no number stands in it."""
    with use_language("zh-TW"):
        sheet = build_spot_check_sheet(source, {"number": 1})
        assert sheet.facts == [("抽樣", "第 1 次，19 本中抽 5 本，抽樣種子 7"), ("結果", "5／5 相符")]
        assert build_spot_check_sheet(source, {"number": 2}).facts[1] == ("結果", "未記錄")
    sample, entries = sheet.tables
    check = next(list_spot_checks(source.views))
    assert {row["volunteer"] for row in sample.rows} == set(check.sample)
    assert [(row["count"], row["minutes"]) for row in sample.rows] == [(1, 180)] * 5
    books = [row["book_number"] for row in sample.rows]
    texts = [source.people.find_note_text(note) for note in books if isinstance(note, UUID)]
    assert len({text for text in texts if text and text.startswith("110-V")}) == 5
    assert [row["volunteer"] for row in entries.rows] == [row["volunteer"] for row in sample.rows]
    assert {(row["month"], row["first"], row["minutes"]) for row in entries.rows} == {
        (date(2026, 10, 1), date(2026, 10, 8), 180)
    }


def test_a_check_that_was_not_drawn_has_no_sheet(source: DocumentSource) -> None:
    with pytest.raises(UserError, match="no spot check 3"):
        build_spot_check_sheet(source, {"number": 3})


def test_before_it_was_drawn_there_was_none(source: DocumentSource) -> None:
    with views_as_of(source.events, int(source.log.as_of.timestamp()) - 86_400 * 2) as views:
        assert list(list_spot_checks(views)) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"number": 3, "matching": 1}, "there is no spot check 3"),
        ({"number": 1, "matching": 6}, "6 books cannot agree, spot check 1 has a sample of 5: count again"),
        ({"number": 1, "matching": -1}, "`matching`"),
        ({"number": 0, "matching": 1}, "`number`"),
    ],
)
def test_a_result_that_cannot_be_is_refused(checked: tuple[Path, str], said: dict[str, int], sentence: str) -> None:
    """R-112: the boundary is the size of the sample, which the first check reaches."""
    assert sentence in apply(checked[0], line("record_spot_check", "2026-11-21T16:00", **said, **BY))[1]


def test_without_a_book_on_file_there_is_nothing_to_draw(tmp_path: Path) -> None:
    """R-112: a book whose number is not known cannot be found."""
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    unknown = line("register_record_book", "2026-01-05T09:00", volunteer="V001")
    assert "there is none to check" in apply(home, *LINES[:2], unknown, line("draw_spot_check", AT, **BY))[1]
