"""The nightly job: reconcile every service day that is over and not reconciled, one after the other.

Rule: one nightly job at a time, only on a log that is whole, and from what the log says alone: `views.db`, which
another program may have changed, is asked for nothing that is settled. An event is verified before it is read, also one
that an earlier night verified and this one reads again.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.act import Act
from domain.calendar import ServiceDays
from domain.clock import TRUSTED
from domain.errors import DayNotOver, DutyRunsOn
from domain.log.read_connection import is_refused_by_disk
from domain.policy import Policies
from domain.spans import instant, second
from domain.use_cases.joined_kiosks import find_missing_kiosks
from domain.use_cases.nightly import RunningDuty
from domain.use_cases.unit_rules import CurrentRules, UnitRules
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_files import VIEWS_FILE, hold_lock_file
from kiosk.words.command_line import CommandLineText, StatementText
from projections.engine.night_views import DemandVerified, demand_nothing
from projections.read_models.day_findings import collect_findings, compute_digest
from projections.read_models.day_totals import find_end_with_duties, find_last_duty, find_unreconciled_days

DAYS_SEARCHED = 366
"""Days back in which the last settled one is looked for; without one, the night begins at the first event."""
MOST_COMPARISONS = 5
"""After so many, between which another program always wrote, nothing is known of the read models of a home."""
MARGIN_BY_UNTRUSTED_CLOCK = timedelta(days=1)
"""How far beyond the last record a clock that is not trusted may reconcile: a settled day stays settled."""
MOST_DAYS = 31
"""More days than these at once, by an unsynchronised clock, mean a wrong clock rather than a long holiday."""


def reconcile_pending_days(
    home: Home, upto: date | None, act: Act, demand_verified: DemandVerified = demand_nothing
) -> list[dict[str, Any]]:
    """Reconcile every unreconciled service day up to `upto`, by default the last one that is over; a row a day.

    `demand_verified` is asked before the log is read: of a simulation nothing has to be.

    Raises:
        DayNotOver: `upto` has not ended yet.
        DutyRunsOn: a duty of one of these days goes on, also one that was entered meanwhile.
        UserError: `upto` is left out, and more days wait than an unsynchronised clock is trusted with; or what
            `demand_verified` or `replace_altered_views` raises.
    """
    days = prepare_night(home, upto, act, demand_verified)
    replace_altered_views(home, days, act, was_whole_verified=False)
    return list(reconcile_days(home, days, upto, act))


def reconcile_day_by_day(
    home: Home, upto: date | None, act: Act, demand_verified: DemandVerified = demand_nothing
) -> Iterator[dict[str, Any]]:
    """The same of a home that nobody else changes, a day at a time: each is reconciled when its row is yielded."""
    yield from reconcile_days(home, prepare_night(home, upto, act, demand_verified), upto, act)


def prepare_night(
    home: Home, upto: date | None, act: Act, demand_verified: DemandVerified = demand_nothing
) -> list[date]:
    """Bring the night's read models to the head of the log; the days to reconcile, the earliest first.

    A day waits until its night shifts end, but a day at most. Raises: as `reconcile_pending_days`.
    """
    rules = UnitRules(home.log).load()
    last = upto or rules.days.of(act.recorded) - timedelta(days=1)
    home.night.refuse_unfinished(last, act)
    limit = last if upto else _limit_by_clock(home, last, rules.days)
    settled = home.night.find_last_reconciled(limit, DAYS_SEARCHED)
    if settled is not None and settled.day == last.isoformat():
        return []
    if settled is not None:  # it says which file is believed
        demand_verified(home.log.read_stream_rows(settled.id)[0][0] - 1)
    home.night_views.prove(settled and settled.views_digest, second(act.recorded), demand_verified)
    return _list_pending_days(home, rules, (last, limit), upto, act)


def reconcile_days(home: Home, days: Sequence[date], upto: date | None, act: Act) -> Iterator[dict[str, Any]]:
    """Reconcile the days for which the night was prepared; each is reconciled when its row is yielded.

    At a day that is no longer over, for a duty that ends later was entered since, the next night goes on.
    Raises: DutyRunsOn, DayNotOver at such a day, where `upto` asked for it.
    """
    rules = UnitRules(home.log).load()
    for day in days:
        if not _is_over(home, rules, day, upto, act):
            return
        yield _reconcile_one(home, day, rules.policies, act, is_last=day == days[-1])


def _list_pending_days(
    home: Home, rules: CurrentRules, bounds: tuple[date, date], upto: date | None, act: Act
) -> list[date]:
    """The days to reconcile, the earliest first: none of them is refused later on."""
    last, limit = bounds
    pending = find_unreconciled_days(home.night_views, rules.opened_on, limit)
    if upto is None and (waiting := len(pending) + (last - limit).days) > MOST_DAYS:
        _demand_trusted_clock(home, waiting)
    for number, day in enumerate(pending):
        if not _is_over(home, rules, day, upto, act):
            return pending[:number]
    return pending


def _is_over(home: Home, rules: CurrentRules, day: date, upto: date | None, act: Act) -> bool:
    """Whether a day can be reconciled. Raises: DutyRunsOn, DayNotOver where it cannot be, and `upto` asked for it."""
    duty = find_last_duty(home.night_views, day)
    ends = find_end_with_duties(home.night_views, rules.days, day)
    try:
        home.night.refuse_unfinished(day, act, duty and RunningDuty(duty.shift, instant(duty.ends), instant(ends)))
    except (DayNotOver, DutyRunsOn):
        if upto is None:
            return False
        raise
    return True


def _reconcile_one(home: Home, day: date, policies: Policies, act: Act, *, is_last: bool) -> dict[str, Any]:
    """Reconcile a day; its row. The last one of a night says from which file the next night goes on."""
    views = home.night_views
    digest = views.compute_digest() if is_last and not home.simulation else None
    reconciled = home.night.reconcile(day, replace(collect_findings(views, day, policies), views_digest=digest), act)
    if not is_last:  # else the file stays as the log now says that it is
        views.catch_up(second(act.recorded))
    missing = find_missing_kiosks(home.log, day)
    return {"date": day.isoformat(), **reconciled.totals, "head": reconciled.head, "provisional": missing}


def explain_unreconciled(home: Home, upto: date | None) -> str | None:
    """After a night that refused nothing: why the day that was asked for is not reconciled; None where it is."""
    if upto is None or home.night.find_last_reconciled(upto, 1) is not None:
        return None
    return StatementText.NOTHING_TO_RECONCILE.fill(day=upto)


def replace_altered_views(home: Home, days: Iterable[date], act: Act, *, was_whole_verified: bool) -> None:
    """Put the night's rows in the place of `views.db`, where that says something else of the days to reconcile.

    In a night that verified the whole log in any case: a forger of another day's row can have sealed the file again.
    To be called before these days are reconciled: a night that is killed in between compares them again.
    Raises: UserError where the disk takes no second file; one that says something else is removed all the same.
    """
    ordinals = [day.toordinal() for day in days]
    home.views.catch_up(second(act.recorded))
    is_altered = _are_altered(home, ordinals, act)
    if is_altered or (ordinals and was_whole_verified):
        try:
            home.views.replace_with(home.night_views.copy_to, damaged=is_altered)
        except Exception as refused:
            if not is_refused_by_disk(refused):
                raise
            file, why = home.path / VIEWS_FILE, getattr(refused, "strerror", None) or str(refused)
            raise UserError(CommandLineText.VIEWS_NOT_REPLACED.fill(file=file, why=why), EXIT_NO) from None


def _are_altered(home: Home, ordinals: Sequence[int], act: Act) -> bool:
    """Whether `views.db`, caught up, says something else of these days than the log does.

    It may also be ahead of the night's read models, or evaluated as of another instant: the desk closes a visit, or
    shows its page, while the night runs. Only where neither is so, a difference is an alteration.
    """
    views, night_views, now = home.views, home.night_views, second(act.recorded)
    for _ in range(MOST_COMPARISONS):
        ordinals = [day for day in ordinals if compute_digest(views, day) != compute_digest(night_views, day)]
        if not ordinals:
            return False
        compared = night_views.position, views.evaluated_at
        night_views.catch_up(now)
        if compared == (night_views.position, now):
            return True
        views.catch_up(now)
    return False


def build_night_act(home: Home, upto: date | None, by: UUID) -> Act:
    """The circumstances of a nightly job that begins now.

    A person who names the day up to which to reconcile confirms that it is over, where an untrusted clock shows so.
    """
    recorded = home.now_recorded()
    if upto is not None and (shown := home.clock.now()) > recorded:
        ends = instant(UnitRules(home.log).load().days.end(upto.toordinal()))
        recorded = max(recorded, ends) if ends <= shown else recorded
    return Act(recorded, by, recorded)


def _limit_by_clock(home: Home, last: date, days: ServiceDays) -> date:
    """The last service day to reconcile; by an untrusted clock none later than a day after the last record."""
    monitor, reading = home.clock_monitor, home.clock.read()
    if home.simulation or monitor.rate(reading).trust in TRUSTED:
        return last
    record = monitor.find_last_record(reading)
    return last if record is None else min(last, days.of(instant(record) + MARGIN_BY_UNTRUSTED_CLOCK))


def _demand_trusted_clock(home: Home, waiting: int) -> None:
    """Check the clock. A reconciled day stays reconciled, so a clock that is ahead must not reconcile future days."""
    if not home.simulation and home.clock_monitor.rate(home.clock.read()).trust not in TRUSTED:
        raise UserError(
            StatementText.TOO_MANY_DAYS.fill(days=waiting),
            EXIT_NO,
        )


def hold_night_lock(path: Path) -> AbstractContextManager[None]:
    """Hold the home for one nightly job. Raises: AlreadyRunning while another one runs."""
    return hold_lock_file(path / "reconcile.lock", CommandLineText.RECONCILE_RUNNING.fill(path=path))
