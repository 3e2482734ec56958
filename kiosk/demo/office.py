"""The office of the demonstration: the unit, its coordinator and 19 volunteers of a household registration office.

Names are invented. Sizes and customs are those of a real plan (19 volunteers, one for each half day, flexible ones
beside them, new-immigrant volunteers at their own desk); the clock times of a half day are ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

BatchLine = dict[str, Any]

UNIT, CATEGORY = "清溪區戶政事務所", "戶政"
MORNING, AFTERNOON = (time(8, 30), time(11, 30)), (time(13, 30), time(16, 30))
COORDINATOR = "周淑惠"


@dataclass(frozen=True, slots=True)
class Person:
    """One volunteer of the office."""

    number: str
    name: str
    mode: str = "rostered"
    language: str = "zh-TW"
    group: str = "櫃台"

    @property
    def card(self) -> str:
        """The number of the EM4100 card: customer byte 01, then the volunteer's own number."""
        return f"E:01{0x00A0_0000 + int(self.number[1:]) * 0x1D3:08X}"


_COUNTER_NAMES = (
    "陳美玉 林秀蘭 黃國雄 張淑芬 李正義 王麗華 吳金土 劉素貞 蔡文彬 楊春桃 許榮發 鄭玉霞 謝阿財"  # invented
)
PEOPLE = (
    *(Person(f"V{n:03d}", name) for n, name in enumerate(_COUNTER_NAMES.split(), 1)),
    Person("V014", "郭惠敏", mode="flexible", group="彈性"),
    Person("V015", "洪志明", mode="flexible", group="彈性"),
    Person("V016", "曾雅惠", mode="flexible", group="彈性"),
    Person("V017", "Nguyễn Thị Lan", language="vi", group="新住民"),
    Person("V018", "Siti Rahayu", language="id", group="新住民"),
    Person("V019", "Maria Santos", language="en", group="新住民"),
)
ROSTERED, ABSENT_MINDED = PEOPLE[:12], PEOPLE[12]
"""One of them misses every duty without notice, so that the month shows an exit case (R-050)."""
FORGETFUL, FLEXIBLE = PEOPLE[13], PEOPLE[14]
NEW_IMMIGRANTS = PEOPLE[16:]
IMMIGRATION_DESK = 3
"""ISO weekday of the new-immigrant desk."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One volunteer's duty on the roster as it was first written."""

    shift: str
    person: Person
    start: datetime
    end: datetime
    post: str


def list_founding_lines(days: Sequence[date]) -> Iterator[BatchLine]:
    """The unit, its calendar, its people, their trainings and cards: four weeks before the first of these days."""
    at = datetime.combine(days[0], time(8)) - timedelta(days=28)
    agreed = at.date().isoformat()
    hours = [{"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "17:30"}]
    yield build_line("open_unit", at, name=UNIT, kind="public", category=CATEGORY, opens=hours)
    for year in sorted({day.year for day in days}):
        yield build_line("import_calendar", at, year=year)
    for person in PEOPLE:
        facts = {"name": person.name, "language": person.language, "group": person.group}
        yield build_line(
            "enrol_volunteer", at, volunteer=person.number, mode=person.mode, agreement_from=agreed, **facts
        )
        yield build_line("complete_training", at, volunteer=person.number, kind="basic", on=agreed)
        yield build_line("complete_training", at, volunteer=person.number, kind="special", category=CATEGORY, on=agreed)
        yield build_line("issue_card", at, volunteer=person.number, card=person.card)


def build_line(do: str, at: datetime, **fields: Any) -> BatchLine:
    """A line of a batch, as the coordinator would write it."""
    return {"do": do, "at": at.isoformat(), "by": COORDINATOR, **fields}
