"""Checks of the days: do people tap, are days settled, what did the night leave open."""

from datetime import date, timedelta

from domain.spans import second
from domain.use_cases.unit_rules import UnitRules
from kiosk.nightly.report import FOLDER, RECENT_DAYS
from kiosk.status.subject import Check, CheckedHome
from projections.read_models.day_totals import find_first_unreconciled, find_last_duty_end, list_reconciled_days
from projections.read_models.open_matters import OpenMatters, count_open_matters, find_last_tap

OVERDUE = timedelta(days=1)
"""After the end of a service day: the night has had its turn."""
MISSED_DUTIES = 3
"""Duties to which nobody came since the last tap: one person stays away, three in a row mean that nothing is read."""


def check_last_tap(subject: CheckedHome) -> Check:
    """Cards are tapped where people were expected."""
    found = find_last_tap(subject.views)
    if found is None:
        return Check("last_tap", True, "no card has been tapped yet")
    said = f"on {subject.format_local(found.at)} at {found.kiosk}"
    if found.missed >= MISSED_DUTIES:
        said = f"{said}; {found.missed} duties since, and nobody came: hold a card to the reader, is it read?"
    return Check("last_tap", found.missed < MISSED_DUTIES, said)


def check_reconciled(subject: CheckedHome) -> Check:
    """No service day that ended more than a day ago is unsettled."""
    settled = list_reconciled_days(subject.views, 1)
    said = f"settled up to {settled[-1].day}" if settled else "no day was settled yet"
    waits = find_first_unreconciled(subject.views)
    if waits is None or not _is_overdue(subject, waits):
        return Check("reconciled", True, said)
    return Check("reconciled", False, f"{said}; {waits} is overdue: run `kiosk reconcile`, look why the night did not")


def _is_overdue(subject: CheckedHome, day: date) -> bool:
    """A day with a night shift ends with that."""
    ends = UnitRules(subject.home.log).load().days.end(day.toordinal())
    ends = max(ends, find_last_duty_end(subject.views, day) or ends)
    return second(subject.now - OVERDUE) > ends


def check_left_open(subject: CheckedHome) -> Check:
    """What the night left open, where somebody can still put it right."""
    settled = list_reconciled_days(subject.views, 1)
    if not settled:
        return Check("left_open", True, "no day was settled yet")
    day = settled[-1].day
    policy = UnitRules(subject.home.log).load().policies.on(day.toordinal())
    found = count_open_matters(subject.views, day, RECENT_DAYS, policy.debounce_seconds)
    report = subject.path / FOLDER / f"{day}.zh-TW.txt"
    see = f" (report: {report})" if report.exists() else ""
    return Check("left_open", not found.to_do, f"{_format_left_open(found, day)}{see}")


LEFT_OPEN_WORDS = {
    "no_check_out": "visits without check-out, to be closed: {}",
    "unmatched": "departures without an arrival, visits to be added: {}",
    "cases": "exit cases that wait for a decision: {}",
    "absent": "unexcused absences: {}",
    "uncovered": "shifts without anybody: {}",
    "refused": "refused taps: {}",
}
"""First what waits for somebody."""


def _format_left_open(found: OpenMatters, day: date) -> str:
    told = [words.format(getattr(found, name)) for name, words in LEFT_OPEN_WORDS.items() if getattr(found, name)]
    return f"{day}, {'; '.join(told)}" if told else f"nothing on {day}"
