"""Events that are JSON and not what the program wrote: each is left out and named, and no command ends by an error."""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
import pytest
from eventsourcing.domain import AggregateCreated

from domain.ids import unit_stream
from domain.log.event_log import EventLog
from domain.log.registered_names import STREAMS
from domain.log.row_walk import walk_rows
from kiosk.home import Home
from kiosk.roster.source import HomeRosterSource
from tests.faults.result_table import LONG
from tests.support.every_event import make_every_event
from tests.support.kiosk_program import run_kiosk
from tests.support.tampering import chain_again, open_unguarded
from tests.support.undecodable_events import insert_undecodable

DAMAGES: tuple[Any, ...] = (
    *(None, "", [], {}, True, 7, -1, 10**30, 1e300),
    *("x", ["x"], {"x": 1}, [None], [{}], {"kind": None}),
    *("0001-01-01", "9999-12-31", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-19T01:00:00"),
)
"""What a field is set to, beside being taken away: a wrong type, nothing, an edge of what can be counted with."""
BEN = "number-of-ben"
BENS_DAY = "2026-11-20"
COMMANDS = (
    ("hours",),
    ("pending",),
    ("explain", BEN, BENS_DAY),
    ("difference", "--as-of", "2026-11-18T00:00", "--as-of", "2026-11-29T23:59"),
    ("verify",),
    ("status",),
)
State = dict[str, Any]
TOGETHER, EVERY = (1, 1) if LONG else (12, 8)
"""Kinds that are damaged in one home; of the values of a field every eighth one, unless the run is a long one."""
FIRSTS = range(len(STREAMS) // TOGETHER)


def find_streams(log: EventLog) -> tuple[dict[str, UUID], dict[str, tuple[UUID, State]]]:
    """The last stream of each kind, and the last event of each name."""
    streams, states = dict[str, UUID](), dict[str, tuple[UUID, State]]()
    for _, stream, _, name, state in walk_rows(log):
        streams[name.partition(".")[0]] = UUID(stream)
        states[name] = UUID(stream), msgspec.json.decode(state)
    return streams, states


def make_states(log: EventLog, kind: str) -> Iterator[tuple[str, UUID, State]]:
    """Every event of a kind of stream as it was or would be written, where the log has such a stream there."""
    streams, states = find_streams(log)
    for name, event in make_every_event():
        if name in states and name.partition(".")[0] == kind:
            yield name, *states[name]
        elif name.partition(".")[0] == kind:
            state = {field: value for field, value in vars(event).items() if not field.startswith("originator_")}
            if isinstance(event, AggregateCreated):
                state["originator_topic"] = kind
            yield name, streams.get(kind, uuid5(NAMESPACE_URL, name)), msgspec.to_builtins(state)


def damage_each_field(state: State) -> Iterator[State]:
    for number, field in enumerate(state):
        yield {name: value for name, value in state.items() if name != field}
        for damage in DAMAGES[number % EVERY :: EVERY]:
            yield state | {field: damage}


def demand_answers(home: Path) -> None:
    """No command ends by an error of the program, and what the views follow step by step is what a rebuild makes."""
    for command in COMMANDS:
        ended = run_kiosk(*command, "--home", home)
        assert (ended.status in (0, 1), "Traceback" in ended.err) == (True, False), (command, ended.err)
    assert run_kiosk("replay", "--home", home).out.startswith("identical")
    with Home.open(home) as opened:
        assert HomeRosterSource(opened).poll() is not None
        assert HomeRosterSource(opened).load_roster(date.fromisoformat(BENS_DAY))


@pytest.mark.parametrize("kinds", [[*STREAMS][first :: len(STREAMS) // TOGETHER] for first in FIRSTS], ids=", ".join)
def test_a_damaged_event_of_any_kind_ends_no_command(kinds: list[str], marked_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(marked_home, tmp_path / "home")
    written = defaultdict[str, list[int]](list)
    with Home.open(home) as opened:
        for name, stream, state in (made for kind in kinds for made in make_states(opened.log, kind)):
            for damaged in damage_each_field(state):
                written[name].append(insert_undecodable(opened.log, stream, name, msgspec.json.encode(damaged)))
    demand_answers(home)
    for positions in written.values():
        for position in positions[:: len(positions) // 4 or 1]:
            ended = run_kiosk("event", position, "--home", home)
            assert (ended.status, "Traceback" in ended.err) == (0, False), (position, ended.err)


# --- One that was right, and was damaged where it stands ---

OPENS = {"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "17:00"}


@pytest.mark.parametrize(
    "opens",
    [
        *([{name: value for name, value in OPENS.items() if name != gone}] for gone in OPENS),
        [OPENS | {"days": ["x"]}],
        [OPENS | {"days": [8]}],
        [OPENS | {"days": 1}],
        [OPENS | {"from": "25:00"}],
    ],
    ids=str,
)
def test_opening_hours_that_cannot_be_read_are_named_and_stop_nothing(
    marked_home: Path, tmp_path: Path, opens: list[State]
) -> None:
    home = shutil.copytree(marked_home, tmp_path / "home")
    with closing(Home.open(home)) as opened:
        state = find_streams(opened.log)[1]["unit.opened"][1]
        position = insert_undecodable(
            opened.log, unit_stream(), "unit.opened", msgspec.json.encode(state | {"name": "Elsewhere", "opens": opens})
        )
    demand_answers(home)
    assert f"without event {position} ('unit.opened'): impossible" in run_kiosk("replay", "--home", home).out
    assert run_kiosk("event", position, "--home", home).status == 0
    with closing(Home.open(home)) as opened:
        assert opened.read_unit_name() == state["name"]


def test_the_first_opening_of_a_unit_may_be_the_damaged_one(marked_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(marked_home, tmp_path / "home")
    with open_unguarded(home / "log.db") as log:
        query = "SELECT position, state FROM stored_events WHERE topic = 'unit.opened'"
        position, state = log.execute(query).fetchone()
        damaged = msgspec.json.encode(msgspec.json.decode(state) | {"opens": [{"from": "08:00", "to": "17:00"}]})
        log.execute("UPDATE stored_events SET state = ? WHERE position = ?", (damaged, position))
        chain_again(log)
    for file in home.glob("views.db*"):
        file.unlink()
    (home / "log.head").unlink()
    demand_answers(home)
    assert f"without event {position} ('unit.opened'): impossible" in run_kiosk("replay", "--home", home).out


def test_a_time_that_cannot_be_counted_with_is_no_time_of_the_home(marked_home: Path, tmp_path: Path) -> None:
    """The clock of a simulation stands where its log ends."""
    home = shutil.copytree(marked_home, tmp_path / "home")
    with closing(Home.open(home)) as opened:
        before = opened.now_recorded()
        insert_undecodable(opened.log, unit_stream(), "unit.blessed", timestamp="9999-12-31T23:59:59Z")
    with closing(Home.open(home)) as opened:
        assert opened.now_recorded() == before
