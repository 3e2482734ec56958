"""`kiosk volunteers`: everybody as of a day, and those who lack something (R-124)."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.model.standing import StandingChange
from kiosk.home import Home
from projections.read_models.volunteers import find_agreement_span
from tests.support.home_entrance import ANNS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import line, run_kiosk, write_batch

STORY = (
    *OFFICE_LINES,
    line("change_person", "2026-11-18T08:30", volunteer="V001", group="第一組", by="lin", reason="moved"),
    line("tap", "2026-11-19T09:00", card=ANNS_CARD_NUMBER),
    line("tap", "2026-11-19T12:00", card=ANNS_CARD_NUMBER),
    line("enrol_volunteer", "2026-11-19T13:00", volunteer="V004", mode="event", agreement_from="2026-12-01"),
    line("enrol_volunteer", "2026-11-19T13:00", volunteer="V005", mode="guide", agreement_from="2026-01-01"),
    line("suspend", "2026-11-19T13:01", volunteer="V005", **{"from": "2026-11-19"}),
    line("end_agreement", "2026-11-19T13:02", volunteer="V002", on="2026-11-22", reason="moves away"),
    line("revoke_card", "2026-11-19T13:03", card="04000000000003", reason="lost"),
    line("issue_card", "2026-11-19T13:04", volunteer="V001", card="04000000000003"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office on the afternoon of 2026-11-19; no test changes it."""
    folder = tmp_path_factory.mktemp("volunteers")
    Home.make(folder / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "story", *STORY), "--home", folder / "home").err == ""
    return folder / "home"


def ask(home: Path, *options: str) -> list[dict[str, Any]]:
    return json.loads(run_kiosk("volunteers", "--format", "json", *options, "--home", home).out)


def list_numbers(home: Path, *options: str) -> list[str]:
    return [row["volunteer"] for row in ask(home, *options)]


def test_a_volunteer_has_one_row_with_a_masked_name(home: Path) -> None:
    assert ask(home)[0] == {
        "volunteer": "V001",
        "name": "王〇明",
        "mode": "rostered",
        "group": "第一組",
        "standing": "in_service",
        "agreement_from": "2024-01-02",
        "agreement_to": None,
        "trainings": ["basic", "special 戶政"],
        "trainings_missing": [],
        "cards": 2,
        "minutes_month": 180,
        "minutes_year": 180,
    }


def test_everybody_is_listed_with_the_standing_of_the_day(home: Path) -> None:
    assert {row["volunteer"]: row["standing"] for row in ask(home)} == {
        "V001": "in_service",
        "V002": "in_service",
        "V003": "in_service",
        "V004": "before_agreement",
        "V005": "suspended",
    }


def test_who_holds_no_card_or_lacks_a_training_is_found(home: Path) -> None:
    """R-124."""
    assert list_numbers(home, "--no-card") == ["V003", "V004", "V005"]
    assert list_numbers(home, "--training-missing") == ["V004", "V005"]
    assert ask(home, "--training-missing")[0]["trainings_missing"] == ["basic", "special 戶政"]


def test_an_agreement_that_ends_on_the_last_of_so_many_days_is_found_and_not_a_day_earlier(home: Path) -> None:
    assert list_numbers(home, "--agreement-ends-within", "3") == ["V002"]
    assert list_numbers(home, "--agreement-ends-within", "2") == []


def test_as_of_an_earlier_instant_it_is_what_the_log_said_then(home: Path) -> None:
    rows = ask(home, "--as-of", "2026-11-19T12:30")
    assert [(row["volunteer"], row["cards"], row["agreement_to"]) for row in rows] == [
        ("V001", 1, None),
        ("V002", 1, None),
        ("V003", 1, None),
    ]


def test_what_was_changed_of_a_person_is_listed_without_what_it_says(home: Path) -> None:
    """R-121."""
    (change,) = ask(home, "--changes")
    assert (change["volunteer"], change["fields"], change["by"], change["reason"]) == (
        "V001",
        ["group"],
        "lin",
        "moved",
    )
    assert change["recorded_at"] == "2026-11-18T08:30:00+08:00"
    assert ask(home, "--changes", "--as-of", "2026-11-18T08:29") == []
    assert ask(home, "--changes", "--no-card") == []
    assert "第一組" not in run_kiosk("volunteers", "--changes", "--home", home).out


def test_the_cards_that_are_held_are_rebuilt_from_the_events(home: Path) -> None:
    assert run_kiosk("replay", "--home", home).status == 0


@pytest.mark.parametrize("days", ["-1", "36601", "soon"])
def test_days_that_are_none_are_refused(home: Path, days: str) -> None:
    assert run_kiosk("volunteers", "--agreement-ends-within", days, "--home", home).status == 2


@pytest.mark.parametrize(
    ("day", "span"),
    [(9, (10, 20)), (10, (10, 20)), (29, (10, 20)), (30, (30, None)), (99, (30, None))],
)
def test_the_agreement_of_a_day_is_the_latest_that_has_begun_or_the_first_to_come(
    day: int, span: tuple[int | None, int | None]
) -> None:
    turns = [StandingChange("agreement", 10, 0), StandingChange("ended", 20, 0), StandingChange("agreement", 30, 0)]
    assert find_agreement_span(turns, day) == span


def test_without_an_agreement_there_is_no_span() -> None:
    assert find_agreement_span([], 1) == (None, None)
