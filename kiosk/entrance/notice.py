"""The notice after a tap, line by line: the result in words; and the bars of what lasts. Pure.

The rule: the volunteer's own language comes first, Chinese is always there for the staff, and the other languages
follow small. A bar has one row, in Chinese and English.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from kiosk.entrance.card_requests import Issuing
from kiosk.entrance.service import TapResult
from kiosk.tui.text import sanitise
from kiosk.words.languages import STAFF, find_words, list_other_words
from kiosk.words.volunteer_words import Condition, EntranceWords, IssuingStep, Message

CLOCK_FACE = "%H:%M"
"""How a time of day is written: without seconds."""

LONGEST_NAME = 24
"""Cells of a name, so that the time and the duty keep their place beside it."""

LONGEST_ROW = 76
"""Cells of a row on the smallest terminal, with a margin."""

BARS = (find_words(STAFF), find_words("en"))
"""The languages of a bar."""

GAP = "   "
"""Between the parts of one line."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The lines of one message. An empty line is not shown."""

    kind: str
    """The class that its colours go by: the state, or `forgot_last_time` where that matters most."""
    icon: str
    headline: str
    """In the volunteer's own language, large."""
    subject: str = ""
    """Name, time and duty; or the readers that do not answer."""
    remark: str = ""
    totals: str = ""
    next_step: str = ""
    chinese: str = ""
    """The same for the staff, where the volunteer's language is another."""
    others: tuple[str, ...] = ()


def build_notice(result: TapResult) -> Notice:
    """What to show for a result."""
    words = find_words(result.language)
    message = words.results[result.state]
    return Notice(
        kind="forgot_last_time" if "forgot_last_time" in result.remarks else result.state,
        icon=result.state,
        headline=message.headline,
        subject=_format_subject(result),
        remark=_format_remark(result, words),
        totals=_format_totals(result, words),
        next_step=message.next_step,
        chinese="" if result.language == STAFF else _format_staff_line(result),
        others=tuple(_format_message(other.results[result.state]) for other in list_other_words(result.language)),
    )


def build_condition_notice(condition: Condition, readers: tuple[str, ...] = ()) -> Notice:
    """What to show while the kiosk itself cannot do its work; `readers` are those that do not answer."""
    message = find_words(STAFF).conditions[condition]
    return Notice(
        kind=condition,
        icon=condition,
        headline=message.headline,
        subject=sanitise(GAP.join(readers)),
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
        subject=GAP.join(
            filter(None, (sanitise(issuing.volunteer, LONGEST_NAME), sanitise(issuing.name, LONGEST_NAME)))
        ),
        next_step=message.next_step,
        others=tuple(_format_message(other.issuing[step]) for other in list_other_words(STAFF)),
    )


def build_leaving_bar() -> str:
    """The bar after a first Ctrl+C."""
    return format_bar(lambda words: words.press_again)


def build_clock_bar(*, trusted: bool) -> str:
    """The bar about the clock; empty while it is trusted."""
    return "" if trusted else format_bar(lambda words: words.clock_not_set)


def build_size_bar(columns: int, rows: int) -> str:
    """The bar that says which size the terminal should have."""
    return format_bar(lambda words: words.terminal_too_small.format(columns=columns, rows=rows))


def format_bar(find_sentence: Callable[[EntranceWords], str]) -> str:
    """A sentence in the languages of a bar."""
    return " | ".join(find_sentence(words) for words in BARS)


def _format_subject(result: TapResult) -> str:
    """王〇明   09:03   櫃台. A check-out shows the visit from beginning to end."""
    time = f"{result.at:{CLOCK_FACE}}"
    if result.state == "checked_out" and result.since:
        time = f"{result.since:{CLOCK_FACE}} - {time}"
    parts = (sanitise(result.name or "", LONGEST_NAME), time, sanitise(result.duty or "", LONGEST_NAME))
    return GAP.join(part for part in parts if part)


def _format_remark(result: TapResult, words: EntranceWords) -> str:
    if result.state == "already":
        return _format_earlier(result, words)
    return _fit_to_row([words.remarks[remark].format(minutes=result.minutes_off) for remark in result.remarks], words)


def _fit_to_row(sentences: Sequence[str], words: EntranceWords) -> str:
    """The first, which matters most, and those after it that stand on the same row."""
    rows = [words.separator.join(sentences[:count]) for count in range(len(sentences), 1, -1)]
    return next((row for row in rows if cell_len(row) <= LONGEST_ROW), "".join(sentences[:1]))


def _format_earlier(result: TapResult, words: EntranceWords) -> str:
    if not (earlier := result.earlier):
        return ""
    time, again = f"{earlier.at:{CLOCK_FACE}}", f"{earlier.counts_again_at:{CLOCK_FACE}}"
    return words.repeated[earlier.outcome].format(time=time, again=again)


def _format_totals(result: TapResult, words: EntranceWords) -> str:
    today, month = result.today_minutes, result.month_minutes
    parts = (
        words.today.format(duration=words.format_duration(today)) if today is not None else "",
        words.month.format(duration=words.format_duration(month)) if month is not None else "",
    )
    return GAP.join(part for part in parts if part)


def _format_staff_line(result: TapResult) -> str:
    words = find_words(STAFF)
    message = words.results[result.state]
    return words.separator.join((message.headline, _format_remark(result, words) or message.next_step))


def _format_message(message: Message) -> str:
    return f"{message.headline}. {message.next_step}"
