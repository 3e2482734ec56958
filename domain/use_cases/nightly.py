"""What the nightly job writes: exit cases that follow the facts, and one reconciliation a service day.

The evidence comes from the read models; what becomes of a case is decided here (decision 10).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.act import Act
from domain.errors import DayNotOver, DutyRunsOn
from domain.ids import reconciliation_stream
from domain.log.errors import UnknownName, Unreadable, WrongStream
from domain.log.event_log import EventLog
from domain.model.exit_case import ExitCase, KnownCase, KnownCases, Trigger, group_triggers, list_case_changes
from domain.model.reconciliation import Reconciliation
from domain.spans import instant, second
from domain.use_cases.stream_queries import list_cases
from domain.use_cases.unit_rules import UnitRules


@dataclass(frozen=True, slots=True)
class DayFindings:
    """What the read models say of a service day that is over."""

    totals: Mapping[str, int]
    digest: str
    """Of the day's results."""
    changed: Mapping[str, str]
    """Reconciled days that late facts changed, with their digests now."""
    triggers: Sequence[Trigger]
    """Everything that the rules find in facts up to `triggers_until`."""
    triggers_until: date
    """The day, or a later one that was reconciled before it: cases are raised and withdrawn as of that."""
    cases: KnownCases
    views_digest: str | None = None
    """Of the file of the views that were asked; None where no later night goes on from it."""


@dataclass(frozen=True, slots=True)
class ReconciledDay:
    """A reconciliation as it stands in the log."""

    totals: Mapping[str, int]
    head: str
    """The chain hash at the end of the reconciliation, hex."""


class RunningDuty(NamedTuple):
    """The duty of a service day that ends last, where it goes on."""

    shift: str
    ends: datetime
    waits_until: datetime
    """From when on the day is reconciled whether the duty has ended or not."""


class NightlyJob:
    """The use cases of the nightly job."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._rules = UnitRules(log)

    def refuse_unfinished(self, day: date, act: Act, duty: RunningDuty | None = None) -> None:
        """Say no to a service day that is not over, or that waits for a duty of it."""
        ends = self._rules.load().days.end(day.toordinal())
        if second(act.recorded) < ends:
            raise DayNotOver(day, instant(ends))
        if duty and act.recorded < duty.waits_until:
            raise DutyRunsOn(day, duty.shift, duty.ends, duty.waits_until)

    def find_last_reconciled(self, last: date, days: int) -> Reconciliation | None:
        """The reconciliation of a day, or of the latest one before it; None where none lies within so many days."""
        for back in range(days):
            stream = reconciliation_stream(last - timedelta(days=back))
            if found := self._log.load_lenient(Reconciliation, stream)[0]:
                return found
        return None

    def reconcile(self, day: date, findings: DayFindings, act: Act) -> ReconciledDay:
        """Reconcile a day in one transaction: cases follow the facts, and the reconciliation counts them.

        Killed before it, nothing of the day is reconciled; after it, all is.
        """
        with self._log.writing():
            head = self._log.head().chain.hex()
            cases, raised, withdrawn = self._update_cases(findings, act)
            totals = {
                **findings.totals,
                "late_facts": len(findings.changed),
                "exits_raised": raised,
                "exits_withdrawn": withdrawn,
            }
            digests = (findings.digest, findings.changed, findings.views_digest)
            self._log.append(*cases, Reconciliation.reconcile(day, totals, digests, head, act))
            return ReconciledDay(totals, self._log.head().chain.hex())

    def _update_cases(self, findings: DayFindings, act: Act) -> tuple[list[ExitCase], int, int]:
        """All cases that the findings change, with their new events; how many were raised and withdrawn.

        A case of which the findings say nothing new is not loaded. Cases that are not as the findings have them are
        left to the next night: the office decides at this moment, or an old event is not as it was verified.
        """
        concerned: list[ExitCase] = []
        raised = withdrawn = 0
        for (volunteer_id, rule), triggers in group_triggers(findings.cases, findings.triggers).items():
            if not any(list_case_changes(findings.cases.get((volunteer_id, rule), ()), triggers)):
                continue
            cases = self._load_cases(volunteer_id, rule)
            if cases is None or not _are_known(cases, findings.cases.get((volunteer_id, rule), ())):
                continue
            changed = self._change_cases(cases, triggers, findings.triggers_until, act)
            raised, withdrawn = raised + changed[0], withdrawn + changed[1]
            concerned += cases
        return concerned, raised, withdrawn

    def _load_cases(self, volunteer_id: UUID, rule: str) -> list[ExitCase] | None:
        """The cases of a rule; None where one cannot be read: it is left as it is, and the others are followed."""
        try:
            return list_cases(self._log, volunteer_id, rule)
        except (UnknownName, Unreadable, WrongStream):
            return None

    def _change_cases(self, cases: list[ExitCase], triggers: list[Trigger], day: date, act: Act) -> tuple[int, int]:
        """Let the cases of a rule follow the facts; how many were raised and withdrawn."""
        raised = withdrawn = 0
        for index, trigger in list(list_case_changes(cases, triggers)):
            if index is None and trigger is not None:
                cases.append(ExitCase.raise_case(trigger, len(cases) + 1, day, act))
                raised += 1
            elif index is not None and trigger is not None:
                cases[index].revise(trigger, act)
            elif index is not None:
                cases[index].withdraw(day, act)
                withdrawn += 1
        return raised, withdrawn


def _are_known(cases: Sequence[ExitCase], known: Sequence[ExitCase | KnownCase]) -> bool:
    """Whether the cases of a rule are those that the findings rest on, as far as they are not withdrawn."""
    return _describe(cases) == _describe(known)


def _describe(cases: Sequence[ExitCase | KnownCase]) -> list[KnownCase]:
    standing = [case for case in cases if case.status != "withdrawn"]
    return [KnownCase(case.basis, case.status, [*case.evidence], case.score, [*case.shifts]) for case in standing]
