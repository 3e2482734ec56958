"""What the taps and corrections of one volunteer add up to: visits, in order of check-in, some of them void. Pure."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from domain.calendar import ServiceDays
from domain.ids import DESK
from domain.model.visits import (
    NO_CORRECTIONS,
    AssertedVisit,
    DayCorrections,
    Direction,
    Tap,
    TapInterpreter,
    Visit,
    is_meant_around,
)
from domain.policy import Policies
from domain.spans import NEVER, Second


def build_visits(
    taps: Sequence[Tap], corrections: DayCorrections, days: ServiceDays, policies: Policies
) -> list[Visit]:
    """The visits of one volunteer, in order of check-in. `taps` sorted; refused ones are not among them."""
    if len(taps) == 2 and corrections is NO_CORRECTIONS and (visit := _pair_taps(taps[0], taps[1], days, policies)):
        return [visit]
    interpreter = TapInterpreter(days, policies, corrections)
    for tap in taps:
        interpreter.interpret(tap)
    visits = begun = interpreter.visits
    if corrections is NO_CORRECTIONS:
        return visits
    interpreter.take_arrivals(NEVER)
    if asserted := [*corrections.additions, *_list_displaced(visits, corrections)]:
        visits = sorted([*begun, *(_build_added(one, days.ordinal) for one in asserted)], key=_CHECK_IN)
    if corrections.annulments:
        _annul(visits, begun, corrections, days, policies)
    return visits


_CHECK_IN = attrgetter("check_in")


def _pair_taps(one: Tap, other: Tap, days: ServiceDays, policies: Policies) -> Visit | None:
    _, ends, day = days.find_day_around(one.at)
    if other.at >= ends or not is_visit(one.at, one.direction, other.at, other.direction, policies):
        return None
    return Visit(day, one.at, other.at, one.kiosk, [one.position, other.position])


def is_visit(
    at: Second, direction: Direction | None, left_at: Second, direction_left: Direction | None, policies: Policies
) -> bool:
    """Whether the only two taps of a service day are a visit, where nothing is to be interpreted: nearly always."""
    return direction != "out" and direction_left != "in" and left_at > at + policies.longest_debounce


def _build_added(asserted: AssertedVisit, ordinal: Callable[[Second], int]) -> Visit:
    day = ordinal(asserted.check_in)
    return Visit(day, asserted.check_in, asserted.check_out, DESK, [asserted.position], True, None, asserted.order)


def _list_displaced(visits: Sequence[Visit], corrections: DayCorrections) -> list[AssertedVisit]:
    """Closings whose check-in a late tap has made something else: what they assert stands as a visit of its own."""
    begun = {visit.check_in for visit in visits}
    return [closing for check_in, closing in corrections.closings.items() if check_in not in begun]


def _annul(
    visits: Sequence[Visit], begun: Sequence[Visit], corrections: DayCorrections, days: ServiceDays, policies: Policies
) -> None:
    """Void what stood when the annulment was written: a visit added afterwards in its place stays.

    Where the check-in is no visit any more, the visit around it is void: hours do not come back. `begun`: those of taps
    and arrivals; one without an end was left where the next of them began.
    """
    for made in corrections.annulments:
        standing = [visit for visit in visits if not visit.void and visit.order < made.order]
        meant = [visit for visit in standing if visit.check_in == made.check_in]
        if not meant and not any(visit.check_in == made.check_in for visit in visits):
            last = next((visit for visit in reversed(begun) if visit.check_in < made.check_in), None)
            meant = [
                visit
                for visit in standing
                if (visit is last or visit.check_out is not None)
                and is_meant_around(visit, made, corrections.arrivals, days, policies)
            ]
        for visit in meant:
            visit.void, visit.corrected = made.reason, True
            visit.positions.append(made.position)
