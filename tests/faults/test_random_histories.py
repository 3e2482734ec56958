"""What holds of every history, whatever commands it is made of."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec
import pytest

from domain.spans import Second, second
from kiosk.batch.commands import COMMANDS
from kiosk.batch.run import run_batch
from kiosk.batch.source import RawLine
from kiosk.home import Home
from kiosk.home_files import VIEWS_FILE
from kiosk.statements.replay import compare_past_with_live
from kiosk.statements.statements import Statements
from projections.engine.rebuild import replay
from projections.read_models.day_filter import EVERYTHING
from projections.read_models.explanation import Explanation, explain
from tests.faults.killed_apply import KILLED, apply_until
from tests.faults.result_table import FAULT_RESULTS, LONG, FaultResult
from tests.kiosk.conftest import read_head
from tests.support.history_sums import (
    Answers,
    assert_absences_are_duties,
    assert_days_are_explained,
    assert_months_are_spans_of_days,
    assert_no_more_than_presence,
    assert_sums,
    assert_tiled,
)
from tests.support.kiosk_program import run_kiosk, write_batch
from tests.support.random_history import BatchLine, complete_line, generate_history
from tests.support.random_history_acts import VISIT_COMMANDS

HISTORIES = 500 if LONG else 3
BLOCK = 5 if LONG else 3
"""Histories a test."""
INSTANTS_ASKED = 30 if LONG else 6
"""Recorded instants of a history as of which is asked."""
BEFORE_ROSTER_WAS_PUT_RIGHT = -3
"""Among the recorded instants: little else that came later hides what follows from those changes."""
REAL_HOMES_ONLY = {"confirm_clock"}


def test_the_histories_use_every_command() -> None:
    used = {said["do"] for seed in range(max(HISTORIES, 20)) for said in generate_history(seed)}
    assert used == COMMANDS.keys() - REAL_HOMES_ONLY


# --- Histories that were lived, and what is asked of them ---


class LivedHistory(NamedTuple):
    """A history that was carried out line by line."""

    seed: int
    is_generous: bool
    """Whether policies of it credit more than presence."""
    lines: Sequence[BatchLine]
    home: Path
    positions: list[int]
    """Where the log ended after each line."""
    answers: dict[Second, Answers]
    """What was answered at the end of each recorded second, from the log as it was then."""

    @property
    def last_answers(self) -> Answers:
        """What was answered at the end."""
        return self.answers[max(self.answers)]


@pytest.fixture(scope="module", params=range(0, HISTORIES, BLOCK), ids=lambda first: f"from seed {first}")
def histories(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[LivedHistory]]:
    """A block of histories."""
    folder = tmp_path_factory.mktemp("histories")
    yield [live(folder / f"{seed}", seed) for seed in range(request.param, request.param + BLOCK)]
    shutil.rmtree(folder)


def live(home: Path, seed: int) -> LivedHistory:
    is_generous = seed % 2 == 1
    lived = LivedHistory(seed, is_generous, generate_history(seed, is_generous=is_generous), home, [], {})
    with Home.make(home, simulation=True) as opened:
        for said in lived.lines:
            complete_line(said, lived.positions, lambda: Statements.now(opened).list_pending(EVERYTHING))
            (_,) = run_batch(opened, [RawLine(1, msgspec.json.encode(said))], home)
            lived.answers[second(opened.log.find_last_recorded())] = ask(Statements.now(opened))
            lived.positions.append(opened.log.head().position)
    return lived


def ask(statements: Statements) -> Answers:
    """Everything that a home answers."""
    groups = ("", "month", "category", "month category")
    return {
        "visits": statements.list_visits(EVERYTHING),
        "duties": statements.list_duties(EVERYTHING),
        "absences": statements.list_absences(EVERYTHING),
        "exits": statements.list_exits(EVERYTHING),
        "pending": [{**row, "events": len(row["events"])} for row in statements.list_pending(EVERYTHING)],
        "presence": statements.list_present(),
        **{f"hours {by}".strip(): statements.list_hours(EVERYTHING, frozenset(by.split())) for by in groups},
    }


def ask_home(path: Path) -> Answers:
    with Home.open(path) as home:
        return ask(Statements.now(home))


def apply_batches(home: Path, *batches: Sequence[BatchLine]) -> Path:
    """A new home in which the program has carried these batches out."""
    Home.make(home, simulation=True).close()
    for lines in batches:
        batch = write_batch(home.with_suffix(".jsonl"), *lines)
        assert run_kiosk("apply", "--keep-going", batch, "--home", home).status < 2
    return home


# --- The same from the whole log as from the part that there was ---


def test_as_of_every_recorded_instant_a_home_answers_as_it_did_then(histories: list[LivedHistory]) -> None:
    for lived in histories:
        chosen = Random(lived.seed).sample([*lived.answers], INSTANTS_ASKED)  # noqa: S311 - replayable
        with Home.open(lived.home) as home:
            live = Statements.catch_up_live(home)
            for instant in chosen:
                for over in (None, live):
                    with Statements.as_of(home, instant, live=over) as statements:
                        where = lived.seed, statements.format_local(instant), over
                        assert ask(statements) == lived.answers[instant], where
    note("random history as of its instants", len(histories) * INSTANTS_ASKED)


def test_views_that_are_rebuilt_or_deleted_answer_the_same(histories: list[LivedHistory]) -> None:
    for lived in histories:
        with Home.open(lived.home) as home:
            statements = Statements.now(home)
            assert replay(home.log, statements.views).differences == [], lived.seed
        for file in lived.home.glob(f"{VIEWS_FILE}*"):
            file.unlink()
        assert ask_home(lived.home) == lived.last_answers, lived.seed
    note("random history with its views deleted", len(histories))


# --- The same log, however the batch was run ---


def test_two_halves_of_a_batch_are_one(histories: list[LivedHistory], tmp_path: Path) -> None:
    for lived in histories:
        middle = Random(lived.seed).randrange(1, len(lived.lines))  # noqa: S311 - replayable
        home = apply_batches(tmp_path / f"{lived.seed}", lived.lines[:middle], lived.lines[middle:])
        assert read_head(home) == read_head(lived.home), lived.seed
    note("random history as two batches", len(histories))


def test_a_batch_that_is_killed_and_goes_on_ends_at_the_same_head(
    histories: list[LivedHistory], tmp_path: Path
) -> None:
    for lived in histories:
        batch, home = write_batch(tmp_path / "batch.jsonl", *lived.lines), tmp_path / f"{lived.seed}"
        Home.make(home, simulation=True).close()
        fatal = Random(lived.seed).randrange(1, 8 * len(lived.lines))  # noqa: S311 - replayable
        assert apply_until(fatal, batch, home, "--keep-going") == KILLED
        ended, _ = read_head(home)
        left = (number for number, position in enumerate(lived.positions, 1) if position > ended)
        if number := next(left, None):
            run_kiosk("apply", "--keep-going", "--from-line", str(number), batch, "--home", home)
        assert read_head(home) == read_head(lived.home), (lived.seed, fatal, number)
    note("kill -9 in a random history", len(histories))


def test_the_order_in_which_taps_arrive_changes_nothing(histories: list[LivedHistory], tmp_path: Path) -> None:
    for lived in histories:
        in_time, late = deliver_taps_late(lived.lines, lived.seed)
        homes = apply_batches(tmp_path / f"{lived.seed}", in_time), apply_batches(tmp_path / f"late{lived.seed}", late)
        assert ask_home(homes[0]) == ask_home(homes[1]), lived.seed
    note("random history whose taps arrive in any order", len(histories))


DEPENDENT_ON_VISITS = frozenset({*VISIT_COMMANDS, "retract", "acknowledge", "reconcile", "decide_exit", "counsel"})
DECIDED_AT_THE_DOOR = frozenset({"suspend", "resume", "end_agreement", "renew_agreement"})
"""Who is suspended while in may leave, but may not come: which of the two a tap is, the door decides as it arrives."""


def deliver_taps_late(lines: Sequence[BatchLine], seed: int) -> tuple[list[BatchLine], list[BatchLine]]:
    """The history with each tap in its time, and with all at its end in any order; without what depends on that."""
    kept = [dict(said) for said in lines if said["do"] not in DEPENDENT_ON_VISITS | DECIDED_AT_THE_DOOR]
    for said in kept:
        said.pop("recorded_at", None)
    *others, last = sorted(kept, key=lambda said: said["at"])
    taps = [said for said in others if said["do"] == "tap"]
    Random(seed).shuffle(taps)  # noqa: S311 - the same seed gives the same order
    first = datetime.fromisoformat(last["at"]) - timedelta(seconds=len(taps))
    late = [{**said, "recorded_at": (first + timedelta(seconds=n)).isoformat()} for n, said in enumerate(taps)]
    return [*others, last], [*(said for said in others if said["do"] != "tap"), *late, last]


# --- Parts add up to the whole ---


def test_what_changed_since_an_instant_follows_from_an_event_since(histories: list[LivedHistory]) -> None:
    """R-126: no row differs today from what was on record then without one that bears on it."""
    for lived in histories:
        with Home.open(lived.home) as home:
            instants = [*lived.answers]
            chosen = Random(lived.seed).sample(instants, INSTANTS_ASKED)  # noqa: S311 - replayable
            for instant in (*chosen, instants[BEFORE_ROSTER_WAS_PUT_RIGHT]):
                found = compare_past_with_live(home, instant, lambda _: None)
                assert found["differences"] == [], (lived.seed, found["as_of"])


def test_every_minute_is_explained_and_counts_once(histories: list[LivedHistory]) -> None:
    for lived in histories:
        with Home.open(lived.home) as home:
            days = list(explain_days(home))
            for number, found in days:
                for visit in found.visits:
                    assert_tiled(visit, (lived.seed, number, found.date))
            assert_sums(lived.last_answers, days, lived.seed)
            assert_days_are_explained(home, days, lived.seed)
            assert_months_are_spans_of_days(home, lived.last_answers["hours month"], lived.seed)
        assert_absences_are_duties(lived.last_answers, lived.seed)
        if not lived.is_generous:
            assert_no_more_than_presence(lived.last_answers, days, lived.seed)
    note("random history summed up", len(histories))


def explain_days(home: Home) -> Iterator[tuple[str, Explanation]]:
    """Every day of every volunteer on which a visit began or a duty was."""
    statements = Statements.now(home)
    rows = [*statements.list_visits(EVERYTHING), *statements.list_duties(EVERYTHING)]
    for number, day in sorted({(row["volunteer"], row["date"]) for row in rows}):
        volunteer = home.people.find_id(number)
        key = volunteer and statements.views.find_key(volunteer)
        assert key is not None
        yield number, explain(statements.views, key, date.fromisoformat(day))


def note(what: str, tried: int) -> None:
    """One row for all blocks."""
    row = next((row for row in FAULT_RESULTS if row.what == what), None)
    if row is None:
        FAULT_RESULTS.append(row := FaultResult(what, 0, 0, 0))
    row.faults += tried
