"""Checks of the days: do people tap, are days settled, what did the night leave open."""

from datetime import date, timedelta

from domain.spans import second
from domain.use_cases.unit_rules import HouseRules
from kiosk.nightly.report import FOLDER, LATELY
from kiosk.status.subject import Check, Subject
from projections.read_models.day_totals import first_unsettled, lately_settled, still_to_come
from projections.read_models.open_matters import LeftOpen, last_tap, left_open

OVERDUE = timedelta(days=1)
"""After the end of a service day: the night has had its turn."""
MISSED_DUTIES = 3
"""Duties to which nobody came since the last tap: one person stays away, three in a row mean that nothing is read."""


def last_tap_seen(subject: Subject) -> Check:
    """Cards are tapped where people were expected."""
    found = last_tap(subject.views)
    if found is None:
        return Check("last_tap", True, "no card has been tapped yet")
    said = f"on {subject.local(found.at)} at {found.kiosk}"
    if found.missed >= MISSED_DUTIES:
        said = f"{said}; {found.missed} duties since, and nobody came: hold a card to the reader, is it read?"
    return Check("last_tap", found.missed < MISSED_DUTIES, said)


def reconciled(subject: Subject) -> Check:
    """No service day that ended more than a day ago is unsettled."""
    settled = lately_settled(subject.views, 1)
    said = f"settled up to {settled[-1].day}" if settled else "no day was settled yet"
    waits = first_unsettled(subject.views)
    if waits is None or not _is_overdue(subject, waits):
        return Check("reconciled", True, said)
    return Check("reconciled", False, f"{said}; {waits} is overdue: run `kiosk reconcile`, look why the night did not")


def _is_overdue(subject: Subject, day: date) -> bool:
    """A day with a night shift ends with that."""
    ends = HouseRules(subject.home.log).now().days.end(day.toordinal())
    ends = max(ends, still_to_come(subject.views, day) or ends)
    return second(subject.now - OVERDUE) > ends


def open_matters(subject: Subject) -> Check:
    """What the night left open, where somebody can still put it right."""
    settled = lately_settled(subject.views, 1)
    if not settled:
        return Check("left_open", True, "no day was settled yet")
    day = settled[-1].day
    policy = HouseRules(subject.home.log).now().policies.on(day.toordinal())
    found = left_open(subject.views, day, LATELY, policy.debounce_seconds)
    report = subject.path / FOLDER / f"{day}.zh-TW.txt"
    see = f" (report: {report})" if report.exists() else ""
    return Check("left_open", not found.to_do, f"{_told(found, day)}{see}")


WORDS = {
    "no_check_out": "visits without check-out, to be closed: {}",
    "unmatched": "departures without an arrival, visits to be added: {}",
    "cases": "exit cases that wait for a decision: {}",
    "absent": "unexcused absences: {}",
    "uncovered": "shifts without anybody: {}",
    "refused": "refused taps: {}",
}
"""First what waits for somebody."""


def _told(found: LeftOpen, day: date) -> str:
    told = [words.format(getattr(found, name)) for name, words in WORDS.items() if getattr(found, name)]
    return f"{day}, {'; '.join(told)}" if told else f"nothing on {day}"
