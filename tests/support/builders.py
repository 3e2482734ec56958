"""A few days at a small unit, as the lines of a batch: Ann and Ben on the roster, Cat whenever there is time.

Numbers are V001, V002 and 志03. Ben's number is given before Ann's, so that no order is that of enrolment by chance.
"""

from collections.abc import Iterator
from typing import Any

from tests.support.kiosk_program import OPEN_UNIT, line

ANN, BEN, CAT = "V001", "V002", "志03"
CARDS = {ANN: "04000000000001", BEN: "04000000000002", CAT: "04000000000003"}
COORDINATOR = "林主任"

BatchLine = dict[str, Any]


def onboarding_lines(who: str, mode: str, **said: str) -> Iterator[BatchLine]:
    """Enrolled, trained, and given a card, in 2024."""
    at = "2024-01-10T08:00"
    yield line("enrol_volunteer", "2024-01-02T08:00", volunteer=who, mode=mode, agreement_from="2024-01-02", **said)
    yield line("complete_training", at, volunteer=who, kind="basic", on="2024-01-10")
    yield line("complete_training", at, volunteer=who, kind="special", category="戶政", on="2024-01-10")
    yield line("issue_card", at, volunteer=who, card=CARDS[who])


def tap(who: str, at: str, **said: str) -> BatchLine:
    """A person's card at `11-18 08:55` of 2026."""
    return line("tap", f"2026-{at.replace(' ', 'T')}", card=CARDS[who], **said)


def shift(name: str, day: str, *who: str, hours: str = "09:00-12:00", **said: str) -> BatchLine:
    """A shift on `11-18` of 2026."""
    start, _, end = hours.partition("-")
    span = {"start": f"2026-{day}T{start}", "end": f"2026-{day}T{end}"}
    return line("schedule_shift", "2026-11-01T08:00", shift=name, volunteers=list(who), **span, **said)


def coordinator_line(do: str, at: str, **said: Any) -> BatchLine:
    """What the coordinator does, with a reason, at `11-18 14:00` of 2026."""
    return line(do, f"2026-{at.replace(' ', 'T')}", by=COORDINATOR, reason="on paper", **said)


SETUP_LINES = (
    OPEN_UNIT,
    *onboarding_lines(BEN, "rostered"),
    *onboarding_lines(ANN, "rostered"),
    *onboarding_lines(CAT, "flexible"),
)

FOUR_DAYS = (
    *SETUP_LINES,
    line("adopt_policy", "2026-01-01T08:00", effective_from="2026-01-01", absence_threshold=1),
    shift("S1", "11-17", BEN),
    shift("S2", "11-18", BEN, ANN),
    shift("S3", "11-19", ANN),
    shift("S4", "11-19", BEN, category="衛教"),
    shift("S5", "11-20", BEN, ANN, post="櫃台"),
    line("record_assessment", "2026-11-10T09:00", volunteer=ANN, period_end="2026-06-30", score=55),
    coordinator_line("excuse_absence", "11-17 14:00", volunteer=BEN, shift="S1"),
    tap(BEN, "11-18 08:55"),
    tap(ANN, "11-18 08:55"),
    tap(ANN, "11-18 12:05"),
    line("request_leave", "2026-11-18T14:00", volunteer=ANN, shift="S3"),
    tap(CAT, "11-19 09:00"),
    tap(CAT, "11-19 10:30:59"),
    tap(CAT, "11-19 14:00"),
    coordinator_line(
        "close_visit", "11-19 15:00", volunteer=CAT, check_in="2026-11-19T14:00", check_out="2026-11-19T14:30"
    ),
    coordinator_line("void_visit", "11-19 15:05", volunteer=CAT, check_in="2026-11-19T14:00"),
    line("reconcile", "2026-11-20T04:30", date="2026-11-19"),
    coordinator_line("decide_exit", "11-20 08:00", volunteer=ANN, rule="R-052", decision="keep"),
    tap(BEN, "11-20 09:20"),
    tap(CAT, "11-20 09:20"),
    tap(ANN, "11-20 09:20"),
)
"""Ends on 2026-11-20 at 9:20 with everybody in. A single unexcused absence is a case for review."""
