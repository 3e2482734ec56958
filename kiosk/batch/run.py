"""A batch carried out line by line; whoever asks for the next report decides whether the batch goes on.

Rule: a line is done, refused or unusable. What was done stays; a refusal is written down; of an unusable line
nothing is left.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from domain.act import Act
from domain.clock import to_the_second
from domain.errors import DomainError, InTheFuture, UnknownParameter, UnusableParameter
from domain.log.errors import LogError
from kiosk.batch.command import Clerk, Line, Unusable
from kiosk.batch.commands import Grammar
from kiosk.batch.source import RawLine
from kiosk.errors import NO, UNUSABLE, Mistake
from kiosk.home import Home

SYSTEM = "system"
"""The actor of a line that names none."""

MALFORMED = (UnknownParameter, UnusableParameter)
"""Refusals of the domain that are slips of the pen: no rule was asked."""


class Report(NamedTuple):
    """What became of one line."""

    line: int
    status: int = 0
    """0 done, 1 refused, 2 unusable."""
    sentence: str | None = None
    """Why not; or, of a line that was done, a remark."""
    hopeless: bool = False
    """The home itself cannot be written: the lines that follow would fail alike."""


def carry_out(home: Home, lines: Iterable[RawLine], folder: Path) -> Iterator[Report]:
    """One report a line, each after the line was carried out."""
    grammar = Grammar(home.zone)
    for raw in lines:
        report = _reported(home, grammar, raw, folder)
        yield report
        if report.hopeless:
            return


def _reported(home: Home, grammar: Grammar, raw: RawLine, folder: Path) -> Report:
    try:
        line = grammar.parse(raw.text())
        return Report(raw.number, 0, carried_out(home, line, folder))
    except DomainError as refusal:
        return Report(raw.number, NO, home.sentence_for(refusal))
    except Unusable as unusable:
        return Report(raw.number, UNUSABLE, str(unusable))
    except Mistake as mistake:
        return Report(raw.number, mistake.status, str(mistake), hopeless=True)
    except LogError as failure:
        return Report(raw.number, UNUSABLE, str(failure), hopeless=True)


def carried_out(home: Home, line: Line, folder: Path) -> str | None:
    """Carry out one line; its remark. A refusal by a rule is written down. Raises: Unusable, DomainError, LogError."""
    at, recorded = _instants(home, line)
    act = Act(at, home.people.actor(line.by or SYSTEM), recorded)
    clerk = Clerk(home, act, folder)
    try:
        if at > recorded:
            raise InTheFuture(at, recorded)
        return line.carry_out(clerk)
    except DomainError as refusal:
        clerk.take_notes_back()
        if isinstance(refusal, MALFORMED):
            raise Unusable(home.sentence_for(refusal)) from None
        command = str(line.__struct_config__.tag)
        home.desk.refused(command, refusal, replace(act, at=min(at, recorded)))
        raise


def _instants(home: Home, line: Line) -> tuple[datetime, datetime]:
    """When it happened and when it is written down; the clock of a simulation stands at the second afterwards."""
    if not home.simulation:
        if line.recorded_at is not None:
            raise Unusable("`recorded_at` is for simulations: a real home takes the time of recording from its clock")
        now = home.clock.now()
        return line.at.utc if line.at else to_the_second(now), now
    if line.at is None:
        raise Unusable("the field `at` is missing: in a simulation every line says when it happened")
    recorded = (line.recorded_at or line.at).utc
    home.set_clock(recorded)
    return line.at.utc, recorded
