"""What the night writes: exit cases that follow the facts, and one settlement a service day.

The evidence comes from the read models; what becomes of a case is decided here (decision 10).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.act import Act
from domain.at_the_desk import cases_of
from domain.errors import DayNotOver
from domain.exit_case import ExitCase, Trigger
from domain.house_rules import HouseRules
from domain.log.event_log import EventLog
from domain.reconciliation import Reconciliation
from domain.spans import instant, second


@dataclass(frozen=True, slots=True)
class CaseChanges:
    """What became of the exit cases of one night."""

    raised: int
    withdrawn: int


class Night:
    """The use cases of the nightly job."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._rules = HouseRules(log)

    def refuse_unfinished(self, day: date, act: Act) -> None:
        """Say no to a service day that is not over."""
        ends = self._rules.now().days.end(day.toordinal())
        if second(act.recorded) < ends:
            raise DayNotOver(day, instant(ends))

    def settle_cases(
        self, day: date, triggers: Iterable[Trigger], waiting: Iterable[tuple[UUID, str]], act: Act
    ) -> CaseChanges:
        """Raise, revise and withdraw cases. `waiting`: whose case of which rule nobody has decided."""
        found: dict[tuple[UUID, str], list[Trigger]] = {key: [] for key in waiting}
        for trigger in triggers:
            found.setdefault((trigger.volunteer_id, trigger.rule), []).append(trigger)
        raised = withdrawn = 0
        with self._log.writing():
            for (volunteer_id, rule), of_rule in found.items():
                cases = cases_of(self._log, volunteer_id, rule)
                withdrawn += self._follow(cases, of_rule, day, act)
                raised += self._raise(cases, of_rule, day, act)
                self._log.append(*cases)
        return CaseChanges(raised, withdrawn)

    def _follow(self, cases: list[ExitCase], triggers: list[Trigger], day: date, act: Act) -> int:
        """Let undecided cases follow the facts; how many were withdrawn."""
        by_basis = {trigger.basis: trigger for trigger in triggers}
        withdrawn = 0
        for case in cases:
            if case.status == "raised" and case.basis in by_basis:
                case.revise(by_basis[case.basis], act)
            elif case.status == "raised":
                case.withdraw(day, act)
                withdrawn += 1
        return withdrawn

    def _raise(self, cases: list[ExitCase], triggers: list[Trigger], day: date, act: Act) -> int:
        """Raise a case for evidence that no case waits on and no decision has seen; how many."""
        before = len(cases)
        waits = {case.basis for case in cases if case.status == "raised"}
        seen = {evidence for case in cases if case.status == "decided" for evidence in case.evidence}
        for trigger in triggers:
            if trigger.basis not in waits and not seen.issuperset(trigger.evidence):
                cases.append(ExitCase.raise_case(trigger, len(cases) + 1, day, act))
        return len(cases) - before

    def settle_day(
        self, day: date, totals: Mapping[str, int], digest: str, changed: Mapping[str, str], act: Act
    ) -> str:
        """Write the settlement of a day; the head of the log that it was drawn from, hex."""
        with self._log.writing():
            head = self._log.head().chain.hex()
            self._log.append(Reconciliation.settle(day, totals, (digest, changed), head, act))
        return head
