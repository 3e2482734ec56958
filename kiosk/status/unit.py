"""Checks of what the unit keeps itself: calendar, plan, terms of its leaders, its files, the certificate of the hub."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain.clock import MachineClock
from domain.model.unit import Unit
from kiosk.backups.record import read_record
from kiosk.home_files import HUB_FILES, is_written_file, list_written_files
from kiosk.home_unit import load_unit
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.unit_files import find_unit_file_faults
from kiosk.words.codes import find_word
from kiosk.words.hub import HubText
from kiosk.words.reports import StatusText
from projections.projectors.unit_rules import read_unit
from projections.read_models.leader_terms import list_leader_terms
from projections.read_models.plan_status import find_plan_status

CALENDAR_DUE = timedelta(days=31)
"""Before a year begins: its first duties are planned by then."""


def check_plan(checked: CheckedHome) -> Check:
    """A plan stands today; one of a public unit need not be filed (R-001, R-111)."""
    unit = _load_unit(checked)
    status = find_plan_status(checked.views, unit.policies, _find_today(checked, unit))
    if status is None:
        return Check("plan", unit.kind == "public", StatusText.NO_PLAN.fill())
    fields = {"plan": status.plan.plan, "until": status.plan.valid_to, "year": status.overdue}
    return Check("plan", status.state == "active", StatusText[f"PLAN_{status.state.upper()}"].fill(**fields))


def check_leaders(checked: CheckedHome) -> Check:
    """No term of a leader or deputy is over without another, and none is one too many (R-046)."""
    unit = _load_unit(checked)
    today = _find_today(checked, unit)
    terms = list_leader_terms(checked.views, unit.policies)
    latest = {term.role: term for term in terms if term.since <= today}
    found: list[str] = []
    for code, term in latest.items():
        role = find_word("value", code)
        if term.until < today:
            found.append(StatusText.TERM_OVER.fill(role=role, until=term.until))
        elif term.is_one_too_many:
            found.append(StatusText.TERMS_IN_A_ROW.fill(role=role, terms=term.terms_in_row, since=term.since))
    return Check("leaders", not found, "; ".join(found) or StatusText.TERMS_RUN.fill(count=len(latest)))


def check_calendar(checked: CheckedHome) -> Check:
    """The office calendar of this year is imported, and from December on that of the next (R-048)."""
    unit = _load_unit(checked)
    if not unit.follows_office_days:
        return Check("calendar", True, StatusText.CALENDAR_NOT_NEEDED.fill())
    today, open_days = _find_today(checked, unit), read_unit(checked.home.log, None).open_days
    missing = open_days.find_unknown_years([today, today + CALENDAR_DUE])
    if missing:
        return Check("calendar", False, StatusText.CALENDAR_MISSING.fill(years=_join_years(missing)))
    return Check("calendar", True, StatusText.CALENDAR_IMPORTED.fill(years=_join_years(sorted(open_days.years))))


def _join_years(years: Iterable[int]) -> str:
    return ", ".join(map(str, years))


def check_unit_files(checked: CheckedHome) -> Check:
    """The files that the unit wrote can be used, and none is gone that the last backup has."""
    made = read_record(checked.path).made
    found = list(find_unit_file_faults(checked.path))
    if made:
        gone = [name for name in made.files if is_written_file(name) and not (checked.path / name).exists()]
        found += [StatusText.UNIT_FILE_MISSING.fill(name=name, folder=made.folder) for name in gone]
    files = ", ".join(list_written_files(checked.path)) or StatusText.NONE.fill()
    return Check("unit_files", not found, StatusText.SEPARATOR.fill().join(found) or files)


def check_certificate(checked: CheckedHome) -> Check:
    """The certificate that a hub makes, or that a kiosk knows of its hub, has not run out and is not about to."""
    file = checked.path / HUB_FILES[0]
    if not file.exists():
        return Check("certificate", True, HubText.NO_CERTIFICATE.fill())
    from kiosk.hub_certificate import read_certificate  # noqa: PLC0415 - a home without a hub loads nothing of one

    try:
        known = read_certificate(file)
    except ValueError:
        return Check("certificate", False, HubText.CERTIFICATE_UNREADABLE.fill(path=file))
    until = known.until.astimezone(checked.zone).date()
    text = HubText.CERTIFICATE_ENDS if (ends := known.is_near_end(MachineClock().now())) else HubText.CERTIFICATE_GOOD
    return Check("certificate", not ends, text.fill(path=file, until=until))


def _load_unit(checked: CheckedHome) -> Unit:
    return load_unit(checked.home.log, checked.path)


def _find_today(checked: CheckedHome, unit: Unit) -> date:
    return date.fromordinal(unit.service_days().ordinal(checked.views.evaluated_at))
