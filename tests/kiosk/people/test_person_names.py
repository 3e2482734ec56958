"""A word of the roster stands in the log for good: one that names a volunteer is refused."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.home import Home
from kiosk.people.person_names import PersonNames, mentions
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, SCHEDULE_ANNS_SHIFT, line, run_kiosk, write_batch

NAMES = PersonNames(["陳小玉", "Nguyễn Thị Hoa", "Ann", "林", "歐陽 菲菲"])


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("陳小玉", True),
        ("給陳小玉代班", True),
        ("陳小", False),
        ("nguyễn thị hoa", True),
        ("Nguye\u0302\u0303n Thi\u0323 Hoa's desk", True),
        ("Nguyễn Thị Hoan", False),
        ("Nguyễn Thị Hoa服務台", True),
        ("歐陽 菲菲", True),
        ("歐陽", False),
        ("Ann", False),  # one word may be any word
        ("林務", False),
        ("戶政", False),
    ],
)
def test_a_full_name_is_found_in_a_text(text: str, *, is_named: bool) -> None:
    assert NAMES.is_mentioned_in(text) == is_named


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("V001", "V001", True),
        ("duty-v001-1", "V001", True),
        ("V0012", "V001", False),
        ("XV001, V001", "V001", True),
        ("", "V001", False),
        ("V001", "", False),
    ],
)
def test_a_number_is_found_as_a_whole_word(text: str, word: str, *, found: bool) -> None:
    assert mentions(text, word) == found


ENROLLED = {**ENROL_ANN, "name": "陳小玉"}
EVENT = line("schedule_event", "2026-11-01T08:00", event="E1", start="2026-11-20T09:00", end="2026-11-20T12:00")
TRAINING = line("complete_training", "2026-11-01T08:00", volunteer="V001", kind="special", on="2024-01-03")
WORDS: list[tuple[dict[str, Any], str]] = [
    *((SCHEDULE_ANNS_SHIFT, field) for field in ("shift", "category", "post", "item")),
    *((EVENT, field) for field in ("event", "category")),
    (TRAINING, "category"),
]


@pytest.mark.parametrize(("said", "field"), WORDS, ids=[f"{said['do']}-{field}" for said, field in WORDS])
def test_a_word_that_names_a_volunteer_is_refused_and_another_is_not(
    tmp_path: Path, said: dict[str, Any], field: str
) -> None:
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    lines = (OPEN_UNIT, ENROLLED, {**said, field: "陳小玉的櫃台"}, {**said, field: "櫃台"})
    ended = run_kiosk("apply", "--keep-going", write_batch(tmp_path / "b", *lines), "--home", home)
    assert (ended.status, ended.out) == (1, "3 lines carried out\n")
    assert "陳小玉的櫃台 has the name of a volunteer in it" in ended.err
    assert "陳小玉".encode() not in b"".join(file.read_bytes() for file in home.glob("log.db*"))


@pytest.mark.parametrize("post", ["陳小玉", "for V001"])
def test_an_erasure_names_the_events_whose_words_still_name_the_person(tmp_path: Path, post: str) -> None:
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    shift = {**SCHEDULE_ANNS_SHIFT, "at": "2024-01-01T10:00", "volunteers": [], "post": post}
    ended = line("end_agreement", "2026-11-20T08:00", volunteer="V001", on="2026-11-18", reason="moves")
    batch = write_batch(tmp_path / "b", OPEN_UNIT, shift, ENROLLED, ended)
    assert run_kiosk("apply", batch, "--home", home).status == 0
    erased = run_kiosk("erase", "V001", "--basis", "request", "--yes", "--home", home)
    assert erased.status == 0
    assert "words of the roster name the person in the log, which is never rewritten, in the events 3:" in erased.err
