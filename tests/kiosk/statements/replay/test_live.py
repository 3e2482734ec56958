"""`kiosk replay`: rows meet by their keys, and each difference says whose row it is and by which events it is right."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from tests.kiosk.statements.replay.conftest import execute_in_views, run_replay
from tests.support.builders import ANN, BEN
from tests.support.kiosk_program import run_kiosk


def list_event_names(home: Path, positions: list[int]) -> list[str]:
    """What the log calls the events at these positions."""
    log = open_sqlite_log(home / "log.db", REGISTERED_NAMES)
    try:
        return [REGISTERED_NAMES.find_name(type(log.read_entries(after=p - 1, limit=1)[0].event)) for p in positions]
    finally:
        log.close()


def test_untouched_views_are_identical(home: Path) -> None:
    found = run_replay(home)
    assert (found["identical"], found["differences"], found["events"]) == (True, [], 47)


def test_a_changed_row_is_shown_with_its_columns_and_the_events_of_its_day(home: Path) -> None:
    execute_in_views(home, "UPDATE visits SET credited = 240 WHERE credited = 180")
    (difference,) = run_replay(home)["differences"]
    assert difference["view"] == "visits"
    assert (difference["key"]["volunteer"], difference["key"]["date"]) == (ANN, "2026-11-18")
    cells = zip(difference["columns"], difference["before"], difference["after"], strict=True)
    assert [cell for cell in cells if cell[1] != cell[2]] == [("credited_minutes", 240, 180)]
    names = list_event_names(home, difference["events"])
    assert names[-2:] == ["attendance.checked-in", "attendance.checked-out"]
    assert {"unit.policy-adopted", "shift.scheduled", "shift.assigned"} <= set(names)
    assert names.count("shift.scheduled") == 1, "shifts of other days are not behind it"


def test_an_added_row_is_one_difference_and_follows_from_no_event(home: Path) -> None:
    """The rows behind it are not said to differ as well."""
    execute_in_views(
        home, "INSERT INTO refused VALUES (1, 739574, 1795000000, 'unknown_card', NULL, 'k', 'r', 1, NULL, NULL, NULL)"
    )
    (difference,) = run_replay(home)["differences"]
    assert (difference["view"], difference["after"], difference["events"]) == ("refused", None, [])


def test_a_missing_row_names_its_event(home: Path) -> None:
    execute_in_views(home, "DELETE FROM taps WHERE position = (SELECT min(position) FROM taps)")
    (difference,) = run_replay(home)["differences"]
    assert difference["before"] is None
    assert list_event_names(home, difference["events"]) == ["attendance.checked-in"]


def test_a_duty_names_its_shift_and_no_taps_of_others(home: Path) -> None:
    execute_in_views(home, "UPDATE duties SET outcome = 'absent' WHERE shift = 'S2' AND outcome = 'no_check_out'")
    (difference,) = run_replay(home)["differences"]
    assert difference["key"] == {"volunteer": BEN, "date": "2026-11-18", "shift": "S2"}
    names = list_event_names(home, difference["events"])
    assert names[-1] == "attendance.checked-in"
    assert [name for name in names if name.startswith("shift.")] == ["shift.scheduled", "shift.assigned"]


def test_two_exchanged_volunteers_are_found(home: Path) -> None:
    """Their rows stand as they were, and would be another person's."""
    with closing(sqlite3.connect(home / "views.db", isolation_level=None)) as tool:
        (ben, ann, *_) = [who for (who,) in tool.execute("SELECT volunteer FROM people ORDER BY key").fetchall()]
        for key, who in ((1, b"nobody"), (2, ben), (1, ann)):
            tool.execute("UPDATE people SET volunteer = ? WHERE key = ?", (who, key))
    views = [difference["view"] for difference in run_replay(home)["differences"]]
    assert views == ["people", "people"]


def test_any_value_written_by_hand_is_shown(home: Path) -> None:
    execute_in_views(
        home, "INSERT INTO duties VALUES (99, -1, 'x', 9223372036854775807, 0, 'absent', 0, 0, 0, NULL, NULL)"
    )
    execute_in_views(home, "INSERT INTO people VALUES (99, x'00', NULL)")
    shared_home = {difference["view"]: difference for difference in run_replay(home)["differences"]}
    assert shared_home["duties"]["key"] == {"volunteer": "#99", "date": "#-1", "shift": "x"}
    assert (shared_home["people"]["after"], shared_home["people"]["events"]) == (None, [])


def test_a_shift_names_the_events_of_its_stream(home: Path) -> None:
    execute_in_views(home, "UPDATE shifts SET post = 'elsewhere' WHERE shift = 'S2'")
    (difference,) = run_replay(home)["differences"]
    assert (difference["view"], difference["key"]) == ("shifts", {"shift": "S2"})
    assert list_event_names(home, difference["events"]) == ["shift.scheduled", "shift.assigned", "shift.assigned"]


def test_rules_that_the_views_note_are_compared_with_those_of_the_log(home: Path) -> None:
    execute_in_views(home, "UPDATE unit SET category = 'another'")
    _, line = run_kiosk("replay", "--home", home).out.splitlines()
    assert line == "  unit: category is another, from the events 戶政"


def test_a_training_names_its_event(home: Path) -> None:
    execute_in_views(home, "DELETE FROM trainings WHERE position = (SELECT min(position) FROM trainings)")
    (difference,) = run_replay(home)["differences"]
    assert list_event_names(home, difference["events"]) == ["volunteer.training-completed"]


def test_a_day_that_was_written_by_hand_and_is_none_is_a_difference(home: Path) -> None:
    execute_in_views(home, "UPDATE visits SET day = 99999999 WHERE credited = 180")
    assert "#99999999" in {one["key"].get("date") for one in run_replay(home)["differences"]}


def test_in_a_table_a_difference_is_a_sentence(home: Path) -> None:
    execute_in_views(home, "UPDATE visits SET credited = 240 WHERE credited = 180")
    heading, line = run_kiosk("replay", "--home", home).out.splitlines()
    assert heading == "the views differ from the events; the first differences:"
    assert line.startswith(f"  visits {ANN} 2026-11-18 ")
    assert "credited_minutes is 240, from the events 180  events 2, 7, " in line


@pytest.mark.parametrize("options", [("--view", "visits"), ("--volunteer", ANN), ("--from", "2026-11-01")])
def test_options_about_a_saved_statement_need_its_file(home: Path, options: tuple[str, str]) -> None:
    ended = run_kiosk("replay", *options, "--home", home)
    assert (ended.status, "--against FILE" in ended.first_error_line) == (2, True)
