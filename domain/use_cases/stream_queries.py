"""What the log holds about a volunteer, read across streams: visits around a day, the cases of a rule."""

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from domain.ids import compose, exit_case_stream
from domain.log.event_log import EventLog
from domain.log.lenient import read_lenient
from domain.log.row_walk import walk_rows
from domain.model.corrections import CorrectionEvent, Corrections
from domain.model.exit_case import ExitCase
from domain.model.service_event import ServiceEvent
from domain.model.shift import Shift
from domain.model.visit_building import build_visits
from domain.model.visits import Visit
from domain.spans import second
from domain.use_cases.corrected_taps import CorrectedTaps
from domain.use_cases.kiosk_place import KioskPlace
from domain.use_cases.stored_corrections import combine_corrections
from domain.use_cases.unit_rules import CurrentRules


def list_visits_around(
    log: EventLog,
    rules: CurrentRules,
    place: KioskPlace,
    volunteer_id: UUID,
    day: date,
    *,
    now: datetime,
    without: CorrectionEvent | None = None,
) -> list[Visit]:
    """The visits of a service day and of two on either side, which an asserted visit may overlap.

    No visit is longer than 24 hours; the second day is for an end of the day that was moved. `without` leaves a
    correction out. A tap that cannot be read is left out: what it did is for the desk to say. Clocks were corrected up
    to `now`, or to the last record where that is later: the clock that wrote one of them may be behind.
    """
    days = [day + timedelta(days=offset) for offset in range(-2, 3)]
    counted, upto = CorrectedTaps(log, place.list_all), rules.days.ordinal(second(max(now, log.find_last_recorded())))
    taps = [tap for near in days for tap in counted.list_on(volunteer_id, near.toordinal(), rules, upto).taps]
    streams = [log.catch_up(Corrections.of(volunteer_id, near)) for near in days]
    corrected = combine_corrections(log, streams, without=without)
    return build_visits(sorted(taps), corrected, rules.days, rules.policies)


def list_cases(log: EventLog, volunteer_id: UUID, rule: str) -> list[ExitCase]:
    """All cases that a rule ever raised about a volunteer, the oldest first."""
    cases: list[ExitCase] = []
    while case := log.load(ExitCase, exit_case_stream(volunteer_id, rule, len(cases) + 1)):
        cases.append(case)
    return cases


Planned = Shift | ServiceEvent
"""What the unit has given an id."""


class OlderNames:
    """Ids of shifts and events that an older program stored as they were typed, found by their normal form C.

    The log is walked once, and only for an id that can be written in two ways: no such id is added any more.
    """

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def find(self, kind: type[Planned], name: str) -> str:
        """The id as it is stored; the same where no older one reads like it."""
        is_written_in_one_way = unicodedata.normalize("NFD", name) == name
        return name if is_written_in_one_way else self._stored.get((kind, compose(name)), name)

    @cached_property
    def _stored(self) -> dict[tuple[type[Planned], str], str]:
        return {(kind, compose(name)): name for kind, name in self._list_names() if compose(name) != name}

    def _list_names(self) -> Iterator[tuple[type[Planned], str]]:
        planned = (row for row in walk_rows(self._log) if row[3] in (Shift.Created.TOPIC, ServiceEvent.Created.TOPIC))
        for _, event in read_lenient(self._log.decode_row, planned):
            match event:
                case Shift.Created(shift=name):
                    yield Shift, name
                case ServiceEvent.Created(event=name):
                    yield ServiceEvent, name
                case _:
                    pass
