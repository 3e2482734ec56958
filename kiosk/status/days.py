"""Checks of the service days: are cards tapped, are days reconciled, what did the reconciliation leave open."""

from collections.abc import Mapping
from datetime import date, timedelta

from domain.spans import second
from domain.use_cases.unit_rules import UnitRules
from kiosk.home_files import REPORTS_FOLDER
from kiosk.nightly.report import RECENT_DAYS
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.words.reports import StatusText
from projections.read_models.day_totals import find_end_with_duties, find_unreconciled_days, list_reconciled_days
from projections.read_models.open_matters import OpenMatters, count_open_matters, find_last_tap

OVERDUE = timedelta(days=1)
"""After the end of a service day: the nightly job has had time to reconcile it."""
MISSED_DUTIES = 3
"""Duties in a row without a tap: one absence is usual, three mean that no card is read."""


def check_last_tap(checked: CheckedHome) -> Check:
    """Cards are tapped when volunteers are expected."""
    found = find_last_tap(checked.views)
    if found is None:
        return Check("last_tap", True, StatusText.NO_TAP_YET.fill())
    summary = f"on {checked.format_local(found.at)} at {found.kiosk}"
    if found.missed >= MISSED_DUTIES:
        summary = StatusText.DUTIES_MISSED_SINCE.fill(summary=summary, missed=found.missed)
    return Check("last_tap", found.missed < MISSED_DUTIES, summary)


def check_reconciled(checked: CheckedHome) -> Check:
    """Every service day that ended more than a day ago is reconciled, and none that is not over."""
    reconciled = list_reconciled_days(checked.views, 1)
    summary = (
        StatusText.RECONCILED_UP_TO.fill(day=reconciled[-1].day) if reconciled else StatusText.NO_DAY_RECONCILED.fill()
    )
    if reconciled and not _is_over(checked, reconciled[-1].day):
        return Check("reconciled", False, StatusText.RECONCILED_BEFORE_END.fill(summary=summary))
    waits = _find_first_unreconciled(checked)
    if waits is None or not _is_overdue(checked, waits):
        return Check("reconciled", True, summary)
    return Check("reconciled", False, StatusText.RECONCILIATION_OVERDUE.fill(summary=summary, waits=waits))


def _find_first_unreconciled(checked: CheckedHome) -> date | None:
    rules = UnitRules(checked.home.log).load()
    opened = rules.unit.opened_at and rules.days.of(rules.unit.opened_at)
    return next(iter(find_unreconciled_days(checked.views, opened, rules.days.of(checked.now))), None)


def _is_overdue(checked: CheckedHome, day: date) -> bool:
    """A day with a night shift ends with that shift, which holds it back by a day at most."""
    ends = find_end_with_duties(checked.views, UnitRules(checked.home.log).load().days, day)
    return second(checked.now - OVERDUE) > ends


def _is_over(checked: CheckedHome, day: date) -> bool:
    return second(checked.now) >= UnitRules(checked.home.log).load().days.end(day.toordinal())


def check_left_open(checked: CheckedHome) -> Check:
    """What the last reconciliation left open and the coordinator can still correct."""
    reconciled = list_reconciled_days(checked.views, 1)
    if not reconciled:
        return Check("left_open", True, StatusText.NO_DAY_RECONCILED.fill())
    day = reconciled[-1].day
    policy = UnitRules(checked.home.log).load().policies.on(day.toordinal())
    found = count_open_matters(checked.views, day, RECENT_DAYS, policy.debounce_seconds)
    report = checked.path / REPORTS_FOLDER / f"{day}.zh-TW.txt"
    see = f" (report: {report})" if report.exists() else ""
    return Check("left_open", not found.to_do, f"{_format_left_open(found, day)}{see}")


LEFT_OPEN_TEXTS: Mapping[str, StatusText] = {
    "no_check_out": StatusText.OPEN_NO_CHECK_OUT,
    "unmatched": StatusText.OPEN_UNMATCHED,
    "cases": StatusText.OPEN_CASES,
    "absent": StatusText.OPEN_ABSENT,
    "uncovered": StatusText.OPEN_UNCOVERED,
    "refused": StatusText.OPEN_REFUSED,
}
"""By the field of `OpenMatters`; first what needs the coordinator."""


def _format_left_open(found: OpenMatters, day: date) -> str:
    counts = {text: getattr(found, name) for name, text in LEFT_OPEN_TEXTS.items()}
    parts = [text.fill(count=count) for text, count in counts.items() if count]
    return f"{day}, {'; '.join(parts)}" if parts else f"nothing on {day}"
