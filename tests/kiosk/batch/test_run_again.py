"""A batch that stopped, or was killed, is run again: what was carried out is not carried out twice."""

import json
import shlex
import signal
import subprocess
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest

from kiosk.batch.commands import COMMANDS
from kiosk.batch.fields import BirthDate, PersonName
from kiosk.batch.run import UNHASHED_FIELDS
from kiosk.home import Home
from tests.kiosk.conftest import ANNS_TOPICS, Apply, list_topics, read_head, read_refusal
from tests.support.kiosk_program import (
    ANNS_UNIT_LINES,
    ENROL_ANN,
    ISSUE_ANNS_CARD,
    KIOSK,
    OPEN_UNIT,
    line,
    run_kiosk,
    run_kiosk_process,
    write_batch,
)
from tests.support.waiting import wait_until

BatchLine = dict[str, Any]
DONE, REFUSED = "batch-line.carried-out", "refused-commands.command-refused"
CARD = "04000000000001"
ARRIVAL = line("tap", "2026-11-19T08:55", card=CARD, key="t1")
DEPARTURE = line("tap", "2026-11-19T12:01", card=CARD, key="t2")
ASSIGN_BEN = line("assign", "2026-11-02T08:00", shift="S1", volunteer="V002")
ENROL_BEN = {**ENROL_ANN, "volunteer": "V002", "at": "2026-11-01T09:00"}


def ask(home: Path, *words: str) -> list[BatchLine]:
    return json.loads(run_kiosk(*words, "--format", "json", "--home", home).out)


# --- From a line on ---


def test_a_batch_that_stopped_says_with_which_command_it_goes_on(
    simulation: Path, tmp_path: Path, apply: Apply
) -> None:
    month = write_batch(tmp_path / "the month.jsonl", *ANNS_UNIT_LINES, "# Ben is missing", ASSIGN_BEN, ARRIVAL)
    ended = run_kiosk("apply", month, "--home", simulation)
    assert (ended.status, "month.jsonl:6: there is no volunteer V002" in ended.first_error_line) == (1, True)
    command = ended.err.splitlines()[-1]
    assert command == f"kiosk apply --home {simulation} --from-line 6 '{month}'"
    apply(simulation, ENROL_BEN)
    again = run_kiosk(*shlex.split(command)[1:])
    assert (again.status, again.out, again.err) == (0, "2 lines carried out\n", "")
    assert list_topics(simulation)[-3:] == ["shift.assigned", "attendance.checked-in", DONE]


def test_a_batch_that_stopped_at_its_first_line_is_run_again_as_it_was(simulation: Path, apply: Apply) -> None:
    assert "go on with" not in apply(simulation, ASSIGN_BEN).err


@pytest.mark.parametrize(("first", "status"), [("4", 0), ("5", 2), ("0", 2)])
def test_there_must_be_a_line_to_begin_with(simulation: Path, apply: Apply, first: str, status: int) -> None:
    apply(simulation, *ANNS_UNIT_LINES[:3])
    assert apply(simulation, *ANNS_UNIT_LINES, options=("--from-line", first)).status == status


def test_lines_before_the_first_are_not_even_read(simulation: Path, apply: Apply) -> None:
    ended = apply(simulation, "nonsense", OPEN_UNIT, options=("--from-line", "2"))
    assert (ended.status, ended.out) == (0, "1 line carried out\n")


def test_ctrl_c_lets_a_line_be_carried_out_and_says_with_which_one_to_go_on(simulation: Path) -> None:
    lines = [json.dumps(said) + "\n" for said in (*ANNS_UNIT_LINES, ARRIVAL, DEPARTURE)]
    command = [KIOSK, "apply", "-", "--home", simulation]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) as process:
        assert process.stdin
        process.stdin.write("".join(lines[:4]))
        process.stdin.flush()
        wait_until(lambda: list_topics(simulation) == ANNS_TOPICS, lambda: "four lines were not carried out")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate("".join(lines[4:]))
    again = f"kiosk apply --home {simulation} --from-line 5 -"
    assert (process.returncode, out) == (130, "4 lines carried out\n")
    assert err == f"kiosk: interrupted before line 5; go on with\n{again}\n"
    ended = run_kiosk_process(*shlex.split(again)[1:], stdin="".join(lines).encode())
    assert (ended.status, ended.out) == (0, "2 lines carried out\n")
    assert len(ask(simulation, "visits")) == 1


# --- Lines with a key ---


def test_a_line_with_a_key_is_carried_out_once(simulation: Path, apply: Apply) -> None:
    apply(simulation, *ANNS_UNIT_LINES, ARRIVAL, DEPARTURE)
    before = read_head(simulation)
    ended = apply(simulation, ARRIVAL, DEPARTURE)
    assert (ended.status, ended.err, read_head(simulation)) == (0, "", before)
    assert ended.out.splitlines()[0].endswith("day.jsonl:1: carried out already")
    assert ended.out.splitlines()[2:] == ["0 lines carried out", "2 had been carried out already"]


def test_a_whole_batch_with_keys_may_be_run_as_often_as_one_likes(simulation: Path, apply: Apply) -> None:
    keyed = [{**said, "key": f"line {n}"} for n, said in enumerate(ANNS_UNIT_LINES)]
    keyed += [ARRIVAL, DEPARTURE, line("reconcile", "2026-11-20T05:00", date="2026-11-19", key="night")]
    assert apply(simulation, *keyed).status == 0
    before, visits = read_head(simulation), ask(simulation, "visits")
    assert apply(simulation, *keyed).status == 0
    assert (read_head(simulation), ask(simulation, "visits")) == (before, visits)
    assert len(visits) == 1


def test_without_a_key_the_same_tap_is_another_tap(simulation: Path, apply: Apply) -> None:
    apply(simulation, *ANNS_UNIT_LINES)
    for _ in range(2):
        apply(simulation, line("tap", "2026-11-19T08:55", card=CARD))
    assert list_topics(simulation) == [*ANNS_TOPICS, "attendance.checked-in", "attendance.tap-repeated"]


def test_the_key_is_recorded_with_what_the_line_does(simulation: Path, apply: Apply) -> None:
    apply(simulation, OPEN_UNIT, {**ENROL_ANN, "key": "a"}, {**ISSUE_ANNS_CARD, "key": "b"})
    assert list_topics(simulation) == ["unit.opened", "volunteer.enrolled", DONE, "card.issued", DONE]


def test_a_line_that_was_refused_is_tried_again(simulation: Path, apply: Apply) -> None:
    keyed = {**ASSIGN_BEN, "key": "ben"}
    assert apply(simulation, *ANNS_UNIT_LINES, keyed).status == 1
    assert list_topics(simulation)[-1] == REFUSED
    assert apply(simulation, ENROL_BEN, keyed).status == 0
    assert list_topics(simulation)[-2:] == ["shift.assigned", DONE]


def test_a_tap_that_the_door_refused_was_carried_out(simulation: Path, apply: Apply) -> None:
    nobody = line("tap", card="04999999999999", key="t")
    apply(simulation, *ANNS_UNIT_LINES, nobody)
    assert apply(simulation, nobody).out.splitlines()[-1] == "1 had been carried out already"


@pytest.mark.parametrize("other", [{"at": "2026-11-19T08:56"}, {"direction": "in"}, {"card": "04000000000002"}])
def test_another_line_is_not_taken_for_the_one_with_its_key(
    simulation: Path, apply: Apply, other: dict[str, str]
) -> None:
    apply(simulation, *ANNS_UNIT_LINES, ARRIVAL)
    before = read_head(simulation)
    ended = apply(simulation, {**ARRIVAL, **other})
    assert (ended.status, read_head(simulation)) == (2, before)
    assert read_refusal(ended, 1).startswith("another line with this `key` was carried out already")


def test_a_line_is_the_same_in_whatever_order_its_fields_stand(simulation: Path, apply: Apply) -> None:
    apply(simulation, *ANNS_UNIT_LINES, ARRIVAL)
    assert apply(simulation, dict(reversed(ARRIVAL.items()))).status == 0


def test_the_log_holds_neither_the_key_nor_what_the_line_says_of_a_person(simulation: Path, apply: Apply) -> None:
    enrolment = {**ENROL_ANN, "name": "陳美玉", "birth_date": "1950-01-02", "key": "mei-yu"}
    apply(simulation, OPEN_UNIT, enrolment)
    assert b"mei-yu" not in (simulation / "log.db").read_bytes()
    assert apply(simulation, {**enrolment, "name": "陳美珠"}).out.splitlines()[-1] == "1 had been carried out already"


def test_no_field_with_personal_data_or_free_text_is_hashed() -> None:
    personal = {
        name
        for command in COMMANDS.values()
        for name, kind in command.__annotations__.items()
        if any(personal in str(kind) for personal in ("max_length=2000", PersonName.__name__, BirthDate.__name__))
    }
    assert personal == {"name", "birth_date", "notes", "reason", "certificate", "policy", "chair", "document"}
    assert personal <= UNHASHED_FIELDS


def test_a_dry_run_records_no_key(simulation: Path, apply: Apply) -> None:
    apply(simulation, *ANNS_UNIT_LINES)
    for _ in range(2):
        assert (
            apply(simulation, ARRIVAL, options=("--check",)).out == "1 line can be carried out; nothing was changed\n"
        )


# --- Killed between the people store and the log ---


def test_a_reason_that_a_killed_line_has_left_changes_nothing_of_what_comes_after(tmp_path: Path, apply: Apply) -> None:
    leave = line("request_leave", "2026-11-02T09:00", volunteer="V001", shift="S1", reason="a wedding")
    heads: list[tuple[int, bytes]] = []
    for name in ("whole", "killed"):
        home = tmp_path / name
        Home.make(home, simulation=True).close()
        apply(home, *ANNS_UNIT_LINES)
        if name == "killed":
            with Home.open(home) as opened, opened.log.writing():
                opened.people.keep_note("a wedding", opened.log.next_position())
        assert apply(home, leave).status == 0
        heads.append(read_head(home))
    assert heads[0] == heads[1]
    assert run_kiosk("verify", "--home", tmp_path / "killed").status == 0
