"""What the log holds about somebody, read across streams: visits around a day, the cases of a rule."""

from datetime import date, timedelta
from uuid import UUID

from domain.ids import exit_case_stream
from domain.log.event_log import EventLog
from domain.model.corrections import Corrections
from domain.model.exit_case import ExitCase
from domain.model.visits import Visit, merged, visits_of
from domain.spans import second
from domain.use_cases.check_in import Place
from domain.use_cases.corrected_taps import CountedTaps
from domain.use_cases.unit_rules import Rules


def visits_around(log: EventLog, rules: Rules, place: Place, volunteer_id: UUID, day: date) -> list[Visit]:
    """The visits of a service day and its neighbours, which a claim may run into.

    A tap that cannot be read is left out: what it did is for the desk to say.
    """
    days = [day - timedelta(days=1), day, day + timedelta(days=1)]
    counted, now = CountedTaps(log, place.all), rules.days.ordinal(second(log.last_recorded()))
    taps = [tap for near in days for tap in counted.on(volunteer_id, near.toordinal(), rules.days, now).taps]
    corrected = merged([log.catch_up(Corrections.of(volunteer_id, near)).day for near in days])
    return visits_of(sorted(taps), corrected, rules.days, rules.policies)


def cases_of(log: EventLog, volunteer_id: UUID, rule: str) -> list[ExitCase]:
    """All cases that a rule ever raised about a volunteer, the oldest first."""
    cases: list[ExitCase] = []
    while case := log.load(ExitCase, exit_case_stream(volunteer_id, rule, len(cases) + 1)):
        cases.append(case)
    return cases
