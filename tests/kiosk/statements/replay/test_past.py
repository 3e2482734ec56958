"""`kiosk replay --as-of`: against what stands live, and against a statement that was saved then."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.kiosk.statements.replay.conftest import Save, execute_in_views, read_usage_error, run_replay
from tests.support.builders import ANN, BEN, CAT, coordinator_line, shift, tap
from tests.support.kiosk_program import run_kiosk, write_batch

THEN, NOW = "2026-11-19T12:00", "2026-11-20T09:20"
STATEMENTS = ("visits", "duties", "absences", "hours", "hours --by month,category")


# --- Against what stands live ---


def test_live_rows_follow_from_every_past_instant_and_the_events_since(shared_home: Path) -> None:
    with Home.open(shared_home) as opened:
        instants = sorted({entry.event.timestamp.isoformat() for entry in opened.log.read_entries()[1:]})
    found = [run_replay(shared_home, "--as-of", instant) for instant in instants]
    assert [one["differences"] for one in found] == [[]] * len(instants)
    assert found[0]["changed_since"] > 0 == found[-1]["changed_since"]


def test_a_tap_past_the_end_of_a_day_explains_the_duty_of_the_evening_before(home: Path, tmp_path: Path) -> None:
    night = shift("Night", "11-20", BEN, hours="22:00-23:00") | {"end": "2026-11-21T06:00", "at": NOW}
    late = (tap(BEN, "11-20 12:00"), tap(BEN, "11-21 04:30"), tap(BEN, "11-21 06:00"))
    assert run_kiosk("apply", write_batch(tmp_path / "night.jsonl", night, *late), "--home", home).err == ""
    assert run_replay(home, "--as-of", "2026-11-20T23:00")["identical"]


def test_time_alone_is_no_difference(home: Path, tmp_path: Path) -> None:
    """The duties of the 20th were under way then; now nobody checked out."""
    assert run_kiosk("apply", write_batch(tmp_path / "b", tap(CAT, "11-22 09:00")), "--home", home).err == ""
    found = run_replay(home, "--as-of", NOW)
    assert (found["identical"], found["changed_since"]) == (True, 1)


def test_a_row_changed_by_hand_is_found_and_no_event_explains_it(home: Path) -> None:
    execute_in_views(home, "UPDATE visits SET credited = 240 WHERE credited = 180")
    (difference,) = run_replay(home, "--as-of", THEN)["differences"]
    assert (difference["view"], difference["key"]["volunteer"]) == ("visits", ANN)
    assert (difference["before"]["credited_minutes"], difference["after"]["credited_minutes"]) == (180, 240)
    assert difference["events"] == []
    ended = run_kiosk("replay", "--as-of", THEN, "--home", home)
    assert ended.status == 1
    assert "no event since says why" in ended.out


# --- Against a statement that was saved ---


@pytest.mark.parametrize("command", STATEMENTS)
def test_a_saved_statement_is_recognised_and_found_again(shared_home: Path, save: Save, command: str) -> None:
    file = save(shared_home, *command.split(), "--as-of", THEN)
    found = run_replay(shared_home, "--as-of", THEN, "--against", file)
    assert (found["identical"], found["view"]) == (True, command.split(maxsplit=1)[0])
    assert found["rows"] > 0


def test_exit_cases_are_found_again(shared_home: Path, save: Save) -> None:
    found = run_replay(shared_home, "--as-of", NOW, "--against", save(shared_home, "exits", "--as-of", NOW))
    assert (found["identical"], found["view"], found["rows"] > 0) == (True, "exits", True)


def test_a_statement_stays_identical_after_later_corrections(home: Path, save: Save, tmp_path: Path) -> None:
    file = save(home, "hours", "--as-of", NOW)
    then = file.read_text()
    closed = coordinator_line(
        "close_visit", "11-21 09:00", volunteer=BEN, check_in="2026-11-18T08:55", check_out="2026-11-18T12:00"
    )
    assert run_kiosk("apply", write_batch(tmp_path / "late.jsonl", closed), "--home", home).err == ""
    assert run_replay(home, "--as-of", NOW, "--against", file)["identical"]
    assert save(home, "hours").read_text() != then


def test_a_statement_dated_too_early_is_contradicted_by_the_facts_by_then(shared_home: Path, save: Save) -> None:
    found = run_replay(shared_home, "--as-of", THEN, "--against", save(shared_home, "duties", "--as-of", NOW))
    (difference, *_) = [one for one in found["differences"] if one["key"]["shift"] == "S5"]
    assert (difference["before"]["outcome"], difference["after"]["outcome"]) == ("attended", "upcoming")
    assert (difference["recorded"], difference["events"]) == ("by then", [2, 7, 8, 9, 15, 25, 27, 28])


def test_a_falsified_statement_is_never_explained_by_what_was_recorded_since(
    home: Path, save: Save, tmp_path: Path
) -> None:
    """The visit whose minutes were raised in the file is voided later: that bears nothing out."""
    file = save(home, "visits", "--as-of", THEN)
    file.write_text(file.read_text().replace('"credited_minutes":180', '"credited_minutes":240'))
    (then,) = run_replay(home, "--as-of", THEN, "--against", file)["differences"]
    voided = coordinator_line("void_visit", "11-21 09:00", volunteer=ANN, check_in="2026-11-18T08:55")
    assert run_kiosk("apply", write_batch(tmp_path / "late.jsonl", voided), "--home", home).err == ""
    (now,) = run_replay(home, "--as-of", THEN, "--against", file)["differences"]
    assert now == then
    assert {31, 32} <= set(now["events"])


def test_a_statement_changed_by_hand_shows_the_events_it_contradicts(shared_home: Path, save: Save) -> None:
    file = save(shared_home, "hours", "--as-of", THEN)
    file.write_text(file.read_text().replace('"minutes":180', '"minutes":240'))
    (difference,) = run_replay(shared_home, "--as-of", NOW, "--against", file)["differences"]
    assert (difference["before"]["minutes"], difference["after"]["minutes"]) == (240, 180)
    assert (difference["recorded"], {31, 32} <= set(difference["events"])) == ("by then", True)


def test_an_unknown_volunteer_has_no_events(shared_home: Path, save: Save) -> None:
    file = save(shared_home, "hours", "--as-of", THEN)
    rows = [*json.loads(file.read_text()), {"volunteer": "V999", "minutes": 600, "duties": 3}]
    file.write_text(json.dumps(rows))
    (difference,) = run_replay(shared_home, "--as-of", THEN, "--against", file)["differences"]
    assert (difference["key"], difference["after"], difference["events"]) == ({"volunteer": "V999"}, None, [])


def test_a_filtered_statement_is_compared_under_the_same_filter(shared_home: Path, save: Save) -> None:
    narrowed = ("--from", "2026-11-18", "--to", "2026-11-18", "--volunteer", ANN)
    file = save(shared_home, "visits", "--as-of", NOW, *narrowed)
    assert run_replay(shared_home, "--as-of", NOW, "--against", file, *narrowed)["identical"]
    assert not run_replay(shared_home, "--as-of", NOW, "--against", file)["identical"]


def test_an_empty_statement_needs_the_name_of_its_read_model(shared_home: Path, save: Save) -> None:
    file = save(shared_home, "exits", "--as-of", THEN)
    asked = ("replay", "--as-of", THEN, "--against", file, "--home", shared_home)
    assert "say of which read model with --view" in read_usage_error(run_kiosk(*asked))
    assert run_replay(shared_home, "--as-of", THEN, "--against", file, "--view", "exits")["identical"]
    assert not run_replay(shared_home, "--as-of", THEN, "--against", file, "--view", "duties")["identical"]


def test_a_visit_voided_and_added_again_at_the_same_second_is_two_rows(home: Path, save: Save, tmp_path: Path) -> None:
    again = (
        coordinator_line("void_visit", "11-21 09:00", volunteer=ANN, check_in="2026-11-18T08:55"),
        coordinator_line(
            "add_visit", "11-21 09:01", volunteer=ANN, check_in="2026-11-18T08:55", check_out="2026-11-18T11:00"
        ),
    )
    assert run_kiosk("apply", write_batch(tmp_path / "again.jsonl", *again), "--home", home).err == ""
    then = "2026-11-21T09:01"
    file = save(home, "visits", "--as-of", then)
    rows = json.loads(file.read_text())
    file.write_text(json.dumps([row for row in rows if row["status"] != "void" or row["volunteer"] != ANN]))
    assert not run_replay(home, "--as-of", then, "--against", file)["identical"]


# --- What cannot be used ---

ANOTHER = "save one with `kiosk hours --as-of INSTANT --format json`; visits, duties, absences and exits go as well"
A_VISIT = '{"volunteer":"V001","date":"2026-11-18","check_in":"x","uncredited":[]}'
SPOILED: dict[str, tuple[str | bytes, str]] = {
    "no JSON": ("volunteer,minutes\n", "is not JSON"),
    "no text": (b"\xff\xfe\x00", "is not JSON"),
    "cut short": ('[{"volunteer":"V001","minutes":180,', "is not JSON"),
    "too deep": ('[{"a":' + "[" * 100_000, "is not JSON"),
    "an object": ('{"ok":true}', "is no statement of ours"),
    "a list of numbers": ("[1,2]", "is no statement of ours"),
    "rows of something else": ('[{"name":"x"}]', "is no statement of ours"),
    "who is in": ('[{"volunteer":"V001","since":"x","kiosk":"x","duty":null}]', "is no statement of ours"),
    "a row of another": (f'[{A_VISIT},{{"volunteer":"V001"}}]', "row 2 is no row of visits"),
    "a number for a volunteer": ('[{"volunteer":1,"minutes":1,"duties":1}]', "row 1 has no volunteer"),
    "a date that is none": (f"[{A_VISIT.replace('2026-11-18', 'yesterday')}]", "row 1 has a date that is none"),
}


@pytest.mark.parametrize(("content", "sentence"), SPOILED.values(), ids=SPOILED)
def test_a_file_that_is_no_statement_is_refused(
    shared_home: Path, tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    file = tmp_path / "saved.json"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    said = read_usage_error(run_kiosk("replay", "--as-of", THEN, "--against", file, "--home", shared_home))
    assert sentence in said
    assert said.endswith(ANOTHER)


ASKED_WRONGLY: dict[str, tuple[Callable[[Path], tuple[str, ...]], str]] = {
    "a file that is not there": (lambda _: ("--as-of", THEN, "--against", "nowhere.json"), "nowhere.json cannot be"),
    "a folder": (lambda home: ("--as-of", THEN, "--against", str(home)), "cannot be read (Is a directory)"),
    "no instant": (lambda home: ("--against", str(home / "saved.json")), "--against needs --as-of"),
    "before the log": (lambda _: ("--as-of", "1969-12-31T00:00"), "is before the log begins"),
    "in the future": (lambda _: ("--as-of", "2190-01-01T00:00"), "is in the future"),
    "the last day of all": (lambda _: ("--as-of", "9999-12-31"), "is in the future"),
    "an instant that is none": (lambda _: ("--as-of", "noon"), "--as-of is no instant: 'noon'"),
}


@pytest.mark.parametrize(("options", "sentence"), ASKED_WRONGLY.values(), ids=ASKED_WRONGLY)
def test_unusable_options_are_refused_with_the_reason(
    shared_home: Path, options: Callable[[Path], tuple[str, ...]], sentence: str
) -> None:
    assert sentence in read_usage_error(run_kiosk("replay", *options(shared_home), "--home", shared_home))


def test_a_file_of_another_read_model_is_refused(shared_home: Path, save: Save) -> None:
    file = save(shared_home, "hours", "--as-of", THEN)
    ended = run_kiosk("replay", "--as-of", THEN, "--against", file, "--view", "visits", "--home", shared_home)
    assert "is no statement of visits" in read_usage_error(ended)


def test_a_filter_by_an_unknown_volunteer_is_refused(shared_home: Path, save: Save) -> None:
    file = save(shared_home, "hours", "--as-of", THEN)
    asked = ("replay", "--as-of", THEN, "--against", file, "--volunteer", "V999", "--home", shared_home)
    assert read_usage_error(run_kiosk(*asked)) == (
        "there is no volunteer V999, and nobody who was erased since has a row of this file: check the number"
    )
