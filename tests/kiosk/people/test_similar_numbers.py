"""Two numbers that are drawn alike are one to a person, and so the second is refused."""

from pathlib import Path

import pytest

from kiosk.home import Home
from kiosk.people.similar_numbers import SimilarTexts, compute_skeleton
from kiosk.people.volunteers import Details
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, line, run_kiosk, write_batch


@pytest.mark.parametrize(
    "twin",
    ["Ｖ００１", "VOO1", "V00l", "V00I", "ⅤOO1", "V٠٠١", "Ꮩ001"],
)
def test_a_number_that_is_drawn_like_another_is_similar(twin: str) -> None:
    numbers = SimilarTexts(["V001"])
    assert (numbers.find_similar(twin), numbers.find_same(twin)) == ("V001", None)


@pytest.mark.parametrize(
    ("one", "other"), [("АВС-1", "ABC–1"), ("ΑΒ", "AB"), ("lin", "lіn"), ("卜1", "ト1"), ("A 1", "A　1")]
)
def test_texts_of_two_alphabets_have_one_skeleton(one: str, other: str) -> None:
    assert compute_skeleton(one) == compute_skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("V001", "V002"), ("V001", "v001"), ("V001", "W001"), ("Á1", "A1"), ("甲1", "乙1")]
)
def test_numbers_that_a_person_tells_apart_are_not_similar(one: str, other: str) -> None:
    assert SimilarTexts([one]).find_similar(other) is None


def test_two_ways_to_write_one_number_are_the_same_number() -> None:
    numbers = SimilarTexts(["\u00c11"])
    assert (numbers.find_same("A\u03011"), numbers.find_similar("A\u03011")) == ("\u00c11", None)


@pytest.fixture
def simulation(tmp_path: Path) -> Path:
    Home.make(tmp_path / "home", simulation=True).close()
    return tmp_path / "home"


def apply(home: Path, *lines: dict[str, object]):
    return run_kiosk("apply", "--keep-going", write_batch(home.parent / "batch.jsonl", *lines), "--home", home)


def test_a_volunteer_with_a_number_like_that_of_another_is_not_enrolled(simulation: Path) -> None:
    ended = apply(
        simulation, OPEN_UNIT, ENROL_ANN, {**ENROL_ANN, "volunteer": "V００1"}, {**ENROL_ANN, "volunteer": "V002"}
    )
    assert (ended.status, ended.out) == (1, "3 lines carried out\n")
    assert "the number V００1 looks like V001, which is registered" in ended.err


def test_a_number_is_found_in_either_normal_form(simulation: Path) -> None:
    number, decomposed = "\u00c1001", "A\u0301001"
    ended = apply(
        simulation,
        OPEN_UNIT,
        {**ENROL_ANN, "volunteer": decomposed},
        line("complete_training", "2024-01-02T08:01", volunteer=number, kind="basic", on="2024-01-01"),
        {**ENROL_ANN, "volunteer": number},
    )
    assert (ended.status, ended.out) == (1, "3 lines carried out\n")
    assert f"volunteer {number} is enrolled already" in ended.err
    assert run_kiosk("explain", decomposed, "2024-01-02", "--home", simulation).status == 0


def test_a_number_that_an_older_program_kept_decomposed_is_still_found(simulation: Path) -> None:
    with Home.open(simulation) as home:
        people = home.people
        known = home.create_volunteer_id("A\u0301")
        people.register("A\u0301", known, Details())
        assert (people.find_id("\u00c1"), people.find_id("A\u0301")) == (known, known)


def test_a_number_that_another_process_registered_is_known(simulation: Path) -> None:
    with Home.open(simulation) as home:
        assert home.people.find_similar_number("VOO1") is None
        apply(simulation, OPEN_UNIT, ENROL_ANN)
        assert home.people.find_similar_number("VOO1") == "V001"


def test_an_author_whose_name_looks_like_that_of_another_is_refused(simulation: Path) -> None:
    ended = apply(simulation, {**OPEN_UNIT, "by": "lin"}, {**ENROL_ANN, "by": "lіn"}, {**ENROL_ANN, "by": "sуstem"})
    assert (ended.status, ended.out) == (1, "1 line carried out\n")
    assert ended.err.count("which is another account") == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [("王\u00ad明", "U+00AD"), ("王\u2800", "U+2800"), ("\U000e0041王", "U+E0041"), ("王\x1b[2J", "U+001B")],
)
def test_a_name_that_cannot_be_kept_whole_is_refused_with_its_character(simulation: Path, name: str, code: str) -> None:
    ended = apply(simulation, OPEN_UNIT, {**ENROL_ANN, "name": name})
    assert (ended.status, ended.out) == (2, "1 line carried out\n")
    assert f"`name` holds {code}, a character that cannot be kept" in ended.err


@pytest.mark.parametrize(
    "name", ["王\U00031350", "陳\ue863華", "神谷\ufa19", "ශ්\u200dරී", "Nguye\u0302\u0303n", "王　明"]
)
def test_a_name_is_kept_as_it_was_given(simulation: Path, name: str) -> None:
    assert apply(simulation, OPEN_UNIT, {**ENROL_ANN, "name": name}).status == 0
    with Home.open(simulation) as home:
        assert home.people.find_name(home.people.find_id("V001") or home.create_volunteer_id("")) == name
