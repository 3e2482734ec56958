"""Checks of the service days: are cards tapped, are days reconciled, what did the reconciliation leave open."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from domain.spans import second
from domain.use_cases.unit_rules import UnitRules
from kiosk.home_files import REPORTS_FOLDER
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.words.reports import StatusText
from projections.read_models.day_totals import (
    RECENT_DAYS,
    ReconciledDay,
    find_end_with_duties,
    find_unreconciled_days,
    list_reconciled_days,
)
from projections.read_models.open_matters import OpenMatter, find_last_tap, list_open_days

OVERDUE = timedelta(days=1)
"""After the end of a service day: the nightly job has had time to reconcile it."""
MISSED_DUTIES = 3
"""Duties in a row without a tap: one absence is usual, three mean that no card is read."""


def check_last_tap(checked: CheckedHome) -> Check:
    """Cards are tapped when volunteers are expected."""
    found = find_last_tap(checked.views)
    if found is None:
        return Check("last_tap", True, StatusText.NO_TAP_YET.fill())
    summary = StatusText.TAPPED_AT.fill(at=checked.format_local(found.at), kiosk=found.kiosk)
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
    waits = _find_first_unreconciled(checked, reconciled[-1] if reconciled else None)
    if waits is None or not _is_overdue(checked, waits):
        return Check("reconciled", True, summary)
    return Check("reconciled", False, StatusText.RECONCILIATION_OVERDUE.fill(summary=summary, waits=waits))


def _find_first_unreconciled(checked: CheckedHome, last: ReconciledDay | None) -> date | None:
    """The first day behind the last reconciled one, else of the unit; an earlier one only waits for the next night."""
    rules = UnitRules(checked.home.log).load()
    begins = last.day + timedelta(days=1) if last else rules.opened_on or date.min
    waiting = find_unreconciled_days(checked.views, rules.opened_on, rules.days.of(checked.now))
    return next((day for day in waiting if day >= begins), None)


def _is_overdue(checked: CheckedHome, day: date) -> bool:
    """A day with a night shift ends with that shift, which holds it back by a day at most."""
    ends = find_end_with_duties(checked.views, UnitRules(checked.home.log).load().days, day)
    return second(checked.now - OVERDUE) > ends


def _is_over(checked: CheckedHome, day: date) -> bool:
    return second(checked.now) >= UnitRules(checked.home.log).load().days.end(day.toordinal())


def check_left_open(checked: CheckedHome) -> Check:
    """What the reconciled days left open, each with its report; what waits for a coordinator is not ok.

    A visit that nobody has corrected for a month is listed, and no longer reported every day.
    """
    reconciled = list_reconciled_days(checked.views, 1)
    if not reconciled:
        return Check("left_open", True, StatusText.NO_DAY_RECONCILED.fill())
    last = reconciled[-1].day
    days = list_open_days(checked.views, checked.home.log, UnitRules(checked.home.log).load().policies, last)
    named = [
        StatusText.DAY_COUNTS.fill(day=one.day, counts=_format_counts(one.counts)) + _format_report(checked, one.day)
        for one in days[:DAYS_NAMED]
    ]
    if earlier := days[DAYS_NAMED:]:
        sums = sum((Counter(one.counts) for one in earlier), Counter[OpenMatter]())
        text = StatusText.OPEN_EARLIER
        named.append(text.fill(days=len(earlier), first=earlier[-1].day, counts=_format_counts(sums)))
    detail = StatusText.DAY_SEPARATOR.fill().join(named) or StatusText.NOTHING_OPEN.fill(day=last)
    since = last - timedelta(days=RECENT_DAYS - 1)
    return Check("left_open", not any(one.needs_coordinator(since) for one in days), detail)


DAYS_NAMED = 7
"""Days that a check names one by one, the latest first."""
LEFT_OPEN_TEXTS: Mapping[OpenMatter, StatusText] = {
    "no_check_out": StatusText.OPEN_NO_CHECK_OUT,
    "unmatched": StatusText.OPEN_UNMATCHED,
    "contradicted": StatusText.OPEN_CONTRADICTED,
    "accepted_in_error": StatusText.OPEN_ACCEPTED_IN_ERROR,
    "refused_in_error": StatusText.OPEN_REFUSED_IN_ERROR,
    "case": StatusText.OPEN_CASES,
    "absent": StatusText.OPEN_ABSENT,
    "uncovered": StatusText.OPEN_UNCOVERED,
    "refused_taps": StatusText.OPEN_REFUSED,
}
"""First what needs the coordinator."""


def _format_counts(counts: Mapping[OpenMatter, int]) -> str:
    return StatusText.SEPARATOR.fill().join(
        text.fill(count=counts[name]) for name, text in LEFT_OPEN_TEXTS.items() if name in counts
    )


def _format_report(checked: CheckedHome, day: date) -> str:
    report = checked.path / REPORTS_FOLDER / f"{day}.zh-TW.txt"
    return StatusText.REPORT.fill(path=report) if report.exists() else ""
