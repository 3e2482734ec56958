"""What a season has come to: duties and outcomes that add up, hours, what is open, and the proof.

Rule: every figure is asked of the read models; a summary that does not add up is a fault, not a picture.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from kiosk.demo.season import Season
from kiosk.home import Home
from kiosk.statements.statements import Row, Statements
from kiosk.words.demo import DemoText
from kiosk.words.log_errors import explain_verdict
from projections.engine.rebuild import replay
from projections.read_models.day_filter import DayFilter
from projections.read_models.day_totals import OUTCOMES

WEEKLY = 70
"""Up to so many days are summed by week, more by month."""
NIGHTLY_FIGURE = "refused_taps"
"""What only the nights count."""


class Summary(NamedTuple):
    """The figures of a season."""

    periods: list[Row]
    """A row a week or month, and one for all."""
    open: list[str]
    """Sentences about what waits for a person."""
    cases: list[Row]
    """Those that nobody has decided."""
    checks: list[str]
    holds: bool
    """The outcomes add up, the replay is identical, the log is whole."""


def build_summary(home: Home, season: Season, nights: list[Row]) -> Summary:
    """Ask for everything once."""
    said = Statements.now(home)
    periods = list(_list_periods(said, season, nights))
    proof, holds = _run_checks(home)
    holds = holds and all(row["duties"] == sum(row[outcome] for outcome in SHOWN_OUTCOMES) for row in periods)
    head = [DemoText.KEPT_HEAD.fill(head=nights[-1]["head"], date=nights[-1]["date"])] if nights else []
    cases = [case for case in said.list_exits(DayFilter()) if case["status"] == "raised"]
    return Summary(periods, list(_list_open(said, season)), cases, [*head, *proof], holds)


SHOWN_OUTCOMES = (*OUTCOMES, "upcoming")
"""Every duty has exactly one of these; the last one only while it is not over."""


# --- By week or month ---


def _list_periods(said: Statements, season: Season, nights: list[Row]) -> Iterator[Row]:
    period, name_of = ("week", _format_week) if len(season.days) <= WEEKLY else ("month", _format_month)
    for name, days in groupby(season.days, key=name_of):
        span = list(days)
        yield {period: name, **_count_figures(said, span[0], span[-1], nights)}
    yield {period: "all", **_count_figures(said, season.days[0], season.last, nights)}


def _format_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _format_month(day: date) -> str:
    return f"{day:%Y-%m}"


def _count_figures(said: Statements, first: date, last: date, nights: list[Row]) -> Row:
    asked = DayFilter(first, last)
    outcomes = Counter(row["outcome"] for row in said.list_duties(asked))
    minutes = sum(row["minutes"] for row in said.list_hours(asked, frozenset()))
    settled = [row for row in nights if first.isoformat() <= row["date"] <= last.isoformat()]
    return {
        "duties": outcomes.total(),
        **{outcome: outcomes[outcome] for outcome in SHOWN_OUTCOMES},
        "hours": f"{minutes // 60}:{minutes % 60:02d}",
        NIGHTLY_FIGURE: sum(row[NIGHTLY_FIGURE] for row in settled),
    }


# --- What is open ---


def _list_open(said: Statements, season: Season) -> Iterator[str]:
    visits = said.list_visits(DayFilter(season.days[0], season.last))
    kinds = Counter(row["kind"] for row in said.list_absences(DayFilter()))
    statuses = Counter(row["status"] for row in said.list_exits(DayFilter()))
    corrected = sum(row["corrected"] for row in visits)
    yield DemoText.VISITS_THEM_CORRECTED_COORDINATOR_EACH.fill(visits=len(visits), corrected=corrected)
    yield DemoText.ABSENCES_UNEXCUSED_LEAVE.fill(unexcused=kinds["unexcused"], leave=kinds["leave"])
    for row in visits:
        if row["status"] == "no_check_out":
            yield DemoText.OPEN_CAME_NEVER_TAPPED_OUT.fill(
                volunteer=row["volunteer"], replace=row["check_in"][:16].replace("T", " at ")
            )
    yield f"In now: {', '.join(row['volunteer'] for row in said.list_present()) or 'nobody'}."
    yield DemoText.CASES_REVIEW.fill(raised=statuses["raised"], decided=statuses["decided"])


# --- The proof ---


def _run_checks(home: Home) -> tuple[list[str], bool]:
    found, verdict = replay(home.log, home.views), home.log.verify()
    same = "identical" if not found.differences else f"{len(found.differences)} differences"
    whole = "whole" if verdict.whole else explain_verdict(verdict)
    sentences = [
        DemoText.REPLAY_ROWS_REBUILT_EVENTS.fill(same=same, rows=found.rows, events=found.events),
        DemoText.VERIFY_EVENTS_HEAD.fill(whole=whole, events=verdict.events, chain=verdict.head.chain.hex()),
    ]
    return sentences, verdict.whole and not found.differences
