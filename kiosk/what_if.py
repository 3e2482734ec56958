"""What a policy or lines of a batch would change, as rows: minutes, outcomes, cases and awards, and their sum.

Rule: nothing of the home is written. A policy is laid over the live read models; lines, which any rule may refuse, are
carried out on a copy of the home, whose read models go on from a copy of the live ones. Both are compared alike.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from domain.policy import Adoption
from kiosk.awards.candidates import list_candidates
from kiosk.batch.commands import CommandParser
from kiosk.batch.run import open_dry_run, run_line
from kiosk.batch.source import RawLine
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import VIEWS_FILE
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import Statements
from projections.engine.as_of import FIRST_DAY, LAST_DAY, views_under
from projections.engine.views import Views
from projections.read_models.awards import AwardFilter
from projections.read_models.effects import VolunteerEffect, list_effects
from projections.read_models.what_if import DutyChange

RECEIVED = ("met", "attest")
"""States of an award that may be applied for, as soon as what must be attested is."""
LISTS = ("cases_raised", "cases_withdrawn", "awards_gained", "awards_lost")
FIGURES = ("change", "outcomes", *LISTS)
"""What a row is listed for, where it is not nothing."""
COLUMNS = ("volunteer", "family", "minutes_before", "minutes_after", *FIGURES)
"""Of a table: a row has its duties beside them."""
Subject = UUID | str
"""Who has an award: a volunteer, a family by its name, and the team by an empty text."""


class WhatIf(NamedTuple):
    """What would change in all, and for whom."""

    rows: list[Row]
    """The greatest change of minutes first, then families and the team; who would notice nothing is not listed."""
    total: Row


class WouldBeRefused(UserError):
    """A rule refuses a command, or it cannot be used: nothing follows from it. The sentence says why."""


# --- What is tried ---


def foresee_policy(home: Home, adoption: Adoption) -> WhatIf:
    """What a policy would change. Raises: LogError, UserError, WouldBeRefused."""
    live = Statements.now(home).views
    with views_under(home.log, live, adoption) as under:
        if under is not None:
            return _compare(_Side(home, live), _Side(home, under))
    command = {"do": "adopt_policy", "effective_from": adoption.effective_from.isoformat(), **adoption.changes}
    return foresee_commands(home, [command])  # it moves the end of the service day: all is filed anew


def foresee_commands(home: Home, commands: Iterable[Mapping[str, object]]) -> WhatIf:
    """What commands of a batch would change that are carried out now. Raises: LogError, UserError, WouldBeRefused."""
    return foresee(home, lambda copy: _carry_out(copy, commands))


def _carry_out(copy: Home, commands: Iterable[Mapping[str, object]]) -> None:
    now = copy.clock.now().astimezone(copy.zone).isoformat(timespec="seconds")
    times = {"at": now, "recorded_at": now} if copy.simulation else {}
    for command in commands:
        text = json.dumps({**times, **command})
        result = run_line(copy, CommandParser(copy.zone), RawLine(1, text.encode()), Path())
        if result.status:
            raise WouldBeRefused(result.sentence or "", result.status)


def foresee(home: Home, carry_out: Callable[[Home], None]) -> WhatIf:
    """What would differ once `carry_out` was done, which is done to a copy. Raises: LogError, UserError; as that."""
    with _open_copy(home) as copy, Views(copy.log, copy.path / VIEWS_FILE) as before:
        before.catch_up(home.views.evaluated_at)
        with before.hold_snapshot():
            carry_out(copy)
            copy.views.catch_up(before.evaluated_at)
            return _compare(_Side(home, before), _Side(copy, copy.views))


@contextmanager
def _open_copy(home: Home) -> Generator[Home]:
    """A copy of a home with a copy of its read models, which need no more than what is recorded meanwhile."""
    live = Statements.now(home).views
    live.ensure_intact(FIRST_DAY, LAST_DAY)
    with open_dry_run(home) as copy:
        live.write_copy(copy.path / VIEWS_FILE)
        yield copy


# --- What differs ---


class _Side(NamedTuple):
    """A state of a home: its people and its read models."""

    home: Home
    views: Views


def _compare(before: _Side, after: _Side) -> WhatIf:
    """The rows that differ, and their sum."""
    effects: dict[Subject, VolunteerEffect] = {one.volunteer: one for one in list_effects(before.views, after.views)}
    awards_before, awards_after = _list_awards(*before), _list_awards(*after)
    numbers = after.home.people.load_numbers()
    rows: list[Row] = []
    for who in {**effects, **awards_before, **awards_after}:
        subject = {"volunteer": numbers.get(who, str(who)), "family": None} if isinstance(who, UUID) else _name(who)
        awards = awards_after[who] - awards_before[who], awards_before[who] - awards_after[who]
        row = subject | _build_row(effects.get(who, NO_EFFECT), *map(sorted, awards))
        if any(row[name] for name in FIGURES):
            rows.append(row)
    rows.sort(key=lambda row: (row["volunteer"] is None, -abs(row["change"]), -row["outcomes"], row["volunteer"] or ""))
    return WhatIf(rows, _sum(effects.values(), rows))


def _name(group: str) -> Row:
    """As `kiosk awards` names a family, and the team by nothing."""
    return {"volunteer": None, "family": group or None}


NO_EFFECT = VolunteerEffect(UUID(int=0))


def _list_awards(home: Home, views: Views) -> dict[Subject, set[str]]:
    """The awards that each volunteer, each family and the team may receive today."""
    today = date.fromordinal(views.load_unit().days.ordinal(views.evaluated_at))
    found: dict[Subject, set[str]] = defaultdict(set)
    for result in list_candidates(home, views, today, AwardFilter()):
        if result.status in RECEIVED:
            found[result.volunteer or result.group or ""].add(result.rule.id)
    return found


def _build_row(effect: VolunteerEffect, gained: list[str], lost: list[str]) -> Row:
    return {
        "minutes_before": effect.minutes_before,
        "minutes_after": effect.minutes_after,
        "change": effect.minutes_after - effect.minutes_before,
        "outcomes": len(effect.duties),
        "cases_raised": [*effect.raised],
        "cases_withdrawn": [*effect.withdrawn],
        "awards_gained": gained,
        "awards_lost": lost,
        "duties": [_describe_duty(duty) for duty in effect.duties],
    }


def _describe_duty(duty: DutyChange) -> Row:
    day = date.fromordinal(duty.day).isoformat()
    return {"shift": duty.shift, "date": day, "before": duty.before, "after": duty.after}


def _sum(effects: Iterable[VolunteerEffect], rows: Sequence[Row]) -> Row:
    """Minutes of all volunteers; how many duties, cases and awards would be others."""
    everyone = [*effects]
    before, after = sum(one.minutes_before for one in everyone), sum(one.minutes_after for one in everyone)
    total: dict[str, Any] = {
        "volunteers": sum(row["volunteer"] is not None for row in rows),
        "minutes_before": before,
        "minutes_after": after,
        "change": after - before,
        "outcomes": sum(row["outcomes"] for row in rows),
    }
    return total | {name: sum(len(row[name]) for row in rows) for name in LISTS}
