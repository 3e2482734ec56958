"""`kiosk awards` and the batch lines about awards: as rows, as of an instant, in both languages (R-080, R-083)."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.backups.folder import list_backups
from kiosk.home import Home
from kiosk.home_files import CATALOGUE_FILE
from tests.support.home_entrance import ANNS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import line, run_kiosk, write_batch

BY = {"by": "林組長"}
PAPER = {"document": "紀錄冊", **BY}
YEARS = {"from": "2020-01-01", "to": "2023-12-31"}
STORY = (
    *OFFICE_LINES,
    line("tap", "2026-11-19T09:00", card=ANNS_CARD_NUMBER),
    line("tap", "2026-11-19T12:00", card=ANNS_CARD_NUMBER),
    line("attest_hours", "2026-11-20T09:00", volunteer="V001", hours=296, minutes=30, unit="圖書館", **YEARS, **PAPER),
    line("attest_seniority", "2026-11-20T09:01", volunteer="V001", **YEARS, **PAPER),
    line("attest_family", "2026-11-20T09:02", family="F1", members=["V001", "V002"], **PAPER),
    line("attest_team", "2026-11-20T09:03", established_on="2020-01-01", **PAPER),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ann is half an hour short of an honor card on 2026-11-20; no test changes it."""
    folder = tmp_path_factory.mktemp("awards")
    Home.make(folder / "home", simulation=True).close()
    (folder / "home" / CATALOGUE_FILE).write_text('city = "臺中市"\n', encoding="utf-8")
    assert run_kiosk("apply", write_batch(folder / "story", *STORY), "--home", folder / "home").err == ""
    return folder / "home"


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    Home.make(tmp_path / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "story", *STORY), "--home", tmp_path / "home").err == ""
    return tmp_path / "home"


def ask(home: Path, *options: str) -> list[dict[str, Any]]:
    ended = run_kiosk("awards", "--format", "json", *options, "--home", home)
    assert (ended.status, ended.err) == (0, "")
    return json.loads(ended.out)


def test_a_row_says_what_lacks_in_words_and_in_numbers(home: Path) -> None:
    """R-083: 299.5 h are short by 0.5."""
    (row,) = ask(home, "--award", "honor-card", "--volunteer", "V001", "--at", "2026-11-20")
    assert row == {
        "award": "honor-card",
        "award_name": "Honor card",
        "volunteer": "V001",
        "family": None,
        "status": "short",
        "short_by": ["0 h 30 min more"],
        "lacks": ["hours"],
        "short_minutes": 30,
        "attest": [],
        "conditions": [],
        "met_on": None,
        "minutes": 17_970,
        "duties": None,
        "score": None,
        "counted_from": None,
        "counted_until": "2026-11-20",
        "seniority_from": "2020-01-01",
        "apply_by": None,
        "blocked": None,
    }


def test_without_a_choice_only_candidates_are_listed(home: Path) -> None:
    assert ask(home, "--at", "2026-11-20") == []
    assert {row["status"] for row in ask(home, "--at", "2026-11-20", "--short")} == {"short"}


def test_families_name_the_member_who_lacks_something(home: Path) -> None:
    """R-092: awards of another city are not asked about; a row of the unit's own would be."""
    assert ask(home, "--award", "golden-diamond-family", "--at", "2026-11-20") == []


def test_a_minute_more_makes_a_candidate_and_as_of_before_there_was_none(own_home: Path, tmp_path: Path) -> None:
    """R-083, R-126."""
    more = line("attest_hours", "2026-11-20T10:00", volunteer="V001", minutes=30, **YEARS, **PAPER)
    assert run_kiosk("apply", write_batch(tmp_path / "more", more), "--home", own_home).status == 0
    wanted = ("--award", "honor-card", "--volunteer", "V001", "--at", "2026-11-20")
    (now,) = ask(own_home, *wanted)
    (before,) = ask(own_home, *wanted, "--as-of", "2026-11-20T09:30")
    assert (now["status"], now["met_on"], before["status"]) == ("met", "2026-11-19", "short")


def test_the_table_of_people_is_in_chinese(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    shown = run_kiosk("awards", "--award", "honor-card", "--volunteer", "V001", "--home", home).out
    for word in ("獎項", "志願服務榮譽卡", "不足", "還差 0 小時 30 分"):
        assert word in shown


def test_names_are_recorded_before_they_are_shown(home: Path, tmp_path: Path) -> None:
    """R-120."""
    ended = run_kiosk("awards", "--names", "--award", "honor-card", "--home", home)
    assert (ended.status, "--reason" in ended.err) == (2, True)


def test_the_catalogue_of_a_year_is_listed_with_its_sources(home: Path) -> None:
    """R-080: awards of other cities are left out."""
    rows = run_kiosk("awards", "--catalogue", "--at", "2026-11-20", "--format", "json", "--home", home).out
    found = {row["award"]: row for row in json.loads(rows)}
    assert found["honor-card"]["source"].startswith("R-083")
    assert "taipei-contribution" not in found
    assert found["phoenix"]["conditions"] == ["no-serious-crime", "not-phoenix-model", "deed", "special-contribution"]


def test_an_award_that_is_not_in_the_catalogue_is_refused_with_the_nearest(home: Path) -> None:
    ended = run_kiosk("awards", "--award", "honour-card", "--home", home)
    assert (ended.status, ended.err) == (2, "kiosk: there is no award 'honour-card': did you mean `honor-card`?\n")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"do": "grant_award", "award": "honour-card", "on": "2026-11-20"}, "did you mean `honor-card`?"),
        (
            {"do": "attest_condition", "award": "phoenix", "condition": "deeds", "document": "x"},
            "the award 'phoenix' has no condition 'deeds': did you mean `deed`?",
        ),
        (
            {"do": "attest_condition", "award": "golden-diamond", "condition": "12", "document": "x"},
            "it is one of no-criminal-record, innovation\n",
        ),
        ({"do": "attest_hours", **YEARS, "document": "x"}, "how long it was is missing"),
        ({"do": "attest_hours", **YEARS, "document": "x", "hours": -1}, "`hours` must be at least 0"),
        ({"do": "attest_hours", "from": "2026-02-30", "to": "2026-03-01", "document": "x", "hours": 1}, "2026-02-30"),
        ({"do": "attest_hours", **YEARS, "document": "x", "hours": 1, "unit": "王小明"}, "has the name of a volunteer"),
        ({"do": "grant_award", "award": "honor-card", "on": "2026-11-20", "volunteer": "V999"}, "no volunteer V999"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_a_sentence(
    home: Path, tmp_path: Path, said: dict[str, Any], reason: str
) -> None:
    batch = write_batch(tmp_path / "line", {"at": "2026-11-21T09:00", "volunteer": "V001", **BY, **said})
    ended = run_kiosk("apply", "--check", batch, "--home", home)
    assert (ended.status != 0, "Traceback" in ended.err) == (True, False)
    assert reason in ended.err


def test_a_catalogue_that_is_not_understood_stops_the_command(own_home: Path) -> None:
    (own_home / CATALOGUE_FILE).write_text("citi = 3\n", encoding="utf-8")
    ended = run_kiosk("awards", "--home", own_home)
    assert (ended.status, ended.err) == (
        2,
        f"kiosk: {own_home / CATALOGUE_FILE}:1: there is no field `citi`: did you mean `city`?\n",
    )


def test_the_catalogue_of_the_unit_is_in_its_backups_and_restored_from_them(own_home: Path, tmp_path: Path) -> None:
    (own_home / CATALOGUE_FILE).write_text('city = "臺中市"\n', encoding="utf-8")
    assert run_kiosk("backup", tmp_path / "usb", "--home", own_home).status == 0
    (backup,) = list_backups(tmp_path / "usb")
    assert run_kiosk("restore", backup, "--to", tmp_path / "new").status == 0
    assert (tmp_path / "new" / CATALOGUE_FILE).read_text(encoding="utf-8") == 'city = "臺中市"\n'
