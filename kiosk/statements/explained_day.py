"""An explanation as a told timeline: duties, what the desk did, taps, visits with every stretch, the total, the policy.

Rule: the same lines for the command line and for the screen, in either language of the staff. The visits' minutes add
up to the total, and the stretches of a visit cover it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.log.lenient import UndecodableEvent
from domain.spans import Second
from kiosk.tui.plain_text import sanitise
from kiosk.words.staff_words import ExplainedWords, Head
from projections.evaluation.outcomes import DutyResult
from projections.read_models.audit_trail import AuditEntry
from projections.read_models.explanation import ExplainedStretch, ExplainedTap, ExplainedVisit, Explanation
from projections.read_models.unsynchronised_taps import UnsynchronisedTap

LONGEST_REASON = 4000
"""Cells: a reason has at most 2,000 characters."""


class ExplanationLine(NamedTuple):
    """A line of the timeline."""

    head: Head
    """What it is about."""
    when: str
    text: str
    events: Sequence[int] = ()
    """Positions in the log of what is behind it."""
    mark: Literal["", "+", "-"] = ""
    """For a stretch of a visit, below it: whether it is credited."""


class NameLookup(NamedTuple):
    """How people and reasons are named where the timeline is shown."""

    volunteer: Callable[[UUID], str]
    actor: Callable[[UUID], str]
    reason: Callable[[UUID], str | None] | None
    """The text of a note, None once it is erased; no function where reasons are not shown."""


class ExplanationFormatter:
    """Tells one explained day."""

    def __init__(self, words: ExplainedWords, naming: NameLookup, zone: ZoneInfo) -> None:
        self._words = words
        self._name_lookup = naming
        self._zone = zone

    def format_lines(self, found: Explanation, deeds: Sequence[AuditEntry]) -> list[ExplanationLine]:
        """All lines, in the order in which a person asks: what was planned, what was seen, what it came to."""
        return [
            *(self._format_duty(duty, found.date) for duty in found.duties),
            *(self._format_audit_entry(deed, found.date) for deed in deeds),
            *(self._format_tap(tap, found.date) for tap in found.taps),
            *(self._format_unsynchronised_tap(tap, found.date) for tap in found.unsynchronised),
            *(self._format_undecodable(one) for one in found.undecodable),
            *(told for visit in found.visits for told in self._format_visit(visit, found.date)),
            self._format_total(found),
            self._format_policy(found),
        ]

    # --- What was planned, and what the desk did ---

    def _format_duty(self, duty: DutyResult, day: date) -> ExplanationLine:
        shift, words = duty.assignment, self._words
        late = words.late.format(minutes=duty.late_minutes) if duty.late_minutes else ""
        early = words.early.format(minutes=duty.early_minutes) if duty.early_minutes else ""
        said = self._join(f"{sanitise(shift.shift)}: {words.outcomes[duty.outcome]}", late, early)
        return ExplanationLine("duty", self._format_span(shift.start, shift.end, day), said, [shift.position])

    def _format_audit_entry(self, deed: AuditEntry, day: date) -> ExplanationLine:
        words = self._words
        said = words.audit_trail[deed.kind].format(
            shift=sanitise(deed.shift or ""),
            start=self._format_time(deed.start, day),
            end=self._format_time(deed.end, day),
            other=self._name_lookup.volunteer(deed.other) if deed.other else "",
        )
        by = words.by.format(who=self._name_lookup.actor(deed.by))
        return ExplanationLine(
            "deed", self._format_time(deed.at, day), self._join(said, by, self._format_reason(deed)), [deed.position]
        )

    def _format_reason(self, deed: AuditEntry) -> str:
        if deed.note is None:
            return ""
        if self._name_lookup.reason is None:
            return self._words.reason_hidden
        text = self._name_lookup.reason(deed.note)
        return (
            self._words.reason_erased
            if text is None
            else self._words.reason.format(text=sanitise(text, LONGEST_REASON))
        )

    # --- What was seen, and what it is worth ---

    def _format_tap(self, tap: ExplainedTap, day: date) -> ExplanationLine:
        return ExplanationLine(
            "tap",
            self._format_time(tap.at, day),
            f"{sanitise(tap.kiosk)}: {self._words.taps[tap.outcome]}",
            [tap.position],
        )

    def _format_unsynchronised_tap(self, tap: UnsynchronisedTap, day: date) -> ExplanationLine:
        """What the clock showed, and how that was put right."""
        shown, words = self._format_time(tap.shown, day), self._words
        if tap.put_right_by is None:
            return ExplanationLine("clock", shown, words.clock_waits.format(boot=tap.boot), [tap.position])
        said = words.clock_behind if tap.seconds_behind >= 0 else words.clock_ahead
        by = words.duration.format(hours=abs(tap.seconds_behind) // 3600, minutes=abs(tap.seconds_behind) % 3600 // 60)
        counts = self._format_time(tap.at, day)
        return ExplanationLine("clock", shown, said.format(by=by, at=counts), [tap.position, tap.put_right_by])

    def _format_undecodable(self, one: UndecodableEvent) -> ExplanationLine:
        return ExplanationLine(
            "illegible", "", self._words.undecodable[one.why].format(name=sanitise(one.name)), [one.position]
        )

    def _format_visit(self, visit: ExplainedVisit, day: date) -> Iterator[ExplanationLine]:
        words, span = self._words, self._format_span(visit.visit.check_in, visit.visit.check_out, day)
        corrected = words.corrected if visit.visit.corrected else ""
        credited = words.credited.format(minutes=visit.minutes)
        yield ExplanationLine("visit", span, self._join(words.statuses[visit.status], credited, corrected))
        yield from (self._format_stretch(stretch, day) for stretch in visit.stretches)

    def _format_stretch(self, stretch: ExplainedStretch, day: date) -> ExplanationLine:
        duty = f" ({sanitise(stretch.duty)})" if stretch.duty else ""
        said = f"{stretch.rule} {self._find_sentence(stretch)}{duty}"
        mark = "+" if stretch.credited else "-"
        return ExplanationLine("visit", self._format_span(stretch.start, stretch.end, day), said, stretch.events, mark)

    def _find_sentence(self, stretch: ExplainedStretch) -> str:
        if stretch.account_kind:
            return self._words.credit_reasons[stretch.account_kind]
        return self._words.reasons[stretch.reason or "unscheduled"]

    def _format_total(self, found: Explanation) -> ExplanationLine:
        """The whole, and where there is more than one part, the parts."""
        parts = " + ".join(str(visit.minutes) for visit in found.visits)
        said = self._words.total.format(minutes=found.credited_minutes)
        return ExplanationLine("total", "", f"{said} = {parts}" if len(found.visits) > 1 else said)

    def _format_policy(self, found: Explanation) -> ExplanationLine:
        """What of the policy in force that day is not the default."""
        policy = found.unit.policies.on(found.date.toordinal())
        default = type(policy)()
        changed = [
            f"{name} = {getattr(policy, name)}"
            for name in policy.__struct_fields__
            if getattr(policy, name) != getattr(default, name)
        ]
        return ExplanationLine("policy", "", ", ".join(changed) or self._words.default_policy)

    def _format_span(self, start: Second, end: Second | None, day: date) -> str:
        return f"{self._format_time(start, day)}-{self._format_time(end, day)}"

    def _format_time(self, at: Second | None, day: date) -> str:
        return format_time_of_day(at, day, self._zone)

    def _join(self, *parts: str) -> str:
        return self._words.separator.join(part for part in parts if part)


def format_time_of_day(at: Second | None, day: date, zone: ZoneInfo) -> str:
    """A local time of day, with its date where that is another; `?` where nobody knows."""
    if at is None:
        return "?"
    local = datetime.fromtimestamp(at, zone)
    said = f"{local:%H:%M:%S}".removesuffix(":00")
    return said if local.date() == day else f"{local:%m-%d} {said}"
