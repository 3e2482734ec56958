"""A batch that is killed, kill -9, at any statement or at any instant, and run again ends at the same head.

A line is done whole or not at all. Only `reconcile` takes a transaction a day, and run again it goes on.
"""

import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random
from subprocess import TimeoutExpired
from typing import Any, NamedTuple

from kiosk.batch.commands import COMMANDS
from kiosk.home import Home
from kiosk.people.volunteers import Details
from tests.faults.killed_apply import KILLED, apply_until, trace_changes
from tests.faults.result_table import FAULT_RESULTS, LONG, FaultResult
from tests.kiosk.conftest import read_head
from tests.support.builders import ANN, BEN, CAT, COORDINATOR, FOUR_DAYS, BatchLine, coordinator_line, shift, tap
from tests.support.forked_process import ForkedProcess
from tests.support.kiosk_program import KIOSK, line, run_kiosk, write_batch

SEED = 20261119
LINES_TRIED, STATEMENTS_TRIED = 5, 8
"""Lines that are killed, and statements before which, of all these lines together; in a long run all there are."""
KILLS = 300 if LONG else 1
LONGEST_LIFE = 0.6
"""Seconds of the first run of a batch at most, about as long as it takes."""

ADDED = 73
"""The position of the event of the visit that is added below."""
BENS_ASSIGNMENT = 24
"""The position of the event that made Ben responsible for S4, from which he is absent."""
NEW_CARD = "04000000000009"
NEW_YEAR = "2026-01-01"
SINCE = {"from": NEW_YEAR}
OFFICE = {"by": COORDINATOR, "authority": "民政局"}
YEAR = {"from": "2025-01-01", "to": "2025-12-31"}


def award_line(do: str, **fields: Any) -> BatchLine:
    """An entry about awards, with a document."""
    return line(do, "2026-11-21T13:09", by="林主任", document="a paper", **fields)


EVERY_COMMAND = (
    *FOUR_DAYS,
    line("import_calendar", "2026-11-20T10:00", year=2026),
    shift("S6", "11-24", ANN),
    shift("S7", "11-25", BEN),
    shift("S8", "11-26", BEN, ANN),
    shift("S9", "12-01", BEN),
    line("swap", "2026-11-20T11:00", shift="S6", to=BEN, return_shift="S7", reason="a wedding", **{"from": ANN}),
    coordinator_line("swap", "11-20 11:01", shift="S7", to=CAT, **{"from": ANN}),
    line("unassign", "2026-11-20T11:05", shift="S8", volunteer=BEN),
    line("assign", "2026-11-20T11:06", shift="S8", volunteer=CAT),
    line("change_shift", "2026-11-20T11:07", shift="S8", start="2026-11-26T13:00", end="2026-11-26T16:00"),
    line("request_leave", "2026-11-20T11:08", shift="S8", volunteer=ANN, reason="a journey"),
    line("withdraw_leave", "2026-11-20T11:09", shift="S8", volunteer=ANN),
    line("cancel_shift", "2026-11-20T11:10", shift="S8", reason="a typhoon"),
    line("schedule_event", "2026-11-20T11:11", event="E1", start="2026-11-21T09:00", end="2026-11-21T12:00"),
    line("issue_card", "2026-11-20T11:12", volunteer=CAT, card=NEW_CARD),
    line("revoke_card", "2026-11-20T11:13", card=NEW_CARD, reason="lost"),
    tap(CAT, "11-21 09:00"),
    tap(CAT, "11-21 12:00"),
    coordinator_line("annotate_misuse", "11-21 13:00", volunteer=CAT, check_in="2026-11-21T09:00", kind="lent"),
    coordinator_line(
        "add_visit", "11-21 13:05", volunteer=BEN, check_in="2026-11-21T09:00", check_out="2026-11-21T11:00"
    ),
    coordinator_line("retract", "11-21 13:06", event=ADDED),
    coordinator_line("acknowledge", "11-21 13:07", kind="absent", volunteer=BEN, events=[BENS_ASSIGNMENT]),
    coordinator_line("report_misconduct", "11-21 13:08", volunteer=BEN, on="2026-11-20"),
    coordinator_line("counsel", "11-21 13:08", volunteer=BEN, rule="R-054"),
    coordinator_line("record_drill", "11-21 13:09", accounted=[BEN], missing=[CAT]),
    line("describe_duty", "2026-11-21T13:09", by=COORDINATOR, shift="S1", item="0130", content="0028"),
    line("describe_post", "2026-11-21T13:09", by=COORDINATOR, post="desk", item="0130", content=None, **SINCE),
    line("record_served_count", "2026-11-21T13:09", by=COORDINATOR, on="2026-11-21", count=150),
    line(
        "book_tour",
        "2026-11-21T13:09",
        by=COORDINATOR,
        booking="T1",
        guide=BEN,
        start="2026-11-28T10:00",
        end="2026-11-28T11:00",
        group_size=35,
    ),
    line(
        "file_plan",
        "2026-11-21T13:09",
        by=COORDINATOR,
        plan="P1",
        authority="局",
        valid_from=NEW_YEAR,
        valid_to="2026-12-31",
    ),
    line(
        "report_results", "2026-11-21T13:09", by=COORDINATOR, to="2026-06-30", on="2026-07-01", authority="局", **SINCE
    ),
    coordinator_line("terminate_plan", "11-21 13:09", plan="P1", on="2026-12-01"),
    line("elect_leader", "2026-11-21T13:09", by=COORDINATOR, volunteer=BEN, role="leader", **SINCE),
    coordinator_line("end_leader_term", "11-21 13:09", role="leader", on="2026-11-30", **SINCE),
    coordinator_line("withdraw_election", "11-21 13:09", role="leader", **SINCE),
    line(
        "schedule_session",
        "2026-11-21T13:09",
        session="M1",
        kind="training",
        title="在職訓練",
        training="in_service",
        start="2026-11-20T10:00",
        end="2026-11-20T11:00",
        chair="the head",
    ),
    line("schedule_desk_session", "2026-11-21T13:09", post="desk", start="2026-12-02T09:00", end="2026-12-02T12:00"),
    line("cancel_desk_session", "2026-11-21T13:09", post="desk", start="2026-12-02T09:00", reason="nobody comes"),
    coordinator_line("add_session_attendance", "11-21 13:09", session="M1", volunteer=BEN),
    line("complete_session_training", "2026-11-21T13:09", session="M1"),
    line("cancel_session", "2026-11-21T13:09", session="M1", reason="wrong day"),
    award_line("grant_award", volunteer=BEN, award="honor-card", on="2026-11-20"),
    award_line("grant_team_award", award="labour-team", on="2026-11-20"),
    award_line(
        "grant_honor_card",
        volunteer=BEN,
        approved_on="2026-11-20",
        expires_on="2029-11-20",
        counted_through="2026-11-20",
    ),
    award_line(
        "issue_performance_certificate",
        volunteer=BEN,
        applied_on="2026-11-19",
        issued_on="2026-11-20",
        minutes=60,
        **YEAR,
    ),
    award_line("attest_hours", volunteer=BEN, hours=60, **YEAR),
    award_line("attest_seniority", volunteer=BEN, **YEAR),
    award_line("attest_condition", volunteer=BEN, award="golden-diamond", condition="innovation"),
    award_line("attest_family", family="F1", members=[BEN, CAT]),
    award_line("attest_team", established_on="2020-01-01"),
    line("suspend", "2026-11-21T13:10", volunteer=CAT, **{"from": "2026-11-22"}),
    line("resume", "2026-11-21T13:11", volunteer=CAT, on="2026-11-25"),
    line("end_agreement", "2026-11-21T13:12", volunteer=BEN, on="2026-11-30", reason="moves away"),
    line("renew_agreement", "2026-11-21T13:13", volunteer=BEN, agreement_from="2026-12-01"),
    line("register_record_book", "2026-11-21T13:13", volunteer=BEN, number="110-0042"),
    line("reissue_record_book", "2026-11-21T13:13", volunteer=BEN, number="115-0007", why="lost"),
    line("apply_for_record_book", "2026-11-21T13:13", volunteer=CAT),
    line("draw_spot_check", "2026-11-21T13:13", by=COORDINATOR, size=2, seed=7),
    coordinator_line("record_spot_check", "11-21 13:13", number=1, matching=1),
    coordinator_line("state_book_custody", "11-21 13:13", volunteer=BEN, with_volunteer=True),
    line("issue_badge", "2026-11-21T13:13", volunteer=BEN, number="115-01"),
    line("take_back_badge", "2026-11-21T13:13", volunteer=BEN, reason="lost"),
    line("enrol_insurance", "2026-11-21T13:13", volunteers=[BEN, CAT], policy="115", **{"from": "2026-11-22"}),
    line("end_insurance", "2026-11-21T13:13", volunteer=BEN, on="2026-11-30"),
    coordinator_line("change_person", "11-21 13:14", volunteer=BEN, name="陳大文", telephone="04-2627"),
    line("reconcile", "2026-11-27T04:30", date="2026-11-26"),
    line("request_leave", "2026-11-27T09:00", shift="S9", volunteer=BEN, reason="after the last night"),
    coordinator_line("close_month", "12-01 09:00", month="2026-11"),
    line("enter_record_books", "2026-12-01T09:01", month="2026-11", by=COORDINATOR),
)
REFUSED = (
    coordinator_line("void_visit", "11-27 09:00", volunteer=ANN, check_in="2026-11-01T09:00"),
    coordinator_line("correct_clock", "11-27 09:01", kiosk="entrance", boot="never", seconds=60),
    line("reconcile", "2026-11-27T09:02", date="2026-11-27"),
    coordinator_line("settle_kiosk_alarm", "11-27 09:03", kiosk="north"),
    coordinator_line("revoke_kiosk", "11-27 09:04", kiosk="north"),
)
REAL_HOMES_ONLY = {"confirm_clock"}


class KilledLine(NamedTuple):
    """A line that is killed before a statement."""

    line: BatchLine
    before: Path
    """A home in which the lines before it were carried out."""
    after: Path
    """The same once it was carried out too."""
    statement: int


def test_every_command_is_killed() -> None:
    assert {said["do"] for said in (*EVERY_COMMAND, *REFUSED)} == COMMANDS.keys() - REAL_HOMES_ONLY


def test_a_line_that_is_killed_at_any_statement_is_done_whole_or_not_at_all(tmp_path: Path) -> None:
    lines = (*EVERY_COMMAND, *REFUSED)
    killed_lines = range(len(lines)) if LONG else Random(SEED).sample(range(len(lines)), LINES_TRIED)  # noqa: S311 - replayable
    tried = list(list_statements(tmp_path, killed_lines))
    the_end = tried.pop()  # behind its commit, so that at least one line has been carried out
    chosen = [*(tried if LONG else Random(SEED).sample(tried, STATEMENTS_TRIED - 1)), the_end]  # noqa: S311 - replayable
    done = sum(is_carried_out_after_kill(killed, tmp_path) for killed in chosen)
    FAULT_RESULTS.append(
        FaultResult("kill -9 at a statement of a batch line", len(chosen), 0, 0, f"{done} lines had been carried out")
    )
    assert 0 < done < len(chosen)


def list_statements(folder: Path, killed_lines: Collection[int]) -> Iterator[KilledLine]:
    """Every statement of these lines, and its end; the homes before and after each of them stay in the folder."""
    home = make_home(folder / "start")
    for number, said in enumerate((*EVERY_COMMAND, *REFUSED)):
        before = home
        if number in killed_lines or number - 1 in killed_lines:  # the home after a killed line stays as it is
            home = Path(shutil.copytree(before, folder / f"{number:03}"))
        batch = write_batch(folder / "line.jsonl", said)
        if number in killed_lines:
            statements = count_statements(batch, before, folder)
            yield from (KilledLine(said, before, home, n) for n in range(1, statements + 2))
        status = run_kiosk("apply", batch, "--home", home).status
        assert status == (said in REFUSED), said


def count_statements(batch: Path, home: Path, folder: Path) -> int:
    """How many statements of the batch change a database."""
    copy, statements, connect = Path(shutil.copytree(home, folder / "counted")), count(), sqlite3.connect
    try:
        trace_changes(lambda: next(statements) and None)
        run_kiosk("apply", batch, "--home", copy)
    finally:
        sqlite3.connect = connect
    shutil.rmtree(copy)
    return next(statements)


def is_carried_out_after_kill(killed: KilledLine, folder: Path) -> bool:
    """Whether the kill came after the commit. If not, the line is run again, and has then been carried out once."""
    home = Path(shutil.copytree(killed.before, folder / "killed"))
    batch = write_batch(folder / "line.jsonl", killed.line)
    assert apply_until(killed.statement, batch, home) == KILLED
    head, before, after = read_head(home), read_head(killed.before), read_head(killed.after)
    assert head in (before, after) or killed.line["do"] == "reconcile", killed
    if head != after:
        run_kiosk("apply", batch, "--home", home)
    assert read_head(home) == after, killed
    assert read_notes(home) == read_notes(killed.after), killed
    assert read_details(home) == read_details(killed.after), killed
    shutil.rmtree(home)
    return head == after


def read_notes(home: Path) -> list[tuple[str, str]]:
    """The texts that events name, and no others."""
    with closing(sqlite3.connect(home / "people.db")) as people:
        return people.execute("SELECT id, text FROM notes ORDER BY id").fetchall()


def read_details(home: Path) -> list[Details]:
    """What is kept of everybody, as the next program finds it."""
    with Home.open(home) as opened:
        return [opened.people.load_details(one) for one in opened.people.load_numbers()]


def make_home(path: Path) -> Path:
    Home.make(path, simulation=True).close()
    return path


# --- At any instant, the installed program ---


def test_a_batch_with_keys_that_is_killed_again_and_again_ends_at_the_same_head(tmp_path: Path) -> None:
    lines = (said for said in EVERY_COMMAND if not said.keys() & {"event", "events"})  # keys move positions
    batch = write_batch(tmp_path / "batch.jsonl", *({**said, "key": f"{n}"} for n, said in enumerate(lines)))
    whole = make_home(tmp_path / "whole")
    assert run_kiosk("apply", batch, "--home", whole).status == 0
    chance, kills, homes = Random(SEED), 0, 0  # noqa: S311 - replayable
    while kills < KILLS:
        home = make_home(tmp_path / f"home{homes}")
        longest = LONGEST_LIFE
        while kill_after(chance.uniform(longest / 3, longest), batch, home):
            kills, longest = kills + 1, longest * 1.1  # a machine may be so slow that none of them would come to an end
        assert (read_head(home), read_notes(home)) == (read_head(whole), read_notes(whole))
        shutil.rmtree(home)
        homes += 1
    FAULT_RESULTS.append(FaultResult("kill -9 at an instant of a batch with keys", kills, 0, 0, f"{homes} batches"))


def kill_after(seconds: float, batch: Path, home: Path) -> bool:
    """Whether it was killed before it ended."""
    command, errors = [str(KIOSK), "apply", str(batch), "--home", str(home)], batch.with_name("errors")
    with Path(os.devnull).open("r+b") as nothing, errors.open("wb") as said:
        process = ForkedProcess(command, (nothing.fileno(), nothing.fileno(), said.fileno()), os.environ)
    try:
        process.wait(seconds)
    except TimeoutExpired:
        process.kill()
        process.wait()
        return True
    assert (process.wait(), errors.read_text(encoding="utf-8")) == (0, "")
    return False
