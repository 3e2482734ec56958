"""Checks of the days: do people tap, are days settled, what did the night leave open."""

from datetime import date, timedelta

from domain.spans import second
from domain.use_cases.unit_rules import UnitRules
from kiosk.nightly.report import FOLDER, RECENT_DAYS
from kiosk.status.subject import Check, CheckedHome
from kiosk.words.status import StatusText
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
        return Check("last_tap", True, StatusText.NO_CARD_TAPPED_YET)
    said = f"on {subject.format_local(found.at)} at {found.kiosk}"
    if found.missed >= MISSED_DUTIES:
        said = StatusText.DUTIES_SINCE_NOBODY_CAME_HOLD.fill(said=said, missed=found.missed)
    return Check("last_tap", found.missed < MISSED_DUTIES, said)


def check_reconciled(subject: CheckedHome) -> Check:
    """No service day that ended more than a day ago is unsettled."""
    settled = list_reconciled_days(subject.views, 1)
    said = StatusText.SETTLED_UP.fill(day=settled[-1].day) if settled else StatusText.NO_DAY_SETTLED_YET
    waits = find_first_unreconciled(subject.views)
    if waits is None or not _is_overdue(subject, waits):
        return Check("reconciled", True, said)
    return Check("reconciled", False, StatusText.OVERDUE_RUN_KIOSK_RECONCILE_LOOK.fill(said=said, waits=waits))


def _is_overdue(subject: CheckedHome, day: date) -> bool:
    """A day with a night shift ends with that."""
    ends = UnitRules(subject.home.log).load().days.end(day.toordinal())
    ends = max(ends, find_last_duty_end(subject.views, day) or ends)
    return second(subject.now - OVERDUE) > ends


def check_left_open(subject: CheckedHome) -> Check:
    """What the night left open, where somebody can still put it right."""
    settled = list_reconciled_days(subject.views, 1)
    if not settled:
        return Check("left_open", True, StatusText.NO_DAY_SETTLED_YET)
    day = settled[-1].day
    policy = UnitRules(subject.home.log).load().policies.on(day.toordinal())
    found = count_open_matters(subject.views, day, RECENT_DAYS, policy.debounce_seconds)
    report = subject.path / FOLDER / f"{day}.zh-TW.txt"
    see = f" (report: {report})" if report.exists() else ""
    return Check("left_open", not found.to_do, f"{_format_left_open(found, day)}{see}")


LEFT_OPEN_WORDS = {
    "no_check_out": StatusText.VISITS_WITHOUT_CHECK_OUT_CLOSED,
    "unmatched": StatusText.DEPARTURES_WITHOUT_ARRIVAL_VISITS_ADDED,
    "cases": StatusText.EXIT_CASES_WAIT_DECISION,
    "absent": "unexcused absences: {}",
    "uncovered": StatusText.SHIFTS_WITHOUT_ANYBODY,
    "refused": "refused taps: {}",
}
"""First what waits for somebody."""


def _format_left_open(found: OpenMatters, day: date) -> str:
    told = [words.format(getattr(found, name)) for name, words in LEFT_OPEN_WORDS.items() if getattr(found, name)]
    return f"{day}, {'; '.join(told)}" if told else f"nothing on {day}"
