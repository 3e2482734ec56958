"""The questions of a settlement: which, when, why, and whether they are sure.

Rule: nothing is done before it was shown what it will change and somebody who is believed said yes to exactly that.
"""

import unicodedata
from datetime import datetime, time, timedelta

import msgspec

from domain.spans import Second, second
from kiosk.batch.fields import Prose, instant
from kiosk.roster.corrections.corrections import Settlements, candidates, correction_of, proposed_end
from kiosk.roster.corrections.dialog import Asker, AtTheHome
from kiosk.roster.corrections.pin_session import Proof
from kiosk.roster.day.source import DaySeen
from kiosk.roster.formatting import Note
from kiosk.statements.explained_day import clock
from kiosk.words.roster_words import RosterWords
from kiosk.words.settling_words import Kind
from projections.evaluation.outcomes import Duty
from projections.read_models.explanation import ExplainedVisit, Explanation
from projections.read_models.what_if import Correction, Effect


class Settlement:
    """Settles one thing of one day."""

    def __init__(self, asker: Asker, at_the_home: AtTheHome, settlements: Settlements, words: RosterWords) -> None:
        self._asker = asker
        self._at_the_home = at_the_home
        self._settlements = settlements
        self._words = words.settling
        self._outcomes = words.explained.outcomes

    async def settle(self, kind: Kind, day: DaySeen, proof: Proof) -> None:
        """Ask, show, ask again, do. Raises: DomainError, LogError, Mistake."""
        about = await self._which(kind, day)
        if about is None:
            return
        title = f"{self._words.titles[kind]}  {_said(about, day)}"
        correction = await self._correction(kind, about, day, title)
        reason = correction and await self._asker.text(self._words.reason, title, complaint_of=self._no_reason)
        if correction and reason:
            await self._carry_out(title, day, correction, reason.strip(), proof)

    async def _which(self, kind: Kind, day: DaySeen) -> ExplainedVisit | Duty | None:
        found = candidates(kind, day.found) if day.found else []
        if not found:
            await self._asker.tell(self._words.nothing[kind])
            return None
        chosen = await self._asker.choice(self._words.titles[kind], [_said(one, day) for one in found])
        return None if chosen is None else found[chosen]

    async def _correction(
        self, kind: Kind, about: ExplainedVisit | Duty, day: DaySeen, title: str
    ) -> Correction | None:
        """What is to be corrected; for a visit without check-out ask when it ended."""
        if kind != "close" or isinstance(about, Duty) or day.found is None:
            return correction_of(about, None)
        proposed = await self._proposed(about, day, day.found)
        check_in = about.visit.check_in

        def complaint_of(text: str) -> str:
            return self._words.no_time if _time_of(text, check_in, day) is None else ""

        typed = await self._asker.text(self._words.check_out, title, proposed, complaint_of)
        return None if typed is None else correction_of(about, _time_of(typed, check_in, day))

    async def _proposed(self, about: ExplainedVisit, day: DaySeen, found: Explanation) -> str:
        now = await self._at_the_home(self._settlements.now)
        ends = proposed_end(about, found, now)
        return "" if ends is None else clock(ends, day.date, day.zone)

    def _no_reason(self, text: str) -> str:
        try:
            msgspec.convert(text.strip(), Prose)
        except msgspec.ValidationError:
            return self._words.no_reason
        return ""

    # --- Showing and doing ---

    async def _carry_out(self, title: str, day: DaySeen, correction: Correction, reason: str, proof: Proof) -> None:
        effect = await self._at_the_home(self._settlements.effect, day, correction)
        remark: list[Note] = []
        while await self._asker.yes(self._words.confirm, title, [*remark, *self._told(effect)]):
            believed, shown = proof.holder, effect
            if believed is None:
                return
            effect = await self._at_the_home(self._settlements.effect, day, correction)
            if effect == shown:
                await self._at_the_home(self._settlements.carry_out, day.who, correction, reason, believed.actor)
                await self._asker.tell(self._words.done, title, self._told(effect))
                return
            remark = [Note(self._words.changed, "alarm")]

    def _told(self, effect: Effect) -> list[Note]:
        """Minutes, outcomes and cases, before and after."""
        words, outcomes = self._words, self._outcomes
        lines = [words.minutes.format(before=effect.minutes_before, after=effect.minutes_after)]
        for duty in effect.duties:
            before, after = outcomes[duty.before], outcomes[duty.after]
            lines.append(words.outcome.format(shift=duty.shift, before=before, after=after))
        for case in effect.cases:
            said = words.raises if case.raises else words.withdraws
            lines.append(said.format(rule=case.rule, dates=case.dates))
        if not effect.duties and effect.minutes_before == effect.minutes_after:
            lines.append(words.no_change)
        return [Note(line, "waiting") for line in lines]


# --- Times and names ---


def _said(about: ExplainedVisit | Duty, day: DaySeen) -> str:
    """A visit by its times, a duty by its shift and its times."""
    if isinstance(about, Duty):
        shift = about.assignment
        return f"{shift.shift}  {_span(shift.start, shift.end, day)}"
    return _span(about.visit.check_in, about.visit.check_out, day)


def _span(start: Second, end: Second | None, day: DaySeen) -> str:
    return f"{clock(start, day.date, day.zone)}-{clock(end, day.date, day.zone)}"


def _time_of(text: str, check_in: Second, day: DaySeen) -> Second | None:
    """A time of day on or after the check-in, or a whole instant; None for what is neither."""
    plain = unicodedata.normalize("NFKC", text).strip()  # an input method for Chinese types wide digits and colons
    try:
        if "-" in plain:
            return second(instant(plain.replace(" ", "T"), day.zone))
        at = datetime.combine(day.date, time.fromisoformat(plain), day.zone)
    except ValueError:
        return None
    return second(at if second(at) > check_in else at + timedelta(days=1))
