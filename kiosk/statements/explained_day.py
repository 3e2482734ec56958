"""An explanation as a told timeline: duties, what the desk did, taps, visits with every stretch, the total, the policy.

Rule: the same lines for the command line and for the screen, in either language of the staff. The visits' minutes add
up to the total, and the stretches of a visit cover it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.log.lenient import Illegible
from domain.spans import Second
from kiosk.tui.plain_text import plain
from kiosk.words.explained_words import ExplainedWords, Head
from projections.evaluation.outcomes import Duty
from projections.read_models.audit_trail import Deed
from projections.read_models.explanation import ExplainedStretch, ExplainedTap, ExplainedVisit, Explanation
from projections.read_models.unsynchronised_taps import UnsureTap

LONGEST_REASON = 4000
"""Cells: a reason has at most 2,000 characters."""


class Told(NamedTuple):
    """A line of the timeline."""

    head: Head
    """What it is about."""
    when: str
    text: str
    events: Sequence[int] = ()
    """Positions in the log of what is behind it."""
    mark: Literal["", "+", "-"] = ""
    """For a stretch of a visit, below it: whether it is credited."""


class Naming(NamedTuple):
    """How people and reasons are named where the timeline is shown."""

    volunteer: Callable[[UUID], str]
    actor: Callable[[UUID], str]
    reason: Callable[[UUID], str | None] | None
    """The text of a note, None once it is erased; no function where reasons are not shown."""


class Teller:
    """Tells one explained day."""

    def __init__(self, words: ExplainedWords, naming: Naming, zone: ZoneInfo) -> None:
        self._words = words
        self._naming = naming
        self._zone = zone

    def timeline(self, found: Explanation, deeds: Sequence[Deed]) -> list[Told]:
        """All lines, in the order in which a person asks: what was planned, what was seen, what it came to."""
        return [
            *(self._duty(duty, found.date) for duty in found.duties),
            *(self._deed(deed, found.date) for deed in deeds),
            *(self._tap(tap, found.date) for tap in found.taps),
            *(self._unsure(tap, found.date) for tap in found.unsure),
            *(self._illegible(one) for one in found.illegible),
            *(told for visit in found.visits for told in self._visit(visit, found.date)),
            self._total(found),
            self._policy(found),
        ]

    # --- What was planned, and what the desk did ---

    def _duty(self, duty: Duty, day: date) -> Told:
        shift, words = duty.assignment, self._words
        late = words.late.format(minutes=duty.late_minutes) if duty.late_minutes else ""
        early = words.early.format(minutes=duty.early_minutes) if duty.early_minutes else ""
        said = self._joined(f"{plain(shift.shift)}: {words.outcomes[duty.outcome]}", late, early)
        return Told("duty", self._span(shift.start, shift.end, day), said, [shift.position])

    def _deed(self, deed: Deed, day: date) -> Told:
        words = self._words
        said = words.deeds[deed.kind].format(
            shift=plain(deed.shift or ""),
            start=self._clock(deed.start, day),
            end=self._clock(deed.end, day),
            other=self._naming.volunteer(deed.other) if deed.other else "",
        )
        by = words.by.format(who=self._naming.actor(deed.by))
        return Told("deed", self._clock(deed.at, day), self._joined(said, by, self._reason(deed)), [deed.position])

    def _reason(self, deed: Deed) -> str:
        if deed.note is None:
            return ""
        if self._naming.reason is None:
            return self._words.reason_hidden
        text = self._naming.reason(deed.note)
        return (
            self._words.reason_erased if text is None else self._words.reason.format(text=plain(text, LONGEST_REASON))
        )

    # --- What was seen, and what it is worth ---

    def _tap(self, tap: ExplainedTap, day: date) -> Told:
        return Told(
            "tap", self._clock(tap.at, day), f"{plain(tap.kiosk)}: {self._words.taps[tap.outcome]}", [tap.position]
        )

    def _unsure(self, tap: UnsureTap, day: date) -> Told:
        """What the clock showed, and how that was put right."""
        shown, words = self._clock(tap.shown, day), self._words
        if tap.put_right_by is None:
            return Told("clock", shown, words.clock_waits.format(boot=tap.boot), [tap.position])
        said = words.clock_behind if tap.behind >= 0 else words.clock_ahead
        by = words.duration.format(hours=abs(tap.behind) // 3600, minutes=abs(tap.behind) % 3600 // 60)
        counts = self._clock(tap.at, day)
        return Told("clock", shown, said.format(by=by, at=counts), [tap.position, tap.put_right_by])

    def _illegible(self, one: Illegible) -> Told:
        return Told("illegible", "", self._words.illegible[one.why].format(name=plain(one.name)), [one.position])

    def _visit(self, visit: ExplainedVisit, day: date) -> Iterator[Told]:
        words, span = self._words, self._span(visit.visit.check_in, visit.visit.check_out, day)
        corrected = words.corrected if visit.visit.corrected else ""
        credited = words.credited.format(minutes=visit.minutes)
        yield Told("visit", span, self._joined(words.statuses[visit.status], credited, corrected))
        yield from (self._stretch(stretch, day) for stretch in visit.stretches)

    def _stretch(self, stretch: ExplainedStretch, day: date) -> Told:
        duty = f" ({plain(stretch.duty)})" if stretch.duty else ""
        said = f"{stretch.rule.rule} {self._words.rule(stretch.rule)}{duty}"
        mark = "+" if stretch.credited else "-"
        return Told("visit", self._span(stretch.start, stretch.end, day), said, stretch.events, mark)

    def _total(self, found: Explanation) -> Told:
        """The whole, and where there is more than one part, the parts."""
        parts = " + ".join(str(visit.minutes) for visit in found.visits)
        said = self._words.total.format(minutes=found.credited_minutes)
        return Told("total", "", f"{said} = {parts}" if len(found.visits) > 1 else said)

    def _policy(self, found: Explanation) -> Told:
        """What of the policy in force that day is not the default."""
        policy = found.unit.policies.on(found.date.toordinal())
        default = type(policy)()
        changed = [
            f"{name} = {getattr(policy, name)}"
            for name in policy.__struct_fields__
            if getattr(policy, name) != getattr(default, name)
        ]
        return Told("policy", "", ", ".join(changed) or self._words.default_policy)

    def _span(self, start: Second, end: Second | None, day: date) -> str:
        return f"{self._clock(start, day)}-{self._clock(end, day)}"

    def _clock(self, at: Second | None, day: date) -> str:
        return clock(at, day, self._zone)

    def _joined(self, *parts: str) -> str:
        return self._words.joint.join(part for part in parts if part)


def clock(at: Second | None, day: date, zone: ZoneInfo) -> str:
    """A local time of day, with its date where that is another; `?` where nobody knows."""
    if at is None:
        return "?"
    local = datetime.fromtimestamp(at, zone)
    said = f"{local:%H:%M:%S}".removesuffix(":00")
    return said if local.date() == day else f"{local:%m-%d} {said}"
