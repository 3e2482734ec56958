"""The unit's service days and policies as the log has them now; read again only when they grew.

Rule: an event of the unit that cannot be decoded blocks no tap: the others decide, and the views list it.
"""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.calendar import ServiceDays
from domain.ids import unit_stream
from domain.log.event_log import EventLog
from domain.model.unit import Unit
from domain.policy import Policies


class CurrentRules(NamedTuple):
    """What use cases decide by."""

    unit: Unit
    days: ServiceDays
    policies: Policies
    log_id: UUID
    """Of the log that they were read from: the copy at a kiosk may be made anew, after the hub was restored."""

    @property
    def opened_on(self) -> date | None:
        """The service day on which the unit was opened; None before."""
        return self.days.of(self.unit.opened_at) if self.unit.opened_at else None


class UnitRules:
    """Reads the unit's stream once, and afterwards only what was added."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._known: CurrentRules | None = None

    def load(self) -> CurrentRules:
        """The rules at the head of the log: another process may have adopted a policy."""
        log_id, known = self._log.log_id, self._known
        if known is None or known.log_id != log_id:
            unit, _ = self._log.load_lenient(Unit, unit_stream())
            if unit is None:
                raise LookupError("a log without a unit: every log begins with one")
            known = self._known = _build_rules(unit, log_id)
        version = known.unit.version
        self._log.catch_up_lenient(known.unit)
        if known.unit.version != version:
            known = self._known = _build_rules(known.unit, log_id)
        return known


def _build_rules(unit: Unit, log_id: UUID) -> CurrentRules:
    return CurrentRules(unit, unit.service_days(), unit.policies, log_id)
