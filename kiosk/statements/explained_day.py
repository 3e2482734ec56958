"""An explanation as a timeline: duties, acts of the desk, taps, visits with every stretch, the total, the policy.

Rule: the same lines for the command line and for the screen, in either language of the staff. The minutes of the
visits add up to the total, and the stretches of a visit cover it. What counts for another day says so.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from domain.ids import SYSTEM
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.text.sanitise import sanitise
from kiosk.words.command_line import CommandLineText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from uuid import UUID
    from zoneinfo import ZoneInfo

    from domain.log.lenient import UndecodableEvent
    from domain.policy import Policy
    from domain.spans import Second
    from kiosk.people.known_people import PeopleToRead
    from kiosk.words.statement_words import ExplainedWords, Head
    from projections.evaluation.outcomes import DutyResult
    from projections.read_models.audit_trail import AuditEntry
    from projections.read_models.explained_stretch import ExplainedStretch
    from projections.read_models.explanation import (
        ExplainedTap,
        ExplainedVisit,
        Explanation,
        TrainingDemand,
    )
    from projections.read_models.unsynchronised_taps import UnsynchronisedTap


class ExplanationLine(msgspec.Struct, frozen=True):
    """A line of the timeline."""

    head: Head
    """What it is about."""
    when: str
    text: str
    events: Sequence[int] = ()
    """Positions of the events that it rests on."""
    mark: Literal["", "+", "-"] = ""
    """For a stretch of a visit, below it: whether it is credited."""


class NameLookup(msgspec.Struct, frozen=True):
    """How the timeline names volunteers, actors and reasons."""

    volunteer: Callable[[UUID], str]
    actor: Callable[[UUID], str]
    reason: Callable[[UUID, str | None], str | None] | None
    """The text of a note with a digest, None once it is erased, empty where it is not the text that was given; no
    function where reasons are not shown."""


def build_name_lookup(people: PeopleToRead) -> NameLookup:
    """Numbers and names for a user of the command line, who may read the people store."""
    return NameLookup(
        lambda volunteer_id: people.find_number(volunteer_id) or str(volunteer_id),
        lambda actor: people.find_actor_name(actor) or str(actor),
        people.find_reason,
    )


class ExplanationFormatter:
    """Formats one explained day."""

    def __init__(self, words: ExplainedWords, name_lookup: NameLookup, zone: ZoneInfo) -> None:
        self._words = words
        self._name_lookup = name_lookup
        self._zone = zone

    def format_lines(self, explanation: Explanation | None, audit_trail: Sequence[AuditEntry]) -> list[ExplanationLine]:
        """All lines: what was planned, what was done at the desk, what was recorded, what was credited.

        Empty where nothing is on record of the day, not even an event that cannot be read.
        """
        if explanation is None or not (audit_trail or _has_facts(explanation)):
            return []
        return [
            *(self._format_duty(duty, explanation.date) for duty in explanation.duties),
            *(self.format_audit_entry(entry, explanation.date) for entry in audit_trail),
            *(self._format_tap(tap, explanation.date) for tap in explanation.taps),
            *(self._format_unsynchronised_tap(tap, explanation.date) for tap in explanation.unsynchronised),
            *(self._format_undecodable(one) for one in explanation.undecodable),
            *(line for visit in explanation.visits for line in self._format_visit(visit, explanation.date)),
            self._format_total(explanation),
            *map(self._format_demand, explanation.trainings),
            *self._format_policies(explanation),
        ]

    # --- What was planned, and acts of the desk ---

    def _format_duty(self, duty: DutyResult, day: date) -> ExplanationLine:
        shift, words = duty.assignment, self._words
        late = words.late.format(minutes=duty.late_minutes) if duty.late_minutes else ""
        early = words.early.format(minutes=duty.early_minutes) if duty.early_minutes else ""
        text = self._join(f"{sanitise(shift.shift)}{words.colon}{words.outcomes[duty.outcome]}", late, early)
        return ExplanationLine("duty", self._format_span(shift.start, shift.end, day), text, [shift.position])

    def format_audit_entry(self, entry: AuditEntry, day: date) -> ExplanationLine:
        """What a person did about the day, with author and reason."""
        words = self._words
        text = words.audit_trail[entry.kind].format(
            shift=sanitise(entry.shift or ""),
            start=self._format_time(entry.start, day),
            end=self._format_time(entry.end, day),
            other=self._name_lookup.volunteer(entry.other) if entry.other else "",
            matter=words.acknowledged_kinds[entry.matter] if entry.matter else "",
        )
        by = words.by.format(who=format_actor(self._name_lookup.actor(entry.by), words))
        return ExplanationLine(
            "desk", self._format_time(entry.at, day), self._join(text, by, self._format_reason(entry)), [entry.position]
        )

    def _format_reason(self, entry: AuditEntry) -> str:
        if entry.note is None:
            return ""
        if self._name_lookup.reason is None:
            return self._words.reason_hidden
        text = self._name_lookup.reason(entry.note, entry.note_digest)
        if text is None:
            return self._words.reason_erased
        return format_reason(text, self._words) if text else self._words.reason_altered

    # --- What was recorded, and what is credited ---

    def _format_tap(self, tap: ExplainedTap, day: date) -> ExplanationLine:
        return ExplanationLine(
            "tap",
            self._format_time(tap.at, day),
            f"{sanitise(tap.kiosk)}{self._words.colon}{self._words.taps[tap.outcome]}",
            [tap.position],
        )

    def _format_unsynchronised_tap(self, tap: UnsynchronisedTap, day: date) -> ExplanationLine:
        """The instant that the clock showed, and its correction where there is one."""
        shown, words = self._format_time(tap.shown, day), self._words
        if tap.put_right_by is None:
            return ExplanationLine("clock", shown, words.clock_waits.format(boot=tap.boot), [tap.position])
        text = words.clock_behind if tap.seconds_behind >= 0 else words.clock_ahead
        by = words.duration.format(hours=abs(tap.seconds_behind) // 3600, minutes=abs(tap.seconds_behind) % 3600 // 60)
        counts = self._format_time(tap.at, day)
        return ExplanationLine("clock", shown, text.format(by=by, at=counts), [tap.position, tap.put_right_by])

    def _format_undecodable(self, one: UndecodableEvent) -> ExplanationLine:
        return ExplanationLine(
            "undecodable", "", self._words.undecodable[one.why].format(name=sanitise(one.name)), [one.position]
        )

    def _format_visit(self, visit: ExplainedVisit, day: date) -> Iterator[ExplanationLine]:
        words, span = self._words, self._format_span(visit.visit.check_in, visit.visit.check_out, day)
        corrected = words.corrected if visit.visit.corrected else ""
        credited = words.credited.format(minutes=visit.minutes)
        elsewhere = (
            words.credited_elsewhere.format(minutes=minutes, day=f"{other:%m-%d}")
            for other, minutes in visit.minutes_elsewhere.items()
        )
        yield ExplanationLine("visit", span, self._join(words.statuses[visit.status], credited, *elsewhere, corrected))
        for stretch in (*visit.grace, *visit.stretches):
            yield self._format_stretch(stretch, visit.visit.check_in, day)

    def _format_stretch(self, stretch: ExplainedStretch, check_in: Second, day: date) -> ExplanationLine:
        duty = f" ({sanitise(stretch.duty)})" if stretch.duty else ""
        is_elsewhere = stretch.counts_on not in (None, day)
        counts_on = self._words.counts_on.format(day=f"{stretch.counts_on:%m-%d}") if is_elsewhere else ""
        text = self._join(f"{stretch.rule} {self._find_sentence(stretch, check_in)}{duty}", counts_on)
        mark = "+" if stretch.credited else "-"
        return ExplanationLine("visit", self._format_span(stretch.start, stretch.end, day), text, stretch.events, mark)

    def _find_sentence(self, stretch: ExplainedStretch, check_in: Second) -> str:
        if stretch.parameter:
            return self._words.parameter_reasons[stretch.parameter]
        if stretch.account_kind:
            return self._words.credit_reasons[stretch.account_kind]
        if stretch.reason == "no_check_out" and stretch.start > check_in:
            return self._words.after_credited_duty
        return self._words.reasons[stretch.reason or "unscheduled"]

    def _format_total(self, explanation: Explanation) -> ExplanationLine:
        """The credited minutes, with those of each visit where there are several."""
        parts = " + ".join(str(visit.minutes) for visit in explanation.visits)
        text = self._words.total.format(minutes=explanation.credited_minutes)
        return ExplanationLine("total", "", f"{text} = {parts}" if len(explanation.visits) > 1 else text)

    def _format_demand(self, demand: TrainingDemand) -> ExplanationLine:
        """Which training was demanded, and from when on it counts."""
        words, category = self._words, sanitise(demand.category or "")
        since = [self._format_instant(at) for at in (demand.basic_from, demand.special_from)]
        basic = words.basic_counts if since[0] else words.basic_missing
        special = words.special_counts if since[1] else words.special_missing
        special = special if category else words.special_not_demanded
        text = self._join(basic.format(since=since[0]), special.format(category=category, since=since[1]))
        return ExplanationLine("policy", "", text)

    def _format_instant(self, at: Second | None) -> str:
        return "" if at is None else f"{datetime.fromtimestamp(at, self._zone):%Y-%m-%d %H:%M}"

    def _format_policies(self, explanation: Explanation) -> Iterator[ExplanationLine]:
        """The policy in force on the day, and another one by which a visit counts that began on a neighbour."""
        policies, day = explanation.unit.policies, explanation.date.toordinal()
        yield self._format_policy(policies.on(day))
        for other in sorted({visit.visit.day for visit in explanation.visits}):
            if policies.on(other) != policies.on(day):
                yield self._format_policy(policies.on(other), f"{date.fromordinal(other):%m-%d}{self._words.colon}")

    def _format_policy(self, policy: Policy, before: str = "") -> ExplanationLine:
        """The parameters that differ from the defaults."""
        default = type(policy)()
        changed = [name for name in policy.__struct_fields__ if getattr(policy, name) != getattr(default, name)]
        if not changed:
            return ExplanationLine("policy", "", f"{before}{self._words.default_policy}")
        from kiosk.statements.policy_values import format_parameters  # noqa: PLC0415 - many units change none
        from kiosk.words.desk.policy_parameters import POLICY  # noqa: PLC0415 - same

        words = POLICY[self._words.language]
        values = format_parameters({name: getattr(policy, name) for name in changed}, words, self._words.colon)
        return ExplanationLine("policy", "", before + self._words.semicolon.join(values))

    def _format_span(self, start: Second, end: Second | None, day: date) -> str:
        return f"{self._format_time(start, day)}-{self._format_time(end, day)}"

    def _format_time(self, at: Second | None, day: date) -> str:
        return format_time_of_day(at, day, self._zone)

    def _join(self, *parts: str) -> str:
        return self._words.separator.join(part for part in parts if part)


def _has_facts(found: Explanation) -> bool:
    return any((found.duties, found.taps, found.visits, found.unsynchronised, found.undecodable))


def format_time_of_day(at: Second | None, day: date, zone: ZoneInfo) -> str:
    """A local time of day, with its date where that is another; `?` where it is unknown."""
    if at is None:
        return "?"
    local = datetime.fromtimestamp(at, zone)
    text = f"{local:%H:%M:%S}".removesuffix(":00")
    return text if local.date() == day else f"{local:%m-%d} {text}"


def format_events(positions: Sequence[int]) -> str:
    """Events by their positions; one or more."""
    from kiosk.words.validation import FieldFormat  # noqa: PLC0415 - of days that are printed alone

    text = CommandLineText.BY_EVENTS if len(positions) > 1 else CommandLineText.BY_EVENT
    return text.fill(events=FieldFormat.COMMA.fill().join(map(str, positions)))


# --- Author and reason ---

LONGEST_REASON = 4000
"""Cells: a reason has at most 2,000 characters."""


def format_authorship(row: Mapping[str, Any], words: ExplainedWords) -> str:
    """Author and reason of a row with the keys that `kiosk.statements.acts` gives it."""
    lost = {"erased": words.reason_erased, "altered": words.reason_altered}.get(row.get("reason_lost", ""), "")
    reason = format_reason(row["reason"], words) if row["reason"] else lost
    return words.separator.join(part for part in (words.by.format(who=format_actor(row["by"], words)), reason) if part)


def format_actor(name: str | None, words: ExplainedWords) -> str:
    """An author by name; empty where an event has none."""
    return words.system if name in (SYSTEM_ACTOR, str(SYSTEM)) else sanitise(name or "")


def format_reason(text: str, words: ExplainedWords) -> str:
    """A reason, on one line; one that is a word of the rules with what it means (R-036)."""
    return words.reason.format(text=words.known_reasons.get(text) or sanitise(text, LONGEST_REASON))
