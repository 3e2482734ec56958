"""`kiosk apply`: a batch stops at the line that cannot be carried out, says why, and what came before it stays."""

import json
from pathlib import Path

import pytest

from kiosk.batch.source import LONGEST_LINE
from kiosk.home import Home
from tests.kiosk.conftest import ANNS_TOPICS, Apply, list_topics, read_head, read_refusal
from tests.support.kiosk_program import (
    ANNS_UNIT_LINES,
    ENROL_ANN,
    ISSUE_ANNS_CARD,
    OPEN_UNIT,
    SCHEDULE_ANNS_SHIFT,
    line,
    run_kiosk,
    run_kiosk_process,
)

REFUSED = "refused-commands.command-refused"
BEN_TAKES_IT = line("swap", "2026-11-18T09:00", shift="S1", to="V002", **{"from": "V001"})


# --- Stopping ---


def test_every_line_of_a_good_batch_is_carried_out(simulation: Path, apply: Apply) -> None:
    ended = apply(simulation, "# a day", "", *ANNS_UNIT_LINES)
    assert (ended.status, ended.out, ended.err) == (0, "4 lines carried out\n", "")
    assert list_topics(simulation) == ANNS_TOPICS


def test_a_refused_line_stops_the_batch_and_what_came_before_it_stays(simulation: Path, apply: Apply) -> None:
    ended = apply(simulation, OPEN_UNIT, "# the next is sent too early", BEN_TAKES_IT, ENROL_ANN)
    assert ended.status == 1
    assert read_refusal(ended, 3) == "there is no volunteer V001: check the number, or use enrol_volunteer first"
    assert list_topics(simulation) == ["unit.opened", REFUSED]


def test_an_unusable_line_stops_the_batch_and_leaves_nothing(simulation: Path, apply: Apply) -> None:
    ended = apply(simulation, OPEN_UNIT, {**ENROL_ANN, "modus": "event"}, ISSUE_ANNS_CARD)
    assert ended.status == 2
    assert read_refusal(ended, 2) == "enrol_volunteer: there is no field `modus`: did you mean `mode`?"
    assert list_topics(simulation) == ["unit.opened"]


def test_keep_going_reports_each_bad_line_and_goes_on(simulation: Path, apply: Apply) -> None:
    ended = apply(simulation, OPEN_UNIT, OPEN_UNIT, "nonsense", ENROL_ANN, options=("--keep-going",))
    assert ended.status == 2
    assert [text.split(":")[1] for text in ended.err.splitlines()] == ["2", "3"]
    assert list_topics(simulation) == ["unit.opened", REFUSED, "volunteer.enrolled"]


def test_keep_going_over_refusals_alone_ends_with_1(simulation: Path, apply: Apply) -> None:
    assert apply(simulation, OPEN_UNIT, OPEN_UNIT, ENROL_ANN, options=("--keep-going",)).status == 1


def test_the_same_batch_writes_the_same_log_in_two_simulations(tmp_path: Path, apply: Apply) -> None:
    lines = (
        *ANNS_UNIT_LINES,
        line("request_leave", "2026-11-02T09:00", volunteer="V001", shift="S1", reason="a wedding", by="林主任"),
        line("request_leave", "2026-11-02T09:00", volunteer="V001", shift="S1", reason="again", by="林主任"),
        line("withdraw_leave", "2026-11-03T09:00", volunteer="V001", shift="S1"),
        line("request_leave", "2026-11-04T09:00", volunteer="V001", shift="S1", reason="a funeral"),
        line("tap", card="04000000000001"),
    )
    heads: list[tuple[int, bytes]] = []
    for name in ("a", "b"):
        Home.make(tmp_path / name, simulation=True).close()
        apply(tmp_path / name, *lines, options=("--keep-going",))
        heads.append(read_head(tmp_path / name))
    assert heads[0] == heads[1]
    assert heads[0][0] > len(lines)


def test_a_policy_is_adopted_without_a_remark(simulation: Path, apply: Apply) -> None:
    adopted = line("adopt_policy", "2026-11-01T08:00", effective_from="2026-11-02", grace_minutes_in=5)
    assert apply(simulation, OPEN_UNIT, adopted).out == "2 lines carried out\n"


# --- Reading the file ---


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "day.jsonl: the file is empty"),
        (json.dumps(OPEN_UNIT, ensure_ascii=False).encode("big5"), "day.jsonl:1: byte 56 (0xb2) is not UTF-8"),
        ("{}".encode("utf-16"), "day.jsonl:1: byte 1 (0xff) is not UTF-8"),
        (b"\n" + b" " * 1_000_000 + b"{}", "day.jsonl:2: this line is longer than 262,144 bytes"),
        (b"\0\0", "day.jsonl:1: this line is not JSON"),
    ],
    ids=["empty", "Big5", "UTF-16", "a megabyte", "zeros"],
)
def test_a_file_that_is_no_batch_is_refused(simulation: Path, tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "day.jsonl").write_bytes(content)
    ended = run_kiosk("apply", tmp_path / "day.jsonl", "--home", simulation)
    assert (ended.status, ended.err.count("\n")) == (2, 1)
    assert sentence in ended.err
    assert list_topics(simulation) == []


@pytest.mark.parametrize(("name", "reason"), [("nowhere.jsonl", "No such file"), ("home", "Is a directory")])
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    simulation: Path, tmp_path: Path, name: str, reason: str
) -> None:
    ended = run_kiosk("apply", tmp_path / name, "--home", simulation)
    assert (ended.status, f"{name}: cannot be read ({reason}" in ended.first_error_line) == (2, True)


@pytest.mark.parametrize(("length", "status"), [(LONGEST_LINE, 0), (LONGEST_LINE + 1, 2)])
def test_a_line_may_be_long_but_not_longer(simulation: Path, apply: Apply, length: int, status: int) -> None:
    text = json.dumps(OPEN_UNIT)
    padded = text[:-1] + " " * (length - len(text) - 1) + "}"
    assert apply(simulation, padded, ENROL_ANN, options=("--keep-going",)).status == status
    assert list_topics(simulation)[-1] == "volunteer.enrolled"


def test_a_line_that_is_too_long_is_one_line(simulation: Path, apply: Apply) -> None:
    ended = apply(simulation, "x" * 1_000_000, "nonsense", OPEN_UNIT, options=("--keep-going",))
    assert [text.split(":")[1] for text in ended.err.splitlines()] == ["1", "2"]
    assert list_topics(simulation) == ["unit.opened"]


def test_a_batch_may_come_from_standard_input(simulation: Path) -> None:
    ended = run_kiosk_process("apply", "-", "--home", simulation, stdin=json.dumps(OPEN_UNIT).encode())
    assert (ended.status, ended.out) == (0, "1 line carried out\n")


# --- A dry run ---


def test_check_finds_unusable_and_refused_lines_and_changes_nothing(simulation: Path, apply: Apply) -> None:
    apply(simulation, OPEN_UNIT)
    before, files = read_head(simulation), sorted(simulation.iterdir())
    ended = apply(
        simulation,
        {**ENROL_ANN, "name": "王小明"},
        OPEN_UNIT,
        "nonsense",
        ISSUE_ANNS_CARD,
        options=("--check",),
    )
    assert (ended.status, ended.out) == (2, "2 lines can be carried out; nothing was changed\n")
    assert [text.split(":")[1] for text in ended.err.splitlines()] == ["2", "3"]
    assert (read_head(simulation), sorted(simulation.iterdir())) == (before, files)
    with Home.open(simulation) as home:
        assert home.people.find_id("V001") is None


def test_check_of_a_good_batch_ends_with_0(simulation: Path, apply: Apply) -> None:
    assert apply(simulation, *ANNS_UNIT_LINES, options=("--check",)).status == 0
    assert list_topics(simulation) == []


# --- Refusals ---


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (OPEN_UNIT, "the unit 清水戶政事務所 is open already"),
        (ENROL_ANN, "volunteer V001 is enrolled already"),
        ({**ISSUE_ANNS_CARD, "volunteer": "V002"}, "there is no volunteer V002"),
        (ISSUE_ANNS_CARD, "volunteer V001 holds this card: revoke it first"),
        (line("issue_card", volunteer="V001", card="08A2B3C4"), "the card A:…3C4 cannot be issued: This is a random"),
        (line("issue_card", volunteer="V001", card="88A2B3C4"), "the card A:…3C4 cannot be issued: The reader cut"),
        (line("revoke_card", card="04FFFFFFFFFFFF", reason="lost"), "this card was never issued"),
        (line("assign", shift="S9", volunteer="V001"), "there is no shift S9"),
        (line("assign", shift="S1", volunteer="V001"), "volunteer V001 is responsible for shift S1 already"),
        (SCHEDULE_ANNS_SHIFT, "S1 is on the roster already: choose another id, or change the one there is"),
        (line("cancel_shift", shift="S9", reason="storm"), "there is no shift S9"),
        (
            line("unassign", "2026-11-19T09:00", shift="S1", volunteer="V001"),
            "shift S1 started at 2026-11-19 09:00: from then on",
        ),
        (
            {**SCHEDULE_ANNS_SHIFT, "shift": "S2", "end": "2026-11-19T09:00"},
            "it would begin at 2026-11-19 09:00 and end at 2026-11-19 09:00",
        ),
        (
            line("void_visit", volunteer="V001", check_in="2026-11-19T09:00", reason="none", by="林主任"),
            "no visit of volunteer V001 begins at 2026-11-19 09:00",
        ),
        (
            line("reconcile", "2026-11-20T03:59:59", date="2026-11-19"),
            "the service day 2026-11-19 ends at 2026-11-20 04:00",
        ),
        (
            line("decide_exit", volunteer="V001", rule="R-050", decision="keep", reason="well", by="林主任"),
            "no case of R-050 about volunteer V001 waits",
        ),
        (
            line("tap", "2026-11-19T09:00", card="04000000000001", recorded_at="2026-11-19T08:59:59"),
            "2026-11-19 09:00 is later than 2026-11-19 08:59:59",
        ),
    ],
)
def test_a_refusal_by_a_rule_is_recorded_and_nothing_else_is(
    simulation: Path, apply: Apply, said: dict[str, object], sentence: str
) -> None:
    apply(simulation, *ANNS_UNIT_LINES)
    ended = apply(simulation, said)
    assert (ended.status, read_refusal(ended, 1).startswith(sentence)) == (1, True), ended.err
    assert list_topics(simulation) == [*ANNS_TOPICS, REFUSED]


def test_the_text_of_a_refused_command_is_not_kept(simulation: Path, apply: Apply) -> None:
    apply(simulation, *ANNS_UNIT_LINES)
    apply(simulation, line("revoke_card", card="04FFFFFFFFFFFF", reason="left on the bus"))
    assert not any(b"left on the bus" in file.read_bytes() for file in simulation.iterdir())


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (line("adopt_policy", effective_from="2026-01-01", debounce_seconds=-1), "debounce_seconds cannot have this"),
        (line("complete_training", volunteer="V001", kind="basic"), "a training has either `on`"),
        (line("complete_training", volunteer="V001", kind="special", on="2026-01-10"), "`category` is missing"),
        ({**BEN_TAKES_IT, "retroactive": True, "reason": "ill"}, "a retroactive swap says `by` whom"),
        ({**BEN_TAKES_IT, "retroactive": True, "by": "林主任"}, "a retroactive swap says `by` whom"),
        ({"do": "tap", "card": "04000000000001"}, "in a simulation every line says when it happened"),
        (line("import_calendar", year=2026, file="nowhere.csv"), "nowhere.csv: cannot be read (No such file"),
    ],
)
def test_a_line_that_fits_its_types_can_be_unusable_too(
    simulation: Path, apply: Apply, said: dict[str, object], sentence: str
) -> None:
    apply(simulation, *ANNS_UNIT_LINES)
    ended = apply(simulation, said)
    assert (ended.status, sentence in read_refusal(ended, 1)) == (2, True), ended.err
    assert list_topics(simulation) == ANNS_TOPICS
