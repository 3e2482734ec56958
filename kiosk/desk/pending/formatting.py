"""Writes rows of the pending work, and what a settlement changes, in the words of one language."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from kiosk.desk.pending.view_model import Board, Done, Offer, PendingItem
from kiosk.desk.plan.formatting import find_plan_words
from kiosk.effects import Effect, EffectFormatter
from kiosk.words.desk.cases import CASES
from kiosk.words.desk.pending_en import PENDING as ENGLISH
from kiosk.words.desk.pending_zh_tw import PENDING as CHINESE
from kiosk.words.desk.shared_words import DeskWords


class PendingFormat:
    """The formats of one language, for templates."""

    def __init__(self, words: DeskWords) -> None:
        self.words = ENGLISH if words.language == "en" else CHINESE
        self._roster, self._plan, self._rules = words.roster, find_plan_words(words), CASES[words.language].rules

    def kind(self, item: PendingItem) -> str:
        """The kind of a row."""
        return self._roster.pending_kinds[item.kind]

    def counts(self, board: Board) -> list[tuple[str, str, int]]:
        """Each kind with its name and how many there are."""
        return [(kind, self._roster.pending_kinds[kind], count) for kind, count in board.counts.items()]

    def day(self, item: PendingItem | Done) -> str:
        """The day that it is about."""
        return self._plan.format_day(item.day) if item.day else ""

    def person(self, item: PendingItem | Done) -> str:
        """Number and masked name."""
        return item.person.label if item.person else ""

    def line(self, item: PendingItem) -> str:
        """A row in a few words."""
        return self.words.lines[item.kind].format(**self._list_facts(item))

    def story(self, item: PendingItem) -> str:
        """What happened."""
        facts = self._list_facts(item)
        if item.kind == "no_check_out" and item.minutes:
            return self.words.credited_without_check_out.format(minutes=item.minutes, **facts)
        return self.words.stories[item.kind].format(**facts)

    def _list_facts(self, item: PendingItem) -> dict[str, object]:
        reasons: dict[str, str] = {**self._roster.outcomes}
        reason = reasons.get(item.reason, item.reason)
        rule = self._rules.get(item.rule, item.rule)
        time = self.time(item, item.since) if item.since else ""
        return {"time": time, "kiosk": item.kiosk, "taps": item.taps, "reason": reason, "rule": rule}

    def time(self, item: PendingItem, at: datetime) -> str:
        """A time of the day of a row, with its date where that is another one."""
        return f"{at:%H:%M}" if at.date() == item.day else f"{self._plan.format_day(at.date())} {at:%H:%M}"

    def offer(self, offer: Offer) -> str:
        """What a settlement is."""
        return self.words.offers[offer.name].format(**offer.facts)

    def button(self, offer: Offer) -> str:
        """What its button says."""
        return self.words.buttons.get(offer.name, self.words.offers[offer.name]).format(**offer.facts)

    def effect(self, effect: Effect | None, offer: Offer, day: date | None) -> Sequence[str]:
        """Minutes, outcomes and cases, before and after; an arrival has its minutes once its visit ends."""
        if effect is None:
            return [self.words.hints[offer.name]] if offer.name in self.words.hints else []
        lines = EffectFormatter(self._roster).list_lines(effect, day)
        return [line.replace("->", "→") for line in lines]

    def move(self, item: PendingItem, seconds: int) -> str:
        """By how much a corrected clock moves the taps."""
        sentence = self.words.moved_later if seconds >= 0 else self.words.moved_earlier
        return sentence.format(taps=item.taps, duration=timedelta(seconds=abs(seconds)))

    def done(self, done: Done) -> str:
        """What was done."""
        return self.words.acts[done.what]

    def finish(self, done: Done) -> str:
        """That it was done."""
        return self.words.done.format(what=" ".join(filter(None, (self.day(done), self.person(done), self.done(done)))))

    def reason(self, done: Done) -> str:
        """Why; a code of the rules is said in words."""
        return self._roster.explained.known_reasons.get(done.reason, done.reason)

    def instant(self, at: datetime) -> str:
        """Date and time."""
        return f"{self._plan.format_day(at.date())} {at:%H:%M}"


def mark_effect(effect: Effect | None) -> str:
    """What a person saw of an effect, as a form sends it back."""
    if effect is None:
        return ""
    service = effect.service
    return f"{service.minutes_before} {service.minutes_after} {len(service.duties)}"
