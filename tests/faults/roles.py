"""Who works on one home at the same time: the entrance, the desk, the night, and a person who follows the log.

Rule: each says what it was told is done, in a form in which the log can be asked for it later.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from time import sleep
from typing import Any, Literal, NamedTuple

from domain.act import Act
from domain.clock import Reading
from domain.ids import SYSTEM, reconciliation_stream, shift_stream
from domain.log.event_log import EventLog
from domain.model.attendance import TapEvent
from domain.model.planned_period import Plan
from domain.model.reconciliation import Reconciliation
from domain.model.shift import Shift
from kiosk.home import Home
from kiosk.nightly.reconcile import reconcile_pending_days
from tests.benchmarks.taps import token_of

PEOPLE = 12
START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
TIME_PER_EVENT = timedelta(minutes=20)
"""By which everybody's time goes on with each event, so that days end and the night has work."""

POLL_SECONDS = 0.005
"""Seconds: who only looks leaves the processors to who writes."""


class Acknowledgement(NamedTuple):
    """What was acknowledged."""

    what: Literal["tapped", "rostered", "settled", "read", "sent", "nothing"]
    key: Any = None
    at: int = 0


def is_stored(log: EventLog, done: Acknowledgement) -> bool:
    """Whether the log holds it."""
    match done.what:
        case "tapped":
            (entry,) = log.read_entries(after=done.at - 1, limit=1) or (None,)
            return entry is not None and isinstance(entry.event, TapEvent) and entry.event.card == done.key
        case "rostered":
            return log.load(Shift, shift_stream(done.key)) is not None
        case "settled":
            return log.load(Reconciliation, reconciliation_stream(date.fromisoformat(done.key))) is not None
        case "read":
            return log.head().position >= done.at and log.chain_at(done.at) == done.key
        case "sent" | "nothing":
            return True


# --- The work of each ---


def work_at_entrance(path: Path, name: str, said: Connection) -> None:
    """Cards of everybody, in and out."""
    chance = Random(name)  # noqa: S311 - a replayable choice
    with Home.open(path) as home:
        while True:
            token, at = token_of(chance.randrange(PEOPLE)), _next_event_time(home)
            answer = home.door.record_tap(token, "door", reading=Reading(at, "simulated", name, 0), recorded=at)
            said.send(Acknowledgement("tapped", token, answer.event))


def work_at_desk(path: Path, name: str, said: Connection) -> None:
    """One shift after the other, of nobody."""
    with Home.open(path) as home:
        for number in count():
            at, shift = _next_event_time(home), f"{name}-{number}"
            home.desk.schedule_shift(
                shift, Plan(at, at + TIME_PER_EVENT), [], Act(at, home.people.ensure_actor(name), at)
            )
            said.send(Acknowledgement("rostered", shift))


def work_at_night(path: Path, name: str, said: Connection) -> None:
    """Settles what is over, whenever it is over."""
    with Home.open(path) as home:
        while True:
            at = _next_event_time(home)
            for row in reconcile_pending_days(home, None, Act(at, SYSTEM, at)):
                said.send(Acknowledgement("settled", row["date"]))
            said.send(Acknowledgement("nothing"))
            sleep(POLL_SECONDS)


def follow_log(path: Path, name: str, said: Connection) -> None:
    """Reads on, and remembers how far; what was read once must never be otherwise."""
    position = 0
    with Home.open(path) as home:
        while True:
            found = [entry.position for entry in home.log.read_entries(after=position)]
            assert all(later == earlier + 1 for earlier, later in pairwise((position, *found))), (position, found)
            position = found[-1] if found else position
            said.send(
                Acknowledgement("read", home.log.chain_at(position), position)
                if position
                else Acknowledgement("nothing")
            )
            sleep(POLL_SECONDS)


def _next_event_time(home: Home) -> datetime:
    return START + TIME_PER_EVENT * home.log.head().position
