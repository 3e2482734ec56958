"""A word of the roster stands in the log for good: one that names a volunteer is refused."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.home import Home
from kiosk.people.person_names import PersonNames, can_name, mentions
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
    ("text", "can"),
    [("陳小", True), ("A 陳", True), ("a b", True), ("陳", False), ("S1", False), ("desk-1", False), ("", False)],
)
def test_a_text_that_is_too_short_names_nobody_and_no_name_is_read_for_it(text: str, *, can: bool) -> None:
    assert can_name(text) == can


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


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which 陳小玉 is registered."""
    Home.make(tmp_path / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "b", OPEN_UNIT, ENROLLED), "--home", tmp_path / "home").err == ""
    return tmp_path / "home"


@pytest.mark.parametrize(
    "words",
    [
        ("add-kiosk", "陳小玉"),
        ("tap", "04000000000001", "--at", "2026-11-19T09:00", "--reader", "陳小玉"),
    ],
    ids=lambda words: words[0],
)
def test_the_name_of_a_kiosk_or_a_reader_that_names_a_volunteer_is_refused(home: Path, words: tuple[str, ...]) -> None:
    ended = run_kiosk(*words, "--home", home)
    assert (ended.status, "陳小玉 has the name of a volunteer in it" in ended.err) == (1, True)
    assert not [file for file in home.iterdir() if "陳小玉".encode() in file.read_bytes() and file.name != "people.db"]


def test_a_line_that_taps_at_a_reader_that_names_a_volunteer_is_refused(home: Path) -> None:
    taps = [line("tap", "2026-11-19T09:00", card="04000000000001", reader=name) for name in ("陳小玉", "櫃台二號")]
    ended = run_kiosk("apply", "--keep-going", write_batch(home.parent / "taps", *taps), "--home", home)
    assert (ended.status, ended.err.count("\n")) == (1, 1)
    assert "taps:1: 陳小玉 has the name of a volunteer in it" in ended.err
    assert ended.out.endswith("1 line carried out\n")


def test_a_tap_at_a_reader_of_the_settings_is_recorded_whoever_was_registered_since(home: Path) -> None:
    """Its taps at the entrance have that name too, and no tap is lost."""
    with (home / "kiosk.toml").open("a") as settings:
        settings.write('[[reader]]\nname = "陳小玉"\nport = "/dev/ttyUSB9"\nprofile = "rdm6300"\n')
    words = ("04000000000001", "--at", "2026-11-19T09:00", "--reader", "陳小玉")
    assert run_kiosk("tap", *words, "--home", home).out.endswith("recorded: the card is not issued to anybody\n")


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
