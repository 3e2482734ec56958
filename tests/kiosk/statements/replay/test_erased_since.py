"""A statement that was saved before one of its volunteers was erased: what it says can still be compared."""

import json
import shutil
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.kiosk.statements.replay.conftest import Row, run_replay
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch

THEN = "2026-11-22T00:00"
CARD, BENS_CARD = "04000000000001", "04000000000002"
LINES = (
    {**ANNS_UNIT_LINES[0], "at": "2026-11-18T08:00"},
    *ANNS_UNIT_LINES[1:],
    line("adopt_policy", "2026-11-02T08:00", by="lin", effective_from="2026-11-10", require_training=False),
    line("enrol_volunteer", "2024-01-02T08:00", volunteer="V002", mode="flexible", agreement_from="2024-01-02"),
    line("issue_card", "2024-01-02T08:05", volunteer="V002", card=BENS_CARD),
    line("tap", "2026-11-19T08:58", card=CARD),
    line("tap", "2026-11-19T09:10", card=BENS_CARD),
    line("tap", "2026-11-19T12:01", card=CARD),
    line("tap", "2026-11-19T12:10", card=BENS_CARD),
    line("tap", "2026-11-20T09:00", card=BENS_CARD),
    line("tap", "2026-11-20T10:00", card=BENS_CARD),
    line("end_agreement", "2026-11-23T08:00", volunteer="V002", on="2026-11-22", reason="moves away"),
)
SAVED = ("visits", "hours")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of which V002 was erased, and statements that were saved before."""
    site = tmp_path_factory.mktemp("erased")
    home = site / "home"
    Home.make(home, simulation=True).close()
    assert run_kiosk("apply", write_batch(site / "a.jsonl", *LINES), "--home", home).err == ""
    for name in SAVED:
        ended = run_kiosk(name, "--as-of", THEN, "--format", "json", "--home", home)
        (site / f"{name}.json").write_text(ended.out)
    assert run_kiosk("erase", "V002", "--basis", "request", "--yes", "--home", home).status == 0
    return site


def find_pseudonym(site: Path) -> str:
    rows = json.loads(run_kiosk("visits", "--format", "json", "--home", site / "home").out)
    return next(row["volunteer"] for row in rows if row["volunteer"].startswith("erased-"))


def replay(site: Path, name: str, *options: str) -> Row:
    return run_replay(site / "home", "--as-of", THEN, "--against", site / f"{name}.json", *options)


def change(site: Path, folder: Path, *, is_each: bool = False) -> Path:
    """A site whose saved visits say a minute more of V002: in the last, or in each."""
    changed = shutil.copytree(site, folder / "site")
    rows = json.loads((changed / "visits.json").read_text())
    for row in [row for row in rows if row["volunteer"] == "V002"][0 if is_each else -1 :]:
        row["credited_minutes"] += 1
    (changed / "visits.json").write_text(json.dumps(rows))
    return changed


@pytest.mark.parametrize("name", SAVED)
def test_rows_of_a_number_that_nobody_has_any_more_fit_those_of_who_was_erased(site: Path, name: str) -> None:
    said = replay(site, name)
    assert (said["identical"], said["erased_since"]) == (True, {"V002": find_pseudonym(site)})
    shown = run_kiosk("replay", "--as-of", THEN, "--against", site / f"{name}.json", "--home", site / "home")
    whose = f"V002 is no longer the number of a volunteer of then: compared with {find_pseudonym(site)}, who was erased"
    assert shown.out.splitlines()[1:] == [f"{whose} since"]


def test_a_row_that_was_changed_differs_alone_with_the_events_of_that_day(site: Path, tmp_path: Path) -> None:
    said = replay(change(site, tmp_path), "visits")
    (row,) = said["differences"]
    assert (row["key"]["volunteer"], row["key"]["date"], said["identical"]) == ("V002", "2026-11-20", False)
    assert row["after"]["credited_minutes"] == row["before"]["credited_minutes"] - 1
    assert row["events"]


def test_without_one_row_that_is_the_same_it_is_compared_with_nobody(site: Path, tmp_path: Path) -> None:
    said = replay(change(site, tmp_path, is_each=True), "visits")
    assert ("erased_since" in said, len(said["differences"])) == (False, 4)


def test_a_person_who_got_the_number_later_is_not_compared(site: Path, tmp_path: Path) -> None:
    again = shutil.copytree(site, tmp_path / "site")
    person = {"volunteer": "V002", "mode": "flexible", "agreement_from": "2026-11-24"}
    enrolled = line("enrol_volunteer", "2026-11-24T08:00", **person)
    assert run_kiosk("apply", write_batch(again / "b.jsonl", enrolled), "--home", again / "home").err == ""
    assert replay(again, "visits")["erased_since"] == {"V002": find_pseudonym(again)}
    (again / "visits.json").write_text(
        json.dumps([row for row in json.loads((again / "visits.json").read_text()) if row["volunteer"] == "V002"])
    )
    said = replay(again, "visits", "--volunteer", "V002")
    assert (said["identical"], said["rows"]) == (True, 2)


def test_a_statement_of_that_volunteer_alone_is_compared_by_the_number_or_by_the_pseudonym(
    site: Path, tmp_path: Path
) -> None:
    alone = shutil.copytree(site, tmp_path / "site")
    rows = [row for row in json.loads((alone / "visits.json").read_text()) if row["volunteer"] == "V002"]
    (alone / "visits.json").write_text(json.dumps(rows))
    for number in ("V002", find_pseudonym(alone)):
        said = replay(alone, "visits", "--volunteer", number)
        assert (said["identical"], said["rows"]) == (True, 2), number
    asked = ("--as-of", THEN, "--against", alone / "visits.json", "--volunteer", "V003", "--home", alone / "home")
    refused = run_kiosk("replay", *asked)
    assert (refused.status, "nobody who was erased since has a row of this file" in refused.err) == (2, True)


def test_a_volunteer_who_stands_in_the_file_by_pseudonym_is_not_taken_for_another_number(
    site: Path, tmp_path: Path
) -> None:
    """As in a statement that was saved after the erasure, in which rows were doubled under an invented number."""
    doubled = shutil.copytree(site, tmp_path / "site")
    text = (doubled / "visits.json").read_text().replace("V002", find_pseudonym(site))
    rows = json.loads(text)
    assert replay(doubled, "visits")["identical"]
    more = [{**row, "volunteer": "V009"} for row in rows if row["volunteer"] != "V001"]
    (doubled / "visits.json").write_text(json.dumps([*rows, *more]))
    said = replay(doubled, "visits")
    assert (said["identical"], len(said["differences"]), "erased_since" in said) == (False, 2, False)
