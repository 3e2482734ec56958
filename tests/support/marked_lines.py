"""A batch in which every field of every command stands at least once, each text field with a marker of its own.

Rule: a marker is `mark-COMMAND-FIELD`, so that a file in which one is found says which field has leaked there.
"""

from itertools import count
from typing import Any

from tests.support.kiosk_program import line

ANN, BEN, CAT = "number-of-ann", "number-of-ben", "number-of-cat"
ANNS_CARD, BENS_CARD = "04C0FFEE000001", "04C0FFEE000002"
BIRTHDAY, CHANGED_BIRTHDAY = "1950-02-03", "1961-04-05"
NATIONAL_ID, CHANGED_NATIONAL_ID = "A123456789", "F131104093"


UNSTORED = "key-of-line-"
"""How the key of a line begins, which is nowhere but in the batch."""
_NUMBERS = count(1)


def mark(do: str, field: str) -> str:
    """The marker of a field."""
    return f"mark-{do}-{field}"


def build_marked_line(do: str, at: str, *marked: str, **fields: Any) -> dict[str, Any]:
    """A line whose fields `by` and `marked` hold their markers, with a key of its own."""
    marks = {name: mark(do, name) for name in (*marked, "by")}
    return line(do, at, recorded_at=at, key=f"{UNSTORED}{next(_NUMBERS)}", **marks, **fields)


def _enrol(number: str, *marked: str, **details: str) -> dict[str, Any]:
    facts = {"mode": "rostered", "agreement_from": "2024-01-02"}
    return build_marked_line("enrol_volunteer", "2024-01-02T08:00", *marked, volunteer=number, **facts, **details)


def _schedule(shift: str, day: str, *numbers: str) -> dict[str, Any]:
    span = {"start": f"{day}T09:00", "end": f"{day}T12:00"}
    words, people = ("category", "post", "item", "content"), {"volunteers": [*numbers], "long": False}
    return build_marked_line("schedule_shift", "2026-10-01T08:00", *words, shift=shift, **people, **span)


def _award(do: str, *marked: str, **fields: Any) -> dict[str, Any]:
    return build_marked_line(do, "2026-12-02T09:00", *marked, **fields)


_YEAR = {"from_": "2025-01-01", "to": "2025-12-31"}
_WHERE = ("unit", "category", "document")
_CARD = {"approved_on": "2026-11-20", "expires_on": "2029-11-20", "counted_through": "2026-11-20"}
_CERTIFIED = {"applied_on": "2026-11-19", "issued_on": "2026-11-24"}

WORDS_OF_A_PERSON = (
    *("name", "gender", "group", "telephone", "email", "address", "emergency_contact", "notes"),
    *("education", "occupation"),
)
"""The fields with a text about a person that are in no other command."""
_HOURS = [{"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "17:00"}]
_ADDED = {"check_in": "2026-11-18T09:00", "check_out": "2026-11-18T10:00"}
_MODULES = ["ethics", "regulations", "experience"]
_VOIDED = 67
"""Where the log holds `void_visit`."""
_ASSIGNED_ABSENT = 42
"""Where it holds the assignment to the shift from which she is absent."""
_LENT = {"check_in": "2026-11-17T09:00", "check_out": "2026-11-17T10:00"}
_BEFORE = "2026-11-01T09:00"
_DESK = "2026-12-05T09:00"
_LATE = "2026-11-28"

_FIRST, _LAST = "2026-01-01", "2026-12-31"
TOUR_WORDS = ("booking", "language", "category", "post", "item", "content")
UNIT_LEDGER_LINES = (
    build_marked_line("describe_duty", "2026-11-29T11:31", "item", "content", shift="mark-shift-1"),
    build_marked_line("describe_duty", "2026-11-29T11:32", "item", event="mark-schedule_event-event"),
    build_marked_line("describe_post", "2026-11-29T11:32", "post", "item", "content", from_=_FIRST),
    *(
        build_marked_line("record_served_count", at, "service_type", "desk", count=9, source="counter", **counted)
        for at, counted in (
            ("2026-11-29T11:33", {"on": "2026-11-28"}),
            ("2026-11-29T11:34", {"shift": "mark-shift-1"}),
            ("2026-11-29T11:35", {"event": "mark-schedule_event-event"}),
        )
    ),
    build_marked_line(
        "book_tour",
        "2026-11-29T11:36",
        *TOUR_WORDS,
        guide=BEN,
        start="2026-12-01T10:00",
        end="2026-12-01T11:00",
        group_size=35,
    ),
    build_marked_line("file_plan", "2026-11-29T11:37", "plan", "authority", valid_from=_FIRST, valid_to=_LAST),
    build_marked_line("report_results", "2027-01-02T09:00", "authority", from_=_FIRST, to=_LAST, on="2027-01-02"),
    build_marked_line("terminate_plan", "2026-11-29T11:38", "reason", plan="mark-file_plan-plan", on="2026-12-01"),
    build_marked_line("elect_leader", "2026-11-29T11:39", volunteer=BEN, role="leader", from_=_FIRST, by_election=True),
    build_marked_line("end_leader_term", "2026-11-29T11:39", "reason", role="leader", from_=_FIRST, on=_LAST),
    build_marked_line("withdraw_election", "2026-11-29T11:40", "reason", role="leader", from_=_FIRST),
)

LINES: tuple[dict[str, Any], ...] = (
    build_marked_line("open_unit", "2026-10-01T07:00", "name", "category", kind="public", opens=_HOURS),
    build_marked_line("adopt_policy", "2024-01-01T09:00", effective_from="2024-01-01", absence_threshold=3),
    build_marked_line("import_calendar", "2024-01-01T10:00", year=2026, file="calendar.csv"),
    _enrol(ANN, *WORDS_OF_A_PERSON, birth_date=BIRTHDAY, national_id=NATIONAL_ID, language="en"),
    *(_enrol(number) for number in (BEN, CAT)),
    build_marked_line("renew_agreement", "2025-01-02T08:00", volunteer=ANN, agreement_from="2025-01-02"),
    build_marked_line(
        "complete_training",
        "2025-01-11T08:00",
        "category",
        "certificate",
        volunteer=ANN,
        kind="special",
        on="2025-01-10",
        hours=6,
    ),
    build_marked_line(
        "complete_training",
        "2025-01-12T08:00",
        volunteer=ANN,
        kind="basic",
        completed_at="2025-01-12T08:00",
        modules=["ethics", "regulations", "experience"],
    ),
    build_marked_line("issue_card", "2025-01-12T09:00", volunteer=ANN, card=ANNS_CARD),
    build_marked_line("issue_card", "2025-01-12T09:00", volunteer=BEN, card=BENS_CARD),
    build_marked_line("revoke_card", "2025-01-13T09:00", "reason", card=BENS_CARD),
    *(_schedule(f"mark-shift-{n}", f"2026-11-{20 + n}", ANN) for n in (1, 2, 3, 4)),
    _schedule("mark-shift-5", "2026-11-25", BEN),
    _schedule("mark-shift-absent", "2026-11-05", ANN),
    build_marked_line(
        "schedule_event",
        _BEFORE,
        "event",
        "category",
        "item",
        "content",
        start="2026-11-28T09:00",
        end="2026-11-28T12:00",
        volunteers=[ANN, BEN],
        long=False,
    ),
    build_marked_line("assign", _BEFORE, shift="mark-shift-1", volunteer=BEN),
    build_marked_line("unassign", _BEFORE, shift="mark-shift-1", volunteer=BEN),
    build_marked_line(
        "change_shift",
        _BEFORE,
        shift="mark-shift-1",
        start="2026-11-21T10:00",
        end="2026-11-21T12:00",
        long=False,
    ),
    build_marked_line("cancel_shift", _BEFORE, "reason", shift="mark-shift-4"),
    build_marked_line(
        "swap",
        _BEFORE,
        "reason",
        shift="mark-shift-2",
        from_=ANN,
        to=BEN,
        return_shift="mark-shift-5",
        retroactive=True,
    ),
    build_marked_line("request_leave", _BEFORE, "reason", volunteer=ANN, shift="mark-shift-3"),
    build_marked_line("withdraw_leave", _BEFORE, volunteer=ANN, shift="mark-shift-3"),
    build_marked_line("tap", "2026-11-19T09:00", "reader", card=ANNS_CARD, direction="in"),
    build_marked_line(
        "close_visit",
        "2026-11-20T10:00",
        "reason",
        volunteer=ANN,
        check_in="2026-11-19T09:00",
        check_out="2026-11-19T12:00",
    ),
    build_marked_line("add_visit", "2026-11-20T10:00", "reason", volunteer=ANN, **_ADDED),
    build_marked_line("void_visit", "2026-11-20T11:00", "reason", volunteer=ANN, check_in=_ADDED["check_in"]),
    build_marked_line("add_visit", "2026-11-20T10:00", "reason", volunteer=ANN, **_LENT),
    build_marked_line(
        "annotate_misuse", "2026-11-20T12:00", "reason", volunteer=ANN, check_in=_LENT["check_in"], kind="lent"
    ),
    build_marked_line("retract", "2026-11-20T12:20", "reason", event=_VOIDED),
    build_marked_line(
        "acknowledge", "2026-11-20T12:25", "reason", kind="absent", volunteer=ANN, events=[_ASSIGNED_ABSENT]
    ),
    build_marked_line("excuse_absence", "2026-11-20T12:30", "reason", volunteer=ANN, shift="mark-shift-absent"),
    build_marked_line("record_assessment", "2026-11-20T13:00", volunteer=ANN, period_end="2026-10-31", score=40),
    build_marked_line("reconcile", "2026-11-29T08:00", date="2026-11-28"),
    build_marked_line(
        "schedule_session",
        "2026-11-29T08:10",
        "chair",
        "title",
        "category",
        volunteers=[ANN, BEN],
        hours=3,
        session="mark-session",
        kind="training",
        training="special",
        start="2026-11-28T10:00",
        end="2026-11-28T12:00",
    ),
    build_marked_line("add_session_attendance", "2026-11-29T08:11", "reason", session="mark-session", volunteer=ANN),
    build_marked_line("complete_session_training", "2026-11-29T08:12", session="mark-session", volunteers=[ANN]),
    build_marked_line("cancel_session", "2026-11-29T08:13", "reason", session="mark-session"),
    build_marked_line("schedule_desk_session", "2026-11-29T08:14", "post", start=_DESK, end="2026-12-05T12:00"),
    build_marked_line(
        "cancel_desk_session", "2026-11-29T08:15", "reason", post="mark-schedule_desk_session-post", start=_DESK
    ),
    build_marked_line("record_drill", "2026-11-29T08:20", "reason", accounted=[ANN], missing=[CAT]),
    build_marked_line("report_misconduct", "2026-11-29T08:30", "reason", volunteer=ANN, on="2026-11-28"),
    build_marked_line("counsel", "2026-11-29T08:40", "reason", volunteer=ANN, rule="R-052"),
    build_marked_line("decide_exit", "2026-11-29T09:00", "reason", volunteer=ANN, rule="R-052", decision="keep"),
    build_marked_line(
        "register_record_book", "2026-11-29T09:10", "number", "authority", volunteer=ANN, issued_on="2021-03-02"
    ),
    build_marked_line("reissue_record_book", "2026-11-29T09:20", "number", volunteer=ANN, why="lost", on="2026-11-28"),
    build_marked_line("state_book_custody", "2026-11-29T09:25", "reason", volunteer=ANN, with_volunteer=True, on=_LATE),
    build_marked_line("apply_for_record_book", "2026-11-29T09:30", volunteer=CAT, on=_LATE),
    line(
        *("complete_training", "2026-11-29T09:32"),
        volunteer=ANN,
        kind="special",
        category="mark-open_unit-category",
        on=_LATE,
    ),
    build_marked_line("draw_spot_check", "2026-11-29T09:31", size=3, seed=7),
    build_marked_line("record_spot_check", "2026-11-29T09:32", "reason", number=1, matching=1),
    build_marked_line("issue_badge", "2026-11-29T09:35", "number", volunteer=ANN, on=_LATE, expires_on="2027-12-31"),
    build_marked_line(
        "take_back_badge", "2026-11-29T09:40", "reason", volunteer=ANN, on="2026-11-29", number_cancelled=True
    ),
    build_marked_line(
        "enrol_insurance", "2026-11-29T09:45", "policy", volunteers=[ANN, CAT], from_="2026-12-01", to="2027-11-30"
    ),
    build_marked_line("end_insurance", "2026-11-29T09:50", "reason", volunteer=CAT, on="2026-12-31"),
    build_marked_line("suspend", "2026-11-29T10:00", volunteer=CAT, from_="2026-11-30"),
    build_marked_line("resume", "2026-11-29T11:00", volunteer=CAT, on="2026-12-01"),
    build_marked_line(
        "change_person",
        "2026-11-29T11:30",
        *WORDS_OF_A_PERSON,
        "reason",
        volunteer=CAT,
        birth_date=CHANGED_BIRTHDAY,
        national_id=CHANGED_NATIONAL_ID,
        language="vi",
    ),
    *UNIT_LEDGER_LINES,
    build_marked_line(
        "end_agreement", "2026-11-29T12:00", "reason", volunteer=ANN, on="2026-11-29", reason_code="moved"
    ),
    build_marked_line("close_month", "2026-12-01T11:40", "reason", month="2026-11"),
    build_marked_line("tap", "2026-12-02T09:00", "reader", card=BENS_CARD),
    _award("grant_award", "document", volunteer=ANN, award="honor-card", on="2026-11-20"),
    _award("grant_team_award", "document", award="labour-team", on="2026-11-20"),
    _award("grant_honor_card", "document", volunteer=ANN, **_CARD),
    _award("issue_performance_certificate", "document", volunteer=ANN, minutes=9_000, **_CERTIFIED, **_YEAR),
    _award("attest_hours", *_WHERE, "city", volunteer=ANN, hours=60, minutes=30, proof="certificate", **_YEAR),
    _award("attest_seniority", *_WHERE, volunteer=ANN, **_YEAR),
    _award("attest_condition", "document", volunteer=ANN, award="golden-diamond", condition="innovation"),
    _award("attest_family", "family", "document", members=[ANN, BEN]),
    _award("attest_team", "document", established_on="2020-01-01"),
)
"""In the order in which they can be carried out."""

REFUSED: tuple[dict[str, Any], ...] = (
    build_marked_line("enter_record_books", "2026-12-01T11:50", month="2026-11"),
    build_marked_line("revoke_card", "2026-12-02T09:00", "reason", event=1),
    build_marked_line("correct_clock", "2026-12-02T10:00", "kiosk", "boot", "reason", seconds=60),
    line(
        "assign", "2026-12-02T10:00", shift="mark-refused-shift", volunteer="mark-refused-number", by="mark-refused-by"
    ),
    line(
        "close_visit",
        "2026-12-02T10:00",
        volunteer=BEN,
        check_in="2026-11-01T09:00",
        check_out="2026-11-01T10:00",
        reason="mark-refused-reason",
        by="mark-refused-by",
    ),
    *(
        line(
            *(do, "2026-12-02T10:00"),
            recorded_at="2026-12-02T10:00",
            key=f"{UNSTORED}{next(_NUMBERS)}",
            kiosk="mark-refused-kiosk",
            reason="mark-refused-reason",
            by="mark-refused-by",
        )
        for do in ("settle_kiosk_alarm", "revoke_kiosk")
    ),
)
"""Lines that a rule refuses: the refusal alone is recorded."""

WORDS_OF_THE_ROSTER = (
    "mark-open_unit-name",
    "mark-open_unit-category",
    "mark-complete_training-category",
    "mark-schedule_shift-category",
    "mark-schedule_shift-post",
    "mark-schedule_shift-item",
    "mark-schedule_shift-content",
    "mark-schedule_event-event",
    "mark-schedule_event-category",
    "mark-schedule_event-item",
    "mark-schedule_event-content",
    *(mark("describe_duty", field) for field in ("item", "content")),
    *(mark("describe_post", field) for field in ("post", "item", "content")),
    *(mark("record_served_count", field) for field in ("service_type", "desk")),
    *(mark("book_tour", field) for field in TOUR_WORDS),
    *(mark("file_plan", field) for field in ("plan", "authority")),
    "mark-report_results-authority",
    "mark-tap-reader",
    "mark-register_record_book-authority",
    "mark-schedule_desk_session-post",
    "mark-schedule_session-title",
    "mark-schedule_session-category",
    "mark-session",
    "mark-attest_hours-unit",
    "mark-attest_hours-category",
    "mark-attest_hours-city",
    "mark-attest_seniority-unit",
    "mark-attest_seniority-category",
    "mark-attest_family-family",
    *(f"mark-shift-{n}" for n in (1, 2, 3, 4, 5, "absent")),
)
"""What the unit calls its places, categories and shifts: it stands in the log, and no person is meant by it."""


def list_values(value: object) -> list[str]:
    """Every text in a line, however deep."""
    match value:
        case str():
            return [value]
        case dict():
            return [text for part in value.values() for text in list_values(part)]  # pyright: ignore[reportUnknownVariableType]
        case list():
            return [text for part in value for text in list_values(part)]  # pyright: ignore[reportUnknownVariableType]
        case _:
            return []


PERSONAL = sorted(
    {
        text
        for marked in (*LINES, *REFUSED)
        for text in list_values(marked)
        if text.startswith(("mark-", "number-of-")) and text not in WORDS_OF_THE_ROSTER
    }
    | {BIRTHDAY, CHANGED_BIRTHDAY, NATIONAL_ID, CHANGED_NATIONAL_ID}
)
"""Every marker that is about a person, and the numbers and the birthdays."""
OF_OTHERS = (
    *(
        mark(do, "reason")
        for do in (
            *("revoke_card", "cancel_shift", "change_person", "end_insurance", "close_month"),
            *("withdraw_election", "end_leader_term", "terminate_plan", "cancel_session", "cancel_desk_session"),
        )
    ),
    *(mark(do, "document") for do in ("grant_team_award", "attest_team")),
)
"""Reasons that are about Ben, a shift or a session, Cat, a month, and a plan; documents about the team."""
OF_ANN = (
    ANN,
    BIRTHDAY,
    NATIONAL_ID,
    *(mark(do, "number") for do in ("register_record_book", "reissue_record_book", "issue_badge")),
    *(mark("enrol_volunteer", field) for field in WORDS_OF_A_PERSON),
    mark("complete_training", "certificate"),
    *(
        text
        for text in PERSONAL
        if text.endswith(("-reason", "-document")) and "refused" not in text and text not in OF_OTHERS
    ),
)
"""What an erasure of Ann takes away."""
