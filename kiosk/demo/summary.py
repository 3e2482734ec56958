"""The summary of a season: duties by outcome, hours, open matters, and the verification of log and read models.

Rule: every figure comes from the read models; a summary that does not add up is a fault of the program.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from kiosk.demo.season import Season
from kiosk.home import Home
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import Statements
from kiosk.words.log_errors import explain_verdict
from kiosk.words.reports import DemoText
from projections.engine.rebuild import replay
from projections.read_models.day_filter import DayFilter
from projections.read_models.day_findings import OUTCOMES

WEEKLY = 70
"""Up to so many days are summed by week, more by month."""
NIGHTLY_FIGURE = "refused_taps"
"""Counted only in the rows of the nights."""


class Summary(NamedTuple):
    """The figures of a season."""

    periods: list[Row]
    """A row a week or month, and one for all."""
    open: list[str]
    """Sentences about visits, absences and cases that are open."""
    cases: list[Row]
    """Those without a decision."""
    checks: list[str]
    holds: bool
    """The outcomes add up, the replay is identical, the log is whole."""


def build_summary(home: Home, season: Season, nights: list[Row]) -> Summary:
    """Query every figure once."""
    statements = Statements.now(home)
    periods = list(_list_periods(statements, season, nights))
    checks, holds = _run_checks(home)
    holds = holds and all(row["duties"] == sum(row[outcome] for outcome in SHOWN_OUTCOMES) for row in periods)
    head = [DemoText.KEPT_HEAD.fill(head=nights[-1]["head"], date=nights[-1]["date"])] if nights else []
    cases = [case for case in statements.list_exits(DayFilter()) if case["status"] == "raised"]
    return Summary(periods, list(_list_open(statements, season)), cases, [*head, *checks], holds)


SHOWN_OUTCOMES = (*OUTCOMES, "upcoming")
"""Every duty has exactly one of these; the last one only while it is not over."""


# --- By week or month ---


def _list_periods(statements: Statements, season: Season, nights: list[Row]) -> Iterator[Row]:
    period, name_of = ("week", _format_week) if len(season.days) <= WEEKLY else ("month", _format_month)
    for name, days in groupby(season.days, key=name_of):
        span = list(days)
        yield {period: name, **_count_figures(statements, span[0], span[-1], nights)}
    yield {period: "all", **_count_figures(statements, season.days[0], season.last, nights)}


def _format_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _format_month(day: date) -> str:
    return f"{day:%Y-%m}"


def _count_figures(statements: Statements, first: date, last: date, nights: list[Row]) -> Row:
    period = DayFilter(first, last)
    outcomes = Counter(row["outcome"] for row in statements.list_duties(period))
    minutes = sum(row["minutes"] for row in statements.list_hours(period, frozenset()))
    reconciled = [row for row in nights if first.isoformat() <= row["date"] <= last.isoformat()]
    return {
        "duties": outcomes.total(),
        **{outcome: outcomes[outcome] for outcome in SHOWN_OUTCOMES},
        "hours": f"{minutes // 60}:{minutes % 60:02d}",
        NIGHTLY_FIGURE: sum(row[NIGHTLY_FIGURE] for row in reconciled),
    }


# --- What is open ---


def _list_open(statements: Statements, season: Season) -> Iterator[str]:
    visits = statements.list_visits(DayFilter(season.days[0], season.last))
    kinds = Counter(row["kind"] for row in statements.list_absences(DayFilter()))
    statuses = Counter(row["status"] for row in statements.list_exits(DayFilter()))
    corrected = sum(row["corrected"] for row in visits)
    yield DemoText.VISITS.fill(visits=len(visits), corrected=corrected)
    yield DemoText.ABSENCES.fill(unexcused=kinds["unexcused"], leave=kinds["leave"])
    for row in visits:
        if row["status"] == "no_check_out":
            yield DemoText.OPEN_VISIT.fill(
                volunteer=row["volunteer"],
                check_in=DemoText.DATE_AND_TIME.fill(date=row["check_in"][:10], time=row["check_in"][11:16]),
            )
    present = ", ".join(row["volunteer"] for row in statements.list_present())
    yield DemoText.IN_NOW.fill(volunteers=present or DemoText.NOBODY.fill())
    yield DemoText.CASES.fill(raised=statuses["raised"], decided=statuses["decided"])


# --- Verification ---


def _run_checks(home: Home) -> tuple[list[str], bool]:
    found, verdict = replay(home.log, home.views), home.log.verify()
    same = (DemoText.DIFFERENCES if found.differences else DemoText.IDENTICAL).fill(count=len(found.differences))
    whole = DemoText.WHOLE.fill() if verdict.whole else explain_verdict(verdict)
    sentences = [
        DemoText.REPLAY.fill(same=same, rows=found.rows, events=found.events),
        DemoText.VERIFY.fill(whole=whole, events=verdict.events, head=verdict.head.chain.hex()),
    ]
    return sentences, verdict.whole and not found.differences
