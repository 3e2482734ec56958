"""A morning with every state of a duty and every kind of tap: the lines of its batch, and its volunteers."""

from collections.abc import Iterator
from typing import Any

from tests.support.kiosk_program import line

BatchLine = dict[str, Any]

DAY = "2026-11-19"
PEOPLE = {
    "V001": "王小明",
    "V002": "陳美華",
    "V003": "林志豪",
    "V004": "黃淑芬",
    "V005": "張家瑋",
    "V006": "李雅婷",
    "V007": "吳玉蘭",
    "V008": "劉建國",
    "V009": "Nguyễn Thị Lan",
    "V010": "蔡文雄",
    "V011": "楊秀英",
    "V012": "許國樑",
}
FLEXIBLE = "V012"
NEWCOMER = "V011"
"""Checks in without a duty."""


def card_number_of(number: str) -> str:
    """A card number for a volunteer: five bytes that no other volunteer has."""
    return f"E:01{number.encode()[-4:].hex().upper()}"


def setup_lines(people: dict[str, str] = PEOPLE) -> Iterator[BatchLine]:
    yield line("open_unit", "2024-01-01T08:00", name="清溪區戶政事務所", kind="public", category="戶政")
    for number, name in people.items():
        mode = "flexible" if number == FLEXIBLE else "rostered"
        fields = {"volunteer": number, "name": name, "mode": mode, "agreement_from": "2024-01-02"}
        yield line("enrol_volunteer", "2024-01-02T08:00", **fields)
        yield line("issue_card", "2024-01-02T09:00", volunteer=number, card=card_number_of(number))


def shift(name: str, start: str, end: str, post: str, *volunteers: str) -> BatchLine:
    times = {"start": f"{DAY}T{start}", "end": f"{DAY}T{end}"}
    return line("schedule_shift", "2026-11-01T08:00", shift=name, post=post, volunteers=list(volunteers), **times)


def tap(at: str, number: str, **fields: Any) -> BatchLine:
    return line("tap", f"{DAY}T{at}", card=card_number_of(number), **fields)


MORNING = [
    *setup_lines(),
    shift("EARLY", "06:30", "08:30", "升旗", "V009", "V010"),
    shift("DESK", "09:00", "12:00", "服務台", "V001", "V002", "V003"),
    shift("GUIDE", "09:00", "12:00", "引導", "V004", "V005"),
    shift("PHONE", "09:30", "12:00", "電話", "V008"),
    shift("DESK-PM", "13:30", "16:30", "服務台", "V007", "V001"),
    shift("GUIDE-PM", "13:30", "16:30", "引導"),
    line("request_leave", "2026-11-18T20:00", volunteer="V004", shift="GUIDE"),
    line("swap", "2026-11-18T21:00", shift="GUIDE", **{"from": "V005", "to": "V006"}),
    tap("06:20", "V010"),
    tap("08:55", "V006"),
    tap("08:58", "V001"),
    tap("08:58:30", "V001"),
    tap("09:05", NEWCOMER),
    tap("09:22", "V002"),
    tap("09:30", FLEXIBLE),
    tap("10:02", "V006"),
    line("tap", f"{DAY}T10:10", card="E:0100FACADE"),
]
"""As of its last tap, 10:10."""
