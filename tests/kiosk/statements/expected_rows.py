"""What the read commands answer after the four days of the story: keys, types, null and order as in the contract.

Ties stand by the volunteer's number, though Ben was enrolled before Ann.
"""

from typing import Any

from tests.support.builders import ANN, BEN, CAT, COORDINATOR


def format_time(text: str) -> str:
    """`18 08:55` as the contract writes it."""
    day, _, clock = text.partition(" ")
    return f"2026-11-{day}T{clock}:00+08:00"


def visit(who: str, came: str, left: str | None, status: str, minutes: int = 0, **said: Any) -> dict[str, Any]:
    return {
        "volunteer": who,
        "date": f"2026-11-{came[:2]}",
        "check_in": format_time(came),
        "check_out": left and format_time(left),
        "status": status,
        "credited_minutes": minutes,
        "uncredited": [],
        "kiosk": "entrance",
        "corrected": False,
        **said,
    }


def stretch(start: str, end: str | None, reason: str) -> dict[str, Any]:
    return {"from": format_time(start), "to": end and format_time(end), "reason": reason}


def duty(shift: str, who: str, day: int, outcome: str, *, late: int = 0, minutes: int = 0) -> dict[str, Any]:
    return {
        "shift": shift,
        "volunteer": who,
        "date": f"2026-11-{day}",
        "start": format_time(f"{day} 09:00"),
        "end": format_time(f"{day} 12:00"),
        "outcome": outcome,
        "late_minutes": late,
        "early_minutes": 0,
        "credited_minutes": minutes,
    }


def pending(kind: str, who: str, day: str, since: str, **said: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "date": f"2026-11-{day}",
        "volunteer": who,
        "shift": None,
        "check_in": None,
        "since": format_time(since),
        "kiosk": None,
        "taps": None,
        "reason": None,
        "rule": None,
        **said,
        "events": POSITIONS[kind],
    }


POSITIONS = {"no_check_out": [30], "case": [42], "absent": [24]}
"""Where the log of the story holds what is behind each."""

EXPECTED_ROWS: dict[str, list[dict[str, Any]]] = {
    "visits": [
        visit(
            ANN,
            "18 08:55",
            "18 12:05",
            "closed",
            180,
            uncredited=[
                stretch("18 08:55", "18 09:00", "unscheduled"),
                stretch("18 12:00", "18 12:05", "unscheduled"),
            ],
        ),
        visit(BEN, "18 08:55", None, "no_check_out", uncredited=[stretch("18 08:55", None, "no_check_out")]),
        visit(CAT, "19 09:00", None, "closed", 90, check_out="2026-11-19T10:30:59+08:00"),
        visit(
            CAT,
            "19 14:00",
            "19 14:30",
            "void",
            uncredited=[stretch("19 14:00", "19 14:30", "voided")],
            corrected=True,
        ),
        *(visit(who, "20 09:20", None, "open") for who in (ANN, BEN, CAT)),
    ],
    "duties": [
        duty("S1", BEN, 17, "leave"),
        duty("S2", ANN, 18, "attended", minutes=180),
        duty("S2", BEN, 18, "no_check_out"),
        duty("S3", ANN, 19, "leave"),
        duty("S4", BEN, 19, "absent"),
        duty("S5", ANN, 20, "attended", late=20),
        duty("S5", BEN, 20, "attended", late=20),
    ],
    "hours": [
        {"volunteer": ANN, "minutes": 180, "duties": 1},
        {"volunteer": CAT, "minutes": 90, "duties": 1},
    ],
    "hours --by month": [
        {"volunteer": ANN, "month": "2026-11", "minutes": 180, "duties": 1},
        {"volunteer": CAT, "month": "2026-11", "minutes": 90, "duties": 1},
    ],
    "hours --by month,category": [
        {"volunteer": ANN, "month": "2026-11", "category": "戶政", "minutes": 180, "duties": 1},
        {"volunteer": CAT, "month": "2026-11", "category": "戶政", "minutes": 90, "duties": 1},
    ],
    "absences": [
        {"volunteer": BEN, "date": "2026-11-17", "shift": "S1", "kind": "leave", "excused_by": COORDINATOR},
        {"volunteer": ANN, "date": "2026-11-19", "shift": "S3", "kind": "leave"},
        {"volunteer": BEN, "date": "2026-11-19", "shift": "S4", "kind": "unexcused"},
    ],
    "exits": [
        {
            "volunteer": ANN,
            "rule": "R-052",
            "raised_on": "2026-11-17",
            "score": 55.0,
            "evidence": ["2026-06-30"],
            "status": "decided",
            "decision": "keep",
        },
        {
            "volunteer": BEN,
            "rule": "R-050",
            "raised_on": "2026-11-19",
            "count": 1,
            "evidence": ["2026-11-19"],
            "status": "raised",
        },
    ],
    "pending": [
        pending("no_check_out", BEN, "18", since="18 08:55", check_in=format_time("18 08:55"), kiosk="entrance"),
        pending("case", BEN, "19", since="20 04:30", rule="R-050"),
        pending("absent", BEN, "19", since="19 12:00", shift="S4"),
    ],
    "presence": [
        {"volunteer": ANN, "since": format_time("20 09:20"), "kiosk": "entrance", "duty": "S5"},
        {"volunteer": BEN, "since": format_time("20 09:20"), "kiosk": "entrance", "duty": "S5"},
        {"volunteer": CAT, "since": format_time("20 09:20"), "kiosk": "entrance", "duty": None},
    ],
    "presence --at 2026-11-19T09:30": [
        {"volunteer": CAT, "since": format_time("19 09:00"), "kiosk": "entrance", "duty": None}
    ],
    "presence --at 2026-11-18T15:00:00Z": [
        {"volunteer": BEN, "since": format_time("18 08:55"), "kiosk": "entrance", "duty": None}
    ],
}
