"""The office of the demonstration: 19 volunteers of a household registration office, and a month of their roster.

Names are invented. Sizes and customs are those of a real plan (19 volunteers, one for each half day, flexible ones
beside them, new-immigrant volunteers at their own desk); the clock times of a half day are ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

BatchLine = dict[str, Any]

UNIT, CATEGORY = "清溪區戶政事務所", "戶政"
MORNING, AFTERNOON = (time(8, 30), time(11, 30)), (time(13, 30), time(16, 30))
COORDINATOR = "coordinator"


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
MISSED_DAYS = (1, 4, 7)
"""The working days on which that is the afternoon's volunteer."""
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


@dataclass(frozen=True, slots=True)
class Month:
    """The office's working days of a month."""

    days: tuple[date, ...]

    @classmethod
    def of(cls, day: date, closed: frozenset[date]) -> "Month":
        """The month of a day, without the days on which offices are closed (R-048)."""
        first = day.replace(day=1)
        days = (first + timedelta(days=offset) for offset in range(31))
        return cls(tuple(d for d in days if d.month == day.month and d not in closed))

    @property
    def last(self) -> date:
        """The day that is played at the door: the last working day, with the month behind it."""
        return self.days[-1]

    def night_after_last(self, zone: ZoneInfo) -> datetime:
        """When the nightly job reconciles the day that is played."""
        return datetime.combine(self.last + timedelta(days=1), time(4, 30), zone).astimezone(UTC)

    def list_duties(self) -> Iterator[Duty]:
        """One volunteer each half day, and one at the immigration desk on its weekday."""
        for n, day in enumerate(self.days):
            for half, (name, span) in enumerate((("AM", MORNING), ("PM", AFTERNOON))):
                person = ABSENT_MINDED if half and n in MISSED_DAYS else ROSTERED[(2 * n + half) % len(ROSTERED)]
                yield Duty(f"{day:%m%d}-{name}", person, *_local_span(day, span), "服務台")
            if day.isoweekday() == IMMIGRATION_DESK:
                person = NEW_IMMIGRANTS[n % len(NEW_IMMIGRANTS)]
                yield Duty(f"{day:%m%d}-IM", person, *_local_span(day, MORNING), "新住民櫃台")


def _local_span(day: date, span: tuple[time, time]) -> tuple[datetime, datetime]:
    return datetime.combine(day, span[0]), datetime.combine(day, span[1])


def list_founding_lines(month: Month) -> Iterator[BatchLine]:
    """The unit, its calendar, its people, their trainings and cards: a year before the month."""
    at = datetime.combine(month.days[0], time(8)) - timedelta(days=365)
    agreed = at.date().isoformat()
    hours = [{"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "17:30"}]
    yield build_line("open_unit", at, name=UNIT, kind="public", category=CATEGORY, opens=hours)
    for year in sorted({day.year for day in month.days}):
        yield build_line("import_calendar", at, year=year)
    for person in PEOPLE:
        facts = {"name": person.name, "language": person.language, "group": person.group}
        yield build_line(
            "enrol_volunteer", at, volunteer=person.number, mode=person.mode, agreement_from=agreed, **facts
        )
        yield build_line("complete_training", at, volunteer=person.number, kind="basic", on=agreed)
        yield build_line("complete_training", at, volunteer=person.number, kind="special", category=CATEGORY, on=agreed)
        yield build_line("issue_card", at, volunteer=person.number, card=person.card)


def list_month_roster(month: Month) -> Iterator[BatchLine]:
    """The roster of the month, written a week before it begins."""
    at = datetime.combine(month.days[0], time(9)) - timedelta(days=7)
    for duty in month.list_duties():
        span = {"start": duty.start.isoformat(), "end": duty.end.isoformat()}
        yield build_line(
            "schedule_shift", at, shift=duty.shift, volunteers=[duty.person.number], post=duty.post, **span
        )


def build_line(do: str, at: datetime, **fields: Any) -> BatchLine:
    """A line of a batch, as the coordinator would write it."""
    return {"do": do, "at": at.isoformat(), "by": COORDINATOR, **fields}
