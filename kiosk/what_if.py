"""What a policy, a correction or lines of a batch would change: minutes, duties, cases and awards, and their sum.

Rule: nothing of the home is written. A policy and a correction are laid over the live read models; lines, which any
rule may refuse, are carried out on a copy of the home, whose read models go on from a copy of the live ones. All are
compared alike, and the live read models are needed for a moment at the start only.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from domain.ids import unit_stream
from domain.log.errors import LogError
from domain.model.unit import Unit
from domain.policy import Adoption
from domain.spans import Second
from kiosk.awards.candidates import list_candidates
from kiosk.batch.commands import CommandParser
from kiosk.batch.run import open_dry_run, run_line
from kiosk.batch.source import RawLine
from kiosk.effects import NO_SERVICE, Effect, Subject, WhatIf
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import VIEWS_FILE
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import Statements
from kiosk.words.log_errors import explain_log_error
from projections.engine.hypothetical_views import HeldViews, hold_views, views_under
from projections.engine.views import Views
from projections.evaluation.awards.rules import AwardRule
from projections.read_models.awards import AwardFilter
from projections.read_models.day_filter import EVERYTHING, DayFilter
from projections.read_models.effects import VolunteerEffect, list_effects
from projections.read_models.settlements import Correction
from projections.read_models.what_if import views_after

R = TypeVar("R")
RECEIVED = ("met", "attest")
"""States of an award that may be applied for, as soon as what must be attested is."""


class WouldBeRefused(UserError):
    """A rule refuses a command, or it cannot be used: nothing follows from it. The sentence says why."""


class ReadViews(Protocol):
    """Asks the live read models, which are caught up; a program of several threads lets one ask at a time."""

    def __call__(self, work: Callable[[Views], R], /) -> R:
        """What `work` finds in them. Raises: LogError, UserError."""
        ...


# --- What is tried ---


def foresee_policy(home: Home, adoption: Adoption, read: ReadViews | None = None) -> WhatIf:
    """What a policy would change. Raises: LogError, UserError, WouldBeRefused."""
    _demand_readable_unit(home)
    with _hold_live(home, read) as before, views_under(home.log, before, adoption) as under:
        if under is not None:
            return _compare(_Side(home, before), _Side(home, under))
    command = {"do": "adopt_policy", "effective_from": adoption.effective_from.isoformat(), **adoption.changes}
    return foresee_commands(home, [command], read)  # other days belong together, or have another end: all is filed anew


def _demand_readable_unit(home: Home) -> None:
    """As the desk, which adopts no policy over an event of the unit that it cannot read. Raises: WouldBeRefused."""
    try:
        home.log.load(Unit, unit_stream())
    except LogError as error:
        raise WouldBeRefused(explain_log_error(error)) from error


def foresee_correction(
    home: Home, volunteer: UUID, day: date, correction: Correction, read: ReadViews | None = None
) -> Effect:
    """What a correction of the day of an enrolled volunteer would change for them; no rule is asked about it.

    The minutes are those of the day, and of days that are evaluated together with it. Raises: LogError, UserError.
    """
    with _hold_live(home, read) as before:
        key = before.find_key(volunteer)
        assert key is not None, "the volunteer is enrolled"  # noqa: S101 - a programming error
        with views_after(home.log, before, key, day, correction) as (after, days):
            effects = _list_all_effects(_Side(home, before), _Side(home, after), days)
    return next((one for one in effects if one.subject == volunteer), Effect(volunteer))


def foresee_commands(home: Home, commands: Iterable[Mapping[str, object]], read: ReadViews | None = None) -> WhatIf:
    """What commands of a batch would change that are carried out now. Raises: LogError, UserError, WouldBeRefused."""
    return foresee(home, lambda copy: _carry_out(copy, commands), read)


def _carry_out(copy: Home, commands: Iterable[Mapping[str, object]]) -> None:
    now = copy.clock.now().astimezone(copy.zone).isoformat(timespec="seconds")
    times = {"at": now, "recorded_at": now} if copy.simulation else {}
    for command in commands:
        text = json.dumps({**times, **command})
        result = run_line(copy, CommandParser(copy.zone), RawLine(1, text.encode()), Path())
        if result.status:
            raise WouldBeRefused(result.sentence or "", result.status)


def foresee(home: Home, carry_out: Callable[[Home], None], read: ReadViews | None = None) -> WhatIf:
    """What would differ once `carry_out` was done, which is done to a copy. Raises: LogError, UserError; as that."""
    with _open_copy(home, read) as (copy, now), Views(copy.log, copy.path / VIEWS_FILE) as before:
        before.is_kept = copy.views.is_kept = False  # no other program writes to them: they are as they were copied
        before.catch_up(now)
        with before.hold_snapshot():
            carry_out(copy)
            copy.views.catch_up(now)
            return _compare(_Side(home, before), _Side(copy, copy.views))


@contextmanager
def _open_copy(home: Home, read: ReadViews | None) -> Generator[tuple[Home, Second]]:
    """A copy of a home with a copy of its read models, which need no more than what is recorded meanwhile."""
    with _hold_live(home, read) as live, open_dry_run(home) as copy:
        live.write_copy(copy.path / VIEWS_FILE)
        yield copy, live.evaluated_at


@contextmanager
def _hold_live(home: Home, read: ReadViews | None) -> Generator[HeldViews]:
    read = read or (lambda work: work(Statements.now(home).views))
    with ExitStack() as held:
        yield read(lambda live: held.enter_context(hold_views(home.log, live)))


# --- What differs ---


class _Side(NamedTuple):
    """A state of a home: its people and its read models."""

    home: Home
    views: Views


def _compare(before: _Side, after: _Side) -> WhatIf:
    """The effects that a person would notice, and the sum of all."""
    everything = _list_all_effects(before, after)
    effects = [one for one in everything if not one.is_nothing]
    effects.sort(key=_order)
    return WhatIf(effects, _sum(everything, effects))


def _list_all_effects(before: _Side, after: _Side, days: DayFilter = EVERYTHING) -> list[Effect]:
    """Of everybody in whom anything could differ, also where nothing does."""
    service: dict[Subject, VolunteerEffect] = {
        one.volunteer: one for one in list_effects(before.views, after.views, days)
    }
    awards_before, awards_after = (_list_awards(*side, days.volunteer) for side in (before, after))
    people = after.home.people
    find_number = people.load_numbers().get if days.volunteer is None else people.find_number
    return [
        Effect(
            who,
            (find_number(who) or str(who)) if isinstance(who, UUID) else None,
            service.get(who, NO_SERVICE),
            _list_others(awards_after[who], awards_before[who]),
            _list_others(awards_before[who], awards_after[who]),
        )
        for who in {**service, **awards_before, **awards_after}
    ]


def _order(effect: Effect) -> tuple[object, ...]:
    return effect.number is None, -abs(effect.service.change), -len(effect.service.duties), effect.number or ""


Awards = dict[str, AwardRule]
"""By their ids."""


def _list_awards(home: Home, views: Views, volunteer: int | None) -> dict[Subject, Awards]:
    """The awards that each volunteer, each family and the team, or one volunteer by key, may receive today."""
    today = date.fromordinal(views.load_unit().days.ordinal(views.evaluated_at))
    found: dict[Subject, Awards] = defaultdict(dict)
    for result in list_candidates(home, views, views.load_unit(), today, AwardFilter(volunteer=volunteer)):
        if result.status in RECEIVED:
            found[result.volunteer or result.group or ""][result.rule.id] = result.rule
    return found


def _list_others(awards: Awards, known: Awards) -> tuple[AwardRule, ...]:
    """The awards that are not known."""
    return tuple(awards[award] for award in sorted(awards.keys() - known.keys()))


def _sum(everybody: Iterable[Effect], effects: Sequence[Effect]) -> Row:
    """Minutes of all volunteers; how many duties, cases and awards would be others."""
    everyone = [one.service for one in everybody]
    before, after = sum(one.minutes_before for one in everyone), sum(one.minutes_after for one in everyone)
    duties = [duty for one in everyone for duty in one.duties]
    return {
        "volunteers": sum(one.number is not None for one in effects),
        "minutes_before": before,
        "minutes_after": after,
        "change": after - before,
        "outcomes": sum(duty.has_other_outcome for duty in duties),
        "late_or_early": sum(duty.has_other_minutes for duty in duties),
        "cases_raised": sum(len(one.service.raised) for one in effects),
        "cases_withdrawn": sum(len(one.service.withdrawn) for one in effects),
        "awards_gained": sum(len(one.gained) for one in effects),
        "awards_lost": sum(len(one.lost) for one in effects),
    }
