"""The windows in which a volunteer may earn credit: their shifts, then events, then opening hours (decision 1)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from domain.model.visits import Visit
from domain.spans import Second, Span
from projections.evaluation.attendance_state import Release, find_release, is_invited, serves_without_duty
from projections.evaluation.facts import Assignment, Person, UnitInForce

if TYPE_CHECKING:
    from domain.model.shift import Responsibility

AccountKind = Literal["shift", "event", "flexible"]


class Account(msgspec.Struct):
    """Where credit adds up, to be floored once: one shift, one event, one flexible day."""

    kind: AccountKind
    key: str
    """The shift's or the event's id; empty for a flexible day."""
    day: int
    """The service day under which it is filed: of the shift, else of the visits."""
    category: str | None
    seconds: int = 0

    @property
    def minutes(self) -> int:
        """Whole minutes: floored once, here and nowhere else (decision 1)."""
        return floor_minutes(self.seconds)


def floor_minutes(seconds: int) -> int:
    """The whole minutes of an account."""
    return seconds // 60


class Window(msgspec.Struct, frozen=True):
    """A stretch in which presence counts towards an account."""

    start: Second
    end: Second
    account: Account
    for_day: int | None = None
    """The service day whose visits it is for: what an event or an opening hour is worth is filed with the visit."""


def find_release_from(assignment: Assignment, person: Person) -> Release | None:
    """What frees a volunteer of a duty, if anything does."""
    return find_release_on(assignment.day, assignment.state, person, cancelled=assignment.cancelled)


def find_release_on(day: int, state: "Responsibility", person: Person, *, cancelled: bool) -> Release | None:
    """The same of a duty on a day; a volunteer who is not in service then is free."""
    return find_release(state, cancelled=cancelled or person.standing(day) != "in_service")


def find_category(category: str | None, unit: UnitInForce) -> str | None:
    """The category of a duty or an event: its own, else that of the unit."""
    return category or unit.category


def build_windows(
    served: Iterable[Assignment], visits: Sequence[Visit], person: Person, unit: UnitInForce
) -> list[Window]:
    """All windows of a run of days, in the order in which they take a minute; `served`: duties without a release.

    Of two duties at one time the one that begins first, else the one whose shift has the first id, takes it.
    """
    windows = [Window(duty.start, duty.end, _build_shift_account(duty, unit)) for duty in served]
    if len(windows) > 1:
        windows.sort(key=lambda window: (window.start, window.account.key))
    if unit.events and visits:
        windows.extend(_build_event_windows(visits, person, unit))
    if person.mode == "flexible" and visits:
        windows.extend(_build_opening_windows(visits, unit))
    return windows


def _build_shift_account(duty: Assignment, unit: UnitInForce) -> Account:
    return Account("shift", duty.shift, duty.day, find_category(duty.category, unit))


def _build_event_windows(visits: Sequence[Visit], person: Person, unit: UnitInForce) -> Iterator[Window]:
    invited = [event for event in unit.events if is_invited(event.listed, person.key)]
    for day, (first, last) in _measure_days(visits).items():
        for event in invited:
            if event.start < last and first < event.end:
                account = Account("event", event.event, day, find_category(event.category, unit))
                yield Window(event.start, event.end, account, day)


def _build_opening_windows(visits: Sequence[Visit], unit: UnitInForce) -> Iterator[Window]:
    for day, presence in _measure_days(visits).items():
        if not serves_without_duty("flexible", unit.policies.on(day)):
            continue
        account = Account("flexible", "", day, unit.category)
        for start, end in unit.list_opening_hours(presence):
            yield Window(start, end, account, day)


def _measure_days(visits: Sequence[Visit]) -> dict[int, Span]:
    """From the first check-in to the last check-out of the visits that began on each service day."""
    spans: dict[int, Span] = {}
    for visit in visits:
        first, last = spans.get(visit.day, (visit.check_in, visit.check_in))
        spans[visit.day] = min(first, visit.check_in), max(last, visit.check_out or visit.check_in)
    return dict(sorted(spans.items()))
