"""The notice after a tap, line by line: the result in words; and the bars of what lasts. Pure.

The rule: the volunteer's own language comes first, Chinese is always there for the staff, and the other languages
follow small, where there is room. A bar has one row, in Chinese and English.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len

from kiosk.entrance.card_requests import Issuing
from kiosk.entrance.large_text import measure_width
from kiosk.entrance.layout import Line
from kiosk.entrance.service import TapResult
from kiosk.joined_home.hub_trouble import HubTrouble
from kiosk.text.sanitise import sanitise
from kiosk.words.languages import STAFF, find_words, format_chinese_date, list_other_words
from kiosk.words.volunteer_words import Condition, EntranceWords, IssuingStep, Message, ResultState

CLOCK_FACE = "%H:%M"
"""How a time of day is written: without seconds."""

LONGEST_NAME = 24
"""Cells of a name, so that the time and the duty keep their place beside it."""

LONGEST_AWARD = 40
"""Cells of the name of an award that stands on one row with what lacks."""

LONGEST_ROW = 76
"""Cells of a row on the smallest terminal, with a margin."""

BARS = (find_words(STAFF), find_words("en"))
"""The languages of a bar."""

GAP = "   "
"""Between the parts of one line."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The texts of one message. An empty one is not shown."""

    kind: str
    """The class that its colours go by: the state, or `forgot_last_time` where that matters most."""
    icon: str
    headline: str
    """In the volunteer's own language, as large as it fits."""
    subject: tuple[str, ...] = ()
    """Name and time, or the readers that do not answer."""
    duty: str = ""
    """Where the volunteer serves now."""
    remark: str = ""
    totals: str = ""
    """Hours: of the month after a check-in and a repeated tap, of the day after a check-out."""
    longer_totals: str = ""
    """Hours of the month after a check-out, of the year after a repeated tap."""
    award: str = ""
    """What lacks to the next award, after a repeated tap."""
    next_step: str = ""
    staff: str = ""
    """The same in Chinese for the staff, where the volunteer's language is another."""
    others: tuple[str, ...] = ()
    """The same in other languages, small."""
    receipt: str = ""
    """Position and code of the head of the log that holds the tap, small."""
    knows_volunteer: bool = False
    """Whether it is for a volunteer who is known: the name is large, and other languages may be left out."""

    def list_lines(self) -> list[Line]:
        """The lines from the top, with the height that each wants on the smallest terminal."""
        less = measure_width(self.next_step) > LONG_SENTENCE
        return [
            Line("headline", (self.headline,), HEADLINE_ROWS - less, icon=self.icon),
            Line("subject", self.subject, 4, spared=not self.knows_volunteer),
            Line("duty", (self.duty,), 4, spared=True),
            Line("remark", (self.remark,), 4, spared=True),
            Line("totals", (self.totals,), 4),
            Line("longer_totals", (self.longer_totals,), 4, spared=True),
            Line("award", (self.award,), 4, spared=True),
            Line("next_step", (self.next_step,), 5 - less),
            Line("staff", (self.staff,), 3, spared=True),
            *(Line("others", (other,), optional=self.knows_volunteer) for other in self.others),
            Line("others", (self.receipt,)),
        ]


HEADLINE_ROWS = 7
"""Rows of a headline on the smallest terminal."""

LONG_SENTENCE = 16
"""Width in em from which a next step takes three rows of text on the smallest terminal, which then are less high."""

ABSENT_STATES: frozenset[ResultState] = frozenset(["suspended", "agreement_ended", "before_agreement"])
"""Refusals of a check-in: the volunteer is not signed in."""


def build_notice(result: TapResult) -> Notice:
    """What to show for a result."""
    words = find_words(result.language)
    message = _find_message(result, words)
    totals = _format_totals(result, words)
    return Notice(
        kind="forgot_last_time" if "forgot_last_time" in result.remarks else result.state,
        icon=result.state,
        headline=message.headline,
        subject=_list_subject(result),
        duty=sanitise(result.session or result.duty or "", LONGEST_NAME) if result.state == "checked_in" else "",
        remark=_format_remark(result, words),
        totals=totals[0] if totals else "",
        longer_totals=totals[1] if len(totals) > 1 else "",
        award=_format_award(result, words),
        next_step=message.next_step,
        staff="" if result.language == STAFF else _format_staff_line(result),
        others=tuple(_format_message(_find_message(result, other)) for other in list_other_words(result.language)),
        receipt=result.receipt,
        knows_volunteer=result.name is not None,
    )


def build_idle_lines(now: datetime) -> list[Line]:
    """The lines while no card is shown: the invitation, the time, the date."""
    date = f"{format_chinese_date(now.date())}   {now:%Y-%m-%d}"
    others = " | ".join(words.tap_your_card for words in list_other_words(STAFF))
    return [
        Line("headline", (find_words(STAFF).tap_your_card,), HEADLINE_ROWS + 1),
        Line("clock", (f"{now:{CLOCK_FACE}}",), HEADLINE_ROWS - 1),
        Line("date", (date,), 4, spared=True),
        Line("others", (others,), 3, spared=True),
    ]


def build_condition_notice(condition: Condition, readers: tuple[str, ...] = ()) -> Notice:
    """What to show while the kiosk itself cannot do its work; `readers` are those that do not answer."""
    message = find_words(STAFF).conditions[condition]
    return Notice(
        kind=condition,
        icon=condition,
        headline=message.headline,
        subject=(sanitise("、".join(readers)),) if readers else (),
        next_step=message.next_step,
        others=tuple(_format_message(other.conditions[condition]) for other in list_other_words(STAFF)),
    )


def build_issuing_notice(issuing: Issuing) -> Notice:
    """What to show while a card is issued: whose it is, and what to do with it."""
    step: IssuingStep = "hold_again" if issuing.reads else "hold_card"
    message = find_words(STAFF).issuing[step]
    return Notice(
        kind="issuing",
        icon="issuing",
        headline=message.headline,
        subject=tuple(sanitise(text, LONGEST_NAME) for text in (issuing.volunteer, issuing.name)),
        next_step=message.next_step,
        others=tuple(_format_message(other.issuing[step]) for other in list_other_words(STAFF)),
    )


def build_leaving_bar() -> str:
    """The bar after a first Ctrl+C."""
    return format_bar(lambda words: words.press_again)


def build_clock_bar(*, trusted: bool) -> str:
    """The bar about the clock; empty while it is trusted."""
    return "" if trusted else format_bar(lambda words: words.clock_not_set)


def build_hub_bar(trouble: HubTrouble | None) -> str:
    """The bar about the hub; empty while the copy is fresh."""
    if trouble is None:
        return ""
    since = _format_since(trouble.since, has_date=trouble.kind != "unheard")
    return format_bar(lambda words: words.hub[trouble.kind].format(since=since))


def _format_since(since: datetime | None, *, has_date: bool) -> str:
    """A time of day, behind a date without its year where it is not today's."""
    return f"{since:{f'%m-%d {CLOCK_FACE}' if has_date else CLOCK_FACE}}" if since else "?"


def build_size_bar(columns: int, rows: int) -> str:
    """The bar that says which size the terminal should have."""
    return format_bar(lambda words: words.terminal_too_small.format(columns=columns, rows=rows))


def format_bar(find_sentence: Callable[[EntranceWords], str]) -> str:
    """A sentence in the languages of a bar."""
    return " | ".join(find_sentence(words) for words in BARS)


def _find_message(result: TapResult, words: EntranceWords) -> Message:
    """Headline and next step; a repeated tap says whether the volunteer is in or out, and when another tap counts."""
    if result.session:
        return words.at_session
    if result.state != "already" or not (earlier := result.earlier):
        return words.results[result.state]
    time, again = f"{earlier.at:{CLOCK_FACE}}", f"{earlier.counts_again_at:{CLOCK_FACE}}"
    message = words.repeated[earlier.outcome]
    return Message(message.headline, message.next_step.format(time=time, again=again))


def _list_subject(result: TapResult) -> tuple[str, ...]:
    """王〇明, 09:03. A check-out shows the visit from beginning to end; a repeated tap has no time of its own."""
    name = sanitise(result.name or "", LONGEST_NAME)
    if result.state == "already" and result.earlier:
        return (name,)
    time = f"{result.at:{CLOCK_FACE}}"
    if result.state == "checked_out" and result.since:
        time = f"{result.since:{CLOCK_FACE}} - {time}"
    return (name, time)


def _format_remark(result: TapResult, words: EntranceWords) -> str:
    if result.state in ABSENT_STATES:
        return words.not_signed_in
    return _fit_to_row([words.remarks[remark].format(minutes=result.minutes_off) for remark in result.remarks], words)


def _fit_to_row(sentences: Sequence[str], words: EntranceWords) -> str:
    """The first, which matters most, and those after it that stand on the same row."""
    rows = [words.separator.join(sentences[:count]) for count in range(len(sentences), 1, -1)]
    return next((row for row in rows if cell_len(row) <= LONGEST_ROW), "".join(sentences[:1]))


def _format_totals(result: TapResult, words: EntranceWords) -> list[str]:
    """Hours, the shorter time first: after a check-in the day has none yet, after a repeated tap the year has."""
    today, month, year = result.today_minutes, result.month_minutes, result.year_minutes
    shown: list[tuple[str, int | None]] = []
    match result.state:
        case "checked_in":
            shown = [(words.month, month)]
        case "checked_out":
            shown = [(words.today, today), (words.month, month)]
        case "already" if year is not None:
            shown = [(words.month, month), (words.year, year)]
        case _:
            pass
    totals = [
        sentence.format(duration=words.format_duration(minutes)) for sentence, minutes in shown if minutes is not None
    ]
    if (until := result.others_until) is None:
        return totals
    since = _format_since(until, has_date=until.date() != result.at.date())
    return [words.without_others.format(total=total, since=since) for total in totals]


def _format_award(result: TapResult, words: EntranceWords) -> str:
    """What lacks to the next award; nothing where its name, which is never cut, is too long."""
    award = result.next_award
    if award is None or cell_len(award.name) > LONGEST_AWARD:
        return ""
    name, duration = sanitise(award.name, LONGEST_AWARD), words.format_duration(award.minutes)
    if award.on is None:
        return words.award_after_hours.format(duration=duration, award=name)
    if not award.minutes:
        return words.award_from_day.format(day=award.on, award=name)
    return words.award_after_both.format(duration=duration, day=award.on, award=name)


def _format_staff_line(result: TapResult) -> str:
    words = find_words(STAFF)
    message = _find_message(result, words)
    return words.separator.join((message.headline, _format_remark(result, words) or message.next_step))


def _format_message(message: Message) -> str:
    return f"{message.headline}. {message.next_step}"
